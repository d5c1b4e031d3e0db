/* Strokes against areas and pixels worked out by hand: caps, joins, dashes, pens of every shape. */
#include "ink_canvas.h"

enum { SIDE = 100, MOST_POINTS = 64 };

static const Matrix identity = {1, 0, 0, 1, 0, 0};

typedef struct Sketch { /* a path in the making */
    uint8_t verbs[MOST_POINTS];
    Point points[MOST_POINTS];
    Path path;
} Sketch;

/* Reads "m 1 2 l 3 4 c 1 2 3 4 5 6 h". */
static const Path *sketch(Sketch *s, const char *text) {
    s->path = (Path){.verbs = s->verbs, .points = s->points};
    for (;;) {
        while (*text == ' ')
            text++;
        if (!*text)
            return &s->path;
        PathVerb verb = *text == 'm'   ? PATH_MOVE
                        : *text == 'l' ? PATH_LINE
                        : *text == 'c' ? PATH_CURVE
                                       : PATH_CLOSE;
        text++;
        s->verbs[s->path.verb_count++] = (uint8_t)verb;
        for (int i = verb == PATH_CLOSE ? 0 : verb == PATH_CURVE ? 3 : 1; i; i--) {
            char *end;
            Point *p = &s->points[s->path.point_count++];
            p->x = strtod(text, &end);
            p->y = strtod(end, &end);
            text = end;
        }
    }
}

typedef struct Desk {
    Rasteriser *r;
    Canvas c;
} Desk;

static int open_desk(void **state) {
    Desk *d = malloc(sizeof *d);
    d->r = raster_new();
    d->c = canvas_new((Area){0, 0, SIDE, SIDE});
    *state = d;
    return 0;
}

static int close_desk(void **state) {
    Desk *d = *state;
    raster_free(d->r);
    free(d->c.levels);
    free(d);
    return 0;
}

static double stroke_with(void **state, const char *text, StrokeStyle style, Matrix pen) {
    Desk *d = *state;
    Sketch s;
    raster_begin(d->r, d->c.area);
    assert_true(raster_stroke(d->r, sketch(&s, text), &style, &pen, &identity));
    canvas_take(&d->c, d->r, false);
    return canvas_sum(&d->c);
}

static double stroke(void **state, const char *text, StrokeStyle style) {
    return stroke_with(state, text, style, identity);
}

static int level(void **state, int x, int y) {
    Desk *d = *state;
    return *canvas_at(&d->c, x, y);
}

static void caps_have_their_areas(void **state) {
    static const char *const lines[] = {"m 20 50 l 60 50", "m 50 20 l 50 60", "m 20 20 l 44 52"};
    for (size_t i = 0; i < 3; i++) {
        assert_near(stroke(state, lines[i], (StrokeStyle){.width = 6}), 240, 0.2);
        assert_near(stroke(state, lines[i], (StrokeStyle){.width = 6, .cap = 1}), 240 + M_PI * 9,
                    0.3);
        assert_near(stroke(state, lines[i], (StrokeStyle){.width = 6, .cap = 2}), 240 + 36, 0.2);
    }
}

static void a_butt_line_on_pixel_borders_is_a_rectangle(void **state) {
    assert_near(stroke(state, "m 20 50 l 60 50", (StrokeStyle){.width = 2}), 80, 0);
    assert_int_equal(level(state, 20, 49), 255);
    assert_int_equal(level(state, 59, 50), 255);
    assert_int_equal(level(state, 60, 50), 0);
    assert_int_equal(level(state, 19, 50), 0);
    assert_near(stroke(state, "m 20 50 l 60 50", (StrokeStyle){.width = 2, .cap = 2}), 84, 0);
    assert_int_equal(level(state, 60, 50), 255);
    assert_int_equal(level(state, 19, 49), 255);
}

static void joins_have_their_areas(void **state) {
    const char *corner = "m 20 20 l 60 20 l 60 60";
    double both = 8 * 40 * 2 - 16; /* the quarter inside is counted once */
    assert_near(stroke(state, corner, (StrokeStyle){8, 10, 0, 0, NULL, 0, 0}), both + 16, 0);
    assert_near(stroke(state, corner, (StrokeStyle){8, 10, 0, 1, NULL, 0, 0}), both + M_PI * 4,
                0.2);
    assert_near(stroke(state, corner, (StrokeStyle){8, 10, 0, 2, NULL, 0, 0}), both + 8, 0.1);
    assert_near(stroke(state, "m 60 60 l 60 20 l 20 20", (StrokeStyle){8, 10, 0, 0, NULL, 0, 0}),
                both + 16, 0);
}

/* A miter is 1 / sin(angle / 2) widths long: 1.4142 at a right angle, 2 at 60 degrees. */
static void miters_end_at_their_limit(void **state) {
    const char *corner = "m 20 20 l 60 20 l 60 60";
    double mitered = stroke(state, corner, (StrokeStyle){8, 1.415, 0, 0, NULL, 0, 0});
    double cut = stroke(state, corner, (StrokeStyle){8, 1.414, 0, 0, NULL, 0, 0});
    assert_near(mitered - cut, 8, 0.1);
    const char *sharp = "m 20 20 l 60 20 l 40 54.641016";
    mitered = stroke(state, sharp, (StrokeStyle){8, 2.001, 0, 0, NULL, 0, 0});
    cut = stroke(state, sharp, (StrokeStyle){8, 1.999, 0, 0, NULL, 0, 0});
    /* the tip is a triangle on the bevel: 4·sqrt(3) long at its foot, 6 high */
    assert_near(mitered - cut, 4 * sqrt(3) * 6 / 2, 0.3);
    /* There and back again has no miter at all. */
    assert_near(stroke(state, "m 20 50 l 60 50 l 30 50", (StrokeStyle){8, 1e9, 0, 0, NULL, 0, 0}),
                320, 0.01);
}

static void closed_paths_have_joins_and_no_caps(void **state) {
    const char *box = "m 20 20 l 60 20 l 60 60 l 20 60 h";
    for (int cap = 0; cap < 3; cap++) {
        assert_near(stroke(state, box, (StrokeStyle){4, 10, cap, 0, NULL, 0, 0}), 4 * 160, 0);
        assert_int_equal(level(state, 18, 18), 255);
        assert_int_equal(level(state, 40, 40), 0);
    }
    assert_near(stroke(state, box, (StrokeStyle){4, 10, 0, 2, NULL, 0, 0}), 640 - 4 * 2, 0.1);
    /* The same, open: the corner at the start is missing. */
    const char *open = "m 20 20 l 60 20 l 60 60 l 20 60 l 20 20";
    assert_near(stroke(state, open, (StrokeStyle){4, 10, 0, 0, NULL, 0, 0}), 640 - 4, 0);
    assert_int_equal(level(state, 18, 18), 0);
}

static void curved_strokes_have_the_area_of_their_band(void **state) {
    const char *circle = "m 80 50 c 80 66.568542 66.568542 80 50 80 c 33.431458 80 20 66.568542 "
                         "20 50 c 20 33.431458 33.431458 20 50 20 c 66.568542 20 80 33.431458 80 "
                         "50 h";
    static const double widths[] = {0.3, 1, 2, 7, 20, 39};
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        double wanted = 2 * M_PI * 30 * widths[i];
        for (int join = 0; join < 3; join++) {
            StrokeStyle style = {widths[i], 10, 0, join, NULL, 0, 0};
            assert_near(stroke(state, circle, style) / wanted, 1, 0.003);
        }
    }
    assert_int_equal(level(state, 50, 50), 0);
    /* A pen wider than the circle fills it whole. */
    double disc = stroke(state,
                         "m 60 50 c 60 55.5228 55.5228 60 50 60 c 44.4772 60 40 55.5228 40 "
                         "50 c 40 44.4772 44.4772 40 50 40 c 55.5228 40 60 44.4772 60 50 h",
                         (StrokeStyle){30, 10, 0, 0, NULL, 0, 0});
    assert_near(disc / (M_PI * 25 * 25), 1, 0.005);
    assert_int_equal(level(state, 50, 50), 255);
}

static void tight_turns_leave_no_holes(void **state) {
    StrokeStyle wide = {24, 10, 1, 1, NULL, 0, 0};
    (void)stroke(state, "m 30 40 c 90 90 10 90 70 40", wide); /* with a loop */
    (void)stroke(state, "m 30 50 c 90 50 10 50 70 50", wide); /* there, back and there */
    for (int x = 30; x < 70; x++)
        for (int y = 39; y < 61; y++)
            assert_int_equal(level(state, x, y), 255);
    (void)stroke(state, "m 30 50 l 32 52 l 34 50 l 36 52 l 38 50 l 40 52 l 42 50", wide);
    for (int x = 30; x < 42; x++)
        for (int y = 44; y < 58; y++)
            assert_int_equal(level(state, x, y), 255);
}

static void dots_need_round_caps(void **state) {
    static const char *const dots[] = {"m 50 50 l 50 50", "m 50 50 h", "m 50 50 l 50 50 h",
                                       "m 50 50 c 50 50 50 50 50 50"};
    for (size_t i = 0; i < 4; i++) {
        assert_near(stroke(state, dots[i], (StrokeStyle){.width = 10, .cap = 1}), M_PI * 25, 0.3);
        assert_near(stroke(state, dots[i], (StrokeStyle){.width = 10, .cap = 0}), 0, 0);
        assert_near(stroke(state, dots[i], (StrokeStyle){.width = 10, .cap = 2}), 0, 0);
    }
    assert_near(stroke(state, "m 50 50", (StrokeStyle){.width = 10, .cap = 1}), 0, 0);
    assert_near(stroke(state, "m 50 50 m 20 20", (StrokeStyle){.width = 10, .cap = 1}), 0, 0);
}

static StrokeStyle dashed(double width, int cap, const double *dash, int count, double phase) {
    return (StrokeStyle){width, 10, cap, 0, dash, count, phase};
}

static void dashes_follow_array_and_phase(void **state) {
    static const double five[] = {5}, pair[] = {6, 4}, three[] = {1, 2, 3};
    const char *line = "m 10 50 l 90 50";
    assert_near(stroke(state, line, dashed(2, 0, pair, 2, 0)), 8 * 6 * 2, 0);
    assert_int_equal(level(state, 15, 50), 255);
    assert_int_equal(level(state, 16, 50), 0);
    assert_int_equal(level(state, 19, 50), 0);
    assert_int_equal(level(state, 20, 50), 255);
    (void)stroke(state, line, dashed(2, 0, pair, 2, 13));
    assert_int_equal(level(state, 12, 50), 255);
    assert_int_equal(level(state, 13, 50), 0);
    assert_int_equal(level(state, 17, 50), 255);
    (void)stroke(state, line, dashed(2, 0, pair, 2, -1));
    assert_int_equal(level(state, 10, 50), 0);
    assert_int_equal(level(state, 11, 50), 255);
    (void)stroke(state, line, dashed(2, 0, five, 1, 0));
    assert_int_equal(level(state, 14, 50), 255);
    assert_int_equal(level(state, 15, 50), 0);
    assert_int_equal(level(state, 20, 50), 255);
    (void)stroke(state, line, dashed(2, 0, three, 3, 0)); /* 1 on 2 off 3 on 1 off 2 on 3 off */
    static const uint8_t wanted[12] = {1, 0, 0, 1, 1, 1, 0, 1, 1, 0, 0, 0};
    for (int i = 0; i < 60; i++)
        assert_int_equal(level(state, 10 + i, 50), wanted[i % 12] * 255);
}

static void dashes_turn_corners_and_begin_anew_in_each_subpath(void **state) {
    static const double pair[] = {20, 10};
    (void)stroke(state, "m 10 10 l 25 10 l 25 60 m 50 10 l 90 10", dashed(2, 0, pair, 2, 0));
    assert_int_equal(level(state, 25, 9), 255); /* the corner is mitered */
    assert_int_equal(level(state, 25, 14), 255);
    assert_int_equal(level(state, 25, 15), 0);
    assert_int_equal(level(state, 25, 25), 255);
    assert_int_equal(level(state, 50, 10), 255);
    assert_int_equal(level(state, 69, 10), 255);
    assert_int_equal(level(state, 70, 10), 0);
}

static void the_dash_over_the_start_of_a_closed_path_is_one(void **state) {
    static const double pair[] = {30, 10}, endless[] = {1000, 1}, gap[] = {30, 10};
    const char *box = "m 20 20 l 60 20 l 60 60 l 20 60 h";
    (void)stroke(state, box, dashed(4, 0, pair, 2, 10)); /* begins and ends within a dash */
    assert_int_equal(level(state, 18, 18), 255);
    assert_int_equal(level(state, 39, 20), 255);
    assert_int_equal(level(state, 41, 20), 0);
    assert_near(stroke(state, box, dashed(4, 0, endless, 2, 0)), 640, 0);
    (void)stroke(state, box, dashed(4, 0, gap, 2, 35)); /* begins within a gap */
    assert_int_equal(level(state, 21, 20), 0);
    assert_int_equal(level(state, 26, 20), 255);
}

static void dashes_without_length_are_dots_along_the_line(void **state) {
    static const double dots[] = {0, 10};
    const char *line = "m 20 50 l 60 50";
    assert_near(stroke(state, line, dashed(6, 1, dots, 2, 0)), 5 * M_PI * 9, 1);
    assert_near(stroke(state, line, dashed(6, 2, dots, 2, 0)), 5 * 36, 0);
    assert_near(stroke(state, line, dashed(6, 0, dots, 2, 0)), 0, 0);
    /* Squares lie along the line. */
    (void)stroke(state, "m 20 20 l 70 70", dashed(8, 2, (const double[]){0, 100}, 2, 50));
    assert_near(stroke(state, "m 20 20 l 70 70", dashed(8, 2, (const double[]){0, 100}, 2, 60)), 64,
                0.2);
    assert_true(level(state, 48, 43) > level(state, 44, 44) / 4);
}

static void bad_dash_arrays_are_solid(void **state) {
    static const double none[] = {0, 0}, negative[] = {3, -1}, nan[] = {NAN, 1};
    assert_near(stroke(state, "m 20 50 l 60 50", dashed(2, 0, none, 2, 0)), 80, 0);
    assert_near(stroke(state, "m 20 50 l 60 50", dashed(2, 0, negative, 2, 0)), 80, 0);
    assert_near(stroke(state, "m 20 50 l 60 50", dashed(2, 0, nan, 2, 0)), 80, 0);
}

static void dashes_out_of_sight_cost_nothing_and_keep_the_phase(void **state) {
    static const double pair[] = {6, 4};
    (void)stroke(state, "m -1000000000 50 l 1000000000 50", dashed(2, 0, pair, 2, 0));
    for (int x = 0; x < SIDE; x++)
        assert_int_equal(level(state, x, 50), x % 10 < 6 ? 255 : 0);
    (void)stroke(state, "m -400 50 c -300 900 -200 900 -100 50 l 200 50", dashed(2, 0, pair, 2, 0));
    double off = 0, on = 0; /* the length of the curve decides; the pattern must be a clean one */
    for (int x = 0; x < SIDE; x++)
        *(level(state, x, 50) > 127 ? &on : &off) += 1;
    assert_near(on, 60, 1);
}

static void hairlines_are_a_pixel_wide_and_thin_lines_as_wide_as_they_are(void **state) {
    Matrix small = {0.001, 0, 0, 0.001, 0, 0}, uneven = {0.2, 0, 0, 7, 0, 0};
    assert_near(stroke(state, "m 20 50.5 l 60 50.5", (StrokeStyle){.width = 0}), 40, 0);
    assert_int_equal(level(state, 30, 50), 255);
    assert_near(stroke_with(state, "m 20 20 l 44 52", (StrokeStyle){.width = 0}, small), 40, 0.2);
    assert_near(stroke_with(state, "m 20 20 l 44 52", (StrokeStyle){.width = 0}, uneven), 40, 0.2);
    assert_near(stroke(state, "m 20 50.5 l 60 50.5", (StrokeStyle){.width = 0.25}), 10, 0.1);
    assert_near(stroke(state, "m 20.3 20 l 44.3 52", (StrokeStyle){.width = 0.1}), 4, 0.1);
}

static void the_pen_is_stretched_as_its_space(void **state) {
    Matrix uneven = {1, 0, 0, 4, 0, 0}, turned = {3, 3, -1, 1, 0, 0},
           mirrored = {-1, 0, 0, 4, 0, 0};
    const char *across = "m 20 50 l 60 50", *upright = "m 50 20 l 50 60";
    StrokeStyle butt = {.width = 3, .miter_limit = 10}, round = {.width = 3, .cap = 1};
    assert_near(stroke_with(state, across, butt, uneven), 40 * 12, 0.01);
    assert_near(stroke_with(state, upright, butt, uneven), 40 * 3, 0.3);
    assert_near(stroke_with(state, across, round, uneven), 480 + M_PI * 1.5 * 6, 0.5);
    assert_near(stroke_with(state, across, round, mirrored), 480 + M_PI * 1.5 * 6, 0.5);
    const char *dot = "m 50 50 l 50 50";
    assert_near(stroke_with(state, dot, (StrokeStyle){.width = 8, .cap = 1}, turned), M_PI * 16 * 6,
                1);
    /* 24 user units along x are 24 pixels; along y, 6. */
    static const double pair[] = {4, 2};
    StrokeStyle dash = {2, 10, 0, 0, pair, 2, 0};
    assert_near(stroke_with(state, "m 20 50 l 44 50", dash, uneven), 16 * 8, 0.1);
    assert_near(stroke_with(state, "m 50 20 l 50 44", dash, uneven), 16 * 2, 0.1);
    dash.width = 0;
    assert_near(stroke_with(state, "m 50.5 20 l 50.5 44", dash, uneven), 16, 0.1);
}

static void a_singular_pen_draws_the_thinnest_line(void **state) {
    Matrix flat = {2, 2, 1, 1, 0, 0}, zero = {0, 0, 0, 0, 50, 50};
    static const double pair[] = {4, 2};
    assert_near(stroke_with(state, "m 20 20 l 60 60", (StrokeStyle){.width = 9}, flat),
                40 * sqrt(2), 0.3);
    assert_near(stroke_with(state, "m 20 20 l 60 60", dashed(9, 0, pair, 2, 0), flat),
                40 * sqrt(2) * 2 / 3, 3);
    assert_near(stroke_with(state, "m 50.5 50.5 l 60.5 50.5", dashed(9, 0, pair, 2, 0), zero), 10,
                0.1);
}

static void strokes_add_to_each_other_whatever_their_pens(void **state) {
    Desk *d = *state;
    Sketch s;
    StrokeStyle style = {10, 10, 0, 0, NULL, 0, 0};
    static const Matrix pens[] = {{1, 0, 0, 1, 0, 0},  {-1, 0, 0, 1, 0, 0}, {1, 0, 0, 3, 0, 0},
                                  {1, 0, 0, -3, 0, 0}, {0, 2, 1, 0, 0, 0},  {0, -2, 1, 0, 0, 0}};
    for (size_t i = 0; i < sizeof pens / sizeof *pens; i++)
        for (size_t k = 0; k < sizeof pens / sizeof *pens; k++) {
            raster_begin(d->r, d->c.area);
            const Path *path = sketch(&s, "m 20 50 l 70 50");
            assert_true(raster_stroke(d->r, path, &style, &pens[i], &identity));
            assert_true(raster_stroke(d->r, path, &style, &pens[k], &identity));
            canvas_take(&d->c, d->r, false);
            assert_int_equal(level(state, 45, 50), 255);
        }
}

static void limits_are_told(void **state) {
    Desk *d = *state;
    Sketch s;
    static double many[100000];
    for (int i = 0; i < 100000; i++)
        many[i] = 1;
    static const double tiny[] = {1e-6, 1e-6}, tiniest[] = {0, 1e-300}, fine[] = {1e-3, 1e-3};
    const Path *line = sketch(&s, "m 10 50 l 90 50");
    raster_begin(d->r, d->c.area);
    StrokeStyle style = dashed(2, 0, many, 100000, 0);
    assert_false(raster_stroke(d->r, line, &style, &identity, &identity));
    style = dashed(2, 1, tiny, 2, 0);
    assert_false(raster_stroke(d->r, line, &style, &identity, &identity));
    raster_begin(d->r, d->c.area);
    style = dashed(2, 1, tiniest, 2, 0);
    assert_false(raster_stroke(d->r, line, &style, &identity, &identity));
    raster_begin(d->r, d->c.area);
    style = dashed(2, 0, fine, 2, 0);
    assert_true(raster_stroke(d->r, line, &style, &identity, &identity));
    canvas_take(&d->c, d->r, false);
    assert_near(canvas_sum(&d->c), 80, 1);
    raster_begin(d->r, d->c.area);
    style = dashed(1e9, 1, fine, 2, 0); /* a great many very round caps */
    assert_false(raster_stroke(d->r, line, &style, &identity, &identity));
    raster_begin(d->r, d->c.area);
    Matrix bad = {NAN, 0, 0, 1, 0, 0};
    assert_false(raster_stroke(d->r, line, &style, &bad, &identity));
}

static void far_points_and_wide_pens_are_drawn(void **state) {
    StrokeStyle style = {4, 10, 1, 1, NULL, 0, 0};
    static const double pair[] = {10, 10};
    assert_near(stroke(state, "m -1e30 50 l 1e30 50", style), 400, 0);
    (void)stroke(state, "m 0 0 c 1e30 1e30 -1e30 1e30 0 0 h", style);
    (void)stroke(state, "m -1e30 50 l 1e30 50 l 1e30 1e30 h", dashed(4, 1, pair, 2, 3));
    style.width = 1e30;
    assert_near(stroke(state, "m 20 20 l 40 40", style), SIDE * SIDE, 0);
    (void)stroke_with(state, "m 20 20 l 40 40", style, (Matrix){1e-30, 0, 0, 1e30, 0, 0});
}

#define DESK_TEST(name) cmocka_unit_test_setup_teardown(name, open_desk, close_desk)

int main(void) {
    const struct CMUnitTest tests[] = {
        DESK_TEST(caps_have_their_areas),
        DESK_TEST(a_butt_line_on_pixel_borders_is_a_rectangle),
        DESK_TEST(joins_have_their_areas),
        DESK_TEST(miters_end_at_their_limit),
        DESK_TEST(closed_paths_have_joins_and_no_caps),
        DESK_TEST(curved_strokes_have_the_area_of_their_band),
        DESK_TEST(tight_turns_leave_no_holes),
        DESK_TEST(dots_need_round_caps),
        DESK_TEST(dashes_follow_array_and_phase),
        DESK_TEST(dashes_turn_corners_and_begin_anew_in_each_subpath),
        DESK_TEST(the_dash_over_the_start_of_a_closed_path_is_one),
        DESK_TEST(dashes_without_length_are_dots_along_the_line),
        DESK_TEST(bad_dash_arrays_are_solid),
        DESK_TEST(dashes_out_of_sight_cost_nothing_and_keep_the_phase),
        DESK_TEST(hairlines_are_a_pixel_wide_and_thin_lines_as_wide_as_they_are),
        DESK_TEST(the_pen_is_stretched_as_its_space),
        DESK_TEST(a_singular_pen_draws_the_thinnest_line),
        DESK_TEST(strokes_add_to_each_other_whatever_their_pens),
        DESK_TEST(limits_are_told),
        DESK_TEST(far_points_and_wide_pens_are_drawn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
