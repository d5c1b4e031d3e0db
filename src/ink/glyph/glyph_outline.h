/* Outlines as FreeType gives them, brought into em space. */
#ifndef CHUPIN_INK_GLYPH_GLYPH_OUTLINE_H
#define CHUPIN_INK_GLYPH_GLYPH_OUTLINE_H

#include "ink/glyph/glyph_cache.h"
#include "ink/glyph/glyph_program.h"
#include "ink/glyph/glyphs.h"

/* The outline of a glyph, from the cache or FreeType. `absent`: the program has no glyph for the
 * code, and what is shown in its place is wanted (.notdef). */
GlyphTrouble outline_of(GlyphCache *cache, Programs *programs, Program *p, uint32_t glyph,
                        bool absent, Path *out);

#endif
