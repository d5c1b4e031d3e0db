/* The wall on small PDF files written here by hand: opening and repair, objects, streams, fonts. */
#include "read/pdf/wall.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <zlib.h>

#include <cmocka.h>

enum { ROOM = 32 * 1024, MAX_OBJECTS = 32 };

/* A file in the making. Objects are numbered from 1 in the order in which they are added. */
typedef struct Draft {
    char bytes[ROOM];
    size_t count;
    size_t offsets[MAX_OBJECTS];
    int objects;
} Draft;

static void put(Draft *d, const void *p, size_t n) {
    assert_true(d->count + n < ROOM);
    memcpy(d->bytes + d->count, p, n);
    d->count += n;
}

static void say(Draft *d, const char *text) {
    put(d, text, strlen(text));
}

static void start(Draft *d) {
    *d = (Draft){0};
    say(d, "%PDF-1.7\n");
}

static void begin_object(Draft *d) {
    char head[32];
    d->offsets[++d->objects] = d->count;
    put(d, head, (size_t)snprintf(head, sizeof head, "%d 0 obj\n", d->objects));
}

static void object(Draft *d, const char *body) {
    begin_object(d);
    say(d, body);
    say(d, "\nendobj\n");
}

static void stream(Draft *d, const char *entries, const void *p, size_t n) {
    char head[512];
    begin_object(d);
    put(d, head, (size_t)snprintf(head, sizeof head, "<</Length %zu %s>>\nstream\n", n, entries));
    put(d, p, n);
    say(d, "\nendstream\nendobj\n");
}

/* Objects 1 to 3: catalog, page tree, one page. */
static void pages(Draft *d) {
    start(d);
    object(d, "<</Type/Catalog/Pages 2 0 R>>");
    object(d, "<</Type/Pages/Kids[3 0 R]/Count 1>>");
    object(d, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 200]>>");
}

static size_t table(Draft *d, size_t shift) {
    char line[64];
    size_t at = d->count;
    put(d, line,
        (size_t)snprintf(line, sizeof line, "xref\n0 %d\n0000000000 65535 f \n", d->objects + 1));
    for (int i = 1; i <= d->objects; i++)
        put(d, line,
            (size_t)snprintf(line, sizeof line, "%010zu 00000 n \n", d->offsets[i] + shift));
    put(d, line,
        (size_t)snprintf(line, sizeof line, "trailer\n<</Size %d/Root 1 0 R>>\n", d->objects + 1));
    return at;
}

static void end(Draft *d, size_t startxref) {
    char tail[64];
    put(d, tail, (size_t)snprintf(tail, sizeof tail, "startxref\n%zu\n%%%%EOF\n", startxref));
}

static void finish(Draft *d) {
    end(d, table(d, 0));
}

/* An xref stream over all objects, itself the last; `packed` says which stand in object stream
 * `container`. */
static size_t xref_stream(Draft *d, int packed, int container) {
    char entries[128];
    uint8_t rows[MAX_OBJECTS * 4] = {0};
    size_t at = d->count;
    int size = d->objects + 2 + packed;
    d->offsets[d->objects + 1] = at;
    for (int i = 1; i <= d->objects + 1; i++) {
        uint8_t row[] = {1, (uint8_t)(d->offsets[i] >> 8), (uint8_t)d->offsets[i], 0};
        memcpy(rows + i * 4, row, 4);
    }
    for (int i = 0; i < packed; i++) {
        uint8_t row[] = {2, 0, (uint8_t)container, (uint8_t)i};
        memcpy(rows + (d->objects + 2 + i) * 4, row, 4);
    }
    snprintf(entries, sizeof entries, "/Type/XRef/Size %d/Root 1 0 R/W[1 2 1]", size);
    stream(d, entries, rows, (size_t)size * 4);
    return at;
}

typedef struct Opened {
    Draft draft;
    Arena *arena;
    PdfOpening opening;
    PdfFile *file;
} Opened;

static void open_draft(Opened *o) {
    o->arena = arena_new();
    o->file =
        pdf_open(&o->opening, o->arena, (const uint8_t *)o->draft.bytes, o->draft.count, NULL);
}

static void close_draft(Opened *o) {
    pdf_close(o->file);
    arena_free(o->arena);
}

static void expect_page(Opened *o) {
    PdfFile *f = o->file;
    assert_non_null(f);
    const PdfObj *kids = pdf_lookup(f, pdf_lookup(f, pdf_catalog(f), "Pages"), "Kids");
    const PdfObj *box = pdf_lookup(f, pdf_at(f, kids, 0), "MediaBox");
    assert_int_equal(pdf_length(box), 4);
    assert_int_equal(pdf_int(pdf_at(f, box, 3), 0), 200);
}

static Opened o;

static void a_sound_file_opens_without_repair(void **state) {
    (void)state;
    pages(&o.draft);
    finish(&o.draft);
    open_draft(&o);
    expect_page(&o);
    assert_int_equal(o.opening.state, PDF_OPENED);
    assert_string_equal(o.opening.repair, "");
    assert_true(o.opening.print_allowed);
    assert_false(o.opening.encrypted);
    assert_int_equal(pdf_complaints(o.file, NULL, 0), 0);
    close_draft(&o);
}

static void a_wrong_startxref_is_corrected(void **state) {
    (void)state;
    pages(&o.draft);
    end(&o.draft, table(&o.draft, 0) + 7);
    open_draft(&o);
    expect_page(&o);
    assert_int_equal(o.opening.state, PDF_OPENED_REPAIRED);
    assert_true(*o.opening.repair && *o.opening.repair_en);
    close_draft(&o);
}

static void a_wrong_startxref_to_an_xref_stream_is_corrected(void **state) {
    (void)state;
    pages(&o.draft);
    end(&o.draft, xref_stream(&o.draft, 0, 0) + 9);
    open_draft(&o);
    expect_page(&o);
    assert_int_equal(o.opening.state, PDF_OPENED_REPAIRED);
    close_draft(&o);
}

static void junk_before_the_header_is_damage(void **state) {
    (void)state;
    static Draft inner;
    pages(&inner);
    finish(&inner);
    o.draft = (Draft){0};
    say(&o.draft, "HTTP/1.1 200 OK\r\n\r\n");
    put(&o.draft, inner.bytes, inner.count);
    open_draft(&o);
    expect_page(&o);
    assert_int_equal(o.opening.state, PDF_OPENED_REPAIRED);
    assert_non_null(strstr(o.opening.repair, "19"));
    close_draft(&o);
}

static void offsets_may_count_the_junk(void **state) {
    (void)state;
    static const char junk[] = "HTTP/1.1 200 OK\r\n\r\n";
    static Draft inner;
    size_t shift = sizeof junk - 1;
    pages(&inner);
    size_t at = table(&inner, shift);
    end(&inner, at + shift);
    o.draft = (Draft){0};
    say(&o.draft, junk);
    put(&o.draft, inner.bytes, inner.count);
    open_draft(&o);
    expect_page(&o);
    assert_int_equal(o.opening.state, PDF_OPENED_REPAIRED);
    assert_false(pdf_was_rebuilt(o.file));
    close_draft(&o);
}

static void a_file_that_is_cut_off_is_not_opened(void **state) {
    (void)state;
    pages(&o.draft);
    size_t whole = o.draft.count;
    finish(&o.draft);
    for (size_t n = 20; n <= whole; n += 15) {
        o.draft.count = n;
        open_draft(&o);
        assert_null(o.file);
        assert_int_equal(o.opening.state, PDF_NOT_OPENED);
        assert_true(*o.opening.why.zh && *o.opening.why.en);
        close_draft(&o);
    }
}

static void an_update_that_is_cut_off_is_not_opened(void **state) {
    (void)state;
    pages(&o.draft);
    finish(&o.draft);
    object(&o.draft, "<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 300]>>");
    open_draft(&o);
    assert_null(o.file);
    assert_int_equal(o.opening.state, PDF_NOT_OPENED);
    close_draft(&o);
}

static void a_lost_last_line_is_repaired(void **state) {
    (void)state;
    pages(&o.draft);
    table(&o.draft, 0);
    open_draft(&o);
    expect_page(&o);
    assert_int_equal(o.opening.state, PDF_OPENED_REPAIRED);
    close_draft(&o);
}

static void a_wrong_table_is_rebuilt(void **state) {
    (void)state;
    pages(&o.draft);
    end(&o.draft, table(&o.draft, 5));
    open_draft(&o);
    expect_page(&o);
    assert_int_equal(o.opening.state, PDF_OPENED_REPAIRED);
    assert_true(pdf_was_rebuilt(o.file));
    close_draft(&o);
}

static void a_file_without_pages_is_not_opened(void **state) {
    (void)state;
    start(&o.draft);
    object(&o.draft, "<</Type/Catalog/Pages 2 0 R>>");
    object(&o.draft, "<</Type/Pages/Kids[2 0 R]/Count 1>>");
    finish(&o.draft);
    open_draft(&o);
    assert_null(o.file);
    assert_int_equal(o.opening.state, PDF_NOT_OPENED);
    close_draft(&o);
}

static void what_is_no_pdf_is_not_opened(void **state) {
    (void)state;
    o.draft = (Draft){0};
    open_draft(&o);
    assert_null(o.file);
    close_draft(&o);
    say(&o.draft, "<html><body>Please sign in</body></html>");
    open_draft(&o);
    assert_null(o.file);
    assert_int_equal(o.opening.state, PDF_NOT_OPENED);
    close_draft(&o);
}

static void null_handles_answer_neutrally(void **state) {
    (void)state;
    Arena *a = arena_new();
    PdfBytes none = pdf_stream_decoded(NULL, NULL, 10);
    assert_null(none.p);
    pdf_bytes_free(&none);
    assert_null(pdf_catalog(NULL));
    assert_null(pdf_trailer(NULL));
    assert_null(pdf_object(NULL, (PdfRef){1, 0}));
    assert_null(pdf_lookup(NULL, NULL, "Key"));
    assert_null(pdf_at(NULL, NULL, 0));
    assert_int_equal(pdf_type(NULL), PDF_NULL);
    assert_int_equal(pdf_length(NULL), 0);
    assert_int_equal(pdf_int(NULL, 7), 7);
    assert_true(pdf_truth(NULL, true));
    assert_int_equal(pdf_lookup_ref(NULL, "Key").num, 0);
    assert_string_equal(pdf_key_at(NULL, 0), "");
    assert_string_equal(pdf_text(NULL, a), "");
    assert_int_equal(pdf_name(NULL).n, 0);
    assert_null(pdf_font(NULL, (PdfRef){0, 0}, NULL));
    assert_int_equal(pdf_font_has_glyph(NULL, 1), -1);
    pdf_trim(NULL);
    pdf_close(NULL);
    arena_free(a);
}

static void values_are_read_by_type(void **state) {
    (void)state;
    pages(&o.draft);
    object(&o.draft, "<</Int 42/Real -1.5/Name/A#20B/Yes true/Str(raw\\051)/Far 5 0 R/Gone 99 0 R"
                     "/U16<FEFF51FA54C1>/U8<EFBBBFE587BA>/Doc(caf\\351 \\200)/Big 1e99>>");
    object(&o.draft, "[1 2 3]");
    finish(&o.draft);
    open_draft(&o);
    PdfFile *f = o.file;
    const PdfObj *d = pdf_object(f, (PdfRef){4, 0});
    assert_int_equal(pdf_int(pdf_lookup(f, d, "Int"), 0), 42);
    assert_float_equal(pdf_number(pdf_lookup(f, d, "Real"), 0), -1.5, 0);
    assert_true(pdf_is_name(pdf_lookup(f, d, "Name"), "A B"));
    assert_true(pdf_truth(pdf_lookup(f, d, "Yes"), false));
    assert_int_equal(pdf_string(pdf_lookup(f, d, "Str")).n, 4);
    assert_int_equal(pdf_length(pdf_lookup(f, d, "Far")), 3);
    assert_int_equal(pdf_lookup_ref(d, "Far").num, 5);
    assert_int_equal(pdf_lookup_ref(d, "Int").num, 0);
    assert_null(pdf_lookup(f, d, "Gone"));
    assert_string_equal(pdf_text(pdf_lookup(f, d, "U16"), o.arena), "出品");
    assert_string_equal(pdf_text(pdf_lookup(f, d, "U8"), o.arena), "出");
    assert_string_equal(pdf_text(pdf_lookup(f, d, "Doc"), o.arena), "café •");
    assert_string_equal(pdf_key_at(d, 0), "Int");
    assert_int_equal(pdf_value_ref_at(d, 5).num, 5);
    close_draft(&o);
}

static void references_in_a_circle_are_null(void **state) {
    (void)state;
    pages(&o.draft);
    object(&o.draft, "4 0 R");
    object(&o.draft, "6 0 R");
    object(&o.draft, "5 0 R");
    finish(&o.draft);
    open_draft(&o);
    for (int i = 4; i <= 6; i++)
        assert_null(pdf_object(o.file, (PdfRef){i, 0}));
    assert_null(pdf_object(o.file, (PdfRef){-1, 0}));
    assert_null(pdf_object(o.file, (PdfRef){1 << 30, 0}));
    assert_null(pdf_object(o.file, (PdfRef){1, 7}));
    close_draft(&o);
}

/* poppler sorts a dictionary of 32 keys and more when it is first looked into. */
static void large_dictionaries_keep_their_places(void **state) {
    (void)state;
    char body[1024] = "<<";
    for (int i = 40; i > 0; i--)
        snprintf(body + strlen(body), sizeof body - strlen(body), "/K%02d %d", i, i);
    strcat(body, ">>");
    pages(&o.draft);
    object(&o.draft, body);
    finish(&o.draft);
    open_draft(&o);
    const PdfObj *d = pdf_object(o.file, (PdfRef){4, 0});
    const PdfObj *first = pdf_value_at(o.file, d, 0);
    int value = pdf_int(first, 0);
    assert_int_equal(pdf_int(pdf_lookup(o.file, d, "K17"), 0), 17);
    assert_ptr_equal(pdf_value_at(o.file, d, 0), first);
    assert_int_equal(pdf_int(first, 0), value);
    close_draft(&o);
}

static void objects_in_object_streams_are_read(void **state) {
    (void)state;
    static const char packed[] = "6 0 7 8 <</A 1>> [7 8 9]";
    pages(&o.draft);
    stream(&o.draft, "/Type/ObjStm/N 2/First 8", packed, sizeof packed - 1);
    end(&o.draft, xref_stream(&o.draft, 2, 4));
    open_draft(&o);
    expect_page(&o);
    assert_int_equal(o.opening.state, PDF_OPENED);
    for (int round = 0; round < 2; round++) {
        const PdfObj *first = pdf_object(o.file, (PdfRef){6, 0});
        assert_int_equal(pdf_int(pdf_lookup(o.file, first, "A"), 0), 1);
        assert_int_equal(pdf_length(pdf_object(o.file, (PdfRef){7, 0})), 3);
        pdf_trim(o.file);
    }
    close_draft(&o);
}

static size_t deflated(uint8_t *out, size_t room, const void *p, size_t n) {
    uLongf size = room;
    assert_int_equal(compress(out, &size, p, n), Z_OK);
    return size;
}

static void expect_bytes(PdfBytes b, const void *p, size_t n, bool truncated) {
    assert_int_equal(b.n, n);
    assert_memory_equal(b.p, p, n);
    assert_int_equal(b.truncated, truncated);
    pdf_bytes_free(&b);
    assert_null(b.p);
}

static void flate_is_undone_up_to_the_limit(void **state) {
    (void)state;
    static uint8_t plain[20000], packed[4000];
    for (size_t i = 0; i < sizeof plain; i++)
        plain[i] = (uint8_t)(i / 100);
    size_t n = deflated(packed, sizeof packed, plain, sizeof plain);
    pages(&o.draft);
    stream(&o.draft, "/Filter/FlateDecode", packed, n);
    stream(&o.draft, "/Filter[/Fl]", packed, n);
    stream(&o.draft, "/Filter/FlateDecode", packed, n / 2);
    stream(&o.draft, "/Filter/FlateDecode", packed, n - 4);
    finish(&o.draft);
    open_draft(&o);
    PdfFile *f = o.file;
    const PdfObj *s = pdf_object(f, (PdfRef){4, 0});
    expect_bytes(pdf_stream_decoded(f, s, SIZE_MAX), plain, sizeof plain, false);
    expect_bytes(pdf_stream_decoded(f, s, 10000), plain, 10000, true);
    expect_bytes(pdf_stream_decoded(f, s, 10), plain, 10, true);
    expect_bytes(pdf_stream_raw(f, s, 5), packed, 5, true);
    expect_bytes(pdf_stream_decoded(f, pdf_object(f, (PdfRef){5, 0}), SIZE_MAX), plain,
                 sizeof plain, false);
    PdfBytes half = pdf_stream_decoded(f, pdf_object(f, (PdfRef){6, 0}), SIZE_MAX);
    assert_true(half.truncated && half.n > 0 && half.n < sizeof plain);
    assert_memory_equal(half.p, plain, half.n);
    pdf_bytes_free(&half);
    /* A missing check sum loses nothing. */
    expect_bytes(pdf_stream_decoded(f, pdf_object(f, (PdfRef){7, 0}), SIZE_MAX), plain,
                 sizeof plain, false);
    close_draft(&o);
}

static void a_predictor_gives_the_same_bytes_each_time(void **state) {
    (void)state;
    /* Two rows of three bytes, each with the PNG filter "up". */
    static const uint8_t rows[] = {2, 1, 2, 3, 2, 1, 1, 1}, wanted[] = {1, 2, 3, 2, 3, 4};
    uint8_t packed[64];
    size_t n = deflated(packed, sizeof packed, rows, sizeof rows);
    pages(&o.draft);
    stream(&o.draft, "/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 3>>", packed, n);
    finish(&o.draft);
    open_draft(&o);
    for (int i = 0; i < 3; i++)
        expect_bytes(pdf_stream_decoded(o.file, pdf_object(o.file, (PdfRef){4, 0}), SIZE_MAX),
                     wanted, sizeof wanted, false);
    close_draft(&o);
}

static void the_body_of_an_image_codec_is_reached(void **state) {
    (void)state;
    static const char hex[] = "FFD8FFD9>";
    static const uint8_t body[] = {0xFF, 0xD8, 0xFF, 0xD9};
    pages(&o.draft);
    stream(&o.draft, "/Filter[/AHx/DCT]", hex, sizeof hex - 1);
    stream(&o.draft, "/Filter/DCTDecode", body, sizeof body);
    stream(&o.draft, "/Filter/AHx", hex, sizeof hex - 1);
    finish(&o.draft);
    open_draft(&o);
    for (int i = 4; i <= 6; i++)
        expect_bytes(pdf_stream_image_body(o.file, pdf_object(o.file, (PdfRef){i, 0}), 100), body,
                     sizeof body, false);
    Str names[2];
    assert_int_equal(pdf_stream_filters(o.file, pdf_object(o.file, (PdfRef){4, 0}), names, 2), 2);
    assert_true(str_is(names[0], "ASCIIHexDecode") && str_is(names[1], "DCTDecode"));
    close_draft(&o);
}

static void a_simple_font_tells_advance_and_unicode(void **state) {
    (void)state;
    pages(&o.draft);
    object(&o.draft,
           "<</Type/Font/Subtype/TrueType/BaseFont/Some/FirstChar 65/LastChar 66/Widths[500 750]"
           "/Encoding<</BaseEncoding/WinAnsiEncoding/Differences[66/eacute]>>>>");
    finish(&o.draft);
    open_draft(&o);
    PdfFont *font = pdf_font(o.file, (PdfRef){4, 0}, NULL);
    assert_non_null(font);
    assert_ptr_equal(pdf_font(o.file, (PdfRef){4, 0}, NULL), font);
    PdfGlyph g;
    assert_int_equal(pdf_font_next(font, (const uint8_t *)"AB", 2, &g), 1);
    assert_int_equal(g.code, 'A');
    assert_float_equal(g.advance, 0.5, 1e-6);
    assert_int_equal(g.unicode_count, 1);
    assert_int_equal(g.unicode[0], 'A');
    assert_int_equal(pdf_font_next(font, (const uint8_t *)"B", 1, &g), 1);
    assert_float_equal(g.advance, 0.75, 1e-6);
    assert_int_equal(g.unicode[0], 0xE9);
    assert_int_equal(pdf_font_next(font, (const uint8_t *)"", 0, &g), 0);
    assert_false(pdf_font_is_composite(font) || pdf_font_is_vertical(font) ||
                 pdf_font_is_type3(font));
    assert_true(pdf_font_ascent(font) > 0 && pdf_font_descent(font) <= 0);
    assert_int_equal(pdf_font_has_glyph(font, 'A'), -1);
    close_draft(&o);
}

static void a_composite_font_takes_two_bytes(void **state) {
    (void)state;
    pages(&o.draft);
    object(&o.draft,
           "<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/Identity-V/DescendantFonts[5 0 R]>>");
    object(&o.draft, "<</Type/Font/Subtype/CIDFontType2/BaseFont/Song/DW 1000/DW2[880 -1000]"
                     "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement "
                     "0>>/FontDescriptor 6 0 R>>");
    object(&o.draft, "<</Type/FontDescriptor/FontName/Song/Flags 4/Ascent 880/Descent -120>>");
    finish(&o.draft);
    open_draft(&o);
    PdfFont *font = pdf_font(o.file, (PdfRef){4, 0}, pdf_object(o.file, (PdfRef){4, 0}));
    assert_non_null(font);
    assert_true(pdf_font_is_composite(font) && pdf_font_is_vertical(font));
    PdfGlyph g;
    assert_int_equal(pdf_font_next(font, (const uint8_t *)"\x01\x02\x03\x04", 4, &g), 2);
    assert_int_equal(g.code, 0x0102);
    assert_float_equal(g.advance, 0, 0);
    assert_float_equal(g.rise, -1, 1e-6);
    assert_float_equal(g.origin_x, 0.5, 1e-6);
    assert_float_equal(g.origin_y, 0.88, 1e-6);
    assert_int_equal(pdf_font_next(font, (const uint8_t *)"\x01", 1, &g), 1);
    close_draft(&o);
}

static void a_type3_font_has_the_glyphs_of_its_procedures(void **state) {
    (void)state;
    pages(&o.draft);
    object(
        &o.draft,
        "<</Type/Font/Subtype/Type3/FontBBox[0 0 10 10]/FontMatrix[.1 0 0 .1 0 0]/FirstChar 97"
        "/LastChar 98/Widths[8 9]/Encoding<</Differences[97/box/gone]>>/CharProcs<</box 5 0 R>>>>");
    stream(&o.draft, "", "8 0 d0", 6);
    finish(&o.draft);
    open_draft(&o);
    PdfFont *font = pdf_font(o.file, (PdfRef){0, 0}, pdf_object(o.file, (PdfRef){4, 0}));
    assert_non_null(font);
    assert_true(pdf_font_is_type3(font));
    PdfGlyph g;
    pdf_font_next(font, (const uint8_t *)"a", 1, &g);
    assert_float_equal(g.advance, 0.8, 1e-6);
    assert_int_equal(pdf_font_has_glyph(font, 'a'), 1);
    assert_int_equal(pdf_font_has_glyph(font, 'b'), 0);
    close_draft(&o);
}

static void what_is_no_font_gives_none(void **state) {
    (void)state;
    pages(&o.draft);
    object(&o.draft, "[1 2]");
    finish(&o.draft);
    open_draft(&o);
    assert_null(pdf_font(o.file, (PdfRef){4, 0}, NULL));
    assert_null(pdf_font(o.file, (PdfRef){99, 0}, NULL));
    close_draft(&o);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sound_file_opens_without_repair),
        cmocka_unit_test(a_wrong_startxref_is_corrected),
        cmocka_unit_test(a_wrong_startxref_to_an_xref_stream_is_corrected),
        cmocka_unit_test(junk_before_the_header_is_damage),
        cmocka_unit_test(offsets_may_count_the_junk),
        cmocka_unit_test(a_file_that_is_cut_off_is_not_opened),
        cmocka_unit_test(an_update_that_is_cut_off_is_not_opened),
        cmocka_unit_test(a_lost_last_line_is_repaired),
        cmocka_unit_test(a_wrong_table_is_rebuilt),
        cmocka_unit_test(a_file_without_pages_is_not_opened),
        cmocka_unit_test(what_is_no_pdf_is_not_opened),
        cmocka_unit_test(null_handles_answer_neutrally),
        cmocka_unit_test(values_are_read_by_type),
        cmocka_unit_test(references_in_a_circle_are_null),
        cmocka_unit_test(large_dictionaries_keep_their_places),
        cmocka_unit_test(objects_in_object_streams_are_read),
        cmocka_unit_test(flate_is_undone_up_to_the_limit),
        cmocka_unit_test(a_predictor_gives_the_same_bytes_each_time),
        cmocka_unit_test(the_body_of_an_image_codec_is_reached),
        cmocka_unit_test(a_simple_font_tells_advance_and_unicode),
        cmocka_unit_test(a_composite_font_takes_two_bytes),
        cmocka_unit_test(a_type3_font_has_the_glyphs_of_its_procedures),
        cmocka_unit_test(what_is_no_font_gives_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
