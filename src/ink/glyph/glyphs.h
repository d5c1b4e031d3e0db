/* Glyph shapes: outlines through FreeType, unhinted, and coverage bitmaps kept for reuse. */
#ifndef CHUPIN_INK_GLYPH_GLYPHS_H
#define CHUPIN_INK_GLYPH_GLYPHS_H

#include "ink/shape/mask.h"
#include "ink/shape/raster.h"

typedef struct Glyphs Glyphs; /* for the life of a document */
Glyphs *glyphs_new(Arena *document, PdfFile *f);
void glyphs_free(Glyphs *g);

/* Why a glyph can not be drawn truthfully. */
typedef enum GlyphTrouble {
    GLYPH_DRAWN,        /* it can; an empty outline, such as a space, counts */
    GLYPH_NOT_EMBEDDED, /* the standard 14 are no exception */
    GLYPH_BAD_PROGRAM,
    GLYPH_MISSING /* the program has none for the code: what comes out is its .notdef, not empty,
                     which Ghostscript, poppler and MuPDF paint too */
} GlyphTrouble;

/* The outline in em space (1 = one em, y up), in the cache: valid until glyphs_free or the second
 * next call. The mapping of codes to glyphs follows ISO 32000-1 9.6.6 and 9.7; `code` is as in
 * PdfGlyph. `dict` is the font's (NULL: fetched by `ref`). Not for Type 3 fonts. */
GlyphTrouble glyph_outline(Glyphs *g, PdfFont *font, PdfRef ref, const PdfObj *dict, uint32_t code,
                           Path *out);

/* Coverage of a glyph set at a device position: `em_to_device` with the translation taken out is
 * the key of the cache, with the position rounded to a quarter pixel. `bitmap->area` is where it
 * falls, empty where nothing is drawn; what its stride has beyond that is 0. The bitmap is valid
 * until the next call. False: too large for the cache, draw the outline instead. */
bool glyph_bitmap(Glyphs *g, PdfFont *font, PdfRef ref, const PdfObj *dict, uint32_t code,
                  const Matrix *em_to_device, Mask *bitmap, GlyphTrouble *trouble);

#endif
