#include "check/waive.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const Text unmeasured = {"没有对过", "not compared"};
static const char *const signed_rule = "signed-version";

typedef struct Room {
    Arena *arena;
    RuleSet rules; /* the shipped ones */
    Report *report;
    Standing standing;
    const Answer *answers[CHECKLIST_ITEMS];
} Room;

/* Row 1 is settled by the signed version, row 4 has something unmeasured, rows 1, 4 and 5 ask a
 * person; a rule passes in every row. */
static Report *sound_report(Arena *a) {
    Report *r = ARENA_NEW(a, Report);
    ChecklistItem *rows = ARENA_ARRAY(a, ChecklistItem, CHECKLIST_ITEMS);
    *r = (Report){.arena = a, .as_of = "2026-02-01", .file = {.name = "a.pdf"}};
    for (int i = 0; i < CHECKLIST_ITEMS; i++) {
        rows[i] = (ChecklistItem){.number = i,
                                  .title = {"项", "row"},
                                  .human = i == 1 || i == 4 || i == 5,
                                  .unproven = &unmeasured,
                                  .unproven_count = i == 1 || i == 4,
                                  .settled_by = i == 1 ? &signed_rule : NULL};
        *ARENA_PUSH(a, r->rules, r->rule_count, r->rule_capacity) =
            (RuleTally){.id = arena_printf(a, "rule-%d", i),
                        .item = i,
                        .applicable = true,
                        .pass = 1,
                        .title = {"规则", "rule"}};
    }
    report_finish(r, rows);
    return r;
}

static Finding *add_finding(Report *r, const char *rule, int item, int page, double x) {
    Finding *f = ARENA_PUSH(r->arena, r->findings, r->finding_count, r->finding_capacity);
    *f = (Finding){.rule = rule,
                   .item = item,
                   .severity = SEVERITY_ERROR,
                   .outcome = OUTCOME_FAIL,
                   .page = page,
                   .count = 1,
                   .place_count = page ? 1 : 0,
                   .places = {{.page = page, .boxed = true, .box = {x, 0, x + 20, 5}, .value = 1}},
                   .kind = "stroke",
                   .worse = WORST_MIN,
                   .measured = {.present = true, .number = 1, .unit = "mm"},
                   .message = {"话", "words"},
                   .fingerprint = arena_printf(r->arena, "%s%d%.0f", rule, page, x)};
    for (size_t i = 0; i < r->rule_count; i++)
        if (streq(r->rules[i].id, rule))
            r->rules[i].fail++;
    report_judge(r);
    return f;
}

static const Answer yes = {.state = HUMAN_YES, .by = "王芳", .role = "AE", .at = "", .note = ""},
                    no = {.state = HUMAN_NO, .by = "王芳", .role = "AE", .at = "", .note = "错字"},
                    na = {.state = HUMAN_NA, .by = "王芳", .role = "AE", .at = "", .note = ""};
static const Signature director = {.party = PARTY_DIRECTOR, .by = "李总", .at = "", .note = ""};

static void answer_all(Room *room) {
    room->answers[1] = room->answers[4] = room->answers[5] = &yes;
    room->standing.answers = room->answers;
}

static void approve(Room *room) {
    room->standing.signatures = &director;
    room->standing.signature_count = 1;
}

static const Report *applied(Room *room) {
    standing_apply(room->report, &room->standing, &room->rules);
    return room->report;
}

static const Finding *found(const Report *r, const char *rule) {
    for (size_t i = 0; i < r->finding_count; i++)
        if (streq(r->findings[i].rule, rule))
            return &r->findings[i];
    return NULL;
}

static void reviewed_checked_and_free_of_mistakes_passes(void **state) {
    Room *room = *state;
    answer_all(room);
    approve(room);
    const Report *r = applied(room);
    assert_int_equal(r->verdict.state, VERDICT_PASS);
    assert_int_equal(r->items[4].state, ITEM_PASS);
    assert_int_equal(r->verdict.human, 0);
    assert_int_equal(report_exit_code(r, SEVERITY_ERROR, false, true), 0);
}

static void without_the_directors_review_nothing_passes(void **state) {
    Room *room = *state;
    answer_all(room);
    const Report *r = applied(room);
    assert_int_equal(r->verdict.state, VERDICT_INCOMPLETE);
    assert_int_equal(report_exit_code(r, SEVERITY_ERROR, false, true), 4);
    assert_int_equal(report_exit_code(r, SEVERITY_ERROR, false, false), 0);
}

static void the_maker_can_not_review_it(void **state) {
    Room *room = *state;
    static const char *const makers[] = {"张三", "李 总"};
    answer_all(room);
    approve(room);
    room->standing.makers = makers;
    room->standing.maker_count = 2;
    assert_int_equal(applied(room)->verdict.state, VERDICT_INCOMPLETE);
}

static void nor_can_who_signed_as_a_maker(void **state) {
    Room *room = *state;
    static const Signature both[][2] = {
        {{.party = PARTY_DESIGN, .by = "李总", .at = "", .note = ""},
         {.party = PARTY_DIRECTOR, .by = "李总", .at = "", .note = ""}},
        {{.party = PARTY_DIRECTOR, .by = "李总", .at = "", .note = ""},
         {.party = PARTY_COPY, .by = "李 总", .at = "", .note = ""}}};
    answer_all(room);
    for (int i = 0; i < 2; i++) {
        room->standing.signatures = both[i];
        room->standing.signature_count = 2;
        assert_int_equal(applied(room)->verdict.state, VERDICT_INCOMPLETE);
    }
}

static void the_last_word_of_a_party_counts(void **state) {
    Room *room = *state;
    static const Signature turned[] = {
        {.party = PARTY_DIRECTOR, .by = "李总", .at = "", .note = ""},
        {.party = PARTY_DIRECTOR, .decision = DECISION_REJECT, .by = "李总", .at = "", .note = ""}};
    answer_all(room);
    room->standing.signatures = turned;
    room->standing.signature_count = 2;
    assert_int_equal(applied(room)->verdict.state, VERDICT_FAIL);
}

static void a_party_that_has_to_approve_is_waited_for(void **state) {
    Room *room = *state;
    answer_all(room);
    approve(room);
    room->standing.parties = 1u << PARTY_CLIENT;
    assert_int_equal(applied(room)->verdict.state, VERDICT_INCOMPLETE);
}

static void a_no_fails_the_row_and_the_file(void **state) {
    Room *room = *state;
    answer_all(room);
    approve(room);
    room->answers[5] = &no;
    const Report *r = applied(room);
    assert_int_equal(r->items[5].state, ITEM_FAIL);
    assert_int_equal(r->items[5].machine, MACHINE_PASS);
    assert_int_equal(r->verdict.state, VERDICT_FAIL);
    assert_int_equal(r->verdict.machine, VERDICT_INCOMPLETE);
    assert_true(item_is_open(&r->items[5]));
}

static void not_applicable_is_an_answer(void **state) {
    Room *room = *state;
    answer_all(room);
    approve(room);
    room->answers[4] = &na;
    assert_int_equal(applied(room)->verdict.state, VERDICT_PASS);
}

static void no_tick_settles_what_this_file_left_open(void **state) {
    Room *room = *state;
    answer_all(room);
    approve(room);
    room->report->rules[5].unchecked = 1;
    const Report *r = applied(room);
    int row = room->report->rules[5].item;
    assert_int_equal(r->items[row].state, ITEM_UNCHECKED);
    assert_int_equal(r->verdict.state, VERDICT_INCOMPLETE);
}

static void open_is_what_nobody_answered(void **state) {
    Room *room = *state;
    const Report *r = room->report;
    assert_true(item_is_open(&r->items[4]));
    assert_false(item_is_open(&r->items[7]));
    answer_all(room);
    applied(room);
    assert_false(item_is_open(&r->items[4]));
}

static void waive_all(Room *room, Waiver *w, const Finding *f) {
    Result r = waiver_of(w, room->arena, f, "厂里确认可以做", "王磊");
    assert_int_equal(r.kind, ERR_NONE);
    w->at = "2026-01-16 10:00";
    room->standing.waivers = w;
    room->standing.waiver_count = 1;
}

static void a_waived_finding_fails_nothing_and_stays_to_be_seen(void **state) {
    Room *room = *state;
    Waiver w;
    waive_all(room, &w, add_finding(room->report, "rule-7", 7, 1, 10));
    answer_all(room);
    approve(room);
    const Report *r = applied(room);
    assert_int_equal(r->finding_count, 1);
    assert_non_null(r->findings[0].waiver);
    assert_int_equal(r->verdict.waived, 1);
    assert_int_equal(r->verdict.errors, 0);
    assert_int_equal(r->items[7].machine, MACHINE_PASS);
    assert_int_equal(r->verdict.state, VERDICT_PASS);
    assert_int_equal(report_exit_code(r, SEVERITY_ERROR, false, true), 0);
}

static void a_waiver_that_matches_nothing_is_a_finding(void **state) {
    Room *room = *state;
    Report *other = sound_report(room->arena);
    Waiver w;
    waive_all(room, &w, add_finding(other, "rule-7", 7, 1, 10));
    const Report *r = applied(room);
    const Finding *f = found(r, "waiver-stale");
    assert_non_null(f);
    assert_int_equal(f->severity, SEVERITY_WARNING);
    assert_int_equal(f->item, 0);
    assert_non_null(strstr(f->message.zh, "对不上"));
}

static void so_is_one_that_has_expired(void **state) {
    Room *room = *state;
    Waiver w;
    waive_all(room, &w, add_finding(room->report, "rule-7", 7, 1, 10));
    w.until_date = "2026-01-31";
    const Report *r = applied(room);
    assert_non_null(strstr(found(r, "waiver-stale")->message.zh, "已经过期"));
    assert_int_equal(r->verdict.state, VERDICT_FAIL);
    assert_int_equal(report_exit_code(r, SEVERITY_ERROR, false, false), 1);
}

static void item_1_is_decided_by_the_signed_version(void **state) {
    static const struct {
        bool bytes, look, compared;
        MachineState machine;
        VerdictState verdict;
    } rows[] = {{true, false, false, MACHINE_PASS, VERDICT_PASS},
                {false, true, true, MACHINE_PASS, VERDICT_PASS},
                {false, false, true, MACHINE_FAIL, VERDICT_FAIL},
                {false, false, false, MACHINE_UNCHECKED, VERDICT_INCOMPLETE}};
    Room *room = *state;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        room->report = sound_report(room->arena);
        answer_all(room);
        approve(room);
        room->standing.signed_version.name = "b.pdf";
        room->standing.signed_version.by = "张总";
        room->standing.signed_version.same_bytes = rows[i].bytes;
        room->standing.signed_version.same_look = rows[i].look;
        room->standing.signed_version.compared = rows[i].compared;
        room->standing.signed_version.why = (Text){"签字稿不在了", "the signed file is gone"};
        const Report *r = applied(room);
        assert_int_equal(r->items[1].machine, rows[i].machine);
        assert_int_equal(r->verdict.state, rows[i].verdict);
        if (!rows[i].bytes && !rows[i].compared)
            assert_non_null(strstr(r->items[1].reasons[0].zh, "签字稿不在了"));
    }
}

static void what_differs_from_the_signed_version_two_people_can_waive(void **state) {
    Room *room = *state;
    room->standing.signed_version.name = "b.pdf";
    room->standing.signed_version.by = "张总";
    room->standing.signed_version.compared = true;
    const Finding *f = found(applied(room), signed_rule);
    assert_true(f->nowaive);
    Waiver w;
    waive_all(room, &w, f);
    w.second = "李芳";
    room->report = sound_report(room->arena);
    assert_non_null(found(applied(room), signed_rule)->waiver);
}

static void against_the_run_before_findings_are_new_still_there_or_mended(void **state) {
    Room *room = *state;
    Report *before = sound_report(room->arena), *now = room->report;
    add_finding(before, "rule-7", 7, 1, 10);
    add_finding(before, "rule-7", 7, 1, 100);
    add_finding(before, "rule-11", 11, 2, 0);
    add_finding(now, "rule-7", 7, 1, 11)->measured.number = 0.5; /* another value, nearly there */
    add_finding(now, "rule-7", 7, 1, 200);
    Standing s = {0};
    report_progress(now, before, &s);
    assert_int_equal(now->findings[0].progress, PROGRESS_STILL);
    assert_int_equal(now->findings[1].progress, PROGRESS_NEW);
    assert_int_equal(s.still_count, 1);
    assert_int_equal(s.new_count, 1);
    assert_int_equal(s.mended_count, 2);
    assert_int_equal(s.doubtful_count, 0);
}

static void what_could_not_be_looked_for_is_not_mended(void **state) {
    Room *room = *state;
    Report *before = sound_report(room->arena), *now = room->report;
    add_finding(before, "rule-7", 7, 1, 10);
    now->rules[0].off = false;
    for (size_t i = 0; i < now->rule_count; i++)
        if (streq(now->rules[i].id, "rule-7"))
            now->rules[i].lost = now->rules[i].unchecked = 1;
    Standing s = {0};
    report_progress(now, before, &s);
    assert_int_equal(s.mended_count, 0);
    assert_int_equal(s.doubtful_count, 1);
}

static void a_finding_knows_where_it_came_in_and_who_signed_it(void **state) {
    Room *room = *state;
    Report *first = sound_report(room->arena), *second = sound_report(room->arena);
    add_finding(second, "rule-7", 7, 1, 10);
    add_finding(room->report, "rule-7", 7, 1, 10);
    add_finding(room->report, "rule-11", 11, 1, 10);
    const EarlierVersion earlier[] = {{1, first, "张总"}, {2, second, "李总"}};
    room->standing.earlier = earlier;
    room->standing.earlier_count = 2;
    room->standing.version = 3;
    const Report *r = applied(room);
    assert_int_equal(found(r, "rule-7")->since, 2);
    assert_string_equal(found(r, "rule-7")->signed_by, "李总");
    assert_int_equal(found(r, "rule-11")->since, 3);
    assert_null(found(r, "rule-11")->signed_by);
}

static int up(void **state) {
    Room *room = calloc(1, sizeof *room);
    room->arena = arena_new();
    Errors errors = {.arena = room->arena};
    Result r = rules_load_to_run(&room->rules, room->arena, CHUPIN_RULES, &errors);
    assert_int_equal(r.kind, ERR_NONE);
    room->report = sound_report(room->arena);
    room->standing.version = 4;
    *state = room;
    return 0;
}

static int down(void **state) {
    Room *room = *state;
    rules_free(&room->rules);
    arena_free(room->arena);
    free(room);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, up, down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(reviewed_checked_and_free_of_mistakes_passes),
        TEST(without_the_directors_review_nothing_passes),
        TEST(the_maker_can_not_review_it),
        TEST(nor_can_who_signed_as_a_maker),
        TEST(the_last_word_of_a_party_counts),
        TEST(a_party_that_has_to_approve_is_waited_for),
        TEST(a_no_fails_the_row_and_the_file),
        TEST(not_applicable_is_an_answer),
        TEST(no_tick_settles_what_this_file_left_open),
        TEST(open_is_what_nobody_answered),
        TEST(a_waived_finding_fails_nothing_and_stays_to_be_seen),
        TEST(a_waiver_that_matches_nothing_is_a_finding),
        TEST(so_is_one_that_has_expired),
        TEST(item_1_is_decided_by_the_signed_version),
        TEST(what_differs_from_the_signed_version_two_people_can_waive),
        TEST(against_the_run_before_findings_are_new_still_there_or_mended),
        TEST(what_could_not_be_looked_for_is_not_mended),
        TEST(a_finding_knows_where_it_came_in_and_who_signed_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
