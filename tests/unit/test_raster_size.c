/* How large pixels are in print: by the tag, by the job, and where both speak. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "read/raster/size.h"

typedef struct Case {
    uint32_t w, h;
    double ppi;
    int orientation;
} Case;

static Job job_of(double w_mm, double h_mm, double scale) {
    Job job;
    row_clear(entity_of(FACT_job), &job);
    job.size_w = w_mm * 72 / 25.4;
    job.size_h = h_mm * 72 / 25.4;
    job.scale = scale;
    return job;
}

static Limit limit_of(double bleed_mm) {
    Limit limit;
    row_clear(entity_of(FACT_limit), &limit);
    limit.bleed_top = limit.bleed_right = limit.bleed_bottom = limit.bleed_left =
        bleed_mm * 72 / 25.4;
    limit.size_error = 0.5 * 72 / 25.4;
    return limit;
}

static Raster sizes_of(Case c, const Job *job, double bleed_mm) {
    RasterHead head = {.width = c.w,
                       .height = c.h,
                       .ppi_x = c.ppi,
                       .ppi_y = c.ppi,
                       .orientation = c.orientation ? c.orientation : 1};
    Limit limit = limit_of(bleed_mm);
    Raster r;
    row_clear(entity_of(FACT_raster), &r);
    raster_sizes(&r, &head, job, &limit);
    return r;
}

static double mm(double pt) {
    return pt * 25.4 / 72;
}

static void test_shape_decides(void **state) {
    (void)state;
    Job card = job_of(90, 54, 1);
    Raster r = sizes_of((Case){1134, 709, 300, 1}, &card, 3);
    assert_int_equal(r.fit, FIT_WITH_BLEED);
    assert_float_equal(mm(r.job_w), 96, 1e-9);
    assert_float_equal(r.ppi, 300, 0.2);
    assert_int_equal(r.density_fits, 1);
    r = sizes_of((Case){1063, 638, 300, 1}, &card, 3);
    assert_int_equal(r.fit, FIT_TRIM);
    assert_float_equal(mm(r.job_h), 54, 1e-9);
    r = sizes_of((Case){1134, 850, 300, 1}, &card, 3);
    assert_int_equal(r.fit, FIT_DIFFERENT);
    assert_true(mm(r.fit_off) > 10);
    assert_float_equal(mm(raster_media(&r).x1), 96, 0.1);
}

static void test_wrong_tag(void **state) {
    (void)state;
    Job card = job_of(90, 54, 1);
    Raster r = sizes_of((Case){1134, 709, 72, 1}, &card, 3);
    assert_int_equal(r.fit, FIT_WITH_BLEED);
    assert_int_equal(r.density_fits, 0);
    assert_float_equal(r.ppi, 300, 0.2);
    assert_float_equal(mm(r.density_w), 400.05, 0.01);
    assert_float_equal(mm(raster_media(&r).x1), 96, 1e-6);
}

/* The tag says 6 when the pixels lie on their side, and the card may stand. */
static void test_orientation(void **state) {
    (void)state;
    Job card = job_of(90, 54, 1);
    Raster r = sizes_of((Case){709, 1134, 300, 6}, &card, 3);
    assert_int_equal(r.width, 1134);
    assert_int_equal(r.fit, FIT_WITH_BLEED);
    assert_float_equal(mm(r.job_w), 96, 1e-9);
    r = sizes_of((Case){709, 1134, 300, 1}, &card, 3);
    assert_int_equal(r.fit, FIT_WITH_BLEED);
    assert_float_equal(mm(r.job_w), 60, 1e-9);
}

static void test_scale(void **state) {
    (void)state;
    Job wall = job_of(3000, 1000, 0.1);
    Raster r = sizes_of((Case){3543, 1181, 72, 1}, &wall, 0);
    assert_int_equal(r.fit, FIT_WITH_BLEED);
    assert_float_equal(mm(r.job_w), 300, 1e-9);
    assert_float_equal(r.ppi, 30, 0.1);
}

/* A square fits with and without bleed: the density tells, or nothing does. */
static void test_square(void **state) {
    (void)state;
    Job square = job_of(100, 100, 1);
    assert_int_equal(sizes_of((Case){1252, 1252, 300, 1}, &square, 3).fit, FIT_WITH_BLEED);
    assert_int_equal(sizes_of((Case){1181, 1181, 300, 1}, &square, 3).fit, FIT_TRIM);
    Raster r = sizes_of((Case){1252, 1252, 72, 1}, &square, 3);
    assert_int_equal(r.fit, FIT_UNKNOWN);
    assert_false(raster_fits_job(&r));
    assert_int_equal(sizes_of((Case){1252, 1252, 72, 1}, &square, 0).fit, FIT_WITH_BLEED);
}

static void test_without_job(void **state) {
    (void)state;
    Job none = job_of(NAN, NAN, 1);
    Raster r = sizes_of((Case){1134, 709, 300, 1}, &none, 3);
    assert_int_equal(r.fit, FIT_UNKNOWN);
    assert_true(isnan(r.ppi));
    assert_int_equal(r.density_fits, UNKNOWN_BOOL);
    assert_float_equal(mm(raster_media(&r).x1), 96, 0.1);
    r = sizes_of((Case){1134, 709, 0, 1}, &none, 3);
    assert_true(isnan(r.density_w));
    assert_float_equal(raster_media(&r).x1, 1134, 1e-9);
}

/* A job of two pages side by side; lines of a fax are twice as far apart as its columns. */
static void test_spread_and_fax(void **state) {
    (void)state;
    Job spread = job_of(210, 285, 1);
    spread.spreads = 1;
    Raster r = sizes_of((Case){5031, 3437, 300, 1}, &spread, 3);
    assert_int_equal(r.fit, FIT_WITH_BLEED);
    assert_float_equal(mm(r.job_w), 426, 1e-9);
    RasterHead fax = {.width = 1728, .height = 1146, .ppi_x = 204, .ppi_y = 98, .orientation = 1};
    Job page = job_of(215.15, 297, 1);
    Limit limit = limit_of(0);
    row_clear(entity_of(FACT_raster), &r);
    raster_sizes(&r, &fax, &page, &limit);
    assert_int_equal(r.fit, FIT_WITH_BLEED);
}

static void test_turns(void **state) {
    (void)state;
    static const struct {
        int orientation;
        bool swap, flip_x, flip_y;
    } wanted[] = {{1, false, false, false},
                  {3, false, true, true},
                  {6, true, true, false},
                  {8, true, false, true},
                  {99, false, false, false}};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        RasterHead head = {.width = 3, .height = 2, .orientation = wanted[i].orientation};
        RasterTurn t = raster_turn(&head);
        assert_int_equal(t.swap, wanted[i].swap);
        assert_int_equal(t.flip_x, wanted[i].flip_x);
        assert_int_equal(t.flip_y, wanted[i].flip_y);
        assert_int_equal(t.width, wanted[i].swap ? 2 : 3);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shape_decides),  cmocka_unit_test(test_wrong_tag),
        cmocka_unit_test(test_orientation),    cmocka_unit_test(test_scale),
        cmocka_unit_test(test_square),         cmocka_unit_test(test_without_job),
        cmocka_unit_test(test_spread_and_fax), cmocka_unit_test(test_turns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
