#include "check/report.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static int compare_int(int64_t a, int64_t b) {
    return a < b ? -1 : a > b;
}

/* By page with the document last, then row, rule, paint order. The rest makes the order whole. */
static int by_place(const void *a, const void *b) {
    const Finding *x = a, *y = b;
    int c = compare_int(x->page ? x->page : INT_MAX, y->page ? y->page : INT_MAX);
    c = c ? c : compare_int(x->item, y->item);
    c = c ? c : strcmp(x->rule, y->rule);
    c = c ? c : compare_int(x->order, y->order);
    c = c ? c : compare_int(x->outcome, y->outcome);
    c = c ? c : compare_int(x->severity, y->severity);
    return c ? c : strcmp(x->fingerprint, y->fingerprint);
}

static int by_number(const void *a, const void *b) {
    return compare_int(((const PageSummary *)a)->number, ((const PageSummary *)b)->number);
}

static int by_id(const void *a, const void *b) {
    const RuleTally *x = a, *y = b;
    int c = strcmp(x->id, y->id);
    return c ? c : compare_int(x->item, y->item);
}

static void sort(void *items, size_t count, size_t size,
                 int (*compare)(const void *, const void *)) {
    if (count)
        qsort(items, count, size, compare);
}

/* As chupin.report/1 writes it, so that a report that was stored and read back is this one. */
static double rounded(double value) {
    char text[64];
    double out = value;
    if (isfinite(value) && number_format(text, sizeof text, value, REPORT_DECIMALS))
        number_parse(str_of(text), &out);
    return out;
}

/* A box is written by its corner and its size. */
static void round_place(Place *p) {
    p->value = rounded(p->value);
    if (!p->boxed)
        return;
    double w = rounded(p->box.x1 - p->box.x0), h = rounded(p->box.y1 - p->box.y0);
    p->box.x0 = rounded(p->box.x0);
    p->box.y0 = rounded(p->box.y0);
    p->box.x1 = p->box.x0 + w;
    p->box.y1 = p->box.y0 + h;
}

static void round_findings(Report *r) {
    for (size_t i = 0; i < r->finding_count; i++) {
        Finding *f = &r->findings[i];
        for (size_t k = 0; k < f->place_count; k++)
            round_place(&f->places[k]);
        f->measured.number = rounded(f->measured.number);
        f->required.number = rounded(f->required.number);
    }
}

static void round_pages(Report *r) {
    for (size_t i = 0; i < r->page_count; i++) {
        PageSummary *p = &r->pages[i];
        PlateShare *plates = ARENA_ARRAY(r->arena, PlateShare, p->plate_count);
        p->trim_w = rounded(p->trim_w);
        p->trim_h = rounded(p->trim_h);
        p->ink_mean = rounded(p->ink_mean);
        p->ink_peak = rounded(p->ink_peak);
        for (int side = 0; side < 4; side++)
            p->bleed[side] = rounded(p->bleed[side]);
        for (size_t k = 0; k < p->plate_count; k++)
            plates[k] = (PlateShare){p->plates[k].ink, rounded(p->plates[k].coverage)};
        p->plates = plates;
    }
}

void report_order(Report *r) {
    sort(r->findings, r->finding_count, sizeof *r->findings, by_place);
    sort(r->pages, r->page_count, sizeof *r->pages, by_number);
    sort(r->rules, r->rule_count, sizeof *r->rules, by_id);
}

void report_finish(Report *r, const ChecklistItem *checklist) {
    round_findings(r);
    round_pages(r);
    report_order(r);
    for (int i = 0; i < CHECKLIST_ITEMS; i++)
        r->items[i] =
            (Item){.row = &checklist[i], .human = checklist[i].human ? HUMAN_PENDING : HUMAN_NONE};
    report_judge(r);
}

const Place *finding_places(const Finding *f, size_t *count, bool *whole) {
    *count = f->all ? f->all_count : f->place_count;
    *whole = *count == (size_t)f->count;
    return f->all ? f->all : f->places;
}

static bool anything_unchecked(const Report *r) {
    bool any = r->verdict.unchecked > 0 || r->unproven_count > 0 || !r->job || !r->job->present;
    for (size_t i = 0; i < r->rule_count; i++)
        any |= r->rules[i].unchecked > 0 || r->rules[i].off || r->rules[i].softened;
    return any;
}

int report_exit_code(const Report *r, Severity fail_on, bool strict, bool require_sign) {
    bool blocked = false;
    if (r->verdict.state == VERDICT_UNREADABLE)
        return 3;
    for (size_t i = 0; i < r->finding_count; i++) {
        const Finding *f = &r->findings[i];
        if (f->outcome == OUTCOME_FAIL && f->severity <= fail_on && !f->waiver)
            return 1;
        blocked |= f->outcome == OUTCOME_UNCHECKED && f->by_file && f->severity == SEVERITY_ERROR;
    }
    for (size_t i = 0; i < r->rule_count; i++)
        blocked |= r->rules[i].lost > 0 && r->rules[i].severity == SEVERITY_ERROR;
    if (blocked || (strict && anything_unchecked(r)))
        return 3;
    return require_sign && r->verdict.state != VERDICT_PASS ? 4 : 0;
}
