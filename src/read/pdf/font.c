/* Fonts as text needs them. A glyph of a one-byte code is asked of the wall once for the life of
 * the font. */
#include "read/pdf/walk.h"

#include <string.h>

ShownFont *font_of(Walk *w, const PdfObj *dict, PdfRef ref) {
    bool lasting = ref.num != 0;
    Arena *arena = lasting ? w->in->document : w->arena;
    ShownFont **slot = (ShownFont **)table_slot(lasting ? &w->in->fonts : &w->fonts, arena,
                                                hash_identity(dict, ref));
    ShownFont *font = *slot;
    if (!font) {
        font = *slot = ARENA_NEW(arena, ShownFont);
        font->ref = ref;
        font->arena = arena;
    }
    if (font->page_serial != w->in->page_serial) {
        font->page_serial = w->in->page_serial;
        font->dict = dict;
        font->procedures = NULL;
    }
    return font;
}

void font_make(Walk *w, ShownFont *font) {
    if (font->made)
        return;
    font->made = true;
    font->font = pdf_font(w->file, font->ref, font->dict);
    font->type3 = pdf_is_name(pdf_lookup(w->file, font->dict, "Subtype"), "Type3");
    if (!font->font) {
        walk_damage(w, "有字体读不懂，它的文字量不出",
                    "a font could not be read; its text is not measured");
        return;
    }
    font->composite = pdf_font_is_composite(font->font);
    font->vertical = pdf_font_is_vertical(font->font);
    font->type3 = pdf_font_is_type3(font->font);
    font->ascent = pdf_font_ascent(font->font);
    font->descent = pdf_font_descent(font->font);
}

static const PdfGlyph *remembered(ShownFont *font, uint8_t code) {
    PdfGlyph *g = ARENA_NEW(font->arena, PdfGlyph);
    if (!pdf_font_next(font->font, &code, 1, g))
        *g = (PdfGlyph){.code = code, .bytes = 1};
    size_t bytes = g->unicode_count > 0 ? (size_t)g->unicode_count * sizeof *g->unicode : 0;
    g->unicode = bytes ? memcpy(arena_alloc(font->arena, bytes), g->unicode, bytes) : NULL;
    return font->glyphs[code] = g;
}

/* Code points of composite fonts are the wall's until the next call; they are copied by whoever
 * keeps them. */
const PdfGlyph *font_next(ShownFont *font, const uint8_t **p, const uint8_t *end, PdfGlyph *room) {
    if (*p >= end)
        return NULL;
    if (!font->composite && font->font) {
        const PdfGlyph *known = font->glyphs[**p];
        return known ? ((*p)++, known) : remembered(font, *(*p)++);
    }
    int left = (int)(end - *p < INT32_MAX ? end - *p : INT32_MAX), used = 1;
    *room = (PdfGlyph){.code = **p, .bytes = 1};
    if (font->font) {
        used = pdf_font_next(font->font, *p, left, room);
        if (used <= 0)
            return NULL;
    }
    *p += used < left ? used : left;
    return room;
}
