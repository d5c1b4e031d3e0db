/* Plates of a raster page: its pixels, added up in cells of whole pixels, go by as bands like those
 * of a page that is drawn. What wants to be known at the resolution of the file is told on the way.
 *
 * Cells and pixels are counted from the top left of the picture as stored. */
#ifndef CHUPIN_INK_PIXELS_PIXEL_DRAWING_H
#define CHUPIN_INK_PIXELS_PIXEL_DRAWING_H

#include "ink/pixels/pixel_bands.h"
#include "ink/pixels/pixel_sums.h"
#include "ink/pixels/pixels.h"

/* Tints of a stretch of a row: rows in the order of pixel_inks_painted. */
typedef void PixelTints(void *self, int y, int x0, int x1, const uint8_t *const *rows);
typedef struct PixelStrip {
    Area area; /* pixels */
    PixelTints *tints;
    void *self;
} PixelStrip;

typedef struct PixelDrawingPlan {
    int across, down; /* pixels of a cell */
    Area region;      /* cells that go into the bands */
    RasterTurn turn;  /* how they are told; measuring leaves them as stored */
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
/* An edge as viewed (read/derive.h) as one of the picture as stored; -1 stays. */
int pixel_edge(const PixelPlace *place, int edge);
/* Rows that could not be read, as a place of the page; how many such places: 0 or 1. */
size_t pixel_unread(const PixelPlace *place, const RasterHead *head, const RasterRead *read,
                    Arena *page, Omission **out);
/* Pixels across and down of cells that are no coarser than `ppi`, but for `most` of them in a row.
 */
void pixel_cell(const RasterHead *head, const PixelPlace *place, double ppi, double most,
                int *across, int *down);
/* The whole picture in cells. */
Area pixel_cells_of(const RasterHead *head, int across, int down);

#endif
