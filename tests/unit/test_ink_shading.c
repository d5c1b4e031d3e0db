/* Shadings of every type against values worked out by hand and against slow references. Device and
 * shading space are one unless a matrix is given. */
#include "ink/shading.h"

#include "objects.h"

#include <math.h>

enum { SIDE = 40, PIXELS = SIDE * SIDE, MOST_SAMPLES = 4 };
static const ColourSpace gray = {.space = SPACE_GRAY, .components = 1};
static const ColourSpace cmyk = {.space = SPACE_CMYK, .components = 4};
static const Matrix plain = {1, 0, 0, 1, 0, 0};

/* What was told: nothing where `shape` is 0. */
typedef struct Canvas {
    int components, last_row;
    uint8_t shape[PIXELS], samples[PIXELS][MOST_SAMPLES];
} Canvas;

typedef struct Fixture {
    Arena *arena;
    PdfFile *file;
    const ColourSpace *space;
    Matrix matrix;
    bool background, drawn;
    Text why;
    Canvas out;
} Fixture;

static int set_up(void **state) {
    static Fixture f;
    f = (Fixture){.arena = arena_new(), .space = &gray, .matrix = plain};
    *state = &f;
    return 0;
}

static int tear_down(void **state) {
    Fixture *f = *state;
    if (f->file)
        pdf_close(f->file);
    arena_free(f->arena);
    return 0;
}

static void on_row(void *self, const ShadingRow *r) {
    Canvas *c = self;
    assert_true(r->y > c->last_row && r->y < SIDE && r->x0 >= 0 && r->x0 < r->x1 && r->x1 <= SIDE);
    c->last_row = r->y;
    for (int x = r->x0; x < r->x1; x++) {
        c->shape[r->y * SIDE + x] = r->shape[x - r->x0];
        memcpy(c->samples[r->y * SIDE + x], r->samples + (x - r->x0) * c->components,
               (size_t)c->components);
    }
}

/* Draws the first object. */
static Canvas *draw_all(void **state, const char *const *objects, int count) {
    Fixture *f = *state;
    const ColourSpace *base = f->space->space == SPACE_INDEXED ? f->space->base : f->space;
    if (f->file)
        pdf_close(f->file);
    f->file = file_of(f->arena, objects, count);
    f->out = (Canvas){.components = base->components, .last_row = -1};
    const PdfObj *o = pdf_object(f->file, (PdfRef){FIRST_OBJECT, 0});
    ShadingUse use = {.object = o,
                      .space = f->space,
                      .type = pdf_int(pdf_lookup(f->file, o, "ShadingType"), 0),
                      .to_device = f->matrix,
                      .background = f->background};
    f->drawn =
        shading_draw(f->arena, f->file, &use, (Area){0, 0, SIDE, SIDE}, on_row, &f->out, &f->why);
    return &f->out;
}

static Canvas *draw(void **state, const char *object) {
    Canvas *c = draw_all(state, &object, 1);
    assert_true(((Fixture *)*state)->drawn);
    return c;
}

static void refused(void **state, const char *object, const char *why) {
    Fixture *f = *state;
    draw_all(state, &object, 1);
    assert_false(f->drawn);
    assert_string_equal(f->why.en, why);
}

static int shape(const Canvas *c, int x, int y) {
    return c->shape[y * SIDE + x];
}

static int level(const Canvas *c, int x, int y) {
    return c->samples[y * SIDE + x][0];
}

static void assert_near(int got, double expected, double within) {
    if (!(fabs(got - expected) <= within))
        fail_msg("%d is not %g", got, expected);
}

static void assert_empty(const Canvas *c) {
    for (int i = 0; i < PIXELS; i++)
        assert_int_equal(c->shape[i], 0);
}

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

/* Data of a mesh, as hexadecimal digits. */
typedef struct Packed {
    char hex[4096];
    int digits, bits;
    unsigned held;
} Packed;

static void pack(Packed *p, double value, int bits) {
    for (uint64_t v = (uint64_t)(value + .5); bits--;) {
        p->held = p->held << 1 | (unsigned)(v >> bits & 1);
        if (++p->bits % 4)
            continue;
        p->hex[p->digits++] = "0123456789abcdef"[p->held & 15];
        assert_true((size_t)p->digits < sizeof p->hex);
    }
}

static void pack_end(Packed *p) {
    while (p->bits % 8)
        pack(p, 0, 1);
}

/* Coordinates 0 … 51 in steps of a fifth, levels 0 … 255. */
#define MESH8 "/BitsPerCoordinate 8/BitsPerComponent 8/BitsPerFlag 8/Filter/ASCIIHexDecode"
#define SPAN  "/Decode[0 51 0 51 0 1]"

static void vertex(Packed *p, int flag, double x, double y, double v) {
    if (flag >= 0)
        pack(p, flag, 8);
    pack(p, x * 5, 8);
    pack(p, y * 5, 8);
    pack(p, v, 8);
}

static Canvas *draw_mesh(void **state, const char *entries, const Packed *p) {
    Fixture *f = *state;
    return draw(state, arena_printf(f->arena, "<<%s>>|%s>", entries, p->hex));
}

static void a_triangle_is_flat_between_its_corners(void **state) {
    Packed p = {0};
    vertex(&p, 0, 2, 2, 0);
    vertex(&p, 0, 38, 2, 255);
    vertex(&p, 0, 2, 38, 100);
    Canvas *c = draw_mesh(state, "/ShadingType 4" MESH8 SPAN, &p);
    double area = 0;
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) {
            double u = (x + .5 - 2) / 36, v = (y + .5 - 2) / 36;
            bool inside = x >= 2 && y >= 2 && x + y < 38;
            if (inside) {
                assert_int_equal(shape(c, x, y), 255);
                assert_near(level(c, x, y), u * 255 + v * 100, .52);
            } else if (x < 2 || y < 2 || x + y > 41) {
                assert_int_equal(shape(c, x, y), 0);
            }
            area += shape(c, x, y) / 255.;
        }
    assert_true(fabs(area - 36 * 36 / 2) < 5); /* places on the slope itself count as outside */
}

static void triangles_go_on_from_an_edge(void **state) {
    Packed p = {0};
    vertex(&p, 0, 0, 0, 10);
    vertex(&p, 3, 20, 0, 10); /* these two flags do not count */
    vertex(&p, 2, 0, 20, 10);
    vertex(&p, 1, 20, 20, 10); /* from (20, 0) and (0, 20) */
    vertex(&p, 2, 40, 0, 10);  /* from (20, 0) and (20, 20) */
    Canvas *c = draw_mesh(state, "/ShadingType 4" MESH8 SPAN, &p);
    for (int y = 0; y < 20; y++)
        for (int x = 0; x < SIDE - 1 - y; x++)
            assert_true(shape(c, x, y) == 255 && level(c, x, y) == 10);
    assert_int_equal(shape(c, 38, 10), 0);
    assert_int_equal(shape(c, 10, 22), 0);
}

static void a_mesh_with_a_function_asks_it_at_each_pixel(void **state) {
    Packed p = {0};
    vertex(&p, 0, 0, 0, 0);
    vertex(&p, 0, 40, 0, 255);
    vertex(&p, 0, 0, 40, 0);
    vertex(&p, 1, 40, 40, 255);
    Canvas *c = draw_mesh(state,
                          "/ShadingType 4" MESH8 "/Decode[0 51 0 51 -1 3]/Function<</FunctionType "
                          "3/Domain[-1 3]/Bounds[1]/Encode[0 1 0 1]/Functions["
                          "<</FunctionType 2/Domain[0 1]/C0[.2]/C1[.2]/N 1>>"
                          "<</FunctionType 2/Domain[0 1]/C0[.6]/C1[.6]/N 1>>]>>",
                          &p);
    for (int x = 0; x < SIDE; x++)
        assert_int_equal(level(c, x, 9), x < 20 ? 51 : 153);
}

static void coordinates_of_every_width(void **state) {
    static const int widths[] = {1, 2, 4, 8, 12, 16, 24, 32};
    Fixture *f = *state;
    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++)
        for (int component = 1; component <= 16; component += component < 8 ? component : 4) {
            double most = ldexp(1, widths[i]) - 1;
            Packed p = {0};
            static const int corners[4][2] = {{0, 0}, {1, 0}, {0, 1}, {1, 1}};
            for (int k = 0; k < 4; k++) {
                pack(&p, corners[k][0] * most, widths[i]);
                pack(&p, corners[k][1] * most, widths[i]);
                pack(&p, ldexp(1, component) - 1, component);
                pack_end(&p);
            }
            Canvas *c = draw_mesh(
                state,
                arena_printf(f->arena,
                             "/ShadingType 5/BitsPerCoordinate %d/BitsPerComponent %d"
                             "/VerticesPerRow 2/Decode[0 20 20 0 0 1]/Filter/ASCIIHexDecode",
                             widths[i], component),
                &p);
            assert_int_equal(shape(c, 19, 19), 255);
            assert_int_equal(level(c, 10, 3), 255);
            assert_int_equal(shape(c, 20, 19), 0);
        }
}

static void a_lattice_has_no_seams(void **state) {
    Packed p = {0};
    for (int j = 0; j < 5; j++)
        for (int i = 0; i < 5; i++) {
            bool inner = i % 4 && j % 4;
            vertex(&p, -1, i * 10 + (inner ? (i * 7 + j * 3) % 5 - 2.2 : 0),
                   j * 10 + (inner ? (i * 5 + j * 2) % 5 - 1.8 : 0), 77);
        }
    Canvas *c = draw_mesh(state, "/ShadingType 5/VerticesPerRow 5" MESH8 SPAN, &p);
    for (int i = 0; i < PIXELS; i++)
        assert_true(c->shape[i] == 255 && c->samples[i][0] == 77);
}

static void a_lattice_is_cut_along_its_falling_diagonals(void **state) {
    Packed p = {0};
    vertex(&p, -1, 0, 0, 0);
    vertex(&p, -1, 40, 0, 255);
    vertex(&p, -1, 0, 40, 255);
    vertex(&p, -1, 40, 40, 255);
    Canvas *c = draw_mesh(state, "/ShadingType 5/VerticesPerRow 2" MESH8 SPAN, &p);
    assert_int_equal(level(c, 30, 30), 255);
    assert_near(level(c, 10, 10), 255 * 21. / 40, .51);
}

static void points_of(Packed *p, int flag, const double (*points)[2], int count) {
    pack(p, flag, 8);
    for (int i = 0; i < 2 * count; i++)
        pack(p, points[i / 2][i % 2] * 5, 8);
}

static void colours_of(Packed *p, int count, const int *levels) {
    for (int i = 0; i < count; i++)
        pack(p, levels[i], 8);
}

/* A square of 30 from (3, 3), its points at thirds; u goes right, v goes down. */
static const double square[16][2] = {{3, 3},   {3, 13},  {3, 23},  {3, 33}, {13, 33}, {23, 33},
                                     {33, 33}, {33, 23}, {33, 13}, {33, 3}, {23, 3},  {13, 3},
                                     {13, 13}, {13, 23}, {23, 23}, {23, 13}};

static void check_square(const Canvas *c, double c00, double c01, double c11, double c10) {
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++) {
            double u = (x + .5 - 3) / 30, v = (y + .5 - 3) / 30;
            bool inside = u > 0 && u < 1 && v > 0 && v < 1;
            assert_int_equal(shape(c, x, y), inside ? 255 : 0);
            if (inside)
                assert_near(level(c, x, y),
                            (1 - u) * ((1 - v) * c00 + v * c01) + u * ((1 - v) * c10 + v * c11),
                            .8);
        }
}

static void a_square_patch_is_bilinear(void **state) {
    for (int type = 6; type <= 7; type++) {
        Packed p = {0};
        points_of(&p, 0, square, type == 6 ? 12 : 16);
        colours_of(&p, 4, (int[]){0, 200, 40, 255});
        check_square(
            draw_mesh(state, type == 6 ? "/ShadingType 6" MESH8 SPAN : "/ShadingType 7" MESH8 SPAN,
                      &p),
            0, 200, 40, 255);
    }
}

/* S(u, v) of a Coons patch straight from its definition, ISO 32000-1, 8.7.4.5.7. */
static void coons_point(const double (*p)[2], double u, double v, double out[2]) {
    double bu[4] = {(1 - u) * (1 - u) * (1 - u), 3 * u * (1 - u) * (1 - u), 3 * u * u * (1 - u),
                    u * u * u};
    double bv[4] = {(1 - v) * (1 - v) * (1 - v), 3 * v * (1 - v) * (1 - v), 3 * v * v * (1 - v),
                    v * v * v};
    for (int k = 0; k < 2; k++) {
        double c1 = 0, c2 = 0, d1 = 0, d2 = 0;
        for (int i = 0; i < 4; i++) {
            c1 += bu[i] * p[(12 - i) % 12][k];
            c2 += bu[i] * p[3 + i][k];
            d1 += bv[i] * p[i][k];
            d2 += bv[i] * p[9 - i][k];
        }
        double corners =
            (1 - v) * ((1 - u) * p[0][k] + u * p[9][k]) + v * ((1 - u) * p[3][k] + u * p[6][k]);
        out[k] = (1 - v) * c1 + v * c2 + (1 - u) * d1 + u * d2 - corners;
    }
}

static void a_curved_patch_follows_its_definition(void **state) {
    static const double curved[12][2] = {{6, 5},   {2, 13},  {10, 22}, {5, 33}, {14, 38}, {22, 28},
                                         {34, 34}, {38, 24}, {28, 14}, {35, 4}, {24, 9},  {14, 1}};
    Packed p = {0};
    points_of(&p, 0, curved, 12);
    colours_of(&p, 4, (int[]){0, 200, 40, 255});
    Canvas *c = draw_mesh(state, "/ShadingType 6" MESH8 SPAN, &p);
    for (double u = .05; u < 1; u += .05)
        for (double v = .05; v < 1; v += .05) {
            double at[2];
            coons_point(curved, u, v, at);
            int x = (int)at[0], y = (int)at[1];
            assert_int_equal(shape(c, x, y), 255);
            double expected = (1 - u) * v * 200 + u * ((1 - v) * 255 + v * 40);
            assert_near(level(c, x, y), expected, 9); /* half a pixel from its centre */
        }
}

/* A square from (12, 12) to (27, 27), and one beside it on its lower, right or upper edge. */
static void patches_go_on_from_an_edge(void **state) {
    static const double first[12][2] = {{12, 12}, {12, 17}, {12, 22}, {12, 27}, {17, 27}, {22, 27},
                                        {27, 27}, {27, 22}, {27, 17}, {27, 12}, {22, 12}, {17, 12}};
    static const struct Beside {
        double points[8][2];
        struct Spot {
            int x, y, level;
        } spots[4];
    } beside[3] = {
        {{{27, 31}, {27, 35}, {27, 39}, {22, 39}, {17, 39}, {12, 39}, {12, 35}, {12, 31}},
         {{12, 27, 50}, {26, 27, 90}, {26, 38, 200}, {12, 38, 250}}},
        {{{31, 12}, {35, 12}, {39, 12}, {39, 17}, {39, 22}, {39, 27}, {35, 27}, {31, 27}},
         {{27, 26, 90}, {27, 12, 130}, {38, 12, 200}, {38, 26, 250}}},
        {{{12, 8}, {12, 4}, {12, 0}, {17, 0}, {22, 0}, {27, 0}, {27, 4}, {27, 8}},
         {{26, 11, 130}, {12, 11, 10}, {12, 0, 200}, {26, 0, 250}}}};
    for (int flag = 1; flag <= 3; flag++) {
        const struct Beside *b = &beside[flag - 1];
        Packed p = {0};
        points_of(&p, 0, first, 12);
        colours_of(&p, 4, (int[]){10, 50, 90, 130});
        points_of(&p, flag, b->points, 8);
        colours_of(&p, 2, (int[]){200, 250});
        Canvas *c = draw_mesh(state, "/ShadingType 6" MESH8 SPAN, &p);
        for (int i = 0; i < 4; i++) {
            assert_int_equal(shape(c, b->spots[i].x, b->spots[i].y), 255);
            assert_near(level(c, b->spots[i].x, b->spots[i].y), b->spots[i].level, 12);
        }
        assert_near(level(c, 12, 12), 10, 6);
        assert_near(level(c, 26, 12), 130, 6);
    }
}

static void later_patches_lie_over_earlier_ones(void **state) {
    Packed p = {0};
    points_of(&p, 0, square, 16);
    colours_of(&p, 4, (int[]){10, 10, 10, 10});
    double moved[16][2];
    for (int i = 0; i < 16; i++) {
        moved[i][0] = square[i][0] / 2 + 10;
        moved[i][1] = square[i][1] / 2 + 10;
    }
    points_of(&p, 0, moved, 16);
    colours_of(&p, 4, (int[]){250, 250, 250, 250});
    Canvas *c = draw_mesh(state, "/ShadingType 7" MESH8 SPAN, &p);
    assert_int_equal(level(c, 5, 5), 10);
    assert_int_equal(level(c, 20, 20), 250);
    assert_int_equal(level(c, 28, 28), 10);
}

/* A strip folded over along u and along v: the larger v shows, at the same v the larger u. */
static void a_fold_shows_the_larger_v_then_u(void **state) {
    for (int along_u = 0; along_u < 2; along_u++) {
        double folded[16][2];
        for (int i = 0; i < 16; i++) {
            double *at = folded[i];
            at[0] = square[i][0];
            at[1] = square[i][1];
            double *bent = along_u ? &at[0] : &at[1];
            /* 3 13 23 33 becomes 3 35 35 3: to 27 and back */
            *bent = *bent == 13 || *bent == 23 ? 35 : 3;
        }
        Packed p = {0};
        points_of(&p, 0, folded, 16);
        colours_of(&p, 4, along_u ? (int[]){0, 0, 200, 200} : (int[]){0, 200, 200, 0});
        Canvas *c = draw_mesh(state, "/ShadingType 7" MESH8 SPAN, &p);
        int near = along_u ? level(c, 4, 20) : level(c, 20, 4);
        int far = along_u ? level(c, 26, 20) : level(c, 20, 26);
        assert_true(near > 190);
        assert_true(far > 100 && far < 130);
    }
}

static void points_that_coincide_are_allowed(void **state) {
    double point[16][2];
    for (int i = 0; i < 16; i++) {
        point[i][0] = i >= 3 && i <= 9 ? 30 : square[i][0];
        point[i][1] = i >= 3 && i <= 9 ? 20 : square[i][1];
    }
    Packed p = {0}, dot = {0};
    points_of(&p, 0, point, 12);
    colours_of(&p, 4, (int[]){60, 60, 60, 60});
    Canvas *c = draw_mesh(state, "/ShadingType 6" MESH8 SPAN, &p);
    assert_true(shape(c, 15, 15) == 255 && level(c, 15, 15) == 60);
    for (int i = 0; i < 12; i++)
        point[i][0] = point[i][1] = 20;
    points_of(&dot, 0, point, 12);
    colours_of(&dot, 4, (int[]){60, 60, 60, 60});
    assert_empty(draw_mesh(state, "/ShadingType 6" MESH8 SPAN, &dot));
}

static void an_index_stands_for_its_colour(void **state) {
    static const uint8_t palette[] = {0, 0, 0, 255, 255, 0, 51, 0};
    ColourSpace indexed = {
        .space = SPACE_INDEXED, .components = 1, .base = &cmyk, .palette = palette, .high = 1};
    Fixture *f = *state;
    f->space = &indexed;
    Packed p = {0};
    vertex(&p, 0, 0, 0, 0);
    vertex(&p, 0, 40, 0, 1);
    vertex(&p, 0, 0, 40, 0);
    Canvas *c = draw_mesh(state, "/ShadingType 4" MESH8 "/Decode[0 51 0 51 0 255]", &p);
    const uint8_t *s = c->samples[5 * SIDE + 20];
    assert_near(s[0], 255 * 20.5 / 40, .52);
    assert_near(s[2], 51 * 20.5 / 40, .52);
    assert_near(s[3], 255 - 255 * 20.5 / 40, .52);
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

static void damaged_meshes_say_so(void **state) {
    static const char damaged[] = "the data of a shading's mesh are damaged or cut off";
    refused(state, "<</ShadingType 4" MESH8 SPAN ">>|01020304>", damaged);
    refused(state, "<</ShadingType 4" MESH8 SPAN ">>|00020304 00020304>", damaged);
    refused(state, "<</ShadingType 6" MESH8 SPAN ">>|>", damaged);
    refused(state, "<</ShadingType 5/VerticesPerRow 2" MESH8 SPAN ">>|000000>", damaged);
    refused(state, "<</ShadingType 5/VerticesPerRow 1" MESH8 SPAN ">>|000000>",
            "a shading can not be read");
    refused(state, "<</ShadingType 5/VerticesPerRow 2000000000" MESH8 SPAN ">>|000000>",
            "the mesh of a shading is too large");
    refused(state,
            "<</ShadingType 4" MESH8
            "/Decode[0 1000000000000000 0 1000000000000000 0 1]>>|00ffffff 00ffff00 00ff00ff>",
            damaged);
}

static void a_mesh_of_millions_is_refused(void **state) {
    Fixture *f = *state;
    size_t n = 5000000;
    char *data = arena_alloc(f->arena, n + 1);
    memset(data, ' ', n); /* two bits of flag, a bit for each number */
    refused(state,
            arena_printf(f->arena,
                         "<</ShadingType 4/BitsPerCoordinate 1/BitsPerComponent 1/BitsPerFlag 2"
                         "/Decode[0 9 0 9 0 1]>>|%s",
                         data),
            "the mesh of a shading is too large");
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
        TEST(a_triangle_is_flat_between_its_corners),
        TEST(triangles_go_on_from_an_edge),
        TEST(a_mesh_with_a_function_asks_it_at_each_pixel),
        TEST(coordinates_of_every_width),
        TEST(a_lattice_has_no_seams),
        TEST(a_lattice_is_cut_along_its_falling_diagonals),
        TEST(a_square_patch_is_bilinear),
        TEST(a_curved_patch_follows_its_definition),
        TEST(patches_go_on_from_an_edge),
        TEST(later_patches_lie_over_earlier_ones),
        TEST(a_fold_shows_the_larger_v_then_u),
        TEST(points_that_coincide_are_allowed),
        TEST(an_index_stands_for_its_colour),
        TEST(samples_span_the_range_of_the_space),
        TEST(what_can_not_be_read_says_why),
        TEST(damaged_meshes_say_so),
        TEST(a_mesh_of_millions_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
