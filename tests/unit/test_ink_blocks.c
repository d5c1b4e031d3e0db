#include "ink/look/blocks.h"

#include "photographs.h"
#include "recorder.h"

static Photograph photo;

typedef struct Told {
    double found;
    bool gridded;
} Told;

static void on_swatch(void *self, const Swatch *s) {
    blocks_swatch(self, s);
}

static Told look(void) {
    Arena *a = arena_new();
    Blocks *b = blocks_new(a);
    PixelForm form = {PHOTO, PHOTO, PIXELS_GRAY, 1, 1};
    Swatches *s = swatches_new(a, &form, on_swatch, b);
    for (uint32_t y = 0; y < PHOTO; y++)
        swatches_row(s, y, photo.light[y]);
    Told told = {blocks_found(b), blocks_gridded(b)};
    arena_free(a);
    return told;
}

/* What coarse quantisation leaves: blocks whose means are off by a few levels. */
static void lay_grid(int shift_x, int shift_y) {
    draw_sharp(&photo);
    soften(&photo, 20);
    for (int y = 0; y < PHOTO; y++)
        for (int x = 0; x < PHOTO; x++) {
            double off = 30 * (speckle((x + shift_x) / 8, (y + shift_y) / 8, 3) - 0.5);
            photo.light[y][x] = level(photo.light[y][x] / 255.0 + off / 255);
        }
}

static void without_a_grid_it_is_one(void **state) {
    (void)state;
    draw_sharp(&photo);
    Told told = look();
    assert_true(told.found < 1.03 && !told.gridded);
}

static void the_grid_is_found_wherever_a_crop_has_put_it(void **state) {
    (void)state;
    for (int shift = 0; shift < 8; shift++) {
        lay_grid(shift, 7 - shift);
        Told told = look();
        assert_true(told.gridded);
        assert_true(told.found > 1.3);
    }
}

static void doubled_pixels_are_no_grid(void **state) {
    (void)state;
    draw_enlarged(&photo, 2, linear);
    assert_true(look().found < 1.1);
}

static void bands_one_way_are_no_grid(void **state) {
    (void)state;
    for (int y = 0; y < PHOTO; y++)
        for (int x = 0; x < PHOTO; x++)
            photo.light[y][x] = (uint8_t)(100 + x / 8 % 2 * 8);
    assert_true(look().found < 1.03);
}

static void a_flat_picture_has_none(void **state) {
    (void)state;
    memset(&photo, 7, sizeof photo);
    assert_true(look().found == 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_grid_it_is_one),
        cmocka_unit_test(the_grid_is_found_wherever_a_crop_has_put_it),
        cmocka_unit_test(doubled_pixels_are_no_grid),
        cmocka_unit_test(bands_one_way_are_no_grid),
        cmocka_unit_test(a_flat_picture_has_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
