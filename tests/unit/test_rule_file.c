#include "expressions.h"

#include "base/sink.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* A rule that is right; tests spoil one line of it. */
static const char *const lines[] = {
    "id: line-weight-min",
    "item: 7",
    "each: stroke",
    "title: {zh: 线条, en: lines}",
    "when: job.process != large_format",
    "where: stroke.visible and stroke.region == art",
    "require: stroke.width_min >= limit.line_min",
    "worst: min",
    "severity: error",
    "who: designer",
    "message: {zh: \"线条 {measured} 细于 {required}\", en: \"{measured} < {required}\"}",
    "fix: {zh: 加粗, en: make it thicker}",
    "why: {zh: 会断, en: it breaks}",
    "source: 规范",
    "tests:",
    "  - {given: {job: {process: offset}, limit: {line_min: 0.2mm}, stroke: {visible: true, "
    "region: art, width_min: 0.3mm}}, expect: pass}",
    "  - {given: {job: {process: offset}, limit: {line_min: 0.2mm}, stroke: {visible: true, "
    "region: art, width_min: 0.1mm}}, expect: fail}",
};
enum { LINES = sizeof lines / sizeof *lines };

typedef struct Shop {
    Arena *arena;
    Errors errors;
    RuleSet set;
} Shop;

static Shop shop_open(void) {
    Shop s = {.arena = arena_new()};
    s.errors.arena = s.arena;
    return s;
}

static void shop_close(Shop *s) {
    rules_free(&s->set);
    arena_free(s->arena);
}

/* The rule with the line that begins with `key` replaced ("" drops it), and `more` at the end. */
static bool load_with(Shop *s, const char *key, const char *line, const char *more) {
    Sink out = sink_memory(s->arena);
    for (size_t i = 0; i < LINES; i++) {
        bool hit = key && strncmp(lines[i], key, strlen(key)) == 0;
        const char *text = hit ? line : lines[i];
        if (*text)
            sink_format(&out, "%s\n", text);
    }
    sink_str(&out, more);
    YamlText text = {.file = "rules/line/line-weight-min.yaml", .text = sink_text(&out)};
    return rules_load_one(&s->set, s->arena, &text, &s->errors);
}

static void refused(const char *key, const char *line, const char *more, const char *part) {
    Shop s = shop_open();
    assert_false(load_with(&s, key, line, more));
    const char *told = errors_render(s.arena, &s.errors, LANG_EN);
    if (!strstr(told, part))
        fail_msg("%s: wanted \"%s\", told: %s", line, part, told);
    shop_close(&s);
}

static void a_whole_rule_is_read(void **state) {
    (void)state;
    Shop s = shop_open();
    assert_true(load_with(&s, NULL, "", "reads: live\n"));
    const Rule *r = &s.set.items[0];
    assert_string_equal(r->id, "line-weight-min");
    assert_string_equal(r->group, "line");
    assert_int_equal(r->items[0].number, 7);
    assert_int_equal(r->each, FACT_stroke);
    assert_int_equal(r->worst, WORST_MIN);
    assert_int_equal(r->reads, READS_LIVE);
    assert_int_equal(r->step, STEP_PAGE);
    assert_int_equal(r->cost, COST_CONTENT);
    assert_true(r->streams);
    assert_string_equal(rule_limit_field(r, OUTCOME_FAIL)->name, "line_min");
    assert_string_equal(rules_nearest(&s.set, "line-weigth-min"), "line-weight-min");
    shop_close(&s);
}

static void what_is_missing_or_unknown_refuses_the_rule(void **state) {
    (void)state;
    static const char *const musts[] = {"id",  "item",    "each", "title", "require", "severity",
                                        "who", "message", "fix",  "why",   "source"};
    for (size_t i = 0; i < sizeof musts / sizeof *musts; i++) {
        char part[64];
        snprintf(part, sizeof part, "the key %s is missing", musts[i]);
        char key[64];
        snprintf(key, sizeof key, "%s:", musts[i]);
        refused(key, "", "", part);
    }
    refused(NULL, "", "severty: error\n", "did you mean severity?");
    refused("item:", "item: 15", "", "a row of the checklist, 0 to 14");
    refused("item:", "item: 1.5", "", "a row of the checklist, 0 to 14");
    refused("each:", "each: storke", "", "there is no entity \"storke\"; did you mean stroke?");
    refused("who:", "who: desinger", "", "did you mean designer?");
    refused("severity:", "severity: fatal", "", "it takes error, warning, info");
    refused("id:", "id: other", "", "the id is the file name");
    refused("why:", "why: {zh: 会断}", "", "both languages");
    refused("fix:", "fix: {zh: 加粗, en: thicker, de: dicker}", "", "both languages");
}

static void a_rule_must_have_been_seen_to_pass_and_to_fail(void **state) {
    (void)state;
    const char *part = "at least one row that passes and one that fails";
    refused("tests:", "tests: []\nx:", "", part);
    refused("  - {given: {job: {process: offset}, limit: {line_min: 0.2mm}, stroke: {visible: "
            "true, region: art, width_min: 0.1mm",
            "", "", part);
    refused("  - ", "  - {given: {}, expect: passed}", "", "expect has no \"passed\"");
    refused("  - ", "  - {gven: {}, expect: pass}", "", "each test is");
}

static void expressions_keep_to_what_is_known_in_time(void **state) {
    (void)state;
    refused("when:", "when: stroke.visible", "", "`when` cannot read stroke");
    refused("when:", "when: document.trim_sizes == 1", "", "known later");
    refused("when:", "when: any(page where page.rotate == 0)", "", "cannot go through rows");
    refused("where:", "where: stroke.style.font.used", "", "known only after the last page");
    refused("require:", "require: stroke.width_min", "", "something true or false is wanted here");
    refused("require:", "require: stroke.width_min >= 0.2", "", "write 0.2mm");
}

static void what_is_shown_is_named_when_require_is_not_one_comparison(void **state) {
    (void)state;
    const char *part = "write measure and limit too, or none";
    refused("require:", "require: stroke.dashed", "", part);
    refused("require:", "require: stroke.dashed\nmeasure: none", "", part);
    refused("require:", "require: stroke.dashed\nmeasure: none\nlimit: none", "",
            "prints nothing: measure or limit is none");
    refused("require:", "require: stroke.dashed\nmeasure: none\nlimit: none", "",
            "worst needs a measured number");
}

static void every_mistake_of_a_file_is_told_at_once(void **state) {
    (void)state;
    Shop s = shop_open();
    assert_false(load_with(&s, "where:", "where: >-\n  stroke.visble\n  and stroke.regon == art",
                           "extra: 1\n"));
    assert_int_equal(s.errors.count, 3);
    assert_int_equal(s.errors.items[1].at.line, 7);
    assert_int_equal(s.errors.items[1].at.column, 10);
    assert_int_equal(s.errors.items[2].at.line, 8);
    assert_int_equal(s.errors.items[2].at.column, 14);
    shop_close(&s);
}

static void the_first_true_variant_gives_the_message(void **state) {
    (void)state;
    Shop s = shop_open();
    assert_true(load_with(
        &s, NULL, "",
        "variants:\n"
        "  - {if: stroke.dashed, message: {zh: 虚线, en: dashed}}\n"
        "  - {if: stroke.zero_width, message: {zh: 零宽, en: zero}, fix: {zh: 改, en: mend}}\n"));
    Facts *facts = facts_new();
    Stroke *stroke = facts_add(facts, FACT_stroke);
    RuleEnv env = {.facts = facts};
    env.row[FACT_stroke] = stroke;
    const Rule *r = &s.set.items[0];
    stroke->width_min = (float)MM(0.1);
    assert_string_equal(rule_message(s.arena, r, &env, OUTCOME_FAIL).zh, "线条 0.1mm 细于 未知");
    stroke->zero_width = 1;
    assert_string_equal(rule_message(s.arena, r, &env, OUTCOME_FAIL).en, "zero");
    assert_string_equal(rule_fix(s.arena, r, &env, OUTCOME_FAIL).en, "mend");
    stroke->dashed = 1;
    assert_string_equal(rule_message(s.arena, r, &env, OUTCOME_FAIL).zh, "虚线");
    assert_string_equal(rule_fix(s.arena, r, &env, OUTCOME_FAIL).zh, "加粗");
    facts_free(facts);
    shop_close(&s);
}

static void a_warning_shows_the_stricter_limit(void **state) {
    (void)state;
    Shop s = shop_open();
    assert_true(load_with(&s, NULL, "", "warn: stroke.width_min >= limit.line_tint\n"));
    const Rule *r = &s.set.items[0];
    Facts *facts = facts_new();
    Stroke *stroke = facts_add(facts, FACT_stroke);
    Limit *limit = facts_add(facts, FACT_limit);
    RuleEnv env = {.facts = facts};
    env.row[FACT_stroke] = stroke;
    env.row[FACT_limit] = limit;
    Job *job = facts_add(facts, FACT_job);
    job->process = PROCESS_OFFSET;
    env.row[FACT_job] = job;
    stroke->visible = 1;
    stroke->region = REGION_ART;
    stroke->width_min = (float)MM(0.25);
    limit->line_min = MM(0.2);
    assert_int_equal(rule_run(r, &env), OUTCOME_UNCHECKED);
    assert_string_equal(rule_unknown_path(r, &env).en, "limit.line_tint");
    limit->line_tint = MM(0.3);
    assert_int_equal(rule_run(r, &env), OUTCOME_WARN);
    assert_string_equal(rule_message(s.arena, r, &env, OUTCOME_WARN).zh, "线条 0.25mm 细于 0.3mm");
    assert_string_equal(rule_limit_field(r, OUTCOME_WARN)->name, "line_tint");
    stroke->width_min = (float)MM(0.1);
    assert_int_equal(rule_run(r, &env), OUTCOME_FAIL);
    stroke->width_min = (float)MM(0.4);
    assert_int_equal(rule_run(r, &env), OUTCOME_PASS);
    facts_free(facts);
    shop_close(&s);
}

static void a_row_that_may_be_selected_is_unchecked_unless_it_keeps_the_rule(void **state) {
    (void)state;
    Shop s = shop_open();
    assert_true(load_with(&s, NULL, "", ""));
    const Rule *r = &s.set.items[0];
    Facts *facts = facts_new();
    Stroke *stroke = facts_add(facts, FACT_stroke);
    Limit *limit = facts_add(facts, FACT_limit);
    RuleEnv env = {.facts = facts};
    env.row[FACT_stroke] = stroke;
    env.row[FACT_limit] = limit;
    limit->line_min = MM(0.2);
    stroke->width_min = (float)MM(0.1);
    assert_int_equal(rule_applies(r, NULL, &env), OUTCOME_UNCHECKED);
    assert_int_equal(rule_run(r, &env), OUTCOME_UNCHECKED);
    stroke->width_min = (float)MM(0.3);
    assert_int_equal(rule_run(r, &env), OUTCOME_PASS);
    stroke->visible = 0;
    assert_int_equal(rule_run(r, &env), OUTCOME_NOT_SELECTED);
    facts_free(facts);
    shop_close(&s);
}

static void rule_tests_build_enclosing_marks_and_tables(void **state) {
    (void)state;
    Shop s = shop_open();
    assert_true(
        load_with(&s, "where:", "where: not inside(stroke, form where form.name == \"Fm1\")",
                  "  - {given: {job: {process: offset}, stroke: {parent: {kind: form, name: Fm1}}},"
                  " expect: not_selected}\n"
                  "  - {given: {job: {process: large_format}}, expect: not_applicable}\n"
                  "  - {given: {job: {}, stroke: {}}, expect: unchecked}\n"));
    int failed = 0;
    Sink out = sink_memory(s.arena);
    assert_int_equal(rules_test(&s.set, s.arena, &out, LANG_EN, &failed).kind, ERR_NONE);
    if (failed)
        fail_msg("%.*s", (int)sink_text(&out).n, sink_text(&out).p);
    shop_close(&s);
}

static void a_rule_test_that_does_not_come_out_is_told(void **state) {
    (void)state;
    Shop s = shop_open();
    assert_true(load_with(&s, NULL, "",
                          "  - {given: {job: {process: offset}, stroke: {visible: true, region: "
                          "art}}, expect: pass}\n"
                          "  - {given: {job: {process: offset}}, expect: pass}\n"
                          "  - {given: {stroke: {widht: 1mm}}, expect: pass}\n"));
    int failed = 0;
    Sink out = sink_memory(s.arena);
    assert_int_equal(rules_test(&s.set, s.arena, &out, LANG_EN, &failed).kind, ERR_NONE);
    assert_int_equal(failed, 3);
    const char *told = arena_copy(s.arena, out.bytes, out.count);
    assert_non_null(strstr(told, "line-weight-min.yaml:18:5: line-weight-min: expected pass, got "
                                 "unchecked (stroke.width_min is not known)"));
    assert_non_null(strstr(told, "the row that the rule is over is not given"));
    assert_non_null(strstr(told, "widht"));
    shop_close(&s);
}

static void write_file(const char *path, const char *text) {
    FILE *f = fopen(path, "w");
    assert_non_null(f);
    fputs(text, f);
    fclose(f);
}

static void mistakes_of_all_files_come_in_one_run(void **state) {
    (void)state;
    char dir[] = "/tmp/chupin-rules-XXXXXX";
    assert_non_null(mkdtemp(dir));
    Shop s = shop_open();
    const char *const folders[] = {"line", "ink", "profiles"};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(mkdir(arena_printf(s.arena, "%s/%s", dir, folders[i]), 0700), 0);
        write_file(arena_printf(s.arena, "%s/%s/bad-%zu.yaml", dir, folders[i], i), "id: [\n");
    }
    write_file(arena_printf(s.arena, "%s/papers.yaml", dir), "not: [a rule\n");
    Result r = rules_load(&s.set, s.arena, dir, &s.errors);
    assert_int_equal(r.kind, ERR_USAGE);
    assert_non_null(strstr(r.text.en, "line/bad-0.yaml"));
    assert_non_null(strstr(r.text.en, "ink/bad-1.yaml"));
    assert_null(strstr(r.text.en, "bad-2.yaml"));
    assert_null(strstr(r.text.en, "papers.yaml"));
    for (size_t i = 0; i < 3; i++) {
        unlink(arena_printf(s.arena, "%s/%s/bad-%zu.yaml", dir, folders[i], i));
        rmdir(arena_printf(s.arena, "%s/%s", dir, folders[i]));
    }
    unlink(arena_printf(s.arena, "%s/papers.yaml", dir));
    rmdir(dir);
    shop_close(&s);
}

static void the_shipped_rules_load_and_their_tests_come_out(void **state) {
    (void)state;
    Shop s = shop_open();
    Result r = rules_load(&s.set, s.arena, CHUPIN_RULES, &s.errors);
    if (r.kind)
        fail_msg("%s", r.text.en);
    assert_true(s.set.count > 0);
    assert_int_equal(strlen(s.set.sha256), SHA256_HEX - 1);
    int failed = 0;
    Sink out = sink_memory(s.arena);
    assert_int_equal(rules_test(&s.set, s.arena, &out, LANG_EN, &failed).kind, ERR_NONE);
    if (failed)
        fail_msg("%.*s", (int)sink_text(&out).n, sink_text(&out).p);
    shop_close(&s);
}

static void a_run_that_judges_loads_the_same_rules_without_their_tests(void **state) {
    (void)state;
    Shop s = shop_open(), quick = shop_open();
    assert_int_equal(rules_load(&s.set, s.arena, CHUPIN_RULES, &s.errors).kind, ERR_NONE);
    assert_int_equal(rules_load_to_run(&quick.set, quick.arena, CHUPIN_RULES, &quick.errors).kind,
                     ERR_NONE);
    assert_int_equal(s.set.count, quick.set.count);
    assert_string_equal(s.set.sha256, quick.set.sha256);
    for (size_t i = 0; i < s.set.count; i++) {
        const Rule *a = &s.set.items[i], *b = &quick.set.items[i];
        assert_string_equal(a->id, b->id);
        assert_true(a->step == b->step && a->tables == b->tables && a->cost == b->cost);
        assert_true(a->test_count >= 2);
    }
    shop_close(&s);
    shop_close(&quick);
}

static void a_file_without_complete_tests_is_refused_by_a_run_that_judges(void **state) {
    (void)state;
    char dir[] = "/tmp/chupin-rules-XXXXXX";
    assert_non_null(mkdtemp(dir));
    Shop s = shop_open();
    const char *group = arena_printf(s.arena, "%s/line", dir);
    const char *file = arena_printf(s.arena, "%s/line-weight-min.yaml", group);
    assert_int_equal(mkdir(group, 0700), 0);
    Sink out = sink_memory(s.arena);
    for (size_t i = 0; i + 1 < LINES; i++)
        sink_format(&out, "%s\n", lines[i]);
    write_file(file, arena_copy(s.arena, out.bytes, out.count));
    Result r = rules_load_to_run(&s.set, s.arena, dir, &s.errors);
    assert_int_equal(r.kind, ERR_USAGE);
    assert_non_null(strstr(r.text.en, "at least one row that passes and one that fails"));
    unlink(file);
    rmdir(group);
    rmdir(dir);
    shop_close(&s);
}

/* A rule under several rows, or under the row that the job decides. */
static void a_rule_stands_under_the_items_it_names(void **state) {
    (void)state;
    Shop s = shop_open();
    assert_true(load_with(&s, "item", "item: [2, 9, 12]", ""));
    const Rule *r = &s.set.items[0];
    assert_int_equal(r->item_count, 3);
    assert_int_equal(r->items[2].number, 12);
    assert_null(r->items[0].when);
    shop_close(&s);
    s = shop_open();
    assert_true(load_with(&s, "item", "item: {14: job.finishes > 0, 4: job.finishes == 0}", ""));
    r = &s.set.items[0];
    Facts *facts = facts_new();
    Job *job = facts_add(facts, FACT_job);
    RuleEnv env = {.facts = facts};
    env.row[FACT_job] = job;
    assert_int_equal(rule_applies(r, &r->items[0], &env), OUTCOME_UNCHECKED);
    job->process = PROCESS_OFFSET;
    job->finishes = 0;
    assert_int_equal(rule_applies(r, &r->items[0], &env), OUTCOME_NOT_APPLICABLE);
    assert_true(rule_ruled_out(r, &r->items[0], &env));
    assert_int_equal(rule_applies(r, &r->items[1], &env), OUTCOME_PASS);
    facts_free(facts);
    shop_close(&s);
    refused("item", "item: []", "", "names one row at least");
    refused("item", "item: 15", "", "0 to 14");
    refused("item", "item: [3, x]", "", "0 to 14");
    refused("item", "item: [3, 3]", "", "twice");
    refused("item", "item: {7: stroke.visible}", "", "`when` cannot read stroke");
}

static Worst worse_with(const char *require, bool worst) {
    Shop s = shop_open();
    Sink out = sink_memory(s.arena);
    for (size_t i = 0; i < LINES; i++)
        if (strncmp(lines[i], "require:", 8) == 0)
            sink_format(&out, "require: %s\n", require);
        else if (worst || strncmp(lines[i], "worst:", 6) != 0)
            sink_format(&out, "%s\n", lines[i]);
    YamlText text = {.file = "rules/line/line-weight-min.yaml", .text = sink_text(&out)};
    assert_true(rules_load_one(&s.set, s.arena, &text, &s.errors));
    Worst w = rule_worse(&s.set.items[0], OUTCOME_FAIL);
    shop_close(&s);
    return w;
}

/* A waiver never covers what got worse, so it has to be known which way that is. */
static void which_way_is_worse_follows_from_the_comparison(void **state) {
    (void)state;
    assert_int_equal(worse_with("stroke.width_min >= limit.line_min", false), WORST_MIN);
    assert_int_equal(worse_with("stroke.width_min > limit.line_min", false), WORST_MIN);
    assert_int_equal(worse_with("stroke.width_min <= limit.line_min", false), WORST_MAX);
    assert_int_equal(worse_with("stroke.width_min < limit.line_min", false), WORST_MAX);
    assert_int_equal(worse_with("stroke.width_min == limit.line_min", false), WORST_NONE);
    assert_int_equal(worse_with("stroke.visible == true", false), WORST_NONE);
    assert_int_equal(worse_with("stroke.width_min <= limit.line_min", true), WORST_MIN);
}

static void a_rule_may_want_two_people_to_waive_it(void **state) {
    (void)state;
    Shop s = shop_open();
    assert_true(load_with(&s, NULL, "", "nowaive: true\n"));
    assert_true(s.set.items[0].nowaive);
    shop_close(&s);
    refused(NULL, "", "nowaive: yes\n", "nowaive takes true or false");
}

static void what_the_record_knows_is_judged_only_by_rules_over_it(void **state) {
    (void)state;
    refused("require:",
            "require: not any(waiver where waiver.state == expired)\nmeasure: none\nlimit: none",
            "", "known only after the check");
    refused("require:", "require: waiver.state == holds", "", "waiver");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_whole_rule_is_read),
        cmocka_unit_test(what_is_missing_or_unknown_refuses_the_rule),
        cmocka_unit_test(a_rule_must_have_been_seen_to_pass_and_to_fail),
        cmocka_unit_test(expressions_keep_to_what_is_known_in_time),
        cmocka_unit_test(what_is_shown_is_named_when_require_is_not_one_comparison),
        cmocka_unit_test(every_mistake_of_a_file_is_told_at_once),
        cmocka_unit_test(the_first_true_variant_gives_the_message),
        cmocka_unit_test(a_warning_shows_the_stricter_limit),
        cmocka_unit_test(a_row_that_may_be_selected_is_unchecked_unless_it_keeps_the_rule),
        cmocka_unit_test(rule_tests_build_enclosing_marks_and_tables),
        cmocka_unit_test(a_rule_test_that_does_not_come_out_is_told),
        cmocka_unit_test(mistakes_of_all_files_come_in_one_run),
        cmocka_unit_test(the_shipped_rules_load_and_their_tests_come_out),
        cmocka_unit_test(a_run_that_judges_loads_the_same_rules_without_their_tests),
        cmocka_unit_test(a_file_without_complete_tests_is_refused_by_a_run_that_judges),
        cmocka_unit_test(a_rule_stands_under_the_items_it_names),
        cmocka_unit_test(which_way_is_worse_follows_from_the_comparison),
        cmocka_unit_test(a_rule_may_want_two_people_to_waive_it),
        cmocka_unit_test(what_the_record_knows_is_judged_only_by_rules_over_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
