/* Colour to ink, against transforms of lcms2 made here in floating point. */
#include "press_room.h"
#include "tiny_profile.h"

#include <math.h>

static const Overprint off = {0};

/* The press as the tests see it: ink shares of a colour by way of an independent transform. */
static void expect_inks(Room *r, cmsHPROFILE from, cmsUInt32Number format, const double *in) {
    cmsHPROFILE press = cmsOpenProfileFromMem(r->profile.bytes, (cmsUInt32Number)r->profile.count);
    cmsHTRANSFORM t =
        cmsCreateTransform(from, format, press, TYPE_CMYK_DBL, INTENT_RELATIVE_COLORIMETRIC,
                           cmsFLAGS_BLACKPOINTCOMPENSATION | cmsFLAGS_NOOPTIMIZE);
    double percent[4];
    cmsDoTransform(t, in, percent, 1);
    cmsDeleteTransform(t);
    cmsCloseProfile(press);
    cmsCloseProfile(from);
    Paint paint = {0};
    bool nothing;
    const Overprint keep_all = {true, 0};
    assert_true(
        press_colour(r->press, &paint, &nothing, &r->colour, BLENDS_IN_INKS, keep_all, &r->why));
    assert_int_equal(paint.count, 4);
    for (int i = 0; i < 4; i++)
        if (fabs(paint.values[i] - percent[i] * 2.55) > 1.01)
            fail_msg("ink %d: %d, not %.2f", i, paint.values[i], percent[i] * 2.55);
}

static void open_with(Room *r, const char *resources, const char *content,
                      const char *const *objects) {
    room_open(r, "", resources, content, objects);
    room_press(r, NULL);
}

static void device_rgb_is_srgb(void **state) {
    Room *r = *state;
    open_with(r, "", "1 0 0 rg", NULL);
    for (int i = 0; i < 125; i++) {
        double rgb[3] = {i % 5 / 4.0, i / 5 % 5 / 4.0, i / 25 / 4.0};
        for (int k = 0; k < 3; k++)
            r->colour.values[k] = (float)rgb[k];
        expect_inks(r, cmsCreate_sRGBProfile(), TYPE_RGB_DBL, rgb);
    }
}

static void white_is_paper_in_every_space(void **state) {
    static const char *const whites[] = {"1 1 1 rg", "1 g", "/L cs 100 0 0 scn", "/R cs 1 1 1 scn",
                                         "/G cs 1 scn"};
    for (int i = 0; i < 5; i++) {
        (void)room_stop(state);
        (void)room_start(state);
        Room *r = *state;
        open_with(r,
                  "/ColorSpace<</L[/Lab<</WhitePoint[.9642 1 .8249]>>]/R[/CalRGB<</WhitePoint"
                  "[.9505 1 1.089]/Matrix[.4124 .2126 .0193 .3576 .7152 .1192 .1805 .0722 .9505]>>]"
                  "/G[/CalGray<</WhitePoint[.9642 1 .8249]/Gamma 2.2>>]>>",
                  whites[i], NULL);
        assert_string_equal(painted(r, BLENDS_IN_INKS, off), "knock");
        assert_string_equal(painted(r, BLENDS_IN_RGB, off), "knock");
        assert_string_equal(painted(r, BLENDS_IN_GRAY, off), "knock");
    }
}

static void lab_is_measured_from_its_white(void **state) {
    Room *r = *state;
    open_with(r, "/ColorSpace<</L[/Lab<</WhitePoint[.9642 1 .8249]/Range[-128 127 -128 127]>>]>>",
              "/L cs 50 60 -40 scn", NULL);
    expect_inks(r, cmsCreateLab4Profile(NULL), TYPE_Lab_DBL, (double[]){50, 60, -40});
    memcpy(r->colour.values, (float[]){80, -20, 90}, 3 * sizeof(float));
    expect_inks(r, cmsCreateLab4Profile(NULL), TYPE_Lab_DBL, (double[]){80, -20, 90});
}

/* Bradford from D65 worked out by the same library, but from XYZ. */
static void lab_under_daylight_is_adapted(void **state) {
    Room *r = *state;
    open_with(r, "/ColorSpace<</L[/Lab<</WhitePoint[.9505 1 1.089]/Range[-128 127 -128 127]>>]>>",
              "/L cs 50 -60 30 scn", NULL);
    const cmsCIEXYZ d65 = {.9505, 1, 1.089};
    const cmsCIELab lab = {50, -60, 30};
    cmsCIEXYZ xyz, adapted;
    cmsCIELab expected;
    cmsLab2XYZ(&d65, &xyz, &lab);
    assert_true(cmsAdaptToIlluminant(&adapted, &d65, cmsD50_XYZ(), &xyz));
    cmsXYZ2Lab(NULL, &expected, &adapted);
    assert_true(fabs(expected.b - 30) > 0.5);
    expect_inks(r, cmsCreateLab4Profile(NULL), TYPE_Lab_DBL,
                (double[]){expected.L, expected.a, expected.b});
}

static void calrgb_follows_its_dictionary(void **state) {
    Room *r = *state;
    open_with(r,
              "/ColorSpace<</R[/CalRGB<</WhitePoint[.95046 1 1.08906]/Gamma[1.8 2.2 2]/Matrix"
              "[.4124 .2126 .0193 .3576 .7152 .1192 .1805 .0722 .9505]>>]>>",
              "/R cs .8 .3 .1 scn", NULL);
    const cmsCIExyY d65 = {.3127, .3290, 1};
    const cmsCIExyYTRIPLE primaries = {{.64, .33, 1}, {.30, .60, 1}, {.15, .06, 1}};
    cmsToneCurve *curves[3] = {cmsBuildGamma(NULL, 1.8), cmsBuildGamma(NULL, 2.2),
                               cmsBuildGamma(NULL, 2)};
    expect_inks(r, cmsCreateRGBProfile(&d65, &primaries, curves), TYPE_RGB_DBL,
                (double[]){.8, .3, .1});
    cmsFreeToneCurveTriple(curves);
}

static void calgray_is_a_neutral_of_all_inks(void **state) {
    Room *r = *state;
    open_with(r, "/ColorSpace<</G[/CalGray<</WhitePoint[.9505 1 1.089]/Gamma 2.2>>]>>",
              "/G cs .4 scn", NULL);
    cmsToneCurve *curve = cmsBuildGamma(NULL, 2.2);
    expect_inks(r, cmsCreateGrayProfile(cmsD50_xyY(), curve), TYPE_GRAY_DBL, (double[]){.4});
    cmsFreeToneCurve(curve);
}

static void impossible_calibration_is_not_guessed(void **state) {
    Room *r = *state;
    open_with(r, "/ColorSpace<</G[/CalGray<</WhitePoint[0 1 0]>>]>>", "/G cs .4 scn", NULL);
    assert_string_equal(painted(r, BLENDS_IN_INKS, off), "can not");
    assert_string_equal(r->why.en, "a calibrated colour space has impossible numbers");
}

static void an_icc_profile_is_used(void **state) {
    Room *r = *state;
    Arena *a = r->facts->document;
    const cmsCIExyYTRIPLE wide = {{.7347, .2653, 1}, {.1152, .8264, 1}, {.1566, .0177, 1}};
    cmsToneCurve *gamma = cmsBuildGamma(NULL, 1.8);
    cmsToneCurve *curves[3] = {gamma, gamma, gamma};
    Bytes bytes = tiny_saved(a, cmsCreateRGBProfile(cmsD50_xyY(), &wide, curves));
    cmsFreeToneCurve(gamma);
    const char *objects[] = {hex_stream(a, "/N 3", bytes.p, bytes.n), NULL};
    open_with(r, "/ColorSpace<</P[/ICCBased 5 0 R]>>", "/P cs .2 .6 .3 scn", objects);
    expect_inks(r, cmsOpenProfileFromMem(bytes.p, (cmsUInt32Number)bytes.n), TYPE_RGB_DBL,
                (double[]){.2, .6, .3});
}

static void an_icc_gray_is_converted_and_not_black_alone(void **state) {
    Room *r = *state;
    Arena *a = r->facts->document;
    cmsToneCurve *gamma = cmsBuildGamma(NULL, 1.8);
    Bytes bytes = tiny_saved(a, cmsCreateGrayProfile(cmsD50_xyY(), gamma));
    cmsFreeToneCurve(gamma);
    const char *objects[] = {hex_stream(a, "/N 1", bytes.p, bytes.n), NULL};
    open_with(r, "/ColorSpace<</P[/ICCBased 5 0 R]>>", "/P cs .3 scn", objects);
    expect_inks(r, cmsOpenProfileFromMem(bytes.p, (cmsUInt32Number)bytes.n), TYPE_GRAY_DBL,
                (double[]){.3});
}

static void an_icc_lab_takes_lab_numbers(void **state) {
    Room *r = *state;
    Arena *a = r->facts->document;
    Bytes bytes = tiny_lab(a);
    const char *objects[] = {hex_stream(a, "/N 3/Range[0 100 -128 127 -128 127]", bytes.p, bytes.n),
                             NULL};
    open_with(r, "/ColorSpace<</P[/ICCBased 5 0 R]>>", "/P cs 60 -30 20 scn", objects);
    expect_inks(r, cmsCreateLab4Profile(NULL), TYPE_Lab_DBL, (double[]){60, -30, 20});
}

static void a_broken_profile_gives_way_to_its_alternate(void **state) {
    Room *r = *state;
    static const char *const objects[] = {"/N 3/Alternate[/Lab<</WhitePoint[.9642 1 .8249]>>]|junk",
                                          "/N 4/Alternate/DeviceCMYK|junk", "/N 1|junk", NULL};
    open_with(r, "/ColorSpace<</A[/ICCBased 5 0 R]/B[/ICCBased 6 0 R]/C[/ICCBased 7 0 R]>>",
              "/B cs 0 0 .5 1 scn", objects);
    assert_string_equal(painted(r, BLENDS_IN_INKS, off), "Y128 K255 knock");
    (void)room_stop(state);
    (void)room_start(state);
    open_with(*state, "/ColorSpace<</C[/ICCBased 7 0 R]>>", "/C cs .9 scn", objects);
    assert_string_equal(painted(*state, BLENDS_IN_INKS, off), "K26 knock");
}

/* Its header says Lab and the rest is gone: no device space can stand for it. */
static void a_broken_lab_profile_can_not_be_drawn(void **state) {
    Room *r = *state;
    Arena *a = r->facts->document;
    Bytes bytes = tiny_lab(a);
    const char *objects[] = {hex_stream(a, "/N 3/Range[0 100 -128 127 -128 127]", bytes.p, 130),
                             NULL};
    open_with(r, "/ColorSpace<</P[/ICCBased 5 0 R]>>", "/P cs 60 -30 20 scn", objects);
    assert_string_equal(painted(r, BLENDS_IN_INKS, off), "can not");
    assert_string_equal(r->why.en, "an ICC profile can not be used");
}

static void too_many_profiles_are_told_and_the_next_page_starts_afresh(void **state) {
    enum { PROFILES = 45 };
    Room *r = *state;
    Arena *a = r->facts->document;
    open_with(r, "/ColorSpace<</G[/CalGray<</WhitePoint[.9505 1 1.089]/Gamma 2.2>>]>>",
              "/G cs .4 scn", NULL);
    const char *last = NULL;
    for (int i = 0; i < PROFILES; i++) {
        ColourSpace *copy = ARENA_NEW(a, ColourSpace);
        *copy = *r->colour.space;
        r->colour.space = copy;
        last = painted(r, BLENDS_IN_INKS, off);
    }
    assert_string_equal(last, "can not");
    assert_string_equal(r->why.en, "there are too many ICC profiles on the page");
    press_page(r->press, &r->planes);
    assert_string_not_equal(painted(r, BLENDS_IN_INKS, off), "can not");
}

static void numbers_round_half_up(void **state) {
    Room *r = *state;
    open_with(r, "", ".1 .3 .7 .9 k", NULL);
    assert_string_equal(painted(r, BLENDS_IN_INKS, off), "C26 M77 Y179 K230 knock");
    memcpy(r->colour.values, (float[]){NAN, -1, 2, INFINITY}, 4 * sizeof(float));
    assert_string_equal(painted(r, BLENDS_IN_INKS, off), "Y255 K255 knock");
}

/* A blend space of gray or RGB holds amounts of darkness. */
static void device_colour_in_other_blend_spaces(void **state) {
    static const struct {
        const char *content, *rgb, *gray;
    } cases[] = {
        {".9 g", "C26 M26 Y26 knock", "K26 knock"},
        {"1 .5 0 rg", "M128 Y255 knock", "K103 knock"},
        {".2 0 0 .5 k", NULL, "K143 knock"},
        {"0 0 0 1 k", NULL, "K255 knock"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        (void)room_stop(state);
        (void)room_start(state);
        Room *r = *state;
        open_with(r, "", cases[i].content, NULL);
        if (cases[i].rgb)
            assert_string_equal(painted(r, BLENDS_IN_RGB, off), cases[i].rgb);
        assert_string_equal(painted(r, BLENDS_IN_GRAY, off), cases[i].gray);
    }
}

static const char *const tints[] = {
    "<</FunctionType 2/Domain[0 1]/N 1/C0[1 1 1]/C1[0 .5 1]>>",
    "/FunctionType 4/Domain[0 1 0 1]/Range[0 1 0 1 0 1]|{ exch 1 exch sub exch 1 exch sub dup }",
    NULL};
static const char tint_spaces[] =
    "/ColorSpace<</K[/Separation/Black/DeviceRGB 5 0 R]/G[/Separation/Gold/DeviceRGB 5 0 R]"
    "/CG[/DeviceN[/Cyan/Gold]/DeviceRGB 6 0 R]/CA[/DeviceN[/Cyan/All]/DeviceRGB 6 0 R]"
    "/Bad[/Separation/Black/DeviceRGB 9 0 R]>>";

static const char *tinted(void **state, const char *content, BlendSpace in) {
    (void)room_stop(state);
    (void)room_start(state);
    Room *r = *state;
    open_with(r, tint_spaces, content, tints);
    return painted(r, in, off);
}

/* No black is in a group of RGB: the alternate shows it. Spots have planes of their own. */
static void process_names_go_by_the_alternate_where_no_inks_are_blended(void **state) {
    assert_string_equal(tinted(state, "/K cs 1 scn", BLENDS_IN_RGB), "C255 M128 knock");
    assert_string_equal(tinted(state, "/G cs .5 scn", BLENDS_IN_RGB), "Gold128 knock");
    assert_string_equal(tinted(state, "/CG cs 1 .5 scn", BLENDS_IN_RGB), "C255 Gold128 knock");
    assert_string_equal(tinted(state, "/CG cs 1 .5 scn", BLENDS_IN_INKS), "C255 Gold128 knock");
}

/* A DeviceN must not name All (ISO 32000-1, 8.6.6.5). */
static void all_among_names_goes_by_the_alternate(void **state) {
    assert_string_equal(tinted(state, "/CA cs 1 .2 scn", BLENDS_IN_RGB), "C255 M51 Y51 knock");
}

static void a_missing_tint_transform_matters_only_where_it_is_needed(void **state) {
    assert_string_equal(tinted(state, "/Bad cs .5 scn", BLENDS_IN_INKS), "K128 knock");
    assert_string_equal(tinted(state, "/Bad cs .5 scn", BLENDS_IN_RGB), "can not");
}

static void a_spot_looks_like_its_alternate(void **state) {
    Room *r = *state;
    open_with(r, tint_spaces, "/G cs 1 scn", tints);
    assert_string_equal(painted(r, BLENDS_IN_INKS, off), "Gold255 knock");
    const uint8_t(*look)[3] = r->planes.items[FIRST_SPOT].look;
    assert_non_null(look);
    assert_memory_equal(look[0], ((uint8_t[]){255, 255, 255}), 3);
    assert_memory_equal(look[255], ((uint8_t[]){0, 127, 255}), 3);
}

static void a_spot_of_a_devicen_looks_as_its_colorants_say(void **state) {
    Room *r = *state;
    open_with(r,
              "/ColorSpace<</N[/DeviceN[/Cyan/Gold]/DeviceRGB 6 0 R<</Colorants<</Gold"
              "[/Separation/Gold/DeviceRGB 5 0 R]>>>>]>>",
              "/N cs 1 1 scn", tints);
    assert_string_equal(painted(r, BLENDS_IN_INKS, off), "C255 Gold255 knock");
    assert_memory_equal(r->planes.items[FIRST_SPOT].look[255], ((uint8_t[]){0, 127, 255}), 3);
}

static void every_page_has_planes_of_its_own(void **state) {
    Room *r = *state;
    open_with(r, tint_spaces, "/G cs 1 scn", tints);
    (void)painted(r, BLENDS_IN_INKS, off);
    planes_start(&r->planes, r->facts->page);
    (void)plane_register(&r->planes, STR("Silver"));
    press_page(r->press, &r->planes);
    assert_string_equal(painted(r, BLENDS_IN_INKS, off), "Gold255 knock");
    assert_int_equal(plane_find(&r->planes, STR("Gold")), FIRST_SPOT + 1);
    assert_non_null(r->planes.items[FIRST_SPOT + 1].look);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        ROOM_TEST(device_rgb_is_srgb),
        ROOM_TEST(white_is_paper_in_every_space),
        ROOM_TEST(lab_is_measured_from_its_white),
        ROOM_TEST(lab_under_daylight_is_adapted),
        ROOM_TEST(calrgb_follows_its_dictionary),
        ROOM_TEST(calgray_is_a_neutral_of_all_inks),
        ROOM_TEST(impossible_calibration_is_not_guessed),
        ROOM_TEST(an_icc_profile_is_used),
        ROOM_TEST(an_icc_gray_is_converted_and_not_black_alone),
        ROOM_TEST(an_icc_lab_takes_lab_numbers),
        ROOM_TEST(a_broken_profile_gives_way_to_its_alternate),
        ROOM_TEST(a_broken_lab_profile_can_not_be_drawn),
        ROOM_TEST(too_many_profiles_are_told_and_the_next_page_starts_afresh),
        ROOM_TEST(numbers_round_half_up),
        ROOM_TEST(device_colour_in_other_blend_spaces),
        ROOM_TEST(process_names_go_by_the_alternate_where_no_inks_are_blended),
        ROOM_TEST(all_among_names_goes_by_the_alternate),
        ROOM_TEST(a_missing_tint_transform_matters_only_where_it_is_needed),
        ROOM_TEST(a_spot_looks_like_its_alternate),
        ROOM_TEST(a_spot_of_a_devicen_looks_as_its_colorants_say),
        ROOM_TEST(every_page_has_planes_of_its_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
