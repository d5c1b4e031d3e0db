/* What becomes of marks and the ink beneath them: small pages, 20 × 10 pt of which are drawn at
 * 720 ppi so that a point is ten pixels. */
#include "ink/measure/measure.h"

#include "plate_page.h"

typedef struct Case {
    Facts *facts;
    const char *resources, *group;
    Box bleed;
    const InkName *names;
    size_t name_count;
    const Watch *watch;
    int parts, bands;
    size_t first, told; /* rows of the page drawn last, and of all so far */
} Case;

static int start(void **state) {
    static Case c;
    c = (Case){.facts = facts_new(), .resources = "", .group = "", .bleed = {0, 0, 20, 10}};
    *state = &c;
    return 0;
}

static int stop(void **state) {
    facts_free(((Case *)*state)->facts);
    return 0;
}

static void count_band(void *self, const Band *band) {
    (void)band;
    ((Case *)self)->bands++;
}

/* What the overlaps are told, with the parts counted on the way. */
static void count_part(void *self, Area area) {
    Case *c = self;
    c->parts++;
    c->watch->part(c->watch->self, area);
}

static bool pass_begin(void *self, const WatchedMark *mark) {
    const Watch *w = ((Case *)self)->watch;
    return w->begins(w->self, mark);
}

static void pass_row(void *self, const Surface *beneath, int y, int x0, int x1,
                     const uint8_t *coverage) {
    const Watch *w = ((Case *)self)->watch;
    w->row(w->self, beneath, y, x0, x1, coverage);
}

static void pass_end(void *self) {
    const Watch *w = ((Case *)self)->watch;
    w->ends(w->self);
}

static void run(Case *c, PdfFile *f, const PdfObj *o, size_t budget) {
    Arena *a = c->facts->document, *page_arena = arena_new();
    Page page = {.number = 1, .bleed = c->bleed};
    Interpreter *in = interpreter_new(a, f, layers_read(a, f, c->facts), NULL);
    PageContent content = {.file = f,
                           .interpreter = in,
                           .arena = page_arena,
                           .page = &page,
                           .object = o,
                           .resources = pdf_lookup(f, o, "Resources"),
                           .box = {{0, 0, 20, 10}, 1, {1, 0, 0, 1, 0, 0}}};
    Text why;
    PlateMaker *maker = plate_maker_new(a, f, &(PlateMakerPlan){.budget = budget}, &why);
    assert_non_null(maker);
    ReadPlan plan = {.ink_names = c->names, .ink_name_count = c->name_count};
    Limit limit;
    row_clear(entity_of(FACT_limit), &limit);
    limit.black_ink = 0.85;
    limit.paint_min = 0.02;
    MeasuredPage p = {.measure = ink_measure_new(a, &plan),
                      .maker = maker,
                      .content = &content,
                      .facts = c->facts,
                      .page = &page,
                      .limit = &limit,
                      .arena = c->facts->page,
                      .ppi = 720};
    PlatesPlan how = {.ppi = p.ppi, .region = {NAN, NAN, NAN, NAN}};
    p.to_device = plates_matrix(&content, p.ppi, how.region);
    Overlaps *overlaps = overlaps_new(&p);
    c->watch = overlaps_watch(overlaps);
    how.watch = &(Watch){c, count_part, pass_begin, pass_row, pass_end};
    Plates plates = plates_draw(maker, c->facts->page, &content, &how, count_band, c);
    p.plates = &plates;
    overlaps_finish(overlaps);
    plate_maker_free(maker);
    interpreter_free(in);
    arena_free(page_arena);
}

static size_t watched_in(void **state, size_t budget, const char *content, const char *form) {
    Case *c = *state;
    Arena *a = c->facts->document;
    const char *objects[] = {
        "<</Type/Catalog/Pages 2 0 R/OCProperties<</OCGs[8 0 R]/D<</OFF[8 0 R]>>>>>>",
        "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        arena_printf(a,
                     "<</Type/Page/Parent 2 0 R/MediaBox[0 0 20 10]/Contents 4 0 R/Resources<<"
                     "/ExtGState<</Op0<</op true/OP true/OPM 0>>/Op1<</op true/OP true/OPM 1>>"
                     "/Half<</ca .5>>/Mul<</BM/Multiply>>/No<</op false/OP false>>>>"
                     "/ColorSpace<</Gold[/Separation/Gold/DeviceCMYK 6 0 R]"
                     "/Die[/Separation/CutContour/DeviceCMYK 6 0 R]"
                     "/Key[/Separation/Black/DeviceCMYK 7 0 R]"
                     "/Every[/Separation/All/DeviceCMYK 6 0 R]"
                     "/Nothing[/Separation/None/DeviceCMYK 6 0 R]>>"
                     "/XObject<</G 5 0 R>>/Properties<</Off 8 0 "
                     "R>>/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Absent>>>>"
                     "%s>>>>",
                     c->resources),
        arena_printf(a, "|%s", content),
        arena_printf(a,
                     "/Type/XObject/Subtype/Form/BBox[0 0 20 10]/Group<</S/Transparency%s>>"
                     "/Resources<</ExtGState<</Op1<</op true/OP true/OPM 1>>>>>>|%s",
                     c->group, form),
        "<</FunctionType 2/Domain[0 1]/C0[0 0 0 0]/C1[0 .3 .9 .1]/N 1>>",
        "<</FunctionType 2/Domain[0 1]/C0[0 0 0 0]/C1[0 0 0 1]/N 1>>",
        "<</Type/OCG/Name(off)>>",
        NULL};
    Str bytes = pdf_of(a, objects);
    PdfOpening opening = {0};
    PdfFile *f = pdf_open(&opening, a, (const uint8_t *)bytes.p, bytes.n, NULL);
    assert_non_null(f);
    run(c, f, pdf_object(f, (PdfRef){3, 0}), budget);
    pdf_close(f);
    size_t before = c->told;
    c->told = facts_count(c->facts, FACT_overlap);
    c->first = before;
    return c->told - before;
}

static size_t watched(void **state, const char *content) {
    return watched_in(state, 0, content, "");
}

static const Overlap *only(void **state, size_t count) {
    Case *c = *state;
    assert_int_equal(count, 1);
    return facts_at(c->facts, FACT_overlap, c->first);
}

#define MAGENTA "0 .8 0 0 k 0 0 20 10 re f "
#define assert_change(state, content, wanted)                                                      \
    assert_int_equal(only(state, watched(state, content))->change, CHANGE_##wanted)

#define BAR "5 4 10 2 re f "

static void bare_paper_is_silent(void **state) {
    assert_int_equal(watched(state, "0 0 0 0 k " BAR), 0);
    assert_int_equal(watched(state, "/Op1 gs 0 0 0 0 k " BAR), 0);
    assert_int_equal(watched(state, "0 g " BAR "/Op1 gs 0 g " BAR), 0);
    assert_int_equal(watched(state, "0 0 0 0 k 0 0 20 10 re f 0 0 0 0 k " BAR), 0);
    assert_int_equal(watched(state, "/Op1 gs 0 .5 .5 0 k " BAR), 0);
}

static void white_under_mode_1_vanishes(void **state) {
    const Overlap *o = only(state, watched(state, MAGENTA "/Op1 gs 0 0 0 0 k " BAR));
    assert_int_equal(o->change, CHANGE_VANISHES);
    assert_int_equal(o->kind, MARK_FILL);
    assert_int_equal(o->space, SPACE_CMYK);
    assert_int_equal(o->white, 1);
    assert_int_equal(o->black, 0);
    assert_int_equal(o->overprint, 1);
    assert_int_equal(o->opm, 1);
    assert_int_equal(o->marks, 1);
    assert_int_equal(o->ground_inks, 1);
    assert_float_equal(o->ground, 0.8, 0.01);
    assert_float_equal(o->area, 20, 0.1);
    assert_float_equal(o->size, 2, 0.01);
    assert_float_equal(o->box.x0, 5, 0.01);
    assert_float_equal(o->box.y1, 6, 0.01);
}

static void a_spot_at_0_vanishes(void **state) {
    assert_change(state, MAGENTA "/Op0 gs /Gold cs 0 scn " BAR, VANISHES);
}

static void a_spot_at_0_is_reversed_out_of_itself(void **state) {
    assert_change(state, "/Gold cs 1 scn 0 0 20 10 re f /Op0 gs 0 scn " BAR, REVERSED);
}

static void white_under_mode_0_is_reversed(void **state) {
    assert_change(state, MAGENTA "/Op0 gs 0 0 0 0 k " BAR, REVERSED);
}

static void white_under_mode_0_vanishes_over_a_spot(void **state) {
    assert_change(state, "/Gold cs 1 scn 0 0 20 10 re f /Op0 gs 0 0 0 0 k " BAR, VANISHES);
}

static void white_that_knocks_out_is_reversed(void **state) {
    assert_change(state, MAGENTA "1 g " BAR, REVERSED);
}

static void translucent_white_is_no_reversed_text(void **state) {
    assert_int_equal(watched(state, MAGENTA "/Half gs 1 g " BAR), 0);
}

static void a_reversed_line_has_its_width(void **state) {
    const Overlap *o = only(state, watched(state, MAGENTA "1 G .5 w 2 5 m 18 5 l S"));
    assert_int_equal(o->change, CHANGE_REVERSED);
    assert_int_equal(o->kind, MARK_STROKE);
    assert_float_equal(o->stem, 0.5, 0.001);
    assert_true(isnan(o->tint) || o->tint < 0.001);
}

static void a_thin_bar_is_like_a_line(void **state) {
    const Overlap *o = only(state, watched(state, MAGENTA "1 g 2 5 16 .4 re f"));
    assert_float_equal(o->stem, 0.4, 0.01);
}

static void black_knocks_out(void **state) {
    const Overlap *o = only(state, watched(state, MAGENTA "0 0 0 1 k " BAR));
    assert_int_equal(o->change, CHANGE_KNOCKS_OUT);
    assert_int_equal(o->black, 1);
    assert_float_equal(o->tint, 1, 0.001);
    assert_float_equal(o->ground, 0.8, 0.01);
}

static void black_that_overprints_does_not(void **state) {
    assert_int_equal(watched(state, MAGENTA "/Op1 gs 0 0 0 1 k " BAR), 0);
    assert_int_equal(watched(state, MAGENTA "/Op0 gs /Key cs 1 scn " BAR), 0);
}

static void black_under_mode_0_knocks_out(void **state) {
    const Overlap *o = only(state, watched(state, MAGENTA "/Op0 gs 0 0 0 1 k " BAR));
    assert_int_equal(o->change, CHANGE_KNOCKS_OUT);
    assert_int_equal(o->overprint, 1);
    assert_int_equal(o->opm, 0);
}

static void gray_takes_the_place_of_process_inks(void **state) {
    const Overlap *o = only(state, watched(state, MAGENTA "/Op1 gs .5 g " BAR));
    assert_int_equal(o->change, CHANGE_KNOCKS_OUT);
    assert_int_equal(o->space, SPACE_GRAY);
    assert_int_equal(o->black, 0);
    assert_float_equal(o->tint, 0.5, 0.001);
}

static void gray_mixes_with_a_spot(void **state) {
    assert_change(state, "/Gold cs 1 scn 0 0 20 10 re f /Op1 gs .5 g " BAR, MIXES);
}

static void black_on_its_own_ink_only_is_silent(void **state) {
    assert_int_equal(watched(state, "0 0 0 .5 k 0 0 20 10 re f 0 0 0 1 k " BAR), 0);
}

static void gray_black_below_the_limit_is_no_black(void **state) {
    assert_int_equal(watched(state, MAGENTA ".3 g " BAR), 0);
}

static void colour_mixes(void **state) {
    const Overlap *o = only(state, watched(state, MAGENTA "/Op1 gs .5 0 .5 0 k " BAR));
    assert_int_equal(o->change, CHANGE_MIXES);
    assert_int_equal(o->white, 0);
    assert_int_equal(o->black, 0);
}

static void colour_that_names_all_inks_does_not_mix(void **state) {
    const Overlap *o = only(state, watched(state, MAGENTA "/Op1 gs .5 .1 .5 .1 k " BAR));
    assert_int_equal(o->change, CHANGE_NONE);
    assert_float_equal(o->ground, 0.8, 0.01);
    assert_float_equal(o->area, 20, 0.1);
    assert_change(state, MAGENTA "/Op0 gs .5 0 .5 0 k " BAR, NONE);
}

static void all_and_none_are_silent(void **state) {
    assert_int_equal(watched(state, "/Gold cs .5 scn 0 0 20 10 re f /Op1 gs 1 scn " BAR), 0);
    assert_int_equal(watched(state, MAGENTA "/Op1 gs /Every cs 1 scn " BAR), 0);
    assert_int_equal(watched(state, MAGENTA "/Op1 gs /Nothing cs 1 scn " BAR), 0);
}

static void a_die_line_overprints_freely(void **state) {
    static const char *const words[] = {"cutcontour"};
    static const Strs list = {1, words};
    static InkName name;
    row_clear(entity_of(FACT_ink_name), &name);
    name.role = ROLE_DIE;
    name.generic = 0;
    name.words = &list;
    Case *c = *state;
    c->names = &name;
    c->name_count = 1;
    assert_int_equal(watched(state, MAGENTA "/Op1 gs /Die CS 1 SCN 1 w 2 2 16 6 re S"), 0);
    assert_int_equal(watched(state, "/Die cs 1 scn 0 0 20 10 re f 0 0 0 1 k " BAR), 0);
}

static void blend_modes_are_meant_to_mix(void **state) {
    assert_int_equal(watched(state, MAGENTA "/Mul gs 0 0 0 1 k " BAR), 0);
}

static void a_hidden_layer_is_silent(void **state) {
    assert_int_equal(watched(state, MAGENTA "/OC /Off BDC 0 0 0 1 k " BAR "EMC"), 0);
    assert_int_equal(watched(state, "/OC /Off BDC " MAGENTA "EMC 0 0 0 1 k " BAR), 0);
}

static void the_slug_is_silent(void **state) {
    ((Case *)*state)->bleed = (Box){0, 0, 4, 10};
    assert_int_equal(watched(state, MAGENTA "0 0 0 1 k " BAR), 0);
}

static void what_is_covered_is_silent(void **state) {
    assert_int_equal(watched(state, MAGENTA "0 0 0 1 k " BAR "1 0 0 0 k 0 0 20 10 re f"), 0);
    assert_change(state, MAGENTA "0 0 0 1 k " BAR "1 0 0 0 k 0 0 10 10 re f", KNOCKS_OUT);
}

static void a_group_that_is_not_isolated_shows_its_ground(void **state) {
    assert_int_equal(watched_in(state, 0, MAGENTA "/Half gs /G Do", "/Op1 gs 0 0 0 1 k " BAR), 0);
    size_t n = watched_in(state, 0, MAGENTA "/Half gs /G Do", "/Op1 gs 0 0 0 0 k " BAR);
    assert_int_equal(only(state, n)->change, CHANGE_VANISHES);
}

static void an_isolated_group_knocks_out(void **state) {
    ((Case *)*state)->group = "/I true";
    size_t n = watched_in(state, 0, MAGENTA "/G Do", "/Op1 gs 0 0 0 1 k " BAR);
    const Overlap *o = only(state, n);
    assert_int_equal(o->change, CHANGE_KNOCKS_OUT);
    assert_int_equal(o->overprint, 1);
    assert_float_equal(o->ground, 0.8, 0.01);
}

static void white_does_not_vanish_out_of_an_isolated_group(void **state) {
    ((Case *)*state)->group = "/I true";
    size_t n = watched_in(state, 0, MAGENTA "/G Do", "/Op1 gs 0 0 0 0 k " BAR);
    assert_int_equal(only(state, n)->change, CHANGE_REVERSED);
}

static void overprint_works_inside_of_an_isolated_group(void **state) {
    ((Case *)*state)->group = "/I true";
    size_t n = watched_in(state, 0, "/G Do", MAGENTA "/Op1 gs 0 0 0 0 k " BAR);
    assert_int_equal(only(state, n)->change, CHANGE_VANISHES);
    assert_int_equal(watched_in(state, 0, "/G Do", MAGENTA "/Op1 gs 0 0 0 1 k " BAR), 0);
}

static void a_knockout_group_knocks_out(void **state) {
    ((Case *)*state)->group = "/K true";
    size_t n = watched_in(state, 0, "/G Do", MAGENTA "/Op1 gs 0 0 0 1 k " BAR);
    assert_int_equal(only(state, n)->change, CHANGE_KNOCKS_OUT);
}

static void a_group_in_multiply_is_silent(void **state) {
    assert_int_equal(watched_in(state, 0, MAGENTA "/Mul gs /G Do", "0 0 0 1 k " BAR), 0);
    ((Case *)*state)->group = "/I true";
    assert_int_equal(watched_in(state, 0, MAGENTA "/Mul gs /G Do", "0 0 0 1 k " BAR), 0);
}

static void neighbours_are_one_row(void **state) {
    const Overlap *o =
        only(state, watched(state, MAGENTA "0 0 0 1 k 2 4 1 2 re f 4 4 1 2 re f 6 4 1 2 re f"));
    assert_int_equal(o->marks, 3);
    assert_float_equal(o->box.x0, 2, 0.01);
    assert_float_equal(o->box.x1, 7, 0.01);
    assert_float_equal(o->area, 6, 0.1);
}

static void unlike_neighbours_are_not(void **state) {
    assert_int_equal(watched(state, MAGENTA "0 0 0 1 k 2 4 1 2 re f 1 g 4 4 1 2 re f"), 2);
}

/* By `sh` and as a pattern: over a spot it mixes, over process inks it takes their place. */
static void a_shading_that_overprints_is_a_mark_like_others(void **state) {
#define BLACK_SHADING                                                                              \
    "<</ShadingType 2/ColorSpace/DeviceCMYK/Coords[0 0 20 0]/Extend[true true]/Function"           \
    "<</FunctionType 2/Domain[0 1]/N 1/C0[0 0 0 .2]/C1[0 0 0 1]>>>>"
    static const char *const marks[] = {"5 4 10 2 re W n /S sh", "/Pattern cs /P scn " BAR};
    Case *c = *state;
    c->resources = "/Shading<</S " BLACK_SHADING ">>"
                   "/Pattern<</P<</PatternType 2/Shading " BLACK_SHADING ">>>>";
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        const char *mark = marks[i];
        Arena *a = c->facts->document;
        size_t n =
            watched(state, arena_printf(a, "/Gold cs 1 scn 0 0 20 10 re f /Op0 gs %s", mark));
        const Overlap *o = only(state, n);
        assert_int_equal(o->change, CHANGE_MIXES);
        assert_int_equal(o->kind, MARK_SHADING);
        assert_int_equal(o->overprint, 1);
        assert_float_equal(o->area, 20, 0.1);
        assert_int_equal(watched(state, arena_printf(a, MAGENTA "/Op0 gs %s", mark)), 0);
    }
}

static void what_could_not_be_drawn_leaves_it_open(void **state) {
    const Overlap *o =
        only(state, watched(state, MAGENTA "0 0 0 1 k BT /F 4 Tf 2 4 Td (AB) Tj ET"));
    assert_int_equal(o->change, CHANGE_UNKNOWN);
    assert_int_equal(o->kind, MARK_GLYPH_RUN);
    assert_int_equal(o->black, 1);
    assert_float_equal(o->size, 4, 0.01);
    assert_true(isnan(o->area));
}

/* The whole page does not fit into so little memory, half of it does. */
static void a_part_that_is_drawn_again_counts_once(void **state) {
    Case *c = *state;
    c->group = "/I true";
    size_t n =
        watched_in(state, 270000, ".1 .2 .3 .4 k 0 0 20 10 re f 0 0 0 1 k 5 6 10 2 re f /G Do",
                   ".1 .2 .3 .4 k 0 0 20 5 re f 0 0 0 1 k 5 1 10 2 re f");
    double area = 0;
    assert_true(c->parts > c->bands);
    assert_true(c->bands > 1);
    for (size_t i = 0; i < n; i++) {
        const Overlap *o = facts_at(c->facts, FACT_overlap, i);
        assert_int_equal(o->change, CHANGE_KNOCKS_OUT);
        area += o->area;
    }
    assert_float_equal(area, 40, 0.2);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, start, stop)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(bare_paper_is_silent),
        TEST(white_under_mode_1_vanishes),
        TEST(a_spot_at_0_vanishes),
        TEST(a_spot_at_0_is_reversed_out_of_itself),
        TEST(white_under_mode_0_is_reversed),
        TEST(white_under_mode_0_vanishes_over_a_spot),
        TEST(white_that_knocks_out_is_reversed),
        TEST(translucent_white_is_no_reversed_text),
        TEST(a_reversed_line_has_its_width),
        TEST(a_thin_bar_is_like_a_line),
        TEST(black_knocks_out),
        TEST(black_that_overprints_does_not),
        TEST(black_under_mode_0_knocks_out),
        TEST(gray_takes_the_place_of_process_inks),
        TEST(gray_mixes_with_a_spot),
        TEST(black_on_its_own_ink_only_is_silent),
        TEST(gray_black_below_the_limit_is_no_black),
        TEST(colour_mixes),
        TEST(colour_that_names_all_inks_does_not_mix),
        TEST(all_and_none_are_silent),
        TEST(a_die_line_overprints_freely),
        TEST(blend_modes_are_meant_to_mix),
        TEST(a_hidden_layer_is_silent),
        TEST(the_slug_is_silent),
        TEST(what_is_covered_is_silent),
        TEST(a_group_that_is_not_isolated_shows_its_ground),
        TEST(an_isolated_group_knocks_out),
        TEST(white_does_not_vanish_out_of_an_isolated_group),
        TEST(overprint_works_inside_of_an_isolated_group),
        TEST(a_knockout_group_knocks_out),
        TEST(a_group_in_multiply_is_silent),
        TEST(neighbours_are_one_row),
        TEST(unlike_neighbours_are_not),
        TEST(a_shading_that_overprints_is_a_mark_like_others),
        TEST(what_could_not_be_drawn_leaves_it_open),
        TEST(a_part_that_is_drawn_again_counts_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
