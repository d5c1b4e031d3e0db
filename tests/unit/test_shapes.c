#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <math.h>

#include "read/pdf/shapes.h"

static const double NEAR = 1e-6;
static const Matrix identity = {1, 0, 0, 1, 0, 0};

enum { MOST = 64 };
typedef struct Sketch {
    uint8_t verbs[MOST];
    Point points[MOST];
    size_t verb_count, point_count;
} Sketch;

static void put(Sketch *s, PathVerb verb, double x, double y) {
    s->verbs[s->verb_count++] = (uint8_t)verb;
    if (verb != PATH_CLOSE)
        s->points[s->point_count++] = (Point){x, y};
}

static void put_rectangle(Sketch *s, double x, double y, double w, double h) {
    put(s, PATH_MOVE, x, y);
    put(s, PATH_LINE, x + w, y);
    put(s, PATH_LINE, x + w, y + h);
    put(s, PATH_LINE, x, y + h);
    put(s, PATH_CLOSE, 0, 0);
}

static Path path_of(const Sketch *s) {
    return (Path){.verbs = s->verbs,
                  .points = s->points,
                  .verb_count = s->verb_count,
                  .point_count = s->point_count};
}

static StrokeShape stroked_line(double x, double y, const Matrix *m, double width) {
    Sketch s = {0};
    put(&s, PATH_MOVE, 0, 0);
    put(&s, PATH_LINE, x, y);
    Path p = path_of(&s);
    return stroke_shape(&p, m, width, false, false);
}

static void width_is_scaled_by_the_page_transform(void **) {
    Matrix turned = {0, 3, -3, 0, 10, 10};
    StrokeShape s = stroked_line(0, 100, &turned, 0.5);
    assert_float_equal(s.width_min, 1.5, NEAR);
    assert_float_equal(s.width_max, 1.5, NEAR);
    assert_int_equal(s.segments, 1);
}

static void width_across_an_uneven_scale_depends_on_the_direction(void **) {
    Matrix uneven = {3, 0, 0, 0.5, 0, 0};
    assert_float_equal(stroked_line(100, 0, &uneven, 2).width_min, 1, NEAR);
    assert_float_equal(stroked_line(0, 100, &uneven, 2).width_min, 6, NEAR);
    /* w·|det M| / |M·d| for the user direction d that M takes to 45° on paper: M⁻¹(1,1) = (1/3, 2).
     */
    double user = hypot(1.0 / 3, 2), expected = 2 * 1.5 * user / hypot(1, 1);
    assert_float_equal(stroked_line(50, 50, &uneven, 2).width_min, expected, NEAR);
}

static void a_corner_has_both_widths(void **) {
    Matrix uneven = {3, 0, 0, 0.5, 0, 0};
    Sketch s = {0};
    put_rectangle(&s, 0, 0, 100, 100);
    Path p = path_of(&s);
    StrokeShape shape = stroke_shape(&p, &uneven, 2, false, false);
    assert_float_equal(shape.width_min, 1, NEAR);
    assert_float_equal(shape.width_max, 6, NEAR);
    assert_int_equal(shape.segments, 4);
}

static void a_curve_takes_the_extremes_of_its_directions(void **) {
    Matrix uneven = {3, 0, 0, 0.5, 0, 0};
    Sketch s = {0};
    put(&s, PATH_MOVE, 0, 0);
    put(&s, PATH_CURVE, 0, 55);
    s.points[s.point_count++] = (Point){45, 100};
    s.points[s.point_count++] = (Point){100, 100};
    Path p = path_of(&s);
    StrokeShape shape = stroke_shape(&p, &uneven, 2, false, false);
    assert_float_equal(shape.width_min, 1, NEAR);
    assert_float_equal(shape.width_max, 6, NEAR);
}

static void an_arch_is_thinnest_at_its_top(void **) {
    Matrix uneven = {3, 0, 0, 0.5, 0, 0};
    Sketch s = {0};
    put(&s, PATH_MOVE, 0, 0);
    put(&s, PATH_CURVE, 10, 60);
    s.points[s.point_count++] = (Point){90, 60};
    s.points[s.point_count++] = (Point){100, 0};
    Path p = path_of(&s);
    StrokeShape shape = stroke_shape(&p, &uneven, 2, false, false);
    assert_float_equal(shape.width_min, 1, NEAR);
    assert_true(shape.width_max > 5 && shape.width_max < 6);
}

static void dots_show_only_with_round_or_square_caps(void **) {
    Matrix uneven = {3, 0, 0, 0.5, 0, 0};
    Sketch s = {0};
    put(&s, PATH_MOVE, 50, 50);
    put(&s, PATH_LINE, 50, 50);
    Path p = path_of(&s);
    StrokeShape none = stroke_shape(&p, &uneven, 2, false, false);
    assert_int_equal(none.segments, 0);
    assert_false(none.box.x0 == none.box.x0);
    StrokeShape dot = stroke_shape(&p, &uneven, 2, true, false);
    assert_float_equal(dot.width_min, 1, NEAR);
    assert_float_equal(dot.width_max, 6, NEAR);
}

static void a_line_is_not_longer_than_it_is(void **) {
    StrokeShape s = stroked_line(0, 20, &identity, 0.25);
    assert_float_equal(s.box.x0, -0.125, NEAR);
    assert_float_equal(s.box.y0, 0, NEAR);
    assert_float_equal(s.box.y1, 20, NEAR);
}

static void a_flat_transform_has_no_width(void **) {
    Matrix flat = {1, 0, 1, 0, 0, 0};
    assert_true(isnan(stroked_line(100, 0, &flat, 1).width_min));
}

static FilledShape filled(const Sketch *s) {
    Path p = path_of(s);
    return filled_shape(&p);
}

static void a_thin_rectangle_is_a_line(void **) {
    Sketch s = {0};
    put_rectangle(&s, 65, 286, MM(120), MM(0.08));
    FilledShape f = filled(&s);
    assert_float_equal(TO_MM(f.thickness), 0.08, NEAR);
    assert_float_equal(TO_MM(f.length), 120, NEAR);
}

static void a_turned_thin_rectangle_is_a_line(void **) {
    Sketch s = {0};
    double c = cos(0.5), n = sin(0.5);
    put(&s, PATH_MOVE, 0, 0);
    put(&s, PATH_LINE, 100 * c, 100 * n);
    put(&s, PATH_LINE, 100 * c - 0.3 * n, 100 * n + 0.3 * c);
    put(&s, PATH_LINE, -0.3 * n, 0.3 * c);
    assert_float_equal(filled(&s).thickness, 0.3, NEAR);
}

static void a_square_is_no_line(void **) {
    Sketch s = {0};
    put_rectangle(&s, 0, 0, 10, 10);
    FilledShape f = filled(&s);
    assert_float_equal(f.thickness, 0, NEAR);
    assert_float_equal(f.stem, 5, NEAR);
}

static void a_frame_is_a_line_all_around(void **) {
    Sketch s = {0};
    put_rectangle(&s, 0, 0, 100, 100);
    put(&s, PATH_MOVE, 0.5, 0.5);
    put(&s, PATH_LINE, 0.5, 99.5);
    put(&s, PATH_LINE, 99.5, 99.5);
    put(&s, PATH_LINE, 99.5, 0.5);
    put(&s, PATH_CLOSE, 0, 0);
    assert_float_equal(filled(&s).thickness, 0.5, NEAR);
}

static void the_thinnest_of_several_bars_counts(void **) {
    Sketch s = {0};
    put_rectangle(&s, 0, 0, 100, 1);
    put_rectangle(&s, 0, 10, 100, 0.4);
    put_rectangle(&s, 0, 20, 100, 2);
    FilledShape f = filled(&s);
    assert_int_equal(f.parts, 3);
    assert_float_equal(f.thickness, 0.4, NEAR);
}

static void bars_beside_a_block_are_no_line(void **) {
    Sketch s = {0};
    put_rectangle(&s, 0, 0, 100, 1);
    put_rectangle(&s, 0, 10, 50, 50);
    assert_float_equal(filled(&s).length, 0, NEAR);
}

static void an_open_outline_is_closed_for_filling(void **) {
    Sketch s = {0};
    put(&s, PATH_MOVE, 0, 0);
    put(&s, PATH_LINE, 100, 0);
    put(&s, PATH_LINE, 100, 0.5);
    put(&s, PATH_LINE, 0, 0.5);
    FilledShape f = filled(&s);
    assert_float_equal(f.thickness, 0.5, NEAR);
    assert_int_equal(f.segments, 4);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(width_is_scaled_by_the_page_transform),
        cmocka_unit_test(width_across_an_uneven_scale_depends_on_the_direction),
        cmocka_unit_test(a_corner_has_both_widths),
        cmocka_unit_test(a_curve_takes_the_extremes_of_its_directions),
        cmocka_unit_test(an_arch_is_thinnest_at_its_top),
        cmocka_unit_test(dots_show_only_with_round_or_square_caps),
        cmocka_unit_test(a_line_is_not_longer_than_it_is),
        cmocka_unit_test(a_flat_transform_has_no_width),
        cmocka_unit_test(a_thin_rectangle_is_a_line),
        cmocka_unit_test(a_turned_thin_rectangle_is_a_line),
        cmocka_unit_test(a_square_is_no_line),
        cmocka_unit_test(a_frame_is_a_line_all_around),
        cmocka_unit_test(the_thinnest_of_several_bars_counts),
        cmocka_unit_test(bars_beside_a_block_are_no_line),
        cmocka_unit_test(an_open_outline_is_closed_for_filling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
