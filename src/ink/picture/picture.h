/* Pictures: the pixels of an image brought to device resolution by a box filter, row after row.
 *
 * Rows are streamed: what is held is a few rows of the image, or, when it is turned or its codec
 * can not stream, a copy reduced to device resolution. JPEG is decoded at the scale that is needed
 * (N/8). Reduced copies are kept for images that come again. Where an image is coarser than the
 * device its pixels stay sharp, /Interpolate or not, as in the RIPs of printers. Which pixels its
 * borders cover: picture_place.h. */
#ifndef CHUPIN_INK_PICTURE_PICTURE_H
#define CHUPIN_INK_PICTURE_PICTURE_H

#include "ink/shape/area.h"
#include "ink/shading/function.h"
#include "ink/shape/raster.h"
#include "read/pdf/paint.h"

typedef struct Pictures Pictures; /* for the life of a document */
Pictures *pictures_new(Arena *document, PdfFile *f, size_t budget);
void pictures_free(Pictures *p);

typedef struct PictureRow {
    int y, x0, x1;
    const uint8_t *shape;   /* edges, stencil, explicit mask, colour key */
    const uint8_t *opacity; /* soft mask; NULL: opaque */
    const uint8_t *samples; /* interleaved, PictureTold.space components, 8 bits over the default
                               Decode range; NULL: stencil */
} PictureRow;
typedef void PictureSink(void *self, const PictureRow *row);

/* The space its samples come in: the image's, or the base of an Indexed one, or what its own header
 * says. */
const ColourSpace *picture_space(const PaintImage *im);

/* Tells the rows that fall in `area`, in any order. `unit_to_device` places the unit square of
 * images. False: nothing could be drawn, `why` says why. `part`: what was drawn is not all of it
 * (damaged or cut-off data), `why` says why. */
bool picture_draw(Pictures *p, const PaintImage *im, const Matrix *unit_to_device, Area area,
                  PictureSink *sink, void *self, bool *part, Text *why);

#endif
