/* Coverage of glyphs at a matrix and a quarter of a pixel. */
#ifndef CHUPIN_INK_GLYPH_GLYPH_BITMAP_H
#define CHUPIN_INK_GLYPH_GLYPH_BITMAP_H

#include "ink/glyph/glyph_cache.h"
#include "ink/glyph/glyphs.h"

/* A place rounded to quarters of a pixel: the whole pixel below it, and the rest. */
typedef struct GlyphPlace {
    int x, y;
    uint32_t phase; /* 0 … 15 */
} GlyphPlace;
/* False: so far off that it is no pixel, or not finite. */
bool glyph_place(GlyphPlace *out, const Matrix *em_to_device);

/* A blob of the cache: bytes of its rows follow. */
typedef struct GlyphBitmap {
    GlyphTrouble trouble;
    Area area;     /* from the whole pixel of the place */
    size_t stride; /* a whole number of vectors, zeros behind the pixels */
    uint8_t rows[];
} GlyphBitmap;
/* NULL: too large for the cache. */
GlyphBitmap *bitmap_of_path(GlyphCache *cache, const GlyphKey *key, Rasteriser *raster,
                            const Path *path);

#endif
