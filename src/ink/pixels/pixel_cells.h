/* Loops over all pixels of a picture: the only ones whose speed is measured against its decoding.
 * Pixels are interleaved bytes. */
#ifndef CHUPIN_INK_PIXELS_PIXEL_CELLS_H
#define CHUPIN_INK_PIXELS_PIXEL_CELLS_H

#include <stddef.h>
#include <stdint.h>

enum { MOST_IN_CELL = 256 }; /* pixels across a cell, so that sums of columns fit 16 bits */

/* Raises `highest`, a channel, to the highest bytes of the row; at most MOST_RASTER_CHANNELS. */
void pixel_highest(const uint8_t *pixels, size_t n, size_t channels, uint8_t *highest);
/* The highest sum of the four bytes of a pixel. */
uint32_t pixel_peak(const uint8_t *pixels, size_t n);
/* Sums of cells of `k` pixels (the last may have fewer) from sums of columns, each of which has
 * added up no more than `rows` bytes. */
void pixel_cells(const uint16_t *columns, size_t n, int channels, int k, int rows, uint32_t *out);

#endif
