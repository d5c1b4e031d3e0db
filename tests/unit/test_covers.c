#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>

#include "read/covers.h"

static Arena *arena;
static Covers *covers;

static Box32 box(double x, double y, double w, double h) {
    return (Box32){(float)x, (float)y, (float)(x + w), (float)(y + h)};
}

static void a_box_hides_what_lies_in_it(void **) {
    assert_false(covers_hide(covers, box(10, 10, 5, 5)));
    covers_add(covers, box(0, 0, 100, 100));
    assert_true(covers_hide(covers, box(10, 10, 5, 5)));
    assert_true(covers_hide(covers, box(0, 0, 100, 100)));
    assert_false(covers_hide(covers, box(98, 10, 5, 5)));
    assert_false(covers_hide(covers, box(150, 150, 5, 5)));
}

static void boxes_of_all_sizes_are_found(void **) {
    for (double side = 0.5; side < 2000; side *= 1.7) {
        Covers *c = covers_new(arena, (Box){0, 0, 600, 850});
        covers_add(c, box(41.3, 77.7, side, side / 2));
        assert_true(covers_hide(c, box(41.3 + side / 4, 77.7 + side / 8, side / 4, side / 8)));
        assert_false(covers_hide(c, box(41.3 - side, 77.7, side * 1.5, side / 8)));
    }
}

static void what_reaches_beyond_the_media_is_found(void **) {
    covers_add(covers, box(-500, -500, 3000, 3000));
    assert_true(covers_hide(covers, box(-400, -400, 20, 20)));
    assert_true(covers_hide(covers, box(190, 190, 400, 10)));
}

static void a_crowded_cell_keeps_its_largest(void **) {
    for (int i = 0; i < 200; i++)
        covers_add(covers, box(20 + 0.01 * i, 20 + 0.01 * i, 60 + 0.1 * i, 60 - 0.1 * i));
    for (int i = 0; i < 200; i++)
        covers_add(covers, box(30, 30, 1 + 0.1 * i, 60));
    assert_true(covers_hide(covers, box(40, 40, 10, 10)));
}

static void many_small_boxes_cost_little_and_are_found(void **) {
    for (int y = 0; y < 150; y++)
        for (int x = 0; x < 150; x++)
            covers_add(covers, box(x * 1.3, y * 1.3, 1.2, 1.2));
    int found = 0;
    for (int y = 0; y < 150; y++)
        for (int x = 0; x < 150; x++)
            found += covers_hide(covers, box(x * 1.3 + 0.1, y * 1.3 + 0.1, 1, 1));
    assert_true(found > 0 && found < 150 * 150); /* a cell keeps few; the rest counts as seen */
    covers_add(covers, box(0, 0, 200, 200));
    assert_true(covers_hide(covers, box(50, 50, 100, 100)));
}

static void hostile_boxes_hide_nothing(void **) {
    const float inf = INFINITY;
    covers_add(covers, (Box32){NAN, 0, 10, 10});
    covers_add(covers, (Box32){5, 5, 1, 1});
    covers_add(covers, (Box32){5, 5, 5, 9});
    assert_false(covers_hide(covers, box(5, 5, 0, 1)));
    covers_add(covers, (Box32){-inf, -inf, inf, inf});
    covers_add(covers, (Box32){-1e30f, -1e30f, 1e30f, 1e30f});
    (void)covers_hide(covers, (Box32){-inf, 0, inf, 1});
    (void)covers_hide(covers, (Box32){NAN, NAN, NAN, NAN});
    Covers *flat = covers_new(arena, (Box){0, 0, 0, 0});
    covers_add(flat, box(0, 0, 1, 1));
    assert_false(covers_hide(flat, box(0, 0, 1, 1)));
}

static int begin(void **) {
    arena = arena_new();
    covers = covers_new(arena, (Box){0, 0, 200, 200});
    return 0;
}

static int end(void **) {
    arena_free(arena);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_box_hides_what_lies_in_it),
        TEST(boxes_of_all_sizes_are_found),
        TEST(what_reaches_beyond_the_media_is_found),
        TEST(a_crowded_cell_keeps_its_largest),
        TEST(many_small_boxes_cost_little_and_are_found),
        TEST(hostile_boxes_hide_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
