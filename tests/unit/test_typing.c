#include "expressions.h"

static void told(Lab *lab, const char *text, const char *part) {
    const char *all = lab_error(lab, text, LANG_EN);
    if (!strstr(all, part))
        fail_msg("%s\n  wanted: %s\n  told: %s", text, part, all);
}

static void unknown_names_come_with_a_guess(void **state) {
    (void)state;
    Lab lab = lab_open(FACT_stroke);
    told(&lab, "strok.visible", "there is nothing called \"strok\"; did you mean stroke?");
    told(&lab, "stroke.width_mn > 1mm", "stroke has no \"width_mn\"; did you mean width_min?");
    told(&lab, "stroke.style.layer.nam == \"a\"", "layer has no \"nam\"; did you mean name?");
    told(&lab, "stroke.region == arts", "Region has no word \"arts\"; did you mean art?");
    told(&lab, "stroke.region in [art, slag]", "did you mean slug?");
    told(&lab, "cuont(ink)", "there is no function cuont; did you mean count?");
    told(&lab, "stroke.region == unknown", "write not is_known(");
    lab_close(&lab);
}

static void a_length_never_meets_a_plain_number(void **state) {
    (void)state;
    Lab lab = lab_open(FACT_stroke);
    told(&lab, "stroke.width_min >= 0.2", "a length meets a plain number: write 0.2mm");
    told(&lab, "0.2 < stroke.width_min", "write 0.2mm");
    told(&lab, "stroke.width_min + 1 > 1mm", "write 1mm");
    told(&lab, "limit.tac_max > 3.2", "a percentage meets a plain number: write 320%");
    told(&lab, "stroke.width_min > 300ppi", "a length and a resolution do not go together");
    told(&lab, "near(stroke.width_min, 1mm, 0.1)", "write 0.1mm");
    told(&lab, "page.media_w in [1, 2]", "write 1mm");
    lab_close(&lab);
}

static void the_caret_stands_under_the_mistake_in_chinese_text_too(void **state) {
    (void)state;
    Lab lab = lab_open(FACT_ink);
    assert_string_equal(lab_error(&lab, "ink.name == \"专色\" and ink.rol == spot", LANG_ZH),
                        "rule:1:30: ink 没有“rol”这一项。是不是 role？\n"
                        "    ink.name == \"专色\" and ink.rol == spot\n"
                        "                               ^^^");
    lab_close(&lab);
}

static void every_mistake_of_a_chain_is_told(void **state) {
    (void)state;
    Lab lab = lab_open(FACT_stroke);
    told(&lab, "stroke.visibl and stroke.width_min > 1 and stroke.dashed", "visibl");
    assert_int_equal(lab.errors.count, 2);
    lab_close(&lab);
}

static void kinds_do_not_mix(void **state) {
    (void)state;
    Lab lab = lab_open(FACT_stroke);
    told(&lab, "stroke.region == \"art\"", "this is a word: write it without quotes");
    told(&lab, "stroke.region in [\"art\"]", "write it without quotes");
    told(&lab, "stroke.visible and stroke.width_min", "something true or false is wanted here");
    told(&lab, "not stroke.region", "this is a word of Region");
    told(&lab, "stroke.region < art", "only numbers are smaller or larger");
    told(&lab, "stroke.visible == 1", "a yes or no cannot be compared with a plain number");
    told(&lab, "stroke.style.inks == stroke.style.inks", "cannot be compared");
    told(&lab, "stroke.style.space == stroke.style.family", "cannot be compared");
    told(&lab, "-stroke.visible == 1", "a number is wanted here");
    told(&lab, "stroke.width_min.x > 1", "has no parts");
    told(&lab, "stroke.box.z > 1mm", "a box has x0");
    told(&lab, "file.name in \"abc\"", "the right of `in` is a list");
    told(&lab, "[1, 2] == 1", "a list stands only on the right of `in`");
    lab_close(&lab);
}

static void dimensions_follow_arithmetic(void **state) {
    (void)state;
    Lab lab = lab_open(FACT_stroke);
    static const struct {
        const char *text;
        Dimension dimension;
    } rows[] = {{"2mm * 3mm", DIM_AREA},
                {"6mm2 / 2mm", DIM_LENGTH},
                {"1mm / 2mm", DIM_RATIO},
                {"2 * 3mm", DIM_LENGTH},
                {"50% * 3mm", DIM_LENGTH},
                {"3mm / 2", DIM_LENGTH},
                {"2 * 50%", DIM_RATIO},
                {"100% - stroke.style.k", DIM_RATIO},
                {"limit.line_min * job.scale", DIM_LENGTH},
                {"7 / 2", DIM_NONE},
                {"stroke.box.w", DIM_LENGTH},
                {"-45deg", DIM_ANGLE}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const Node *n = lab_compile(&lab, rows[i].text);
        assert_non_null(n);
        assert_int_equal(n->dimension, rows[i].dimension);
    }
    told(&lab, "2mm * 300ppi > 1", "cannot be multiplied or divided");
    told(&lab, "2 / 3mm > 1", "cannot be multiplied or divided");
    lab_close(&lab);
}

static void rows_are_reached_only_where_they_are(void **state) {
    (void)state;
    Lab lab = lab_open(FACT_stroke);
    told(&lab, "image.visible", "no image is at hand: this rule is over stroke");
    told(&lab, "stroke.style.font.used", "known only after the last page");
    told(&lab, "count(ink) == 0", "complete only after the last page");
    told(&lab, "page.odd_size", "known only after the last page");
    told(&lab, "any(page where page.transparent)", "known only after the last page");
    assert_non_null(lab_compile(&lab, "any(image where image.visible)"));
    lab_close(&lab);
    lab = lab_open(FACT_document);
    told(&lab, "any(image where image.visible)", "this rule must be `each: page`");
    told(&lab, "page.number == 1", "no page is at hand");
    assert_non_null(lab_compile(&lab, "all(page where page.number > 0)"));
    lab_close(&lab);
}

static void calls_are_checked_against_their_table(void **state) {
    (void)state;
    Lab lab = lab_open(FACT_page);
    told(&lab, "abs(1, 2) == 1", "it is written abs(x)");
    told(&lab, "abs(1 where page.complete) == 1", "it is written abs(x)");
    told(&lab, "all(image)", "without a condition always holds");
    told(&lab, "sum(image) > 1", "it is written sum(ENTITY.field where");
    told(&lab, "min(image.visible) > 1", "it is written min(");
    told(&lab, "count(image.width) == 1", "it is written count(");
    told(&lab, "count(3) == 1", "goes through the rows of an entity");
    told(&lab, "matches(file.name, file.name)", "it is written matches(");
    told(&lab, "matches(file.name, \"(\")", "not a regular expression");
    told(&lab, "matches(file.name, \"(a{99}){99}\")", "the pattern is too large");
    told(&lab, "matches(lower(file.name), \"PDF\")", "there are no capitals after lower()");
    told(&lab, "inside(page, form)", "the first part of inside() is a mark");
    told(&lab, "mod(5mm, 2mm) == 1mm", "mod() takes plain numbers");
    told(&lab, "length(file.name) == 1", "it is written length(list)");
    lab_close(&lab);
}

static void a_lone_word_belongs_to_the_other_side(void **state) {
    (void)state;
    Lab lab = lab_open(FACT_mark);
    assert_non_null(lab_compile(&lab, "mark.kind == form and image == mark.kind"));
    assert_non_null(lab_compile(&lab, "mark.kind in [form, group]"));
    lab_close(&lab);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unknown_names_come_with_a_guess),
        cmocka_unit_test(a_length_never_meets_a_plain_number),
        cmocka_unit_test(the_caret_stands_under_the_mistake_in_chinese_text_too),
        cmocka_unit_test(every_mistake_of_a_chain_is_told),
        cmocka_unit_test(kinds_do_not_mix),
        cmocka_unit_test(dimensions_follow_arithmetic),
        cmocka_unit_test(rows_are_reached_only_where_they_are),
        cmocka_unit_test(calls_are_checked_against_their_table),
        cmocka_unit_test(a_lone_word_belongs_to_the_other_side),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
