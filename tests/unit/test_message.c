#include "expressions.h"

#include "rules/message.h"

static bool compile_text(Lab *lab, Template *t, const char *text) {
    Source source = lab_source(lab, text);
    Scope scope = {
        .arena = lab->arena, .each = lab->each, .use = &lab->use, .regexes = &lab->regexes};
    return template_compile(t, &scope, source.file, source.node, source.node, source.errors);
}

static Text filled(Lab *lab, const char *text, Value measured, Value required) {
    Template t = {0};
    if (!compile_text(lab, &t, text))
        fail_msg("%s\n%s", text, errors_render(lab->arena, &lab->errors, LANG_EN));
    return template_text(lab->arena, &t, &lab->env, measured, required);
}

static void values_print_as_people_read_them(void **state) {
    (void)state;
    static const char *const rows[][3] = {
        {"{stroke.width_min}", "0.15mm", "0.15 mm"},
        {"{stroke.width_min:pt}", "0.43pt", "0.43 pt"},
        {"{stroke.width_min:1}", "0.2", "0.2"},
        {"{stroke.width_max}", "未知", "unknown"},
        {"{stroke.region}", "画面", "art"},
        {"{stroke.visible}", "是", "yes"},
        {"{stroke.segments} 段", "3 段", "3 段"},
        {"{stroke.style.tint}", "12.6%", "12.6%"},
        {"{stroke.style.tint:0}", "13", "13"},
        {"{stroke.style.inks}", "Cyan、专色", "Cyan, 专色"},
        {"{job.spots}", "无", "none"},
        {"{stroke.box}", "10×5mm", "10×5 mm"},
        {"{file.name}", "a\\x1Bb", "a\\x1Bb"},
        {"{{x}} {stroke.segments}", "{x} 3", "{x} 3"},
        {"{stroke.segments * 2 + 1}", "7", "7"},
        {"{limit.skew_max}", "5°", "5°"},
    };
    Lab lab = lab_open(FACT_stroke);
    lab_row(&lab, FACT_stroke,
            "{width_min: 0.15mm, region: art, visible: true, segments: 3,"
            " box: [0mm, 0mm, 10mm, 5mm], style: {tint: 12.6%, inks: [Cyan, 专色]}}");
    lab_row(&lab, FACT_job, "{spots: []}");
    lab_row(&lab, FACT_file, "{name: \"a\\x1Bb\"}");
    lab_row(&lab, FACT_limit, "{skew_max: 5deg}");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Text text = filled(&lab, rows[i][0], (Value){0}, (Value){0});
        assert_string_equal(text.zh, rows[i][1]);
        assert_string_equal(text.en, rows[i][2]);
    }
    lab_close(&lab);
}

static Value resolution(double ppi) {
    return (Value){.kind = VALUE_NUMBER, .dimension = DIM_RESOLUTION, .known = true, .number = ppi};
}

static void measured_never_prints_like_the_limit_it_breaks(void **state) {
    (void)state;
    Lab lab = lab_open(FACT_image);
    const char *text = "{measured} < {required}";
    assert_string_equal(filled(&lab, text, resolution(212.4), resolution(300)).zh,
                        "212ppi < 300ppi");
    assert_string_equal(filled(&lab, text, resolution(299.8), resolution(300)).zh,
                        "299.8ppi < 300ppi");
    assert_string_equal(filled(&lab, text, resolution(299.96), resolution(300)).en,
                        "299.96 ppi < 300 ppi");
    lab_close(&lab);
}

static void mistakes_in_holes_are_told_at_their_place(void **state) {
    (void)state;
    static const char *const rows[][2] = {
        {"宽 {stroke.widht}", "rule:1:13: stroke has no \"widht\""},
        {"{stroke.width_min:mn}", "after the colon stands a unit"},
        {"{stroke.width_min:ppi}", "does not fit the value"},
        {"{stroke.region:mm}", "does not fit the value"},
        {"{stroke.style}", "say which of its fields"},
        {"{stroke.width_min", "this brace has no partner"},
        {"a } b", "this brace has no partner"},
        {"{}", "a value is missing"},
    };
    Lab lab = lab_open(FACT_stroke);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Template t = {0};
        lab.errors.count = 0;
        assert_false(compile_text(&lab, &t, rows[i][0]));
        const char *told = errors_render(lab.arena, &lab.errors, LANG_EN);
        if (!strstr(told, rows[i][1]))
            fail_msg("%s: %s", rows[i][0], told);
    }
    lab_close(&lab);
}

static void a_hole_may_hold_quotes_with_braces(void **state) {
    (void)state;
    Lab lab = lab_open(FACT_file);
    lab_row(&lab, FACT_file, "{name: \"a}:b\"}");
    assert_string_equal(filled(&lab, "{file.name == \"a}:b\"}!", (Value){0}, (Value){0}).en,
                        "yes!");
    lab_close(&lab);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_print_as_people_read_them),
        cmocka_unit_test(measured_never_prints_like_the_limit_it_breaks),
        cmocka_unit_test(mistakes_in_holes_are_told_at_their_place),
        cmocka_unit_test(a_hole_may_hold_quotes_with_braces),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
