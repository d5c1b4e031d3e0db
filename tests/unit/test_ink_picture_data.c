/* Where pixels come from: JPEG, predictors, chains of filters, inline images; and data that are cut
 * off or make no sense. */
#include "picture_reference.h"

#include <zlib.h>

#include <jpeglib.h>

static size_t jpeg(uint8_t **out, int width, int height, int channels, J_COLOR_SPACE in,
                   J_COLOR_SPACE inside, bool adobe, const uint8_t *pixel) {
    struct jpeg_compress_struct c;
    struct jpeg_error_mgr errors;
    unsigned long n = 0;
    uint8_t row[MOST_SIDE * 16 * MOST_CHANNELS], *rows[1] = {row};
    c.err = jpeg_std_error(&errors);
    jpeg_create_compress(&c);
    *out = NULL;
    jpeg_mem_dest(&c, out, &n);
    c.image_width = (JDIMENSION)width;
    c.image_height = (JDIMENSION)height;
    c.input_components = channels;
    c.in_color_space = in;
    jpeg_set_defaults(&c);
    jpeg_set_colorspace(&c, inside);
    c.write_Adobe_marker = adobe;
    jpeg_set_quality(&c, 100, TRUE);
    jpeg_start_compress(&c, TRUE);
    for (int x = 0; x < width * channels; x++)
        row[x] = pixel[x % channels];
    for (int y = 0; y < height; y++)
        (void)jpeg_write_scanlines(&c, rows, 1);
    jpeg_finish_compress(&c);
    jpeg_destroy_compress(&c);
    return n;
}

typedef struct JpegCase {
    const char *entries;
    J_COLOR_SPACE in, inside;
    int channels;
    bool adobe;
    uint8_t pixel[4], wanted[4];
} JpegCase;

static void jpegs_are_decoded_by_the_rules_of_their_marker(void **state) {
    (void)state;
    static const JpegCase cases[] = {
        {"", JCS_GRAYSCALE, JCS_GRAYSCALE, 1, false, {77}, {77}},
        {"", JCS_RGB, JCS_YCbCr, 3, false, {200, 90, 30}, {200, 90, 30}},
        {"", JCS_RGB, JCS_RGB, 3, true, {200, 90, 30}, {200, 90, 30}},
        {"/DecodeParms<</ColorTransform 0>>", JCS_RGB, JCS_RGB, 3, true, {9, 90, 30}, {9, 90, 30}},
        {"/DecodeParms<</ColorTransform 0>>", JCS_RGB, JCS_YCbCr, 3, true, {9, 9, 30}, {9, 9, 30}},
        {"/DecodeParms[<</ColorTransform 0>>]", JCS_RGB, JCS_RGB, 3, false, {9, 9, 30}, {9, 9, 30}},
        {"", JCS_CMYK, JCS_CMYK, 4, true, {200, 90, 30, 5}, {200, 90, 30, 5}},
        {"", JCS_CMYK, JCS_CMYK, 4, false, {200, 90, 30, 5}, {200, 90, 30, 5}},
        {"", JCS_CMYK, JCS_YCCK, 4, true, {200, 90, 30, 5}, {200, 90, 30, 5}},
        {"/DecodeParms<</ColorTransform 1>>",
         JCS_CMYK,
         JCS_YCCK,
         4,
         false,
         {9, 9, 3, 5},
         {9, 9, 3, 5}},
        {"/Decode[1 0 1 0 1 0 1 0]",
         JCS_CMYK,
         JCS_YCCK,
         4,
         true,
         {200, 90, 30, 5},
         {55, 165, 225, 250}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const JpegCase *c = &cases[i];
        uint8_t *bytes;
        char entries[256];
        size_t n = jpeg(&bytes, 96, 64, c->channels, c->in, c->inside, c->adobe, c->pixel);
        snprintf(entries, sizeof entries,
                 "/Width 96/Height 64/BitsPerComponent 8/Filter/DCTDecode%s", c->entries);
        open_artwork(entries, bytes, n, NULL, "", 0);
        in_space(c->channels == 1   ? SPACE_GRAY
                 : c->channels == 3 ? SPACE_RGB
                                    : SPACE_CMYK,
                 c->channels);
        for (int size = 1; size <= 4; size *= 2) {
            Matrix m = {7.3 * size, 0, 0, -5.1 * size, 4, 24};
            Told t = draw(&m);
            assert_true(t.drawn && !t.part);
            assert_int_equal(canvas.shape[22][6], 255);
            for (int k = 0; k < c->channels; k++)
                near(canvas.samples[22][6][k], c->wanted[k], 3, (int)i, k, "JPEG");
        }
        close_artwork();
        free(bytes);
    }
}

static void data_that_end_too_soon_are_drawn_as_far_as_they_go(void **state) {
    (void)state;
    pack(&codes, 20, 20, 1, 8);
    open_artwork("/Width 20/Height 20/BitsPerComponent 8", codes.packed, 20 * 10 + 5, NULL, "", 0);
    in_space(SPACE_GRAY, 1);
    Matrix m = {20, 0, 0, -20, 2, 22};
    Told t = draw(&m);
    assert_true(t.drawn && t.part);
    assert_int_equal(canvas.shape[11][5], 255);
    assert_int_equal(canvas.shape[12][5], 0);
    Matrix turned = {0, 20, 20, 0, 2, 2};
    t = draw(&turned);
    assert_true(t.drawn && t.part);
    assert_int_equal(canvas.shape[5][12], 255);
    assert_int_equal(canvas.shape[5][11], 0);
    close_artwork();
    static const uint8_t pixel[] = {99};
    uint8_t *bytes;
    size_t n = jpeg(&bytes, 512, 512, 1, JCS_GRAYSCALE, JCS_GRAYSCALE, false, pixel);
    open_artwork("/Width 512/Height 512/BitsPerComponent 8/Filter/DCTDecode", bytes, n * 2 / 3,
                 NULL, "", 0);
    in_space(SPACE_GRAY, 1);
    t = draw(&m);
    assert_true(t.drawn && t.part);
    assert_int_equal(canvas.shape[4][5], 255);
    assert_int_equal(canvas.shape[21][5], 0);
    close_artwork();
    open_artwork("/Width 512/Height 512/BitsPerComponent 8/Filter/DCTDecode", bytes, 20, NULL, "",
                 0);
    in_space(SPACE_GRAY, 1);
    assert_false(draw(&m).drawn);
    close_artwork();
    free(bytes);
}

static void sizes_that_mean_no_picture_are_refused(void **state) {
    (void)state;
    static const struct Bad {
        int width, height, bits;
    } bad[] = {{0, 5, 8}, {5, -1, 8}, {1 << 30, 1 << 30, 8}, {1 << 20, 1 << 20, 16}, {5, 5, 3}};
    Matrix m = {8, 0, 0, -4, 2, 6};
    open_artwork("", "abc", 3, NULL, "", 0);
    in_space(SPACE_CMYK, 4);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        art.image.width = bad[i].width;
        art.image.height = bad[i].height;
        art.image.bits = bad[i].bits;
        assert_false(draw(&m).drawn);
    }
    close_artwork();
}

static void an_inline_image_is_read_from_its_own_bytes(void **state) {
    (void)state;
    static const char dict[] = "<</Width 2/Height 1/BitsPerComponent 8/Filter/ASCIIHexDecode>>";
    open_artwork("", "", 0, NULL, "", 0);
    in_space(SPACE_GRAY, 1);
    art.image = (PaintImage){.dict = pdf_parse(art.file, dict, sizeof dict - 1),
                             .is_inline = true,
                             .inline_data = (const uint8_t *)"21fe>",
                             .inline_bytes = 5,
                             .width = 2,
                             .height = 1,
                             .bits = 8,
                             .space = &art.space};
    Matrix m = {8, 0, 0, -4, 2, 6};
    Told t = draw(&m);
    assert_true(t.drawn && !t.part);
    assert_int_equal(canvas.samples[3][3][0], 0x21);
    assert_int_equal(canvas.samples[3][8][0], 0xfe);
    close_artwork();
}

/* Rows filtered as the PNG filters 0 … 4 in turn, then deflated. */
static size_t png_rows(uint8_t *out, size_t room, const uint8_t *p, size_t stride, size_t rows,
                       size_t pixel) {
    static uint8_t filtered[ROOM];
    size_t n = 0;
    for (size_t y = 0; y < rows; y++) {
        int filter = (int)(y % 5);
        filtered[n++] = (uint8_t)filter;
        for (size_t x = 0; x < stride; x++) {
            int here = p[y * stride + x], left = x >= pixel ? p[y * stride + x - pixel] : 0;
            int up = y ? p[(y - 1) * stride + x] : 0,
                corner = y && x >= pixel ? p[(y - 1) * stride + x - pixel] : 0;
            int base = left + up - corner, a = abs(base - left), b = abs(base - up),
                c = abs(base - corner);
            int guess = a <= b && a <= c ? left : b <= c ? up : corner;
            int minus[] = {0, left, up, (left + up) / 2, guess};
            filtered[n++] = (uint8_t)(here - minus[filter]);
        }
    }
    uLongf size = room;
    assert_int_equal(compress(out, &size, filtered, n), Z_OK);
    return size;
}

static void predictors_are_undone(void **state) {
    (void)state;
    static uint8_t packed[ROOM], differences[ROOM];
    static const int depths[] = {1, 4, 8, 16};
    char entries[256];
    for (size_t b = 0; b < 4; b++)
        for (int tiff = 0; tiff < 2; tiff++) {
            int bits = depths[b];
            pack(&codes, 23, 17, 3, bits);
            size_t stride = codes.n / 17, n = 0;
            if (tiff) {
                Codes plain = codes;
                memset(differences, 0, sizeof differences);
                for (int y = 0; y < 17; y++)
                    for (int x = 0; x < 23 * 3; x++) {
                        unsigned here = plain.values[y][x / 3][x % 3],
                                 left = x >= 3 ? plain.values[y][x / 3 - 1][x % 3] : 0,
                                 v = (here - left) & ((1u << bits) - 1);
                        size_t bit = (size_t)(x * bits);
                        uint8_t *at = differences + (size_t)y * stride + bit / 8;
                        if (bits == 16) {
                            at[0] = (uint8_t)(v >> 8);
                            at[1] = (uint8_t)v;
                        } else {
                            *at = (uint8_t)(*at | v << (8 - (unsigned)bits - bit % 8));
                        }
                    }
                uLongf size = sizeof packed;
                assert_int_equal(compress(packed, &size, differences, codes.n), Z_OK);
                n = size;
            } else {
                n = png_rows(packed, sizeof packed, codes.packed, stride, 17,
                             (size_t)(3 * bits + 7) / 8);
            }
            snprintf(entries, sizeof entries,
                     "/Width 23/Height 17/BitsPerComponent %d/Filter/FlateDecode/DecodeParms"
                     "<</Predictor %d/Colors 3/Columns 23/BitsPerComponent %d>>",
                     bits, tiff ? 2 : 15, bits);
            open_artwork(entries, packed, n, NULL, "", 0);
            in_space(SPACE_RGB, 3);
            mean_of_codes(&codes, 23, 17, 3, bits, false);
            every_way(false, 1);
            close_artwork();
        }
}

static void a_chain_of_filters_is_undone(void **state) {
    (void)state;
    static uint8_t deflated[ROOM], hex[ROOM];
    pack(&codes, 23, 17, 3, 8);
    uLongf n = sizeof deflated;
    assert_int_equal(compress(deflated, &n, codes.packed, codes.n), Z_OK);
    for (size_t i = 0; i < n; i++)
        snprintf((char *)hex + 2 * i, 3, "%02x", deflated[i]);
    hex[2 * n] = '>';
    open_artwork("/Width 23/Height 17/BitsPerComponent 8/Filter[/ASCIIHexDecode/FlateDecode]", hex,
                 2 * n + 1, NULL, "", 0);
    in_space(SPACE_RGB, 3);
    mean_of_codes(&codes, 23, 17, 3, 8, false);
    every_way(false, 1);
    close_artwork();
}

static void an_image_that_comes_again_is_the_same(void **state) {
    (void)state;
    pack(&codes, 23, 17, 3, 8);
    open_artwork("/Width 23/Height 17/BitsPerComponent 8", codes.packed, codes.n, NULL, "", 0);
    in_space(SPACE_RGB, 3);
    Pictures *p = pictures_new(art.arena, art.file, 3000);
    Matrix m = oriented(0, 20.2, 14.9), shifted = m;
    shifted.e += 5;
    assert_true(draw_with(p, &m, everything).drawn);
    Canvas first = canvas;
    for (int i = 0; i < 3; i++) {
        assert_true(draw_with(p, &shifted, everything).drawn);
        for (int y = 0; y < DOWN; y++) {
            assert_memory_equal(canvas.shape[y] + 5, first.shape[y], ACROSS - 5);
            assert_memory_equal(canvas.samples[y] + 5, first.samples[y], (ACROSS - 5) * 4);
        }
        assert_true(draw_with(p, &m, everything).drawn);
        assert_memory_equal(&canvas, &first, sizeof first);
    }
    /* A part of it looks the same there. */
    Area part = {8, 6, 14, 9};
    assert_true(draw_with(p, &m, part).drawn);
    for (int y = 6; y < 9; y++)
        assert_memory_equal(canvas.samples[y] + 8, first.samples[y] + 8, 6 * 4);
    assert_int_equal(canvas.rows, 3);
    pictures_free(p);
    close_artwork();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(jpegs_are_decoded_by_the_rules_of_their_marker),
        cmocka_unit_test(data_that_end_too_soon_are_drawn_as_far_as_they_go),
        cmocka_unit_test(sizes_that_mean_no_picture_are_refused),
        cmocka_unit_test(an_inline_image_is_read_from_its_own_bytes),
        cmocka_unit_test(predictors_are_undone),
        cmocka_unit_test(a_chain_of_filters_is_undone),
        cmocka_unit_test(an_image_that_comes_again_is_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
