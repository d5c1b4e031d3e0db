/* Headers of JPEG and JPEG 2000, as bytes. */
#include "read/pdf/image_header.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define SOI        "\xFF\xD8"
#define SOS        "\xFF\xDA\0\10"
#define JFIF(u, d) "\xFF\xE0\0\20JFIF\0\1\2" u d d "\0\0"
#define ADOBE(t)                                                                                   \
    "\xFF\xEE\0\16"                                                                                \
    "Adobe\0\144\0\0\0\0" t
#define SOF4 "\xFF\xC0\0\24\10\0\120\0\144\4\1\21\0\2\21\0\3\21\0\4\21\0"
#define SOF1 "\xFF\xC2\0\13\14\1\0\2\0\1\1\21\0"

#define SIGNATURE  "\0\0\0\14jP  \r\n\x87\n"
#define IHDR(c, b) "\0\0\0\26ihdr\0\0\0\36\0\0\0\50\0" c b "\7\0\0"
#define COLR(n)    "\0\0\0\17colr\1\0\0\0\0\0" n
#define SIZ(c)                                                                                     \
    "\xFF\x4F\xFF\x51\0\61\0\0\0\0\0\62\0\0\0\74\0\0\0\2\0\0\0\4"                                  \
    "\0\0\0\100\0\0\0\100\0\0\0\0\0\0\0\0\0" c

static ImageHeader h;

/* Reads an exact copy on the heap, so that a byte too far is seen by the sanitizer. */
static bool read_copy(Filter filter, const void *p, size_t n) {
    uint8_t *copy = malloc(n ? n : 1);
    memcpy(copy, p, n);
    bool found = image_header(&h, filter, copy, n);
    free(copy);
    return found;
}

#define READ(filter, literal) read_copy((filter), (literal), sizeof(literal) - 1)

static void a_cmyk_jpeg_is_read(void **state) {
    (void)state;
    assert_true(READ(FILTER_DCT, SOI JFIF("\1", "\1\54") ADOBE("\2") SOF4 SOS));
    assert_int_equal(h.width, 100);
    assert_int_equal(h.height, 80);
    assert_int_equal(h.components, 4);
    assert_int_equal(h.bits, 8);
    assert_int_equal(h.space, SPACE_CMYK);
    assert_int_equal(h.transform, 2);
    assert_float_equal(h.density, 300, 0);
}

static void a_gray_jpeg_of_twelve_bits_is_read(void **state) {
    (void)state;
    assert_true(READ(FILTER_DCT, "\r\n" SOI SOF1 SOS));
    assert_int_equal(h.width, 512);
    assert_int_equal(h.bits, 12);
    assert_int_equal(h.space, SPACE_GRAY);
    assert_int_equal(h.transform, -1);
    assert_float_equal(h.density, 0, 0);
}

static void density_may_be_in_centimetres_or_absent(void **state) {
    (void)state;
    assert_true(READ(FILTER_DCT, SOI JFIF("\2", "\0\166") SOF1 SOS));
    assert_float_equal(h.density, 299.72, 1e-3);
    assert_true(READ(FILTER_DCT, SOI JFIF("\0", "\0\1") SOF1 SOS));
    assert_float_equal(h.density, 0, 0);
}

static void exif_gives_the_density_when_jfif_does_not(void **state) {
    (void)state;
    static const char jpeg[] = SOI "\xFF\xE1\0\66"
                                   "Exif\0\0"
                                   "II*\0\10\0\0\0\2\0"
                                   "\x1A\1\5\0\1\0\0\0\46\0\0\0"
                                   "\x28\1\3\0\1\0\0\0\2\0\0\0"
                                   "\0\0\0\0"
                                   "\x2C\1\0\0\1\0\0\0" SOF1 SOS;
    assert_true(READ(FILTER_DCT, jpeg));
    assert_float_equal(h.density, 300, 0);
}

static void a_jpeg_without_a_frame_is_not_read(void **state) {
    (void)state;
    assert_false(READ(FILTER_DCT, SOI SOS));
    assert_false(h.need_more);
    assert_false(READ(FILTER_DCT, "not a picture at all, whatever it says"));
    assert_false(h.need_more);
}

static void jp2_boxes_are_read(void **state) {
    (void)state;
    assert_true(READ(FILTER_JPX, SIGNATURE "\0\0\0\55jp2h" IHDR("\3", "\7") COLR("\20")));
    assert_int_equal(h.width, 40);
    assert_int_equal(h.height, 30);
    assert_int_equal(h.components, 3);
    assert_int_equal(h.bits, 8);
    assert_int_equal(h.space, SPACE_RGB);
    assert_false(h.alpha);
}

static void one_channel_too_many_is_alpha(void **state) {
    (void)state;
    assert_true(READ(FILTER_JPX, SIGNATURE "\0\0\0\55jp2h" IHDR("\4", "\7") COLR("\20")));
    assert_int_equal(h.components, 3);
    assert_true(h.alpha);
    assert_true(READ(FILTER_JPX, SIGNATURE "\0\0\0\55jp2h" IHDR("\4", "\7") COLR("\14")));
    assert_int_equal(h.components, 4);
    assert_int_equal(h.space, SPACE_CMYK);
    assert_false(h.alpha);
}

static void a_palette_gives_channels_and_depth(void **state) {
    (void)state;
    assert_true(READ(FILTER_JPX, SIGNATURE "\0\0\0\103jp2h" IHDR("\1", "\3")
                                     COLR("\20") "\0\0\0\26pclr\0\2\3\7\7\7"
                                                 "\0\0\0\1\1\1\0\0"));
    assert_int_equal(h.components, 3);
    assert_int_equal(h.bits, 8);
    assert_int_equal(h.space, SPACE_RGB);
}

static void a_bare_codestream_tells_mixed_depths(void **state) {
    (void)state;
    assert_true(READ(FILTER_JPX, SIZ("\3") "\7\1\1\13\1\1\7\1\1"));
    assert_int_equal(h.width, 48);
    assert_int_equal(h.height, 56);
    assert_int_equal(h.components, 3);
    assert_int_equal(h.bits, 12);
    assert_true(h.mixed_bits);
}

static void depths_that_the_boxes_leave_out_come_from_the_codestream(void **state) {
    (void)state;
    static const char jp2[] =
        SIGNATURE "\0\0\0\36jp2h" IHDR("\1", "\xFF") "\0\0\0\0jp2c" SIZ("\1") "\17\1\1";
    assert_true(READ(FILTER_JPX, jp2));
    assert_int_equal(h.bits, 16);
    assert_int_equal(h.width, 48);
}

static void a_short_beginning_asks_for_more(void **state) {
    (void)state;
    static const char jpeg[] = SOI JFIF("\1", "\1\54") ADOBE("\2") SOF4;
    for (size_t n = 0; n + 14 < sizeof jpeg - 1; n++) {
        assert_false(read_copy(FILTER_DCT, jpeg, n));
        assert_true(h.need_more);
    }
    static const char jp2[] = SIGNATURE "\0\0\0\55jp2h" IHDR("\3", "\7") COLR("\20");
    for (size_t n = 0; n < sizeof jp2 - 1; n++) {
        assert_false(read_copy(FILTER_JPX, jp2, n));
        assert_true(h.need_more);
    }
}

static void other_codecs_have_no_header_here(void **state) {
    (void)state;
    assert_false(READ(FILTER_CCITT, SOI SOF1));
    assert_false(image_header(&h, FILTER_DCT, NULL, 0));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cmyk_jpeg_is_read),
        cmocka_unit_test(a_gray_jpeg_of_twelve_bits_is_read),
        cmocka_unit_test(density_may_be_in_centimetres_or_absent),
        cmocka_unit_test(exif_gives_the_density_when_jfif_does_not),
        cmocka_unit_test(a_jpeg_without_a_frame_is_not_read),
        cmocka_unit_test(jp2_boxes_are_read),
        cmocka_unit_test(one_channel_too_many_is_alpha),
        cmocka_unit_test(a_palette_gives_channels_and_depth),
        cmocka_unit_test(a_bare_codestream_tells_mixed_depths),
        cmocka_unit_test(depths_that_the_boxes_leave_out_come_from_the_codestream),
        cmocka_unit_test(a_short_beginning_asks_for_more),
        cmocka_unit_test(other_codecs_have_no_header_here),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
