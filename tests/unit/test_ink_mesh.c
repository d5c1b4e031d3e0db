/* Shadings 4 to 7 against their definitions. */
#include "shadings.h"

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

static void damaged_meshes_say_so(void **state) {
    static const char damaged[] = "the data of a shading's mesh are damaged or cut off";
    refused(state, "<</ShadingType 4" MESH8 SPAN ">>|01020304>", damaged);
    refused(state, "<</ShadingType 4" MESH8 SPAN ">>|00020304 00020304>", damaged);
    refused(state, "<</ShadingType 6" MESH8 SPAN ">>|>", damaged);
    refused(state, "<</ShadingType 5/VerticesPerRow 2" MESH8 SPAN ">>|000000>", damaged);
    refused(state,
            "<</ShadingType 5/VerticesPerRow 3" MESH8 SPAN
            ">>|000000 280000 500000 002800 282800 502800 005000 285000>",
            damaged);
    refused(state,
            "<</ShadingType 6" MESH8 SPAN
            ">>|00 0000 0010 0020 0028 1028 2028 2828 2820 2810 2800 2000 1000 00000000"
            " 01 0040 1040 2040 2840>",
            damaged);
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
        TEST(damaged_meshes_say_so),
        TEST(a_mesh_of_millions_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
