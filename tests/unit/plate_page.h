/* Plates of a page that is written as a string: 20 × 10 pt, drawn with 72 ppi unless the test says
 * otherwise, so that a point is a pixel. */
#ifndef CHUPIN_TESTS_PLATE_PAGE_H
#define CHUPIN_TESTS_PLATE_PAGE_H

#include "ink/plates/plates.h"
#include "recorder.h"

typedef struct PlatePage {
    Facts *facts;
    double ppi;
    size_t budget;
    const char *page; /* further keys of the page */
    Box region;       /* unknown: all of it */
    Plates plates;
    int bands, plane_count;
    const char *names[64];
    uint8_t *pixels[64]; /* width × height of each plane */
} PlatePage;

static inline int plates_start(void **state) {
    static PlatePage p;
    p = (PlatePage){.facts = facts_new(), .ppi = 72, .page = "", .region = {NAN, NAN, NAN, NAN}};
    *state = &p;
    return 0;
}

static inline int plates_stop(void **state) {
    facts_free(((PlatePage *)*state)->facts);
    return 0;
}

static inline void take_band(void *self, const Band *band) {
    PlatePage *p = self;
    Arena *a = p->facts->document;
    p->bands++;
    p->plane_count = (int)band->planes->count;
    for (int i = 0; i < p->plane_count; i++) {
        Str name = band->planes->items[i].name;
        p->names[i] = arena_copy(a, name.p, name.n);
        if (!p->pixels[i])
            p->pixels[i] = arena_alloc(a, (size_t)band->width * (size_t)band->height);
        for (int y = band->area.y0; y < band->area.y1; y++)
            surface_read(band->surface, i, y, 0, band->width,
                         p->pixels[i] + (size_t)y * (size_t)band->width);
    }
}

/* Draws the page, object 3, of a file with these objects. */
static inline void draw_file(PlatePage *p, const char *const *objects) {
    static Page page;
    Arena *a = p->facts->document;
    Str bytes = pdf_of(a, objects);
    PdfOpening opening = {0};
    PdfFile *f = pdf_open(&opening, a, (const uint8_t *)bytes.p, bytes.n, NULL);
    assert_non_null(f);
    const PdfObj *o = pdf_object(f, (PdfRef){3, 0});
    page = (Page){.number = 1, .rotate = pdf_int(pdf_lookup(f, o, "Rotate"), 0)};
    Interpreter *in = interpreter_new(a, f, layers_read(a, f, p->facts), NULL);
    Arena *page_arena = arena_new();
    PageContent content = {.file = f,
                           .interpreter = in,
                           .arena = page_arena,
                           .page = &page,
                           .object = o,
                           .resources = pdf_lookup(f, o, "Resources"),
                           .box = {{0, 0, 20, 10}, 1, {1, 0, 0, 1, 0, 0}}};
    Text why;
    PlateMaker *m = plate_maker_new(a, f, &(PlateMakerPlan){.budget = p->budget}, &why);
    assert_non_null(m);
    PlatesPlan plan = {.ppi = p->ppi, .region = p->region};
    p->plates = plates_draw(m, a, &content, &plan, take_band, p);
    plate_maker_free(m);
    interpreter_free(in);
    arena_free(page_arena);
    pdf_close(f);
}

/* Draws a page with these resources and contents, and further objects from number 5 on (NULL ends
 * them). */
static inline PlatePage *draw(void **state, const char *resources, const char *content, ...) {
    PlatePage *p = *state;
    Arena *a = p->facts->document;
    const char *objects[64] = {
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        arena_printf(a,
                     "<</Type/Page/Parent 2 0 R/MediaBox[0 0 20 10]/Contents 4 0 R"
                     "/Resources<<%s>>%s>>",
                     resources, p->page),
        arena_printf(a, "|%s", content)};
    va_list more;
    va_start(more, content);
    for (int i = 4; i < 63 && (objects[i] = va_arg(more, const char *)); i++)
        continue;
    va_end(more);
    draw_file(p, objects);
    return p;
}

/* The tint at the pixel whose lower left corner is (x, y) pt; 0 where there is no such plane. */
static inline int ink_at(const PlatePage *p, const char *plane, int x, int y) {
    for (int i = 0; i < p->plane_count; i++)
        if (i > PLANE_REST && streq(p->names[i], plane))
            return p->pixels[i][(size_t)(p->plates.height - 1 - y) * (size_t)p->plates.width +
                                (size_t)x];
    return 0;
}

/* The mean tint of a plane over the page, 0 to 255. */
static inline double mean_ink(const PlatePage *p, const char *plane) {
    double sum = 0;
    size_t n = (size_t)p->plates.width * (size_t)p->plates.height;
    for (int i = 0; i < p->plane_count; i++)
        for (size_t k = 0; i > PLANE_REST && streq(p->names[i], plane) && k < n; k++)
            sum += p->pixels[i][k];
    return sum / (double)n;
}

#define assert_ink(p, plane, x, y, wanted)                                                         \
    do {                                                                                           \
        int ink_ = ink_at(p, plane, x, y);                                                         \
        if (ink_ < (wanted)-1 || ink_ > (wanted) + 1)                                              \
            fail_msg("%s at %d %d is %d, not %d", plane, x, y, ink_, (wanted));                    \
    } while (0)
#define PLATE_TEST(f) cmocka_unit_test_setup_teardown(f, plates_start, plates_stop)

#endif
