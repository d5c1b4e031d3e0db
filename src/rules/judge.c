/* One rule against the rows in scope. */
#include "rules/message.h"

#include <math.h>

Outcome rule_applies(const Rule *r, const RuleItem *item, const RuleEnv *env) {
    Tri applies = r->when ? eval_truth(r->when, env) : 1;
    Tri here = item && item->when ? eval_truth(item->when, env) : 1;
    if (applies == 0 || here == 0)
        return OUTCOME_NOT_APPLICABLE;
    return applies == 1 && here == 1 ? OUTCOME_PASS : OUTCOME_UNCHECKED;
}

/* Whether n reads a field of that row in scope, or asks for the row itself. */
static bool reads_row(const Node *n, FactKind kind) {
    if (!n)
        return false;
    bool reads = n->field || (n->kind == VALUE_REF && n->op == ROW_SLOT);
    if (reads && !n->a && n->slot == (unsigned)kind)
        return true;
    for (size_t i = 0; i < n->count; i++)
        if (reads_row(n->items[i], kind))
            return true;
    return reads_row(n->a, kind) || reads_row(n->b, kind) || reads_row(n->c, kind);
}

/* is_known() turns a row that is not there yet into an answer, so `when` must not read one. */
static bool job_rules_out(const Node *when, const RuleEnv *env) {
    if (!when)
        return false;
    if (!reads_row(when, FACT_file) && !reads_row(when, FACT_document))
        return eval_truth(when, env) == 0;
    bool some = false; /* one of several that all have to hold is enough */
    for (size_t i = 0; when->op == TRUTH_AND && i < when->count; i++)
        some = some || job_rules_out(when->items[i], env);
    return some;
}

bool rule_ruled_out(const Rule *r, const RuleItem *item, const RuleEnv *env) {
    return job_rules_out(r->when, env) || (item && job_rules_out(item->when, env));
}

Tri rule_selects(const Rule *r, const RuleEnv *env) {
    return r->where ? eval_truth(r->where, env) : 1;
}

bool rule_keeps(const Rule *r, const RuleEnv *env) {
    return eval_truth(r->require, env) == 1;
}

Outcome rule_judge(const Rule *r, const RuleEnv *env) {
    Tri kept = eval_truth(r->require, env);
    if (kept != 1)
        return kept == UNKNOWN_BOOL ? OUTCOME_UNCHECKED : OUTCOME_FAIL;
    Tri strict = r->warn ? eval_truth(r->warn, env) : 1;
    if (strict != 1)
        return strict == UNKNOWN_BOOL ? OUTCOME_UNCHECKED : OUTCOME_WARN;
    return OUTCOME_PASS;
}

Outcome rule_run(const Rule *r, const RuleEnv *env) {
    Tri selected = rule_selects(r, env);
    if (selected == 0)
        return OUTCOME_NOT_SELECTED;
    Outcome o = rule_judge(r, env);
    return selected == 1 || o == OUTCOME_PASS ? o : OUTCOME_UNCHECKED;
}

Text rule_unknown_path(const Rule *r, const RuleEnv *env) {
    const Node *asked[] = {r->when, r->where, r->require, r->warn};
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        const Node *n = find_unknown(asked[i], env);
        if (n)
            return n->path;
    }
    return (Text){NULL, NULL};
}

static const Node *limit_of(const Rule *r, Outcome o) {
    return o == OUTCOME_WARN ? r->warn_limit : r->limit;
}

static const Node *measured_of(const Rule *r, Outcome o) {
    return o == OUTCOME_WARN ? r->warn_measured : r->measured;
}

Value rule_measured(const Rule *r, const RuleEnv *env, Outcome o) {
    return eval_value(measured_of(r, o), env);
}

double rule_rank(const Rule *r, const RuleEnv *env, Outcome o) {
    const Node *measured = measured_of(r, o);
    if (r->worst == WORST_NONE || !measured || measured->kind != VALUE_NUMBER)
        return 0;
    double number = eval_number(measured, env);
    if (isnan(number))
        return 0;
    return r->worst == WORST_MIN ? -number : number;
}

static Worst flipped(Worst w) {
    return w == WORST_MIN ? WORST_MAX : w == WORST_MAX ? WORST_MIN : WORST_NONE;
}

/* Of `a >= limit` the small values of a are the bad ones. What is measured may stand on either
 * side. */
static Worst worse_of(const Node *broken, const Node *measured) {
    const Node *left, *right;
    if (!broken || !measured || measured->kind != VALUE_NUMBER ||
        !comparison_sides(broken, &left, &right) || left->kind != VALUE_NUMBER)
        return WORST_NONE;
    Worst of_left = broken->relation == REL_LT || broken->relation == REL_LE   ? WORST_MAX
                    : broken->relation == REL_GT || broken->relation == REL_GE ? WORST_MIN
                                                                               : WORST_NONE;
    return measured == left ? of_left : measured == right ? flipped(of_left) : WORST_NONE;
}

Worst rule_worse(const Rule *r, Outcome o) {
    if (r->worst != WORST_NONE)
        return r->worst;
    return o == OUTCOME_WARN ? worse_of(r->warn, r->warn_measured)
                             : worse_of(r->require, r->measured);
}

Value rule_limit(const Rule *r, const RuleEnv *env, Outcome o) {
    return eval_value(limit_of(r, o), env);
}

static const FieldDesc *limit_field(const Node *n) {
    if (!n)
        return NULL;
    if (n->field && !n->a && n->slot == FACT_limit)
        return n->field;
    const FieldDesc *found = NULL;
    for (size_t i = 0; i < n->count && !found; i++)
        found = limit_field(n->items[i]);
    found = found ? found : limit_field(n->a);
    found = found ? found : limit_field(n->b);
    return found ? found : limit_field(n->c);
}

const FieldDesc *rule_limit_field(const Rule *r, Outcome o) {
    return limit_field(limit_of(r, o));
}

/* The first variant that is true; NULL: none. */
static const RuleVariant *variant_of(const Rule *r, const RuleEnv *env) {
    for (size_t i = 0; i < r->variant_count; i++)
        if (eval_truth(r->variants[i].test, env) == 1)
            return &r->variants[i];
    return NULL;
}

static Text fill(Arena *a, const Template *t, const Rule *r, const RuleEnv *env, Outcome o) {
    return template_text(a, t, env, rule_measured(r, env, o), rule_limit(r, env, o));
}

Text rule_message(Arena *a, const Rule *r, const RuleEnv *env, Outcome o) {
    const RuleVariant *v = variant_of(r, env);
    return fill(a, v ? v->message : r->message, r, env, o);
}

Text rule_fix(Arena *a, const Rule *r, const RuleEnv *env, Outcome o) {
    const RuleVariant *v = variant_of(r, env);
    return fill(a, v && v->fix ? v->fix : r->fix, r, env, o);
}
