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

static void draw_each(double (*light)(double x, double y, double pitch), double pitch) {
    for (int y = 0; y < PHOTO; y++)
        for (int x = 0; x < PHOTO; x++)
            photo.light[y][x] = level(light(x, y, pitch));
}

/* Towers with windows of a pitch before a sky. */
static double skyline(double x, double y, double pitch) {
    double tower = floor(x / 60), top = 100 + 300 * speckle((int)tower, 3, 1);
    bool window = fmod(x, pitch) < pitch / 2 && fmod(y, pitch * 1.5) < pitch;
    return y < top ? 0.9 - y / 2000 : window ? 0.85 : 0.2 + 0.3 * speckle((int)tower, 5, 2);
}

/* Letters as smoothed strokes, one every 0.53 of a line, the lines at a pitch. */
static double type(double x, double y, double pitch) {
    double row = floor(y / pitch), up = fmod(y, pitch) / pitch, at = fmod(x, pitch * 0.53);
    int letter = (int)(x / (pitch * 0.53));
    double stem = 2 + 5 * speckle(letter, (int)row, 7), ink = fmax(0, 1 - fabs(at - stem) / 1.3);
    bool bar = speckle(letter, (int)row, 8) > 0.5 && fabs(up - 0.4) < 0.6 / pitch;
    return up > 0.7 ? 1 : 1 - fmax(ink, bar ? 0.8 : 0);
}

/* A screen at 15 degrees whose dots have soft edges, of a tone that changes across the page. */
static double screen(double x, double y, double pitch) {
    double u = (0.966 * x + 0.259 * y) / pitch, v = (0.966 * y - 0.259 * x) / pitch;
    double dot = (cos(2 * M_PI * u) + cos(2 * M_PI * v)) / 4 + 0.5;
    return 0.5 + 0.5 * tanh(6 * (dot - x / PHOTO));
}

static double checks(double x, double y, double pitch) {
    return fmod(floor(x / pitch) + floor(y / pitch), 2);
}

static void what_has_a_pitch_is_no_enlargement(void **state) {
    (void)state;
    static double (*const drawings[])(double, double, double) = {skyline, type, screen, checks};
    static const double pitches[] = {6, 9.5, 16};
    for (size_t d = 0; d < sizeof drawings / sizeof *drawings; d++)
        for (size_t p = 0; p < sizeof pitches / sizeof *pitches; p++) {
            draw_each(drawings[d], pitches[p]);
            double detail = found(false);
            if (detail < 1)
                fail_msg("drawing %zu, pitch %g: %g", d, pitches[p], detail);
        }
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
        cmocka_unit_test(what_has_a_pitch_is_no_enlargement),
        cmocka_unit_test(a_small_picture_does_not_tell),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
