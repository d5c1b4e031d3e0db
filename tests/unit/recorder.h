/* Small PDFs written as strings, and a painter that writes down what it is told, one line an event.
 */
#ifndef CHUPIN_TESTS_RECORDER_H
#define CHUPIN_TESTS_RECORDER_H

#include "base/sink.h"
#include "read/pdf/layers.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

typedef struct Recorder {
    Facts *facts;
    Sink out;
    Painter painter;
    WalkBudget budget;
    bool complete;
    const char *events;
} Recorder;

static inline void write_colour(Sink *out, const Colour *c) {
    sink_format(out, " %s", enum_word(enum_find("Space"), (unsigned)c->space->space));
    for (int i = 0; i < c->space->name_count; i++)
        sink_format(out, " %.*s", (int)c->space->names[i].n, c->space->names[i].p);
    for (int i = 0; i < c->space->components; i++)
        sink_format(out, " %g", (double)c->values[i]);
    if (c->pattern == PATTERN_TILING || c->pattern == PATTERN_SHADING)
        sink_str(out, c->pattern == PATTERN_TILING ? " tiling" : " shading");
}

static inline void write_box(Sink *out, Box b) {
    sink_format(out, " [%g %g %g %g]", b.x0, b.y0, b.x1, b.y1);
}

static inline void write_state(Sink *out, const GraphicsState *gs) {
    sink_str(out, " clip");
    write_box(out, gs->clip->bounds);
    if (gs->fill_overprint || gs->stroke_overprint || gs->overprint_mode)
        sink_format(out, " op %d OP %d OPM %d", gs->fill_overprint, gs->stroke_overprint,
                    gs->overprint_mode);
    if (gs->fill_alpha < 1 || gs->stroke_alpha < 1)
        sink_format(out, " ca %g CA %g", gs->fill_alpha, gs->stroke_alpha);
    if (gs->blend != BLEND_NORMAL)
        sink_format(out, " %s", enum_word(enum_find("Blend"), (unsigned)gs->blend));
    if (gs->soft_mask)
        sink_format(out, " mask %u", gs->soft_mask->serial);
    if (gs->layer.layer >= 0)
        sink_format(out, " layer %d%s%s", gs->layer.layer, gs->layer.visible ? "" : " hidden",
                    gs->layer.prints ? "" : " noprint");
    sink_char(out, '\n');
}

static inline void on_fill(void *self, const GraphicsState *gs, const Path *path, bool even_odd) {
    Recorder *r = self;
    sink_str(&r->out, even_odd ? "eofill" : "fill");
    write_box(&r->out, path->bounds);
    write_colour(&r->out, &gs->fill);
    write_state(&r->out, gs);
}

static inline void on_stroke(void *self, const GraphicsState *gs, const Path *path) {
    Recorder *r = self;
    sink_str(&r->out, "stroke");
    write_box(&r->out, path->bounds);
    sink_format(&r->out, " verbs %zu w %g dash %d", path->verb_count, gs->line_width,
                gs->dash_count);
    write_colour(&r->out, &gs->stroke);
    write_state(&r->out, gs);
}

static inline void on_image(void *self, const GraphicsState *gs, const PaintImage *im) {
    Recorder *r = self;
    sink_format(&r->out, "image %dx%d %d bits %s %s", im->width, im->height, im->bits,
                enum_word(enum_find("Filter"), (unsigned)im->filter),
                enum_word(enum_find("MaskKind"), (unsigned)im->mask));
    if (im->space)
        sink_format(&r->out, " %s",
                    enum_word(enum_find("Space"), (unsigned)im->space->space));
    if (im->is_inline)
        sink_format(&r->out, " inline %zu", im->inline_bytes);
    if (im->for_soft_mask)
        sink_str(&r->out, " for mask");
    write_state(&r->out, gs);
}

static inline void on_text(void *self, const GraphicsState *gs, const PaintText *t) {
    Recorder *r = self;
    sink_str(&r->out, "text \"");
    for (size_t i = 0; i < t->count; i++)
        for (int k = 0; k < t->glyphs[i].unicode_count; k++)
            sink_char(&r->out, t->glyphs[i].unicode[k] < 128 ? (char)t->glyphs[i].unicode[k] : '?');
    sink_format(&r->out, "\" %zu at %g %g em %g %g mode %d end %g %g", t->count, t->matrix.e,
                t->matrix.f, t->matrix.a, t->matrix.d, t->mode, t->end.x, t->end.y);
    write_colour(&r->out, &gs->fill);
    write_state(&r->out, gs);
}

static inline void on_shading(void *self, const GraphicsState *gs, const PdfObj *,
                              const ColourSpace *space, int type, const Matrix *m,
                              bool from_pattern) {
    Recorder *r = self;
    sink_format(&r->out, "shading %d %s at %g %g%s", type,
                enum_word(enum_find("Space"), (unsigned)space->space), m->e, m->f,
                from_pattern ? " from pattern" : "");
    write_state(&r->out, gs);
}

static inline void on_begin(void *self, const GraphicsState *gs, const PaintScope *s) {
    static const char *const words[] = {"form", "group", "pattern", "type3", "annotation"};
    Recorder *r = self;
    sink_format(&r->out, "begin %s %.*s", words[s->kind], (int)s->name.n, s->name.p);
    write_box(&r->out, s->box);
    sink_format(&r->out, "%s%s%s%s%s%s%s", s->isolated ? " isolated" : "",
                s->knockout ? " knockout" : "", s->for_soft_mask ? " for mask" : "",
                s->coloured ? " coloured" : "", s->prints ? " prints" : "",
                s->hidden ? " hidden" : "", s->has_appearance ? " appears" : "");
    write_state(&r->out, gs);
}

static inline void on_end(void *self, ScopeKind kind) {
    static const char *const words[] = {"form", "group", "pattern", "type3", "annotation"};
    sink_format(&((Recorder *)self)->out, "end %s\n", words[kind]);
}

static inline void on_damage(void *self, const char *, const char *en) {
    sink_format(&((Recorder *)self)->out, "damage %s\n", en);
}

static inline int recorder_start(void **state) {
    static Recorder r;
    r = (Recorder){.facts = facts_new()};
    r.out = sink_memory(r.facts->document);
    r.painter = (Painter){.self = &r,
                          .fill = on_fill,
                          .stroke = on_stroke,
                          .image = on_image,
                          .text = on_text,
                          .shading = on_shading,
                          .begin = on_begin,
                          .end = on_end,
                          .damage = on_damage};
    *state = &r;
    return 0;
}

static inline int recorder_stop(void **state) {
    facts_free(((Recorder *)*state)->facts);
    return 0;
}

/* The bytes of a file: objects 1, 2, 3 … as given, the first one the catalog. An object
 * "dict|content" is a stream. */
static inline Str pdf_of(Arena *a, const char *const *objects) {
    Sink s = sink_memory(a);
    long offsets[64] = {0};
    int count = 0;
    sink_str(&s, "%PDF-1.7\n");
    for (; objects[count]; count++) {
        const char *bar = strchr(objects[count], '|');
        offsets[count] = (long)sink_text(&s).n;
        sink_format(&s, "%d 0 obj\n", count + 1);
        if (bar)
            sink_format(&s, "<<%.*s /Length %zu>>\nstream\n%s\nendstream",
                        (int)(bar - objects[count]), objects[count], strlen(bar + 1), bar + 1);
        else
            sink_str(&s, objects[count]);
        sink_str(&s, "\nendobj\n");
    }
    size_t xref = sink_text(&s).n;
    sink_format(&s, "xref\n0 %d\n0000000000 65535 f \n", count + 1);
    for (int i = 0; i < count; i++)
        sink_format(&s, "%010ld 00000 n \n", offsets[i]);
    sink_format(&s, "trailer<</Size %d/Root 1 0 R>>\nstartxref\n%zu\n%%%%EOF\n", count + 1, xref);
    return sink_text(&s);
}

/* Walks the one page, object 3, of a file whose objects 1 and 2 are catalog and page tree. */
static inline const char *walk_file(Recorder *r, const char *const *objects) {
    Arena *a = r->facts->document;
    Str bytes = pdf_of(a, objects);
    PdfOpening opening = {0};
    PdfFile *f = pdf_open(&opening, a, (const uint8_t *)bytes.p, bytes.n, NULL);
    assert_non_null(f);
    Layers *layers = layers_read(a, f, r->facts);
    Interpreter *in = interpreter_new(a, f, layers, &r->budget);
    const PdfObj *page = pdf_object(f, (PdfRef){3, 0});
    PageBox box = {.media = {0, 0, 200, 100}, .user_unit = 1, .to_page = {1, 0, 0, 1, 0, 0}};
    r->complete = interpret_page(in, r->facts->page, page, pdf_lookup(f, page, "Resources"), &box,
                                 &r->painter);
    interpreter_free(in);
    pdf_close(f);
    Str s = sink_text(&r->out);
    return r->events = arena_copy(a, s.p, s.n);
}

/* Walks a page with these resources and contents, and further objects from number 5 on (NULL ends
 * them). */
static inline const char *walk(void **state, const char *resources, const char *content, ...) {
    Recorder *r = *state;
    Arena *a = r->facts->document;
    const char *objects[64] = {
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        arena_printf(a,
                     "<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 4 0 R"
                     "/Resources<<%s>>>>",
                     resources),
        arena_printf(a, "|%s", content)};
    va_list more;
    va_start(more, content);
    for (int i = 4; i < 63 && (objects[i] = va_arg(more, const char *)); i++)
        continue;
    va_end(more);
    return walk_file(r, objects);
}

static inline int count_of(const char *events, const char *what) {
    int n = 0;
    for (const char *p = events; (p = strstr(p, what)); p += strlen(what))
        n++;
    return n;
}

#define assert_told(events, what)                                                                  \
    do {                                                                                           \
        if (!strstr((events), (what)))                                                             \
            fail_msg("not told: %s\nbut:\n%s", (what), (events));                                  \
    } while (0)
#define assert_not_told(events, what)                                                              \
    do {                                                                                           \
        if (strstr((events), (what)))                                                              \
            fail_msg("told: %s\n%s", (what), (events));                                            \
    } while (0)
#define WALK_TEST(f) cmocka_unit_test_setup_teardown(f, recorder_start, recorder_stop)

#endif
