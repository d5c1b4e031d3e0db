/* Upright rectangles. For raster_rows.c only. */
#ifndef CHUPIN_INK_SHAPE_RASTER_RECTANGLE_H
#define CHUPIN_INK_SHAPE_RASTER_RECTANGLE_H

#include "ink/shape/raster_edges.h"

/* Is all that was drawn one of them? */
bool rectangle_is(const Rasteriser *r);
/* `bounds`: of the rectangle, not empty; r->row has room for them. */
void rectangle_tell(Rasteriser *r, Area bounds, RowSink *sink, BoxSink *box, void *self);

#endif
