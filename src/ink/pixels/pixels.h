/* The pixels of a raster page for whoever looks at them: the file is decoded once, and every row
 * goes to all of them in turn.
 *
 * A PixelRows is one who looks. Rows are as read/raster/raster.h says (8 bits, interleaved, from
 * the top as stored); the head tells their geometry. Whoever has seen enough answers false and is
 * not asked again; when nobody wants more, decoding stops.
 *
 *     PixelRows who[] = {bands, detail};
 *     RasterRead read = pixels_tell(pixels, who, 2); */
#ifndef CHUPIN_INK_PIXELS_PIXELS_H
#define CHUPIN_INK_PIXELS_PIXELS_H

#include "read/raster/raster.h"

typedef struct PixelRows {
    void *self;
    /* Row `y`: head->width pixels of head->channels bytes, borrowed during the call. */
    bool (*row)(void *self, uint32_t y, const uint8_t *samples);
    /* All rows that can be had are told; `read` says how many, and why not all. NULL: not wanted.
     */
    void (*end)(void *self, const RasterRead *read);
} PixelRows;

RasterRead pixels_tell(const RasterPixels *p, const PixelRows *who, size_t count);

#endif
