#include "expressions.h"

enum { U = UNKNOWN_BOOL };

/* Three pages whose facts are true, false and unknown: the operands of every table. */
static Lab kleene_lab(void) {
    Lab lab = lab_open(FACT_page);
    lab_row(&lab, FACT_page, "{trim_written: true, bleed_written: false}");
    return lab;
}

static const struct {
    Tri value;
    const char *text;
} operands[] = {{1, "page.trim_written"}, {0, "page.bleed_written"}, {U, "page.crop_is_media"}};

static void and_or_and_not_follow_kleene(void **state) {
    (void)state;
    static const Tri and_table[3][3] = {{1, 0, U}, {0, 0, 0}, {U, 0, U}};
    static const Tri or_table[3][3] = {{1, 1, 1}, {1, 0, U}, {1, U, U}};
    static const Tri not_table[3] = {0, 1, U};
    Lab lab = kleene_lab();
    for (int i = 0; i < 3; i++) {
        char *text = arena_printf(lab.arena, "not %s", operands[i].text);
        assert_int_equal(lab_truth(&lab, text), not_table[i]);
        for (int j = 0; j < 3; j++) {
            text = arena_printf(lab.arena, "%s and %s", operands[i].text, operands[j].text);
            assert_int_equal(lab_truth(&lab, text), and_table[i][j]);
            text = arena_printf(lab.arena, "%s or %s", operands[i].text, operands[j].text);
            assert_int_equal(lab_truth(&lab, text), or_table[i][j]);
            text = arena_printf(lab.arena, "%s == %s", operands[i].text, operands[j].text);
            Tri same = i == 2 || j == 2 ? U : i == j;
            assert_int_equal(lab_truth(&lab, text), same);
        }
    }
    lab_close(&lab);
}

typedef struct Row {
    const char *text;
    Tri value;
} Row;

static void check(Lab *lab, const Row *rows, size_t count) {
    for (size_t i = 0; i < count; i++) {
        Tri value = lab_truth(lab, rows[i].text);
        if (value != rows[i].value)
            fail_msg("%s is %d, not %d", rows[i].text, value, rows[i].value);
    }
}

#define CHECK(lab, ...)                                                                            \
    do {                                                                                           \
        static const Row check_rows[] = {__VA_ARGS__};                                             \
        check((lab), check_rows, sizeof check_rows / sizeof *check_rows);                          \
    } while (0)

static void values_of_every_type_compare_and_may_be_unknown(void **state) {
    (void)state;
    Lab lab = lab_open(FACT_stroke);
    lab_row(
        &lab, FACT_stroke,
        "{width_min: 0.2mm, region: art, segments: 3, visible: true, box: [0mm, 0mm, 10mm, 5mm],"
        " style: {layer: {name: 刀版}, inks: [Cyan, 专色]}}");
    lab_row(&lab, FACT_file, "{name: A.PDF, bytes: 2MB}");
    lab_row(&lab, FACT_job, "{spots: [PANTONE 185 C], scale: 0.5}");
    CHECK(&lab, {"stroke.width_min == 0.2mm", 1}, {"stroke.width_min == 0.205mm", 1},
          {"stroke.width_min >= 0.22mm", 0}, {"stroke.width_min < 0.205mm", 0},
          {"stroke.width_max > 1mm", U}, {"stroke.segments == 3", 1}, {"stroke.seq == 3", U},
          {"stroke.region == art", 1}, {"stroke.region != art", 0}, {"stroke.cap == butt", U},
          {"stroke.region in [art, slug]", 1}, {"stroke.region not in [art, slug]", 0},
          {"stroke.cap in [butt]", U}, {"stroke.segments in [1, 3]", 1},
          {"stroke.segments not in [1, 2]", 1}, {"stroke.seq in [1]", U},
          {"stroke.segments in []", 0}, {"stroke.style.layer.name == \"刀版\"", 1},
          {"stroke.style.font.name == \"x\"", U}, {"stroke.parent.visible", U},
          {"file.name == \"a.pdf\"", 0}, {"lower(file.name) == \"a.pdf\"", 1},
          {"file.extension == \"pdf\"", U}, {"file.name in [\"x\", \"A.PDF\"]", 1},
          {"file.extension in [\"pdf\"]", U}, {"\"专色\" in stroke.style.inks", 1},
          {"\"x\" in job.spots", 0}, {"\"x\" in job.inks", U}, {"stroke.box.w == 10mm", 1},
          {"stroke.clip.w == 10mm", U}, {"stroke.box == stroke.box", 1},
          {"stroke.box == stroke.clip", U}, {"stroke.style == stroke.style", 1},
          {"stroke.parent == stroke.parent", U}, {"file.bytes <= 2MB", 1},
          {"mark.region == art", 1}, {"true", 1}, {"paper.name == \"x\"", U});
    lab_close(&lab);
}

static void arithmetic_keeps_unknown_and_refuses_to_divide_by_zero(void **state) {
    (void)state;
    Lab lab = lab_open(FACT_stroke);
    lab_row(&lab, FACT_stroke, "{width_min: 2mm, segments: 7}");
    CHECK(&lab, {"stroke.width_min * 2 - 1mm == 3mm", 1}, {"stroke.width_min / 1mm == 200%", 1},
          {"stroke.width_min / 0 > 1mm", U}, {"stroke.width_max + 1mm > 0mm", U},
          {"mod(stroke.segments, 4) == 3", 1}, {"mod(stroke.segments, 0) == 0", U},
          {"min(stroke.width_min, stroke.width_max) < 1mm", U},
          {"max(stroke.width_min, 3mm) == 3mm", 1}, {"abs(-3) == 3", 1}, {"abs(stroke.seq) > 0", U},
          {"near(stroke.width_min, 2.4mm, 0.5mm)", 1}, {"near(stroke.width_min, 3mm, 0.5mm)", 0},
          {"near(stroke.width_min, stroke.width_max, 1mm)", U});
    lab_close(&lab);
}

static void texts_are_searched_and_may_be_unknown(void **state) {
    (void)state;
    Lab lab = lab_open(FACT_file);
    lab_row(&lab, FACT_file, "{name: 060502开盘报纸.PDF}");
    lab_row(&lab, FACT_job, "{spots: [A, B]}");
    CHECK(&lab, {"contains(file.name, \"开盘\")", 1}, {"contains(file.name, \"pdf\")", 0},
          {"contains(lower(file.name), \"pdf\")", 1}, {"contains(file.name, [\"x\", \"报纸\"])", 1},
          {"contains(file.name, [\"x\"])", 0}, {"contains(file.extension, \"x\")", U},
          {"contains(file.name, file.extension)", U}, {"contains(job.spots, \"A\")", 1},
          {"contains(job.spots, \"a\")", 0}, {"contains(job.inks, \"A\")", U},
          {"contains([\"A\"], file.name)", 0}, {"contains(file.name, \"\")", 1},
          {"matches(file.name, \"^[0-9]{6}\")", 1}, {"matches(file.name, \"\\.pdf$\")", 0},
          {"matches(lower(file.name), \"\\.pdf$\")", 1}, {"matches(file.extension, \"x\")", U},
          {"length(job.spots) == 2", 1}, {"length(job.inks) == 0", U});
    lab_close(&lab);
}

static void is_known_is_never_unknown(void **state) {
    (void)state;
    Lab lab = lab_open(FACT_stroke);
    lab_row(&lab, FACT_stroke, "{width_min: 2mm, style: {layer: {name: a}}}");
    CHECK(&lab, {"is_known(stroke.width_min)", 1}, {"is_known(stroke.width_max)", 0},
          {"is_known(stroke.style.layer)", 1}, {"is_known(stroke.parent)", 0},
          {"is_known(stroke.cap)", 0}, {"is_known(stroke.box)", 0}, {"is_known(stroke.visible)", 0},
          {"is_known(paper)", 0}, {"is_known(stroke.style.font.name)", 0},
          {"is_known(stroke.width_min / 0)", 0}, {"is_known(job.inks)", 0});
    lab_close(&lab);
}

static void aggregates_prove_what_the_known_rows_prove(void **state) {
    (void)state;
    Lab lab = lab_open(FACT_page);
    lab_row(&lab, FACT_page, "{number: 1}");
    CHECK(&lab, {"count(image) == 0", 1}, {"any(image where image.visible)", 0},
          {"all(image where image.visible)", 1}, {"min(image.width) > 1", U},
          {"sum(image.width) == 0", 1});
    lab_row(&lab, FACT_image, "{width: 100, visible: true, region: art}");
    lab_row(&lab, FACT_image, "{width: 300, visible: true, region: slug}");
    CHECK(&lab, {"count(image) == 2", 1}, {"count(image where image.width > 200) == 1", 1},
          {"min(image.width) == 100", 1}, {"max(image.width) == 300", 1},
          {"sum(image.width) == 400", 1}, {"any(image.visible where image.region == slug)", 1},
          {"all(image.visible)", 1}, {"all(image where image.region == art)", 0},
          {"min(image.width where image.width > 500) > 0", U}, {"count(mark) == 2", 1});
    lab_row(&lab, FACT_image, "{region: art}");
    CHECK(&lab, {"count(image where image.visible) == 1", 0},
          {"count(image where image.visible) == 2", U},
          {"count(image where image.visible) == 4", 0}, {"count(image where image.visible) > 1", 1},
          {"count(image where image.visible) > 2", U}, {"count(image where image.visible) <= 3", 1},
          {"any(image where image.visible)", 1}, {"all(image where image.visible)", U},
          {"all(image.visible where image.region == slug)", 1}, {"sum(image.width) > 0", U},
          {"max(image.width where image.region == slug) == 300", 1});
    lab.env.facts = NULL;
    CHECK(&lab, {"count(image) == 0", U}, {"any(image)", U}, {"all(image where image.visible)", U});
    lab_close(&lab);
}

static void an_aggregate_over_the_subjects_kind_still_sees_the_subject(void **state) {
    (void)state;
    Lab lab = lab_open(FACT_ink);
    lab_row(&lab, FACT_ink, "{name: Gold}");
    lab_row(&lab, FACT_ink, "{name: GOLD}");
    CHECK(&lab,
          {"any(ink where ink.name != subject.name and lower(ink.name) == lower(subject.name))", 1},
          {"count(ink where ink.name == subject.name) == 1", 1}, {"subject.name == \"GOLD\"", 1},
          {"any(ink where any(layer where layer.name == subject.name))", 0});
    lab_row(&lab, FACT_layer, "{name: GOLD}");
    CHECK(&lab, {"any(ink where any(layer where layer.name == subject.name))", 1});
    lab_close(&lab);
}

static void inside_walks_outwards_by_kind(void **state) {
    (void)state;
    Lab lab = lab_open(FACT_stroke);
    Form *form = lab_row(&lab, FACT_form, "{kind: form, name: Fm1, visible: true}");
    Group *group = lab_row(&lab, FACT_group, "{kind: group, visible: false}");
    Stroke *stroke = lab_row(&lab, FACT_stroke, "{kind: stroke}");
    CHECK(&lab, {"inside(stroke, form)", 0});
    group->parent = (const Mark *)form;
    stroke->parent = (const Mark *)group;
    CHECK(&lab, {"inside(stroke, form)", 1}, {"inside(stroke, group where group.visible)", 0},
          {"inside(stroke, form where form.name == \"Fm1\")", 1}, {"inside(stroke, pattern)", 0},
          {"inside(stroke, mark where mark.visible)", 1}, {"inside(mark, group)", 1},
          {"inside(stroke.parent, group)", 0}, {"inside(stroke, group where group.isolated)", U});
    stroke->parent = NULL;
    lab.env.row[FACT_stroke] = NULL;
    CHECK(&lab, {"inside(stroke, form)", U});
    lab_close(&lab);
}

static const char *unknown_in(Lab *lab, const char *text, Lang lang) {
    const Node *n = find_unknown(lab_compile(lab, text), &lab->env);
    return n ? text_in(n->path, lang) : "";
}

static void the_first_unknown_is_named(void **state) {
    (void)state;
    Lab lab = lab_open(FACT_stroke);
    lab_row(&lab, FACT_stroke, "{visible: true, width_min: 1mm, style: {space: cmyk}}");
    lab_row(&lab, FACT_page, "{number: 1}");
    static const char *const rows[][2] = {
        {"stroke.visible and stroke.width_min > page.trim_w", "page.trim_w"},
        {"stroke.style.layer.name == \"a\"", "stroke.style.layer"},
        {"stroke.style.tint > 5%", "stroke.style.tint"},
        {"stroke.width_min / 0 > 1mm", "stroke.width_min / 0"},
        {"any(stroke where stroke.dashed)", "stroke.dashed"},
        {"min(image.width) > 3", "min(image.width)"},
        {"paper.name == \"x\"", "paper.name"},
        {"stroke.visible", ""},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        assert_string_equal(unknown_in(&lab, rows[i][0], LANG_EN), rows[i][1]);
    assert_string_equal(unknown_in(&lab, "page.trim_w > 1mm", LANG_ZH), "页面的成品宽");
    lab_close(&lab);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(and_or_and_not_follow_kleene),
        cmocka_unit_test(values_of_every_type_compare_and_may_be_unknown),
        cmocka_unit_test(arithmetic_keeps_unknown_and_refuses_to_divide_by_zero),
        cmocka_unit_test(texts_are_searched_and_may_be_unknown),
        cmocka_unit_test(is_known_is_never_unknown),
        cmocka_unit_test(aggregates_prove_what_the_known_rows_prove),
        cmocka_unit_test(an_aggregate_over_the_subjects_kind_still_sees_the_subject),
        cmocka_unit_test(inside_walks_outwards_by_kind),
        cmocka_unit_test(the_first_unknown_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
