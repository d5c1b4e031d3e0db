/* The PNG codec on files made here: every kind of pixel, what chunks say, and hostile files. */
#include "base/sink.h"
#include "codec_run.h"

#include <math.h>
#include <png.h>
#include <zlib.h>

enum { W = 19, H = 13, SIGNATURE_AND_IHDR = 8 + 25 };

/* ---- making files ---- */

static Arena *arena;

static void put32(uint8_t *p, size_t value) {
    for (int i = 0; i < 4; i++)
        p[i] = (uint8_t)(value >> (24 - 8 * i));
}

static void add_chunk(Sink *s, const char *type, const void *data, size_t n) {
    uint8_t frame[12];
    put32(frame, n);
    memcpy(frame + 4, type, 4);
    uLong sum = crc32(crc32(0, frame + 4, 4), data, (uInt)n);
    put32(frame + 8, sum);
    sink_write(s, (const char *)frame, 8);
    sink_write(s, data, n);
    sink_write(s, (const char *)frame + 8, 4);
}

static Str packed(const void *p, size_t n) {
    uLongf size = compressBound((uLong)n);
    uint8_t *out = arena_alloc(arena, size);
    assert_int_equal(compress(out, &size, p, (uLong)n), Z_OK);
    return (Str){(const char *)out, size};
}

static void start_png(Sink *s, size_t w, size_t h, int bits, int type, int interlace) {
    uint8_t header[13] = {[8] = (uint8_t)bits, [9] = (uint8_t)type, [12] = (uint8_t)interlace};
    put32(header, w);
    put32(header + 4, h);
    *s = sink_memory(arena);
    sink_write(s, "\211PNG\r\n\032\n", 8);
    add_chunk(s, "IHDR", header, sizeof header);
}

/* A gray picture of 8 bits that gets darker downwards, with room for chunks before the pixels. */
static void end_gray(Sink *s, size_t pieces) {
    uint8_t rows[H][W + 1];
    for (int y = 0; y < H; y++) {
        rows[y][0] = 0;
        for (int x = 0; x < W; x++)
            rows[y][x + 1] = (uint8_t)(200 - 7 * y + x * x);
    }
    Str data = packed(rows, sizeof rows);
    for (size_t i = 0, at = 0; i < pieces; i++, at += data.n / pieces)
        add_chunk(s, "IDAT", data.p + at, i + 1 < pieces ? data.n / pieces : data.n - at);
    add_chunk(s, "IEND", "", 0);
}

static CodecRun run(const Sink *s) {
    Str bytes = sink_text(s);
    return codec_run(&png_codec, bytes.p, bytes.n);
}

static CodecRun run_with(const char *type, const void *data, size_t n) {
    Sink s;
    start_png(&s, W, H, 8, PNG_COLOR_TYPE_GRAY, 0);
    add_chunk(&s, type, data, n);
    end_gray(&s, 1);
    return run(&s);
}

#define RUN_WITH(type, literal) run_with((type), (literal), sizeof(literal) - 1)

/* ---- every kind of pixel, written by libpng ---- */

typedef struct Kind {
    int bits, type;
    bool interlaced, transparent;
} Kind;

static void on_write(png_structp png, png_bytep p, size_t n) {
    sink_write(png_get_io_ptr(png), (const char *)p, n);
}

static void on_flush(png_structp png) {
    (void)png;
}

static int stored_channels(int type) {
    return type == PNG_COLOR_TYPE_RGB          ? 3
           : type == PNG_COLOR_TYPE_RGBA       ? 4
           : type == PNG_COLOR_TYPE_GRAY_ALPHA ? 2
                                               : 1;
}

static unsigned stored(const Kind *k, int x, int y, int c) {
    return (unsigned)(x * 7919 + y * 104729 + c * 31337) & ((1u << k->bits) - 1);
}

static void set_sample(png_bytep row, int bits, int i, unsigned value) {
    if (bits == 16) {
        row[2 * i] = (png_byte)(value >> 8);
        row[2 * i + 1] = (png_byte)value;
    } else {
        row[i * bits / 8] |= (png_byte)(value << (8 - bits - i * bits % 8));
    }
}

static png_color palette_at(unsigned i) {
    return (png_color){(png_byte)(i * 3), (png_byte)(255 - i), (png_byte)(i * i)};
}

static void describe(png_structp png, png_infop info, const Kind *k) {
    png_set_IHDR(png, info, W, H, k->bits, k->type,
                 k->interlaced ? PNG_INTERLACE_ADAM7 : PNG_INTERLACE_NONE, 0, 0);
    png_color palette[256];
    png_byte alphas[2] = {0, 77};
    png_color_16 key = {0, (png_uint_16)stored(k, 3, 2, 0), (png_uint_16)stored(k, 3, 2, 1),
                        (png_uint_16)stored(k, 3, 2, 2), (png_uint_16)stored(k, 3, 2, 0)};
    for (unsigned i = 0; i < 256; i++)
        palette[i] = palette_at(i);
    if (k->type == PNG_COLOR_TYPE_PALETTE)
        png_set_PLTE(png, info, palette, 1 << k->bits);
    if (k->transparent)
        png_set_tRNS(png, info, alphas, 2, &key);
}

static Sink file_of(const Kind *k) {
    Sink s = sink_memory(arena);
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
    png_infop info = png_create_info_struct(png);
    png_set_write_fn(png, &s, on_write, on_flush);
    describe(png, info, k);
    png_write_info(png, info);
    png_byte rows[H][W * 8] = {0};
    png_bytep pointers[H];
    int channels = stored_channels(k->type);
    for (int y = 0; y < H; y++) {
        pointers[y] = rows[y];
        for (int i = 0; i < W * channels; i++)
            set_sample(rows[y], k->bits, i, stored(k, i / channels, y, i % channels));
    }
    png_write_image(png, pointers);
    png_write_end(png, info);
    png_destroy_write_struct(&png, &info);
    return s;
}

static uint8_t rounded(const Kind *k, unsigned value) {
    return (uint8_t)lround(value * 255.0 / ((1u << k->bits) - 1));
}

/* What the contract of rows asks for one pixel. */
static void expect(const Kind *k, int x, int y, uint8_t *out) {
    int channels = stored_channels(k->type);
    bool keyed = true;
    for (int c = 0; c < channels; c++) {
        unsigned value = stored(k, x, y, c);
        keyed = keyed && value == stored(k, 3, 2, c);
        *out++ = rounded(k, value);
    }
    if (k->type == PNG_COLOR_TYPE_PALETTE) {
        unsigned index = stored(k, x, y, 0);
        png_color colour = palette_at(index);
        memcpy(out - 1, (uint8_t[]){colour.red, colour.green, colour.blue}, 3);
        out[2] = index == 0 ? 0 : index == 1 ? 77 : 255;
    } else if (k->transparent) {
        *out = keyed ? 0 : 255;
    }
}

static void check_kind(const Kind *k) {
    Sink s = file_of(k);
    CodecRun r = run(&s);
    assert_whole(&r);
    bool palette = k->type == PNG_COLOR_TYPE_PALETTE, colour = k->type & PNG_COLOR_MASK_COLOR;
    bool alpha = k->transparent || k->type & PNG_COLOR_MASK_ALPHA;
    assert_int_equal(r.head.bits, k->bits);
    assert_int_equal(r.head.indexed, palette);
    assert_int_equal(r.head.space, colour ? SPACE_RGB : SPACE_GRAY);
    assert_int_equal(r.head.colours, colour ? 3 : 1);
    assert_int_equal(r.head.channels, r.head.colours + alpha);
    assert_int_equal(r.head.extra_count, alpha);
    assert_int_equal(r.head.progressive, k->interlaced);
    if (alpha)
        assert_int_equal(r.head.extras[0].kind, CHANNEL_ALPHA);
    for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++) {
            uint8_t wanted[8];
            expect(k, x, y, wanted);
            assert_memory_equal(r.rows + (size_t)y * r.stride + x * r.head.channels, wanted,
                                (size_t)r.head.channels);
        }
    codec_done(&r);
}

static void every_kind_of_pixel_is_spread_to_8_bits(void **state) {
    (void)state;
    static const int types[] = {PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_RGB, PNG_COLOR_TYPE_PALETTE,
                                PNG_COLOR_TYPE_GRAY_ALPHA, PNG_COLOR_TYPE_RGBA};
    for (size_t t = 0; t < sizeof types / sizeof *types; t++)
        for (int bits = 1; bits <= 16; bits *= 2) {
            bool palette = types[t] == PNG_COLOR_TYPE_PALETTE;
            if ((bits < 8 && types[t] != PNG_COLOR_TYPE_GRAY && !palette) || (bits > 8 && palette))
                continue;
            for (int variant = 0; variant < 4; variant++)
                if (!(variant & 2 && types[t] & PNG_COLOR_MASK_ALPHA))
                    check_kind(&(Kind){bits, types[t], variant & 1, variant & 2});
        }
}

/* ---- what chunks say ---- */

static void density_needs_its_unit(void **state) {
    (void)state;
    CodecRun metres = RUN_WITH("pHYs", "\0\0\x2E\x23\0\0\x17\x12\1");
    assert_true(fabs(metres.head.ppi_x - 299.9994) < 1e-6);
    assert_true(fabs(metres.head.ppi_y - 150.0124) < 1e-6);
    CodecRun aspect = RUN_WITH("pHYs", "\0\0\x2E\x23\0\0\x17\x12\0");
    assert_true(aspect.head.ppi_x == 0 && aspect.head.ppi_y == 0);
    codec_done(&metres);
    codec_done(&aspect);
}

static void colour_is_told_by_its_chunks(void **state) {
    (void)state;
    CodecRun gamma = RUN_WITH("gAMA", "\0\0\xB1\x8F"), srgb = RUN_WITH("sRGB", "\0");
    assert_true(fabs(gamma.head.gamma - 0.45455) < 1e-9);
    assert_false(gamma.head.srgb);
    assert_true(srgb.head.srgb);
    Sink body = sink_memory(arena);
    sink_write(&body, "name\0\0", 6);
    Str profile = packed("not really a profile", 20);
    sink_write(&body, profile.p, profile.n);
    CodecRun icc = run_with("iCCP", sink_text(&body).p, sink_text(&body).n);
    assert_int_equal(icc.head.icc_count, 20);
    assert_memory_equal(icc.head.icc, "not really a profile", 20);
    assert_null(icc.head.icc_fault.zh);
    CodecRun torn = run_with("iCCP", sink_text(&body).p, sink_text(&body).n - 3);
    assert_null(torn.head.icc);
    assert_non_null(torn.head.icc_fault.zh);
    assert_whole(&torn);
    codec_done(&gamma);
    codec_done(&srgb);
    codec_done(&icc);
    codec_done(&torn);
}

static void animations_are_counted_in_frames(void **state) {
    (void)state;
    CodecRun r = RUN_WITH("acTL", "\0\0\0\3\0\0\0\0"), still = RUN_WITH("acTL", "\0\0\0\1\0\0\0\0");
    assert_int_equal(r.head.frames, 3);
    assert_int_equal(still.head.frames, 1);
    assert_whole(&r);
    codec_done(&r);
    codec_done(&still);
}

static void orientation_comes_from_exif_or_xmp(void **state) {
    (void)state;
    static const char exif[] = "MM\0*\0\0\0\10\0\1\1\22\0\3\0\0\0\1\0\6\0\0\0\0\0\0";
    static const char xmp[] = "XML:com.adobe.xmp\0\0\0\0\0<x><tiff:Orientation>8</tiff:Orientation>"
                              "<dc:title><rdf:Alt><rdf:li xml:lang=\"x-default\">A &amp; B"
                              "</rdf:li></rdf:Alt></dc:title><r xmp:CreatorTool='Tool 7'/></x>";
    CodecRun a = run_with("eXIf", exif, sizeof exif - 1), b = run_with("iTXt", xmp, sizeof xmp - 1);
    assert_int_equal(a.head.orientation, 6);
    assert_int_equal(b.head.orientation, 8);
    assert_string_equal(b.head.xmp_title, "A & B");
    assert_string_equal(b.head.software, "Tool 7");
    codec_done(&a);
    codec_done(&b);
}

static void texts_become_printable_utf8(void **state) {
    (void)state;
    CodecRun latin = RUN_WITH("tEXt", "Software\0caf\xE9 \x1B[31m");
    assert_string_equal(latin.head.software, "caf\xC3\xA9 \\x1B[31m");
    Sink body = sink_memory(arena);
    sink_write(&body, "Title\0\0", 7);
    Str title = packed("\xE7\x94\xBB\xE9\x9D\xA2", 6);
    sink_write(&body, title.p, title.n);
    CodecRun zipped = run_with("zTXt", sink_text(&body).p, sink_text(&body).n);
    assert_string_equal(zipped.head.xmp_title, "\xE7\x94\xBB\xE9\x9D\xA2");
    codec_done(&latin);
    codec_done(&zipped);
}

/* ---- damage ---- */

static Str gray_file(size_t pieces) {
    Sink s;
    start_png(&s, W, H, 8, PNG_COLOR_TYPE_GRAY, 0);
    end_gray(&s, pieces);
    return sink_text(&s);
}

static void an_ancillary_chunk_with_a_wrong_sum_is_not_believed(void **state) {
    (void)state;
    Sink s;
    start_png(&s, W, H, 8, PNG_COLOR_TYPE_GRAY, 0);
    add_chunk(&s, "gAMA", "\0\0\xB1\x8F", 4);
    s.bytes[SIGNATURE_AND_IHDR + 8] ^= 1;
    end_gray(&s, 1);
    CodecRun r = run(&s);
    assert_true(r.head.gamma == 0);
    assert_string_equal(r.damage.en, "wrong sum of the gAMA chunk");
    assert_int_equal(r.read.rows, H);
    assert_null(r.read.why.zh);
    codec_done(&r);
}

static void an_unknown_critical_chunk_is_told(void **state) {
    (void)state;
    CodecRun r = RUN_WITH("CgBI", "\x50\0\x20\2"), private = RUN_WITH("prVt", "anything");
    assert_non_null(r.damage.zh);
    assert_int_equal(r.read.rows, H);
    assert_whole(&private);
    codec_done(&r);
    codec_done(&private);
}

static void a_header_with_a_wrong_sum_is_refused(void **state) {
    (void)state;
    Str file = gray_file(1);
    char *copy = arena_copy(arena, file.p, file.n);
    copy[20] ^= 1;
    CodecRun r = codec_run(&png_codec, copy, file.n);
    assert_false(r.opened);
    codec_done(&r);
}

static void pixels_with_a_wrong_sum_are_given_with_the_reason(void **state) {
    (void)state;
    Str file = gray_file(1);
    char *copy = arena_copy(arena, file.p, file.n);
    copy[file.n - 12 - 1] ^= 1; /* the sum itself: the pixels are all right */
    CodecRun r = codec_run(&png_codec, copy, file.n);
    assert_int_equal(r.read.rows, H);
    assert_string_equal(r.read.why.en, "wrong sum of an IDAT chunk");
    assert_string_equal(r.damage.en, "wrong sum of the IDAT chunk");
    codec_done(&r);
}

static void rows_above_a_cut_are_whole(void **state) {
    (void)state;
    for (size_t pieces = 1; pieces <= 3; pieces += 2) {
        Str file = gray_file(pieces);
        CodecRun all = codec_run(&png_codec, file.p, file.n);
        uint32_t rows = 0;
        for (size_t n = SIGNATURE_AND_IHDR + 8; n < file.n; n++) {
            CodecRun r = codec_run(&png_codec, file.p, n);
            assert_true(r.opened && r.damage.zh);
            assert_true(r.read.rows >= rows);
            assert_true(r.read.rows == H || r.read.why.zh);
            assert_memory_equal(r.rows, all.rows, r.count);
            rows = r.read.rows;
            codec_done(&r);
        }
        assert_int_equal(rows, H);
        codec_done(&all);
    }
}

static void rows_of_an_interlaced_file_are_whole_in_the_last_pass(void **state) {
    (void)state;
    Sink s = file_of(&(Kind){16, PNG_COLOR_TYPE_RGB, true, false});
    Str file = sink_text(&s);
    CodecRun all = run(&s);
    bool some = false;
    for (size_t n = SIGNATURE_AND_IHDR + 8; n < file.n; n += 7) {
        CodecRun r = codec_run(&png_codec, file.p, n);
        some = some || (r.read.rows > 0 && r.read.rows < H);
        assert_memory_equal(r.rows, all.rows, r.count);
        codec_done(&r);
    }
    assert_true(some);
    codec_done(&all);
}

static void what_follows_the_end_is_told(void **state) {
    (void)state;
    Str file = gray_file(1);
    char *longer = arena_printf(arena, "%*s", (int)file.n + 5, "");
    memcpy(longer, file.p, file.n);
    CodecRun r = codec_run(&png_codec, longer, file.n + 5);
    assert_string_equal(r.damage.en, "5 bytes of other data behind the end");
    assert_int_equal(r.read.rows, H);
    codec_done(&r);
}

/* ---- bombs ---- */

static void a_tiny_file_that_claims_a_huge_picture_ends_at_once(void **state) {
    (void)state;
    for (int interlace = 0; interlace < 2; interlace++) {
        Sink s;
        start_png(&s, 1000000, 1000000, 16, PNG_COLOR_TYPE_RGBA, interlace);
        end_gray(&s, 1);
        CodecRun r = run(&s);
        assert_int_equal(r.head.width, 1000000);
        assert_int_equal(r.read.rows, 0);
        assert_non_null(r.read.why.zh);
        assert_true(r.read.too_large);
        codec_done(&r);
    }
}

static void a_profile_that_unpacks_without_end_is_a_fault(void **state) {
    (void)state;
    size_t n = (size_t)64 << 20;
    uint8_t *zeros = calloc(1, n);
    assert_non_null(zeros);
    Sink body = sink_memory(arena);
    sink_write(&body, "bomb\0\0", 6);
    Str bomb = packed(zeros, n);
    free(zeros);
    sink_write(&body, bomb.p, bomb.n);
    CodecRun r = run_with("iCCP", sink_text(&body).p, sink_text(&body).n);
    assert_null(r.head.icc);
    assert_non_null(r.head.icc_fault.zh);
    assert_true(arena_bytes(r.arena) < (1 << 20));
    codec_done(&r);
    CodecRun text = run_with("zTXt", "Software\0\0", 10);
    assert_string_equal(text.head.software, "");
    codec_done(&text);
}

static void what_is_no_png_is_refused(void **state) {
    (void)state;
    static const char *const files[] = {"", "\211PNG", "\211PNG\r\n\032\n",
                                        "\377\330\377\340 JPEG"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        CodecRun r = codec_run(&png_codec, files[i], strlen(files[i]));
        assert_false(r.opened);
        codec_done(&r);
    }
    static const int bad[][2] = {{3, 0}, {16, 3}, {4, 2}, {8, 5}, {8, 7}, {0, 0}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        Sink s;
        start_png(&s, W, H, bad[i][0], bad[i][1], 0);
        end_gray(&s, 1);
        CodecRun r = run(&s);
        assert_false(r.opened);
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
        TEST(every_kind_of_pixel_is_spread_to_8_bits),
        TEST(density_needs_its_unit),
        TEST(colour_is_told_by_its_chunks),
        TEST(animations_are_counted_in_frames),
        TEST(orientation_comes_from_exif_or_xmp),
        TEST(texts_become_printable_utf8),
        TEST(an_ancillary_chunk_with_a_wrong_sum_is_not_believed),
        TEST(an_unknown_critical_chunk_is_told),
        TEST(a_header_with_a_wrong_sum_is_refused),
        TEST(pixels_with_a_wrong_sum_are_given_with_the_reason),
        TEST(rows_above_a_cut_are_whole),
        TEST(rows_of_an_interlaced_file_are_whole_in_the_last_pass),
        TEST(what_follows_the_end_is_told),
        TEST(a_tiny_file_that_claims_a_huge_picture_ends_at_once),
        TEST(a_profile_that_unpacks_without_end_is_a_fault),
        TEST(what_is_no_png_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
