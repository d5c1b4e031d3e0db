/* The rasteriser: outlines become coverage, by signed-area accumulation: every edge adds the exact
 * area it covers in each pixel it crosses, and a running sum along the row gives the coverage.
 *
 * A Rasteriser is scratch memory, reused for every path. Coordinates are device pixels. Whatever
 * lies outside of `area` costs nothing but its clipping; coordinates of any size are allowed, and
 * points that are not numbers are passed over.
 *
 *     raster_begin(r, area);
 *     raster_path(r, path, &page_to_device);
 *     raster_sweep(r, false, sink, self);
 *
 * Sums are whole numbers, so pixels inside of a shape are 255 and those outside are 0 whatever the
 * number of edges. What is accepted: edges that overlap within one pixel add their areas up instead
 * of uniting them, and winding numbers wrap beyond ±131071. */
#ifndef CHUPIN_INK_SHAPE_RASTER_H
#define CHUPIN_INK_SHAPE_RASTER_H

#include "ink/shape/area.h"
#include "read/pdf/paint.h"

typedef struct Rasteriser Rasteriser;
Rasteriser *raster_new(void);
void raster_free(Rasteriser *r); /* NULL is allowed */

/* Forgets what was drawn; rows and columns outside are not wanted. A side of the area has at most
 * 130000 pixels, otherwise nothing is whole. */
void raster_begin(Rasteriser *r, Area area);
void raster_move(Rasteriser *r, double x, double y);
void raster_line(Rasteriser *r, double x, double y);
void raster_curve(Rasteriser *r, Point a, Point b, Point c); /* flattened to within 1/20 pixel */
void raster_close(Rasteriser *r); /* open subpaths are closed when filled */
void raster_path(Rasteriser *r, const Path *path, const Matrix *to_device);
/* False: since raster_begin there were more edges, or more steps of curves, than a Rasteriser takes
 * (MOST_EDGES), or its area was too large. Then raster_sweep tells nothing. */
bool raster_whole(const Rasteriser *r);

typedef struct StrokeStyle {
    double width, miter_limit; /* user space */
    int cap, join;             /* 0 butt 1 round 2 square; 0 miter 1 round 2 bevel */
    const double *dash;        /* user space; NULL: solid */
    int dash_count;
    double dash_phase;
} StrokeStyle;
/* Adds the outline of a stroke. `path` is in page space, `user_to_page` makes the pen (it may be
 * anisotropic or singular), `page_to_device` places it. A width below a pixel keeps its true area;
 * width 0 is one device pixel, the thinnest line (ISO 32000-1, 8.4.3.2), and so is the line of a
 * singular pen, which has no width across. A dash array that is not allowed (negative, or all 0) is
 * a solid line. Fill the result non-zero; it winds one way only, so strokes may be added to each
 * other. False: a limit was reached (MOST_DASHES, MOST_DASH_ELEMENTS, MOST_EDGES) and the stroke is
 * not whole. */
bool raster_stroke(Rasteriser *r, const Path *path, const StrokeStyle *style,
                   const Matrix *user_to_page, const Matrix *page_to_device);

/* Tells each row that has coverage, from the top; `coverage` holds x0 … x1-1, is 16-byte aligned
 * and may be written to by the receiver. Runs are trimmed to pixels that are not 0 at both ends; a
 * row may come in several runs, left to right. The 16 bytes behind a run are 0 and may be written
 * to as well. Rows can be told again until the next raster_begin. */
typedef void RowSink(void *self, int y, int x0, int x1, uint8_t *coverage);
void raster_sweep(Rasteriser *r, bool even_odd, RowSink *sink, void *self);
/* The same, but pixels that are covered in full may be told as one box. */
typedef void BoxSink(void *self, Area box);
void raster_rows_and_box(Rasteriser *r, bool even_odd, RowSink *sink, BoxSink *box, void *self);
/* Of what was drawn since raster_begin, within its area; all coverage lies in it. */
Area raster_bounds(const Rasteriser *r);

#endif
