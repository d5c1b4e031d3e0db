#include "ink/glyph/glyph_encoding.h"

#include <string.h>

enum { SYMBOLIC = 1 << 2, NONSYMBOLIC = 1 << 5, CODES = 256 }; /* Table 123 */

static const char *const predefined[] = {"StandardEncoding", "WinAnsiEncoding", "MacRomanEncoding",
                                         "MacExpertEncoding"};
enum { STANDARD, PREDEFINED = sizeof predefined / sizeof *predefined };

typedef struct Names {
    const char *of[CODES];
} Names;

struct Encodings {
    Arena *arena;
    const Names *tables[PREDEFINED];
};

Encodings *encodings_new(Arena *document) {
    Encodings *e = ARENA_NEW(document, Encodings);
    e->arena = document;
    return e;
}

static const Names *table_of(Encodings *e, size_t which) {
    if (!e->tables[which]) {
        Names *names = ARENA_NEW(e->arena, Names);
        if (!pdf_encoding(names->of, e->arena, predefined[which]))
            *names = (Names){0};
        e->tables[which] = names;
    }
    return e->tables[which];
}

const char *encoding_standard(Encodings *e, uint8_t code) {
    return table_of(e, STANDARD)->of[code];
}

static void start_from(Encoding *out, Encodings *e, const PdfObj *name) {
    for (size_t i = 0; i < PREDEFINED; i++)
        if (pdf_is_name(name, predefined[i])) {
            memcpy(out->names, table_of(e, i)->of, sizeof out->names);
            out->based = true;
        }
}

static void read_differences(Encoding *out, Arena *a, PdfFile *f, const PdfObj *list) {
    int count = pdf_type(list) == PDF_ARRAY ? pdf_length(list) : 0;
    for (int i = 0, code = -1; i < count; i++) {
        const PdfObj *item = pdf_at(f, list, i);
        if (pdf_type(item) != PDF_NAME) {
            code = pdf_int(item, -1);
        } else if (code >= 0 && code < CODES) {
            Str name = pdf_name(item);
            out->names[code++] = arena_copy(a, name.p, name.n);
        }
    }
}

Encoding *encoding_read(Encodings *e, Arena *a, PdfFile *f, const PdfObj *font) {
    Encoding *out = ARENA_NEW(a, Encoding);
    int flags = pdf_int(pdf_lookup(f, pdf_lookup(f, font, "FontDescriptor"), "Flags"), SYMBOLIC);
    out->symbolic = (flags & SYMBOLIC) && !(flags & NONSYMBOLIC);
    const PdfObj *encoding = pdf_lookup(f, font, "Encoding");
    out->given = pdf_type(encoding) == PDF_NAME || pdf_type(encoding) == PDF_DICT;
    if (pdf_type(encoding) == PDF_NAME) {
        start_from(out, e, encoding);
    } else if (pdf_type(encoding) == PDF_DICT) {
        start_from(out, e, pdf_lookup(f, encoding, "BaseEncoding"));
        read_differences(out, a, f, pdf_lookup(f, encoding, "Differences"));
    }
    return out;
}
