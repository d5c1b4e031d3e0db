/* What a simple font's dictionary says of its codes (ISO 32000-1, 9.6.6). */
#ifndef CHUPIN_INK_GLYPH_GLYPH_ENCODING_H
#define CHUPIN_INK_GLYPH_GLYPH_ENCODING_H

#include "read/pdf/wall.h"

/* The predefined encodings, read when first needed; kept for the document. */
typedef struct Encodings Encodings;
Encodings *encodings_new(Arena *document);

typedef struct Encoding {
    const char *names[256]; /* as /Encoding gives them; NULL: it says nothing */
    bool given;             /* there is an /Encoding */
    bool based;             /* it names a predefined encoding: what that leaves out has no glyph */
    bool symbolic;          /* flag of the descriptor */
} Encoding;
Encoding *encoding_read(Encodings *e, Arena *a, PdfFile *f, const PdfObj *font); /* in `a` */
/* A name of StandardEncoding, NULL: none. */
const char *encoding_standard(Encodings *e, uint8_t code);

#endif
