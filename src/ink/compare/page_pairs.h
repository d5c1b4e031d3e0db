/* Which page of one file is which page of another, by how they look from afar.
 *
 *     PageSketch now[…], then[…];
 *     page_sketch(&now[i], &page, scratch);
 *     page_pairs(pairs, a, now, count, then, other_count); */
#ifndef CHUPIN_INK_COMPARE_PAGE_PAIRS_H
#define CHUPIN_INK_COMPARE_PAGE_PAIRS_H

#include "ink/compare/compare_seen.h"

enum { SKETCH_SIDE = 64, SKETCH_CELLS = SKETCH_SIDE * SKETCH_SIDE };

typedef struct PageSketch {
    bool known;                  /* it could be drawn */
    double width, height;        /* mm, as viewed */
    uint16_t dark[SKETCH_CELLS]; /* mean of each cell; 0: paper */
} PageSketch;

/* Small, with what could be drawn. The arena is for scratch. */
void page_sketch(PageSketch *out, Arena *scratch, const SeenPage *page);

/* 0: nothing in common, 1: the same. Pages of other sizes are at most half alike. */
double sketch_likeness(const PageSketch *a, const PageSketch *b);

/* `pairs` gets for each of `now` the index among `then`, or -1: it was added.
 *
 * The likest pages are paired, as many as can be in their order; then those that were moved; what
 * is left in the same gap on both sides was drawn anew and is paired in its order. */
void page_pairs(int *pairs, Arena *a, const PageSketch *now, size_t count, const PageSketch *then,
                size_t other_count);

/* Marks the pairs that are out of order: the fewest whose going would leave the rest in order. */
void page_moves(bool *moved, Arena *a, const int *pairs, size_t count);

#endif
