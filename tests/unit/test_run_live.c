/* A rule over live text, an artwork that has none, and its twin (`chupin-fixtures versions`). */
#include "check/report.h"
#include "report/report_read.h"
#include "report/write.h"
#include "run/check_run.h"
#include "run/live_run.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static const char no_telephone[] =
    "id: no-telephone\nitem: 9\ntitle: {zh: 没有电话, en: no telephone}\neach: glyph_run\n"
    "require: not contains(glyph_run.text, \"0571\")\nmeasure: glyph_run.text\nlimit: none\n"
    "severity: error\nwho: ae\nreads: live\n"
    "message: {zh: \"{glyph_run.text}\", en: \"{glyph_run.text}\"}\n"
    "fix: {zh: 改, en: change it}\nwhy: {zh: 因为, en: because}\nsource: 测试\n"
    "tests:\n"
    "  - {given: {glyph_run: {text: abc}}, expect: pass}\n"
    "  - {given: {glyph_run: {text: 0571-1}}, expect: fail}\n"
    "  - {given: {glyph_run: {}}, expect: unchecked}\n";

typedef struct Room {
    Arena *arena;
    RuleData *data;
    RuleSet rules;
    char dir[64];
} Room;

static int start(void **state) {
    static Room r;
    r = (Room){.arena = arena_new(), .dir = "/tmp/chupin-live-XXXXXX"};
    Errors errors = {.arena = r.arena};
    YamlText *text = ARENA_NEW(r.arena, YamlText);
    *text = (YamlText){.file = "test/no-telephone.yaml", .text = str_of(no_telephone)};
    assert_non_null(mkdtemp(r.dir));
    assert_int_equal(system(arena_printf(r.arena, "%s versions %s", CHUPIN_FIXTURES, r.dir)), 0);
    assert_false(rule_data_load(&r.data, r.arena, CHUPIN_RULES, "agency", &errors).kind);
    if (!rules_load_one(&r.rules, r.arena, text, &errors))
        fail_msg("%s", errors_render(r.arena, &errors, LANG_EN));
    *state = &r;
    return 0;
}

static int stop(void **state) {
    Room *r = *state;
    int gone = system(arena_printf(r->arena, "rm -r %s", r->dir));
    rules_free(&r->rules);
    arena_free(r->arena);
    return gone;
}

static Report *check(void **state, const char *artwork, const char *live) {
    Room *r = *state;
    Errors errors = {.arena = r->arena};
    JobOptions options = {.as_of = "2026-01-17"};
    Jobs *jobs;
    CheckInput in = {.rules = &r->rules,
                     .data = r->data,
                     .path = arena_printf(r->arena, "%s/%s", r->dir, artwork),
                     .name = artwork,
                     .part = live ? CHECK_BESIDE_TWIN : CHECK_ALONE};
    assert_false(jobs_load(&jobs, r->arena, r->data, in.path, &options, &errors).kind);
    in.jobs = jobs;
    Report *report = ARENA_NEW(r->arena, Report);
    *report = (Report){.arena = r->arena,
                       .as_of = "2026-01-17",
                       .engine = "22",
                       .colour_engine = "2",
                       .profile = "agency",
                       .rules_sha256 = r->rules.sha256,
                       .job = jobs_head(jobs)};
    WorkerLimits limits = worker_limits(0, 1 << 20);
    WorkerEnd end;
    assert_false(check_run(report, &end, &in, &limits, 1).kind);
    LiveFile twin = {live ? arena_printf(r->arena, "%s/%s", r->dir, live) : NULL, live};
    if (live)
        assert_int_equal(live_run(report, &in, &twin, &limits), 0);
    return report;
}

static const Finding *the_only(const Report *r, Outcome o) {
    const Finding *found = NULL;
    for (size_t i = 0; i < r->finding_count; i++) {
        const Finding *f = &r->findings[i];
        if (!streq(f->rule, "no-telephone") || f->outcome != o)
            continue;
        assert_null(found);
        found = f;
    }
    return found;
}

static void without_a_twin_the_rule_is_unchecked(void **state) {
    Report *r = check(state, "outlined.pdf", NULL);
    const Finding *f = the_only(r, OUTCOME_UNCHECKED);
    assert_non_null(f);
    assert_int_equal(f->page, 0);
    assert_non_null(strstr(f->message.en, "no live-text twin"));
    assert_null(the_only(r, OUTCOME_FAIL));
    assert_int_equal(r->items[9].machine, MACHINE_UNCHECKED);
    assert_null(r->live);
}

static void the_rule_reads_the_twin(void **state) {
    Report *r = check(state, "outlined.pdf", "live.pdf");
    const Finding *f = the_only(r, OUTCOME_FAIL);
    assert_non_null(f);
    assert_int_equal(f->page, 2);
    assert_string_equal(f->message.en, "0571-8888 6868");
    assert_null(the_only(r, OUTCOME_UNCHECKED));
    assert_true(r->live->same_look);
    assert_int_equal(r->items[9].machine, MACHINE_FAIL);
    assert_string_equal(r->file.name, "outlined.pdf");
    assert_int_equal(r->page_count, 3);
    assert_int_equal(r->unproven_count, 0);
}

static void a_page_that_differs_is_named_and_not_read(void **state) {
    Report *r = check(state, "outlined_digit.pdf", "live.pdf");
    assert_null(the_only(r, OUTCOME_FAIL)); /* the telephone of the twin is not the artwork's */
    const Finding *f = the_only(r, OUTCOME_UNCHECKED);
    assert_non_null(f);
    assert_non_null(strstr(f->message.zh, "第 2 页和未转曲稿 live.pdf 对不上"));
    assert_int_equal(r->live->unpaired_count, 1);
    assert_int_equal(r->live->unpaired[0], 2);
    assert_int_equal(r->items[9].machine, MACHINE_UNCHECKED);
    assert_int_equal(r->unproven_count, 1);
}

static void what_differs_elsewhere_leaves_other_pages_read(void **state) {
    Report *r = check(state, "spot.pdf", "live.pdf");
    const Finding *f = the_only(r, OUTCOME_FAIL);
    assert_non_null(f);
    assert_int_equal(f->page, 2);
    assert_non_null(the_only(r, OUTCOME_UNCHECKED)); /* page 3 */
}

static void a_twin_with_pages_more_is_told(void **state) {
    Report *r = check(state, "missing.pdf", "live.pdf");
    assert_non_null(the_only(r, OUTCOME_FAIL));
    const Finding *f = the_only(r, OUTCOME_UNCHECKED);
    assert_non_null(f);
    assert_non_null(strstr(f->message.en, "pages 3 → 2"));
}

static void pages_of_the_twin_are_those_they_look_like(void **state) {
    Report *r = check(state, "without_first.pdf", "live.pdf");
    const Finding *f = the_only(r, OUTCOME_FAIL);
    assert_non_null(f);
    assert_int_equal(f->page, 1); /* page 2 of the twin */
    assert_int_equal(f->places[0].page, 1);
    assert_int_equal(r->live->unpaired_count, 0);
    r = check(state, "inserted.pdf", "live.pdf");
    f = the_only(r, OUTCOME_FAIL);
    assert_non_null(f);
    assert_int_equal(f->page, 3);
    assert_int_equal(r->live->unpaired_count, 1);
    assert_int_equal(r->live->unpaired[0], 2);
}

static void a_twin_that_cannot_be_read_proves_nothing(void **state) {
    Report *r = check(state, "outlined.pdf", "nowhere.pdf");
    assert_non_null(the_only(r, OUTCOME_UNCHECKED));
    assert_null(r->live->sha256);
    assert_int_equal(r->items[9].machine, MACHINE_UNCHECKED);
    assert_int_equal(r->verdict.machine, VERDICT_INCOMPLETE);
}

static void artwork_with_live_text_is_its_own_twin(void **state) {
    Report *r = check(state, "live.pdf", "live.pdf");
    assert_non_null(the_only(r, OUTCOME_FAIL));
    assert_true(r->live->same_look);
}

static void pixels_are_not_read_by_a_pdf_nobody_held_against_them(void **state) {
    Report *r = check(state, "pixels.tif", "live.pdf");
    assert_non_null(the_only(r, OUTCOME_UNCHECKED));
    assert_null(the_only(r, OUTCOME_FAIL));
}

static void the_twin_comes_back_with_the_stored_report(void **state) {
    Room *room = *state;
    Report *r = check(state, "outlined_digit.pdf", "live.pdf"), *again;
    Sink first = sink_memory(room->arena), second = sink_memory(room->arena);
    ReportStyle style = {.lang = LANG_ZH};
    report_json(r, &style, &first);
    Str text = sink_text(&first);
    assert_false(report_read(&again, room->arena, text, "report").kind);
    assert_non_null(again->live);
    assert_string_equal(again->live->sha256, r->live->sha256);
    report_json(again, &style, &second);
    assert_int_equal(text.n, sink_text(&second).n);
    assert_memory_equal(text.p, sink_text(&second).p, text.n);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_twin_the_rule_is_unchecked),
        cmocka_unit_test(the_rule_reads_the_twin),
        cmocka_unit_test(a_page_that_differs_is_named_and_not_read),
        cmocka_unit_test(what_differs_elsewhere_leaves_other_pages_read),
        cmocka_unit_test(a_twin_with_pages_more_is_told),
        cmocka_unit_test(pages_of_the_twin_are_those_they_look_like),
        cmocka_unit_test(a_twin_that_cannot_be_read_proves_nothing),
        cmocka_unit_test(artwork_with_live_text_is_its_own_twin),
        cmocka_unit_test(pixels_are_not_read_by_a_pdf_nobody_held_against_them),
        cmocka_unit_test(the_twin_comes_back_with_the_stored_report),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
