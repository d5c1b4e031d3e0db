#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>

#include "read/pdf/tints.h"

static const double NEAR = 1e-6;
static const ColourSpace gray = {.space = SPACE_GRAY, .components = 1};
static const ColourSpace rgb = {.space = SPACE_RGB, .components = 3};
static const ColourSpace cmyk = {.space = SPACE_CMYK, .components = 4};
static const ColourSpace lab = {
    .space = SPACE_LAB, .components = 3, .range = {-128, 127, -128, 127}};

static Style styled(const ColourSpace *space, const float *values) {
    Style s;
    Tints t;
    row_clear(entity_of(FACT_style), &s);
    tints_of(&t, space, values);
    style_from_tints(&s, &t);
    return s;
}

static ColourSpace separation(const char *name) {
    return (ColourSpace){.space = SPACE_SEPARATION,
                         .components = 1,
                         .base = &cmyk,
                         .names = {str_of(name)},
                         .name_count = 1};
}

static void gray_is_black_ink(void **) {
    Style s = styled(&gray, (float[]){0.25f});
    assert_float_equal(s.k, 0.75, NEAR);
    assert_float_equal(s.c, 0, NEAR);
    assert_int_equal(s.ink_count, 1);
    assert_int_equal(s.family, FAMILY_GRAY);
    assert_int_equal(styled(&gray, (float[]){1}).white, 1);
    assert_int_equal(styled(&gray, (float[]){1}).ink_count, 0);
}

static void cmyk_counts_its_inks(void **) {
    Style s = styled(&cmyk, (float[]){0.6f, 0, 0.5f, 1});
    assert_int_equal(s.ink_count, 3);
    assert_float_equal(s.process_sum, 2.1, 1e-5);
    assert_float_equal(s.tint, 1, NEAR);
    assert_int_equal(s.registration, 0);
    assert_int_equal(s.white, 0);
}

static void four_full_inks_are_registration_colour(void **) {
    assert_int_equal(styled(&cmyk, (float[]){1, 1, 1, 1}).registration, 1);
    assert_int_equal(styled(&cmyk, (float[]){1, 1, 1, 0.9f}).registration, 0);
    ColourSpace all = separation("All");
    assert_int_equal(styled(&all, (float[]){0.5f}).registration, 1);
    assert_int_equal(styled(&all, (float[]){0}).registration, 0);
    assert_int_equal(styled(&all, (float[]){1}).ink_count, 4);
}

static void the_inks_of_rgb_are_unknown(void **) {
    Style s = styled(&rgb, (float[]){0, 0, 0});
    assert_int_equal(s.family, FAMILY_RGB);
    assert_int_equal(s.ink_count, UNKNOWN_INT);
    assert_true(isnan(s.k) && isnan(s.tint));
    assert_int_equal(s.white, 0);
    assert_int_equal(styled(&rgb, (float[]){1, 1, 1}).white, 1);
    assert_int_equal(styled(&lab, (float[]){100, 0, 0}).white, 1);
}

static void a_separation_of_a_process_name_is_process_ink(void **) {
    ColourSpace black = separation("Black"), gold = separation("PANTONE 871 C"),
                none = separation("None");
    Style s = styled(&black, (float[]){0.4f});
    assert_float_equal(s.k, 0.4, NEAR);
    assert_int_equal(s.family, FAMILY_CMYK);
    Style g = styled(&gold, (float[]){0.4f});
    assert_int_equal(g.family, FAMILY_SPOT);
    assert_float_equal(g.k, 0, NEAR);
    assert_float_equal(g.tint, 0.4, NEAR);
    assert_int_equal(g.ink_count, 1);
    assert_int_equal(styled(&none, (float[]){1}).ink_count, 0);
}

static void a_device_n_mixes_process_and_spot(void **) {
    ColourSpace n = {.space = SPACE_DEVICEN,
                     .components = 3,
                     .base = &cmyk,
                     .names = {STR("Cyan"), STR("Gold"), STR("None")},
                     .name_count = 3};
    Style s = styled(&n, (float[]){0.3f, 0.8f, 1});
    assert_float_equal(s.c, 0.3, NEAR);
    assert_float_equal(s.tint, 0.8, NEAR);
    assert_int_equal(s.ink_count, 2);
}

static void an_index_is_looked_up(void **) {
    static const uint8_t palette[] = {0, 0, 0, 255, 255, 0, 51, 0};
    ColourSpace indexed = {
        .space = SPACE_INDEXED, .components = 1, .base = &cmyk, .palette = palette, .high = 1};
    Style s = styled(&indexed, (float[]){1});
    assert_float_equal(s.c, 1, NEAR);
    assert_float_equal(s.y, 0.2, NEAR);
    assert_int_equal(s.base, SPACE_CMYK);
    assert_int_equal(s.ink_count, 2);
}

static void an_unreadable_palette_leaves_tints_unknown(void **) {
    ColourSpace indexed = {.space = SPACE_INDEXED, .components = 1, .base = &cmyk, .high = 1};
    Style s = styled(&indexed, (float[]){1});
    assert_true(isnan(s.c));
    assert_int_equal(s.ink_count, UNKNOWN_INT);
    assert_int_equal(s.family, FAMILY_CMYK);
}

static void a_picture_has_inks_but_no_tints(void **) {
    Tints t;
    tints_of(&t, &cmyk, NULL);
    assert_int_equal(tints_count(&t), 4);
    assert_false(t.fixed);
    Style s = styled(&cmyk, NULL);
    assert_true(isnan(s.c) && isnan(s.process_sum));
    assert_int_equal(s.white, UNKNOWN_BOOL);
    assert_int_equal(s.registration, 0);
    ColourSpace all = separation("All");
    assert_int_equal(styled(&all, NULL).registration, 1);
}

static void rounding_is_no_ink(void **) {
    assert_int_equal(styled(&cmyk, (float[]){0.001f, 0, 0, 1}).ink_count, 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gray_is_black_ink),
        cmocka_unit_test(cmyk_counts_its_inks),
        cmocka_unit_test(four_full_inks_are_registration_colour),
        cmocka_unit_test(the_inks_of_rgb_are_unknown),
        cmocka_unit_test(a_separation_of_a_process_name_is_process_ink),
        cmocka_unit_test(a_device_n_mixes_process_and_spot),
        cmocka_unit_test(an_index_is_looked_up),
        cmocka_unit_test(an_unreadable_palette_leaves_tints_unknown),
        cmocka_unit_test(a_picture_has_inks_but_no_tints),
        cmocka_unit_test(rounding_is_no_ink),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
