/* What a check asks to be read follows from what its rules read and from what the job rules out. */
#include "sheets.h"

#include "check/check.h"

/* A rule over text; `when`, `where` and `message` are what differs. */
static const char text_rule[] =
    "id: letters\nitem: 3\ntitle: {zh: 字都在, en: letters are there}\neach: glyph_run\n"
    "when: %s\nwhere: %s\nrequire: glyph_run.visible\nmeasure: none\nlimit: none\n"
    "severity: error\nwho: designer\nmessage: {zh: \"%s\", en: \"%s\"}\nfix: {zh: 改, en: change}\n"
    "why: {zh: 因为, en: because}\nsource: 测试\n"
    "tests:\n"
    "  - {given: {glyph_run: {visible: true}}, expect: pass}\n"
    "  - {given: {glyph_run: {visible: false}}, expect: fail}\n";

static ReadPlan plan_of(Bench *b, const char *sheet, const char *when, const char *where,
                        const char *message) {
    RuleSet rules = {0};
    YamlText text = {.file = "test/letters.yaml"};
    text.text = str_of(arena_printf(b->arena, text_rule, when, where, message, message));
    if (!rules_load_one(&rules, b->arena, &text, &b->errors))
        fail_msg("%s", errors_render(b->arena, &b->errors, LANG_EN));
    Report report = {.arena = b->arena};
    CheckTeller to = report_teller(&report);
    CheckInput *input = ARENA_NEW(b->arena, CheckInput);
    *input = (CheckInput){.rules = &rules, .data = b->data, .jobs = jobs_of(b, sheet)};
    ReadPlan plan;
    check_listener(b->arena, input, &to, &plan);
    rules_free(&rules);
    return plan;
}

static void a_fact_that_costs_is_wanted_by_rules_that_read_it(void **state) {
    Bench *b = *state;
    const char *sheet = "size: A4\n";
    assert_false(plan_of(b, sheet, "true", "glyph_run.size > 0mm", "x").want_missing_glyphs);
    assert_true(plan_of(b, sheet, "true", "glyph_run.missing == 0", "x").want_missing_glyphs);
    assert_true(plan_of(b, sheet, "true", "true", "{glyph_run.missing}").want_missing_glyphs);
    /* Its name alone, in a text, is not a use of it. */
    assert_false(plan_of(b, sheet, "true", "true", "glyph_run.missing").want_missing_glyphs);
}

static void a_rule_that_the_job_rules_out_on_every_page_wants_nothing(void **state) {
    Bench *b = *state;
    static const char missing[] = "glyph_run.missing == 0";
    ReadPlan plan = plan_of(b, "size: A4\ntext: live\n", "job.text == outlined", missing, "x");
    assert_false(plan.want_missing_glyphs);
    assert_false(plan.tell[FACT_glyph_run]);
    assert_int_equal(plan.cost, COST_HEADER);
    plan = plan_of(b, "size: A4\ntext: outlined\n", "job.text == outlined", missing, "x");
    assert_true(plan.want_missing_glyphs);
    assert_true(plan.tell[FACT_glyph_run]);
    assert_int_equal(plan.cost, COST_CONTENT);
}

static void a_part_or_the_file_may_let_it_run_after_all(void **state) {
    Bench *b = *state;
    static const char parts[] =
        "size: A4\npages: 2\nparts:\n  - {name: 封面, pages: 2, limits: {line_min: 0.05mm}}\n";
    assert_true(plan_of(b, parts, "limit.line_min < 0.1mm", "true", "x").tell[FACT_glyph_run]);
    assert_true(plan_of(b, parts, "limit.line_min > 0.1mm", "true", "x").tell[FACT_glyph_run]);
    assert_false(plan_of(b, parts, "limit.line_min > 1mm", "true", "x").tell[FACT_glyph_run]);
    /* The file is not open yet. */
    assert_true(plan_of(b, parts, "document.page_count > 1", "true", "x").tell[FACT_glyph_run]);
    assert_true(plan_of(b, parts, "is_known(document.title)", "true", "x").tell[FACT_glyph_run]);
    assert_true(plan_of(b, parts, "not limit.rgb_images or is_known(file.name)", "true", "x")
                    .tell[FACT_glyph_run]);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, bench_up, bench_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_fact_that_costs_is_wanted_by_rules_that_read_it),
        TEST(a_rule_that_the_job_rules_out_on_every_page_wants_nothing),
        TEST(a_part_or_the_file_may_let_it_run_after_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
