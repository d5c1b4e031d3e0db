#include "report/batch.h"

#include "check/job_sheet.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct {
    const char *id;
    Severity severity;
    Who who;
    Text title;
} set_checks[SET_CHECKS] = {
#define SET_CHECK(ID, id, severity, who, zh, en)                                                   \
    [SET_##ID] = {id, SEVERITY_##severity, WHO_##who, {zh, en}},
#include "report/set_checks.def"
#undef SET_CHECK
};

const char *set_check_id(SetCheckId id) {
    return set_checks[id].id;
}

Severity set_check_severity(SetCheckId id) {
    return set_checks[id].severity;
}

Who set_check_who(SetCheckId id) {
    return set_checks[id].who;
}

Text set_check_title(SetCheckId id) {
    return set_checks[id].title;
}

static BatchRule *rule_of(Batch *b, const Report *r, const Finding *f) {
    for (size_t i = 0; i < b->rule_count; i++)
        if (b->rules[i].item == f->item && streq(b->rules[i].id, f->rule))
            return &b->rules[i];
    BatchRule *rule = ARENA_PUSH(b->arena, b->rules, b->rule_count, b->rule_capacity);
    *rule = (BatchRule){.id = arena_strdup(b->arena, f->rule),
                        .item = f->item,
                        .severity = f->severity,
                        .who = f->who,
                        .last_file = SIZE_MAX};
    rule->title = (Text){rule->id, rule->id};
    for (size_t i = 0; i < r->rule_count; i++)
        if (streq(r->rules[i].id, f->rule) && r->rules[i].title.zh)
            rule->title = (Text){arena_strdup(b->arena, r->rules[i].title.zh),
                                 arena_strdup(b->arena, r->rules[i].title.en)};
    return rule;
}

/* What is only told changes nothing for anybody. */
static bool asks_to_act(const Finding *f) {
    return f->outcome == OUTCOME_FAIL && !f->waiver && f->severity != SEVERITY_INFO;
}

static void take_findings(Batch *b, size_t i, const Report *r) {
    bool met[WHO_WORDS] = {false};
    for (size_t k = 0; k < r->finding_count; k++) {
        const Finding *f = &r->findings[k];
        if (!asks_to_act(f))
            continue;
        BatchRule *rule = rule_of(b, r, f);
        rule->findings++;
        rule->files += rule->last_file != i;
        rule->last_file = i;
        rule->severity = f->severity < rule->severity ? f->severity : rule->severity;
        b->who_findings[f->who]++;
        b->who_files[f->who] += !met[f->who];
        met[f->who] = true;
    }
}

static Text kept_text(Arena *a, Text t) {
    return (Text){arena_strdup(a, t.zh), arena_strdup(a, t.en)};
}

void batch_take(Batch *b, size_t i, const Report *r, int exit_code) {
    BatchFile *f = &b->files[i];
    b->settled += !f->settled;
    f->settled = true;
    f->state = r->verdict.state;
    f->why = kept_text(b->arena, r->file.unreadable);
    f->errors = r->verdict.errors;
    f->warnings = r->verdict.warnings;
    f->unchecked = r->verdict.unchecked;
    f->pages = r->file.pages;
    f->exit_code = exit_code;
    f->trim_w = r->page_count ? r->pages[0].trim_w : NAN;
    f->trim_h = r->page_count ? r->pages[0].trim_h : NAN;
    if (r->file.sha256)
        memcpy(f->sha256, r->file.sha256, strnlen(r->file.sha256, SHA256_HEX - 1));
    if (r->job && r->job->present && r->job->item)
        f->item = arena_strdup(b->arena, r->job->item);
    take_findings(b, i, r);
}

void batch_look(char look[SHA256_HEX], const Report *r) {
    Sha256 h;
    bool known = r->page_count && (int)r->page_count == r->file.pages, painted = false;
    sha256_start(&h);
    for (size_t i = 0; i < r->page_count; i++) {
        const PageSummary *p = &r->pages[i];
        const uint64_t bits[] = {p->look_low, p->look_high};
        known = known && p->looked;
        painted |= bits[0] || bits[1];
        sha256_add(&h, bits, sizeof bits);
    }
    sha256_end(&h, look);
    if (!known || !painted)
        *look = '\0';
}

static bool is_wished(const Batch *b, const SetWish *w) {
    for (size_t i = 0; i < b->wish_count; i++)
        if (b->wishes[i].material == w->material && streq(b->wishes[i].sheet, w->sheet) &&
            streq(b->wishes[i].pattern, w->pattern))
            return true;
    return false;
}

static void wish(Batch *b, const JobHead *head, const char *pattern, bool material) {
    SetWish w = {head->sheet_sha256, head->sheet_name, pattern, material};
    if (!pattern || !*pattern || is_wished(b, &w))
        return;
    w.sheet = arena_strdup(b->arena, w.sheet);
    w.shown_sheet = arena_strdup(b->arena, w.shown_sheet);
    w.pattern = arena_strdup(b->arena, pattern);
    *ARENA_PUSH(b->arena, b->wishes, b->wish_count, b->wish_capacity) = w;
}

void batch_wish(Batch *b, const Jobs *jobs) {
    const JobHead *head = jobs_head(jobs);
    const Sheet *sheet = jobs_sheet(jobs);
    if (!head->present || !head->sheet_sha256)
        return;
    const Material *materials = sheet->materials.items;
    for (size_t i = 0; sheet->files && i < sheet->files->count; i++)
        wish(b, head, sheet->files->items[i], false);
    for (size_t i = 0; i < sheet->materials.count; i++)
        wish(b, head, materials[i].name, true);
}

static int gravest_first(const void *x, const void *y) {
    const BatchRule *a = x, *b = y;
    if (a->severity != b->severity)
        return a->severity < b->severity ? -1 : 1;
    if (a->files != b->files)
        return a->files > b->files ? -1 : 1;
    return a->item != b->item ? a->item - b->item : strcmp(a->id, b->id);
}

void batch_sort_rules(Batch *b) {
    if (b->rule_count)
        qsort(b->rules, b->rule_count, sizeof *b->rules, gravest_first);
}

/* ---- views ---- */

#define NONE NULL
#define BATCH_FORMAT(id, between, sums, begin, end)                                                \
    void batch_##id##_file(Batch *b, size_t i, Report *r, const ReportStyle *style, Sink *to);
#include "report/batch_formats.def"
#undef BATCH_FORMAT

typedef void BatchEdge(const Batch *b, const ReportStyle *style, Sink *to);
BatchEdge batch_csv_end, batch_junit_begin, batch_junit_end, batch_sarif_begin, batch_sarif_end,
    batch_gcc_end, batch_html_begin, batch_html_end;

static const BatchFormat formats[] = {
#define FIRST      false
#define SUMS_FIRST true
#define BATCH_FORMAT(id, between, sums, begin, end)                                                \
    {#id, between, sums, begin, batch_##id##_file, end},
#include "report/batch_formats.def"
#undef BATCH_FORMAT
};

const BatchFormat *batch_format_find(const char *name) {
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (streq(formats[i].name, name))
            return &formats[i];
    return NULL;
}
