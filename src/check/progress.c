/* One run against the one before: which findings are mended, still there, new. */
#include "check/report.h"

#include <math.h>
#include <string.h>

static const double moved = 2.0; /* mm: a place that moved less is the same one */
static const double overlapping =
    0.5; /* of what two boxes cover together: or it overlaps so much */

static double area(const Box *b) {
    return fmax(b->x1 - b->x0, 0) * fmax(b->y1 - b->y0, 0);
}

static bool near_box(const Box *a, const Box *b) {
    if (fabs(a->x0 - b->x0) <= moved && fabs(a->y0 - b->y0) <= moved &&
        fabs(a->x1 - b->x1) <= moved && fabs(a->y1 - b->y1) <= moved)
        return true;
    Box both = {fmax(a->x0, b->x0), fmax(a->y0, b->y0), fmin(a->x1, b->x1), fmin(a->y1, b->y1)};
    double shared = area(&both), whole = area(a) + area(b) - shared;
    return whole > 0 && shared >= overlapping * whole;
}

/* Without a box it is the page or the document itself, or something there that has a name. */
static bool near_place(const Place *a, const Place *b) {
    if (a->boxed != b->boxed || a->edge != b->edge)
        return false;
    if (a->boxed)
        return near_box(&a->box, &b->box);
    return !a->content || !b->content || a->content == b->content;
}

static bool shares_place(const Finding *a, const Finding *b) {
    size_t count_a, count_b;
    bool whole;
    const Place *places_a = finding_places(a, &count_a, &whole),
                *places_b = finding_places(b, &count_b, &whole);
    if (!count_a || !count_b) /* a report from a file does not say what the document's rows are */
        return !a->measured.text || !b->measured.text || streq(a->measured.text, b->measured.text);
    for (size_t i = 0; i < count_a; i++)
        for (size_t k = 0; k < count_b; k++)
            if (near_place(&places_a[i], &places_b[k]))
                return true;
    return false;
}

/* The same thing as it was found then; the value may have moved. */
static bool is_same(const Finding *now, const Finding *then) {
    if (now->page != then->page || now->item != then->item || !streq(now->rule, then->rule) ||
        (now->outcome == OUTCOME_UNCHECKED) != (then->outcome == OUTCOME_UNCHECKED))
        return false;
    if (now->kind && then->kind && !streq(now->kind, then->kind))
        return false;
    return now->outcome == OUTCOME_UNCHECKED || shares_place(now, then);
}

const Finding *report_same_finding(const Report *in, const Finding *f) {
    for (size_t i = 0; i < in->finding_count; i++)
        if (is_same(f, &in->findings[i]))
            return &in->findings[i];
    return NULL;
}

/* Whether what is not found now was looked for. A rule that the job no longer asks was. */
static bool was_looked_for(const Report *now, const Finding *f) {
    bool known = false;
    for (size_t i = 0; i < now->rule_count; i++) {
        const RuleTally *t = &now->rules[i];
        if (!streq(t->id, f->rule) || t->item != f->item)
            continue;
        if (t->off || t->lost)
            return false;
        known = true;
    }
    for (size_t i = 0; i < now->finding_count; i++) {
        const Finding *u = &now->findings[i];
        if (u->outcome == OUTCOME_UNCHECKED && u->page == f->page && streq(u->rule, f->rule))
            return false;
    }
    return known && !now->file.unreadable.zh;
}

static void mark_findings(Report *now, const Report *before, Standing *s) {
    for (size_t i = 0; i < now->finding_count; i++) {
        Finding *f = &now->findings[i];
        f->progress = report_same_finding(before, f) ? PROGRESS_STILL : PROGRESS_NEW;
        if (f->outcome != OUTCOME_FAIL)
            continue;
        if (f->progress == PROGRESS_STILL)
            s->still_count++;
        else
            s->new_count++;
    }
}

void report_progress(Report *now, const Report *before, Standing *s) {
    Finding *mended = NULL;
    size_t capacity = 0;
    s->mended_count = s->still_count = s->new_count = s->doubtful_count = 0;
    mark_findings(now, before, s);
    for (size_t i = 0; i < before->finding_count; i++) {
        const Finding *f = &before->findings[i];
        if (f->outcome != OUTCOME_FAIL || report_same_finding(now, f))
            continue;
        if (was_looked_for(now, f))
            *ARENA_PUSH(now->arena, mended, s->mended_count, capacity) = *f;
        else
            s->doubtful_count++;
    }
    s->mended = mended;
}
