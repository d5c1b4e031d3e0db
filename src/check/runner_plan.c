/* What the rules need to be read, as far as the job tells before the file is opened. */
#include "check/job_jobs.h"
#include "check/runner.h"

static RunAt run_at(const Rule *r) {
    EntityScope scope = entity_of(r->each)->scope;
    if (scope == SCOPE_RECORD)
        return RUN_LATER;
    if (scope == SCOPE_PAGE)
        return r->streams && kind_is_mark(r->each) ? RUN_MARK : RUN_PAGE;
    if (r->each == FACT_page)
        return r->step == STEP_CLOSE ? RUN_CLOSE : RUN_PAGE;
    return r->step == STEP_OPEN ? RUN_OPEN : RUN_CLOSE;
}

static Severity severity_word_value(const char *word, Severity own) {
    int s = word ? word_find(VOCABULARY_Severity, word) : -1;
    return s < 0 ? own : (Severity)s;
}

static RuleRun run_of(const Runner *r, const Rule *rule, const RuleItem *item) {
    const char *word = jobs_severity(r->input->jobs, rule->id);
    Severity s = severity_word_value(word, rule->severity);
    return (RuleRun){.rule = rule,
                     .item = item,
                     .at = run_at(rule),
                     .failed = {.keeps_all = true},
                     .warned = {.keeps_all = true},
                     .tally = {.id = rule->id,
                               .item = item->number,
                               .severity = s,
                               .title = rule->title,
                               .off = word && streq(word, "off"),
                               .softened = s > rule->severity}};
}

/* Whether it may run on some page. */
static bool may_run(const Runner *r, const RuleRun *run) {
    const Jobs *jobs = r->input->jobs;
    if (run->at == RUN_LATER || run->tally.off || !runner_reads(r, run->rule))
        return false;
    for (size_t i = 0; i < jobs->variant_count; i++) {
        const JobVariant *v = &jobs->variants[i];
        for (size_t side = 0; side < sizeof v->limits / sizeof *v->limits; side++) {
            RuleEnv env = {.row = {[FACT_job] = &v->job,
                                   [FACT_limit] = &v->limits[side].row,
                                   [FACT_paper] = v->paper}};
            if (!rule_ruled_out(run->rule, run->item, &env))
                return true;
        }
    }
    return false;
}

static bool runs_over(const RuleRun *run, FactKind kind) {
    return run->at == RUN_MARK &&
           (run->rule->each == kind || (run->rule->each == FACT_mark && kind_is_mark(kind)));
}

static bool reads_field(const Rule *rule, const FieldDesc *field) {
    for (size_t i = 0; i < rule->field_count; i++)
        if (rule->fields[i] == field)
            return true;
    return false;
}

static void plan_rule(Runner *r, ReadPlan *plan, RuleRun *run) {
    const Rule *rule = run->rule;
    plan->cost = rule->cost > plan->cost ? rule->cost : plan->cost;
    plan->want_missing_glyphs |=
        reads_field(rule, field_find(entity_of(FACT_glyph_run), STR("missing")));
    for (int k = 0; k < FACT_COUNT; k++) {
        bool mine = rule->each == (FactKind)k ||
                    (rule->each == FACT_mark && kind_is_mark((FactKind)k) && k != FACT_mark);
        bool walked = run->at == RUN_PAGE && mine && (FactKind)k != FACT_page;
        plan->keep[k] |= walked || (rule->tables >> k & 1);
        if (!runs_over(run, (FactKind)k))
            continue;
        r->by_kind[k][r->kind_count[k]++] = run;
        plan->tell[k] = true;
    }
}

static void prepare_rule(Runner *r, ReadPlan *plan, const Rule *rule) {
    for (size_t i = 0; i < rule->item_count; i++) {
        RuleRun *run = &r->runs[r->run_count++];
        *run = run_of(r, rule, &rule->items[i]);
        if (may_run(r, run))
            plan_rule(r, plan, run);
    }
}

void runner_prepare(Runner *r, ReadPlan *plan) {
    const RuleSet *set = r->input->rules;
    size_t runs = 0;
    for (size_t i = 0; i < set->count; i++)
        runs += set->items[i].item_count;
    r->runs = ARENA_ARRAY(r->arena, RuleRun, runs);
    for (int k = 0; k < FACT_COUNT; k++) {
        r->by_kind[k] = ARENA_ARRAY(r->arena, RuleRun *, runs);
        r->active[k] = ARENA_ARRAY(r->arena, RuleRun *, runs);
    }
    for (size_t i = 0; i < set->count; i++)
        prepare_rule(r, plan, &set->items[i]);
    /* Outlined text beneath or on top of something is known by its clusters. */
    plan->keep[FACT_cluster] |= plan->keep[FACT_overlap];
    /* Pictures are found among the images. */
    plan->keep[FACT_image] |= plan->keep[FACT_picture];
}
