/* What cuts a picture out: colour keys, explicit and soft masks, Matte. */
#include "picture_reference.h"

static Codes mask_codes;

static void a_colour_key_cuts_out_without_a_fringe(void **state) {
    (void)state;
    static const int depths[] = {2, 8, 16};
    for (size_t b = 0; b < 3; b++) {
        int bits = depths[b], last = (1 << bits) - 1;
        char entries[160];
        pack(&codes, 20, 20, 3, bits);
        snprintf(entries, sizeof entries,
                 "/Width 20/Height 20/BitsPerComponent %d/Mask[0 %d 0 %d 0 %d]", bits, last / 2,
                 last, last);
        open_artwork(entries, codes.packed, codes.n, NULL, "", 0);
        in_space(SPACE_RGB, 3);
        art.image.mask = MASK_COLOUR_KEY;
        mean_of_codes(&codes, 20, 20, 3, bits, false);
        for (int y = 0; y < 20; y++)
            for (int x = 0; x < 20; x++)
                meaning.weight[y][x] = codes.values[y][x][0] > (unsigned)last / 2;
        every_way(false, 2);
        close_artwork();
    }
}

static void a_mask_of_the_same_size_weighs_each_pixel(void **state) {
    (void)state;
    for (int soft = 0; soft < 2; soft++) {
        pack(&codes, 20, 20, 4, 8);
        pack(&mask_codes, 20, 20, 1, soft ? 8 : 1);
        open_artwork(soft ? "/Width 20/Height 20/BitsPerComponent 8/SMask 4 0 R"
                          : "/Width 20/Height 20/BitsPerComponent 8/Mask 4 0 R",
                     codes.packed, codes.n,
                     soft ? "/Width 20/Height 20/BitsPerComponent 8/ColorSpace/DeviceGray"
                          : "/Width 20/Height 20/ImageMask true/BitsPerComponent 1",
                     mask_codes.packed, mask_codes.n);
        in_space(SPACE_CMYK, 4);
        art.image.mask = soft ? MASK_SOFT : MASK_EXPLICIT;
        mean_of_codes(&codes, 20, 20, 4, 8, false);
        for (int y = 0; y < 20; y++)
            for (int x = 0; x < 20; x++) {
                unsigned v = mask_codes.values[y][x][0];
                meaning.weight[y][x] = soft ? v / 255.0 : v == 0;
            }
        every_way(soft, 2.2);
        close_artwork();
    }
}

static void a_mask_of_another_size_is_brought_to_the_device_alone(void **state) {
    (void)state;
    pack(&codes, 12, 10, 3, 8);
    pack(&mask_codes, 31, 29, 1, 8);
    open_artwork("/Width 12/Height 10/BitsPerComponent 8/SMask 4 0 R", codes.packed, codes.n,
                 "/Width 31/Height 29/BitsPerComponent 8/ColorSpace/DeviceGray/Decode[1 0]",
                 mask_codes.packed, mask_codes.n);
    in_space(SPACE_RGB, 3);
    art.image.mask = MASK_SOFT;
    for (int way = 0; way < 8; way++) {
        Matrix m = oriented(way, 14.2, 11.3);
        assert_true(draw(&m).drawn);
        Canvas got = canvas;
        mean_of_codes(&mask_codes, 31, 29, 1, 8, true);
        for (int y = 4; y < 13; y++)
            for (int x = 5; x < 16; x++)
                if (got.shape[y][x])
                    near(got.opacity[y][x], mean_at(&m, x, y).samples[0], 1.6, x, y, "opacity");
        mean_of_codes(&codes, 12, 10, 3, 8, false);
        for (int y = 4; y < 13; y++)
            for (int x = 5; x < 16; x++)
                if (got.shape[y][x])
                    near(got.samples[y][x][2], mean_at(&m, x, y).samples[2], 1.6, x, y, "sample");
    }
    close_artwork();
}

static void matte_is_taken_out(void **state) {
    (void)state;
    /* Colour 200 at alpha .5 on matte 40, and at alpha 1. */
    static const uint8_t blended[] = {120, 200}, alpha[] = {128, 255};
    open_artwork("/Width 2/Height 1/BitsPerComponent 8/SMask 4 0 R", blended, 2,
                 "/Width 2/Height 1/BitsPerComponent 8/ColorSpace/DeviceGray/Matte[.157]", alpha,
                 2);
    in_space(SPACE_GRAY, 1);
    art.image.mask = MASK_SOFT;
    Matrix m = {8, 0, 0, -4, 2, 6};
    assert_true(draw(&m).drawn);
    near(canvas.samples[4][3][0], 200, 2, 3, 4, "sample");
    near(canvas.samples[4][8][0], 200, 2, 8, 4, "sample");
    assert_int_equal(canvas.opacity[4][3], 128);
    close_artwork();
}

static void a_soft_mask_that_can_not_be_read_stops_the_image(void **state) {
    (void)state;
    uint8_t gray[4] = {1, 2, 3, 4};
    open_artwork("/Width 2/Height 2/BitsPerComponent 8/SMask 4 0 R", gray, 4,
                 "/Width 2/Height 2/BitsPerComponent 7", gray, 4);
    in_space(SPACE_GRAY, 1);
    art.image.mask = MASK_SOFT;
    Matrix m = {8, 0, 0, -4, 2, 6};
    assert_false(draw(&m).drawn);
    close_artwork();
}

static void a_colour_key_that_is_too_short_stops_the_image(void **state) {
    (void)state;
    uint8_t gray[4] = {1, 2, 3, 4};
    open_artwork("/Width 2/Height 2/BitsPerComponent 8/Mask[0]", gray, 4, NULL, NULL, 0);
    in_space(SPACE_GRAY, 1);
    art.image.mask = MASK_COLOUR_KEY;
    Matrix m = {8, 0, 0, -4, 2, 6};
    assert_false(draw(&m).drawn);
    close_artwork();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_colour_key_cuts_out_without_a_fringe),
        cmocka_unit_test(a_mask_of_the_same_size_weighs_each_pixel),
        cmocka_unit_test(a_mask_of_another_size_is_brought_to_the_device_alone),
        cmocka_unit_test(matte_is_taken_out),
        cmocka_unit_test(a_soft_mask_that_can_not_be_read_stops_the_image),
        cmocka_unit_test(a_colour_key_that_is_too_short_stops_the_image),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
