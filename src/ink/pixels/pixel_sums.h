/* Sums of inks exactly on the pixels of a raster page: whole numbers, nothing is rounded.
 *
 * Squares consist of whole cells: of those the highest mean is found, looking at every one. Pixels
 * are counted as stored. */
#ifndef CHUPIN_INK_PIXELS_PIXEL_SUMS_H
#define CHUPIN_INK_PIXELS_PIXEL_SUMS_H

#include "ink/measure/ink_sums.h"
#include "ink/pixels/pixel_inks.h"

typedef struct PixelSumsPlan {
    const PixelInks *inks; /* exact ones */
    int across, down;      /* pixels of a cell */
    Area within;           /* pixels; the others are not looked at */
    double side_x, side_y; /* of the square, in cells; 0: none is looked for */
    const bool *counts;    /* a plane */
} PixelSumsPlan;

typedef struct PixelSums PixelSums;
PixelSums *pixel_sums_new(Arena *a, const PixelSumsPlan *plan);
void pixel_sums_row(PixelSums *s, int y, const uint8_t *composed);
/* After all rows of the cells. */
void pixel_sums_cells(PixelSums *s, int row, const uint32_t *cells);
/* `peak_x`, `peak_y` and `max_square` are pixels. */
InkSumsResult pixel_sums_finish(PixelSums *s);
/* Sums of each plane in that square, 255ths, and its pixels. */
const uint64_t *pixel_sums_square(const PixelSums *s, uint64_t *pixels);

#endif
