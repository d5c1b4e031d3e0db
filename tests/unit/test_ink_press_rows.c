/* Rows of samples, the bridges between blend spaces, and the preview. */
#include "press_room.h"
#include "tiny_profile.h"

enum { MOST_PIXELS = 600, MOST_ROWS = 8 };

/* Rows exactly as long as told, so that a write beyond an end is seen. */
typedef struct Rows {
    uint8_t *rows[MOST_ROWS];
    int count;
} Rows;

static Rows rows_new(int count, size_t n, int value) {
    Rows r = {.count = count};
    for (int i = 0; i < count; i++) {
        r.rows[i] = malloc(n ? n : 1);
        memset(r.rows[i], value, n);
    }
    return r;
}

static void rows_free(Rows *r) {
    for (int i = 0; i < r->count; i++)
        free(r->rows[i]);
}

static uint8_t noise(uint32_t *seed) {
    *seed = *seed * 1664525 + 1013904223;
    return (uint8_t)(*seed >> 24);
}

static void fill_samples(uint8_t *samples, size_t n, int components, bool smooth) {
    uint32_t seed = 7;
    for (size_t i = 0; i < n; i++)
        for (int k = 0; k < components; k++)
            samples[i * (size_t)components + (size_t)k] =
                smooth ? (uint8_t)(i / 3 + (size_t)k * 40) : noise(&seed);
}

/* What the same sample is as a flat colour; the default Decode range in `spans`. */
static int worst_difference(Room *r, BlendSpace in, size_t n, const double (*spans)[2]) {
    const ColourSpace *s = r->colour.space;
    size_t components = (size_t)s->components;
    uint8_t *samples = malloc(n * components);
    fill_samples(samples, n, s->components, n % 2);
    const PressRows *rows = press_rows(r->press, s, in, &r->why);
    assert_non_null(rows);
    Paint paint = {0}, flat = {0};
    press_rows_paint(rows, &paint, (Overprint){true, 0}, CLASS_IMAGE);
    Rows out = rows_new(paint.count, n, 99);
    press_rows_convert(rows, &paint, samples, n, out.rows);
    int worst = 0;
    for (size_t x = 0; x < n; x++) {
        bool nothing;
        for (size_t k = 0; k < components; k++) {
            double low = spans ? spans[k][0] : 0, high = spans ? spans[k][1] : 1;
            r->colour.values[k] = (float)(low + samples[x * components + k] * (high - low) / 255);
        }
        assert_true(
            press_colour(r->press, &flat, &nothing, &r->colour, in, (Overprint){true, 0}, &r->why));
        assert_int_equal(flat.count, paint.count);
        for (int i = 0; i < paint.count; i++) {
            assert_int_equal(flat.planes[i], paint.planes[i]);
            int difference = abs(flat.values[i] - out.rows[i][x]);
            worst = difference > worst ? difference : worst;
        }
    }
    rows_free(&out);
    free(samples);
    return worst;
}

/* Between its nodes a grid of 33 steps is off by 3 and more for one tint in a thousand, one of 17
 * by 5 for one in 200, in the darks; the 8-bit transforms of lcms2 itself are as far off. */
typedef struct Kind {
    const char *name, *space, *content;
    int exact, near; /* largest difference to flat colour: into inks, into RGB and gray */
    double spans[4][2];
} Kind;

static Kind kinds[] = {
    {"gray rows", "", ".5 g", 0, 0, {{0, 1}}},
    {"cmyk rows", "", "0 0 0 1 k", 0, 12, {{0, 1}, {0, 1}, {0, 1}, {0, 1}}},
    {"rgb rows", "", "1 0 0 rg", 5, 1, {{0, 1}, {0, 1}, {0, 1}}},
    {"lab rows",
     "[/Lab<</WhitePoint[.9642 1 .8249]/Range[-100 100 -90 80]>>]",
     "/S cs 50 0 0 scn",
     0,
     0,
     {{0, 100}, {-100, 100}, {-90, 80}}},
    {"calgray rows",
     "[/CalGray<</WhitePoint[.9642 1 .8249]/Gamma 1.8>>]",
     "/S cs 1 scn",
     1,
     1,
     {{0, 1}}},
    {"separation rows", "[/Separation/Gold/DeviceCMYK 5 0 R]", "/S cs 1 scn", 0, 0, {{0, 1}}},
    {"black separation rows",
     "[/Separation/Black/DeviceCMYK 5 0 R]",
     "/S cs 1 scn",
     0,
     0,
     {{0, 1}}},
    {"devicen rows",
     "[/DeviceN[/Gold/None/Cyan]/DeviceCMYK 6 0 R]",
     "/S cs 1 1 1 scn",
     0,
     0,
     {{0, 1}, {0, 1}, {0, 1}}},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

static void rows_are_as_flat_colours(void **state) {
    static const char *const functions[] = {
        "<</FunctionType 2/Domain[0 1]/N 1/C0[0 0 0 0]/C1[0 .2 .8 .1]>>",
        "/FunctionType 4/Domain[0 1 0 1 0 1]/Range[0 1 0 1 0 1 0 1]|{ exch pop 0 0 }", NULL};
    const Kind *k = *state;
    void *room;
    (void)room_start(&room);
    Room *r = room;
    room_open(r, "",
              *k->space ? arena_printf(r->facts->document, "/ColorSpace<</S%s>>", k->space) : "",
              k->content, functions);
    room_press(r, NULL);
    for (size_t n = 1; n < 40; n++)
        assert_in_range(worst_difference(r, BLENDS_IN_INKS, n, k->spans), 0, (uintmax_t)k->exact);
    assert_in_range(worst_difference(r, BLENDS_IN_INKS, MOST_PIXELS, k->spans), 0,
                    (uintmax_t)k->exact);
    assert_in_range(worst_difference(r, BLENDS_IN_RGB, MOST_PIXELS, k->spans), 0,
                    (uintmax_t)k->near);
    assert_in_range(worst_difference(r, BLENDS_IN_GRAY, MOST_PIXELS, k->spans), 0,
                    (uintmax_t)k->near + 1);
    (void)room_stop(&room);
}

static void gray_without_overprint_is_one_plane(void **state) {
    Room *r = *state;
    room_open(r, "", "", ".5 g", NULL);
    room_press(r, NULL);
    const PressRows *rows = press_rows(r->press, r->colour.space, BLENDS_IN_INKS, &r->why);
    Paint paint = {0};
    press_rows_paint(rows, &paint, (Overprint){0}, CLASS_IMAGE);
    assert_string_equal(paint_text(r, &paint), "K0 knock");
    Rows out = rows_new(1, 3, 0);
    press_rows_convert(rows, &paint, (const uint8_t[]){0, 100, 255}, 3, out.rows);
    assert_memory_equal(out.rows[0], ((const uint8_t[]){255, 155, 0}), 3);
    rows_free(&out);
}

static const PressRows *separation(Room *r, const char *name, Paint *paint) {
    room_open(
        r, "",
        arena_printf(r->facts->document, "/ColorSpace<</S[/Separation/%s/DeviceCMYK null]>>", name),
        "/S cs 1 scn", NULL);
    room_press(r, NULL);
    const PressRows *rows = press_rows(r->press, r->colour.space, BLENDS_IN_INKS, &r->why);
    press_rows_paint(rows, paint, (Overprint){0}, CLASS_IMAGE);
    return rows;
}

static void rows_of_all_go_to_every_plane(void **state) {
    Paint paint = {0};
    const PressRows *rows = separation(*state, "All", &paint);
    assert_true(paint.all && !paint.flat);
    Rows out = rows_new(paint.count, 2, 0);
    press_rows_convert(rows, &paint, (const uint8_t[]){7, 9}, 2, out.rows);
    assert_memory_equal(out.rows[0], ((const uint8_t[]){7, 9}), 2);
    rows_free(&out);
}

static void rows_of_none_paint_nothing(void **state) {
    Paint paint = {0};
    const PressRows *rows = separation(*state, "None", &paint);
    assert_int_equal(paint.count, 0);
    assert_true(paint.keeps_others);
    press_rows_convert(rows, &paint, (const uint8_t[]){7, 9}, 2, NULL);
}

static void indexed_rows_are_refused(void **state) {
    Room *r = *state;
    room_open(r, "", "/ColorSpace<</S[/Indexed/DeviceRGB 1<000000ffffff>]>>", "/S cs 1 scn", NULL);
    room_press(r, NULL);
    assert_null(press_rows(r->press, r->colour.space, BLENDS_IN_INKS, &r->why));
}

/* One pixel from one blend space to another. */
static const char *bridged(void **state, BlendSpace from, BlendSpace to, const uint8_t in[4]) {
    Room *r = *state;
    if (!r->press) {
        room_open(r, "", "", "0 g", NULL);
        room_press(r, NULL);
    }
    PressBridge bridge = {r->press, from, to};
    Rows rows = rows_new(4, MOST_PIXELS, 0);
    for (int i = 0; i < 4; i++)
        memset(rows.rows[i], in[i], MOST_PIXELS);
    press_bridge(&bridge, rows.rows, MOST_PIXELS);
    for (int i = 0; i < 4; i++)
        assert_int_equal(rows.rows[i][0], rows.rows[i][MOST_PIXELS - 1]);
    const char *text = arena_printf(r->facts->page, "%d %d %d %d", rows.rows[0][0], rows.rows[1][0],
                                    rows.rows[2][0], rows.rows[3][0]);
    rows_free(&rows);
    return text;
}

static void no_ink_is_white_in_every_space(void **state) {
    static const BlendSpace spaces[] = {BLENDS_IN_GRAY, BLENDS_IN_RGB, BLENDS_IN_INKS};
    const uint8_t none[4] = {0};
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 3; k++)
            assert_string_equal(bridged(state, spaces[i], spaces[k], none), "0 0 0 0");
}

static void gray_and_the_others(void **state) {
    const uint8_t gray[4] = {0, 0, 0, 100}, red[4] = {0, 255, 255, 0}, inks[4] = {100, 0, 0, 50};
    assert_string_equal(bridged(state, BLENDS_IN_GRAY, BLENDS_IN_INKS, gray), "0 0 0 100");
    assert_string_equal(bridged(state, BLENDS_IN_GRAY, BLENDS_IN_RGB, gray), "100 100 100 0");
    assert_string_equal(bridged(state, BLENDS_IN_RGB, BLENDS_IN_GRAY, red), "0 0 0 178");
    assert_string_equal(bridged(state, BLENDS_IN_INKS, BLENDS_IN_GRAY, inks), "0 0 0 80");
}

/* A group of RGB ends as the same colour would have been painted without it. */
static void rgb_to_inks_is_as_painted(void **state) {
    Room *r = *state;
    const char *inks = bridged(state, BLENDS_IN_RGB, BLENDS_IN_INKS, (uint8_t[]){0, 255, 255, 0});
    int c[4];
    assert_int_equal(sscanf(inks, "%d %d %d %d", &c[0], &c[1], &c[2], &c[3]), 4);
    r->colour =
        (Colour){.space = &(ColourSpace){.space = SPACE_RGB, .components = 3}, .values = {1, 0, 0}};
    Paint paint = {0};
    bool nothing;
    assert_true(press_colour(r->press, &paint, &nothing, &r->colour, BLENDS_IN_INKS,
                             (Overprint){true, 0}, &r->why));
    for (int i = 0; i < 4; i++)
        assert_in_range(paint.values[i], c[i] - (c[i] > 0), c[i] + 1);
}

static void the_preview_is_what_lcms2_shows(void **state) {
    Room *r = *state;
    room_open(r, "", "", "0 g", NULL);
    room_press(r, NULL);
    cmsHPROFILE press = cmsOpenProfileFromMem(r->profile.bytes, (cmsUInt32Number)r->profile.count);
    cmsHPROFILE srgb = cmsCreate_sRGBProfile();
    cmsHTRANSFORM t =
        cmsCreateTransform(press, TYPE_CMYK_8, srgb, TYPE_RGB_8, INTENT_RELATIVE_COLORIMETRIC,
                           cmsFLAGS_BLACKPOINTCOMPENSATION | cmsFLAGS_NOOPTIMIZE);
    Rows in = rows_new(4, MOST_PIXELS, 0);
    uint8_t shown[MOST_PIXELS * 3];
    for (size_t x = 1; x < MOST_PIXELS; x++)
        for (size_t k = 0; k < 4; k++)
            in.rows[k][x] = (uint8_t)(x * (k + 1) / 10);
    press_preview(r->press, (const uint8_t *const *)in.rows, MOST_PIXELS, shown);
    assert_memory_equal(shown, ((const uint8_t[]){255, 255, 255}), 3);
    for (size_t x = 0; x < MOST_PIXELS; x++) {
        uint8_t expected[3];
        cmsDoTransform(t, (uint8_t[]){in.rows[0][x], in.rows[1][x], in.rows[2][x], in.rows[3][x]},
                       expected, 1);
        for (size_t k = 0; k < 3; k++)
            assert_true(abs(expected[k] - shown[3 * x + k]) <= 6);
    }
    rows_free(&in);
    cmsDeleteTransform(t);
    cmsCloseProfile(press);
    cmsCloseProfile(srgb);
}

int main(void) {
    static struct CMUnitTest tests[KINDS];
    for (int i = 0; i < KINDS; i++)
        tests[i] =
            (struct CMUnitTest){kinds[i].name, rows_are_as_flat_colours, NULL, NULL, &kinds[i]};
    const struct CMUnitTest more[] = {
        ROOM_TEST(gray_without_overprint_is_one_plane), ROOM_TEST(rows_of_all_go_to_every_plane),
        ROOM_TEST(rows_of_none_paint_nothing),          ROOM_TEST(indexed_rows_are_refused),
        ROOM_TEST(no_ink_is_white_in_every_space),      ROOM_TEST(gray_and_the_others),
        ROOM_TEST(rgb_to_inks_is_as_painted),           ROOM_TEST(the_preview_is_what_lcms2_shows),
    };
    int failed = cmocka_run_group_tests_name("rows", tests, NULL, NULL);
    return failed + cmocka_run_group_tests_name("bridges", more, NULL, NULL);
}
