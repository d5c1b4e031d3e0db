/* Pictures by kind and place: depths, spaces, Decode, stencils, sides, strips. */
#include "picture_reference.h"

static void every_depth_and_space_is_the_mean_of_its_samples(void **state) {
    (void)state;
    static const struct Kind {
        Space space;
        int channels;
        const char *inverted;
    } kinds[] = {{SPACE_GRAY, 1, "[1 0]"},
                 {SPACE_RGB, 3, "[1 0 1 0 1 0]"},
                 {SPACE_CMYK, 4, "[1 0 1 0 1 0 1 0]"}};
    static const int depths[] = {1, 2, 4, 8, 16};
    char entries[256];
    for (size_t k = 0; k < 3; k++)
        for (size_t b = 0; b < 5; b++)
            for (int inverted = 0; inverted < 2; inverted++) {
                int width = 23, height = 17, n = kinds[k].channels, bits = depths[b];
                pack(&codes, width, height, n, bits);
                snprintf(entries, sizeof entries, "/Width 23/Height 17/BitsPerComponent %d%s%s",
                         bits, inverted ? "/Decode" : "", inverted ? kinds[k].inverted : "");
                open_artwork(entries, codes.packed, codes.n, NULL, "", 0);
                in_space(kinds[k].space, n);
                mean_of_codes(&codes, width, height, n, bits, inverted);
                every_way(false, 1);
                close_artwork();
            }
}

static void indices_become_colours_before_they_are_mixed(void **state) {
    (void)state;
    uint8_t palette[16 * 3];
    for (size_t i = 0; i < sizeof palette; i++)
        palette[i] = (uint8_t)noise(256);
    for (int bits = 1; bits <= 8; bits *= 2) {
        pack(&codes, 20, 20, 1, bits);
        char entries[128];
        snprintf(entries, sizeof entries, "/Width 20/Height 20/BitsPerComponent %d", bits);
        open_artwork(entries, codes.packed, codes.n, NULL, "", 0);
        in_space(SPACE_INDEXED, 1);
        art.base = (ColourSpace){.space = SPACE_RGB, .components = 3};
        art.space.base = &art.base;
        art.space.palette = palette;
        art.space.high = 15;
        meaning = (Meaning){.width = 20, .height = 20, .channels = 3};
        for (int y = 0; y < 20; y++)
            for (int x = 0; x < 20; x++) {
                unsigned i = codes.values[y][x][0] > 15 ? 15 : codes.values[y][x][0];
                meaning.weight[y][x] = 1;
                for (int k = 0; k < 3; k++)
                    meaning.samples[y][x][k] = palette[3 * i + (unsigned)k];
            }
        every_way(false, 1);
        close_artwork();
    }
}

static void a_decode_that_clips_is_clipped_before_it_is_mixed(void **state) {
    (void)state;
    pack(&codes, 20, 20, 1, 8);
    open_artwork("/Width 20/Height 20/BitsPerComponent 8/Decode[-.5 1.5]", codes.packed, codes.n,
                 NULL, "", 0);
    in_space(SPACE_GRAY, 1);
    mean_of_codes(&codes, 20, 20, 1, 8, false);
    for (int y = 0; y < 20; y++)
        for (int x = 0; x < 20; x++)
            meaning.samples[y][x][0] = clamped(meaning.samples[y][x][0] * 2 - 127.5, 0, 255);
    every_way(false, 1.3);
    close_artwork();
}

static void decode_of_lab_is_over_its_own_range(void **state) {
    (void)state;
    pack(&codes, 20, 20, 3, 8);
    open_artwork("/Width 20/Height 20/BitsPerComponent 8/Decode[0 100 50 -50 -50 50]", codes.packed,
                 codes.n, NULL, "", 0);
    in_space(SPACE_LAB, 3);
    memcpy(art.space.range, (double[]){-100, 100, -50, 50}, 4 * sizeof(double));
    mean_of_codes(&codes, 20, 20, 3, 8, false);
    for (int y = 0; y < 20; y++)
        for (int x = 0; x < 20; x++)
            meaning.samples[y][x][1] = 191.25 - meaning.samples[y][x][1] / 2;
    every_way(false, 1);
    close_artwork();
}

static void a_stencil_paints_where_its_bits_are_0(void **state) {
    (void)state;
    for (int inverted = 0; inverted < 2; inverted++) {
        pack(&codes, 37, 21, 1, 1);
        char entries[128];
        snprintf(entries, sizeof entries, "/Width 37/Height 21/ImageMask true/Decode[%d %d]",
                 inverted, !inverted);
        open_artwork(entries, codes.packed, codes.n, NULL, "", 0);
        art.image.stencil = true;
        art.image.space = NULL;
        art.image.bits = 1;
        Matrix m = {30.3, 0, 0, -25.1, 4.4, 28.3};
        Told t = draw(&m);
        assert_true(t.drawn && !t.part);
        meaning = (Meaning){.width = 37, .height = 21};
        for (int y = 0; y < 21; y++)
            for (int x = 0; x < 37; x++)
                meaning.weight[y][x] = codes.values[y][x][0] == (unsigned)inverted;
        double ink = 0, wanted = 0;
        for (int y = 0; y < DOWN; y++)
            for (int x = 0; x < ACROSS; x++) {
                ink += canvas.shape[y][x] / 255.0;
                if (x > 4 && x < 34 && y > 3 && y < 28)
                    near(canvas.shape[y][x], 255 * mean_at(&m, x, y).weight, 0.6, x, y, "shape");
            }
        for (int y = 0; y < 21; y++)
            for (int x = 0; x < 37; x++)
                wanted += meaning.weight[y][x] * 30.3 * 25.1 / (37 * 21);
        near(ink, wanted, 0.6, 0, 0, "ink of a small stencil");
        close_artwork();
    }
}

static void strips_leave_no_seam_and_do_not_overlap(void **state) {
    (void)state;
    uint8_t black[40] = {0};
    int covered[DOWN] = {0};
    open_artwork("/Width 8/Height 5/BitsPerComponent 8", black, sizeof black, NULL, "", 0);
    in_space(SPACE_GRAY, 1);
    for (int i = 0; i < 7; i++) {
        Matrix m = {20, 0, 0, -3.37, 2, 2.2 + 3.37 * (i + 1)};
        assert_true(draw(&m).drawn);
        for (int y = 0; y < DOWN; y++) {
            covered[y] += canvas.shape[y][5] == 255;
            assert_true(canvas.shape[y][5] == 0 || canvas.shape[y][5] == 255);
        }
    }
    for (int y = 0; y < DOWN; y++)
        assert_int_equal(covered[y], y >= 2 && y < 26);
    close_artwork();
}

static void a_hairline_made_as_an_image_keeps_its_ink(void **state) {
    (void)state;
    uint8_t black[8] = {0};
    open_artwork("/Width 8/Height 1/BitsPerComponent 8", black, sizeof black, NULL, "", 0);
    in_space(SPACE_GRAY, 1);
    Matrix m = {20, 0, 0, -.25, 2, 5.4};
    assert_true(draw(&m).drawn);
    near(canvas.shape[5][5], 255 * .25, 1, 5, 5, "shape");
    m.f = 5.1;
    assert_true(draw(&m).drawn);
    near(canvas.shape[4][5] + canvas.shape[5][5], 255 * .25, 2, 5, 5, "shape");
    close_artwork();
}

static void an_image_that_lies_askew_keeps_its_area_and_colours(void **state) {
    (void)state;
    static const uint8_t halves[] = {10, 10, 200, 200, 10, 10, 200, 200};
    open_artwork("/Width 4/Height 2/BitsPerComponent 8", halves, sizeof halves, NULL, "", 0);
    in_space(SPACE_GRAY, 1);
    Matrix m = {16, 8, 4, -12, 8, 14};
    assert_true(draw(&m).drawn);
    double ink = 0;
    for (int y = 0; y < DOWN; y++)
        for (int x = 0; x < ACROSS; x++)
            ink += canvas.shape[y][x] / 255.0;
    near(ink, 16 * 12 + 8 * 4, 1, 0, 0, "area");
    for (int i = 0; i < 2; i++) {
        Point p = matrix_apply(&m, .25 + .5 * i, .5);
        assert_int_equal(canvas.samples[(int)p.y][(int)p.x][0], halves[2 * i]);
    }
    close_artwork();
}

static void a_large_image_askew_is_reduced_before_it_is_sampled(void **state) {
    (void)state;
    for (int i = 0; i < 64 * 64; i++)
        codes.packed[i] = (uint8_t)((i + i / 64) % 2 ? 255 : 0);
    open_artwork("/Width 64/Height 64/BitsPerComponent 8", codes.packed, 64 * 64, NULL, "", 0);
    in_space(SPACE_GRAY, 1);
    Matrix m = {9, 7, 7, -9, 8, 14};
    assert_true(draw(&m).drawn);
    for (int y = 0; y < DOWN; y++)
        for (int x = 0; x < ACROSS; x++)
            if (canvas.shape[y][x])
                near(canvas.samples[y][x][0], 127.5, 22, x, y, "sample");
    close_artwork();
}

static void no_matrix_is_too_wild(void **state) {
    (void)state;
    static const double wild[] = {0, 1e-30, 1e30, -1e30, NAN, INFINITY, 5, -7.5, 1e9};
    enum { COUNT = sizeof wild / sizeof *wild };
    pack(&codes, 7, 5, 1, 8);
    open_artwork("/Width 7/Height 5/BitsPerComponent 8", codes.packed, codes.n, NULL, "", 0);
    in_space(SPACE_GRAY, 1);
    for (int i = 0; i < 3000; i++) {
        Matrix m = {wild[noise(COUNT)], wild[noise(COUNT)], wild[noise(COUNT)],
                    wild[noise(COUNT)], wild[noise(COUNT)], wild[noise(COUNT)]};
        (void)draw(&m);
    }
    close_artwork();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_depth_and_space_is_the_mean_of_its_samples),
        cmocka_unit_test(indices_become_colours_before_they_are_mixed),
        cmocka_unit_test(a_decode_that_clips_is_clipped_before_it_is_mixed),
        cmocka_unit_test(decode_of_lab_is_over_its_own_range),
        cmocka_unit_test(a_stencil_paints_where_its_bits_are_0),
        cmocka_unit_test(strips_leave_no_seam_and_do_not_overlap),
        cmocka_unit_test(a_hairline_made_as_an_image_keeps_its_ink),
        cmocka_unit_test(an_image_that_lies_askew_keeps_its_area_and_colours),
        cmocka_unit_test(a_large_image_askew_is_reduced_before_it_is_sampled),
        cmocka_unit_test(no_matrix_is_too_wild),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
