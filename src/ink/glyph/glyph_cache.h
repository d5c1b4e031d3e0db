/* Blobs of glyphs, found again by program, glyph and matrix. There are two generations: when the
 * young one is full it becomes the old one, and the old one is dropped. What is found in the old
 * one moves to the young, so a blob stays until a whole generation went by without a look at it. */
#ifndef CHUPIN_INK_GLYPH_GLYPH_CACHE_H
#define CHUPIN_INK_GLYPH_GLYPH_CACHE_H

#include <stddef.h>
#include <stdint.h>

typedef struct GlyphKey { /* no padding: it is compared as bytes */
    uint32_t program, glyph;
    float matrix[4];
    uint32_t phase;
} GlyphKey;

typedef struct GlyphCache GlyphCache;
GlyphCache *glyph_cache_new(size_t bytes); /* of a generation */
void glyph_cache_free(GlyphCache *c);
/* A blob holds no pointers into itself. It is valid until the second next glyph_cache_add. */
void *glyph_cache_find(GlyphCache *c, const GlyphKey *key);             /* NULL: not there */
void *glyph_cache_add(GlyphCache *c, const GlyphKey *key, size_t size); /* zeroed */
size_t glyph_cache_bytes(const GlyphCache *c);

#endif
