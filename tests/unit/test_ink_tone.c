#include "ink/look/look.h"

#include "photographs.h"
#include "recorder.h"

static Photograph photo;

/* The photograph as RGB, its channels times these, between these ends. */
static Picture look_at(const double tint[3], double low, double high) {
    static uint8_t row[PHOTO * 3];
    Picture p;
    row_clear(entity_of(FACT_picture), &p);
    LookPlan plan = {.form = {PHOTO, PHOTO, PIXELS_RGB, 3, 3}};
    Look *l = look_new(&plan);
    for (uint32_t y = 0; y < PHOTO; y++) {
        for (size_t x = 0; x < PHOTO; x++)
            for (size_t c = 0; c < 3; c++)
                row[3 * x + c] = level(tint[c] * (low + (high - low) * photo.light[y][x] / 255.0));
        assert_true(look_row(l, y, row));
    }
    look_finish(l, &p);
    look_free(l);
    return p;
}

static const double neutral[3] = {1, 1, 1};

static void a_full_range_is_neither_flat_nor_clipped(void **state) {
    (void)state;
    draw_sharp(&photo);
    Picture p = look_at(neutral, 0.05, 0.95);
    assert_true(p.range > 50 && p.dark < 0.02 && p.light < 0.02);
    assert_true(p.cast < 1);
}

static void a_washed_out_picture_has_little_range(void **state) {
    (void)state;
    draw_sharp(&photo);
    assert_true(look_at(neutral, 0.45, 0.6).range < 20);
}

static void burnt_out_lights_are_counted(void **state) {
    (void)state;
    draw_sharp(&photo);
    assert_true(look_at(neutral, 0, 1.6).light > 0.05);
}

static void white_paper_around_a_subject_is_not(void **state) {
    (void)state;
    draw_sharp(&photo);
    for (int y = 0; y < PHOTO; y++)
        for (int x = 0; x < PHOTO; x++)
            photo.light[y][x] = (uint8_t)(hypot(x - PHOTO / 2.0, y - PHOTO / 2.0) > 0.4 * PHOTO
                                              ? 255
                                              : photo.light[y][x] * 9 / 10);
    Picture p = look_at(neutral, 0, 1);
    assert_true(p.light < 0.02);
}

static void black_lettering_is_no_lost_shadow(void **state) {
    (void)state;
    for (int y = 0; y < PHOTO; y++)
        for (int x = 0; x < PHOTO; x++)
            photo.light[y][x] = speckle(x / 5, y / 11, 4) > 0.7 ? 0 : 255;
    Picture p = look_at(neutral, 0, 1);
    assert_true(p.dark == 0 && p.light == 0);
}

static void a_common_colour_of_grays_is_a_cast(void **state) {
    (void)state;
    draw_sharp(&photo);
    Picture warm = look_at((const double[3]){1.05, 0.95, 0.75}, 0.05, 0.95);
    assert_true(warm.cast > 6);
}

static void without_grays_there_is_no_telling(void **state) {
    (void)state;
    draw_sharp(&photo);
    assert_true(isnan(look_at((const double[3]){1, 0.3, 0.1}, 0.2, 0.95).cast));
}

static void a_cut_off_picture_tells_nothing(void **state) {
    (void)state;
    Picture p;
    row_clear(entity_of(FACT_picture), &p);
    LookPlan plan = {.form = {PHOTO, PHOTO, PIXELS_GRAY, 1, 1}};
    Look *l = look_new(&plan);
    for (uint32_t y = 0; y < PHOTO / 2; y++)
        look_row(l, y, photo.light[y]);
    look_finish(l, &p);
    look_free(l);
    assert_true(isnan(p.range) && isnan(p.detail) && isnan(p.blocks));
}

static void cmyk_without_a_profile_has_no_lightness(void **state) {
    (void)state;
    static const uint8_t row[PHOTO * 4];
    Picture p;
    row_clear(entity_of(FACT_picture), &p);
    LookPlan plan = {.form = {PHOTO, 300, PIXELS_CMYK, 4, 4}};
    Look *l = look_new(&plan);
    for (uint32_t y = 0; y < 300; y++)
        look_row(l, y, row);
    look_finish(l, &p);
    look_free(l);
    assert_true(isnan(p.range) && isnan(p.cast));
    assert_true(p.blocks == 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_full_range_is_neither_flat_nor_clipped),
        cmocka_unit_test(a_washed_out_picture_has_little_range),
        cmocka_unit_test(burnt_out_lights_are_counted),
        cmocka_unit_test(white_paper_around_a_subject_is_not),
        cmocka_unit_test(black_lettering_is_no_lost_shadow),
        cmocka_unit_test(a_common_colour_of_grays_is_a_cast),
        cmocka_unit_test(without_grays_there_is_no_telling),
        cmocka_unit_test(a_cut_off_picture_tells_nothing),
        cmocka_unit_test(cmyk_without_a_profile_has_no_lightness),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
