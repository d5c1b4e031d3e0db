#include "ink/look/blocks.h"

#include <math.h>
#include <stdlib.h>

enum {
    GRID = 8,
    EVERY = 3,    /* rows that are looked at: of all phases in turn */
    STEEPEST = 12 /* edges of what is in the picture are steeper and would drown the grid */
};

/* Mean steps, in levels: one that nobody sees in a smooth picture, and one that counts as none. */
static const double VISIBLE = 0.5, NO_STEP = 0.02;
/* A grid less plain than that leaves no other traces. */
static const double GRIDDED = 1.03;

struct Blocks {
    uint64_t sum[2][GRID], count[2][GRID]; /* steps to the right and downwards, by their phase */
    bool seen;
};

Blocks *blocks_new(Arena *a) {
    return ARENA_NEW(a, Blocks);
}

/* The step before a pixel is at a border when the pixel is the first of its block. */
static void add(Blocks *b, int axis, uint32_t at, int step) {
    int size = abs(step);
    if (size > STEEPEST)
        return;
    b->sum[axis][at % GRID] += (uint64_t)size;
    b->count[axis][at % GRID]++;
}

void blocks_swatch(Blocks *b, const Swatch *s) {
    b->seen = true;
    for (uint32_t y = 1; y < SWATCH; y += EVERY) {
        const uint8_t *row = s->light + (size_t)y * SWATCH, *above = row - SWATCH;
        for (uint32_t x = 1; x < SWATCH; x++) {
            add(b, 0, s->x + x, row[x] - row[x - 1]);
            add(b, 1, s->y + y, row[x] - above[x]);
        }
    }
}

static int by_size(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The steepest phase over the next: a picture whose pixels were doubled has more than one. Both are
 * counted from `least`. */
static double ratio_of(const Blocks *b, int axis, double least) {
    double mean[GRID];
    for (int i = 0; i < GRID; i++)
        mean[i] = b->count[axis][i] ? (double)b->sum[axis][i] / (double)b->count[axis][i] : 0;
    qsort(mean, GRID, sizeof *mean, by_size);
    return (mean[GRID - 1] + least) / (mean[GRID - 2] + least);
}

/* JPEG leaves its grid both ways, a picket fence only one. */
double blocks_found(const Blocks *b) {
    return b->seen ? fmin(ratio_of(b, 0, VISIBLE), ratio_of(b, 1, VISIBLE)) : NAN;
}

bool blocks_gridded(const Blocks *b) {
    return b->seen && fmin(ratio_of(b, 0, NO_STEP), ratio_of(b, 1, NO_STEP)) > GRIDDED;
}
