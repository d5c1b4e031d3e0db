#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <limits.h>
#include <math.h>
#include <string.h>

#include "ink/measure/ink_sums.h"

static const Area everywhere = {0, 0, INT_MAX, INT_MAX};

enum { SIDE = 300, PLANES = FIRST_SPOT + 1 };

typedef uint8_t Tint(int plane, int x, int y);

/* A picture, drawn band by band, and the same as plain numbers. */
typedef struct Sheet {
    Arena *arena;
    TilePool *pool;
    Planes planes;
    int width, height;
    uint16_t sums[SIDE][SIDE];
    double coverage[PLANES];
} Sheet;

static int setup(void **state) {
    Arena *a = arena_new();
    Sheet *s = ARENA_NEW(a, Sheet);
    s->arena = a;
    s->pool = pool_new(32 << 20);
    planes_start(&s->planes, s->arena);
    plane_register(&s->planes, STR("Gold"));
    *state = s;
    return 0;
}

static int teardown(void **state) {
    Sheet *s = *state;
    pool_free(s->pool);
    arena_free(s->arena);
    return 0;
}

static void paint_row(Sheet *s, Surface *surface, int y, Tint *tint) {
    uint8_t rows[PLANES][SIDE], shape[SIDE];
    Paint paint = {.keeps_others = true, .alpha = 255, .blend = BLEND_NORMAL};
    memset(shape, 255, sizeof shape);
    for (int plane = PLANE_CYAN; plane < PLANES; plane++) {
        bool any = false;
        for (int x = 0; x < s->width; x++) {
            rows[plane][x] = tint(plane, x, y);
            any |= rows[plane][x] > 0;
            s->sums[y][x] = (uint16_t)(s->sums[y][x] + rows[plane][x]);
            s->coverage[plane] += rows[plane][x];
        }
        if (!any)
            continue;
        paint.planes[paint.count] = (uint16_t)plane;
        paint.rows[paint.count++] = rows[plane];
    }
    if (paint.count)
        surface_row(surface, y, 0, s->width, shape, NULL, &paint);
}

static InkSumsResult measure(Sheet *s, InkSums *sums, Tint *tint, int band_rows,
                             const bool *counts) {
    memset(s->sums, 0, sizeof s->sums);
    memset(s->coverage, 0, sizeof s->coverage);
    for (int y0 = 0; y0 < s->height; y0 += band_rows) {
        int y1 = y0 + band_rows < s->height ? y0 + band_rows : s->height;
        pool_reset(s->pool);
        Surface *surface =
            surface_page(s->pool, &s->planes, (Area){0, y0, s->width, y1}, BLENDS_IN_INKS);
        for (int y = y0; y < y1; y++)
            paint_row(s, surface, y, tint);
        Band band = {surface, {0, y0, s->width, y1}, s->width, s->height, &s->planes, 150};
        ink_sums_add(sums, &band, counts);
    }
    return ink_sums_finish(sums);
}

static double mean_at(const Sheet *s, Area a) {
    double sum = 0;
    for (int y = a.y0; y < a.y1; y++)
        for (int x = a.x0; x < a.x1; x++)
            sum += s->sums[y][x];
    return sum / (255.0 * (a.x1 - a.x0) * (a.y1 - a.y0));
}

/* Sums of columns slide down, their sums slide right: every square of the picture. */
static double highest_mean(const Sheet *s, Area within, int side) {
    int w = within.x1 - within.x0 < side ? within.x1 - within.x0 : side;
    int h = within.y1 - within.y0 < side ? within.y1 - within.y0 : side;
    double best = 0;
    for (int y = within.y0; y + h <= within.y1; y++) {
        double columns[SIDE] = {0}, sum = 0;
        for (int x = within.x0; x < within.x1; x++) {
            for (int i = 0; i < h; i++)
                columns[x] += s->sums[y + i][x];
            sum += columns[x];
            if (x >= within.x0 + w)
                sum -= columns[x - w];
            if (x + 1 >= within.x0 + w && sum > best)
                best = sum;
        }
    }
    return best / (255.0 * w * h);
}

static uint8_t noise(int plane, int x, int y) {
    uint32_t v = (uint32_t)x * 73856093u ^ (uint32_t)y * 19349663u ^ (uint32_t)plane * 83492791u;
    v = (v ^ v >> 13) * 1274126177u;
    return (uint8_t)(v >> 24);
}

static uint8_t photo(int plane, int x, int y) {
    return (uint8_t)(120 + 60 * sin(x * .021 + plane) + 50 * cos(y * .017 - plane) +
                     noise(plane, x, y) % 16);
}

static uint8_t type(int plane, int x, int y) {
    return plane == PLANE_BLACK && x > 30 && x < 270 && y / 6 % 2 && noise(plane, x, y) > 170 ? 255
                                                                                              : 0;
}

static uint8_t patch(int plane, int x, int y) { /* 41 × 37, off every grid, on a tint */
    bool inside = x >= 117 && x < 158 && y >= 101 && y < 138;
    return plane == PLANE_MAGENTA ? 40 : inside && plane != PLANE_BLACK ? 255 : 0;
}

static uint8_t blank(int plane, int x, int y) {
    return (void)plane, (void)x, (void)y, 0;
}

static Tint *const tints[] = {noise, photo, type, patch, blank};
enum { KINDS = sizeof tints / sizeof *tints };

static void coverage_and_peaks_are_those_of_the_pixels(void **state) {
    Sheet *s = *state;
    s->width = 277, s->height = 213;
    for (int kind = 0; kind < KINDS; kind++) {
        InkSums *sums = ink_sums_new(s->arena, 150, 15, everywhere);
        InkSumsResult r = measure(s, sums, tints[kind], TILE * (1 + kind % 3), NULL);
        int peak = 0;
        for (int y = 0; y < s->height; y++)
            for (int x = 0; x < s->width; x++)
                peak = peak > s->sums[y][x] ? peak : s->sums[y][x];
        assert_true(r.peak == peak / 255.0);
        assert_int_equal(s->sums[r.peak_y][r.peak_x], peak);
        for (int plane = PLANE_CYAN; plane < PLANES; plane++)
            assert_true(fabs(r.planes[plane].coverage -
                             s->coverage[plane] / (255.0 * s->width * s->height)) < 1e-12);
    }
}

/* One picture: what is named has the mean that is told, and no square exceeds the bound. */
static void check_square(Sheet *s, Tint *tint, double ppi, int band_rows, Area within) {
    Area whole = area_meet(within, (Area){0, 0, s->width, s->height});
    InkSums *sums = ink_sums_new(s->arena, ppi, 15, within);
    InkSumsResult r = measure(s, sums, tint, band_rows, NULL);
    double best = highest_mean(s, whole, (int)lround(15 / 25.4 * ppi));
    assert_true(r.max_mean_bound >= best - 1e-12 && r.max_mean <= best + 1e-12);
    if (best > 0)
        assert_true(fabs(mean_at(s, r.max_square) - r.max_mean) < 1e-12);
    const double limits[] = {best * 0.97, best * 1.02};
    for (int above = 0; above < 2; above++) {
        sums = ink_sums_new(s->arena, ppi, 15, within);
        ink_sums_limit(sums, limits[above]);
        r = measure(s, sums, tint, band_rows, NULL);
        assert_int_equal(r.max_mean > limits[above], best > limits[above]);
        assert_true(best > limits[above] || r.max_mean_bound <= limits[above] + 1e-9);
    }
}

static void whether_a_square_exceeds_the_limit_is_always_decided(void **state) {
    static const int sizes[][2] = {{300, 300}, {131, 300}, {64, 65}, {7, 250}, {1, 1}};
    static const double resolutions[] = {11, 40, 72, 150, 301};
    Sheet *s = *state;
    for (size_t i = 0; i < 5 * KINDS; i++) {
        s->width = sizes[i / KINDS][0], s->height = sizes[i / KINDS][1];
        check_square(s, tints[i % KINDS], resolutions[(i * 3 + 2) % 5],
                     i % 2 ? SIDE : TILE * (1 + (int)i % 3), everywhere);
    }
}

static void what_lies_outside_is_neither_seen_nor_dilutes(void **state) {
    static const Area parts[] = {{13, 9, 201, 187}, {100, 100, 140, 140}, {0, 200, 300, 300}};
    Sheet *s = *state;
    s->width = s->height = SIDE;
    for (size_t i = 0; i < 3 * KINDS; i++)
        check_square(s, tints[i % KINDS], 72, i % 2 ? SIDE : TILE, parts[i / KINDS]);
    InkSums *sums = ink_sums_new(s->arena, 72, 15, (Area){117, 101, 158, 138});
    InkSumsResult r = measure(s, sums, patch, SIDE, NULL);
    assert_true(r.planes[PLANE_CYAN].coverage == 1);
    assert_true(r.max_mean == r.peak);
}

static void a_finish_does_not_count_in_the_sum(void **state) {
    static const bool counts[PLANES] = {false, true, true, true, true, false};
    Sheet *s = *state;
    s->width = s->height = SIDE;
    InkSumsResult r = measure(s, ink_sums_new(s->arena, 72, 15, everywhere), patch, SIDE, counts);
    assert_true(fabs(r.peak - (2 + 40 / 255.0)) < 1e-12);
    assert_int_equal(r.planes[FIRST_SPOT].peak, 255);
}

static void an_area_off_the_page_has_nothing(void **state) {
    Sheet *s = *state;
    s->width = s->height = SIDE;
    InkSums *sums = ink_sums_new(s->arena, 72, 15, (Area){400, 0, 500, 100});
    InkSumsResult r = measure(s, sums, photo, SIDE, NULL);
    assert_true(r.peak == 0 && r.max_mean == 0 && r.planes[PLANE_CYAN].coverage == 0);
}

typedef struct Watched {
    Area square;
    uint64_t sum; /* of all planes but PLANE_REST, from the rows at hand */
    uint32_t most;
} Watched;

static void watch_square(void *self, const InkPixels *p, Area square) {
    Watched *w = self;
    uint8_t row[SIDE];
    w->square = square;
    w->sum = 0;
    for (size_t plane = PLANE_CYAN; plane < PLANES; plane++)
        for (int y = square.y0; y < square.y1; y++)
            if (ink_pixels_row(p, plane, y, square.x0, square.x1, row))
                for (int x = 0; x < square.x1 - square.x0; x++)
                    w->sum += row[x];
}

static void watch_tile(void *self, Area part, uint32_t most) {
    Watched *w = self;
    assert_true(!area_empty(part));
    w->most = w->most > most ? w->most : most;
}

/* Also where its first rows lie in the band before. */
static void the_best_square_is_told_with_its_pixels(void **state) {
    Sheet *s = *state;
    s->width = s->height = SIDE;
    for (int i = 0; i < 3 * (KINDS - 1); i++) {
        Watched w = {0};
        InkSumsWatch watch = {&w, watch_tile, watch_square};
        InkSums *sums = ink_sums_new(s->arena, 150, 15, everywhere);
        ink_sums_watch(sums, &watch);
        InkSumsResult r = measure(s, sums, tints[i % (KINDS - 1)], TILE * (1 + i / 4), NULL);
        assert_memory_equal(&w.square, &r.max_square, sizeof w.square);
        double pixels = (double)(w.square.x1 - w.square.x0) * (double)(w.square.y1 - w.square.y0);
        assert_true(fabs((double)w.sum / (255 * pixels) - r.max_mean) < 1e-12);
        assert_true(w.most / 255.0 >= r.peak);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(coverage_and_peaks_are_those_of_the_pixels, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(whether_a_square_exceeds_the_limit_is_always_decided, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(what_lies_outside_is_neither_seen_nor_dilutes, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_finish_does_not_count_in_the_sum, setup, teardown),
        cmocka_unit_test_setup_teardown(an_area_off_the_page_has_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(the_best_square_is_told_with_its_pixels, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
