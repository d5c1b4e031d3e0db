#include "report/report_read.h"
#include "sample_report.h"

#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

static const ReportStyle style = {.lang = LANG_ZH, .width = 80};

/* The sample, judged as a check would: hand-made rows are not what their findings say. */
static Report *finished(Arena *a) {
    Report *r = sample_report(a);
    ChecklistItem *rows = ARENA_ARRAY(a, ChecklistItem, CHECKLIST_ITEMS);
    static const Text question = {"看过？", "Looked at?"};
    static const char *const settled_by = "signed-version";
    for (int i = 0; i < CHECKLIST_ITEMS; i++) {
        rows[i] = *r->items[i].row;
        rows[i].human = i % 3 == 1;
        rows[i].human_question = rows[i].human ? question : (Text){NULL, NULL};
        if (i == 1 || i == 13) {
            rows[i].unproven = &sample_reason;
            rows[i].unproven_count = 1;
            rows[i].settled_by = i == 1 ? &settled_by : NULL;
        }
        *ARENA_PUSH(a, r->rules, r->rule_count, r->rule_capacity) =
            (RuleTally){.id = arena_printf(a, "rule-%d", i),
                        .item = i,
                        .severity = SEVERITY_WARNING,
                        .pass = i,
                        .lost = i == 4,
                        .unchecked = i == 4,
                        .applicable = true,
                        .softened = i == 5,
                        .title = {"规则", "rule"}};
    }
    Finding *f = &r->findings[0];
    f->kind = "bleed_edge";
    f->worse = WORST_MIN;
    f->nowaive = true;
    f->order = 77;
    f->places[0].content = 0x1234;
    f->places[0].value = 1.23456;
    report_finish(r, rows);
    return r;
}

static Report *again(Arena *a, const Report *r) {
    Report *out;
    Result read = report_read(&out, a, str_of(sample_written(a, r, "json", &style)), "a.json");
    assert_int_equal(read.kind, ERR_NONE);
    return out;
}

static void what_is_read_back_is_the_same_in_every_view(void **state) {
    static const char *const views[] = {"json", "jsonl", "text", "gcc"};
    Report *r = finished(*state), *read = again(*state, r);
    for (size_t i = 0; i < sizeof views / sizeof *views; i++)
        assert_string_equal(sample_written(*state, read, views[i], &style),
                            sample_written(*state, r, views[i], &style));
    assert_string_equal(read->items[1].row->settled_by[0], "signed-version");
    assert_int_equal(read->findings[0].place_count, r->findings[0].place_count);
}

static void so_is_an_unreadable_file_without_a_sheet(void **state) {
    static const Text notes[] = {{"纸张对不上", "no such paper"}};
    static const JobHead none = {.notes = notes, .note_count = 1};
    Report *r = finished(*state);
    const ChecklistItem *rows = r->items[0].row;
    r->file.unreadable = (Text){"打不开", "does not open"};
    r->file.pages = -1;
    r->job = &none;
    r->version = "9.9.9";
    report_finish(r, rows);
    Report *read = again(*state, r);
    assert_string_equal(sample_written(*state, read, "text", &style),
                        sample_written(*state, r, "text", &style));
    assert_string_equal(read->version, "9.9.9");
    assert_int_equal(read->unproven_count, r->unproven_count);
}

static void people_s_answers_are_the_record_s(void **state) {
    Report *r = finished(*state);
    const char *stored = sample_written(*state, r, "json", &style);
    static const Answer yes = {.state = HUMAN_YES, .by = "王芳", .at = "", .note = ""};
    const Answer *answers[CHECKLIST_ITEMS] = {[4] = &yes};
    RuleSet rules = {0};
    standing_apply(r, &(Standing){.answers = answers, .version = 3, .run = "r"}, &rules);
    const char *view = sample_written(*state, r, "json", &style);
    assert_non_null(strstr(view, "\"human\": \"yes\""));
    assert_non_null(strstr(view, "\"standing\": {"));
    assert_string_equal(sample_written(*state, again(*state, r), "json", &style), stored);
}

static void unknown_keys_are_passed_over(void **state) {
    Report *r = finished(*state), *out;
    json_t *root = json_loads(sample_written(*state, r, "json", &style), 0, NULL);
    json_object_set_new(root, "later", json_string("?"));
    json_object_set_new(json_array_get(json_object_get(root, "findings"), 0), "later", json_null());
    char *text = json_dumps(root, 0);
    Result read = report_read(&out, *state, str_of(text), "a.json");
    free(text);
    json_decref(root);
    assert_int_equal(read.kind, ERR_NONE);
    assert_string_equal(sample_written(*state, out, "json", &style),
                        sample_written(*state, r, "json", &style));
}

static void a_report_without_the_later_keys_is_read_too(void **state) {
    static const char *const later[] = {"notes", "rules"};
    Report *r = finished(*state), *out;
    json_t *root = json_loads(sample_written(*state, r, "json", &style), 0, NULL);
    for (size_t i = 0; i < sizeof later / sizeof *later; i++)
        json_object_del(root, later[i]);
    char *text = json_dumps(root, 0);
    Result read = report_read(&out, *state, str_of(text), "a.json");
    free(text);
    json_decref(root);
    assert_int_equal(read.kind, ERR_NONE);
    assert_int_equal(out->items[3].state, ITEM_FAIL);
    assert_int_equal(out->items[8].state, ITEM_UNCHECKED); /* nothing says that it was proven */
}

static void what_is_none_of_ours_gets_one_clear_line(void **state) {
    static const struct {
        const char *json, *says;
    } rows[] = {{"", "not a report of chupin"},
                {"%PDF-1.7", "not a report of chupin"},
                {"{}", "not a report of chupin"},
                {"{\"schema\": \"chupin.facts/1\"}", "not a report of chupin"},
                {"{\"schema\": \"chupin.report/2\"}", "newer chupin"},
                {"{\"schema\": \"chupin.report/1\"}", "damaged: as_of is missing"},
                {"{\"schema\": \"chupin.report/1\", \"as_of\": \"2026-02-01\", \"tool\": {}, "
                 "\"file\": {\"name\": \"a\"}, \"items\": [], \"findings\": [{\"rule\": \"x\"}], "
                 "\"pages\": [], \"unchecked\": []}",
                 "damaged: profiles is missing"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        Report *out;
        Result read = report_read(&out, *state, str_of(rows[i].json), "x\x1b.json");
        assert_int_equal(read.kind, ERR_USAGE);
        assert_non_null(strstr(read.text.en, rows[i].says));
        assert_null(strchr(read.text.en, '\x1b'));
        assert_null(strchr(read.text.en, '\n'));
    }
}

/* Whatever is cut off, changed or nested wrongly: read or refused, never a crash. */
static void damage_is_refused_or_read_but_never_followed(void **state) {
    const char *whole = sample_written(*state, finished(*state), "jsonl", &style);
    size_t n = strlen(whole);
    char *text = arena_copy(*state, whole, n);
    Arena *scratch = arena_new();
    for (size_t i = 0; i < n; i += 7) {
        ArenaMark mark = arena_mark(scratch);
        Report *out;
        char kept = text[i];
        text[i] = kept == '1' ? '-' : kept == '"' ? '1' : '[';
        Result read = report_read(&out, scratch, (Str){text, n}, "a.json");
        if (!read.kind)
            sample_written(scratch, out, "text", &style);
        text[i] = kept;
        arena_rewind(scratch, mark);
    }
    arena_free(scratch);
}

static void all_places_come_back_to_their_findings(void **state) {
    Report *r = finished(*state);
    assert_int_equal(report_places(*state, r).n, 0);
    Place all[40];
    for (int i = 0; i < 40; i++)
        all[i] = (Place){.page = 1, .boxed = true, .box = {i, 1, i + 2, 3}, .value = i};
    Finding *f = &r->findings[2];
    f->all = all;
    f->all_count = 40;
    f->count = 40;
    Str places = report_places(*state, r);
    Report *read = again(*state, r);
    Result taken = report_take_places(read, places);
    assert_int_equal(taken.kind, ERR_NONE);
    assert_int_equal(read->findings[2].all_count, 40);
    assert_true(read->findings[2].all[39].box.x1 == 41);
    read->findings[2].fingerprint = "ffff";
    taken = report_take_places(read, places);
    assert_int_equal(taken.kind, ERR_FILE);
}

static int begin(void **state) {
    *state = arena_new();
    return 0;
}

static int end(void **state) {
    arena_free(*state);
    return 0;
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(what_is_read_back_is_the_same_in_every_view),
        TEST(so_is_an_unreadable_file_without_a_sheet),
        TEST(people_s_answers_are_the_record_s),
        TEST(unknown_keys_are_passed_over),
        TEST(a_report_without_the_later_keys_is_read_too),
        TEST(what_is_none_of_ours_gets_one_clear_line),
        TEST(damage_is_refused_or_read_but_never_followed),
        TEST(all_places_come_back_to_their_findings),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
