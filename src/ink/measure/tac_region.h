/* Connected areas of pixels, found while rows go by. A run joins the areas of its class that it
 * touches in the row above; only the areas that reach the last row are kept, and of those that
 * ended the largest of each class.
 *
 *     Regions *r = regions_new(a, classes);
 *     for each row from the top: regions_row(r, y), then regions_run(r, …) from the left
 *     const Region *largest = regions_end(r); */
#ifndef CHUPIN_INK_MEASURE_TAC_REGION_H
#define CHUPIN_INK_MEASURE_TAC_REGION_H

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "ink/shape/area.h"

typedef struct RegionOfPixels {
    Area box;
    uint64_t pixels, sum; /* 0 pixels: there is none */
    uint32_t peak;
} RegionOfPixels;

typedef struct Regions Regions;
Regions *regions_new(Arena *a, size_t classes);
/* Runs of row `y` follow; rows left out have none. */
void regions_row(Regions *r, int y);
/* `sums` are the values of its pixels; NULL: none wanted. Runs of a row do not overlap. */
void regions_run(Regions *r, size_t class, int x0, int x1, const uint16_t *sums);
const RegionOfPixels *regions_end(Regions *r); /* the largest of each class */

#endif
