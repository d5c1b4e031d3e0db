/* The cell of a tiling pattern, drawn once, and what a device pixel sees of the lattice of cells.
 *
 * The pixels of a cell divide its box evenly, and each device pixel takes the mean of the samples
 * that fall on it, so cells of any size and turn meet without seams. A pattern of which only one
 * cell shows is drawn in place, at device resolution. */
#ifndef CHUPIN_INK_DRAW_CELL_H
#define CHUPIN_INK_DRAW_CELL_H

#include "ink/shape/area.h"
#include "ink/shape/mask.h"
#include "ink/surface/surface.h"
#include "read/pdf/paint.h"

typedef struct Cell {
    Box box;               /* /BBox, pattern space */
    double x_step, y_step; /* pattern space, positive */
    Matrix to_page;        /* pattern space to page space */
    Matrix to_pixels;      /* page space to the pixels it is drawn with */
    bool in_place, coloured;
    int finer; /* samples across a device pixel */
    Area area; /* its pixels; in place: device pixels */
    size_t plane_count;
    uint16_t planes[MOST_PAINTED];     /* that it has ink in */
    Mask *alpha, *tints[MOST_PAINTED]; /* over `area`; premultiplied */
} Cell;

/* How the cell is to be drawn to fill `area` of the device. False: it has no area, or is too large.
 */
bool cell_plan(Cell *c, const PaintScope *scope, Box box, const Matrix *page_to_device, Area area);

typedef struct CellView {
    const Cell *cell;
    Matrix from_device;  /* to pattern space */
    double across, down; /* cell pixels per unit of pattern space */
} CellView;
CellView cell_view(const Cell *c, const Matrix *page_to_device);
/* Tints (not premultiplied) and alpha of `n` device pixels where `wanted` is not 0; rows of tints
 * are `stride` apart. */
void cell_row(const CellView *v, int y, int x0, size_t n, const uint8_t *wanted, uint8_t *alpha,
              uint8_t *tints, size_t stride);

#endif
