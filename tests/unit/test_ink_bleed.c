/* Bleed as the plates prove it. Pages are 116 × 96 mm with a trim of 100 × 80 mm in their middle
 * and content in mm; the bleed box is 3 mm around the trim, and 5 mm of slug around that. */
#include <stdlib.h>
#include <unistd.h>

#include "ink/measure/measure.h"
#include "recorder.h"

typedef struct Edges {
    Arena *arena;
    InkMeasure *measure;
    ReadPlan plan;
    const char *page; /* further keys of the page; those of /Resources in `resources` */
    const char *resources;
    BleedEdge top, right, bottom, left;
} Edges;

static Job job;
static Limit limit;

static const Job *job_of(const void *, int) {
    return &job;
}

static const Limit *limit_of(const void *, int) {
    return &limit;
}

static int start(void **state) {
    static Edges e;
    e = (Edges){.arena = arena_new(), .page = "", .resources = ""};
    row_clear(entity_of(FACT_job), &job);
    row_clear(entity_of(FACT_limit), &limit);
    limit.bleed_top = limit.bleed_right = limit.bleed_bottom = limit.bleed_left = MM(3);
    limit.bleed_tolerance = MM(0.05);
    limit.paint_min = 0.02;
    limit.sliver = MM(1);
    limit.sliver_run = MM(10);
    limit.bleed_run = MM(1);
    *state = &e;
    return 0;
}

static int stop(void **state) {
    arena_free(((Edges *)*state)->arena);
    return 0;
}

static void measure(void *self, Facts *facts, Page *page, const PageContent *content) {
    ink_measure_page(((Edges *)self)->measure, facts, page, content);
}

static void keep(void *self, Facts *facts, Page *page) {
    (void)page;
    Edges *e = self;
    for (size_t i = 0; i < facts_count(facts, FACT_bleed_edge); i++) {
        const BleedEdge *row = facts_at(facts, FACT_bleed_edge, i);
        BleedEdge *const into[] = {NULL, &e->top, &e->right, &e->bottom, &e->left};
        *into[row->edge] = *row;
    }
}

static const char *const finish_words[] = {"Varnish"};
static const Strs finish_names = {1, finish_words};
static const InkName finish = {.role = ROLE_FINISH, .generic = 0, .words = &finish_names};

static Edges *look_at(Edges *e, const char *const *objects) {
    Str bytes = pdf_of(e->arena, objects);
    Facts *facts = facts_new();
    char path[] = "/tmp/chupin-bleed-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes.p, bytes.n), (ssize_t)bytes.n);
    close(fd);
    e->plan = (ReadPlan){.cost = COST_PLATES, .job_of = job_of, .limit_of = limit_of};
    e->plan.keep[FACT_bleed_edge] = true;
    e->plan.ink_names = &finish;
    e->plan.ink_name_count = 1;
    e->measure = ink_measure_new(facts->document, &e->plan);
    ReadListener to = {.self = e, .draw = measure, .page = keep};
    assert_int_equal(read_file(facts, path, "a.pdf", &e->plan, &to).kind, ERR_NONE);
    ink_measure_free(e->measure);
    facts_free(facts);
    unlink(path);
    return e;
}

#define IN_MM "2.83464567 0 0 2.83464567 0 0 cm "
static const char boxes[] = "/MediaBox[0 0 328.8189 272.1260]/TrimBox[22.6772 22.6772 306.1417 "
                            "249.4488]/BleedBox[14.1732 14.1732 314.6457 257.9528]";

/* Further objects from number 5 on (NULL ends them). */
static Edges *look(void **state, const char *content, ...) {
    Edges *e = *state;
    Arena *a = e->arena;
    const char *objects[16] = {
        "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
        arena_printf(a,
                     "<</Type/Page/Parent 2 0 R/Contents 4 0 R%s"
                     "/Resources<<%s>>%s>>",
                     strstr(e->page, "MediaBox") ? "" : boxes, e->resources, e->page),
        arena_printf(a, "|" IN_MM "%s", content)};
    va_list more;
    va_start(more, content);
    for (int i = 4; i < 15 && (objects[i] = va_arg(more, const char *)); i++)
        continue;
    va_end(more);
    return look_at(e, objects);
}

static bool near_mm(double pt, double mm, double by) {
    return fabs(TO_MM(pt) - mm) <= by;
}

#define assert_edge(e, side, caused, mm, long_mm)                                                  \
    do {                                                                                           \
        const BleedEdge *row_ = &(e)->side;                                                        \
        if (row_->touched != 1 || row_->cause != (caused) || !near_mm(row_->reach, mm, 0.1) ||     \
            !near_mm(row_->uncovered, long_mm, 0.3))                                               \
            fail_msg(#side ": touched %d, cause %d, reach %.2f, uncovered %.1f", row_->touched,    \
                     row_->cause, TO_MM(row_->reach), TO_MM(row_->uncovered));                     \
    } while (0)
#define assert_well(e, side) assert_edge(e, side, CAUSE_NONE, 3, 0)
#define assert_all_well(e)                                                                         \
    do {                                                                                           \
        const Edges *all_ = (e);                                                                   \
        assert_well(all_, top);                                                                    \
        assert_well(all_, right);                                                                  \
        assert_well(all_, bottom);                                                                 \
        assert_well(all_, left);                                                                   \
    } while (0)
#define assert_white(e, side)                                                                      \
    do {                                                                                           \
        const BleedEdge *row_ = &(e)->side;                                                        \
        if (row_->touched || row_->cause != CAUSE_NONE || row_->uncovered != 0)                    \
            fail_msg(#side ": touched %d, cause %d, reach %.2f, uncovered %.1f", row_->touched,    \
                     row_->cause, TO_MM(row_->reach), TO_MM(row_->uncovered));                     \
    } while (0)
#define assert_all_white(e)                                                                        \
    do {                                                                                           \
        const Edges *all_ = (e);                                                                   \
        assert_white(all_, top);                                                                   \
        assert_white(all_, right);                                                                 \
        assert_white(all_, bottom);                                                                \
        assert_white(all_, left);                                                                  \
    } while (0)
#define TEST(f) cmocka_unit_test_setup_teardown(f, start, stop)

#define GROUND "0.2 0.1 0 0 k 5 5 106 86 re f "

static void a_white_page_needs_no_bleed(void **state) {
    Edges *e = look(state, "0 0 0 1 k 30 30 40 20 re f", NULL);
    assert_all_white(e);
    assert_true(near_mm(e->top.box.y0, 88, 0.1) && near_mm(e->top.box.y1, 91, 0.1));
}

static void a_ground_that_fills_the_bleed_is_right(void **state) {
    assert_all_well(look(state, GROUND, NULL));
}

static void a_ground_may_be_as_light_as_the_limit(void **state) {
    assert_all_well(look(state, "0.02 0 0 0 k 5 5 106 86 re f", NULL));
    limit.paint_min = 0.05;
    assert_all_white(look(state, "0.02 0 0 0 k 8 8 100 80 re f", NULL));
}

static void art_that_stops_at_the_trim_is_told_for_each_edge(void **state) {
    Edges *e = look(state, "0.2 0.1 0 0 k 8 8 100 80 re f", NULL);
    assert_edge(e, top, CAUSE_STOPS_AT_TRIM, 0, 100);
    assert_edge(e, right, CAUSE_STOPS_AT_TRIM, 0, 80);
    assert_edge(e, bottom, CAUSE_STOPS_AT_TRIM, 0, 100);
    assert_edge(e, left, CAUSE_STOPS_AT_TRIM, 0, 80);
    assert_true(near_mm(e->top.box.x0, 8, 0.2) && near_mm(e->top.box.x1, 108, 0.2));
    assert_true(near_mm(e->right.box.x0, 108, 0.1) && near_mm(e->right.box.x1, 111, 0.1));
}

static void one_edge_may_be_bad(void **state) {
    Edges *e = look(state, "0.2 0.1 0 0 k 5 5 103 86 re f", NULL);
    assert_edge(e, right, CAUSE_STOPS_AT_TRIM, 0, 86);
    assert_well(e, top);
    assert_well(e, bottom);
    assert_well(e, left);
}

static void two_of_three_mm_are_told(void **state) {
    Edges *e = look(state, "0.2 0.1 0 0 k 5 6 106 85 re f", NULL);
    assert_edge(e, bottom, CAUSE_STOPS_SHORT, 2, 106);
    assert_well(e, top);
    assert_well(e, left);
}

static void the_tolerance_and_half_a_pixel_are_granted(void **state) {
    assert_well(look(state, "0.2 0.1 0 0 k 5 5.07 106 86 re f", NULL), bottom);
    assert_edge(look(state, "0.2 0.1 0 0 k 5 5.2 106 86 re f", NULL), bottom, CAUSE_STOPS_SHORT,
                2.8, 106);
}

static void a_part_of_an_edge_may_lack_bleed(void **state) {
    Edges *e = look(state, GROUND "0 0 0 0 k 30 88 20 3 re f 0 1 0 0 k 60 60 12 28 re f", NULL);
    assert_edge(e, top, CAUSE_STOPS_AT_TRIM, 0, 20);
    assert_true(near_mm(e->top.box.x0, 30, 0.15) && near_mm(e->top.box.x1, 50, 0.15));
}

static void a_corner_belongs_to_both_edges(void **state) {
    Edges *e = look(state, GROUND "0 0 0 0 k 108 88 3 3 re f", NULL);
    assert_edge(e, top, CAUSE_STOPS_AT_TRIM, 0, 3);
    assert_edge(e, right, CAUSE_STOPS_AT_TRIM, 0, 3);
    assert_well(e, left);
}

static void a_clip_at_the_trim_is_told_apart(void **state) {
    Edges *e = look(state, "q 8 8 100 83 re W n 0.2 0.1 0 0 k 0 0 116 96 re f Q", NULL);
    assert_edge(e, bottom, CAUSE_CLIPPED, 0, 100);
    assert_edge(e, left, CAUSE_CLIPPED, 0, 83);
    assert_well(e, top);
}

static void art_that_stops_inside_the_trim_leaves_a_sliver(void **state) {
    Edges *e = look(state, "0.2 0.1 0 0 k 8.6 5 110 86 re f", NULL);
    assert_edge(e, left, CAUSE_INSIDE, -0.6, 86);
    assert_well(e, right);
    assert_true(near_mm(e->left.box.x1, 8.6, 0.1) && near_mm(e->left.box.x0, 5, 0.1));
}

static void a_margin_is_no_sliver(void **state) {
    assert_all_white(look(state, "0.2 0.1 0 0 k 9.3 9.3 97.4 77.4 re f", NULL));
}

static void lettering_and_lines_near_the_trim_are_no_slivers(void **state) {
    Arena *a = ((Edges *)*state)->arena;
    char *words = arena_strdup(a, "0 0 0 1 K 0.3 w 8.6 8.6 98.8 78.8 re S 0 0 0 1 k ");
    for (int i = 0; i < 20; i++)
        words =
            arena_printf(a, "%s%d 8.5 0.6 3 re %d 8.5 2 0.6 re f ", words, 20 + 3 * i, 20 + 3 * i);
    assert_all_white(look(state, words, NULL));
}

static void shapes_that_cross_the_trim_are_not_cut_off(void **state) {
    assert_all_well(look(state, GROUND "1 0 0 0 k 5 30 m 30 5 l 45 5 l 5 45 l f", NULL));
    Edges *e = look(state,
                    "0 1 0 0 k 5 30 m 30 5 l 45 5 l 5 45 l f "
                    "70 91 m 80 70 l 90 91 l f 111 20 m 100 30 l 111 32 l f",
                    NULL);
    assert_all_well(e);
}

static void white_lettering_in_the_bleed_is_design(void **state) {
    assert_all_well(
        look(state, GROUND "0 0 0 0 k 30 89 6 5 re 40 86 2 6 re 40 89.5 8 2 re f", NULL));
    Edges *e = look(state, "0.2 0.1 0 0 k 30 60 6 30 re f", NULL);
    assert_edge(e, top, CAUSE_STOPS_SHORT, 2, 6);
}

static void a_round_corner_of_art_is_white_by_design(void **state) {
    Edges *e = look(state, "1 0 0 0 k 5 91 m 5 25 l 5 14 14 5 25 5 c 111 5 l 111 91 l f", NULL);
    assert_all_well(e);
}

static void a_page_may_be_bled_in_half(void **state) {
    Edges *e = look(state, "0.2 0.1 0 0 k 5 50 106 41 re f", NULL);
    assert_well(e, top);
    assert_well(e, left);
    assert_well(e, right);
    assert_white(e, bottom);
}

static void varnish_is_no_paint(void **state) {
    ((Edges *)*state)->resources =
        "/ColorSpace<</V[/Separation/Varnish/DeviceCMYK<</FunctionType 2/Domain[0 1]/N 1/C0[0 0 0 "
        "0]/C1[0 0 0 0.2]>>]>>/ExtGState<</O<</OP true/op true>>>>";
    assert_all_white(look(state, "/V cs 1 scn 8 8 100 80 re f", NULL));
    Edges *e = look(state, "/V cs 1 scn 5 5 106 86 re f 0.2 0.1 0 0 k 8 8 100 80 re f", NULL);
    (void)e;
}

static void stripes_that_stop_at_the_trim_add_up(void **state) {
    Arena *a = ((Edges *)*state)->arena;
    char *stripes = arena_strdup(a, "0 0 0 1 k ");
    for (int i = 0; i < 40; i++)
        stripes = arena_printf(a, "%s%d 8 0.6 30 re f ", stripes, 20 + 2 * i);
    assert_edge(look(state, stripes, NULL), bottom, CAUSE_STOPS_AT_TRIM, 0, 28);
}

static const char dots[] = "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 4 4]"
                           "/XStep 4/YStep 4/Resources<<>>|1 0 0 0 k 0 0 4 2 re f";

/* Its rows of white are no end of it. */
static void a_pattern_goes_on(void **state) {
    ((Edges *)*state)->resources = "/Pattern<</P 5 0 R>>";
    Edges *e = look(state, "/Pattern cs /P scn 5 5 106 86 re f", dots, NULL);
    assert_int_equal(e->top.cause, CAUSE_NONE);
    assert_int_equal(e->bottom.cause, CAUSE_NONE);
    assert_int_equal(e->left.cause, CAUSE_NONE);
    assert_true(e->left.uncovered == 0);
}

static void a_gradient_may_fade_out(void **state) {
    ((Edges *)*state)->resources =
        "/Shading<</S<</ShadingType 2/ColorSpace/DeviceCMYK/Coords[0 60 0 89]/Extend[true true]"
        "/Function<</FunctionType 2/Domain[0 1]/N 1/C0[1 0 0 0]/C1[0 0 0 0]>>>>>>";
    Edges *e = look(state, "q 5 5 106 86 re W n /S sh Q", NULL);
    assert_int_equal(e->top.cause, CAUSE_NONE);
    assert_well(e, bottom);
}

/* A gray picture of 58 × 48 pixels, 2 mm each, that covers the page; `shade` gives its pixels. */
static Edges *look_at_picture(void **state, const char *content, int w, int h,
                              int (*shade)(int x, int y)) {
    Edges *e = *state;
    Arena *a = e->arena;
    char *hex = arena_alloc(a, (size_t)(w * h * 2 + 2));
    for (int i = 0; i < w * h; i++)
        snprintf(hex + (size_t)i * 2, 3, "%02X", (unsigned)(255 - shade(i % w, i / w)) & 255);
    hex[w * h * 2] = '>';
    e->resources = "/XObject<</I 5 0 R>>";
    return look(state, content,
                arena_printf(a,
                             "/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8"
                             "/ColorSpace/DeviceGray/Filter/ASCIIHexDecode|%s",
                             w, h, hex),
                NULL);
}

static int speckled(int x, int y) {
    unsigned v = (unsigned)(x * 7919 + y * 104729) * 2654435761U >> 24;
    return v < 80 ? 0 : (int)v;
}

static void white_specks_of_a_picture_are_part_of_it(void **state) {
    Edges *e = look_at_picture(state, "q 116 0 0 96 0 0 cm /I Do Q", 116, 96, speckled);
    assert_int_equal(e->top.cause, CAUSE_NONE);
    assert_int_equal(e->left.cause, CAUSE_NONE);
    assert_true(e->right.uncovered == 0 && e->bottom.uncovered == 0);
}

static void a_picture_that_stops_at_the_trim_is_told(void **state) {
    Edges *e = look_at_picture(state, "q 100 0 0 80 8 8 cm /I Do Q", 100, 80, speckled);
    assert_int_equal(e->top.cause, CAUSE_STOPS_AT_TRIM);
    assert_true(TO_MM(e->top.uncovered) > 50);
    e = look_at_picture(state, "q 8 8 100 80 re W n 116 0 0 96 0 0 cm /I Do Q", 116, 96, speckled);
    assert_int_equal(e->left.cause, CAUSE_CLIPPED);
}

/* White from the trim on, in the pixels themselves. */
static int flattened(int x, int y) {
    return x < 16 || y < 16 || x >= 216 || y >= 176 ? 0 : 40 + speckled(x, y) / 2;
}

static void a_flattened_page_with_white_bleed_is_told(void **state) {
    Edges *e = look_at_picture(state, "q 116 0 0 96 0 0 cm /I Do Q", 232, 192, flattened);
    assert_int_equal(e->top.touched, 1);
    assert_true(e->top.cause == CAUSE_STOPS_AT_TRIM && TO_MM(e->top.uncovered) > 90);
    assert_true(e->left.cause == CAUSE_STOPS_AT_TRIM && TO_MM(e->left.uncovered) > 70);
}

static int sky(int x, int y) {
    (void)x;
    return y < 60 ? 0 : 3 * (y - 60);
}

static void a_white_sky_at_the_edge_is_white(void **state) {
    Edges *e = look_at_picture(state, "q 106 0 0 86 5 5 cm /I Do Q", 106, 86, sky);
    assert_white(e, top);
    assert_well(e, bottom);
    assert_int_equal(e->left.cause, CAUSE_NONE);
}

static int pulled(int x, int y) {
    return 20 + speckled(x, y < 16 ? 16 : y) * 3 / 4;
}

static int alive(int x, int y) {
    return 20 + speckled(x, y) * 3 / 4;
}

static void pulled_pixels_are_told(void **state) {
    Edges *e = look_at_picture(state, "q 116 0 0 96 0 0 cm /I Do Q", 232, 192, pulled);
    assert_int_equal(e->top.cause, CAUSE_STRETCHED);
    assert_true(e->top.uncovered == 0);
    assert_well(e, bottom);
    assert_all_well(look_at_picture(state, "q 116 0 0 96 0 0 cm /I Do Q", 232, 192, alive));
}

static void edges_are_named_as_viewed(void **state) {
    ((Edges *)*state)->page = "/Rotate 90";
    Edges *e = look(state, "0.2 0.1 0 0 k 5 6 106 85 re f", NULL);
    assert_edge(e, left, CAUSE_STOPS_SHORT, 2, 106);
    assert_well(e, bottom);
    assert_true(near_mm(e->left.box.y1, 8, 0.1) && near_mm(e->left.box.y0, 5, 0.1));
}

static void units_may_be_larger(void **state) {
    ((Edges *)*state)->page =
        "/UserUnit 2/MediaBox[0 0 164.40945 136.063]/TrimBox[11.3386 11.3386 153.07085 124.7244]"
        "/BleedBox[7.0866 7.0866 157.32285 128.9764]";
    Edges *e = look(state, "0.5 0 0 0.5 0 0 cm 0.2 0.1 0 0 k 5 6 106 85 re f", NULL);
    assert_edge(e, bottom, CAUSE_STOPS_SHORT, 2, 106);
    assert_well(e, top);
}

static void the_page_may_end_with_the_bleed(void **state) {
    ((Edges *)*state)->page =
        "/MediaBox[14.1732 14.1732 314.6457 257.9528]/TrimBox[22.6772 22.6772 306.1417 249.4488]";
    assert_all_well(look(state, GROUND, NULL));
    assert_all_well(look(state, "0.2 0.1 0 0 k 0 0 200 200 re f", NULL));
}

static void a_page_without_room_for_bleed_has_none(void **state) {
    ((Edges *)*state)->page =
        "/MediaBox[22.6772 22.6772 306.1417 249.4488]/TrimBox[22.6772 22.6772 306.1417 249.4488]";
    Edges *e = look(state, "0.2 0.1 0 0 k 0 0 200 200 re f", NULL);
    assert_int_equal(e->top.touched, 1);
    assert_int_equal(e->top.cause, CAUSE_STOPS_AT_TRIM);
    assert_true(near_mm(e->top.reach, 0, 0.1) && near_mm(e->top.uncovered, 100, 0.5));
}

static void where_nothing_is_asked_nothing_is_missing(void **state) {
    limit.bleed_left = 0;
    Edges *e = look(state, "0.2 0.1 0 0 k 8 5 103 86 re f", NULL);
    assert_int_equal(e->left.touched, 1);
    assert_true(e->left.uncovered == 0 && e->left.cause == CAUSE_NONE);
    assert_well(e, top);
}

static void reduced_files_are_measured_finer(void **state) {
    limit.bleed_top = limit.bleed_right = limit.bleed_bottom = limit.bleed_left = MM(0.3);
    limit.sliver = MM(0.1), limit.sliver_run = MM(1), limit.bleed_run = MM(0.1);
    limit.bleed_tolerance = MM(0.005);
    Edges *e = look(state, "0.2 0.1 0 0 k 5 7.8 106 86 re f", NULL);
    assert_int_equal(e->left.cause, CAUSE_NONE);
    assert_int_equal(e->bottom.cause, CAUSE_STOPS_SHORT);
    assert_true(near_mm(e->bottom.reach, 0.2, 0.02));
}

static void an_unknown_trim_proves_nothing(void **state) {
    ((Edges *)*state)->page = "/MediaBox[0 0 328.8189 272.1260]";
    Edges *e = look(state, GROUND, NULL);
    assert_int_equal(e->top.touched, UNKNOWN_BOOL);
    assert_true(isnan(e->top.uncovered));
}

static void what_was_not_drawn_proves_nothing(void **state) {
    ((Edges *)*state)->resources = "/XObject<</I 5 0 R>>";
    Edges *e = look(state, GROUND "q 50 0 0 50 0 60 cm /I Do Q",
                    "/Type/XObject/Subtype/Image/Width 9/Height 9/BitsPerComponent 8"
                    "/ColorSpace/DeviceGray/Filter/DCTDecode|broken",
                    NULL);
    assert_int_equal(e->top.touched, UNKNOWN_BOOL);
    assert_well(e, bottom);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_white_page_needs_no_bleed),
        TEST(a_ground_that_fills_the_bleed_is_right),
        TEST(a_ground_may_be_as_light_as_the_limit),
        TEST(art_that_stops_at_the_trim_is_told_for_each_edge),
        TEST(one_edge_may_be_bad),
        TEST(two_of_three_mm_are_told),
        TEST(the_tolerance_and_half_a_pixel_are_granted),
        TEST(a_part_of_an_edge_may_lack_bleed),
        TEST(a_corner_belongs_to_both_edges),
        TEST(a_clip_at_the_trim_is_told_apart),
        TEST(art_that_stops_inside_the_trim_leaves_a_sliver),
        TEST(a_margin_is_no_sliver),
        TEST(lettering_and_lines_near_the_trim_are_no_slivers),
        TEST(shapes_that_cross_the_trim_are_not_cut_off),
        TEST(white_lettering_in_the_bleed_is_design),
        TEST(a_round_corner_of_art_is_white_by_design),
        TEST(a_page_may_be_bled_in_half),
        TEST(varnish_is_no_paint),
        TEST(stripes_that_stop_at_the_trim_add_up),
        TEST(a_pattern_goes_on),
        TEST(a_gradient_may_fade_out),
        TEST(white_specks_of_a_picture_are_part_of_it),
        TEST(a_picture_that_stops_at_the_trim_is_told),
        TEST(a_flattened_page_with_white_bleed_is_told),
        TEST(a_white_sky_at_the_edge_is_white),
        TEST(pulled_pixels_are_told),
        TEST(edges_are_named_as_viewed),
        TEST(units_may_be_larger),
        TEST(the_page_may_end_with_the_bleed),
        TEST(a_page_without_room_for_bleed_has_none),
        TEST(where_nothing_is_asked_nothing_is_missing),
        TEST(reduced_files_are_measured_finer),
        TEST(an_unknown_trim_proves_nothing),
        TEST(what_was_not_drawn_proves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
