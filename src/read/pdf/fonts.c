/* Fonts of the document, from their dictionaries: those that content selects and those that
 * resources only list. */
#include <ctype.h>
#include <string.h>

#include "read/pdf/gather.h"

static const struct {
    const char *subtype, *program; /* /Subtype of the font; key of the program, then its /Subtype */
    const char *format;
    FontType type;
} types[] = {
    {"Type1", "FontFile3", "OpenType", FONT_OPENTYPE},
    {"Type1", "FontFile3", "", FONT_TYPE1C},
    {"Type1", "", "", FONT_TYPE1},
    {"MMType1", "FontFile3", "", FONT_TYPE1C},
    {"MMType1", "", "", FONT_MMTYPE1},
    {"TrueType", "FontFile3", "", FONT_OPENTYPE},
    {"TrueType", "", "", FONT_TRUETYPE},
    {"Type3", "", "", FONT_TYPE3},
    {"CIDFontType0", "FontFile3", "OpenType", FONT_CID_OPENTYPE},
    {"CIDFontType0", "FontFile3", "", FONT_CID_TYPE0C},
    {"CIDFontType0", "", "", FONT_CID_TYPE0},
    {"CIDFontType2", "FontFile3", "", FONT_CID_OPENTYPE},
    {"CIDFontType2", "", "", FONT_CID_TRUETYPE},
};

static const PdfObj *program_of(PdfFile *f, const PdfObj *descriptor, const char **key) {
    static const char *const keys[] = {"FontFile", "FontFile2", "FontFile3"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const PdfObj *program = pdf_lookup(f, descriptor, keys[i]);
        *key = keys[i];
        if (pdf_type(program) == PDF_STREAM)
            return program;
    }
    *key = "";
    return NULL;
}

static FontType type_of(PdfFile *f, const PdfObj *simple, const PdfObj *program, const char *key) {
    Str subtype = pdf_name(pdf_lookup(f, simple, "Subtype"));
    Str format = pdf_name(pdf_lookup(f, program, "Subtype"));
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (str_is(subtype, types[i].subtype) &&
            (!*types[i].program || streq(types[i].program, key)) &&
            (!*types[i].format || str_is(format, types[i].format)))
            return types[i].type;
    return FONT_UNKNOWN;
}

static bool has_subset_tag(const char *name) {
    for (int i = 0; i < 6; i++)
        if (!isupper((unsigned char)name[i]))
            return false;
    return name[6] == '+';
}

static const char *font_name(Arena *a, Str raw) {
    return raw.n ? text_from_name(a, raw.p, raw.n) : "";
}

static const char *encoding_of(Gather *g, const PdfObj *dict) {
    const PdfObj *o = pdf_lookup(g->file, dict, "Encoding");
    if (pdf_type(o) == PDF_NAME)
        return font_name(g->arena, pdf_name(o));
    return o ? "custom" : "built-in";
}

static FontEntry *make(Gather *g, const PdfObj *dict) {
    const PdfObj *composite = pdf_lookup(g->file, dict, "DescendantFonts");
    const PdfObj *simple = composite ? pdf_at(g->file, composite, 0) : dict;
    const char *key;
    const PdfObj *program =
        program_of(g->file, pdf_lookup(g->file, simple, "FontDescriptor"), &key);
    FontEntry *e = ARENA_NEW(g->arena, FontEntry);
    Font *row = e->row = facts_add(g->facts, FACT_font);
    row->name = font_name(g->arena, pdf_name(pdf_lookup(g->file, dict, "BaseFont")));
    row->subset = has_subset_tag(row->name);
    row->family = row->name + (row->subset ? strlen("ABCDEF+") : 0);
    row->type = (uint8_t)type_of(g->file, simple, program, key);
    row->embedded = program || row->type == FONT_TYPE3;
    row->encoding = encoding_of(g, dict);
    row->used = row->shown = 0;
    row->first_page = 0;
    return e;
}

/* Direct font dictionaries have no identity: two that say the same are one font. */
static uint64_t direct_key(Gather *g, const PdfObj *dict) {
    uint64_t h = HASH_START;
    for (int i = 0; i < pdf_length(dict); i++) {
        const char *key = pdf_key_at(dict, i);
        PdfRef ref = pdf_value_ref_at(dict, i);
        Str name = pdf_name(pdf_value_at(g->file, dict, i));
        h = hash_bytes(h, key, strlen(key));
        h = hash_number(h, (uint64_t)ref.num);
        h = hash_bytes(h, name.p ? name.p : "", name.n);
    }
    return h;
}

FontEntry *fonts_entry(Gather *g, PdfRef ref, const PdfObj *dict) {
    if (pdf_type(dict) != PDF_DICT)
        return NULL;
    if (ref.num && g->last_font && g->last_font_ref.num == ref.num &&
        g->last_font_ref.gen == ref.gen)
        return g->last_font;
    Table *table = ref.num ? &g->font_table : &g->direct_fonts;
    uint64_t key = ref.num ? (uint64_t)ref.num << 20 | (uint64_t)ref.gen : direct_key(g, dict);
    void **slot = table_slot(table, g->arena, key);
    if (!*slot)
        *slot = make(g, dict);
    g->last_font = *slot;
    g->last_font_ref = ref;
    return *slot;
}

/* 0 or 1 glyph missing; `unknown` when the font cannot tell. Each code is asked for once. */
bool fonts_missing(FontEntry *e, Arena *a, PdfFont *font, uint32_t code, bool *unknown) {
    if (!e->has_glyph) {
        e->codes = pdf_font_is_composite(font) ? 65536 : 256;
        e->has_glyph = ARENA_ARRAY(a, uint8_t, e->codes);
    }
    uint8_t one = NOT_ASKED, *known = code < e->codes ? &e->has_glyph[code] : &one;
    if (*known == NOT_ASKED) {
        int has = pdf_font_has_glyph(font, code);
        *known = has > 0 ? THERE : has == 0 ? MISSING : CANNOT_TELL;
    }
    *unknown |= *known == CANNOT_TELL;
    return *known == MISSING;
}

/* Resource dictionaries nest through forms, patterns and Type 3 fonts. Each is visited once. */
static void list_resources(Gather *g, PdfRef ref, const PdfObj *resources, int depth);

static bool seen_before(Gather *g, PdfRef ref) {
    if (!ref.num)
        return false;
    void **slot = table_slot(&g->resource_table, g->arena, (uint64_t)ref.num);
    bool seen = *slot;
    *slot = g;
    return seen;
}

static void list_inner(Gather *g, const PdfObj *resources, const char *key, int depth) {
    const PdfObj *all = pdf_lookup(g->file, resources, key);
    for (int i = 0; i < pdf_length(all) && pdf_type(all) == PDF_DICT; i++) {
        if (seen_before(g, pdf_value_ref_at(all, i)))
            continue;
        const PdfObj *o = pdf_value_at(g->file, all, i);
        list_resources(g, pdf_lookup_ref(o, "Resources"), pdf_lookup(g->file, o, "Resources"),
                       depth + 1);
    }
}

static void list_resources(Gather *g, PdfRef ref, const PdfObj *resources, int depth) {
    enum { DEEPEST = 12 };
    if (pdf_type(resources) != PDF_DICT || depth > DEEPEST || seen_before(g, ref))
        return;
    const PdfObj *fonts = pdf_lookup(g->file, resources, "Font");
    for (int i = 0; i < pdf_length(fonts) && pdf_type(fonts) == PDF_DICT; i++) {
        PdfRef font_ref = pdf_value_ref_at(fonts, i);
        const PdfObj *dict = pdf_value_at(g->file, fonts, i);
        fonts_entry(g, font_ref, dict);
        const PdfObj *inner = pdf_lookup(g->file, dict, "Resources");
        if (inner && !seen_before(g, font_ref))
            list_resources(g, pdf_lookup_ref(dict, "Resources"), inner, depth + 1);
    }
    list_inner(g, resources, "XObject", depth);
    list_inner(g, resources, "Pattern", depth);
}

static void list_appearance(Gather *g, const PdfObj *o) {
    list_resources(g, pdf_lookup_ref(o, "Resources"), pdf_lookup(g->file, o, "Resources"), 1);
}

void fonts_list(Gather *g, const PdfObj *page, PdfRef ref, const PdfObj *resources) {
    list_resources(g, ref, resources, 0);
    const PdfObj *annotations = pdf_lookup(g->file, page, "Annots");
    for (int i = 0; i < pdf_length(annotations) && pdf_type(annotations) == PDF_ARRAY; i++) {
        const PdfObj *all = pdf_lookup(g->file, pdf_at(g->file, annotations, i), "AP");
        const PdfObj *normal = pdf_lookup(g->file, all, "N");
        if (pdf_type(normal) == PDF_STREAM)
            list_appearance(g, normal);
        for (int k = 0; k < pdf_length(normal) && pdf_type(normal) == PDF_DICT; k++)
            list_appearance(g, pdf_value_at(g->file, normal, k));
    }
}
