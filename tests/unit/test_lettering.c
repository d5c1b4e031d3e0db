/* Pages in, pieces of type and hidden marks out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "read/read.h"

typedef struct Told {
    Facts *facts;
    Lettering lettering[8];
    size_t count;
    Fill fills[16];
    size_t fill_count;
    Image image;
    Style styles[8];
} Told;
static Told told;
static Job job;
static Limit limit;

static const Job *job_of(const void *, int) {
    return &job;
}

static const Limit *limit_of(const void *, int) {
    return &limit;
}

static void on_mark(void *, Facts *, const Page *, FactKind kind, const void *row) {
    if (kind == FACT_fill && told.fill_count < 16)
        told.fills[told.fill_count++] = *(const Fill *)row;
    if (kind == FACT_image)
        told.image = *(const Image *)row;
}

static void on_page(void *, Facts *facts, Page *) {
    told.count = facts_count(facts, FACT_lettering);
    for (size_t i = 0; i < told.count && i < 8; i++) {
        told.lettering[i] = *(const Lettering *)facts_at(facts, FACT_lettering, i);
        told.lettering[i].text = arena_strdup(facts->document, told.lettering[i].text);
    }
}

static const ReadListener listener = {.mark = on_mark, .page = on_page};

static void read_file_of(const char *bytes) {
    char path[] = "/tmp/chupin-test-XXXXXX";
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    size_t n = strlen(bytes);
    assert_int_equal(write(fd, bytes, n), (ssize_t)n);
    close(fd);
    ReadPlan plan = {.cost = COST_CONTENT, .job_of = job_of, .limit_of = limit_of};
    plan.tell[FACT_fill] = plan.tell[FACT_image] = plan.keep[FACT_lettering] = true;
    assert_int_equal(read_file(told.facts, path, "a.pdf", &plan, &listener).kind, ERR_NONE);
    unlink(path);
}

static const char written[] = "/TrimBox[30 30 170 170]/BleedBox[25 25 175 175]";
static const char resources[] =
    "/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    "/ExtGState<</O<</OP true/op true>>/A<</ca 0.5>>/N<</ca 1/BM/Normal>>>>"
    "/ColorSpace<</Gold[/Separation/Gold/DeviceGray<</FunctionType 2/Domain[0 1]/C0[1]/C1[0]/N "
    "1>>]>>"
    "/XObject<</G 5 0 R>>";

static void draw_on(const char *entries, const char *content, const char *group) {
    Arena *a = told.facts->document;
    read_file_of(arena_printf(
        a,
        "%%PDF-1.6\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        "2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]%s/Resources<<%s>>/Contents 4 0 "
        "R>>endobj\n"
        "4 0 obj<</Length %zu>>stream\n%s\nendstream endobj\n"
        "5 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 200 200]/Group<</S/Transparency>>"
        "/Length %zu>>stream\n%s\nendstream endobj\n"
        "trailer<</Root 1 0 R/Size 6>>\n%%%%EOF\n",
        entries, resources, strlen(content), content, strlen(group), group));
}

static void draw(const char *content) {
    draw_on(written, content, "");
}

static void strings_on_one_line_are_one_piece(void **) {
    draw("BT /F 10 Tf 60 100 Td (Sales ) Tj (office) Tj 0 -14 Td (Tel) Tj ET");
    assert_int_equal(told.count, 2);
    assert_string_equal(told.lettering[0].text, "Sales office");
    assert_float_equal(told.lettering[0].size, 10, 1e-4);
    assert_int_equal(told.lettering[0].outlined, 0);
}

static void another_colour_or_size_is_another_piece(void **) {
    draw("BT /F 10 Tf 60 100 Td (a) Tj 0.5 g (b) Tj /F 8 Tf (c) Tj ET");
    assert_int_equal(told.count, 3);
}

static void columns_are_apart(void **) {
    draw("BT /F 10 Tf 40 100 Td (a) Tj 60 0 Td (b) Tj ET");
    assert_int_equal(told.count, 2);
}

static void what_does_not_print_in_the_art_is_no_piece(void **) {
    draw("BT /F 10 Tf 60 100 Td 3 Tr (hidden) Tj ET BT /F 6 Tf 60 5 Td 0 Tr (slug) Tj ET "
         "q 0 0 10 10 re W n BT /F 10 Tf 60 100 Td (clipped) Tj ET Q");
    assert_int_equal(told.count, 0);
}

static void the_margin_is_to_the_nearest_edge_as_viewed(void **) {
    draw("BT /F 10 Tf 34 100 Td (a) Tj ET");
    assert_float_equal(told.lettering[0].margin, 4, 0.01);
    assert_int_equal(told.lettering[0].edge, EDGE_LEFT);
    assert_int_equal(told.lettering[0].cut, 0);
}

static void a_turned_page_names_its_edges_as_viewed(void **) {
    draw_on("/Rotate 90/TrimBox[30 30 170 170]", "BT /F 10 Tf 34 100 Td (a) Tj ET", "");
    assert_int_equal(told.lettering[0].edge, EDGE_TOP);
}

static void the_knife_goes_through_what_lies_on_both_sides(void **) {
    draw("BT /F 10 Tf 27 100 Td (aa) Tj 0 60 Td /F 3 Tf -1 -20 Td (i) Tj ET");
    assert_int_equal(told.count, 2);
    assert_int_equal(told.lettering[0].cut, 1);
    assert_true(told.lettering[0].margin < 0);
    assert_int_equal(told.lettering[1].cut, 0);
    assert_true(told.lettering[1].margin < 0);
}

static void without_a_trim_nobody_knows_the_margin(void **) {
    draw_on("", "BT /F 10 Tf 34 100 Td (a) Tj ET", "");
    assert_int_equal(told.count, 1);
    assert_true(told.lettering[0].margin != told.lettering[0].margin);
    assert_int_equal(told.lettering[0].cut, UNKNOWN_BOOL);
}

static const char two_glyphs[] = "60 96 m 62 104 l 64 96 l 68 100 l 65 90 l 61 91 l f "
                                 "70 96 m 72 104 l 74 96 l 78 100 l 75 90 l 71 91 l f ";

static void outlined_type_is_a_piece_of_its_own(void **) {
    draw(two_glyphs);
    assert_int_equal(told.count, 1);
    assert_int_equal(told.lettering[0].outlined, 1);
    assert_string_equal(told.lettering[0].text, "");
    const Style *s = facts_at(told.facts, FACT_style, 0);
    assert_float_equal(s->type_min, told.lettering[0].size, 1e-4);
    assert_float_equal(s->type_max, told.lettering[0].size, 1e-4);
    assert_float_equal(s->largest_fill, 0, 1e-9);
}

static void the_largest_fill_of_a_style_is_measured(void **) {
    draw("0 0 0 1 k 40 40 20 30 re f 100 100 5 5 re f");
    const Style *s = facts_at(told.facts, FACT_style, 0);
    assert_float_equal(s->largest_fill, 600, 1e-3);
    assert_float_equal(s->type_max, 0, 1e-9);
}

/* One later box over a block, over two glyphs and over a string. */
static void cover_with(const char *state, const char *box, const char *group) {
    char content[600];
    snprintf(content, sizeof content,
             "0.2 g 60 60 10 10 re f %s BT /F 8 Tf 60 120 Td (old) Tj ET %s %s", two_glyphs, state,
             box);
    draw_on(written, content, group);
}

static bool all_hidden(void) {
    return told.fills[0].visible == 0 && told.fills[0].hidden == HIDDEN_COVERED && told.count == 0;
}

static bool none_hidden(void) {
    return told.fills[0].visible == 1 && told.fills[0].hidden == HIDDEN_NO && told.count == 2;
}

static void an_opaque_box_hides_what_lies_beneath(void **) {
    cover_with("1 g", "50 50 60 100 re f", "");
    assert_true(all_hidden());
    assert_int_equal(told.fills[3].visible, 1);
}

static void a_picture_hides_what_lies_beneath(void **) {
    cover_with("", "q 60 0 0 100 50 50 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q", "");
    assert_true(all_hidden());
    assert_int_equal(told.image.visible, 1);
}

static void a_group_painted_as_it_is_hides_too(void **) {
    cover_with("", "/G Do", "1 g 50 50 60 100 re f");
    assert_true(all_hidden());
}

static void what_shows_through_hides_nothing(void **) {
    static const struct {
        const char *state, *box, *group;
    } cases[] = {
        {"1 g", "50 50 60 80 re 50 130 m 110 150 l 110 130 l f", ""}, /* no box */
        {"1 g /A gs", "50 50 60 100 re f", ""},
        {"0 0 0 0 k /O gs", "50 50 60 100 re f", ""},
        {"/Gold cs 1 scn", "50 50 60 100 re f", ""},
        {"/A gs", "/G Do", "1 g 50 50 60 100 re f"},
        {"1 g 80 100 m 110 150 l 50 150 l h W n", "50 50 60 100 re f", ""},
        {"1 g 50 50 60 100 re W n", "50 50 9 100 re f", ""},
        {"", "q 60 0 0 100 50 50 cm BI /IM true /W 1 /H 1 /BPC 1 ID x EI Q", ""},
        {"1 g", "50 50 60 100 re S", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        facts_free(told.facts);
        told = (Told){.facts = facts_new()};
        cover_with(cases[i].state, cases[i].box, cases[i].group);
        assert_true(none_hidden());
    }
}

static void what_comes_later_stays(void **) {
    draw("1 g 50 50 60 100 re f 0.2 g 60 60 10 10 re f BT /F 8 Tf 60 120 Td (new) Tj ET");
    assert_int_equal(told.fills[1].visible, 1);
    assert_int_equal(told.count, 1);
}

static void a_page_without_a_written_trim_is_covered_alike(void **) {
    draw_on("", "BT /F 8 Tf 60 120 Td (old) Tj ET 1 g 50 50 60 100 re f", "");
    assert_int_equal(told.count, 0);
}

static void steps_of_a_gradient_are_told(void **) {
    draw("0 0 0 0.02 k 40 40 20 5 re f 0 0 0 0.04 k 40 45 20 5 re f 0 0 0 0.06 k 40 50 20 5 re f "
         "0 0 0 0.08 k 40 55 20 5 re f 0 0 0 0.5 k 100 40 20 20 re f 0 0 0 0.04 k 40 100 9 9 re f");
    for (int i = 0; i < 4; i++)
        assert_int_equal(told.fills[i].stepped, 1);
    assert_int_equal(told.fills[4].stepped, 0);
    assert_int_equal(told.fills[5].stepped, 0);
}

static void two_tints_side_by_side_are_no_gradient(void **) {
    draw("0 0 0 0.02 k 40 40 20 5 re f 0 0 0 0.04 k 40 45 20 5 re f");
    assert_int_equal(told.fills[0].stepped, 0);
}

static void an_area_has_no_holes_and_ends_at_the_clip(void **) {
    draw("40 40 40 40 re 50 50 m 50 70 l 70 70 l 70 50 l h f q 0 0 60 200 re W n 40 100 40 20 re f "
         "Q");
    assert_float_equal(told.fills[0].area, 1600 - 400, 0.01);
    assert_float_equal(told.fills[1].area, 400, 0.01);
}

static void a_tint_is_what_was_written(void **) {
    draw("0.08 0 0 0 k 40 40 20 20 re f 0 0.1 0.2 rg 80 40 20 20 re f");
    const Style *s = facts_at(told.facts, FACT_style, 0), *t = facts_at(told.facts, FACT_style, 1);
    assert_true(s->tint >= 0.08);
    assert_true(s->darkness != s->darkness);
    assert_float_equal(t->darkness, 0.8, 1e-6);
}

static int begin(void **) {
    told = (Told){.facts = facts_new()};
    row_clear(entity_of(FACT_job), &job);
    row_clear(entity_of(FACT_limit), &limit);
    limit.bleed_top = limit.bleed_right = limit.bleed_bottom = limit.bleed_left = 5;
    return 0;
}

static int end(void **) {
    facts_free(told.facts);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(strings_on_one_line_are_one_piece),
        TEST(another_colour_or_size_is_another_piece),
        TEST(columns_are_apart),
        TEST(what_does_not_print_in_the_art_is_no_piece),
        TEST(the_margin_is_to_the_nearest_edge_as_viewed),
        TEST(a_turned_page_names_its_edges_as_viewed),
        TEST(the_knife_goes_through_what_lies_on_both_sides),
        TEST(without_a_trim_nobody_knows_the_margin),
        TEST(outlined_type_is_a_piece_of_its_own),
        TEST(the_largest_fill_of_a_style_is_measured),
        TEST(an_opaque_box_hides_what_lies_beneath),
        TEST(a_picture_hides_what_lies_beneath),
        TEST(a_group_painted_as_it_is_hides_too),
        TEST(what_shows_through_hides_nothing),
        TEST(what_comes_later_stays),
        TEST(a_page_without_a_written_trim_is_covered_alike),
        TEST(steps_of_a_gradient_are_told),
        TEST(two_tints_side_by_side_are_no_gradient),
        TEST(an_area_has_no_holes_and_ends_at_the_clip),
        TEST(a_tint_is_what_was_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
