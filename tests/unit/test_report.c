#include "check/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <string.h>

#include <cmocka.h>

static const Text line = {"没有量", "not measured"};

/* Row 3 is proven by rules alone, row 4 has something unmeasured and a person, row 5 a person only.
 */
static void checklist_of(ChecklistItem *rows) {
    for (int i = 0; i < CHECKLIST_ITEMS; i++)
        rows[i] = (ChecklistItem){.number = i, .title = {"项", "row"}};
    rows[4].human = rows[5].human = true;
    rows[4].unproven = &line;
    rows[4].unproven_count = 1;
}

static void add_tally(Report *r, RuleTally t) {
    t.title = (Text){"规则", "rule"};
    *ARENA_PUSH(r->arena, r->rules, r->rule_count, r->rule_capacity) = t;
}

static void add_finding(Report *r, Finding f) {
    f.message = (Text){"话", "words"};
    if (!f.fingerprint)
        f.fingerprint = "0";
    *ARENA_PUSH(r->arena, r->findings, r->finding_count, r->finding_capacity) = f;
}

static Report finished(Arena *a, Report r) {
    ChecklistItem *rows = ARENA_ARRAY(a, ChecklistItem, CHECKLIST_ITEMS);
    checklist_of(rows);
    report_finish(&r, rows);
    return r;
}

static int arena_up(void **state) {
    *state = arena_new();
    return 0;
}

static int arena_down(void **state) {
    arena_free(*state);
    return 0;
}

static void a_row_passes_only_when_a_rule_proved_it(void **state) {
    Report r = {.arena = *state};
    add_tally(&r, (RuleTally){.id = "a", .item = 3, .applicable = true, .pass = 2});
    r = finished(*state, r);
    assert_int_equal(r.items[3].state, ITEM_PASS);
    assert_int_equal(r.items[3].proven, 1);
    assert_int_equal(r.items[6].machine, MACHINE_NONE);
    assert_int_equal(r.items[6].state, ITEM_UNCHECKED);
    assert_int_equal(r.items[6].reason_count, 1);
}

static void what_nothing_measures_keeps_a_row_from_passing(void **state) {
    Report r = {.arena = *state};
    add_tally(&r, (RuleTally){.id = "a", .item = 4, .applicable = true, .pass = 1});
    r = finished(*state, r);
    assert_int_equal(r.items[4].machine, MACHINE_UNCHECKED);
    assert_string_equal(r.items[4].reasons[0].en, line.en);
}

static void a_row_of_which_no_rule_is_concerned_is_not_applicable(void **state) {
    Report r = {.arena = *state};
    add_tally(&r, (RuleTally){.id = "a", .item = 3});
    r = finished(*state, r);
    assert_int_equal(r.items[3].state, ITEM_NOT_APPLICABLE);
}

static void a_person_s_tick_is_awaited_after_the_machine_passed(void **state) {
    Report r = {.arena = *state};
    add_tally(&r, (RuleTally){.id = "a", .item = 5, .applicable = true, .pass = 1});
    r = finished(*state, r);
    assert_int_equal(r.items[5].machine, MACHINE_PASS);
    assert_int_equal(r.items[5].state, ITEM_HUMAN);
    assert_int_equal(r.verdict.human, 2);
}

static void a_warning_changes_no_state(void **state) {
    Report r = {.arena = *state};
    add_tally(&r, (RuleTally){.id = "a", .item = 3, .applicable = true, .pass = 1});
    add_tally(
        &r, (RuleTally){
                .id = "b", .item = 3, .applicable = true, .fail = 1, .severity = SEVERITY_WARNING});
    add_finding(
        &r,
        (Finding){.rule = "b", .item = 3, .severity = SEVERITY_WARNING, .outcome = OUTCOME_FAIL});
    r = finished(*state, r);
    assert_int_equal(r.items[3].state, ITEM_PASS);
    assert_int_equal(r.verdict.warnings, 1);
    assert_int_equal(report_exit_code(&r, SEVERITY_ERROR, false, false), 0);
    assert_int_equal(report_exit_code(&r, SEVERITY_WARNING, false, false), 1);
}

static void an_error_fails_its_row_and_the_file(void **state) {
    Report r = {.arena = *state};
    add_tally(&r, (RuleTally){.id = "a", .item = 4, .applicable = true, .fail = 1, .unchecked = 1});
    add_finding(
        &r, (Finding){.rule = "a", .item = 4, .severity = SEVERITY_ERROR, .outcome = OUTCOME_FAIL});
    add_finding(&r,
                (Finding){.rule = "a", .item = 4, .outcome = OUTCOME_UNCHECKED, .by_file = true});
    r = finished(*state, r);
    assert_int_equal(r.items[4].state, ITEM_FAIL);
    assert_int_equal(r.verdict.state, VERDICT_FAIL);
    assert_int_equal(r.verdict.errors, 1);
    assert_int_equal(r.verdict.unchecked, 1);
    assert_int_equal(report_exit_code(&r, SEVERITY_ERROR, false, false), 1);
}

static void only_error_rules_unchecked_by_the_file_change_the_exit_code(void **state) {
    static const struct {
        Severity severity;
        bool by_file;
        int code;
    } cases[] = {
        {SEVERITY_ERROR, true, 3}, {SEVERITY_ERROR, false, 0}, {SEVERITY_WARNING, true, 0}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Report r = {.arena = *state};
        add_finding(&r, (Finding){.rule = "a",
                                  .item = 4,
                                  .severity = cases[i].severity,
                                  .outcome = OUTCOME_UNCHECKED,
                                  .by_file = cases[i].by_file});
        r = finished(*state, r);
        assert_int_equal(report_exit_code(&r, SEVERITY_ERROR, false, false), cases[i].code);
        assert_int_equal(report_exit_code(&r, SEVERITY_ERROR, true, false), 3);
    }
}

static void findings_stand_by_page_row_rule_and_paint_order(void **state) {
    Report r = {.arena = *state};
    static const Finding mixed[] = {{.rule = "z", .item = 1, .page = 0},
                                    {.rule = "b", .item = 7, .page = 2, .order = 9},
                                    {.rule = "b", .item = 7, .page = 2, .order = 3},
                                    {.rule = "a", .item = 7, .page = 2},
                                    {.rule = "c", .item = 3, .page = 2},
                                    {.rule = "z", .item = 9, .page = 1}};
    for (size_t i = 0; i < sizeof mixed / sizeof *mixed; i++)
        add_finding(&r, mixed[i]);
    r = finished(*state, r);
    assert_int_equal(r.findings[0].page, 1);
    assert_string_equal(r.findings[1].rule, "c");
    assert_string_equal(r.findings[2].rule, "a");
    assert_int_equal(r.findings[3].order, 3);
    assert_int_equal(r.findings[4].order, 9);
    assert_int_equal(r.findings[5].page, 0);
    assert_int_equal(r.items[7].finding_count, 3);
    assert_int_equal(r.items[7].findings[0], 2);
}

static void an_error_rule_over_content_that_was_lost_means_exit_3(void **state) {
    static const Severity severities[] = {SEVERITY_ERROR, SEVERITY_WARNING};
    static const int codes[] = {3, 0};
    for (size_t i = 0; i < 2; i++) {
        Report r = {.arena = *state};
        add_tally(&r, (RuleTally){.id = "a",
                                  .item = 3,
                                  .applicable = true,
                                  .severity = severities[i],
                                  .unchecked = 1,
                                  .lost = 1});
        r = finished(*state, r);
        assert_int_equal(r.items[3].state, ITEM_UNCHECKED);
        assert_int_equal(report_exit_code(&r, SEVERITY_ERROR, false, false), codes[i]);
    }
}

static void a_file_that_was_never_checked_passes_nowhere(void **state) {
    Report r = {.arena = *state};
    r.file.unreadable = (Text){"超时", "timed out"};
    r = finished(*state, r);
    for (int i = 0; i < CHECKLIST_ITEMS; i++) {
        assert_int_equal(r.items[i].state, ITEM_UNCHECKED);
        assert_string_equal(r.items[i].reasons[0].en, "timed out");
    }
    assert_int_equal(r.verdict.state, VERDICT_UNREADABLE);
    assert_int_equal(report_exit_code(&r, SEVERITY_ERROR, false, false), 3);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, arena_up, arena_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_row_passes_only_when_a_rule_proved_it),
        TEST(what_nothing_measures_keeps_a_row_from_passing),
        TEST(a_row_of_which_no_rule_is_concerned_is_not_applicable),
        TEST(a_person_s_tick_is_awaited_after_the_machine_passed),
        TEST(a_warning_changes_no_state),
        TEST(an_error_fails_its_row_and_the_file),
        TEST(only_error_rules_unchecked_by_the_file_change_the_exit_code),
        TEST(findings_stand_by_page_row_rule_and_paint_order),
        TEST(an_error_rule_over_content_that_was_lost_means_exit_3),
        TEST(a_file_that_was_never_checked_passes_nowhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
