/* Plates of a page that is pixels of a file, at a resolution somebody asked for: cells of whole
 * pixels, no coarser than that and never finer than the file, upright as viewed. */
#ifndef CHUPIN_INK_PIXELS_PIXEL_PLATES_H
#define CHUPIN_INK_PIXELS_PIXEL_PLATES_H

#include "ink/pixels/pixel_drawing.h"

/* The same as plates_draw; the matrix and the size are those of the cells. `*why` is set when they
 * can not be drawn: then no band was told. */
Plates pixel_plates_draw(Press *press, Arena *page, const Page *facts, const RasterPixels *pixels,
                         const PlatesPlan *plan, BandSink *sink, void *self, Text *why);

#endif
