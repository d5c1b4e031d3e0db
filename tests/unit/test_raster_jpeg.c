/* The JPEG codec on files made here: kinds of pixels, what segments say, and hostile files. */
#include "base/sink.h"
#include "codec_run.h"

#include <math.h>
#include <stdio.h>

#include <jpeglib.h>

enum { W = 83, H = 61 };

/* ---- making files ---- */

static Arena *arena;

typedef struct Kind {
    J_COLOR_SPACE in, stored;
    int quality; /* 0: 90 */
    int down;    /* chroma rows for one; 0: 2 */
    bool progressive, arithmetic, no_adobe, scans;
    int restart; /* rows of MCUs */
} Kind;

static int channels_of(J_COLOR_SPACE space) {
    return space == JCS_GRAYSCALE ? 1 : space == JCS_CMYK ? 4 : 3;
}

static uint8_t sample_at(int x, int y, int c) {
    return (uint8_t)(x * (c + 2) + y * (5 - c) + (x * y) % (7 + c));
}

static void shape(struct jpeg_compress_struct *c, const Kind *k) {
    static const jpeg_scan_info each[] = {
        {1, {0}, 0, 63, 0, 0}, {1, {1}, 0, 63, 0, 0}, {1, {2}, 0, 63, 0, 0}};
    jpeg_set_defaults(c);
    jpeg_set_colorspace(c, k->stored);
    jpeg_set_quality(c, k->quality ? k->quality : 90, TRUE);
    c->arith_code = k->arithmetic;
    c->restart_in_rows = k->restart;
    if (k->down && c->num_components > 1)
        c->comp_info[0].v_samp_factor = k->down;
    if (k->no_adobe)
        c->write_Adobe_marker = FALSE;
    if (k->progressive)
        jpeg_simple_progression(c);
    if (k->scans) {
        c->scan_info = each;
        c->num_scans = 3;
    }
}

static Str make(const Kind *k) {
    struct jpeg_compress_struct c;
    struct jpeg_error_mgr errors;
    unsigned char *out = NULL;
    unsigned long size = 0;
    c.err = jpeg_std_error(&errors);
    jpeg_create_compress(&c);
    jpeg_mem_dest(&c, &out, &size);
    c.image_width = W;
    c.image_height = H;
    c.in_color_space = k->in;
    c.input_components = channels_of(k->in);
    shape(&c, k);
    jpeg_start_compress(&c, TRUE);
    for (int y = 0; y < H; y++) {
        JSAMPLE row[W * 4];
        JSAMPROW rows[] = {row};
        for (int i = 0; i < W * c.input_components; i++)
            row[i] = sample_at(i / c.input_components, y, i % c.input_components);
        jpeg_write_scanlines(&c, rows, 1);
    }
    jpeg_finish_compress(&c);
    Str file = {arena_copy(arena, (const char *)out, size), size};
    jpeg_destroy_compress(&c);
    free(out);
    return file;
}

static const Kind gray = {.in = JCS_GRAYSCALE, .stored = JCS_GRAYSCALE},
                  colour = {.in = JCS_RGB, .stored = JCS_YCbCr};

static CodecRun run(Str file) {
    return codec_run(&jpeg_codec, file.p, file.n);
}

/* Bytes put in behind the first two, or in the place of the JFIF segment that follows them. */
static Str with(Str file, const void *more, size_t n, bool keep_jfif) {
    enum { JFIF = 18 };
    size_t rest = keep_jfif ? 2 : 2 + JFIF;
    Sink s = sink_memory(arena);
    sink_write(&s, file.p, 2);
    sink_write(&s, more, n);
    sink_write(&s, file.p + rest, file.n - rest);
    return sink_text(&s);
}

#define WITH(file, literal) with((file), (literal), sizeof(literal) - 1, true)
#define ONLY(file, literal) with((file), (literal), sizeof(literal) - 1, false)

static CodecRun run_gray_with(Str segments) {
    return run(with(make(&gray), segments.p, segments.n, false));
}

/* ---- pixels ---- */

/* What libjpeg by itself makes of a file, CMYK turned to ink. */
static void decode(Str file, uint8_t *out) {
    struct jpeg_decompress_struct c;
    struct jpeg_error_mgr errors;
    c.err = jpeg_std_error(&errors);
    jpeg_create_decompress(&c);
    jpeg_mem_src(&c, (const unsigned char *)file.p, (unsigned long)file.n);
    jpeg_read_header(&c, TRUE);
    if (c.num_components == 4)
        c.out_color_space = JCS_CMYK;
    jpeg_start_decompress(&c);
    size_t stride = (size_t)c.output_width * (size_t)c.output_components;
    while (c.output_scanline < c.output_height) {
        JSAMPROW row[] = {out + c.output_scanline * stride};
        jpeg_read_scanlines(&c, row, 1);
    }
    for (size_t i = 0; c.num_components == 4 && i < stride * c.output_height; i++)
        out[i] = (uint8_t)(255 - out[i]);
    jpeg_finish_decompress(&c);
    jpeg_destroy_decompress(&c);
}

static void check_kind(const Kind *k) {
    static uint8_t wanted[W * H * 4];
    Str file = make(k);
    CodecRun r = run(file);
    assert_whole(&r);
    int channels = channels_of(k->in);
    assert_int_equal(r.head.channels, channels);
    assert_int_equal(r.head.colours, channels);
    assert_int_equal(r.head.space, channels == 1   ? SPACE_GRAY
                                   : channels == 3 ? SPACE_RGB
                                                   : SPACE_CMYK);
    assert_int_equal(r.head.bits, 8);
    assert_int_equal(r.head.compression, FILTER_DCT);
    assert_int_equal(r.head.progressive, k->progressive);
    assert_int_equal(r.count, W * H * channels);
    decode(file, wanted);
    assert_memory_equal(r.rows, wanted, r.count);
    codec_done(&r);
}

static void every_kind_of_jpeg_is_decoded_as_libjpeg_does(void **state) {
    (void)state;
    static const Kind kinds[] = {
        {.in = JCS_GRAYSCALE, .stored = JCS_GRAYSCALE},
        {.in = JCS_RGB, .stored = JCS_YCbCr},
        {JCS_RGB, JCS_YCbCr, .down = 1},
        {.in = JCS_RGB, .stored = JCS_RGB},
        {.in = JCS_CMYK, .stored = JCS_CMYK},
        {.in = JCS_CMYK, .stored = JCS_YCCK},
        {JCS_RGB, JCS_YCbCr, .progressive = true},
        {JCS_CMYK, JCS_YCCK, .progressive = true},
        {JCS_RGB, JCS_YCbCr, .arithmetic = true},
        {JCS_RGB, JCS_YCbCr, .arithmetic = true, .progressive = true},
        {JCS_RGB, JCS_YCbCr, .restart = 1},
        {JCS_RGB, JCS_YCbCr, .scans = true},
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        check_kind(&kinds[i]);
}

/* Stored 255 is no ink, with Adobe's marker or without. */
static void cmyk_is_turned_to_ink(void **state) {
    (void)state;
    CodecRun adobe = run(make(&(Kind){JCS_CMYK, JCS_CMYK, .quality = 100}));
    CodecRun plain = run(make(&(Kind){JCS_CMYK, JCS_CMYK, .quality = 100, .no_adobe = true}));
    CodecRun ycck = run(make(&(Kind){JCS_CMYK, JCS_YCCK, .quality = 100, .down = 1}));
    for (int x = 0; x < W; x++)
        for (int c = 0; c < 4; c++) {
            int ink = 255 - sample_at(x, 0, c);
            bool jump = x % 8 == 0 || abs(sample_at(x, 0, c) - sample_at(x + 1, 0, c)) > 20;
            assert_true(jump || abs(adobe.rows[x * 4 + c] - ink) <= 3);
        }
    assert_memory_equal(adobe.rows, plain.rows, adobe.count);
    assert_int_equal(ycck.head.space, SPACE_CMYK);
    codec_done(&adobe);
    codec_done(&plain);
    codec_done(&ycck);
}

/* ---- what segments say ---- */

#define SHORT_EXIF(resolution, unit)                                                               \
    "\xFF\xE1\0\x4E"                                                                               \
    "Exif\0\0MM\0*\0\0\0\10"                                                                       \
    "\0\4"                                                                                         \
    "\1\22\0\3\0\0\0\1\0\6\0\0"                                                                    \
    "\1\32\0\5\0\0\0\1\0\0\0\x3E"                                                                  \
    "\1\50\0\3\0\0\0\1\0" unit "\0\0"                                                              \
    "\1\61\0\2\0\0\0\4App\0"                                                                       \
    "\0\0\0\0" resolution "\0\0\0\1"
#define PHOTOSHOP(ppi)                                                                             \
    "\xFF\xED\0\x2C"                                                                               \
    "Photoshop 3.0\0"                                                                              \
    "8BIM\3\xED\0\0\0\0\0\x10\0" ppi "\0\0\0\1\0\1\0" ppi "\0\0\0\1\0\1"
#define JFIF(unit, ppi) "\xFF\xE0\0\20JFIF\0\1\2" unit "\0" ppi "\0" ppi "\0\0"

static void assert_ppi(Str file, double ppi) {
    CodecRun r = run(file);
    assert_whole(&r);
    assert_true(fabs(r.head.ppi_x - ppi) < 1e-6 && fabs(r.head.ppi_y - ppi) < 1e-6);
    codec_done(&r);
}

static void density_is_read_in_order_of_rank(void **state) {
    (void)state;
    Str file = make(&gray);
    assert_ppi(ONLY(file, JFIF("\0", "\xC8")), 0);
    assert_ppi(ONLY(file, JFIF("\1", "\xC8")), 200);
    assert_ppi(ONLY(file, JFIF("\2", "\x64")), 254);
    assert_ppi(ONLY(file, PHOTOSHOP("\x96")), 150);
    assert_ppi(ONLY(file, JFIF("\1", "\xC8") PHOTOSHOP("\x96")), 150);
    assert_ppi(ONLY(file, SHORT_EXIF("\0\0\0\x50", "\2")), 80);
    assert_ppi(ONLY(file, SHORT_EXIF("\0\0\0\x50", "\3")), 203.2);
    assert_ppi(ONLY(file, JFIF("\1", "\xC8") SHORT_EXIF("\0\0\0\x50", "\2") PHOTOSHOP("\x96")), 80);
    assert_ppi(ONLY(file, JFIF("\1", "\xC8") SHORT_EXIF("\0\0\0\x50", "\1")), 200);
}

static void exif_and_xmp_say_how_and_with_what_it_was_made(void **state) {
    (void)state;
    CodecRun exif = run(ONLY(make(&gray), SHORT_EXIF("\0\0\0\x50", "\2")));
    assert_int_equal(exif.head.orientation, 6);
    assert_string_equal(exif.head.software, "App");
    static const char packet[] = "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta><rdf:Description"
                                 " tiff:Orientation=\"3\" tiff:XResolution=\"3000000/10000\""
                                 " tiff:YResolution=\"300/1\" tiff:ResolutionUnit=\"2\"/>"
                                 "<dc:title> <rdf:Alt> <rdf:li>\xE6\xB5\xB7\xE6\x8A\xA5"
                                 "</rdf:li></rdf:Alt></dc:title></x:xmpmeta>";
    Sink s = sink_memory(arena);
    sink_write(&s, "\xFF\xE1", 2);
    sink_char(&s, (char)((sizeof packet + 1) >> 8));
    sink_char(&s, (char)((sizeof packet + 1) & 0xFF));
    sink_write(&s, packet, sizeof packet - 1);
    CodecRun xmp = run_gray_with(sink_text(&s));
    assert_int_equal(xmp.head.orientation, 3);
    assert_string_equal(xmp.head.xmp_title, "\xE6\xB5\xB7\xE6\x8A\xA5");
    assert_true(xmp.head.ppi_x == 300 && xmp.head.ppi_y == 300);
    codec_done(&exif);
    codec_done(&xmp);
}

static void srgb_is_what_exif_calls_it(void **state) {
    (void)state;
    CodecRun r = run(ONLY(make(&gray), "\xFF\xE1\0\x34"
                                       "Exif\0\0II*\0\10\0\0\0"
                                       "\1\0\x69\x87\4\0\1\0\0\0\x1A\0\0\0\0\0\0\0"
                                       "\1\0\1\xA0\3\0\1\0\0\0\1\0\0\0\0\0\0\0"));
    assert_true(r.head.srgb);
    codec_done(&r);
}

#define ICC(number, of, body) "ICC_PROFILE\0" number of body

static CodecRun run_icc(size_t count, const char *const *parts, const size_t *sizes) {
    Sink s = sink_memory(arena);
    for (size_t i = 0; i < count; i++) {
        sink_write(&s, "\xFF\xE2\0", 3);
        sink_char(&s, (char)(sizes[i] + 2));
        sink_write(&s, parts[i], sizes[i]);
    }
    return run_gray_with(sink_text(&s));
}

static void assert_icc(const char *first, size_t n, const char *second, size_t m, bool whole) {
    CodecRun r = run_icc(second ? 2 : 1, (const char *const[]){first, second}, (size_t[]){n, m});
    assert_whole(&r);
    assert_int_equal(r.head.icc != NULL, whole);
    assert_int_equal(r.head.icc_fault.zh == NULL, whole);
    if (whole) {
        assert_int_equal(r.head.icc_count, 6);
        assert_memory_equal(r.head.icc, "abcdef", 6);
    }
    codec_done(&r);
}

#define ONE(a, whole)    assert_icc((a), sizeof(a) - 1, NULL, 0, (whole))
#define TWO(a, b, whole) assert_icc((a), sizeof(a) - 1, (b), sizeof(b) - 1, (whole))

static void profiles_are_put_together_from_segments(void **state) {
    (void)state;
    ONE(ICC("\1", "\1", "abcdef"), true);
    TWO(ICC("\1", "\2", "abc"), ICC("\2", "\2", "def"), true);
    TWO(ICC("\2", "\2", "def"), ICC("\1", "\2", "abc"), true);
    TWO(ICC("\1", "\2", "abc"), ICC("\1", "\2", "def"), false); /* one number twice */
    TWO(ICC("\1", "\2", "abc"), ICC("\2", "\3", "def"), false); /* they disagree */
    TWO(ICC("\1", "\2", "abc"), ICC("\3", "\2", "def"), false);
    ONE(ICC("\1", "\2", "abcdef"), false); /* one is missing */
    ONE(ICC("\0", "\1", "abcdef"), false);
    ONE(ICC("\0", "\0", "abcdef"), false);
    ONE(ICC("\1", "\1", ""), false);
    ONE("ICC_PROFILE\0\1", false);
}

static void quality_is_exact_for_libjpegs_tables(void **state) {
    (void)state;
    for (int q = 1; q <= 100; q++) {
        CodecRun r = run(make(&(Kind){JCS_RGB, JCS_YCbCr, .quality = q}));
        assert_int_equal(r.head.jpeg_quality, q);
        codec_done(&r);
    }
}

/* Photoshop's tables for "12": as coarse in sum as libjpeg's 98. */
static void quality_of_other_tables_is_the_nearest(void **state) {
    (void)state;
    Str file = make(&gray);
    char *copy = arena_copy(arena, file.p, file.n);
    char *table = memmem(copy, file.n, "\xFF\xDB", 2);
    assert_non_null(table);
    static const char steps[] = "\1\1\1\1\1\1\1\1\1\1\1\1\1\1\2\2\2\2\2\2\2\2\2\2\2\2\2\2\2\3\3\3"
                                "\3\3\3\3\3\3\3\3\3\3\3\3\3\3\3\3\3\3\3\3\3\3\3\3\3\3\3\3\3\3\3\3";
    memcpy(table + 5, steps, 64);
    CodecRun r = run((Str){copy, file.n});
    assert_in_range(r.head.jpeg_quality, 97, 99);
    codec_done(&r);
}

static void junk_between_segments_is_passed_over(void **state) {
    (void)state;
    CodecRun r = run(WITH(make(&gray), "junk\xFF\0junk\xFF\xFF"));
    assert_whole(&r);
    codec_done(&r);
}

/* ---- damage ---- */

static void check_cut(const Kind *k, bool gradual) {
    Str file = make(k);
    CodecRun all = run(file);
    size_t scan = (size_t)((const char *)memmem(file.p, file.n, "\xFF\xDA", 2) - file.p) + 20;
    uint32_t rows = 0;
    bool part = false;
    for (size_t n = scan; n < file.n; n += 1 + (file.n - n) / 50) {
        CodecRun r = run((Str){file.p, n});
        assert_true(r.opened && r.damage.zh);
        assert_true(r.read.rows == H || r.read.why.zh);
        assert_true(r.read.rows >= rows);
        assert_memory_equal(r.rows, all.rows, r.count);
        rows = r.read.rows;
        part = part || (rows > 0 && rows < H);
        codec_done(&r);
    }
    assert_true(part || !gradual);
    codec_done(&all);
}

static void rows_above_a_cut_are_whole(void **state) {
    (void)state;
    check_cut(&gray, true);
    check_cut(&colour, true);
    check_cut(&(Kind){JCS_CMYK, JCS_YCCK, .down = 1}, true);
    check_cut(&(Kind){JCS_RGB, JCS_YCbCr, .arithmetic = true}, true);
    check_cut(&(Kind){JCS_RGB, JCS_YCbCr, .progressive = true}, true);
    check_cut(&(Kind){JCS_RGB, JCS_YCbCr, .scans = true}, true);
}

static void a_missing_end_alone_costs_no_rows(void **state) {
    (void)state;
    Str file = make(&colour);
    CodecRun r = run((Str){file.p, file.n - 2});
    assert_non_null(r.damage.zh);
    assert_int_equal(r.read.rows, H);
    assert_null(r.read.why.zh);
    codec_done(&r);
}

static void a_lost_restart_marker_is_damage(void **state) {
    (void)state;
    Str file = make(&(Kind){JCS_RGB, JCS_YCbCr, .restart = 1});
    char *copy = arena_copy(arena, file.p, file.n);
    char *marker = memmem(copy, file.n, "\xFF\xD1", 2);
    assert_non_null(marker);
    memmove(marker - 40, marker, (size_t)(copy + file.n - marker));
    CodecRun all = run(file), r = run((Str){copy, file.n - 40});
    assert_non_null(r.read.why.zh);
    assert_in_range(r.read.rows, 8, 31);
    assert_memory_equal(r.rows, all.rows, r.count);
    codec_done(&all);
    codec_done(&r);
}

static void data_without_a_place_is_damage(void **state) {
    (void)state;
    Str file = make(&gray);
    Sink s = sink_memory(arena);
    sink_write(&s, file.p, file.n - 2);
    sink_str(&s, "bytes that no picture needs, as a bad transfer leaves them");
    sink_write(&s, file.p + file.n - 2, 2);
    CodecRun r = run(sink_text(&s));
    assert_in_range(r.read.rows, H - 8, H - 1);
    assert_non_null(r.read.why.zh);
    codec_done(&r);
}

/* Of several pictures the first is the page; what cameras append is no damage. */
static void what_follows_the_end_is_no_damage(void **state) {
    (void)state;
    Str file = make(&gray);
    Sink s = sink_memory(arena);
    sink_write(&s, file.p, file.n);
    sink_write(&s, file.p, file.n);
    sink_str(&s, "notes of a camera");
    CodecRun r = run(sink_text(&s));
    assert_whole(&r);
    codec_done(&r);
}

/* ---- hostile ---- */

static Str altered(Str file, const char *marker, size_t at, const void *bytes, size_t n) {
    char *copy = arena_copy(arena, file.p, file.n), *found = memmem(copy, file.n, marker, 2);
    assert_non_null(found);
    memcpy(found + at, bytes, n);
    return (Str){copy, file.n};
}

static void assert_refused(Str file) {
    CodecRun r = run(file);
    assert_false(r.opened);
    codec_done(&r);
}

static void what_nobody_opens_is_refused_with_a_reason(void **state) {
    (void)state;
    Str file = make(&gray);
    assert_refused((Str){"", 0});
    assert_refused((Str){"\xFF\xD8", 2});
    assert_refused((Str){"\xFF\xD8\xFF\xE0", 4});
    assert_refused((Str){file.p, 30});
    assert_refused(altered(file, "\xFF\xC0", 4, "\14", 1));           /* 12 bits */
    assert_refused(altered(file, "\xFF\xC0", 1, "\xC3", 1));          /* lossless */
    assert_refused(altered(file, "\xFF\xC0", 5, "\0\0", 2));          /* no height */
    assert_refused(altered(make(&colour), "\xFF\xC0", 9, "\2", 1));   /* two components */
    assert_refused(altered(make(&colour), "\xFF\xC0", 9, "\xFF", 1)); /* more than there are */
}

static void a_tiny_file_that_claims_a_huge_picture_ends_at_once(void **state) {
    (void)state;
    for (int progressive = 0; progressive < 2; progressive++) {
        Str file = make(&(Kind){JCS_CMYK, JCS_CMYK, .progressive = progressive});
        CodecRun r =
            run(altered(file, progressive ? "\xFF\xC2" : "\xFF\xC0", 5, "\xFF\xDC\xFF\xDC", 4));
        assert_int_equal(r.head.width, 65500);
        assert_int_equal(r.read.rows, 0);
        assert_non_null(r.read.why.zh);
        assert_int_equal(r.read.too_large, progressive);
        codec_done(&r);
    }
}

static int set_up(void **state) {
    (void)state;
    arena = arena_new();
    return 0;
}

static int tear_down(void **state) {
    (void)state;
    arena_free(arena);
    return 0;
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(every_kind_of_jpeg_is_decoded_as_libjpeg_does),
        TEST(cmyk_is_turned_to_ink),
        TEST(density_is_read_in_order_of_rank),
        TEST(exif_and_xmp_say_how_and_with_what_it_was_made),
        TEST(srgb_is_what_exif_calls_it),
        TEST(profiles_are_put_together_from_segments),
        TEST(quality_is_exact_for_libjpegs_tables),
        TEST(quality_of_other_tables_is_the_nearest),
        TEST(junk_between_segments_is_passed_over),
        TEST(rows_above_a_cut_are_whole),
        TEST(a_missing_end_alone_costs_no_rows),
        TEST(a_lost_restart_marker_is_damage),
        TEST(data_without_a_place_is_damage),
        TEST(what_follows_the_end_is_no_damage),
        TEST(what_nobody_opens_is_refused_with_a_reason),
        TEST(a_tiny_file_that_claims_a_huge_picture_ends_at_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
