/* The font programs of a document, opened by FreeType once however many fonts share one. Programs
 * belong to Programs; what is not needed is closed when open ones hold too much, and opened again
 * when it is asked for. */
#ifndef CHUPIN_INK_GLYPH_GLYPH_PROGRAM_H
#define CHUPIN_INK_GLYPH_GLYPH_PROGRAM_H

#include "read/pdf/wall.h"

#include <ft2build.h>
#include FT_FREETYPE_H

/* How its glyphs are asked for. */
typedef enum ProgramKind {
    PROGRAM_NAMED,   /* Type 1, CFF: glyph names, a built-in encoding */
    PROGRAM_BY_CID,  /* CFF or Type 1 keyed by CID: FreeType's index is the CID */
    PROGRAM_TRUETYPE /* cmap and post tables */
} ProgramKind;

typedef struct Program Program;
typedef struct Programs Programs;
Programs *programs_new(Arena *document, PdfFile *f); /* NULL: FreeType does not start */
void programs_free(Programs *all);

Program *program_of(Programs *all, PdfRef stream);
uint32_t program_serial(const Program *p); /* counts from 1 */
/* NULL: FreeType can not read it. Valid until the next call with another program. */
FT_Face program_face(Programs *all, Program *p);
/* Known once it had a face. */
ProgramKind program_kind(const Program *p);
uint32_t program_glyph_count(const Program *p); /* indices run below it */
double program_em(const Program *p); /* an em in the outlines of the face, in its units */

#endif
