/* Glyphs out of small font programs: which glyph a code means, its outline, its coverage. */
#include "ink/glyph/glyph_cache.h"
#include "ink/glyph/glyphs.h"

#include "font_programs.h"
#include "objects.h"

#include <ft2build.h>
#include FT_FREETYPE_H

#include <math.h>
#include <stdlib.h>

enum { FONT = FIRST_OBJECT, PROGRAM = FONT + 2, MISSING = -1, NOT_EMBEDDED = -2, BROKEN = -3 };

typedef struct Fonts {
    Arena *arena;
    PdfFile *file;
    Glyphs *glyphs;
    PdfFont *font;
    const PdfObj *dict;
} Fonts;

static int start(void **state) {
    static Fonts f;
    f = (Fonts){.arena = arena_new()};
    *state = &f;
    return 0;
}

static int stop(void **state) {
    Fonts *f = *state;
    glyphs_free(f->glyphs);
    pdf_close(f->file);
    arena_free(f->arena);
    return 0;
}

static const char *hexadecimal(Arena *a, const char *entries, const Draft *d) {
    Sink s = sink_memory(a);
    sink_format(&s, "<<%s/Filter/ASCIIHexDecode>>|", entries);
    for (size_t i = 0; i < d->count; i++)
        sink_format(&s, "%02x", d->bytes[i]);
    sink_str(&s, ">");
    return sink_text(&s).p;
}

/* Object 4 is the font, 5 its descriptor, 6 the program, 7 what else it needs. */
static void open_font(Fonts *f, const char *font, const char *descriptor, const Draft *program,
                      const char *other) {
    const char *objects[] = {font, descriptor, hexadecimal(f->arena, "", program),
                             other ? other : "null"};
    glyphs_free(f->glyphs);
    pdf_close(f->file);
    f->file = file_of(f->arena, objects, 4);
    f->glyphs = glyphs_new(f->arena, f->file);
    f->dict = pdf_object(f->file, (PdfRef){FONT, 0});
    f->font = pdf_font(f->file, (PdfRef){FONT, 0}, f->dict);
    assert_non_null(f->font);
}

static int number_of(GlyphTrouble trouble, const Path *path) {
    switch (trouble) {
    case GLYPH_DRAWN:
        return (int)lround(path->bounds.x1 * 10) - 1;
    case GLYPH_NOT_EMBEDDED:
        return NOT_EMBEDDED;
    case GLYPH_BAD_PROGRAM:
        return BROKEN;
    case GLYPH_MISSING:
        assert_int_equal(lround(path->bounds.x1 * 10), 1); /* .notdef */
        return MISSING;
    }
    return BROKEN;
}

/* The number of the glyph that a code shows. */
static int shown(Fonts *f, uint32_t code) {
    Path path;
    GlyphTrouble trouble =
        glyph_outline(f->glyphs, f->font, (PdfRef){FONT, 0}, f->dict, code, &path);
    return number_of(trouble, &path);
}

static void open_type1(Fonts *f, const char *encoding, const char *const *names, int count) {
    Draft program = {0};
    type1_program(&program, names, count, ".001 0 0 .001 0 0");
    open_font(f,
              arena_printf(f->arena,
                           "<</Type/Font/Subtype/Type1/BaseFont/D%s/FontDescriptor 5 0 R>>",
                           encoding),
              "<</Type/FontDescriptor/FontName/D/Flags 4/FontFile 6 0 R>>", &program, NULL);
}

static void type1_glyphs_are_found_by_the_names_of_an_encoding(void **state) {
    static const char *const names[] = {".notdef", "odd", "A", "quoteright"};
    open_type1(*state, "/Encoding/WinAnsiEncoding", names, 4);
    assert_int_equal(shown(*state, 'A'), 2);
    assert_int_equal(shown(*state, 0x92), 3);
    assert_int_equal(shown(*state, 'B'), MISSING);
}

static void type1_without_encoding_has_its_own(void **state) {
    static const char *const names[] = {".notdef", "odd", "A"};
    open_type1(*state, "", names, 3);
    assert_int_equal(shown(*state, 'A'), 1);
    assert_int_equal(shown(*state, 'B'), MISSING);
}

static void differences_stand_over_the_built_in_encoding(void **state) {
    static const char *const names[] = {".notdef", "odd", "A"};
    open_type1(*state, "/Encoding<</Differences[66/A 300/odd -5/odd]>>", names, 3);
    assert_int_equal(shown(*state, 'A'), 1);
    assert_int_equal(shown(*state, 'B'), 2);
}

static void a_name_stands_for_its_character(void **state) {
    static const char *const names[] = {".notdef", "odd", "A", "uni0042"};
    open_type1(*state, "/Encoding<</Differences[1/uni0041/B/u0042/uni0043/uniXYZ]>>", names, 4);
    assert_int_equal(shown(*state, 1), 2);
    assert_int_equal(shown(*state, 2), 3);
    assert_int_equal(shown(*state, 3), 3);
    assert_int_equal(shown(*state, 4), MISSING);
    assert_int_equal(shown(*state, 5), MISSING);
}

static void the_font_matrix_of_a_program_counts(void **state) {
    static const char *const names[] = {".notdef", "A", "B", "C"};
    Draft program = {0};
    type1_program(&program, names, 4, ".0005 0 0 .0005 0 0");
    open_font(*state, "<</Type/Font/Subtype/Type1/BaseFont/D/FontDescriptor 5 0 R>>",
              "<</Type/FontDescriptor/FontName/D/Flags 4/FontFile 6 0 R>>", &program, NULL);
    assert_int_equal(shown(*state, 'A'), 0); /* two tenths, and half of that */
}

static const char type1c[] = "<</Type/Font/Subtype/Type1/BaseFont/D/FontDescriptor 5 0 R"
                             "/Encoding<</Differences[1/one/two/three]>>>>";
static const char program3[] = "<</Type/FontDescriptor/FontName/D/Flags 4/FontFile3 6 0 R>>";

static void cff_glyphs_are_found_by_name(void **state) {
    static const char *const names[] = {".notdef", "two", "one"};
    Draft program = {0};
    cff_program(&program, names, 3);
    open_font(*state, type1c, program3, &program, NULL);
    assert_int_equal(shown(*state, 1), 2);
    assert_int_equal(shown(*state, 2), 1);
    assert_int_equal(shown(*state, 3), MISSING);
}

static void cff_in_an_opentype_file_needs_no_other_table(void **state) {
    static const char *const names[] = {".notdef", "two", "one"};
    Draft cff = {0}, map = {0}, program = {0};
    cff_program(&cff, names, 3);
    put_cmap(&map, &(CodeMap){3, 1, 'A', 1}, 1);
    put_text(&program, "OTTO");
    PUT_WORDS(&program, 2, 32, 1, 0);
    put_text(&program, "CFF ");
    PUT_WORDS(&program, 0, 0, 0, 44, 0, (int)cff.count);
    put_text(&program, "cmap");
    PUT_WORDS(&program, 0, 0, 0, 44 + (int)cff.count, 0, (int)map.count);
    put_draft(&program, &cff);
    put_draft(&program, &map);
    open_font(*state, type1c, program3, &program, NULL);
    assert_int_equal(shown(*state, 1), 2);
    assert_int_equal(shown(*state, 2), 1);
}

static const char cid_font0[] =
    "<</Type/Font/Subtype/Type0/BaseFont/D/Encoding/Identity-H/DescendantFonts[<</Type/Font/Subtype"
    "/CIDFontType0/BaseFont/D/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    "/FontDescriptor 5 0 R>>]>>";

static void cids_are_found_in_the_charset_of_a_cid_keyed_program(void **state) {
    static const int cids[] = {0, 7, 3, 900};
    Draft program = {0};
    cid_program(&program, cids, 4);
    open_font(*state, cid_font0, program3, &program, NULL);
    assert_int_equal(shown(*state, 7), 1);
    assert_int_equal(shown(*state, 3), 2);
    assert_int_equal(shown(*state, 900), 3);
    assert_int_equal(shown(*state, 1), MISSING);
    assert_int_equal(shown(*state, 65535), MISSING);
    assert_int_equal(shown(*state, 0), 0); /* asked for as such, .notdef is a glyph like others */
}

static void cids_are_glyphs_of_a_program_that_has_no_cids(void **state) {
    static const char *const names[] = {".notdef", "two", "one"};
    Draft program = {0};
    cff_program(&program, names, 3);
    open_font(*state, cid_font0, program3, &program, NULL);
    assert_int_equal(shown(*state, 2), 2);
    assert_int_equal(shown(*state, 3), MISSING);
}

static void open_cid_true_type(Fonts *f, const char *map, const char *other) {
    Draft program = {0};
    true_type_program(&program, NULL, 0, NULL);
    open_font(f,
              arena_printf(f->arena,
                           "<</Type/Font/Subtype/Type0/BaseFont/D/Encoding/Identity-H"
                           "/DescendantFonts[<</Type/Font/Subtype/CIDFontType2/BaseFont/D"
                           "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
                           "/FontDescriptor 5 0 R%s>>]>>",
                           map),
              "<</Type/FontDescriptor/FontName/D/Flags 4/FontFile2 6 0 R>>", &program, other);
}

static void cids_of_true_type_go_through_their_map(void **state) {
    Draft map = {0};
    PUT_WORDS(&map, 0, 5, 6, 999, 0);
    Fonts *f = *state;
    open_cid_true_type(f, "/CIDToGIDMap 7 0 R", hexadecimal(f->arena, "", &map));
    assert_int_equal(shown(f, 1), 5);
    assert_int_equal(shown(f, 2), 6);
    assert_int_equal(shown(f, 3), MISSING); /* no such glyph */
    assert_int_equal(shown(f, 4), MISSING);
    assert_int_equal(shown(f, 5), MISSING); /* beyond the map */
    open_cid_true_type(f, "/CIDToGIDMap/Identity", NULL);
    assert_int_equal(shown(f, 5), 5);
    open_cid_true_type(f, "", NULL);
    assert_int_equal(shown(f, 6), 6);
}

static void a_map_that_can_not_be_read_is_not_identity(void **state) {
    Fonts *f = *state;
    open_cid_true_type(f, "/CIDToGIDMap 7 0 R", "<</Filter/FlateDecode>>|no deflate");
    assert_int_equal(shown(f, 5), BROKEN);
}

enum { SYMBOLIC = 4, NONSYMBOLIC = 32 };

/* Code 0x92 is quoteright in WinAnsiEncoding, U+2019, 0xD5 in Mac OS Roman. */
typedef struct TrueTypeCase {
    int flags;
    const char *encoding;
    CodeMap maps[3];
    const char *post; /* name of the last glyph */
    int shown;
} TrueTypeCase;

#define WIN_ANSI "/Encoding/WinAnsiEncoding"
#define UNICODE(g)                                                                                 \
    { 3, 1, 0x2019, g }
#define SYMBOL(g)                                                                                  \
    { 3, 0, 0xF092, g }
#define MAC(g)                                                                                     \
    { 1, 0, 0xD5, g }
#define CODE(g)                                                                                    \
    { 1, 0, 0x92, g }
static const TrueTypeCase cases[] = {
    {NONSYMBOLIC, WIN_ANSI, {UNICODE(1), MAC(2)}, "quoteright", 1},
    {NONSYMBOLIC, WIN_ANSI, {MAC(2)}, "quoteright", 2},
    {NONSYMBOLIC, WIN_ANSI, {CODE(3)}, "quoteright", 7},
    {NONSYMBOLIC, WIN_ANSI, {SYMBOL(4)}, "quoteright", 7},
    {NONSYMBOLIC, WIN_ANSI, {SYMBOL(4)}, NULL, 4},
    {NONSYMBOLIC, WIN_ANSI, {{3, 1, 'x', 1}}, NULL, MISSING},
    {NONSYMBOLIC, "/Encoding<</Differences[146/quoteright]>>", {UNICODE(1)}, NULL, 1},
    {NONSYMBOLIC, "/Encoding<</Differences[146/uni2019]>>", {UNICODE(1)}, NULL, 1},
    {NONSYMBOLIC, "/Encoding<</Differences[146/odd]>>", {UNICODE(1)}, "odd", 7},
    {NONSYMBOLIC, "/Encoding<</Differences[1/odd]>>", {{3, 1, 0x2019, 1}}, "odd", MISSING},
    {SYMBOLIC, "", {SYMBOL(4), CODE(3)}, NULL, 4},
    {SYMBOLIC, "", {{3, 0, 0x92, 5}}, NULL, 5},
    {SYMBOLIC, "", {CODE(3)}, NULL, 3},
    {SYMBOLIC, "", {{3, 1, 0x92, 6}}, NULL, 6},
    {SYMBOLIC, "", {UNICODE(1)}, "quoteright", MISSING},
    {SYMBOLIC, WIN_ANSI, {SYMBOL(4), UNICODE(1)}, NULL, 4},
    {SYMBOLIC, WIN_ANSI, {UNICODE(1), CODE(3)}, NULL, 1},
    {SYMBOLIC, WIN_ANSI, {CODE(3)}, "quoteright", 3},
    {SYMBOLIC, WIN_ANSI, {{0}}, "quoteright", 7},
    {SYMBOLIC, "", {{0}}, NULL, MISSING},
};

static void open_true_type(Fonts *f, const TrueTypeCase *c) {
    int count = 0;
    while (count < 3 && c->maps[count].glyph)
        count++;
    Draft program = {0};
    true_type_program(&program, c->maps, count, c->post);
    open_font(f,
              arena_printf(f->arena,
                           "<</Type/Font/Subtype/TrueType/BaseFont/D/FontDescriptor 5 0 R%s>>",
                           c->encoding),
              arena_printf(f->arena, "<</Type/FontDescriptor/FontName/D/Flags %d/FontFile2 6 0 R>>",
                           c->flags),
              &program, NULL);
}

static void true_type_glyphs_are_found_by_name_or_by_code(void **state) {
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        open_true_type(*state, &cases[i]);
        int glyph = shown(*state, 0x92);
        if (glyph != cases[i].shown)
            print_message("case %zu\n", i);
        assert_int_equal(glyph, cases[i].shown);
    }
}

static void nonsymbolic_true_type_without_encoding_has_the_standard_one(void **state) {
    open_true_type(*state, &(TrueTypeCase){NONSYMBOLIC, "", {{3, 1, 0x2018, 1}}, NULL, 0});
    assert_int_equal(shown(*state, 0x60), 1); /* quoteleft */
}

static void a_font_without_program_is_not_drawn(void **state) {
    open_font(*state, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", "null", &(Draft){0}, NULL);
    assert_int_equal(shown(*state, 'A'), NOT_EMBEDDED);
    Matrix m = {10, 0, 0, -10, 0, 0};
    Mask bitmap;
    GlyphTrouble trouble;
    Fonts *f = *state;
    assert_true(
        glyph_bitmap(f->glyphs, f->font, (PdfRef){FONT, 0}, NULL, 'A', &m, &bitmap, &trouble));
    assert_int_equal(trouble, GLYPH_NOT_EMBEDDED);
    assert_true(area_empty(bitmap.area));
}

static void a_broken_program_is_told(void **state) {
    Draft junk = {0};
    put_text(&junk, "%!PS-AdobeFont-1.0: but nothing follows");
    open_font(*state, type1c, program3, &junk, NULL);
    assert_int_equal(shown(*state, 1), BROKEN);
    open_font(*state, type1c, program3, &(Draft){0}, NULL);
    assert_int_equal(shown(*state, 1), BROKEN);
}

static void fonts_that_share_a_program_keep_their_encodings(void **state) {
    static const char *const names[] = {".notdef", "one", "two"};
    Fonts *f = *state;
    Draft program = {0};
    cff_program(&program, names, 3);
    open_font(f, type1c, program3, &program,
              "<</Type/Font/Subtype/Type1/BaseFont/D/FontDescriptor 5 0 R"
              "/Encoding<</Differences[1/two/one]>>>>");
    PdfRef other = {7, 0};
    PdfFont *second = pdf_font(f->file, other, NULL);
    Path path;
    assert_int_equal(shown(f, 1), 1);
    GlyphTrouble trouble = glyph_outline(f->glyphs, second, other, NULL, 1, &path);
    assert_int_equal(number_of(trouble, &path), 2);
    assert_int_equal(shown(f, 1), 1);
}

static int direct_shown(Fonts *f, const char *name) {
    Draft hex = {0};
    char text[256];
    int n = snprintf(text, sizeof text,
                     "<</Type/Font/Subtype/Type1/BaseFont/D/FontDescriptor 5 0 R"
                     "/Encoding<</Differences[1/%s]>>>>",
                     name);
    put(&hex, text, (size_t)n);
    const PdfObj *dict = pdf_parse(f->file, text, (size_t)n);
    PdfFont *font = pdf_font(f->file, (PdfRef){0}, dict);
    Path path;
    GlyphTrouble trouble = glyph_outline(f->glyphs, font, (PdfRef){0}, dict, 1, &path);
    return number_of(trouble, &path);
}

static void fonts_of_direct_dictionaries_are_told_apart_from_page_to_page(void **state) {
    static const char *const names[] = {".notdef", "one", "two"};
    Fonts *f = *state;
    Draft program = {0};
    cff_program(&program, names, 3);
    open_font(f, type1c, program3, &program, NULL);
    for (int page = 0; page < 1100; page++) {
        assert_int_equal(direct_shown(f, page % 2 ? "two" : "one"), page % 2 ? 2 : 1);
        pdf_trim(f->file);
    }
}

static void coverage_falls_on_the_nearest_quarter_of_a_pixel(void **state) {
    Fonts *f = *state;
    open_cid_true_type(f, "", NULL);
    Matrix m = {10, 0, 0, -10, 100.2, 50.3}; /* glyph 2: 3 × 5 pixels */
    Mask b;
    GlyphTrouble trouble;
    for (int time = 0; time < 2; time++) {
        assert_true(
            glyph_bitmap(f->glyphs, f->font, (PdfRef){FONT, 0}, f->dict, 2, &m, &b, &trouble));
        assert_int_equal(trouble, GLYPH_DRAWN);
        assert_int_equal(b.area.x0, 100);
        assert_int_equal(b.area.x1, 104);
        assert_int_equal(b.area.y0, 45);
        assert_int_equal(b.area.y1, 51);
        assert_in_range(mask_row(&b, 45)[1], 190, 192); /* from 45.25 */
        assert_in_range(mask_row(&b, 47)[0], 190, 192); /* from 100.25 */
        assert_int_equal(mask_row(&b, 47)[1], 255);
        assert_in_range(mask_row(&b, 50)[3], 15, 17);
        m.e = 100.3;
    }
}

static void large_glyphs_and_far_places_are_left_to_the_outline(void **state) {
    Fonts *f = *state;
    open_cid_true_type(f, "", NULL);
    static const Matrix matrices[] = {{1000, 0, 0, 1000, 0, 0}, {1, 0, 0, 1, 1e30, 0},
                                      {1, 0, 0, 1, NAN, 0},     {NAN, 0, 0, 1, 0, 0},
                                      {1, 0, 0, 1, 0, -1e9},    {1e300, 0, 0, INFINITY, 0, 0}};
    Mask b;
    GlyphTrouble trouble;
    for (size_t i = 0; i < sizeof matrices / sizeof *matrices; i++)
        assert_false(glyph_bitmap(f->glyphs, f->font, (PdfRef){FONT, 0}, f->dict, 2, &matrices[i],
                                  &b, &trouble));
    Matrix flat = {0};
    assert_true(
        glyph_bitmap(f->glyphs, f->font, (PdfRef){FONT, 0}, f->dict, 2, &flat, &b, &trouble));
}

/* FreeType sets, scales and fills the same glyph by itself. */
static void curves_cover_what_freetype_covers(void **state) {
    enum { PIXELS = 40, ROUND = GLYPHS - 1 };
    Fonts *f = *state;
    open_cid_true_type(f, "", NULL);
    Draft program = {0};
    true_type_program(&program, NULL, 0, NULL);
    FT_Library library;
    FT_Face face;
    assert_int_equal(FT_Init_FreeType(&library), 0);
    assert_int_equal(FT_New_Memory_Face(library, program.bytes, (FT_Long)program.count, 0, &face),
                     0);
    assert_int_equal(FT_Set_Pixel_Sizes(face, PIXELS, PIXELS), 0);
    assert_int_equal(FT_Load_Glyph(face, ROUND, FT_LOAD_NO_HINTING | FT_LOAD_RENDER), 0);
    Matrix m = {PIXELS, 0, 0, -PIXELS, 0, 0};
    Mask b;
    GlyphTrouble trouble;
    assert_true(
        glyph_bitmap(f->glyphs, f->font, (PdfRef){FONT, 0}, f->dict, ROUND, &m, &b, &trouble));
    const FT_Bitmap *expected = &face->glyph->bitmap;
    assert_int_equal(b.area.x0, face->glyph->bitmap_left);
    assert_int_equal(b.area.y0, -face->glyph->bitmap_top);
    assert_int_equal(b.area.x1 - b.area.x0, (int)expected->width);
    assert_int_equal(b.area.y1 - b.area.y0, (int)expected->rows);
    /* A sixth of the rectangle is cut off at the corners. FreeType has 0.6 % less: its chords lie
     * within the curve. */
    double area = 0.8 * PIXELS * 0.5 * PIXELS * 5 / 6;
    int sum = 0;
    for (int y = 0; y < (int)expected->rows; y++)
        for (int x = 0; x < (int)expected->width; x++) {
            int ours = mask_row(&b, b.area.y0 + y)[x];
            int theirs = expected->buffer[y * expected->pitch + x];
            assert_in_range(abs(ours - theirs), 0, 26);
            sum += ours;
        }
    assert_true(fabs(sum / 255.0 - area) < area / 1000);
    FT_Done_Face(face);
    FT_Done_FreeType(library);
}

static void the_cache_forgets_what_nobody_looks_at(void **state) {
    (void)state;
    enum { KEPT = 100000, BLOB = 1000, MANY = 2000 };
    GlyphCache *c = glyph_cache_new(KEPT);
    GlyphKey kept = {.program = 1, .matrix = {1, 2, 3, 4}};
    memset(glyph_cache_add(c, &kept, BLOB), 7, BLOB);
    for (uint32_t i = 0; i < MANY; i++) {
        GlyphKey key = {.program = 2, .glyph = i};
        uint8_t *before = glyph_cache_find(c, &kept);
        glyph_cache_add(c, &key, BLOB);
        assert_non_null(before);
        assert_int_equal(before[BLOB - 1], 7); /* one more addition does not take it */
    }
    assert_null(glyph_cache_find(c, &(GlyphKey){.program = 2, .glyph = 0}));
    assert_non_null(glyph_cache_find(c, &(GlyphKey){.program = 2, .glyph = MANY - 1}));
    assert_true(glyph_cache_bytes(c) < 10 * KEPT);
    glyph_cache_free(c);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, start, stop)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(type1_glyphs_are_found_by_the_names_of_an_encoding),
        TEST(type1_without_encoding_has_its_own),
        TEST(differences_stand_over_the_built_in_encoding),
        TEST(a_name_stands_for_its_character),
        TEST(the_font_matrix_of_a_program_counts),
        TEST(cff_glyphs_are_found_by_name),
        TEST(cff_in_an_opentype_file_needs_no_other_table),
        TEST(cids_are_found_in_the_charset_of_a_cid_keyed_program),
        TEST(cids_are_glyphs_of_a_program_that_has_no_cids),
        TEST(cids_of_true_type_go_through_their_map),
        TEST(a_map_that_can_not_be_read_is_not_identity),
        TEST(true_type_glyphs_are_found_by_name_or_by_code),
        TEST(nonsymbolic_true_type_without_encoding_has_the_standard_one),
        TEST(a_font_without_program_is_not_drawn),
        TEST(a_broken_program_is_told),
        TEST(fonts_that_share_a_program_keep_their_encodings),
        TEST(fonts_of_direct_dictionaries_are_told_apart_from_page_to_page),
        TEST(coverage_falls_on_the_nearest_quarter_of_a_pixel),
        TEST(large_glyphs_and_far_places_are_left_to_the_outline),
        TEST(curves_cover_what_freetype_covers),
        cmocka_unit_test(the_cache_forgets_what_nobody_looks_at),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
