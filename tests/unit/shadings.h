/* Shadings drawn on a small canvas, for their tests. Device and shading space are one unless a
 * matrix is given. */
#ifndef CHUPIN_TESTS_SHADINGS_H
#define CHUPIN_TESTS_SHADINGS_H

#include "ink/shading/shading.h"

#include "objects.h"

#include <math.h>

enum { SIDE = 40, PIXELS = SIDE * SIDE, MOST_SAMPLES = 4 };
static const ColourSpace gray = {.space = SPACE_GRAY, .components = 1};
static const ColourSpace cmyk = {.space = SPACE_CMYK, .components = 4};
static const Matrix plain = {1, 0, 0, 1, 0, 0};

/* What was told: nothing where `shape` is 0. */
typedef struct Canvas {
    int components, last_row;
    uint8_t shape[PIXELS], samples[PIXELS][MOST_SAMPLES];
} Canvas;

typedef struct Fixture {
    Arena *arena;
    PdfFile *file;
    const ColourSpace *space;
    Matrix matrix;
    bool background, drawn;
    Text why;
    Canvas out;
} Fixture;

static inline int set_up(void **state) {
    static Fixture f;
    f = (Fixture){.arena = arena_new(), .space = &gray, .matrix = plain};
    *state = &f;
    return 0;
}

static inline int tear_down(void **state) {
    Fixture *f = *state;
    if (f->file)
        pdf_close(f->file);
    arena_free(f->arena);
    return 0;
}

static inline void on_row(void *self, const ShadingRow *r) {
    Canvas *c = self;
    assert_true(r->y > c->last_row && r->y < SIDE && r->x0 >= 0 && r->x0 < r->x1 && r->x1 <= SIDE);
    c->last_row = r->y;
    for (int x = r->x0; x < r->x1; x++) {
        c->shape[r->y * SIDE + x] = r->shape[x - r->x0];
        memcpy(c->samples[r->y * SIDE + x], r->samples + (x - r->x0) * c->components,
               (size_t)c->components);
    }
}

/* Draws the first object. */
static inline Canvas *draw_all(void **state, const char *const *objects, int count) {
    Fixture *f = *state;
    const ColourSpace *base = f->space->space == SPACE_INDEXED ? f->space->base : f->space;
    if (f->file)
        pdf_close(f->file);
    f->file = file_of(f->arena, objects, count);
    f->out = (Canvas){.components = base->components, .last_row = -1};
    const PdfObj *o = pdf_object(f->file, (PdfRef){FIRST_OBJECT, 0});
    ShadingUse use = {.object = o,
                      .space = f->space,
                      .type = pdf_int(pdf_lookup(f->file, o, "ShadingType"), 0),
                      .to_device = f->matrix,
                      .background = f->background};
    f->drawn =
        shading_draw(f->arena, f->file, &use, (Area){0, 0, SIDE, SIDE}, on_row, &f->out, &f->why);
    return &f->out;
}

static inline Canvas *draw(void **state, const char *object) {
    Canvas *c = draw_all(state, &object, 1);
    assert_true(((Fixture *)*state)->drawn);
    return c;
}

static inline void refused(void **state, const char *object, const char *why) {
    Fixture *f = *state;
    draw_all(state, &object, 1);
    assert_false(f->drawn);
    assert_string_equal(f->why.en, why);
}

static inline int shape(const Canvas *c, int x, int y) {
    return c->shape[y * SIDE + x];
}

static inline int level(const Canvas *c, int x, int y) {
    return c->samples[y * SIDE + x][0];
}

static inline void assert_near(int got, double expected, double within) {
    if (!(fabs(got - expected) <= within))
        fail_msg("%d is not %g", got, expected);
}

static inline void assert_empty(const Canvas *c) {
    for (int i = 0; i < PIXELS; i++)
        assert_int_equal(c->shape[i], 0);
}

#endif
