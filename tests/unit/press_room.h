/* A press with a file: colours are written as content of its page, paints come back as text. */
#ifndef CHUPIN_TESTS_PRESS_ROOM_H
#define CHUPIN_TESTS_PRESS_ROOM_H

#include "recorder.h"

#include <lcms2.h>
#include <stdlib.h>

#include "ink/press/press.h"

typedef struct Room {
    Facts *facts;
    PdfFile *file;
    Interpreter *interpreter;
    PressProfile profile;
    Press *press;
    Planes planes;
    Colour colour; /* of the last fill */
    Text why;
} Room;

static inline void room_fill(void *self, const GraphicsState *gs, const Path *, bool) {
    ((Room *)self)->colour = gs->fill;
}

static inline void room_damage(void *, const char *, const char *) {
}

/* Bytes as an object "dictionary|hexadecimal". */
static inline const char *hex_stream(Arena *a, const char *dictionary, const uint8_t *p, size_t n) {
    Sink s = sink_memory(a);
    sink_format(&s, "%s/Filter/ASCIIHexDecode|", dictionary);
    for (size_t i = 0; i < n; i++)
        sink_format(&s, "%02x", p[i]);
    sink_char(&s, '>');
    Str text = sink_text(&s);
    return arena_copy(a, text.p, text.n);
}

/* Objects from number 5 on are `more`; `catalog` is what its dictionary has besides the pages. */
static inline void room_open(Room *r, const char *catalog, const char *resources,
                             const char *content, const char *const *more) {
    Arena *a = r->facts->document;
    const char *objects[32] = {
        arena_printf(a, "<</Type/Catalog/Pages 2 0 R%s>>", catalog),
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        arena_printf(a,
                     "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R"
                     "/Resources<<%s>>>>",
                     resources),
        arena_printf(a, "|%s 0 0 1 1 re f", content)};
    for (int i = 0; more && more[i]; i++)
        objects[4 + i] = more[i];
    Str bytes = pdf_of(a, objects);
    PdfOpening opening = {0};
    r->file = pdf_open(&opening, a, (const uint8_t *)bytes.p, bytes.n, NULL);
    assert_non_null(r->file);
    WalkBudget budget = {0};
    r->interpreter = interpreter_new(a, r->file, layers_read(a, r->file, r->facts), &budget);
    Painter painter = {.self = r, .fill = room_fill, .damage = room_damage};
    PageBox box = {.media = {0, 0, 200, 100}, .user_unit = 1, .to_page = {1, 0, 0, 1, 0, 0}};
    const PdfObj *page = pdf_object(r->file, (PdfRef){3, 0});
    (void)interpret_page(r->interpreter, r->facts->page, page,
                         pdf_lookup(r->file, page, "Resources"), &box, &painter);
    assert_non_null(r->colour.space);
}

static inline void room_press(Room *r, const PressProfile *job) {
    assert_true(press_profile(&r->profile, r->facts->document, r->file, job, &r->why));
    r->press = press_new(r->facts->document, r->file, &r->profile);
    planes_start(&r->planes, r->facts->page);
    press_page(r->press, &r->planes);
}

/* The paint as "C26 M0 Gold128 keep": planes it names, then what becomes of the others. */
static inline const char *paint_text(Room *r, const Paint *p) {
    static const char *const process[] = {"Rest", "C", "M", "Y", "K"};
    Sink s = sink_memory(r->facts->page);
    for (int i = 0; i < p->count; i++) {
        Str name = r->planes.items[p->planes[i]].name;
        if (p->planes[i] < FIRST_SPOT)
            name = str_of(process[p->planes[i]]);
        sink_format(&s, "%.*s%d ", (int)name.n, name.p, p->values[i]);
    }
    sink_str(&s, p->all ? "all" : p->keeps_others ? "keep" : "knock");
    Str text = sink_text(&s);
    return arena_copy(r->facts->page, text.p, text.n);
}

static inline const char *painted(Room *r, BlendSpace in, Overprint o) {
    Paint paint = {0};
    bool nothing;
    if (!press_colour(r->press, &paint, &nothing, &r->colour, in, o, &r->why))
        return "can not";
    assert_true(paint.flat);
    return nothing ? "nothing" : paint_text(r, &paint);
}

static inline int room_start(void **state) {
    static Room r;
    r = (Room){.facts = facts_new()};
    *state = &r;
    return 0;
}

static inline int room_stop(void **state) {
    Room *r = *state;
    press_free(r->press);
    if (r->interpreter)
        interpreter_free(r->interpreter);
    if (r->file)
        pdf_close(r->file);
    facts_free(r->facts);
    return 0;
}

#define ROOM_TEST(f) cmocka_unit_test_setup_teardown(f, room_start, room_stop)

#endif
