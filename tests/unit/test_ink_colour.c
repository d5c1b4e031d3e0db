/* What RGB becomes on press, and how far profiles are apart. The profiles are made here. */
#include "ink/measure/colour_facts.h"

#include "ink/press/colour_patches.h"
#include "ink/press/colour_sight.h"
#include "press_room.h"
#include "tiny_profile.h"

/* A press with black ink alone, which takes 75 % of the lightness: a point of both tables. */
static const double darkest = 0.75;

static cmsInt32Number lab_of_black(const cmsUInt16Number *in, cmsUInt16Number *out, void *) {
    out[0] = (cmsUInt16Number)(0xff00 * (1 - darkest * in[3] / 65535));
    out[1] = out[2] = 0x8000;
    return 1;
}

static cmsInt32Number black_of_lab(const cmsUInt16Number *in, cmsUInt16Number *out, void *) {
    double black = in[0] < 0xff00 ? (1 - in[0] / (double)0xff00) / darkest : 0;
    out[0] = out[1] = out[2] = 0;
    out[3] = (cmsUInt16Number)(65535 * (black < 1 ? black : 1));
    return 1;
}

/* The profile with another table. */
static Bytes with_table(Arena *a, Bytes whole, cmsTagSignature tag, cmsUInt32Number in,
                        cmsUInt32Number out, cmsSAMPLER16 sampler) {
    cmsHPROFILE profile = cmsOpenProfileFromMem(whole.p, (cmsUInt32Number)whole.n);
    tiny_table(profile, tag, in, out, sampler, NULL);
    return tiny_saved(a, profile);
}

static Bytes gray_press(Arena *a) {
    Bytes press = tiny_cmyk(a, "gray press", 1);
    press = with_table(a, press, cmsSigAToB0Tag, 4, 3, lab_of_black);
    return with_table(a, press, cmsSigBToA0Tag, 3, 4, black_of_lab);
}

/* Half the ink of the tiny press, with the same separation. */
static cmsInt32Number pale_inks_to_lab(const cmsUInt16Number *in, cmsUInt16Number *out, void *) {
    cmsUInt16Number half[4];
    for (int i = 0; i < 4; i++)
        half[i] = in[i] / 2;
    return tiny_inks_to_lab(half, out, NULL);
}

static Bytes pale_press(Arena *a, const char *name) {
    return with_table(a, tiny_cmyk(a, name, 0.5), cmsSigAToB0Tag, 4, 3, pale_inks_to_lab);
}

/* The measure goes with it: what it holds is freed by done(). */
static InkMeasure *measure;

static ColourFacts *facts_of(Arena *a) {
    static const ReadPlan plan;
    measure = ink_measure_new(a, &plan);
    return colour_facts_new(a, measure);
}

static void done(ColourFacts *c) {
    colour_facts_free(c);
    ink_measure_free(measure);
}

static PressProfile press_of(Room *r, Bytes bytes) {
    PressProfile p;
    Text why;
    assert_true(
        press_profile_read(&p, r->facts->document, bytes.p, bytes.n, PRESS_OF_INTENT, &why));
    return p;
}

/* Gray inks: lightness alone survives. */
static SeenColour seen(Room *r, const char *resources, const char *content) {
    room_open(r, "", resources, content, NULL);
    Arena *a = r->facts->document;
    PressProfile profile = press_of(r, gray_press(a));
    r->press = press_new(a, r->file, &profile);
    ColourSight *sight = colour_sight_new(a, r->press);
    SeenColour out = {.shift = NAN};
    if (!colour_seen(sight, &r->colour, &out))
        out.shift = NAN;
    colour_sight_free(sight);
    press_free(r->press);
    r->press = NULL;
    return out;
}

static void white_is_paper(void **state) {
    SeenColour white = seen(*state, "", "1 1 1 rg");
    for (int i = 0; i < 4; i++)
        assert_int_equal(white.inks[i], 0);
    assert_true(white.shift < 0.5);
}

static void what_inks_can_do_does_not_shift(void **state) {
    SeenColour gray = seen(*state, "", "0.5 0.5 0.5 rg");
    assert_true(gray.inks[3] > 60 && gray.inks[0] == 0);
    assert_true(gray.shift < 2);
}

/* The darkest black of the press stands for black. */
static void black_is_the_darkest_ink(void **state) {
    SeenColour black = seen(*state, "", "0 0 0 rg");
    assert_true(black.inks[3] >= 250);
    assert_true(black.shift < 2);
}

static void what_inks_can_not_do_shifts(void **state) {
    SeenColour green = seen(*state, "", "0 1 0 rg");
    assert_true(green.shift > 20);
    assert_false(green.is_lab);
    assert_float_equal(green.values[1], 1, 0);
}

static void calibrated_rgb_is_seen(void **state) {
    SeenColour c = seen(*state,
                        "/ColorSpace<</A[/CalRGB<</WhitePoint[0.9505 1 1.089]"
                        "/Gamma[2.2 2.2 2.2]>>]>>",
                        "/A cs 1 0 0 sc");
    assert_true(c.shift > 5);
    assert_float_equal(c.values[0], 1, 0);
}

static void lab_is_seen_under_its_own_white(void **state) {
    static const char lab[] = "/ColorSpace<</A[/Lab<</WhitePoint[%s]/Range[-128 127 -128 127]>>]>>";
    Room *r = *state;
    char resources[200];
    snprintf(resources, sizeof resources, lab, "0.9505 1 1.089");
    SeenColour c = seen(r, resources, "/A cs 50 0 0 sc");
    assert_true(c.is_lab);
    assert_float_equal(c.values[0], 50, 0);
    assert_true(c.shift < 2);
}

static void an_index_is_its_entry(void **state) {
    SeenColour c =
        seen(*state, "/ColorSpace<</A[/Indexed/DeviceRGB 1<000000FF8000>]>>", "/A cs 1 sc");
    assert_float_equal(c.values[0], 1, 0);
    assert_float_equal(c.values[1], 0.50196f, 1e-5f);
    assert_true(c.shift > 5);
}

static void inks_are_not_converted(void **state) {
    assert_true(isnan(seen(*state, "", "0 1 0 0 k").shift));
}

static void gray_is_not_converted(void **state) {
    assert_true(isnan(seen(*state, "", "0.5 g").shift));
}

static void a_palette_of_inks_is_not_converted(void **state) {
    assert_true(isnan(
        seen(*state, "/ColorSpace<</A[/Indexed/DeviceCMYK 0<FF000000>]>>", "/A cs 0 sc").shift));
}

static void an_impossible_space_is_not_converted(void **state) {
    SeenColour c =
        seen(*state, "/ColorSpace<</A[/CalRGB<</WhitePoint[0 0 0]>>]>>", "/A cs 1 0 0 sc");
    assert_true(isnan(c.shift));
}

/* Values of any kind may stand in content. */
static void wild_numbers_end_somewhere(void **state) {
    SeenColour c = seen(*state, "", "1000000000000000000000000000000 -99999999999999999999 .5 rg");
    assert_true(c.shift >= 0);
}

typedef struct Many {
    ColourSight *sight;
    int count;
    double shifts[64];
} Many;

static void see_fill(void *self, const GraphicsState *gs, const Path *, bool) {
    Many *m = self;
    SeenColour out = {.shift = NAN};
    assert_true(colour_seen(m->sight, &gs->fill, &out));
    m->shifts[m->count++] = out.shift;
}

/* More spaces than transforms are kept, twice: the answer is the same each time. */
static void many_spaces_are_seen_alike(void **state) {
    enum { SPACES = 20 };
    Room *r = *state;
    Arena *a = r->facts->document;
    Sink resources = sink_memory(a), content = sink_memory(a);
    sink_str(&resources, "/ColorSpace<<");
    for (int i = 0; i < 2 * SPACES; i++) {
        if (i < SPACES)
            sink_format(&resources, "/S%d[/CalRGB<</WhitePoint[0.9505 1 1.089]/Gamma[%d 1 1]>>]", i,
                        i + 1);
        sink_format(&content, "/S%d cs 0.8 0.1 0.2 sc 0 0 1 1 re f ", i % SPACES);
    }
    sink_str(&resources, ">>");
    Str res = sink_text(&resources), text = sink_text(&content);
    room_open(r, "", arena_copy(a, res.p, res.n), arena_copy(a, text.p, text.n), NULL);
    PressProfile profile = press_of(r, gray_press(a));
    r->press = press_new(a, r->file, &profile);
    Many many = {.sight = colour_sight_new(a, r->press)};
    Painter painter = {.self = &many, .fill = see_fill, .damage = room_damage};
    PageBox box = {.media = {0, 0, 200, 100}, .user_unit = 1, .to_page = {1, 0, 0, 1, 0, 0}};
    const PdfObj *page = pdf_object(r->file, (PdfRef){3, 0});
    (void)interpret_page(r->interpreter, r->facts->page, page,
                         pdf_lookup(r->file, page, "Resources"), &box, &painter);
    assert_true(many.count >= 2 * SPACES);
    for (int i = 0; i < SPACES; i++)
        assert_float_equal(many.shifts[i], many.shifts[i + SPACES], 0);
    colour_sight_free(many.sight);
}

static const char intent[] = "/OutputIntents[<</S/GTS_PDFX/DestOutputProfile 5 0 R>>]";

/* A file with this output intent. */
static void open_with(Room *r, Bytes profile) {
    const char *more[] = {hex_stream(r->facts->document, "/N 4", profile.p, profile.n), NULL};
    room_open(r, intent, "", "1 0 0 rg", more);
}

static Profile *told(Room *r, ColourFacts *c, Bytes bytes, Family space) {
    Profile *row = facts_add(r->facts, FACT_profile);
    row->space = (uint8_t)space;
    colour_facts_profile(c, row, &(ProfileData){r->file, bytes.p, bytes.n});
    return row;
}

static void profiles_are_told_by_colour(void **state) {
    Room *r = *state;
    Arena *a = r->facts->document;
    Bytes own = tiny_cmyk(a, "coated", 0.5), renamed = tiny_cmyk(a, "another name", 0.5),
          lighter = pale_press(a, "coated"), rgb = tiny_rgb(a), junk = {own.p, 200};
    open_with(r, own);
    ColourFacts *c = facts_of(a);
    assert_float_equal(told(r, c, own, FAMILY_CMYK)->delta, 0, 0);
    assert_float_equal(told(r, c, renamed, FAMILY_CMYK)->delta, 0, 0);
    const Profile *other = told(r, c, lighter, FAMILY_CMYK);
    assert_true(other->delta > 2.5 && other->delta_max > other->delta);
    assert_float_equal(told(r, c, lighter, FAMILY_CMYK)->delta, other->delta, 0);
    assert_true(isnan(told(r, c, rgb, FAMILY_RGB)->delta));
    assert_true(isnan(told(r, c, junk, FAMILY_CMYK)->delta));
    assert_true(isnan(told(r, c, (Bytes){own.p, 0}, FAMILY_CMYK)->black_light));
    done(c);
}

static void black_is_measured(void **state) {
    Room *r = *state;
    Arena *a = r->facts->document;
    Bytes own = tiny_cmyk(a, "coated", 0.5);
    open_with(r, own);
    ColourFacts *c = facts_of(a);
    const Profile *p = told(r, c, own, FAMILY_CMYK);
    assert_float_equal(p->black_light, 10, 0.5); /* the tiny press: black takes 90 % of the light */
    done(c);
}

static void without_an_intent_nothing_is_compared(void **state) {
    Room *r = *state;
    Bytes bytes = tiny_cmyk(r->facts->document, "coated", 0.5);
    room_open(r, "", "", "1 0 0 rg", NULL);
    ColourFacts *c = facts_of(r->facts->document);
    const Profile *p = told(r, c, bytes, FAMILY_CMYK);
    assert_true(isnan(p->delta) && isnan(p->delta_max));
    assert_float_equal(p->black_light, 10, 0.5);
    done(c);
}

static Style *style_told(Room *r, ColourFacts *c, Family family, const Colour *colour) {
    Style *s = facts_add(r->facts, FACT_style);
    s->family = (uint8_t)family;
    colour_facts_style(c, r->facts, s, &(StyleColour){r->file, colour});
    return s;
}

static void styles_say_what_they_become(void **state) {
    Room *r = *state;
    Arena *a = r->facts->document;
    open_with(r, gray_press(a));
    ColourFacts *c = facts_of(a);
    const Style *red = style_told(r, c, FAMILY_RGB, &r->colour);
    assert_string_equal(red->written, "RGB 255 0 0");
    int inks[4];
    assert_int_equal(
        sscanf(red->becomes, "C%d M%d Y%d K%d", &inks[0], &inks[1], &inks[2], &inks[3]), 4);
    assert_true(inks[3] > 30 && inks[3] <= 100 && inks[0] == 0);
    assert_true(red->shift > 20);
    const Style *picture = style_told(r, c, FAMILY_RGB, NULL);
    assert_string_equal(picture->becomes, "");
    assert_float_equal(picture->shift, 0, 0);
    const Style *inky = style_told(r, c, FAMILY_CMYK, &r->colour);
    assert_string_equal(inky->written, "");
    done(c);
}

static void a_colour_that_can_not_be_converted_stays_unknown(void **state) {
    Room *r = *state;
    Arena *a = r->facts->document;
    Bytes own = gray_press(a);
    const char *more[] = {hex_stream(a, "/N 4", own.p, own.n), NULL};
    room_open(r, intent, "/ColorSpace<</A[/Lab<</WhitePoint[0 1 0]>>]>>", "/A cs 50 1 1 sc", more);
    ColourFacts *c = facts_of(a);
    const Style *s = style_told(r, c, FAMILY_LAB, &r->colour);
    assert_null(s->written);
    assert_null(s->becomes);
    assert_true(isnan(s->shift));
    done(c);
}

/* Every sum up to 300 % once, paper first. */
static void patches_hold_printable_sums(void **state) {
    Room *r = *state;
    Bytes bytes = tiny_cmyk(r->facts->document, "coated", 0.5);
    Patches p;
    assert_true(patches_of(&p, bytes.p, bytes.n));
    int sums = 0;
    static const int steps[PATCH_STEPS] = {0, 40, 70, 100};
    for (int at = 0; at < MOST_PATCHES; at++)
        sums += steps[at % 4] + steps[at / 4 % 4] + steps[at / 16 % 4] + steps[at / 64] <= 300;
    assert_int_equal(p.count, sums);
    assert_true(p.looks[0].L > p.black_light);
    PatchDelta none = patches_compare(&p, &p);
    assert_float_equal(none.mean, 0, 0);
    assert_float_equal(none.most, 0, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        ROOM_TEST(white_is_paper),
        ROOM_TEST(what_inks_can_do_does_not_shift),
        ROOM_TEST(black_is_the_darkest_ink),
        ROOM_TEST(what_inks_can_not_do_shifts),
        ROOM_TEST(calibrated_rgb_is_seen),
        ROOM_TEST(lab_is_seen_under_its_own_white),
        ROOM_TEST(an_index_is_its_entry),
        ROOM_TEST(inks_are_not_converted),
        ROOM_TEST(gray_is_not_converted),
        ROOM_TEST(a_palette_of_inks_is_not_converted),
        ROOM_TEST(an_impossible_space_is_not_converted),
        ROOM_TEST(wild_numbers_end_somewhere),
        ROOM_TEST(many_spaces_are_seen_alike),
        ROOM_TEST(profiles_are_told_by_colour),
        ROOM_TEST(black_is_measured),
        ROOM_TEST(without_an_intent_nothing_is_compared),
        ROOM_TEST(styles_say_what_they_become),
        ROOM_TEST(a_colour_that_can_not_be_converted_stays_unknown),
        ROOM_TEST(patches_hold_printable_sums),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
