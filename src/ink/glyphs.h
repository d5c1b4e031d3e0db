/* Glyph shapes: outlines through FreeType, unhinted, and coverage bitmaps kept for reuse. */
#ifndef CHUPIN_INK_GLYPHS_H
#define CHUPIN_INK_GLYPHS_H

#include "ink/mask.h"
#include "ink/raster.h"

typedef struct Glyphs Glyphs; /* for the life of a document */
Glyphs *glyphs_new(Arena *document, PdfFile *f);
void glyphs_free(Glyphs *g);

/* Why a glyph can not be drawn truthfully; GLYPH_DRAWN: it can (an empty outline, such as a space,
 * counts). */
typedef enum GlyphTrouble {
    GLYPH_DRAWN,
    GLYPH_NOT_EMBEDDED,
    GLYPH_BAD_PROGRAM,
    GLYPH_MISSING
} GlyphTrouble;

/* The outline in em space (1 = one em, y up), in the cache: valid until glyphs_free or the second
 * next call. The mapping of codes to glyphs follows ISO 32000-1 9.6.6 and 9.7. */
GlyphTrouble glyph_outline(Glyphs *g, PdfFont *font, PdfRef ref, const PdfObj *dict, uint32_t code,
                           Path *out);

/* Coverage of a glyph set at a device position: `em_to_device` with the translation taken out is
 * the key of the cache, with the position rounded to a quarter pixel. `bitmap->area` is where it
 * falls. The bitmap is valid until the next call. False: too large for the cache, draw the outline
 * instead. */
bool glyph_bitmap(Glyphs *g, PdfFont *font, PdfRef ref, const PdfObj *dict, uint32_t code,
                  const Matrix *em_to_device, Mask *bitmap, GlyphTrouble *trouble);

#endif
