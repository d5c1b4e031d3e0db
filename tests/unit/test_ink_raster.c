/* Coverage against exact areas, against known pixels, and against FreeType's rasteriser. */
#include "ink_canvas.h"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H

enum { SIDE = 96 };

static const Area sheet = {0, 0, SIDE, SIDE};
static const Matrix identity = {1, 0, 0, 1, 0, 0};

static void draw_polygon(Rasteriser *r, const Point *p, int n) {
    raster_move(r, p[0].x, p[0].y);
    for (int i = 1; i < n; i++)
        raster_line(r, p[i].x, p[i].y);
}

static void draw_box(Rasteriser *r, double x0, double y0, double x1, double y1) {
    draw_polygon(r, (Point[]){{x0, y0}, {x1, y0}, {x1, y1}, {x0, y1}}, 4);
}

static double area_of(const Point *p, int n) {
    double sum = 0;
    for (int i = 0, k = n - 1; i < n; k = i++)
        sum += p[k].x * p[i].y - p[i].x * p[k].y;
    return fabs(sum) / 2;
}

static void coverage_adds_up_to_the_area_of_a_polygon(void **state) {
    (void)state;
    Rasteriser *r = raster_new();
    Canvas c = canvas_new(sheet);
    uint64_t random = 1;
    for (int round = 0; round < 400; round++) {
        Point p[24];
        int n = 3 + round % 20;
        double x = 30 + 30 * next_random(&random), y = 30 + 30 * next_random(&random);
        double most = round % 3 ? 28 : 3;
        for (int i = 0; i < n; i++) {
            double at = (i + 0.9 * next_random(&random)) * 2 * M_PI / n;
            double far = most * (0.2 + 0.8 * next_random(&random));
            p[i] = (Point){x + far * cos(at), y + far * sin(at)};
        }
        raster_begin(r, sheet);
        draw_polygon(r, p, n);
        canvas_take(&c, r, round % 2);
        assert_near(canvas_sum(&c), area_of(p, n), 0.06 + 0.0005 * most * n);
    }
    free(c.levels);
    raster_free(r);
}

static void rectangles_on_pixel_borders_are_full(void **state) {
    (void)state;
    Rasteriser *r = raster_new();
    Canvas c = canvas_new(sheet);
    for (int even_odd = 0; even_odd < 2; even_odd++) {
        raster_begin(r, sheet);
        draw_box(r, 0, 0, SIDE, SIDE);
        canvas_take(&c, r, even_odd);
        for (size_t i = 0; i < canvas_pixels(&c); i++)
            assert_int_equal(c.levels[i], 255);
        raster_begin(r, sheet);
        draw_box(r, 90, 11, 7, 60);
        canvas_take(&c, r, even_odd);
        assert_near(canvas_sum(&c), 83 * 49, 0);
        assert_int_equal(c.runs, 49);
    }
    free(c.levels);
    raster_free(r);
}

typedef struct Told {
    uint8_t levels[SIDE * SIDE];
    int twice;
} Told;

static void told_row(void *self, int y, int x0, int x1, uint8_t *coverage) {
    Told *t = self;
    for (int x = x0; x < x1; x++) {
        t->twice += t->levels[y * SIDE + x] != 0;
        t->levels[y * SIDE + x] = coverage[x - x0];
    }
}

static void told_box(void *self, Area box) {
    uint8_t full[SIDE];
    memset(full, 255, sizeof full);
    for (int y = box.y0; y < box.y1; y++)
        told_row(self, y, box.x0, box.x1, full);
}

static void a_rectangle_in_rows_and_a_box_is_the_same(void **state) {
    (void)state;
    Rasteriser *r = raster_new();
    uint64_t random = 3;
    for (int round = 0; round < 500; round++) {
        static Told rows, boxed;
        double v[4];
        for (int i = 0; i < 4; i++) {
            v[i] = next_random(&random) * (round % 3 ? SIDE + 20 : 6) - 5;
            v[i] = (round >> i & 1) ? floor(v[i]) : v[i];
        }
        raster_begin(r, sheet);
        draw_box(r, v[0], v[1], v[2], v[3]);
        memset(&rows, 0, sizeof rows);
        memset(&boxed, 0, sizeof boxed);
        raster_sweep(r, false, told_row, &rows);
        raster_rows_and_box(r, false, told_row, told_box, &boxed);
        assert_memory_equal(rows.levels, boxed.levels, sizeof rows.levels);
        assert_int_equal(boxed.twice, 0);
    }
    raster_free(r);
}

static void rectangles_between_pixels_have_the_levels_of_their_parts(void **state) {
    (void)state;
    Rasteriser *r = raster_new();
    Canvas c = canvas_new(sheet);
    raster_begin(r, sheet);
    draw_box(r, 2.25, 3.5, 5.5, 5.2);
    canvas_take(&c, r, false);
    static const uint8_t wanted[2][4] = {{96, 128, 128, 64}, {38, 51, 51, 26}};
    static const int rows[2] = {3, 5};
    for (int i = 0; i < 2; i++)
        for (int k = 0; k < 4; k++)
            assert_near(*canvas_at(&c, 2 + k, rows[i]), wanted[i][k], 1);
    assert_int_equal(*canvas_at(&c, 3, 4), 255);
    raster_begin(r, sheet); /* thinner than a level can show: no run at all */
    draw_box(r, 10, 10, 30, 10.001);
    canvas_take(&c, r, false);
    assert_int_equal(c.runs, 0);
    raster_begin(r, sheet); /* the first column shows nothing and is trimmed */
    draw_box(r, 10.9995, 10, 12, 11);
    canvas_take(&c, r, false);
    assert_int_equal(*canvas_at(&c, 10, 10), 0);
    assert_int_equal(*canvas_at(&c, 11, 10), 255);
    free(c.levels);
    raster_free(r);
}

static void holes_follow_the_fill_rule(void **state) {
    (void)state;
    Rasteriser *r = raster_new();
    Canvas c = canvas_new(sheet);
    for (int even_odd = 0; even_odd < 2; even_odd++) {
        raster_begin(r, sheet);
        draw_box(r, 10, 10, 80, 80);
        draw_box(r, 20, 20, 70, 70);
        draw_box(r, 30, 30, 60, 60);
        raster_close(r);
        canvas_take(&c, r, even_odd);
        assert_int_equal(*canvas_at(&c, 15, 40), 255);
        assert_int_equal(*canvas_at(&c, 25, 40), even_odd ? 0 : 255);
        assert_int_equal(*canvas_at(&c, 45, 45), 255);
        raster_begin(r, sheet);
        draw_box(r, 10, 10, 80, 80);
        draw_box(r, 70, 20, 20, 70); /* the other way round */
        canvas_take(&c, r, even_odd);
        assert_int_equal(*canvas_at(&c, 40, 40), 0);
    }
    free(c.levels);
    raster_free(r);
}

/* FreeType takes whole 64ths of a pixel and counts rows from the bottom. */
static void draw_with_freetype(FT_Library library, FT_Outline *outline, bool even_odd,
                               uint8_t *levels) {
    FT_Bitmap bitmap = {.rows = SIDE,
                        .width = SIDE,
                        .pitch = -SIDE,
                        .buffer = levels,
                        .num_grays = 256,
                        .pixel_mode = FT_PIXEL_MODE_GRAY};
    memset(levels, 0, (size_t)SIDE * SIDE);
    outline->flags = even_odd ? FT_OUTLINE_EVEN_ODD_FILL : FT_OUTLINE_NONE;
    assert_int_equal(FT_Outline_Get_Bitmap(library, outline, &bitmap), 0);
}

typedef struct Difference {
    int most;
    double sum;
} Difference;

static Difference difference(const Canvas *c, const uint8_t *levels) {
    Difference d = {0, 0};
    for (size_t i = 0; i < canvas_pixels(c); i++) {
        int by = abs(c->levels[i] - levels[i]);
        d.most = by > d.most ? by : d.most;
        d.sum += c->levels[i] - levels[i];
    }
    return d;
}

static void polygons_look_as_freetype_draws_them(void **state) {
    (void)state;
    enum { MOST = 40 };
    FT_Library library;
    assert_int_equal(FT_Init_FreeType(&library), 0);
    Rasteriser *r = raster_new();
    Canvas c = canvas_new(sheet);
    uint8_t *levels = malloc((size_t)SIDE * SIDE);
    uint64_t random = 7;
    for (int round = 0; round < 600; round++) {
        FT_Vector points[MOST];
        char tags[MOST];
        short n = (short)(3 + round % (MOST - 3)), last = (short)(n - 1);
        double most = round % 2 ? SIDE : 12;
        raster_begin(r, sheet);
        for (int i = 0; i < n; i++) {
            points[i].x = (FT_Pos)(next_random(&random) * most * 64);
            points[i].y = (FT_Pos)(next_random(&random) * most * 64);
            tags[i] = FT_CURVE_TAG_ON;
            double x = (double)points[i].x / 64, y = (double)points[i].y / 64;
            if (i)
                raster_line(r, x, y);
            else
                raster_move(r, x, y);
        }
        FT_Outline outline = {
            .n_contours = 1, .n_points = n, .points = points, .tags = tags, .contours = &last};
        draw_with_freetype(library, &outline, round % 3 == 0, levels);
        canvas_take(&c, r, round % 3 == 0);
        /* It rounds at each of the edges in a pixel to 1/512. */
        assert_true(difference(&c, levels).most <= (n <= 20 ? 2 : 4));
    }
    free(levels);
    free(c.levels);
    raster_free(r);
    FT_Done_FreeType(library);
}

/* FreeType flattens more coarsely than this test wants, so it is given chords short enough. Theirs
 * are rounded to 64ths; ours are within the flatness, and the means are the same. */
static void curves_look_as_freetype_draws_them(void **state) {
    (void)state;
    enum { CURVES = 4, CHORDS = 100, MOST = CURVES * CHORDS };
    FT_Library library;
    assert_int_equal(FT_Init_FreeType(&library), 0);
    Rasteriser *r = raster_new();
    Canvas c = canvas_new(sheet);
    uint8_t *levels = malloc((size_t)SIDE * SIDE);
    uint64_t random = 3;
    double bias = 0, ink = 0;
    for (int round = 0; round < 300; round++) {
        FT_Vector points[MOST];
        char tags[MOST];
        Point p[3 * CURVES + 1];
        short last = MOST - 1;
        double most = round % 2 ? SIDE : 20;
        for (int i = 0; i < 3 * CURVES; i++)
            p[i] = (Point){next_random(&random) * most, next_random(&random) * most};
        p[3 * CURVES] = p[0];
        raster_begin(r, sheet);
        raster_move(r, p[0].x, p[0].y);
        for (int i = 0; i < MOST; i++) {
            const Point *q = p + i / CHORDS * 3;
            double t = i % CHORDS / (double)CHORDS, u = 1 - t;
            double w[4] = {u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t}, x = 0, y = 0;
            for (int k = 0; k < 4; k++) {
                x += w[k] * q[k].x;
                y += w[k] * q[k].y;
            }
            points[i] = (FT_Vector){lrint(x * 64), lrint(y * 64)};
            tags[i] = FT_CURVE_TAG_ON;
            if (i % CHORDS == 0)
                raster_curve(r, q[1], q[2], q[3]);
        }
        FT_Outline outline = {
            .n_contours = 1, .n_points = MOST, .points = points, .tags = tags, .contours = &last};
        draw_with_freetype(library, &outline, round % 3 == 0, levels);
        canvas_take(&c, r, round % 3 == 0);
        Difference d = difference(&c, levels);
        assert_true(d.most <= 26);
        bias += d.sum / 255;
        ink += canvas_sum(&c);
    }
    assert_near(bias / ink, 0, 0.0005);
    free(levels);
    free(c.levels);
    raster_free(r);
    FT_Done_FreeType(library);
}

static void draw_circle(Rasteriser *r, double x, double y, double radius) {
    double k = radius * 0.5522847498;
    raster_move(r, x + radius, y);
    raster_curve(r, (Point){x + radius, y + k}, (Point){x + k, y + radius}, (Point){x, y + radius});
    raster_curve(r, (Point){x - k, y + radius}, (Point){x - radius, y + k}, (Point){x - radius, y});
    raster_curve(r, (Point){x - radius, y - k}, (Point){x - k, y - radius}, (Point){x, y - radius});
    raster_curve(r, (Point){x + k, y - radius}, (Point){x + radius, y - k}, (Point){x + radius, y});
}

static void circles_of_any_size_keep_their_area(void **state) {
    (void)state;
    Rasteriser *r = raster_new();
    Canvas c = canvas_new(sheet);
    for (double radius = 0.5; radius < 45; radius *= 1.3) {
        raster_begin(r, sheet);
        draw_circle(r, 48.3, 47.8, radius);
        canvas_take(&c, r, false);
        assert_near(canvas_sum(&c) / (M_PI * radius * radius), 1, radius < 3 ? 0.007 : 0.0015);
    }
    free(c.levels);
    raster_free(r);
}

static void what_is_cut_off_does_not_change_the_rest(void **state) {
    (void)state;
    Rasteriser *r = raster_new();
    Area large = {-300, -300, 400, 400}, part = {-3, 7, 61, 50};
    Canvas whole = canvas_new(large), cut = canvas_new(part);
    uint64_t random = 11;
    for (int round = 0; round < 60; round++) {
        Point p[12];
        for (int i = 0; i < 12; i++)
            p[i] = (Point){690 * next_random(&random) - 295, 690 * next_random(&random) - 295};
        for (int pass = 0; pass < 2; pass++) {
            raster_begin(r, pass ? part : large);
            draw_polygon(r, p, 6);
            raster_curve(r, p[6], p[7], p[8]);
            raster_curve(r, p[9], p[10], p[11]);
            canvas_take(pass ? &cut : &whole, r, round % 2);
        }
        for (int y = part.y0; y < part.y1; y++)
            for (int x = part.x0; x < part.x1; x++)
                assert_near(*canvas_at(&cut, x, y), *canvas_at(&whole, x, y), 1);
    }
    free(cut.levels);
    free(whole.levels);
    raster_free(r);
}

/* A flower with very many edges: the middle is full, the corners are empty, without dirt. */
static void many_edges_leave_no_dirt(void **state) {
    (void)state;
    enum { EDGES = 100000, WIDE = 700 };
    Area area = {0, 0, WIDE, WIDE};
    Rasteriser *r = raster_new();
    Canvas c = canvas_new(area);
    raster_begin(r, area);
    for (int i = 0; i < EDGES; i++) {
        double at = i * 2 * M_PI / EDGES, far = 250 + 50 * sin(i * 0.9);
        if (i)
            raster_line(r, 350.2 + far * cos(at), 349.9 + far * sin(at));
        else
            raster_move(r, 350.2 + far, 349.9);
    }
    canvas_take(&c, r, false);
    for (int y = 0; y < WIDE; y++)
        for (int x = 0; x < WIDE; x++) {
            double far = hypot(x + 0.5 - 350.2, y + 0.5 - 349.9);
            if (far < 198)
                assert_int_equal(*canvas_at(&c, x, y), 255);
            if (far > 302)
                assert_int_equal(*canvas_at(&c, x, y), 0);
        }
    free(c.levels);
    raster_free(r);
}

static void windings_add_up_without_limit_in_practice(void **state) {
    (void)state;
    Rasteriser *r = raster_new();
    Canvas c = canvas_new(sheet);
    raster_begin(r, sheet);
    for (int i = 0; i < 100001; i++)
        draw_box(r, 10.3, 10.3, 50.7, 50.7);
    for (int even_odd = 0; even_odd < 2; even_odd++) {
        canvas_take(&c, r, even_odd);
        assert_int_equal(*canvas_at(&c, 30, 30), 255);
        assert_int_equal(*canvas_at(&c, 9, 30), 0);
        assert_int_equal(*canvas_at(&c, 51, 30), 0);
        assert_int_equal(*canvas_at(&c, 90, 90), 0);
    }
    free(c.levels);
    raster_free(r);
}

static void rows_can_be_told_again(void **state) {
    (void)state;
    Rasteriser *r = raster_new();
    Canvas c = canvas_new(sheet), again = canvas_new(sheet);
    raster_begin(r, sheet);
    draw_circle(r, 40, 40, 33.3);
    canvas_take(&c, r, false);
    canvas_take(&again, r, false);
    assert_memory_equal(c.levels, again.levels, canvas_pixels(&c));
    free(again.levels);
    free(c.levels);
    raster_free(r);
}

static void wide_and_tall_areas_are_drawn_in_bands(void **state) {
    (void)state;
    Rasteriser *r = raster_new();
    static const Area areas[] = {{0, 0, 100000, 5}, {-4, -70000, 3, 50000}, {-500, 3, 1500, 900}};
    for (size_t i = 0; i < sizeof areas / sizeof *areas; i++) {
        Area a = areas[i];
        Canvas c = canvas_new(a);
        double wide = a.x1 - a.x0, tall = a.y1 - a.y0;
        raster_begin(r, a); /* a triangle, half of the area */
        draw_polygon(r, (Point[]){{a.x0, a.y0}, {a.x1, a.y1}, {a.x0, a.y1}}, 3);
        canvas_take(&c, r, false);
        assert_near(canvas_sum(&c) / (wide * tall), 0.5, 1e-4);
        assert_int_equal(*canvas_at(&c, a.x0, a.y1 - 1), wide > tall ? 255 : 255);
        free(c.levels);
    }
    raster_free(r);
}

static void points_at_any_distance_are_drawn(void **state) {
    (void)state;
    Rasteriser *r = raster_new();
    Canvas c = canvas_new(sheet);
    static const double far[] = {1e3, 1e6, 1e9, 1e15, 1e30};
    for (size_t i = 0; i < sizeof far / sizeof *far; i++) {
        double f = far[i];
        raster_begin(r, sheet);
        draw_polygon(r, (Point[]){{-f, -f}, {3 * f, -f}, {-f, 3 * f}}, 3);
        canvas_take(&c, r, false);
        assert_near(canvas_sum(&c), SIDE * SIDE, 0);
        raster_begin(r, sheet); /* the left half, whose right border is a very long edge */
        draw_polygon(r, (Point[]){{-f, -f}, {48, -f}, {48, f}, {-f, f}}, 4);
        canvas_take(&c, r, false);
        assert_near(canvas_sum(&c), SIDE * SIDE / 2, 0);
        raster_begin(r, sheet);
        raster_move(r, -f, 48);
        raster_curve(r, (Point){-f / 2, -f}, (Point){f / 2, f}, (Point){f, 48});
        raster_line(r, f, 4 * f);
        raster_line(r, -f, 4 * f);
        canvas_take(&c, r, false);
        assert_true(canvas_sum(&c) <= SIDE * SIDE);
    }
    free(c.levels);
    raster_free(r);
}

static void what_is_no_number_is_passed_over(void **state) {
    (void)state;
    Rasteriser *r = raster_new();
    Canvas c = canvas_new(sheet);
    raster_begin(r, sheet);
    raster_move(r, NAN, 3);
    raster_move(r, 10, 10);
    raster_line(r, 20, 10);
    raster_line(r, INFINITY, 10);
    raster_line(r, 20, 20);
    raster_curve(r, (Point){NAN, 0}, (Point){0, 0}, (Point){50, 50});
    raster_line(r, 1e200, -1e200);
    raster_line(r, 10, 20);
    raster_close(r);
    canvas_take(&c, r, false);
    assert_near(canvas_sum(&c), 100, 0);
    raster_begin(r, (Area){5, 5, 5, 9});
    draw_box(r, 0, 0, 10, 10);
    raster_sweep(r, false, canvas_run, NULL);
    assert_true(raster_whole(r));
    raster_begin(r, (Area){INT32_MIN, 0, INT32_MAX, 1});
    draw_box(r, 0, 0, 10, 10);
    raster_sweep(r, false, canvas_run, NULL);
    assert_false(raster_whole(r));
    free(c.levels);
    raster_free(r);
}

static void too_many_edges_are_told_and_nothing_is_drawn(void **state) {
    (void)state;
    Rasteriser *r = raster_new();
    Canvas c = canvas_new(sheet);
    raster_begin(r, sheet);
    for (int i = 0; i < 5000000; i++)
        raster_line(r, i % 90, i % 2 * 90);
    assert_false(raster_whole(r));
    canvas_take(&c, r, false);
    assert_int_equal(c.runs, 0);
    raster_begin(r, sheet);
    draw_box(r, 1, 1, 2, 2);
    assert_true(raster_whole(r));
    canvas_take(&c, r, false);
    assert_near(canvas_sum(&c), 1, 0);
    free(c.levels);
    raster_free(r);
}

static void a_path_goes_on_at_its_start_after_a_close(void **state) {
    (void)state;
    Rasteriser *r = raster_new();
    Canvas c = canvas_new(sheet);
    static const uint8_t verbs[] = {PATH_MOVE, PATH_LINE, PATH_LINE, PATH_CLOSE,
                                    PATH_LINE, PATH_LINE, PATH_CURVE};
    static const Point points[] = {{10, 10}, {20, 10}, {20, 20}, {10, 20},
                                   {0, 20},  {0, 18},  {0, 12},  {0, 10}};
    Path path = {verbs, points, 7, 8, {0, 0, 0, 0}};
    raster_begin(r, sheet);
    raster_path(r, &path, &identity);
    canvas_take(&c, r, false);
    assert_near(canvas_sum(&c), 150, 0.1);
    free(c.levels);
    raster_free(r);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(coverage_adds_up_to_the_area_of_a_polygon),
        cmocka_unit_test(rectangles_on_pixel_borders_are_full),
        cmocka_unit_test(a_rectangle_in_rows_and_a_box_is_the_same),
        cmocka_unit_test(rectangles_between_pixels_have_the_levels_of_their_parts),
        cmocka_unit_test(holes_follow_the_fill_rule),
        cmocka_unit_test(polygons_look_as_freetype_draws_them),
        cmocka_unit_test(curves_look_as_freetype_draws_them),
        cmocka_unit_test(circles_of_any_size_keep_their_area),
        cmocka_unit_test(what_is_cut_off_does_not_change_the_rest),
        cmocka_unit_test(many_edges_leave_no_dirt),
        cmocka_unit_test(windings_add_up_without_limit_in_practice),
        cmocka_unit_test(rows_can_be_told_again),
        cmocka_unit_test(wide_and_tall_areas_are_drawn_in_bands),
        cmocka_unit_test(points_at_any_distance_are_drawn),
        cmocka_unit_test(what_is_no_number_is_passed_over),
        cmocka_unit_test(too_many_edges_are_told_and_nothing_is_drawn),
        cmocka_unit_test(a_path_goes_on_at_its_start_after_a_close),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
