/* A sheet of coverage that a Rasteriser is swept onto, for the tests of rasteriser and stroker. */
#ifndef CHUPIN_TESTS_INK_CANVAS_H
#define CHUPIN_TESTS_INK_CANVAS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ink/shape/raster.h"

typedef struct Canvas {
    Area area;
    uint8_t *levels;
    int last_y, last_x;
    size_t runs;
} Canvas;

static inline size_t canvas_pixels(const Canvas *c) {
    return (size_t)(c->area.x1 - c->area.x0) * (size_t)(c->area.y1 - c->area.y0);
}

static inline Canvas canvas_new(Area area) {
    Canvas c = {.area = area};
    c.levels = malloc(canvas_pixels(&c));
    return c;
}

static inline uint8_t *canvas_at(const Canvas *c, int x, int y) {
    return c->levels + (size_t)(y - c->area.y0) * (size_t)(c->area.x1 - c->area.x0) +
           (size_t)(x - c->area.x0);
}

/* Checks what raster.h promises of runs, and dirties what may be written to. */
static inline void canvas_run(void *self, int y, int x0, int x1, uint8_t *coverage) {
    Canvas *c = self;
    assert_true(x0 < x1 && x0 >= c->area.x0 && x1 <= c->area.x1);
    assert_true(y >= c->area.y0 && y < c->area.y1);
    assert_true(y > c->last_y || (y == c->last_y && x0 > c->last_x));
    assert_int_equal((uintptr_t)coverage % 16, 0);
    assert_true(coverage[0] && coverage[x1 - x0 - 1]);
    for (int i = 0; i < 16; i++)
        assert_int_equal(coverage[x1 - x0 + i], 0);
    memcpy(canvas_at(c, x0, y), coverage, (size_t)(x1 - x0));
    memset(coverage, 77, (size_t)(x1 - x0) + 16);
    c->last_y = y;
    c->last_x = x1;
    c->runs++;
}

static inline void canvas_take(Canvas *c, Rasteriser *r, bool even_odd) {
    memset(c->levels, 0, canvas_pixels(c));
    c->last_y = c->area.y0 - 1;
    c->last_x = c->area.x0;
    c->runs = 0;
    Area bounds = raster_bounds(r);
    raster_sweep(r, even_odd, canvas_run, c);
    for (int y = c->area.y0; y < c->area.y1; y++)
        for (int x = c->area.x0; x < c->area.x1; x++)
            if (*canvas_at(c, x, y))
                assert_true(x >= bounds.x0 && x < bounds.x1 && y >= bounds.y0 && y < bounds.y1);
}

static inline double canvas_sum(const Canvas *c) {
    double sum = 0;
    for (size_t i = 0; i < canvas_pixels(c); i++)
        sum += c->levels[i] / 255.0;
    return sum;
}

static inline void assert_near(double got, double wanted, double tolerance) {
    if (!(fabs(got - wanted) <= tolerance))
        fail_msg("%.6g is not within %.3g of %.6g", got, tolerance, wanted);
}

/* The same numbers on every machine, from 0 to 1. */
static inline double next_random(uint64_t *state) {
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (double)(*state >> 40) / (double)(1 << 24);
}

#endif
