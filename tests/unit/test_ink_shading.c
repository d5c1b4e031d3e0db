/* Shadings 1 to 3, and what all types share, against values worked out by hand and against slow
 * references. */
#include "shadings.h"

#define LINEAR "/Function<</FunctionType 2/Domain[0 1]/N 1>>"

static void an_axis_is_exact_at_pixel_centres(void **state) {
    Canvas *c = draw(state, "<</ShadingType 2/Coords[10 0 30 0]/Extend[true true]" LINEAR ">>");
    for (int y = 0; y < SIDE; y += 13)
        for (int x = 0; x < SIDE; x++) {
            assert_int_equal(shape(c, x, y), 255);
            assert_near(level(c, x, y), fmin(fmax((x + .5 - 10) / 20, 0), 1) * 255, .51);
        }
    c = draw(state,
             "<</ShadingType 2/Coords[0 30 0 10]/Domain[.5 1]/Extend[true true]" LINEAR ">>");
    assert_int_equal(level(c, 3, 35), 128);
    assert_near(level(c, 3, 19), 255 * (.5 + .5 * 10.5 / 20), .51);
    assert_int_equal(level(c, 39, 5), 255);
}

static void an_axis_that_is_not_extended_ends_there(void **state) {
    Canvas *c = draw(state, "<</ShadingType 2/Coords[10.25 0 30 0]/Extend[false true]" LINEAR ">>");
    assert_int_equal(shape(c, 9, 3), 0);
    assert_int_equal(shape(c, 10, 3), 191); /* three quarters of the pixel */
    assert_int_equal(shape(c, 11, 3), 255);
    assert_int_equal(shape(c, 39, 3), 255);
    c = draw(state, "<</ShadingType 2/Coords[0 10 0 20]" LINEAR ">>");
    assert_int_equal(shape(c, 5, 9), 0);
    assert_int_equal(shape(c, 5, 10), 255);
    assert_int_equal(shape(c, 5, 19), 255);
    assert_int_equal(shape(c, 5, 20), 0);
}

static void an_axis_follows_its_matrix(void **state) {
    Fixture *f = *state;
    f->matrix = (Matrix){2, 1, -.5, 1.5, 3, -4};
    Canvas *c = draw(state, "<</ShadingType 2/Coords[2 3 9 11]/Extend[true true]" LINEAR ">>");
    double det = 2 * 1.5 + .5;
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) {
            double dx = x + .5 - 3, dy = y + .5 + 4;
            double u = (1.5 * dx + .5 * dy) / det, v = (-1 * dx + 2 * dy) / det;
            double t = ((u - 2) * 7 + (v - 3) * 8) / (49 + 64);
            assert_near(level(c, x, y), fmin(fmax(t, 0), 1) * 255, .6);
        }
}

static void a_jump_of_the_function_stays_where_it_is(void **state) {
    Canvas *c = draw(state, "<</ShadingType 2/Coords[0 0 40 0]/Function<</FunctionType 3/Domain"
                            "[0 1]/Bounds[.51249 .51251]/Encode[0 1 0 1 0 1]/Functions["
                            "<</FunctionType 2/Domain[0 1]/C0[0]/C1[.1]/N 1>>"
                            "<</FunctionType 2/Domain[0 1]/C0[1]/C1[1]/N 1>>"
                            "<</FunctionType 2/Domain[0 1]/C0[.5]/C1[.6]/N 1>>]>>>>");
    assert_near(level(c, 19, 0), 255 * .1 * 19.5 / 20.4996, 1);
    assert_int_equal(level(c, 20, 0), 255); /* its centre falls in a piece of 0.0008 pixels */
    assert_near(level(c, 21, 0), 255 * (.5 + .1 * 1 / 19.5), 1);
}

static void samples_closer_than_pixels_are_not_skipped(void **state) {
    Fixture *f = *state;
    Sink s = sink_memory(f->arena);
    for (int i = 0; i < 4001; i++)
        sink_str(&s, i % 100 == 50 ? "ff" : "00");
    Str hex = sink_text(&s);
    const char *objects[] = {
        "<</ShadingType 2/Coords[0 0 40 0]/Function 5 0 R>>",
        arena_printf(f->arena,
                     "<</FunctionType 0/Domain[0 1]/Range[0 1]/Size[4001]/BitsPerSample 8"
                     "/Filter/ASCIIHexDecode>>|%.*s>",
                     (int)hex.n, hex.p)};
    Canvas *c = draw_all(state, objects, 2);
    assert_true(f->drawn);
    for (int x = 0; x < SIDE; x++)
        assert_int_equal(level(c, x, 7), 255); /* every centre falls on the one sample of 100 */
}

static void an_axis_without_length_paints_nothing_but_background(void **state) {
    Fixture *f = *state;
    const char *object =
        "<</ShadingType 2/Coords[7 7 7 7]/Extend[true true]/Background[.4]" LINEAR ">>";
    assert_empty(draw(state, object));
    f->background = true;
    Canvas *c = draw(state, object);
    for (int i = 0; i < PIXELS; i++)
        assert_true(c->shape[i] == 255 && c->samples[i][0] == 102);
}

static void background_fills_what_is_left_within_the_box(void **state) {
    Fixture *f = *state;
    const char *object = "<</ShadingType 2/Coords[10 0 20.5 0]/Background[.4]/BBox[30 30.5 5 2]"
                         "/Function<</FunctionType 2/Domain[0 1]/C0[.8]/C1[.8]/N 1>>>>";
    Canvas *c = draw(state, object);
    assert_int_equal(shape(c, 9, 10), 0);
    assert_int_equal(shape(c, 20, 10), 128);
    f->background = true;
    c = draw(state, object);
    assert_int_equal(level(c, 7, 10), 102);
    assert_int_equal(level(c, 12, 10), 204);
    assert_near(level(c, 20, 10), 153, 1);
    assert_int_equal(level(c, 25, 10), 102);
    assert_int_equal(shape(c, 4, 10), 0);
    assert_int_equal(shape(c, 5, 10), 255);
    assert_int_equal(shape(c, 30, 10), 0);
    assert_int_equal(shape(c, 7, 1), 0);
    assert_int_equal(shape(c, 7, 30), 128);
}

/* The last circle through a point, searched for by small steps: NaN when there is none. */
static double search(const double v[6], bool before, bool after, double x, double y) {
    const double step = 1. / 512;
    double last = NAN;
    for (double s = after ? 60 : 1; s >= (before ? -60 : 0) - step / 2; s -= step) {
        double r = v[2] + s * (v[5] - v[2]);
        double far = hypot(x - v[0] - s * (v[3] - v[0]), y - v[1] - s * (v[4] - v[1])) - r;
        if (r >= -1e-9 && ((last <= 0) != (far <= 0)) && !isnan(last))
            return s;
        last = r >= -1e-9 ? far : NAN;
    }
    return NAN;
}

static void check_circles(void **state, const double v[6], bool before, bool after) {
    Fixture *f = *state;
    Canvas *c = draw(
        state, arena_printf(f->arena,
                            "<</ShadingType 3/Coords[%g %g %g %g %g %g]/Extend[%s %s]" LINEAR ">>",
                            v[0], v[1], v[2], v[3], v[4], v[5], before ? "true" : "false",
                            after ? "true" : "false"));
    int compared = 0;
    for (int y = 0; y < SIDE; y += 3)
        for (int x = 0; x < SIDE; x++) {
            if (shape(c, x, y) != 0 && shape(c, x, y) != 255)
                continue; /* an edge */
            double s = search(v, before, after, x + .5, y + .5);
            if (isnan(s) != (shape(c, x, y) == 0))
                fail_msg("at %d,%d shape is %d, place %g", x, y, shape(c, x, y), s);
            if (!isnan(s))
                assert_near(level(c, x, y), fmin(fmax(s, 0), 1) * 255, 1.1);
            compared++;
        }
    assert_true(compared > SIDE * SIDE / 5);
}

static void circles_in_every_position(void **state) {
    static const double positions[][6] = {
        {20, 20, 4, 20, 20, 17},   /* one in the other, concentric */
        {20, 20, 0, 23, 21, 16},   /* from a point */
        {18, 20, 15, 22, 21, 5},   /* shrinking */
        {8, 20, 3, 30, 20, 8},     /* beside each other: a cone */
        {8, 20, 8, 30, 22, 0},     /* to a point */
        {8, 20, 6, 30, 22, 6},     /* the same radius: a cylinder */
        {14, 20, 12, 21, 20, 5},   /* touching from inside */
        {14, 20, 8, 24, 20, 7.5},  /* crossing */
        {-30, 20, 5, 70, 20, 40}}; /* far apart */
    for (size_t i = 0; i < sizeof positions / sizeof *positions; i++)
        for (int extend = 0; extend < 4; extend++)
            check_circles(state, positions[i], extend & 1, extend & 2);
}

static void circles_that_are_none(void **state) {
    assert_empty(draw(state, "<</ShadingType 3/Coords[9 9 5 9 9 5]/Extend[true true]" LINEAR ">>"));
    assert_empty(
        draw(state, "<</ShadingType 3/Coords[9 9 0 20 20 0]/Extend[true true]" LINEAR ">>"));
    refused(state, "<</ShadingType 3/Coords[9 9 -1 20 20 4]" LINEAR ">>",
            "a circle of a shading has a negative radius");
    refused(state, "<</ShadingType 3/Coords[9 9 1 20]" LINEAR ">>", "a shading can not be read");
}

static void a_circle_has_a_soft_edge(void **state) {
    Canvas *c = draw(state, "<</ShadingType 3/Coords[20 20 0 20 20 10.5]" LINEAR ">>");
    double area = 0;
    for (int i = 0; i < PIXELS; i++)
        area += c->shape[i] / 255.;
    assert_true(fabs(area - M_PI * 10.5 * 10.5) < 1);
}

static void a_function_of_two_paints_its_domain(void **state) {
    Fixture *f = *state;
    f->matrix = (Matrix){1, 0, 0, 1, 2, 0};
    const char *objects[] = {"<</ShadingType 1/Domain[0 2 0 1]/Matrix[10 0 0 20 3 5.5]"
                             "/Function 5 0 R>>",
                             "<</FunctionType 4/Domain[0 2 0 1]/Range[0 1]>>|{exch 2 div add 2 "
                             "div}"};
    Canvas *c = draw_all(state, objects, 2);
    assert_true(f->drawn);
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) {
            double u = (x + .5 - 5) / 10, v = (y + .5 - 5.5) / 20;
            bool inside = u > 0 && u < 2 && y >= 5 && y <= 25;
            assert_int_equal(shape(c, x, y), !inside ? 0 : y == 5 || y == 25 ? 128 : 255);
            if (inside)
                assert_near(level(c, x, y), (u / 2 + fmin(fmax(v, 0), 1)) / 2 * 255, .51);
        }
}

static void a_function_of_two_as_an_array(void **state) {
    Fixture *f = *state;
    f->space = &cmyk;
    const char *objects[] = {
        "<</ShadingType 1/Matrix[40 0 0 40 0 0]/Function[5 0 R 6 0 R 5 0 R 6 0 R]>>",
        "<</FunctionType 4/Domain[0 1 0 1]/Range[0 1]>>|{pop}",
        "<</FunctionType 4/Domain[0 1 0 1]/Range[0 1]>>|{exch pop}"};
    Canvas *c = draw_all(state, objects, 3);
    assert_true(f->drawn);
    const uint8_t *sample = c->samples[10 * SIDE + 30];
    for (int i = 0; i < 4; i++)
        assert_near(sample[i], (i % 2 ? 10.5 : 30.5) / 40 * 255, .51);
}

static void samples_span_the_range_of_the_space(void **state) {
    ColourSpace lab = {.space = SPACE_LAB, .components = 3, .range = {-100, 100, -50, 150}};
    Fixture *f = *state;
    f->space = &lab;
    Canvas *c = draw(state, "<</ShadingType 2/Coords[0 0 40 0]/Function<</FunctionType 2/Domain"
                            "[0 1]/C0[0 -100 -50]/C1[100 100 200]/N 1>>>>");
    const uint8_t *s = c->samples[20];
    assert_near(s[0], 255 * 20.5 / 40, .6);
    assert_near(s[1], 255 * 20.5 / 40, .6);
    assert_near(s[2], 255 * 250 * 20.5 / 40 / 200, .7);
    assert_int_equal(c->samples[39][2], 255);
}

static void what_can_not_be_read_says_why(void **state) {
    Fixture *f = *state;
    refused(state, "<</ShadingType 2/Coords[0 0 9 9]>>", "a shading has no function");
    refused(state, "<</ShadingType 2/Coords[0 0 9]" LINEAR ">>", "a shading can not be read");
    refused(state,
            "<</ShadingType 2/Coords[0 0 9 9]/Function<</FunctionType 2/Domain[0 1]/N -1>>>>",
            "the function of a shading runs wrong");
    static const char *const optional[] = {"/BBox[0 0 9]", "/Background 1", "/Domain[0(1)]"};
    f->background = true;
    for (size_t i = 0; i < sizeof optional / sizeof *optional; i++)
        refused(state,
                arena_printf(f->arena,
                             "<</ShadingType 2/Coords[0 0 9 9]%s/Function<</FunctionType "
                             "2/Domain[0 1]/N 1>>>>",
                             optional[i]),
                "a shading can not be read");
    refused(state, "<</ShadingType 9" LINEAR ">>", "a shading can not be read");
    refused(state, "<</ShadingType 4>>", "a shading can not be read");
    f->space = &cmyk;
    refused(state, "<</ShadingType 2/Coords[0 0 9 9]" LINEAR ">>",
            "the function of a shading does not fit its colour space");
    f->space = &gray;
    f->matrix = (Matrix){1, 1, 2, 2, 0, 0};
    refused(state, "<</ShadingType 2/Coords[0 0 9 9]" LINEAR ">>",
            "the matrix of a shading can not be inverted");
    f->matrix = (Matrix){NAN, 1, 2, 2, INFINITY, 0};
    refused(state, "<</ShadingType 2/Coords[0 0 9 9]" LINEAR ">>",
            "the matrix of a shading can not be inverted");
}

int main(void) {
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(an_axis_is_exact_at_pixel_centres),
        TEST(an_axis_that_is_not_extended_ends_there),
        TEST(an_axis_follows_its_matrix),
        TEST(a_jump_of_the_function_stays_where_it_is),
        TEST(samples_closer_than_pixels_are_not_skipped),
        TEST(an_axis_without_length_paints_nothing_but_background),
        TEST(background_fills_what_is_left_within_the_box),
        TEST(circles_in_every_position),
        TEST(circles_that_are_none),
        TEST(a_circle_has_a_soft_edge),
        TEST(a_function_of_two_paints_its_domain),
        TEST(a_function_of_two_as_an_array),
        TEST(samples_span_the_range_of_the_space),
        TEST(what_can_not_be_read_says_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
