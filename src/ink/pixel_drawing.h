/* Plates of a raster page: its pixels, added up in cells of whole pixels, go by as bands like those
 * of a page that is drawn. What wants to be known at the resolution of the file is told on the way.
 *
 * The device is the picture as stored: cells from its top left, whatever way it is viewed. */
#ifndef CHUPIN_INK_PIXEL_DRAWING_H
#define CHUPIN_INK_PIXEL_DRAWING_H

#include "ink/pixel_sums.h"
#include "ink/pixels.h"
#include "ink/plates.h"

/* Tints of a stretch of a row: rows in the order of pixel_inks_painted. */
typedef void PixelTints(void *self, int y, int x0, int x1, const uint8_t *const *rows);
typedef struct PixelStrip {
    Area area; /* pixels */
    PixelTints *tints;
    void *self;
} PixelStrip;

typedef struct PixelDrawingPlan {
    int across, down; /* pixels of a cell */
    double ppi;       /* of cells, for the bands */
    BandSink *sink;
    void *self;
} PixelDrawingPlan;

enum { MOST_STRIPS = 4, MOST_PIXEL_SUMS = 2 };
typedef struct PixelDrawing PixelDrawing;
PixelDrawing *pixel_drawing_new(Arena *page, PixelInks *inks, const PixelDrawingPlan *plan);
void pixel_drawing_free(PixelDrawing *d); /* NULL is allowed */
void pixel_drawing_strip(PixelDrawing *d, const PixelStrip *strip);
void pixel_drawing_sums(PixelDrawing *d, PixelSums *sums);
/* Feeds it. When the rows end, what is missing is without ink. */
PixelRows pixel_drawing_rows(PixelDrawing *d);

/* Where a page lies among its pixels. */
typedef struct PixelPlace {
    Matrix to_pixels;    /* page space, pt, to pixels as stored */
    double ppi_x, ppi_y; /* as stored */
} PixelPlace;
PixelPlace pixel_place(const Page *page, const RasterHead *head);
/* Pixels across and down of cells of about `ppi`: never finer than pixels, never more cells in a
 * row than a band should have. */
void pixel_cell(const RasterHead *head, const PixelPlace *place, double ppi, int *across,
                int *down);

#endif
