#include "rules/case.h"

#include "rules/fold.h"
#include "rules/function.h"

#include <math.h>

typedef enum CheckOp {
    CHECK_TRUTH,  /* the field is `wanted` */
    CHECK_WORD,   /* the word is one of `set` */
    CHECK_NUMBER, /* an int, double or float against `limit` */
    CHECK_REST,   /* anything else */
} CheckOp;

enum { SET_BITS = 64 };

struct Check {
    uint8_t op, load; /* load: NumberOp of the field */
    Tri wanted;
    Tri below, above; /* the answer where nothing is near */
    uint16_t offset;
    bool mirrored; /* the limit stands on the left */
    double low, high, limit;
    uint64_t set;
    const Node *node;
};

/* What lies outside of these is not equal to the limit under any tolerance, so that its order needs
 * no more than a look. */
static void set_range(Check *c, Dimension d) {
    double margin = 1e-6 * fabs(c->limit) + (d == DIM_LENGTH ? 2 * LENGTH_TOLERANCE : 0);
    c->low = c->limit - margin;
    c->high = c->limit + margin;
}

static bool number_check(const Fold *f, const Node *n, Check *c) {
    bool mirrored = n->a->op == NUMBER_CONST;
    const Node *field = mirrored ? n->b : n->a, *limit = mirrored ? n->a : n->b;
    bool loads = field->op == NUMBER_INT || field->op == NUMBER_NUM || field->op == NUMBER_NUM32;
    if (!loads || !is_in_mark(field, f->each) || limit->op != NUMBER_CONST)
        return false;
    *c = (Check){.op = CHECK_NUMBER,
                 .load = field->op,
                 .offset = field->offset,
                 .mirrored = mirrored,
                 .below = relation_holds((Relation)n->relation, mirrored ? 1 : -1),
                 .above = relation_holds((Relation)n->relation, mirrored ? -1 : 1),
                 .limit = limit->number,
                 .node = n};
    set_range(c, n->dimension);
    return true;
}

static bool truth_check(const Fold *f, const Node *n, Check *c) {
    const Node *field = n->op == TRUTH_NOT ? n->a : n;
    if (field->op != TRUTH_FIELD || !is_in_mark(field, f->each))
        return false;
    *c = (Check){.op = CHECK_TRUTH, .wanted = field == n, .offset = field->offset};
    return true;
}

static bool word_check(const Fold *f, const Node *n, Check *c) {
    bool is = n->op == TRUTH_WORD_IS;
    if ((!is && n->op != TRUTH_WORD_IN) || n->a->op != WORD_FIELD || !is_in_mark(n->a, f->each) ||
        n->a->domain->count > SET_BITS)
        return false;
    bool negated = is ? n->relation == REL_NE : n->negated;
    uint64_t set = is ? UINT64_C(1) << n->word : n->set;
    *c = (Check){.op = CHECK_WORD, .offset = n->a->offset, .set = negated ? ~set : set};
    return true;
}

static Check check_of(const Fold *f, const Node *n) {
    Check c;
    if (truth_check(f, n, &c) || word_check(f, n, &c) ||
        (n->op == TRUTH_COMPARE_NUMBER && number_check(f, n, &c)))
        return c;
    return (Check){.op = CHECK_REST, .node = n};
}

/* Takes a condition apart at its outermost `and`; NULL always holds. */
static Checks checks_of(const Fold *f, const Node *n) {
    Checks all = {.rest = 1};
    const Node *folded = n ? fold(f, n) : NULL;
    if (!folded)
        return all;
    bool chain = folded->op == TRUTH_AND;
    size_t count = chain ? folded->count : 1;
    Check *items = ARENA_ARRAY(f->arena, Check, count);
    for (size_t i = 0; i < count; i++) {
        const Node *item = chain ? folded->items[i] : folded;
        if (item->op == TRUTH_CONST)
            all.rest = item->truth;
        else
            items[all.count++] = check_of(f, item);
    }
    all.items = items;
    return all;
}

const RuleCase *rule_case(Arena *a, const Rule *r, const RuleEnv *env) {
    Fold f = {.arena = a, .env = env, .each = r->each};
    RuleCase *c = ARENA_NEW(a, RuleCase);
    c->where = checks_of(&f, r->where);
    c->require = checks_of(&f, r->require);
    c->warn = checks_of(&f, r->warn);
    bool never = !c->where.count && c->where.rest == 0;
    c->settled = never || (!c->where.count && !c->require.count && !c->warn.count);
    if (c->settled)
        c->outcome = rule_run(r, env);
    return c;
}

static inline double load(const Check *c, const char *p) {
    if (c->load == NUMBER_NUM32)
        return (double)*(const float *)p;
    if (c->load == NUMBER_NUM)
        return *(const double *)p;
    int32_t value = *(const int32_t *)p;
    return value == UNKNOWN_INT ? NAN : (double)value;
}

static Tri check_near(const Check *c, double value) {
    if (isnan(value))
        return UNKNOWN_BOOL;
    double left = c->mirrored ? c->limit : value, right = c->mirrored ? value : c->limit;
    return relation_holds((Relation)c->node->relation, compare_measures(c->node, left, right));
}

static inline Tri check_number(const Check *c, const char *p) {
    double value = load(c, p);
    if (value < c->low)
        return c->below;
    return value > c->high ? c->above : check_near(c, value);
}

static inline Tri check_one(const Check *c, const char *mark, const RuleEnv *env) {
    const char *p = mark + c->offset;
    switch ((CheckOp)c->op) {
    case CHECK_TRUTH: {
        Tri value = *(const Tri *)p;
        return value == UNKNOWN_BOOL ? value : value == c->wanted;
    }
    case CHECK_WORD: {
        unsigned word = *(const uint8_t *)p;
        bool among = c->set >> word & 1;
        if (!word)
            return UNKNOWN_BOOL;
        return among;
    }
    case CHECK_NUMBER:
        return check_number(c, p);
    case CHECK_REST:
        return eval_truth(c->node, env);
    }
    return UNKNOWN_BOOL;
}

static inline Tri check_all(const Checks *all, const char *mark, const RuleEnv *env) {
    Tri kept = all->rest;
    for (size_t i = 0; i < all->count; i++) {
        Tri one = check_one(&all->items[i], mark, env);
        if (one == 0)
            return 0;
        if (one == UNKNOWN_BOOL)
            kept = UNKNOWN_BOOL;
    }
    return kept;
}

/* As rule_judge. */
static inline Outcome judge(const RuleCase *c, const char *mark, const RuleEnv *env) {
    Tri kept = check_all(&c->require, mark, env);
    if (kept != 1)
        return kept == UNKNOWN_BOOL ? OUTCOME_UNCHECKED : OUTCOME_FAIL;
    Tri strict = check_all(&c->warn, mark, env);
    if (strict != 1)
        return strict == UNKNOWN_BOOL ? OUTCOME_UNCHECKED : OUTCOME_WARN;
    return OUTCOME_PASS;
}

/* As rule_run. */
Outcome case_run(const RuleCase *c, const void *mark, const RuleEnv *env) {
    if (c->settled)
        return c->outcome;
    Tri selected = check_all(&c->where, mark, env);
    if (selected == 0)
        return OUTCOME_NOT_SELECTED;
    Outcome o = judge(c, mark, env);
    return selected == 1 || o == OUTCOME_PASS ? o : OUTCOME_UNCHECKED;
}
