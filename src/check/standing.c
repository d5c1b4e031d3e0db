/* What the record knows, laid over a finished report. */
#include "check/standing_rules.h"
#include "check/waive.h"

#include "check/job_sheet.h"

#include <string.h>

static bool same_name(const char *a, const char *b) {
    Arena *scratch = arena_new();
    bool same = a && b && streq(name_key(scratch, a), name_key(scratch, b));
    arena_free(scratch);
    return same;
}

static const Signature *last_of(const Standing *s, Party party) {
    const Signature *last = NULL;
    for (size_t i = 0; i < s->signature_count; i++)
        last = s->signatures[i].party == party ? &s->signatures[i] : last;
    return last;
}

bool is_maker(const Standing *s, const char *name) {
    for (size_t i = 0; i < s->maker_count; i++)
        if (same_name(s->makers[i], name))
            return true;
    const Signature *designer = last_of(s, PARTY_DESIGN), *copywriter = last_of(s, PARTY_COPY);
    return (designer && same_name(designer->by, name)) ||
           (copywriter && same_name(copywriter->by, name));
}

bool party_approved(const Standing *s, Party party) {
    const Signature *last = last_of(s, party);
    return last && last->decision == DECISION_APPROVE &&
           (party != PARTY_DIRECTOR || !is_maker(s, last->by));
}

bool finding_is_of_record(const Finding *f) {
    int kind = f->kind ? entity_find(str_of(f->kind)) : -1;
    return kind >= 0 && entity_of((FactKind)kind)->scope == SCOPE_RECORD;
}

static void set_answers(Report *r, const Standing *s) {
    for (int i = 0; s->answers && i < CHECKLIST_ITEMS; i++)
        if (s->answers[i]) {
            r->items[i].answer = s->answers[i];
            r->items[i].human = s->answers[i]->state;
        }
}

static void match_waivers(Report *r, Standing *s) {
    Waiver *own = ARENA_ARRAY(r->arena, Waiver, s->waiver_count);
    for (size_t i = 0; i < s->waiver_count; i++)
        own[i] = s->waivers[i];
    waivers_match(r, own, s->waiver_count, s->today ? s->today : r->as_of, s->version);
    s->waivers = own;
}

static const char *joined(Arena *a, const char *names, const char *name) {
    if (!names || strstr(names, name))
        return names ? names : name;
    return arena_printf(a, "%s、%s", names, name);
}

/* Where it came in: the first version that had it, and all who approved one with it. */
static void trace(const Report *r, const Standing *s, Finding *f) {
    f->since = s->version;
    for (size_t i = 0; i < s->earlier_count; i++) {
        const EarlierVersion *e = &s->earlier[i];
        if (!e->report || !report_same_finding(e->report, f))
            continue;
        f->since = e->version < f->since ? e->version : f->since;
        if (e->signed_by)
            f->signed_by = joined(r->arena, f->signed_by, e->signed_by);
    }
}

void standing_apply(Report *r, const Standing *from, const RuleSet *rules) {
    Standing *s = ARENA_NEW(r->arena, Standing);
    *s = *from;
    if (s->before.report)
        report_progress(r, s->before.report, s);
    for (size_t i = 0; i < r->finding_count; i++)
        trace(r, s, &r->findings[i]);
    standing_judge_signed(r, s, rules);
    match_waivers(r, s);
    standing_judge_waivers(r, s, rules);
    set_answers(r, s);
    r->standing = s;
    report_order(r);
    report_judge(r);
}
