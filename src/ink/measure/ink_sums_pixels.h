/* Sums of inks pixel by pixel, 255 for each full ink, from the tiles of a band and from rows that
 * were kept of the bands above it. Internal to ink_sums and what looks at plates with it. */
#ifndef CHUPIN_INK_MEASURE_INK_SUMS_PIXELS_H
#define CHUPIN_INK_MEASURE_INK_SUMS_PIXELS_H

#include "ink/measure/ink_sums.h"

/* Whole rows from y0 to the first of the band, plane by plane. */
typedef struct KeptRows {
    uint8_t *tints; /* planes × rows × width; NULL: none */
    size_t planes;
    int y0, y1;
} KeptRows;
struct InkPixels {
    const Band *band;
    const bool *counts; /* as in ink_sums_add */
    KeptRows kept;
};

enum { CELL = 8, CELLS = TILE / CELL }; /* pixels of a cell, cells of a tile, along one side */

static inline bool ink_counts(const bool *counts, size_t plane) {
    return counts ? counts[plane] : plane != PLANE_REST;
}

/* The tile with the pixel (x, y), which are multiples of TILE. */
const uint8_t *ink_tile(const Band *band, size_t plane, int x, int y);
/* Adds the sums of each cell of a tile to `cells`, row by row; returns the sum of the tile. */
uint32_t ink_tile_cells(const uint8_t *tile, uint32_t cells[CELLS * CELLS], uint8_t *peak);
/* Adds `n` tints to sums, which stay at UINT16_MAX when they get there. */
void ink_sums_add_row(uint16_t *sums, const uint8_t *tints, size_t n);
/* Sums of a part of the picture that lies in the rows at hand; `out` has rows of its width. */
void ink_pixels_read(const InkPixels *p, Area area, uint16_t *out);
int ink_pixels_top(const InkPixels *p); /* the first row at hand */

#endif
