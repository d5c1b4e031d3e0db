#include "check/standing_rules.h"
#include "check/finding.h"

#include <math.h>

typedef struct Judged { /* a row and, where it can not be judged, why */
    const void *row;
    Text why;
    bool by_file;
} Judged;

/* The check made it, so that a rule the job switched off stays off. */
static RuleTally *tally_of(Report *r, const Rule *rule, int item) {
    for (size_t i = 0; i < r->rule_count; i++)
        if (streq(r->rules[i].id, rule->id) && r->rules[i].item == item)
            return &r->rules[i];
    RuleTally *t = ARENA_PUSH(r->arena, r->rules, r->rule_count, r->rule_capacity);
    *t =
        (RuleTally){.id = rule->id, .item = item, .severity = rule->severity, .title = rule->title};
    return t;
}

Finding *later_finding(Report *r, const Rule *rule, const RuleTally *tally, Outcome o) {
    Finding *f = ARENA_PUSH(r->arena, r->findings, r->finding_count, r->finding_capacity);
    bool warns = o == OUTCOME_WARN && tally->severity == SEVERITY_ERROR;
    *f = (Finding){.rule = rule->id,
                   .item = tally->item,
                   .severity = warns ? SEVERITY_WARNING : tally->severity,
                   .outcome = o == OUTCOME_UNCHECKED ? OUTCOME_UNCHECKED : OUTCOME_FAIL,
                   .count = 1,
                   .who = rule->who,
                   .kind = entity_of(rule->each)->name,
                   .nowaive = rule->nowaive,
                   .measured = {.number = NAN, .unit = ""},
                   .required = {.number = NAN, .unit = ""}};
    return f;
}

static void tell(Report *r, const Rule *rule, const RuleTally *tally, const RuleEnv *env, Outcome o,
                 const Judged *judged) {
    Arena *a = r->arena;
    Finding *f = later_finding(r, rule, tally, o);
    if (o == OUTCOME_UNCHECKED) {
        Text why =
            judged->why.zh ? judged->why : reason_of(a, rule_unknown_path(rule, env), env).text;
        finding_leave_open(a, f, rule, &(Reason){.text = why, .by_file = judged->by_file});
        return;
    }
    Place *place = ARENA_NEW(a, Place);
    *place = place_of(NULL, rule->each, judged->row, rule_measured(rule, env, o));
    f->all = place;
    f->all_count = 1;
    f->worse = rule_worse(rule, o);
    f->measured = measure_of(a, rule_measured(rule, env, o), (Text){NULL, NULL});
    f->required = measure_of(a, rule_limit(rule, env, o), (Text){NULL, NULL});
    f->message = rule_message(a, rule, env, o);
    f->fix = rule_fix(a, rule, env, o);
    f->fingerprint = fingerprint_of(a, rule, tally->item, 0, place, &f->measured);
}

static void judge(Report *r, const Rule *rule, RuleTally *tally, const Judged *judged) {
    RuleEnv env = {0};
    env.row[rule->each] = judged->row;
    Outcome o = rule_run(rule, &env);
    switch (o) {
    case OUTCOME_PASS:
        tally->pass++;
        return;
    case OUTCOME_FAIL:
    case OUTCOME_WARN:
        tally->fail++;
        break;
    case OUTCOME_UNCHECKED:
        tally->unchecked++;
        break;
    case OUTCOME_NOT_APPLICABLE:
    case OUTCOME_NOT_SELECTED:
    case OUTCOME_WORDS:
        return;
    }
    tell(r, rule, tally, &env, o, judged);
}

static void judge_all(Report *r, const RuleSet *rules, FactKind kind, const Judged *rows,
                      size_t count) {
    for (size_t i = 0; count && i < rules->count; i++) {
        const Rule *rule = &rules->items[i];
        for (size_t k = 0; rule->each == kind && k < rule->item_count; k++) {
            RuleTally *tally = tally_of(r, rule, rule->items[k].number);
            tally->applicable = !tally->off;
            for (size_t row = 0; !tally->off && row < count; row++)
                judge(r, rule, tally, &rows[row]);
        }
    }
}

void standing_judge_signed(Report *r, const Standing *s, const RuleSet *rules) {
    if (!s->signed_version.name)
        return;
    SignedRow row;
    row_clear(entity_of(FACT_signed_version), &row);
    bool same = s->signed_version.same_bytes;
    row.name = s->signed_version.name;
    row.by = s->signed_version.by;
    row.same_bytes = same;
    if (s->signed_version.compared)
        row.same_look = s->signed_version.same_look;
    row.differences = (int32_t)s->difference_count;
    judge_all(r, rules, FACT_signed_version, &(Judged){.row = &row, .why = s->signed_version.why},
              1);
}

void live_twin_judge(Report *r, const LiveTwin *live, const char *pages, const RuleSet *rules) {
    LiveTwinRow row;
    row_clear(entity_of(FACT_live_twin), &row);
    row.name = live->name;
    if (live->sha256 && live->compared)
        row.same_look = live->same_look;
    row.differences = (int32_t)live->difference_count;
    row.pages = pages;
    judge_all(r, rules, FACT_live_twin, &(Judged){&row, live->why, true}, 1);
}

static const char *until_of(Arena *a, const Waiver *w) {
    if (w->until_date)
        return w->until_date;
    return w->until_version ? arena_printf(a, "v%d", w->until_version) : "";
}

void standing_judge_waivers(Report *r, const Standing *s, const RuleSet *rules) {
    WaiverRow *rows = ARENA_ARRAY(r->arena, WaiverRow, s->waiver_count);
    Judged *judged = ARENA_ARRAY(r->arena, Judged, s->waiver_count);
    for (size_t i = 0; i < s->waiver_count; i++) {
        const Waiver *w = &s->waivers[i];
        row_clear(entity_of(FACT_waiver), &rows[i]);
        rows[i].row = (uint32_t)i;
        rows[i].rule = w->rule;
        rows[i].fingerprint = w->fingerprint;
        rows[i].state = w->state;
        rows[i].by = w->by;
        rows[i].until = until_of(r->arena, w);
        judged[i].row = &rows[i];
    }
    judge_all(r, rules, FACT_waiver, judged, s->waiver_count);
}
