/* What is measured on plates while they go by: coverage of each plane, the sum of inks at its
 * highest, and the mean over a square at its highest. Bands are added from the top; they begin at
 * multiples of TILE rows.
 *
 * The mean is exact for the square that is named. To look at every position of every page would
 * cost more than drawing it, so a bound from sums of 8 × 8 pixels tells where to look: the most
 * promising places are measured pixel by pixel, a few on every page, and as many as it takes where
 * only that decides whether the limit is exceeded. `max_mean_bound` is what no square exceeds.
 *
 *     InkSums *s = ink_sums_new(a, 150, 15, (Area){0, 0, INT_MAX, INT_MAX});
 *     ink_sums_limit(s, 3.2);
 *     ink_sums_add(s, band, NULL);
 *     InkSumsResult r = ink_sums_finish(s); */
#ifndef CHUPIN_INK_MEASURE_INK_SUMS_H
#define CHUPIN_INK_MEASURE_INK_SUMS_H

#include "ink/plates/plates.h"

typedef struct InkSums InkSums;
/* `within`: pixels outside are not looked at and do not dilute a mean. The square is no larger than
 * it; 0 mm: none is looked for. */
InkSums *ink_sums_new(Arena *a, double ppi, double square_mm, Area within);
/* A mean that decides (1 = 100 %): where it does not, less care is taken. Before the first band, up
 * to MOST_LIMITS times. */
enum { MOST_LIMITS = 2 };
void ink_sums_limit(InkSums *s, double mean);
/* For whoever wants to know more while the pixels are at hand. NULL: not wanted. */
typedef struct InkPixels InkPixels;
typedef struct InkSumsWatch {
    void *self;
    /* Tiles with ink within, row by row; no pixel there has a sum above `most` 255ths. */
    void (*tile)(void *self, Area part, uint32_t most);
    /* The best square so far, at the end of a band that has a better one than those before. */
    void (*square)(void *self, const InkPixels *p, Area square);
} InkSumsWatch;
void ink_sums_watch(InkSums *s, const InkSumsWatch *watch); /* borrowed */
/* Tints of one plane where pixels are at hand: within the square that is told. False: no ink. */
bool ink_pixels_row(const InkPixels *p, size_t plane, int y, int x0, int x1, uint8_t *out);
/* `counts[plane]` tells whether a plane counts in the sum (finishes do not); NULL: all but
 * PLANE_REST count. */
void ink_sums_add(InkSums *s, const Band *band, const bool *counts);

typedef struct PlaneSum {
    double coverage; /* mean tint over the picture within `within`, 0 … 1 */
    int peak;        /* highest tint, 0 … 255 */
} PlaneSum;
typedef struct InkSumsResult {
    double max_mean;       /* highest mean of a square that was found, 1 = 100 % */
    double max_mean_bound; /* no square has more; equal to max_mean when that is proven */
    Area max_square;
    double peak; /* highest sum at a pixel; more than 257 full inks count as 257 */
    int peak_x, peak_y;
    PlaneSum *planes; /* one a plane */
    size_t plane_count;
} InkSumsResult;
InkSumsResult ink_sums_finish(InkSums *s);

#endif
