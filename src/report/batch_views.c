/* Views of a batch for programs: each is the view of single files, put together. */
#include "report/batch.h"
#include "report/batch_parts.h"
#include "report/json_parts.h"

#include <string.h>

void batch_jsonl_file(Batch *b, size_t i, Report *r, const ReportStyle *style, Sink *to) {
    (void)b, (void)i;
    report_jsonl(r, style, to);
}

/* Files of several folders may have one name, so these views tell them by their path. */
static void with_path(const Batch *b, size_t i, Report *r) {
    r->file.name = b->files[i].shown;
}

/* What the files have to do with each other, as a report of its own: views of single files tell it
 * without knowing of it. */
static Report set_report(const Batch *b, Arena *a, const char *file) {
    Report r = {.arena = a, .as_of = "", .rules_sha256 = "", .job = NULL};
    static const ChecklistItem file_itself = {.title = {"这一批", "the batch"}};
    r.file.name = file;
    r.file.pages = -1;
    r.file.sha256 = "";
    for (int i = 0; i < CHECKLIST_ITEMS; i++)
        r.items[i].row = &file_itself;
    r.verdict.state = VERDICT_INCOMPLETE;
    for (size_t i = 0; i < b->set_count; i++) {
        const SetFinding *s = &b->sets[i];
        if (!streq(s->file, file))
            continue;
        Finding *f = ARENA_PUSH(a, r.findings, r.finding_count, r.finding_capacity);
        Sink zh = sink_memory(a), en = sink_memory(a);
        sink_str(&zh, s->message.zh), sink_str(&en, s->message.en);
        for (size_t k = 0; k < s->also_count; k++)
            sink_format(&zh, "%s%s", k ? "、" : "：", s->also[k]),
                sink_format(&en, "%s%s", k ? ", " : ": ", s->also[k]);
        *f = (Finding){.rule = set_check_id(s->check),
                       .severity = set_check_severity(s->check),
                       .outcome = OUTCOME_FAIL,
                       .count = 1 + (int)s->also_count,
                       .message = {arena_copy(a, sink_text(&zh).p, sink_text(&zh).n),
                                   arena_copy(a, sink_text(&en).p, sink_text(&en).n)},
                       .fix = {"", ""},
                       .who = set_check_who(s->check),
                       .fingerprint = ""};
        r.verdict.state = f->severity == SEVERITY_ERROR ? VERDICT_FAIL : r.verdict.state;
    }
    return r;
}

/* Each file with findings of the set once, in the order they were found. */
static void each_set(const Batch *b, const ReportStyle *style, void *to,
                     void (*tell)(const Report *r, const ReportStyle *style, void *to)) {
    Arena *a = arena_new();
    for (size_t i = 0; i < b->set_count; i++) {
        bool done = false;
        for (size_t k = 0; k < i && !done; k++)
            done = streq(b->sets[k].file, b->sets[i].file);
        Report r = done ? (Report){0} : set_report(b, a, b->sets[i].file);
        if (!done)
            tell(&r, style, to);
    }
    arena_free(a);
}

/* ---- csv ---- */

void batch_csv_file(Batch *b, size_t i, Report *r, const ReportStyle *style, Sink *to) {
    ReportStyle own = *style;
    own.again = i > 0;
    with_path(b, i, r);
    report_csv(r, &own, to);
}

static void set_csv(const Report *r, const ReportStyle *style, void *to) {
    report_csv(r, style, to);
}

void batch_csv_end(const Batch *b, const ReportStyle *style, Sink *to) {
    ReportStyle own = *style;
    own.again = b->settled > 0;
    each_set(b, &own, to, set_csv);
}

/* ---- gcc ---- */

void batch_gcc_file(Batch *b, size_t i, Report *r, const ReportStyle *style, Sink *to) {
    with_path(b, i, r);
    report_gcc(r, style, to);
}

static void set_gcc(const Report *r, const ReportStyle *style, void *to) {
    report_gcc(r, style, to);
}

void batch_gcc_end(const Batch *b, const ReportStyle *style, Sink *to) {
    each_set(b, style, to, set_gcc);
}

/* ---- junit ---- */

void batch_junit_file(Batch *b, size_t i, Report *r, const ReportStyle *style, Sink *to) {
    JunitSums sums = junit_sums(r);
    b->junit.tests += sums.tests;
    b->junit.failures += sums.failures;
    b->junit.errors += sums.errors;
    with_path(b, i, r);
    junit_suite(r, style, to);
}

/* Its findings are of rules that have no tally: they get one. */
static Report with_tallies(const Report *r) {
    Report own = *r;
    own.rules = NULL;
    own.rule_count = own.rule_capacity = 0;
    for (size_t i = 0; i < r->finding_count; i++) {
        RuleTally *t = ARENA_PUSH(r->arena, own.rules, own.rule_count, own.rule_capacity);
        *t = (RuleTally){.id = r->findings[i].rule,
                         .severity = r->findings[i].severity,
                         .fail = 1,
                         .applicable = true};
    }
    return own;
}

static void add_set(const Report *r, const ReportStyle *style, void *sums) {
    JunitSums *all = sums;
    Report own = with_tallies(r);
    JunitSums one = junit_sums(&own);
    (void)style;
    all->tests += one.tests;
    all->failures += one.failures;
    all->errors += one.errors;
}

void batch_junit_begin(const Batch *b, const ReportStyle *style, Sink *to) {
    JunitSums sums = b->junit;
    each_set(b, style, &sums, add_set);
    junit_begin(&sums, to);
}

static void set_suite(const Report *r, const ReportStyle *style, void *to) {
    Report own = with_tallies(r);
    junit_suite(&own, style, to);
}

void batch_junit_end(const Batch *b, const ReportStyle *style, Sink *to) {
    each_set(b, style, to, set_suite);
    sink_str(to, "</testsuites>\n");
}

/* ---- sarif ---- */

static void run_of(const Report *r, Lang lang, Sink *to) {
    Json json = json_to(to, 0);
    sarif_run(&json, r, lang);
}

void batch_sarif_begin(const Batch *b, const ReportStyle *style, Sink *to) {
    (void)b, (void)style;
    sink_format(to, "{\"$schema\":\"%s\",\"version\":\"%s\",\"runs\":[\n", SARIF_SCHEMA,
                SARIF_VERSION);
}

void batch_sarif_file(Batch *b, size_t i, Report *r, const ReportStyle *style, Sink *to) {
    with_path(b, i, r);
    run_of(r, style->lang, to);
}

static void set_run(const Report *r, const ReportStyle *style, void *to) {
    Report own = *r;
    own.file.bytes = -1;
    own.file.sha256 = NULL;
    sink_str(to, ",\n");
    run_of(&own, style->lang, to);
}

void batch_sarif_end(const Batch *b, const ReportStyle *style, Sink *to) {
    if (b->settled)
        each_set(b, style, to, set_run);
    sink_str(to, "\n]}\n");
}

/* ---- chupin.batch/1 ---- */

static void verdict_sums(Json *j, const Batch *b) {
    static const VerdictState order[] = {VERDICT_UNREADABLE, VERDICT_FAIL, VERDICT_INCOMPLETE,
                                         VERDICT_CLEAN, VERDICT_PASS};
    json_key(j, "verdicts");
    json_open(j, '{');
    for (size_t k = 0; k < sizeof order / sizeof *order; k++) {
        int n = 0;
        for (size_t i = 0; i < b->count; i++)
            n += b->files[i].settled && b->files[i].state == order[k];
        key_int(j, verdict_word(order[k]), n);
    }
    json_close(j);
}

static void unreadable(Json *j, const Batch *b) {
    json_key(j, "unreadable");
    json_open(j, '[');
    for (size_t i = 0; i < b->count; i++) {
        if (!b->files[i].settled || b->files[i].state != VERDICT_UNREADABLE)
            continue;
        json_open(j, '{');
        key_str(j, "file", b->files[i].shown);
        key_text(j, "why", b->files[i].why);
        json_close(j);
    }
    json_close(j);
}

static void rules(Json *j, const Batch *b) {
    json_key(j, "rules");
    json_open(j, '[');
    for (size_t i = 0; i < b->rule_count; i++) {
        const BatchRule *r = &b->rules[i];
        json_open(j, '{');
        key_str(j, "rule", r->id);
        key_int(j, "item", r->item);
        key_str(j, "severity", severity_word(r->severity));
        key_str(j, "who", who_word(r->who));
        key_int(j, "files", r->files);
        key_int(j, "findings", r->findings);
        json_close(j);
    }
    json_close(j);
    json_key(j, "who");
    json_open(j, '{');
    for (int w = 0; w < WHO_WORDS; w++)
        key_int(j, who_word((Who)w), b->who_files[w]);
    json_close(j);
}

static void sets(Json *j, const Batch *b) {
    json_key(j, "set");
    json_open(j, '[');
    for (size_t i = 0; i < b->set_count; i++) {
        const SetFinding *f = &b->sets[i];
        json_open(j, '{');
        key_str(j, "check", set_check_id(f->check));
        key_str(j, "severity", severity_word(set_check_severity(f->check)));
        key_str(j, "who", who_word(set_check_who(f->check)));
        json_key(j, "files");
        json_open(j, '[');
        json_str(j, f->file);
        for (size_t k = 0; k < f->also_count; k++)
            json_str(j, f->also[k]);
        json_close(j);
        key_text(j, "message", f->message);
        json_close(j);
    }
    json_close(j);
}

void batch_summary_json(const Batch *b, Sink *to) {
    Json json = json_to(to, 1), *j = &json;
    json_open(j, '{');
    key_str(j, "schema", "chupin.batch/1");
    key_int(j, "files", (int64_t)b->count);
    key_int(j, "checked", (int64_t)b->settled);
    key_int(j, "passed_over", (int64_t)b->passed_over);
    key_bool(j, "interrupted", b->interrupted != 0);
    verdict_sums(j, b);
    unreadable(j, b);
    rules(j, b);
    sets(j, b);
    json_close(j);
    sink_char(to, '\n');
}
