#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ink/surface/surface.h"

enum { SIDE = 200 };
static const Area SHEET = {-70, 5, -70 + SIDE, 5 + SIDE};
static uint8_t full[SIDE];

typedef struct Desk {
    Arena *arena;
    TilePool *pool;
    Planes planes;
} Desk;

static Desk desk_new(size_t budget) {
    Desk d = {.arena = arena_new(), .pool = pool_new(budget)};
    planes_start(&d.planes, d.arena);
    memset(full, 255, sizeof full);
    return d;
}

static void desk_free(Desk *d) {
    pool_free(d->pool);
    arena_free(d->arena);
}

static Paint flat(int plane, int value) {
    return (Paint){.count = 1,
                   .planes = {(uint16_t)plane},
                   .values = {(uint8_t)value},
                   .flat = true,
                   .alpha = 255,
                   .blend = BLEND_NORMAL};
}

static Paint all(int value) {
    Paint p = flat(0, value);
    p.count = 0;
    p.all = true;
    return p;
}

static void box(Surface *s, Area a, const Paint *paint) {
    for (int y = a.y0; y < a.y1; y++)
        surface_row(s, y, a.x0, a.x1, full, NULL, paint);
}

static int at(const Surface *s, int plane, int x, int y) {
    uint8_t v;
    surface_read(s, plane, y, x, x + 1, &v);
    return v;
}

static void planes_are_found_by_name(void **) {
    Desk d = desk_new(0);
    assert_int_equal(plane_find(&d.planes, STR("Black")), PLANE_BLACK);
    assert_int_equal(plane_find(&d.planes, STR("")), -1);
    assert_int_equal(plane_register(&d.planes, STR("Gold")), FIRST_SPOT);
    assert_int_equal(plane_register(&d.planes, STR("")), FIRST_SPOT + 1);
    assert_int_equal(plane_register(&d.planes, STR("Gold")), FIRST_SPOT);
    assert_int_equal(plane_register(&d.planes, STR("Magenta")), PLANE_MAGENTA);
    desk_free(&d);
}

static void blank_tiles_are_not_made_to_be_knocked_out(void **) {
    Desk d = desk_new(0);
    Surface *s = surface_page(d.pool, &d.planes, SHEET, BLENDS_IN_INKS);
    Paint white = flat(PLANE_CYAN, 0), black = flat(PLANE_BLACK, 255);
    size_t before = pool_peak(d.pool);
    box(s, SHEET, &white);
    assert_int_equal(pool_peak(d.pool), before);
    assert_null(surface_tile(s, PLANE_CYAN, SHEET.x0, SHEET.y0));
    box(s, (Area){SHEET.x0 + 70, 10, SHEET.x0 + 71, 11}, &black);
    assert_null(surface_tile(s, PLANE_BLACK, SHEET.x0, SHEET.y0));
    const uint8_t *tile = surface_tile(s, PLANE_BLACK, SHEET.x0 + TILE, SHEET.y0);
    assert_non_null(tile);
    assert_int_equal(tile[5 * TILE + 6], 255);
    assert_null(surface_tile(s, PLANE_BLACK, SHEET.x1, SHEET.y0));
    desk_free(&d);
}

/* The same page, the spots being known from the start or from when they are first painted. */
static void spots(Desk *d, bool early, uint8_t *out) {
    Surface *s = surface_page(d->pool, &d->planes, SHEET, BLENDS_IN_INKS);
    if (early)
        for (int i = 0; i < 70; i++) {
            char name[8];
            int n = snprintf(name, sizeof name, "s%d", i);
            plane_register(&d->planes, (Str){name, (size_t)n});
        }
    srand(7);
    for (int i = 0; i < 70; i++) {
        char name[8];
        int n = snprintf(name, sizeof name, "s%d", i);
        Paint marks = all(rand() % 256);
        int x = SHEET.x0 + rand() % 150, y = SHEET.y0 + rand() % 150;
        Surface *group = NULL;
        if (i % 3)
            group = surface_group(s, SHEET,
                                  (GroupKind){.isolated = i % 3 == 1,
                                              .knockout = i % 5 == 0,
                                              .space = BLENDS_IN_INKS});
        Surface *to = group ? group : s;
        box(to, (Area){x, y, x + 40, y + 30}, &marks);
        Paint spot = flat(plane_register(&d->planes, (Str){name, (size_t)n}), rand() % 256);
        spot.keeps_others = i % 2;
        spot.alpha = (uint8_t)(rand() % 256);
        box(to, (Area){x - 20, y + 10, x + 20, y + 50}, &spot);
        if (group)
            surface_group_end(
                group, &(GroupEnd){.alpha = (uint8_t)(i % 4 ? 255 : 100), .blend = BLEND_NORMAL});
    }
    for (size_t p = 0; p < d->planes.count; p++)
        for (int y = SHEET.y0; y < SHEET.y1; y++, out += SIDE)
            surface_read(s, (int)p, y, SHEET.x0, SHEET.x1, out);
}

static void a_plane_registered_late_is_as_if_it_had_been_there(void **) {
    size_t bytes = (size_t)(FIRST_SPOT + 70) * SIDE * SIDE;
    uint8_t *early = malloc(bytes), *late = malloc(bytes);
    Desk a = desk_new(0), b = desk_new(0);
    spots(&a, true, early);
    spots(&b, false, late);
    assert_int_equal(a.planes.count, FIRST_SPOT + 70);
    assert_int_equal(b.planes.count, FIRST_SPOT + 70);
    assert_memory_equal(early, late, bytes);
    desk_free(&a);
    desk_free(&b);
    free(early);
    free(late);
}

static void everything_else_knocks_out_spots_to_come(void **) {
    Desk d = desk_new(0);
    Surface *s = surface_page(d.pool, &d.planes, SHEET, BLENDS_IN_INKS);
    Paint marks = all(200), cyan = flat(PLANE_CYAN, 90);
    box(s, (Area){0, 20, 50, 60}, &marks);
    box(s, (Area){20, 20, 30, 60}, &cyan);
    int gold = plane_register(&d.planes, STR("Gold"));
    assert_int_equal(at(s, gold, 10, 30), 200);
    assert_int_equal(at(s, gold, 25, 30), 0);
    Paint spot = flat(gold, 50);
    box(s, (Area){40, 20, 60, 60}, &spot);
    assert_int_equal(at(s, gold, 10, 30), 200);
    assert_int_equal(at(s, gold, 45, 30), 50);
    assert_int_equal(at(s, PLANE_CYAN, 45, 30), 0);
    desk_free(&d);
}

static void a_used_up_budget_is_told_and_forgotten_by_reset(void **) {
    Desk d = desk_new(60000);
    for (int round = 0; round < 2; round++) {
        Surface *s = surface_page(d.pool, &d.planes, SHEET, BLENDS_IN_INKS);
        Paint marks = all(255), black = flat(PLANE_BLACK, 255);
        box(s, (Area){0, 10, 1, 11}, &black);
        assert_false(pool_exhausted(d.pool));
        box(s, SHEET, &marks);
        assert_true(pool_exhausted(d.pool));
        Surface *lost = surface_group(s, SHEET, (GroupKind){.space = BLENDS_IN_RGB});
        Surface *inner = surface_group(lost, SHEET, (GroupKind){.isolated = true});
        box(inner, SHEET, &marks);
        surface_group_end(inner, &(GroupEnd){.alpha = 255, .blend = BLEND_MULTIPLY});
        surface_group_end(lost, &(GroupEnd){.alpha = 255, .blend = BLEND_NORMAL});
        assert_int_equal(at(s, PLANE_BLACK, 0, 10), 255);
        assert_false(pool_take_bytes(d.pool, 60000));
        assert_true(pool_peak(d.pool) <= 60000);
        pool_reset(d.pool);
        assert_false(pool_exhausted(d.pool));
    }
    assert_true(pool_take_bytes(d.pool, 60000));
    pool_give_bytes(d.pool, 60000);
    Surface *far =
        surface_page(d.pool, &d.planes, (Area){-2000000000, 0, 2000000000, 1}, BLENDS_IN_INKS);
    assert_true(pool_exhausted(d.pool));
    assert_true(area_empty(surface_area(far)));
    desk_free(&d);
}

static void what_is_given_back_is_used_again(void **) {
    Desk d = desk_new(0);
    Paint black = flat(PLANE_BLACK, 128);
    Surface *s = surface_page(d.pool, &d.planes, SHEET, BLENDS_IN_INKS);
    for (int i = 0; i < 3000; i++) {
        Surface *g =
            surface_group(s, SHEET, (GroupKind){.isolated = i % 2, .space = BLENDS_IN_INKS});
        box(g, (Area){0, 20, 10, 22}, &black);
        surface_group_end(g, &(GroupEnd){.alpha = 255, .blend = BLEND_NORMAL});
    }
    assert_int_equal(at(s, PLANE_BLACK, 5, 21), 128);
    assert_true(pool_peak(d.pool) < 40000);
    assert_false(pool_exhausted(d.pool));
    desk_free(&d);
}

/* As simple as a bridge can be: black replaces what the three have in common. */
static void to_inks(void *calls, uint8_t *const rows[4], size_t n) {
    ++*(int *)calls;
    for (size_t i = 0; i < n; i++) {
        uint8_t k = rows[0][i];
        for (int c = 1; c < 3; c++)
            k = rows[c][i] < k ? rows[c][i] : k;
        for (int c = 0; c < 3; c++)
            rows[c][i] = (uint8_t)(rows[c][i] - k);
        rows[3][i] = k;
    }
}

static const Paint rgb = {.count = 3,
                          .planes = {PLANE_CYAN, PLANE_MAGENTA, PLANE_YELLOW},
                          .values = {100, 60, 200},
                          .flat = true,
                          .alpha = 255,
                          .blend = BLEND_NORMAL};

static void a_group_is_converted_without_its_alpha(void **) {
    Desk d = desk_new(0);
    Surface *s = surface_page(d.pool, &d.planes, SHEET, BLENDS_IN_INKS);
    int gold = plane_register(&d.planes, STR("Gold")), calls = 0;
    Paint spot = flat(gold, 80), thin = rgb;
    thin.alpha = 128;
    box(s, SHEET, &spot);
    Surface *g = surface_group(s, SHEET, (GroupKind){.isolated = true, .space = BLENDS_IN_RGB});
    box(g, (Area){0, 20, 10, 30}, &thin);
    surface_group_end(
        g, &(GroupEnd){.alpha = 255, .blend = BLEND_NORMAL, .convert = to_inks, .self = &calls});
    assert_true(calls > 0);
    assert_in_range(at(s, PLANE_CYAN, 5, 25), 19, 21); /* 40 × 128 / 255 */
    assert_int_equal(at(s, PLANE_MAGENTA, 5, 25), 0);
    assert_in_range(at(s, PLANE_YELLOW, 5, 25), 69, 71);
    assert_in_range(at(s, PLANE_BLACK, 5, 25), 29, 31);
    assert_in_range(at(s, gold, 5, 25), 39, 41);
    assert_int_equal(at(s, gold, 15, 25), 80);
    desk_free(&d);
}

static void a_page_blended_in_rgb_becomes_inks(void **) {
    Desk d = desk_new(0);
    Surface *s = surface_page(d.pool, &d.planes, SHEET, BLENDS_IN_RGB);
    Paint marks = all(90);
    int calls = 0;
    box(s, (Area){0, 20, 10, 30}, &rgb);
    box(s, (Area){20, 20, 30, 30}, &marks);
    assert_int_equal(at(s, PLANE_BLACK, 25, 25), 0);
    surface_to_inks(s, to_inks, &calls);
    assert_int_equal(surface_space(s), BLENDS_IN_INKS);
    assert_int_equal(at(s, PLANE_CYAN, 5, 25), 40);
    assert_int_equal(at(s, PLANE_BLACK, 5, 25), 60);
    assert_int_equal(at(s, PLANE_BLACK, 25, 25), 90);
    assert_null(surface_tile(s, PLANE_MAGENTA, 5, 25));
    desk_free(&d);
}

static void difference_leaves_idle_planes_and_spots_alone(void **) {
    Desk d = desk_new(0);
    Surface *s = surface_page(d.pool, &d.planes, SHEET, BLENDS_IN_RGB);
    plane_register(&d.planes, STR("Gold"));
    Paint mark = rgb;
    mark.blend = BLEND_DIFFERENCE;
    box(s, (Area){0, 20, 10, 30}, &mark);
    assert_int_equal(at(s, PLANE_CYAN, 5, 25), 255 - 100);
    assert_int_equal(at(s, PLANE_BLACK, 5, 25), 0);
    assert_int_equal(at(s, FIRST_SPOT, 5, 25), 0);
    desk_free(&d);
}

static void a_luminosity_of_gray_is_the_sources(void **) {
    Desk d = desk_new(0);
    Surface *s = surface_page(d.pool, &d.planes, SHEET, BLENDS_IN_GRAY);
    Paint below = flat(PLANE_BLACK, 80), mark = flat(PLANE_BLACK, 200);
    box(s, SHEET, &below);
    mark.blend = BLEND_COLOR;
    box(s, (Area){0, 20, 10, 30}, &mark);
    mark.blend = BLEND_LUMINOSITY;
    box(s, (Area){10, 20, 20, 30}, &mark);
    assert_int_equal(at(s, PLANE_BLACK, 5, 25), 80);
    assert_int_equal(at(s, PLANE_BLACK, 15, 25), 200);
    assert_int_equal(at(s, PLANE_CYAN, 15, 25), 0);
    desk_free(&d);
}

static void alpha_is_read_where_something_was_painted(void **) {
    Desk d = desk_new(0);
    Surface *s = surface_alone(d.pool, &d.planes, SHEET, BLENDS_IN_INKS);
    Paint white = flat(PLANE_BLACK, 0);
    uint8_t row[3];
    white.alpha = 77;
    assert_false(surface_read_alpha(s, 25, 9, 12, row));
    box(s, (Area){0, 20, 10, 30}, &white);
    assert_true(surface_read_alpha(s, 25, 9, 12, row));
    assert_int_equal(row[0], 77);
    assert_int_equal(row[1], 0);
    assert_false(surface_read(s, PLANE_BLACK, 25, 9, 12, row));
    surface_free(s);
    s = surface_page(d.pool, &d.planes, SHEET, BLENDS_IN_INKS);
    assert_true(surface_read_alpha(s, 25, 9, 12, row));
    assert_int_equal(row[2], 255);
    desk_free(&d);
}

static void marks_on_a_knockout_surface_replace_each_other(void **) {
    Desk d = desk_new(0);
    Surface *s = surface_alone(d.pool, &d.planes, SHEET, BLENDS_IN_INKS);
    surface_knock_out(s);
    Paint below = flat(PLANE_BLACK, 255), over = flat(PLANE_CYAN, 255);
    over.alpha = 100;
    uint8_t alpha;
    box(s, (Area){0, 20, 10, 30}, &below);
    box(s, (Area){0, 20, 10, 30}, &over);
    assert_true(surface_read_alpha(s, 25, 5, 6, &alpha));
    assert_int_equal(alpha, 100);
    assert_int_equal(at(s, PLANE_CYAN, 5, 25), 100);
    assert_int_equal(at(s, PLANE_BLACK, 5, 25), 0);
    desk_free(&d);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(planes_are_found_by_name),
        cmocka_unit_test(blank_tiles_are_not_made_to_be_knocked_out),
        cmocka_unit_test(a_plane_registered_late_is_as_if_it_had_been_there),
        cmocka_unit_test(everything_else_knocks_out_spots_to_come),
        cmocka_unit_test(a_used_up_budget_is_told_and_forgotten_by_reset),
        cmocka_unit_test(what_is_given_back_is_used_again),
        cmocka_unit_test(a_group_is_converted_without_its_alpha),
        cmocka_unit_test(a_page_blended_in_rgb_becomes_inks),
        cmocka_unit_test(difference_leaves_idle_planes_and_spots_alone),
        cmocka_unit_test(a_luminosity_of_gray_is_the_sources),
        cmocka_unit_test(marks_on_a_knockout_surface_replace_each_other),
        cmocka_unit_test(alpha_is_read_where_something_was_painted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
