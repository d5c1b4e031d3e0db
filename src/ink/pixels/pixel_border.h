/* An even border along an edge of a raster page: rows of one colour, white or not, after which the
 * picture begins all at once. A ground that art merely stands on is none: there the next row is
 * mostly like the border still. Looked for on every pixel. */
#ifndef CHUPIN_INK_PIXELS_PIXEL_BORDER_H
#define CHUPIN_INK_PIXELS_PIXEL_BORDER_H

#include "ink/pixels/pixels.h"

typedef struct PixelBorder PixelBorder;
PixelBorder *pixel_border_new(Arena *page, const RasterHead *head);
PixelRows pixel_border_rows(PixelBorder *b);
/* Pixels along the edges of the picture as stored: top, right, bottom, left. False: not all rows
 * were seen. */
bool pixel_border_widths(const PixelBorder *b, int widths[4]);

#endif
