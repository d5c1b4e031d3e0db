/* Which glyph of a program a code means (ISO 32000-1, 9.6.6 and 9.7.4). */
#ifndef CHUPIN_INK_GLYPH_GLYPH_CHOICE_H
#define CHUPIN_INK_GLYPH_GLYPH_CHOICE_H

#include "ink/glyph/glyph_encoding.h"
#include "ink/glyph/glyph_program.h"

/* The index FreeType knows it by; 0: the program has none for it. */
uint32_t glyph_of_simple(Encodings *tables, const Encoding *e, FT_Face face, ProgramKind kind,
                         uint8_t code);
/* `map`: bytes of a CIDToGIDMap stream, .p NULL for Identity. */
uint32_t glyph_of_cid(PdfBytes map, const Program *p, uint32_t cid);

#endif
