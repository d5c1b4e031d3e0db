#include "check/runner.h"
#include "ink/measure/measure.h"

#include <math.h>

static Severity severity_of(const RuleRun *run, Outcome o) {
    if (o == OUTCOME_WARN && run->tally.severity == SEVERITY_ERROR)
        return SEVERITY_WARNING;
    return run->tally.severity;
}

static Finding finding_of(const Runner *r, const RuleRun *run, const Hits *h) {
    Finding f = {.rule = run->rule->id,
                 .item = run->item->number,
                 .page = r->page ? r->page->number : 0,
                 .origin_is_trim = r->page && origin_is_trim(r->page),
                 .count = h->count,
                 .who = run->rule->who,
                 .order = h->order,
                 .kind = entity_of(run->rule->each)->name,
                 .nowaive = run->rule->nowaive};
    /* The document has no place: its hits are counted only. */
    for (size_t i = 0; r->page && i < h->place_count; i++)
        f.places[f.place_count++] = h->places[i];
    return f;
}

/* Every place, for waivers, where the finding itself does not show them all. */
static void keep_places(Runner *r, Finding *f, const Hits *h) {
    bool shown = h->all_count == f->place_count, too_many = h->all_count != (size_t)h->count;
    /* Of all pages together there may be too many only where all are known. */
    bool full = !r->input->share && r->places + h->all_count > MOST_FILE_PLACES;
    if (shown || too_many || full)
        return;
    f->all = h->all;
    f->all_count = h->all_count;
    r->places += h->all_count;
}

static void tell_broken(Runner *r, RuleRun *run, Hits *h, Outcome o) {
    const Rule *rule = run->rule;
    RuleEnv env = r->env;
    Finding f = finding_of(r, run, h);
    if (h->worst)
        env.row[rule->each] = h->worst;
    if (kind_is_mark(rule->each))
        env.row[FACT_mark] = h->worst;
    const FieldDesc *limit = rule_limit_field(rule, o);
    Text from = {NULL, NULL};
    if (limit)
        from = jobs_limit_source(r->input->jobs, f.page, limit);
    f.severity = severity_of(run, o);
    f.outcome = OUTCOME_FAIL;
    f.worse = rule_worse(rule, o);
    keep_places(r, &f, h);
    f.measured = measure_of(r->arena, rule_measured(rule, &env, o), (Text){NULL, NULL});
    f.required = measure_of(r->arena, rule_limit(rule, &env, o), from);
    f.message = rule_message(r->arena, rule, &env, o);
    f.fix = rule_fix(r->arena, rule, &env, o);
    f.fingerprint = fingerprint_of(r->arena, rule, f.item, f.page, &h->places[0], &f.measured);
    r->to->finding(r->to->self, &f);
}

static void tell_unchecked(Runner *r, RuleRun *run, Hits *h) {
    Finding f = finding_of(r, run, h);
    f.severity = severity_of(run, h->severe ? OUTCOME_UNCHECKED : OUTCOME_WARN);
    f.place_count = h->by_file ? f.place_count : 0;
    finding_leave_open(r->arena, &f, run->rule, &(Reason){h->reason, h->settle, h->by_file});
    r->to->finding(r->to->self, &f);
}

void runner_tell(Runner *r, RuleRun *run) {
    if (run->failed.count)
        tell_broken(r, run, &run->failed, OUTCOME_FAIL);
    if (run->warned.count)
        tell_broken(r, run, &run->warned, OUTCOME_WARN);
    if (run->unchecked.count)
        tell_unchecked(r, run, &run->unchecked);
    hits_clear(&run->failed);
    hits_clear(&run->warned);
    hits_clear(&run->unchecked);
}

void runner_tell_damage(Runner *r, const Document *d) {
    for (size_t i = 0; d && d->damage && i < d->damage->count; i++) {
        const Strs *en = d->damage_en && i < d->damage_en->count ? d->damage_en : d->damage;
        Unproven u = {{"读不到的内容", "content that cannot be read"},
                      {d->damage->items[i], en->items[i]}};
        r->to->unproven(r->to->self, &u);
    }
}

void runner_tell_page(Runner *r, const Page *p) {
    bool known = p->trim_source != TRIM_DEFAULTED;
    size_t count;
    const PlateShare *plates = ink_shares(r, &count);
    uint64_t look[2] = {0, 0};
    bool looked = p->blank == 1 || (r->ink && ink_measure_look(r->ink, p->number, look));
    PageSummary s = {.number = p->number,
                     .trim_w = known ? TO_MM(p->viewed_w) : NAN,
                     .trim_h = known ? TO_MM(p->viewed_h) : NAN,
                     .trim_source = p->trim_source,
                     .bleed = {TO_MM(p->bleed_top), TO_MM(p->bleed_right), TO_MM(p->bleed_bottom),
                               TO_MM(p->bleed_left)},
                     .inked = p->drawn != UNKNOWN_BOOL,
                     .ink_mean = p->ink_mean,
                     .ink_peak = p->ink_peak,
                     .plate_count = count,
                     .plates = plates,
                     .looked = looked,
                     .look_low = p->blank == 1 ? 0 : look[0],
                     .look_high = p->blank == 1 ? 0 : look[1]};
    r->to->page(r->to->self, &s);
}
