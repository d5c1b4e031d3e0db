/* Pages of 200 × 100 pt laid on each other: what must be told, and what must not. */
#include "ink/compare/compare.h"
#include "recorder.h"

#include <math.h>

typedef struct Sides {
    Facts *facts;
    const char *keys[2], *resources[2], *first_object[2]; /* of each page */
    ComparePlan plan;
    PlateMaker *maker[2];
    PdfFile *file[2];
    Interpreter *interpreter[2];
    Page page[2];
    PageContent content[2];
    Comparison result;
} Sides;

static int start(void **state) {
    static Sides s;
    s = (Sides){.facts = facts_new(),
                .plan = {.tolerance = {.wobble = 0.05,
                                       .shift = 0.1,
                                       .size = 0.2,
                                       .tint = 0.01,
                                       .edge = 0.35,
                                       .noise_mean = 0.02,
                                       .noise_peak = 0.06},
                         .ppi = 300,
                         .first_ppi = 72,
                         .most_blobs = 10}};
    for (int i = 0; i < 2; i++) {
        s.keys[i] = "/MediaBox[0 0 200 100]";
        s.resources[i] = "";
    }
    *state = &s;
    return 0;
}

static int stop(void **state) {
    facts_free(((Sides *)*state)->facts);
    return 0;
}

static void open_side(Sides *s, int i, const char *content) {
    Arena *a = s->facts->document;
    const char *objects[] = {"<</Type/Catalog/Pages 2 0 R>>",
                             "<</Type/Pages/Kids[3 0 R]/Count 1>>",
                             arena_printf(a,
                                          "<</Type/Page/Parent 2 0 R/Contents 4 0 R"
                                          "/Resources<<%s>>%s>>",
                                          s->resources[i], s->keys[i]),
                             arena_printf(a, "|%s", content),
                             s->first_object[i],
                             NULL};
    Str bytes = pdf_of(a, objects);
    PdfOpening opening = {0};
    PdfFile *f = s->file[i] = pdf_open(&opening, a, (const uint8_t *)bytes.p, bytes.n, NULL);
    assert_non_null(f);
    const PdfObj *o = pdf_object(f, (PdfRef){3, 0});
    Box media = box_of_object(f, pdf_lookup(f, o, "MediaBox"));
    s->page[i] = (Page){.number = 1, .rotate = pdf_int(pdf_lookup(f, o, "Rotate"), 0)};
    s->interpreter[i] = interpreter_new(a, f, layers_read(a, f, s->facts), NULL);
    s->content[i] = (PageContent){.file = f,
                                  .interpreter = s->interpreter[i],
                                  .arena = arena_new(),
                                  .page = &s->page[i],
                                  .object = o,
                                  .resources = pdf_lookup(f, o, "Resources"),
                                  .box = {media, 1, {1, 0, 0, 1, -media.x0, -media.y0}}};
    Text why;
    s->maker[i] = plate_maker_new(a, f, NULL, &why);
    assert_non_null(s->maker[i]);
}

static const Comparison *compare(void **state, const char *a, const char *b) {
    Sides *s = *state;
    open_side(s, 0, a);
    open_side(s, 1, b);
    const Box whole = {NAN, NAN, NAN, NAN};
    ComparedPage pages[] = {{s->maker[0], &s->content[0], whole},
                            {s->maker[1], &s->content[1], whole}};
    s->result = compare_pages(s->facts->document, pages, &s->plan);
    for (int i = 0; i < 2; i++) {
        plate_maker_free(s->maker[i]);
        interpreter_free(s->interpreter[i]);
        arena_free(s->content[i].arena);
        pdf_close(s->file[i]);
    }
    return &s->result;
}

static void assert_same(const Comparison *c) {
    assert_int_equal(c->blobs_found, 0);
    assert_int_equal(c->outcome, COMPARED_SAME);
}

#define assert_near(a, b, within)                                                                  \
    do {                                                                                           \
        double a_ = (a), b_ = (b);                                                                 \
        if (!(fabs(a_ - b_) <= (within)))                                                          \
            fail_msg("%g is not %g", a_, b_);                                                      \
    } while (0)

/* Digits of straight strokes, 4.3 pt high, the height of figures in type of 6 pt. */
#define DIGIT_6 "0.6 w 10 50 2.4 2.1 re S 10 52.1 m 10 54.3 l 12.4 54.3 l S "
#define DIGIT_8 "0.6 w 10 50 2.4 2.1 re S 10 52.1 m 10 54.3 l 12.4 54.3 l 12.4 52.1 l S "
#define LINE    "0.25 w 20 20 m 180 20 l S "

static void equal_pages_need_no_second_look(void **state) {
    const Comparison *c = compare(state, DIGIT_8 LINE, "q " DIGIT_8 "Q " LINE);
    assert_same(c);
    assert_true(c->ppi == 0);
}

static void a_digit_of_six_points_is_told(void **state) {
    const Comparison *c = compare(state, DIGIT_8 LINE, DIGIT_6 LINE);
    assert_int_equal(c->outcome, COMPARED_DIFFERENT);
    assert_int_equal(c->blob_count, 1);
    const ComparedBlob *b = &c->blobs[0];
    assert_int_equal(b->plane_count, 1);
    assert_string_equal(b->planes[0], "Black");
    assert_near(b->box[0].x0, 12.4, 0.7);
    assert_near(b->box[0].y0, 53.2, 0.9);
    assert_near(b->mm.y0, TO_MM(100 - b->box[0].y1), 0.01);
    assert_true(b->worst > 0.4 && b->area > 0);
}

static void so_it_is_on_pages_moved_against_each_other(void **state) {
    const Comparison *c = compare(state, DIGIT_8 LINE, "1 0 0 1 0.28 0.1 cm " DIGIT_6 LINE);
    assert_int_equal(c->outcome, COMPARED_DIFFERENT);
    assert_int_equal(c->blob_count, 1);
}

static void what_moves_no_further_than_tolerated_is_the_same(void **state) {
    assert_same(compare(state, DIGIT_8 LINE "1 0.4 0 0 k 50 50 80 30 re f",
                        "1 0 0 1 0.14 0.14 cm " DIGIT_8 LINE "1 0.4 0 0 k 50 50 80 30 re f"));
}

static void all_of_it_may_move_further(void **state) {
    assert_same(compare(state, DIGIT_8 LINE, "1 0 0 1 0.28 0 cm " DIGIT_8 LINE));
}

static void an_object_a_millimetre_off_is_told(void **state) {
    const Comparison *c = compare(state, DIGIT_8 "0 0 0 0.2 k 50 50 80 30 re f",
                                  DIGIT_8 "0 0 0 0.2 k 52.83 50 80 30 re f");
    assert_int_equal(c->outcome, COMPARED_DIFFERENT);
    assert_int_equal(c->blob_count, 2); /* both ends */
    assert_near(c->blobs[0].area, 10.6, 2);
}

static void a_missing_hairline_is_told(void **state) {
    const Comparison *c = compare(state, DIGIT_8 LINE, DIGIT_8);
    assert_int_equal(c->outcome, COMPARED_DIFFERENT);
    assert_int_equal(c->blob_count, 1);
    assert_near(c->blobs[0].box[0].x0, 20, 0.5);
    assert_near(c->blobs[0].box[0].x1, 180, 0.5);
}

static void three_percent_of_one_ink_are_told(void **state) {
    const Comparison *c =
        compare(state, "0.3 0.2 0 0 k 50 50 80 30 re f", "0.33 0.2 0 0 k 50 50 80 30 re f");
    assert_int_equal(c->outcome, COMPARED_DIFFERENT);
    assert_int_equal(c->blob_count, 1);
    assert_string_equal(c->blobs[0].planes[0], "Cyan");
    assert_int_equal(c->blobs[0].plane_count, 1);
    assert_near(c->blobs[0].worst, 0.03, 0.005);
    assert_near(c->blobs[0].area, TO_MM(80) * TO_MM(30), 25);
}

static void half_a_percent_is_rounding(void **state) {
    assert_same(
        compare(state, "0.3 0.2 0 0 k 50 50 80 30 re f", "0.305 0.2 0 0 k 50 50 80 30 re f"));
}

/* The same shape, stroked and as a fill; edges fall between pixels. */
static void a_stroke_is_the_fill_of_its_outline(void **state) {
    assert_same(compare(state, "0.7 w 20.13 20.41 m 180.2 63.9 l S",
                        "19.9464 20.7088 m 20.3136 20.0712 l 180.3836 63.5612 l 180.0164 64.2388 l "
                        "h f"));
}

static void an_ink_by_another_name_is_another_plate(void **state) {
    Sides *s = *state;
    s->resources[0] = "/ColorSpace<</S[/Separation/Gold/DeviceCMYK 5 0 R]>>";
    s->resources[1] = "/ColorSpace<</S[/Separation/Silver/DeviceCMYK 5 0 R]>>";
    s->first_object[0] = s->first_object[1] =
        "<</FunctionType 2/Domain[0 1]/N 1/C0[0 0 0 0]/C1[0 0 1 0]>>";
    const Comparison *c =
        compare(state, "/S cs 1 scn 50 50 40 30 re f", "/S cs 1 scn 50 50 40 30 re f");
    assert_int_equal(c->outcome, COMPARED_DIFFERENT);
    assert_int_equal(c->blobs[0].plane_count, 2);
}

/* /All paints plates that only the other page has. */
static void a_plate_that_only_one_page_has_holds_what_all_paints(void **state) {
    Sides *s = *state;
    s->resources[0] = s->resources[1] =
        "/ColorSpace<</A[/Separation/All/DeviceCMYK 5 0 R]/S[/Separation/Gold/DeviceCMYK 5 0 R]>>";
    s->first_object[0] = s->first_object[1] =
        "<</FunctionType 2/Domain[0 1]/N 1/C0[0 0 0 0]/C1[0 0 1 0]>>";
    const Comparison *c = compare(state, "/A cs 1 scn 10 10 5 80 re f /S cs 1 scn 50 50 40 30 re f",
                                  "/A cs 1 scn 10 10 5 80 re f");
    assert_int_equal(c->outcome, COMPARED_DIFFERENT);
    assert_int_equal(c->blob_count, 1);
    assert_near(c->blobs[0].box[0].x0, 50, 0.5);
}

/* A picture of 256 × 128 samples with as much added, and noise up to so many levels. */
static const char *picture(Arena *a, int level, int noise) {
    Sink s = sink_memory(a);
    unsigned random = 7;
    sink_str(&s, "/Type/XObject/Subtype/Image/Width 256/Height 128/BitsPerComponent 8/ColorSpace"
                 "/DeviceGray/Filter/ASCIIHexDecode|");
    for (int i = 0; i < 256 * 128; i++) {
        random = random * 1103515245u + 12345u;
        int swing = noise ? (int)(random >> 16) % (2 * noise + 1) - noise : 0;
        sink_format(&s, "%02X", 60 + i % 256 / 3 + level + swing);
    }
    Str text = sink_text(&s);
    return arena_copy(a, text.p, text.n);
}

static const Comparison *compare_pictures(void **state, int level, int noise) {
    Sides *s = *state;
    s->resources[0] = s->resources[1] = "/XObject<</P 5 0 R>>";
    s->first_object[0] = picture(s->facts->document, 0, 0);
    s->first_object[1] = picture(s->facts->document, level, noise);
    const char *page = "q 60 0 0 30 50 50 cm /P Do Q";
    return compare(state, page, page);
}

static void a_picture_saved_again_is_the_same(void **state) {
    assert_same(compare_pictures(state, 0, 8));
}

static void more_noise_than_allowed_is_told(void **state) {
    assert_int_equal(compare_pictures(state, 0, 40)->outcome, COMPARED_DIFFERENT);
}

static void the_tone_of_a_picture_is_told(void **state) {
    assert_int_equal(compare_pictures(state, 8, 8)->outcome, COMPARED_DIFFERENT);
}

static void noise_is_tolerated_in_pictures_only(void **state) {
    const Comparison *c = compare(state, "0 0 0 0.3 k 50 50 80 30 re f",
                                  "0 0 0 0.3 k 50 50 80 30 re f 0 0 0 0.32 k 60 60 1 1 re f");
    assert_int_equal(c->outcome, COMPARED_DIFFERENT);
}

static void pages_of_other_sizes_are_not_compared(void **state) {
    ((Sides *)*state)->keys[1] = "/MediaBox[0 0 206 100]";
    const Comparison *c = compare(state, DIGIT_8, DIGIT_6);
    assert_true(c->sizes_differ);
    assert_int_equal(c->outcome, COMPARED_DIFFERENT);
    assert_int_equal(c->blob_count, 0);
    assert_near(c->width[1], TO_MM(206), 1e-9);
}

static void pages_are_compared_as_viewed(void **state) {
    Sides *s = *state;
    s->keys[1] = "/MediaBox[10 -5 110 195]/Rotate 90";
    /* (x, y) of the first page is (110 - y, x - 5) of the second */
    const char *turned = "0 1 -1 0 110 -5 cm " DIGIT_6 LINE;
    const Comparison *c = compare(state, DIGIT_8 LINE, turned);
    assert_int_equal(c->blob_count, 1);
    Box a = c->blobs[0].box[0], b = c->blobs[0].box[1];
    assert_near(b.x0, 100 - a.y1, 0.01);
    assert_near(b.y0, a.x0, 0.01);
}

static void what_can_not_be_drawn_is_not_the_same(void **state) {
    Sides *s = *state;
    s->resources[0] = s->resources[1] =
        "/Font<</F<</Type/Font/Subtype/TrueType/BaseFont/Missing>>>>";
    const char *page = "BT /F 12 Tf 20 20 Td (text) Tj ET";
    const Comparison *c = compare(state, page, page);
    assert_int_equal(c->outcome, COMPARED_UNKNOWN);
    assert_true(c->undrawn_count[0] && c->undrawn_count[1]);
}

static void strips_tell_what_the_whole_page_tells(void **state) {
    Sides *s = *state;
    s->plan.budget = 160 << 10;
    s->plan.first_ppi = 0;
    const char *noisy = "0.6 w 20 10 m 190 95 l S 20 95 m 190 10 l S ";
    const char *a = arena_printf(s->facts->document, "%s" DIGIT_8 "40 5 4 90 re f", noisy);
    const char *b = arena_printf(s->facts->document, "%s" DIGIT_6 "44 5 4 90 re f", noisy);
    Comparison strips = *compare(state, a, b);
    s->plan.budget = 0;
    const Comparison *whole = compare(state, a, b);
    assert_int_equal(strips.undrawn_count[0], 0);
    assert_int_equal(strips.blob_count, whole->blob_count);
    for (size_t i = 0; i < whole->blob_count; i++) {
        assert_near(strips.blobs[i].area, whole->blobs[i].area, 1e-9);
        assert_near(strips.blobs[i].mm.x0, whole->blobs[i].mm.x0, 1e-9);
        assert_near(strips.blobs[i].mm.y1, whole->blobs[i].mm.y1, 1e-9);
    }
}

static void too_little_memory_is_told(void **state) {
    Sides *s = *state;
    s->plan.budget = 9000;
    const Comparison *c = compare(state, DIGIT_8 LINE, DIGIT_6 LINE);
    assert_int_equal(c->outcome, COMPARED_UNKNOWN);
    assert_true(c->undrawn_count[0] > 0);
}

static void pictures_of_both_pages_are_shown(void **state) {
    Sides *s = *state;
    s->plan.most_pictures = 1;
    s->plan.picture_ppi = 72;
    s->plan.picture_margin = 2;
    const Comparison *c =
        compare(state, "0 0 0 1 k 50 50 20 20 re f", "0 0 0 1 k 50 50 20 20 re 120 50 9 9 re f");
    assert_int_equal(c->blob_count, 1);
    const ComparedPicture *a = &c->blobs[0].picture[0], *b = &c->blobs[0].picture[1];
    assert_near(a->width, 9 + 2 * MM(2), 2);
    assert_int_equal(a->height, b->height);
    size_t middle = 3 * ((size_t)a->width * (size_t)(a->height / 2) + (size_t)a->width / 2);
    assert_true(a->rgb[middle] > 200);
    assert_true(b->rgb[middle] < 90);
}

static void numbers_that_mean_nothing_do_no_harm(void **state) {
    Sides *s = *state;
    s->plan.tolerance = (CompareTolerance){NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN};
    s->plan.ppi = NAN;
    s->plan.first_ppi = NAN;
    assert_int_equal(compare(state, DIGIT_8, LINE)->outcome, COMPARED_DIFFERENT);
}

#define COMPARE_TEST(f) cmocka_unit_test_setup_teardown(f, start, stop)

int main(void) {
    const struct CMUnitTest tests[] = {
        COMPARE_TEST(equal_pages_need_no_second_look),
        COMPARE_TEST(a_digit_of_six_points_is_told),
        COMPARE_TEST(so_it_is_on_pages_moved_against_each_other),
        COMPARE_TEST(what_moves_no_further_than_tolerated_is_the_same),
        COMPARE_TEST(all_of_it_may_move_further),
        COMPARE_TEST(an_object_a_millimetre_off_is_told),
        COMPARE_TEST(a_missing_hairline_is_told),
        COMPARE_TEST(three_percent_of_one_ink_are_told),
        COMPARE_TEST(half_a_percent_is_rounding),
        COMPARE_TEST(a_stroke_is_the_fill_of_its_outline),
        COMPARE_TEST(an_ink_by_another_name_is_another_plate),
        COMPARE_TEST(a_plate_that_only_one_page_has_holds_what_all_paints),
        COMPARE_TEST(a_picture_saved_again_is_the_same),
        COMPARE_TEST(more_noise_than_allowed_is_told),
        COMPARE_TEST(the_tone_of_a_picture_is_told),
        COMPARE_TEST(noise_is_tolerated_in_pictures_only),
        COMPARE_TEST(pages_of_other_sizes_are_not_compared),
        COMPARE_TEST(pages_are_compared_as_viewed),
        COMPARE_TEST(what_can_not_be_drawn_is_not_the_same),
        COMPARE_TEST(strips_tell_what_the_whole_page_tells),
        COMPARE_TEST(too_little_memory_is_told),
        COMPARE_TEST(pictures_of_both_pages_are_shown),
        COMPARE_TEST(numbers_that_mean_nothing_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
