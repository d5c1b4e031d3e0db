#include "ink/compare/page_pairs.h"

#include <math.h>
#include <stdlib.h>

#include "ink/plates/preview.h"
#include "read/derive.h"

/* Pixels on the longer side: enough that each cell of the sketch has some. */
enum { LONGER_SIDE = 3 * SKETCH_SIDE, FULL = 3 * 255, FINER = 64 };

typedef struct Sketcher {
    const SeenPage *page;
    Arena *arena;
    Preview *preview;
    uint8_t *row;
    uint64_t *sums;
    uint32_t *pixels; /* of each cell */
} Sketcher;

static void take_band(void *self, const Band *band) {
    Sketcher *s = self;
    if (!s->preview) {
        s->preview = preview_new(s->arena, seen_press(s->page), band->width);
        s->row = arena_alloc(s->arena, 3 * (size_t)band->width);
    }
    for (int y = band->area.y0; y < band->area.y1; y++) {
        preview_row(s->preview, band, y, s->row);
        int row = (int)((int64_t)y * SKETCH_SIDE / band->height) * SKETCH_SIDE;
        for (int x = 0; x < band->width; x++) {
            const uint8_t *rgb = s->row + 3 * x;
            int cell = row + (int)((int64_t)x * SKETCH_SIDE / band->width);
            s->sums[cell] += (uint64_t)(FULL - rgb[0] - rgb[1] - rgb[2]);
            s->pixels[cell]++;
        }
    }
}

/* A page of few pixels leaves cells between them. */
static uint16_t mean_of(const Sketcher *s, int cell) {
    if (!s->pixels[cell])
        return 0;
    return (uint16_t)(s->sums[cell] * FINER / s->pixels[cell]);
}

void page_sketch(PageSketch *out, Arena *scratch, const SeenPage *page) {
    Text why;
    Box b = page->region;
    double longer = fmax(b.x1 - b.x0, b.y1 - b.y0);
    bool across = page->page->rotate % 180 == 0;
    Sketcher s = {.page = page, .arena = scratch};
    *out = (PageSketch){.width = TO_MM(across ? b.x1 - b.x0 : b.y1 - b.y0),
                        .height = TO_MM(across ? b.y1 - b.y0 : b.x1 - b.x0)};
    if (!(longer > 0))
        return;
    s.sums = ARENA_ARRAY(scratch, uint64_t, SKETCH_CELLS);
    s.pixels = ARENA_ARRAY(scratch, uint32_t, SKETCH_CELLS);
    (void)seen_draw(page, scratch, LONGER_SIDE * 72 / longer, take_band, &s, &why);
    out->known = s.preview;
    for (int i = 0; i < SKETCH_CELLS; i++)
        out->dark[i] = mean_of(&s, i);
}

static bool near(double a, double b) {
    const double hair = 0.02;
    return fabs(a - b) <= hair * fmax(a, b);
}

double sketch_likeness(const PageSketch *a, const PageSketch *b) {
    uint64_t apart = 0, all = 0;
    if (!a->known || !b->known)
        return 0;
    for (int i = 0; i < SKETCH_CELLS; i++) {
        uint16_t x = a->dark[i], y = b->dark[i];
        apart += x > y ? x - y : y - x;
        all += x > y ? x : y;
    }
    double like = all ? 1 - (double)apart / (double)all : 1;
    return near(a->width, b->width) && near(a->height, b->height) ? like : like / 2;
}
