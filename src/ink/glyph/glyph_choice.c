#include "ink/glyph/glyph_choice.h"

#include FT_TRUETYPE_TABLES_H

#include <stdlib.h>
#include <string.h>

enum { UNICODE = 0, MAC = 1, MICROSOFT = 3, ADOBE = 7 }; /* platforms of charmaps */
enum { MS_SYMBOL = 0, MS_UNICODE = 1, MS_FULL = 10 };    /* encodings of platform 3 */

static FT_CharMap charmap(FT_Face face, int platform, int encoding) {
    for (int i = 0; i < face->num_charmaps; i++) {
        FT_CharMap map = face->charmaps[i];
        if (map->platform_id == platform && (encoding < 0 || map->encoding_id == encoding))
            return map;
    }
    return NULL;
}

static uint32_t look_up(FT_Face face, FT_CharMap map, uint32_t code) {
    return map && !FT_Set_Charmap(face, map) ? FT_Get_Char_Index(face, code) : 0;
}

static uint32_t named(FT_Face face, const char *name) {
    return name && FT_HAS_GLYPH_NAMES(face) ? FT_Get_Name_Index(face, name) : 0;
}

/* uniXXXX and uXXXX to uXXXXXX, capital digits only (Adobe glyph list specification, section 2). */
static uint32_t unicode_spelt(const char *name) {
    const char *digits = !strncmp(name, "uni", 3) ? name + 3 : *name == 'u' ? name + 1 : "";
    size_t n = strspn(digits, "0123456789ABCDEF");
    bool long_form = digits == name + 1;
    if (digits[n] || n < 4 || n > (long_form ? 6 : 4))
        return 0;
    return (uint32_t)strtoul(digits, NULL, 16);
}

static uint32_t unicode_of(const char *name) {
    uint32_t listed = pdf_unicode_of_name(name);
    return listed ? listed : unicode_spelt(name);
}

/* FreeType makes one from glyph names where there is none; that one has no format. */
static FT_CharMap unicode_map(FT_Face face) {
    FT_CharMap map = charmap(face, MICROSOFT, MS_UNICODE);
    if (!map || FT_Get_CMap_Format(map) < 0)
        map = charmap(face, MICROSOFT, MS_FULL);
    return map ? map : charmap(face, UNICODE, -1);
}

/* A name that the program does not have may stand for the same character as one that it has. */
static uint32_t by_name(FT_Face face, const char *name) {
    uint32_t glyph = named(face, name);
    if (glyph || !strcmp(name, ".notdef"))
        return glyph;
    glyph = named(face, pdf_other_name(name));
    uint32_t unicode = glyph ? 0 : unicode_of(name);
    if (unicode && !FT_Select_Charmap(face, FT_ENCODING_UNICODE))
        glyph = FT_Get_Char_Index(face, unicode);
    return glyph;
}

/* 9.6.6.2. */
static uint32_t in_named_program(const Encoding *e, FT_Face face, uint8_t code) {
    if (e->names[code])
        return by_name(face, e->names[code]);
    return e->based ? 0 : look_up(face, charmap(face, ADOBE, -1), code);
}

static uint32_t by_unicode(FT_Face face, const char *name) {
    FT_CharMap map = unicode_map(face);
    uint32_t unicode = map && name ? unicode_of(name) : 0;
    return unicode ? look_up(face, map, unicode) : 0;
}

/* By Unicode, else by Mac OS Roman, else by the post table. */
static uint32_t by_true_type_name(FT_Face face, const char *name) {
    uint32_t glyph = by_unicode(face, name);
    int code = glyph || !name || unicode_map(face) ? -1 : pdf_mac_roman_of_name(name);
    if (code >= 0)
        glyph = look_up(face, charmap(face, MAC, 0), (uint32_t)code);
    return glyph || !name ? glyph : by_name(face, name);
}

/* A (3, 0) table has its codes in one of four ranges. */
static uint32_t by_symbol(FT_Face face, uint8_t code) {
    static const uint32_t ranges[] = {0xF000, 0, 0xF100, 0xF200};
    FT_CharMap map = charmap(face, MICROSOFT, MS_SYMBOL);
    uint32_t glyph = 0;
    for (size_t i = 0; map && !glyph && i < sizeof ranges / sizeof *ranges; i++)
        glyph = look_up(face, map, ranges[i] + code);
    return glyph;
}

/* 9.6.6.4 has names for nonsymbolic fonts and codes for symbolic ones. Where the two meet, in a
 * symbolic font with an encoding, a (3, 0) table is asked for the code, then a Unicode one for the
 * name, then a Mac one for the code, as Ghostscript does. What no rule finds is looked for by the
 * other rules before it counts as missing. */
static uint32_t in_true_type(Encodings *tables, const Encoding *e, FT_Face face, uint8_t code) {
    const char *name = e->names[code];
    if (!name && !e->symbolic)
        name = encoding_standard(tables, code);
    uint32_t glyph = 0;
    if (e->given && !e->symbolic)
        glyph = by_true_type_name(face, name);
    if (!glyph)
        glyph = by_symbol(face, code);
    if (!glyph && e->given)
        glyph = by_unicode(face, name);
    if (!glyph)
        glyph = look_up(face, charmap(face, MAC, 0), code);
    if (!glyph && e->given)
        glyph = by_true_type_name(face, name);
    if (!glyph)
        glyph = look_up(face, unicode_map(face), code);
    return glyph ? glyph : by_true_type_name(face, name);
}

uint32_t glyph_of_simple(Encodings *tables, const Encoding *e, FT_Face face, ProgramKind kind,
                         uint8_t code) {
    switch (kind) {
    case PROGRAM_NAMED:
        return in_named_program(e, face, code);
    case PROGRAM_TRUETYPE:
        return in_true_type(tables, e, face, code);
    case PROGRAM_BY_CID:
        return 0; /* it has neither names nor codes */
    }
    return 0;
}

uint32_t glyph_of_cid(PdfBytes map, const Program *p, uint32_t cid) {
    uint32_t glyph = cid;
    if (map.p && program_kind(p) != PROGRAM_BY_CID) {
        size_t at = (size_t)cid * 2;
        glyph = at + 1 < map.n ? (uint32_t)map.p[at] << 8 | map.p[at + 1] : 0;
    }
    return glyph < program_glyph_count(p) ? glyph : 0;
}
