/* What is measured on plates while they go by: coverage of each plane, the sum of inks at its
 * highest, and the mean over a square at its highest. Bands are added from the top. */
#ifndef CHUPIN_INK_INK_SUMS_H
#define CHUPIN_INK_INK_SUMS_H

#include "ink/plates.h"

typedef struct InkSums InkSums;
/* `counts[plane]` tells whether a plane counts in the sum (finishes do not); NULL: all but
 * PLANE_REST count. `within`: pixels outside are not looked at and do not dilute a mean. */
InkSums *ink_sums_new(Arena *a, double ppi, double square_mm, Area within);
void ink_sums_add(InkSums *s, const Band *band, const bool *counts);

typedef struct PlaneSum {
    double coverage; /* mean tint over the picture, 0 … 1 */
    int peak;        /* highest tint, 0 … 255 */
} PlaneSum;
typedef struct InkSumsResult {
    double max_mean; /* highest mean of a square, 1 = 100 % */
    Area max_square;
    double peak; /* highest sum at a pixel */
    int peak_x, peak_y;
    PlaneSum *planes; /* one a plane */
    size_t plane_count;
} InkSumsResult;
InkSumsResult ink_sums_finish(InkSums *s);

#endif
