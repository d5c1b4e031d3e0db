#include "ink/look/detail.h"

#include "photographs.h"
#include "recorder.h"

static Photograph photo;

static void on_swatch(void *self, const Swatch *s) {
    detail_swatch(self, s);
}

static double found(bool gridded) {
    Arena *a = arena_new();
    Detail *d = detail_new(a);
    PixelForm form = {PHOTO, PHOTO, PIXELS_GRAY, 1, 1};
    Swatches *s = swatches_new(a, &form, on_swatch, d);
    for (uint32_t y = 0; y < PHOTO; y++)
        swatches_row(s, y, photo.light[y]);
    double detail = detail_found(d, gridded);
    arena_free(a);
    return detail;
}

static void a_sharp_picture_uses_all_of_its_pixels(void **state) {
    (void)state;
    draw_sharp(&photo);
    assert_true(found(false) == 1);
}

static void every_kernel_and_factor_is_found(void **state) {
    (void)state;
    static Kernel *const kernels[] = {nearest, linear, cubic, lanczos};
    static const double factors[] = {1.3, 1.5, 2, 2.5, 3, 4};
    for (size_t k = 0; k < sizeof kernels / sizeof *kernels; k++)
        for (size_t f = 0; f < sizeof factors / sizeof *factors; f++) {
            draw_enlarged(&photo, factors[f], kernels[k]);
            double detail = found(false);
            if (!(fabs(detail * factors[f] - 1) < 0.03))
                fail_msg("kernel %zu, %g times: %g", k, factors[f], detail);
        }
}

static void a_soft_picture_does_not_tell(void **state) {
    (void)state;
    draw_sharp(&photo);
    soften(&photo, 12);
    assert_true(isnan(found(false)));
}

static void grain_is_detail(void **state) {
    (void)state;
    draw_sharp(&photo);
    soften(&photo, 12);
    for (int y = 0; y < PHOTO; y++)
        for (int x = 0; x < PHOTO; x++)
            photo.light[y][x] = level(photo.light[y][x] / 255.0 + 0.2 * (speckle(x, y, 99) - 0.5));
    assert_true(found(false) == 1);
}

static void flat_art_does_not_tell(void **state) {
    (void)state;
    memset(&photo, 200, sizeof photo);
    assert_true(isnan(found(false)));
}

static void hard_edges_are_no_enlargement(void **state) {
    (void)state;
    for (int y = 0; y < PHOTO; y++)
        for (int x = 0; x < PHOTO; x++)
            photo.light[y][x] = sin(hypot(x + 90, 1.7 * y) * 0.61) > 0.2 ? 0 : 255;
    assert_false(found(false) < 1);
}

static void a_small_picture_does_not_tell(void **state) {
    (void)state;
    Arena *a = arena_new();
    Detail *d = detail_new(a);
    PixelForm form = {100, 100, PIXELS_GRAY, 1, 1};
    Swatches *s = swatches_new(a, &form, on_swatch, d);
    for (uint32_t y = 0; y < 100; y++)
        swatches_row(s, y, photo.light[y]);
    assert_true(isnan(detail_found(d, false)));
    arena_free(a);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sharp_picture_uses_all_of_its_pixels),
        cmocka_unit_test(every_kernel_and_factor_is_found),
        cmocka_unit_test(a_soft_picture_does_not_tell),
        cmocka_unit_test(grain_is_detail),
        cmocka_unit_test(flat_art_does_not_tell),
        cmocka_unit_test(hard_edges_are_no_enlargement),
        cmocka_unit_test(a_small_picture_does_not_tell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
