#include "ink/glyph/glyphs.h"

#include "ink/glyph/glyph_bitmap.h"
#include "ink/glyph/glyph_choice.h"
#include "ink/glyph/glyph_outline.h"

#include <math.h>

enum {
    OUTLINE_BYTES = 2 << 20, /* of a generation */
    BITMAP_BYTES = 3 << 20,
    LARGEST_MAP = 2 << 16, /* a CIDToGIDMap of all CIDs */
    FIRST_FONTS = 64,
    MOST_FONTS = 1024, /* those of direct dictionaries come anew with every page */
    NOT_ASKED = -1
};

typedef struct GlyphFont {
    const void *key;
    PdfFontHold *hold;
    GlyphTrouble trouble; /* of the whole font */
    Program *program;
    bool composite;
    PdfBytes cid_map;   /* composite */
    Encoding *encoding; /* simple */
    int32_t *glyphs;    /* simple: of each code; 0: none */
} GlyphFont;

struct Glyphs {
    PdfFile *file;
    Programs *programs; /* NULL: FreeType did not start */
    Encodings *encodings;
    Rasteriser *raster;
    GlyphCache *outlines, *bitmaps;
    Arena *arena;                     /* of the fonts */
    GlyphFont **fonts;                /* by key */
    size_t font_count, font_capacity; /* a power of two */
    GlyphFont *last;
};

static void start_fonts(Glyphs *g) {
    g->arena = arena_new();
    g->fonts = ARENA_ARRAY(g->arena, GlyphFont *, FIRST_FONTS);
    g->font_capacity = FIRST_FONTS;
    g->font_count = 0;
    g->last = NULL;
}

static void drop_fonts(Glyphs *g) {
    for (size_t i = 0; i < g->font_capacity; i++)
        if (g->fonts[i]) {
            pdf_font_release(g->fonts[i]->hold);
            pdf_bytes_free(&g->fonts[i]->cid_map);
        }
    arena_free(g->arena);
}

Glyphs *glyphs_new(Arena *document, PdfFile *f) {
    Glyphs *g = ARENA_NEW(document, Glyphs);
    *g = (Glyphs){.file = f,
                  .programs = programs_new(document, f),
                  .encodings = encodings_new(document),
                  .raster = raster_new(),
                  .outlines = glyph_cache_new(OUTLINE_BYTES),
                  .bitmaps = glyph_cache_new(BITMAP_BYTES)};
    start_fonts(g);
    return g;
}

void glyphs_free(Glyphs *g) {
    if (!g)
        return;
    drop_fonts(g);
    glyph_cache_free(g->outlines);
    glyph_cache_free(g->bitmaps);
    raster_free(g->raster);
    programs_free(g->programs);
}

static GlyphFont **slot_of(GlyphFont **fonts, size_t capacity, const void *key) {
    size_t mask = capacity - 1, at = (size_t)((uintptr_t)key * 0x9E3779B97F4A7C15u >> 20) & mask;
    while (fonts[at] && fonts[at]->key != key)
        at = (at + 1) & mask;
    return &fonts[at];
}

static void keep_font(Glyphs *g, GlyphFont *font) {
    if (++g->font_count * 2 > g->font_capacity) {
        size_t capacity = g->font_capacity * 2;
        GlyphFont **fonts = ARENA_ARRAY(g->arena, GlyphFont *, capacity);
        for (size_t i = 0; i < g->font_capacity; i++)
            if (g->fonts[i])
                *slot_of(fonts, capacity, g->fonts[i]->key) = g->fonts[i];
        g->fonts = fonts;
        g->font_capacity = capacity;
    }
    *slot_of(g->fonts, g->font_capacity, font->key) = font;
}

/* Where the program stands: it is a stream, so always a reference (ISO 32000-1, 7.3.8.1), and a
 * reference to nothing counts as none (7.3.10). */
static PdfRef find_program(PdfFile *f, const PdfObj *descriptor) {
    static const char *const keys[] = {"FontFile3", "FontFile2", "FontFile"};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (pdf_type(pdf_lookup(f, descriptor, keys[i])) == PDF_STREAM)
            return pdf_lookup_ref(descriptor, keys[i]);
    return (PdfRef){0};
}

static void read_cid_map(Glyphs *g, GlyphFont *font, const PdfObj *descendant) {
    const PdfObj *map = pdf_lookup(g->file, descendant, "CIDToGIDMap");
    bool type2 = pdf_is_name(pdf_lookup(g->file, descendant, "Subtype"), "CIDFontType2");
    bool true_type = program_kind(font->program) == PROGRAM_TRUETYPE;
    if (pdf_type(map) != PDF_STREAM || !(type2 || true_type))
        return;
    font->cid_map = pdf_stream_decoded(g->file, map, LARGEST_MAP);
    if (!font->cid_map.n) /* it is not Identity */
        font->trouble = GLYPH_BAD_PROGRAM;
}

static void read_font(Glyphs *g, GlyphFont *font, const PdfObj *dict) {
    const PdfObj *own = dict;
    if (font->composite)
        own = pdf_at(g->file, pdf_lookup(g->file, dict, "DescendantFonts"), 0);
    PdfRef stream = find_program(g->file, pdf_lookup(g->file, own, "FontDescriptor"));
    if (stream.num == 0) {
        font->trouble = GLYPH_NOT_EMBEDDED;
        return;
    }
    font->program = program_of(g->programs, stream);
    if (!program_face(g->programs, font->program)) {
        font->trouble = GLYPH_BAD_PROGRAM;
    } else if (font->composite) {
        read_cid_map(g, font, own);
    } else {
        font->encoding = encoding_read(g->encodings, g->arena, g->file, own);
        font->glyphs = ARENA_ARRAY(g->arena, int32_t, 256);
        for (int code = 0; code < 256; code++)
            font->glyphs[code] = NOT_ASKED;
    }
}

static GlyphFont *font_new(Glyphs *g, const PdfFont *font, PdfRef ref, const PdfObj *dict) {
    if (g->font_count >= MOST_FONTS) {
        drop_fonts(g);
        start_fonts(g);
    }
    GlyphFont *made = ARENA_NEW(g->arena, GlyphFont);
    made->key = pdf_font_key(font);
    made->hold = pdf_font_hold(font);
    made->composite = pdf_font_is_composite(font);
    keep_font(g, made);
    if (g->programs)
        read_font(g, made, dict ? dict : pdf_object(g->file, ref));
    else
        made->trouble = GLYPH_BAD_PROGRAM;
    return made;
}

static GlyphFont *font_of(Glyphs *g, const PdfFont *font, PdfRef ref, const PdfObj *dict) {
    const void *key = pdf_font_key(font);
    if (!g->last || g->last->key != key) {
        GlyphFont *known = *slot_of(g->fonts, g->font_capacity, key);
        g->last = known ? known : font_new(g, font, ref, dict);
    }
    return g->last;
}

/* The index of the glyph in the program; 0: there is none. */
static uint32_t glyph_of(Glyphs *g, GlyphFont *font, uint32_t code) {
    if (font->composite)
        return glyph_of_cid(font->cid_map, font->program, code);
    uint8_t byte = (uint8_t)code;
    int32_t *known = &font->glyphs[byte];
    if (*known == NOT_ASKED) {
        FT_Face face = program_face(g->programs, font->program);
        ProgramKind kind = program_kind(font->program);
        *known =
            face ? (int32_t)glyph_of_simple(g->encodings, font->encoding, face, kind, byte) : 0;
    }
    return (uint32_t)*known;
}

/* CID 0 is what a missing character was written as; any reader shows it as it stands. */
static bool is_absent(const GlyphFont *font, uint32_t glyph, uint32_t code) {
    return glyph == 0 && !(font->composite && code == 0);
}

GlyphTrouble glyph_outline(Glyphs *g, PdfFont *font, PdfRef ref, const PdfObj *dict, uint32_t code,
                           Path *out) {
    *out = (Path){.bounds = {NAN, NAN, NAN, NAN}};
    if (!font)
        return GLYPH_BAD_PROGRAM;
    GlyphFont *own = font_of(g, font, ref, dict);
    if (own->trouble != GLYPH_DRAWN)
        return own->trouble;
    uint32_t glyph = glyph_of(g, own, code);
    return outline_of(g->outlines, g->programs, own->program, glyph, is_absent(own, glyph, code),
                      out);
}

static GlyphBitmap *make_bitmap(Glyphs *g, const GlyphFont *font, const GlyphKey *key,
                                uint32_t glyph, bool absent) {
    Path path;
    GlyphTrouble trouble =
        outline_of(g->outlines, g->programs, font->program, glyph, absent, &path);
    GlyphBitmap *b = bitmap_of_path(g->bitmaps, key, g->raster, &path);
    if (b)
        b->trouble = trouble;
    return b;
}

bool glyph_bitmap(Glyphs *g, PdfFont *font, PdfRef ref, const PdfObj *dict, uint32_t code,
                  const Matrix *m, Mask *bitmap, GlyphTrouble *trouble) {
    enum { ABSENT = 16 }; /* in the phase of a key */
    *bitmap = (Mask){0};
    *trouble = GLYPH_BAD_PROGRAM;
    if (!font)
        return true;
    GlyphFont *own = font_of(g, font, ref, dict);
    *trouble = own->trouble;
    if (own->trouble != GLYPH_DRAWN)
        return true;
    GlyphPlace place;
    if (!glyph_place(&place, m))
        return false;
    uint32_t glyph = glyph_of(g, own, code);
    bool absent = is_absent(own, glyph, code);
    GlyphKey key = {program_serial(own->program),
                    glyph,
                    {(float)m->a, (float)m->b, (float)m->c, (float)m->d},
                    place.phase | (absent ? ABSENT : 0)};
    GlyphBitmap *b = glyph_cache_find(g->bitmaps, &key);
    if (!b)
        b = make_bitmap(g, own, &key, glyph, absent);
    if (!b)
        return false;
    *trouble = b->trouble;
    Area a = b->area;
    bitmap->area = (Area){a.x0 + place.x, a.y0 + place.y, a.x1 + place.x, a.y1 + place.y};
    bitmap->stride = b->stride;
    bitmap->bytes = b->rows;
    return true;
}
