/* Arbitrary bytes as a shading: a line of its entries, a line of its function's (object 5), and
 * data for both. Drawn in several places and spaces: rows come from the top, each once, within what
 * was asked for, and what is refused says why. */
#include "ink/shading/shading.h"

#include "parts.h"

#include <math.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

enum { OBJECTS = 2, ACROSS = 40, DOWN = 30, MOST_BYTES = 1 << 14 };

typedef struct Told {
    Area area;
    int last, components;
    unsigned sum; /* so that every byte told is read */
} Told;

static void on_row(void *self, const ShadingRow *r) {
    Told *t = self;
    if (r->y <= t->last || r->y >= t->area.y1 || r->x0 < t->area.x0 || r->x1 > t->area.x1 ||
        r->x0 >= r->x1)
        abort();
    t->last = r->y;
    for (int i = 0; i < r->x1 - r->x0; i++)
        for (int c = 0; c < t->components; c++)
            t->sum += r->shape[i] + r->samples[i * t->components + c];
}

static void draw(PdfFile *f, const ColourSpace *space, const Matrix *place, Area area) {
    Arena *scratch = arena_new();
    const PdfObj *o = pdf_object(f, (PdfRef){FIRST_PART, 0});
    ShadingUse use = {.object = o,
                      .space = space,
                      .type = pdf_int(pdf_lookup(f, o, "ShadingType"), 0),
                      .to_device = *place,
                      .background = area.x0 == 0};
    Told told = {area, area.y0 - 1,
                 space->space == SPACE_INDEXED ? space->base->components : space->components, 0};
    Text why = {0};
    if (!shading_draw(scratch, f, &use, area, on_row, &told, &why) && (!why.zh || !why.en))
        abort();
    arena_free(scratch);
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n) {
    static const uint8_t palette[8] = {1, 2, 3, 4, 250, 0, 9, 77};
    static const ColourSpace cmyk = {.space = SPACE_CMYK, .components = 4};
    static const ColourSpace spaces[] = {
        {.space = SPACE_GRAY, .components = 1},
        {.space = SPACE_CMYK, .components = 4},
        {.space = SPACE_LAB, .components = 3, .range = {-100, 100, -100, 100}},
        {.space = SPACE_INDEXED, .components = 1, .base = &cmyk, .palette = palette, .high = 1}};
    static const Matrix places[] = {{1, 0, 0, 1, 0, 0},
                                    {0.2, 0.1, -0.1, 0.3, 10, 4},
                                    {1e6, 0, 0, 1e-6, -3e6, 12},
                                    {NAN, 1, 1, 0, 1e30, 0}};
    if (n > MOST_BYTES)
        return 0;
    Arena *a = arena_new();
    PdfFile *f = file_of_parts(a, (Input){p, n}, OBJECTS);
    for (size_t i = 0; f && i < sizeof places / sizeof *places; i++) {
        draw(f, &spaces[i], &places[0], (Area){0, 0, ACROSS, DOWN});
        draw(f, &spaces[1], &places[i], (Area){-5, 7, 20, 19});
    }
    if (f)
        pdf_close(f);
    arena_free(a);
    return 0;
}
