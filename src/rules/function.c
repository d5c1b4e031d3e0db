#include "rules/function.h"

#include <math.h>
#include <string.h>

RowWalk walk_rows(const Node *n, const RuleEnv *env) {
    RowWalk w = {.node = n, .env = *env};
    if (n->binds_subject)
        w.env.row[SLOT_SUBJECT] = env->row[n->subject];
    return w;
}

bool walk_next(RowWalk *w) {
    const Node *n = w->node;
    for (; w->kind < FACT_COUNT; w->kind++, w->next = 0) {
        if (!(n->set >> w->kind & 1))
            continue;
        size_t count = facts_count(w->env.facts, (FactKind)w->kind);
        while (w->next < count) {
            w->env.row[n->slot] = facts_at(w->env.facts, (FactKind)w->kind, w->next++);
            w->selected = n->b ? eval_truth(n->b, &w->env) : 1;
            if (w->selected != 0)
                return true;
        }
    }
    return false;
}

/* Without tables nothing is known of their rows, not even that there are none. */
static bool has_tables(const RuleEnv *env) {
    return env->facts != NULL;
}

static Tri kleene_and(Tri a, Tri b) {
    if (a == 0 || b == 0)
        return 0;
    return a == 1 && b == 1 ? 1 : UNKNOWN_BOOL;
}

/* any: some row has condition and field. */
static Tri any_row(const Node *n, const RuleEnv *env) {
    Tri found = 0;
    if (!has_tables(env))
        return UNKNOWN_BOOL;
    for (RowWalk w = walk_rows(n, env); walk_next(&w);) {
        Tri one = n->a ? kleene_and(w.selected, eval_truth(n->a, &w.env)) : w.selected;
        if (one == 1)
            return 1;
        if (one == UNKNOWN_BOOL)
            found = UNKNOWN_BOOL;
    }
    return found;
}

/* all(E.field where C): no row has C without the field. all(E where C): no row is without C, so
 * typing hands C over as the field. */
static Tri all_rows(const Node *n, const RuleEnv *env) {
    Tri kept = 1;
    if (!has_tables(env))
        return UNKNOWN_BOOL;
    for (RowWalk w = walk_rows(n, env); walk_next(&w);) {
        Tri field = n->a ? eval_truth(n->a, &w.env) : 1;
        if (field == 0 && w.selected == 1)
            return 0;
        if (field != 1)
            kept = UNKNOWN_BOOL;
    }
    return kept;
}

/* Any row that may belong, or whose number is unknown, makes the whole unknown. */
double aggregate_number(const Node *n, const RuleEnv *env) {
    bool least_or_most = n->op == NUMBER_LEAST || n->op == NUMBER_MOST;
    double total = least_or_most ? NAN : 0;
    if (!has_tables(env))
        return NAN;
    for (RowWalk w = walk_rows(n, env); walk_next(&w);) {
        double one = n->a ? eval_number(n->a, &w.env) : 1;
        if (w.selected != 1 || isnan(one))
            return NAN;
        if (!least_or_most)
            total += one;
        else if (isnan(total) || (n->op == NUMBER_LEAST ? one < total : one > total))
            total = one;
    }
    return total;
}

/* A count that is not known may still be known to be above or below. */
Tri compare_count(const Node *n, double limit, const RuleEnv *env) {
    double least = 0, most = 0;
    if (!has_tables(env) || isnan(limit))
        return UNKNOWN_BOOL;
    for (RowWalk w = walk_rows(n->a, env); walk_next(&w);) {
        most++;
        least += w.selected == 1;
    }
    int low = measure_compare(least, limit, DIM_NONE),
        high = measure_compare(most, limit, DIM_NONE);
    Relation relation = (Relation)n->relation;
    bool equality = relation == REL_EQ || relation == REL_NE;
    if (low == high ||
        (!equality && relation_holds(relation, low) == relation_holds(relation, high)))
        return relation_holds(relation, low);
    return UNKNOWN_BOOL;
}

/* From the mark outwards; a mark without a parent lies on the page itself. */
static Tri inside(const Node *n, const RuleEnv *env) {
    const Mark *mark = eval_row(n->a, env);
    if (!mark)
        return UNKNOWN_BOOL;
    RuleEnv inner = *env;
    if (n->binds_subject)
        inner.row[SLOT_SUBJECT] = env->row[n->subject];
    Tri found = 0;
    for (const Mark *m = mark->parent; m && found != 1; m = m->parent) {
        if (n->word && m->kind && m->kind != n->word)
            continue;
        inner.row[n->slot] = m;
        Tri one = n->b ? eval_truth(n->b, &inner) : 1;
        if (n->word && !m->kind)
            one = kleene_and(UNKNOWN_BOOL, one);
        if (one != 0)
            found = one;
    }
    return found;
}

double list_length(const Strs *list) {
    return list ? (double)list->count : NAN;
}

static char lowered(char c, bool lower) {
    return lower && c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
}

static bool text_starts(TextValue text, TextValue part) {
    const char *t = text.p, *p = part.p;
    while (*p && lowered(*t, text.lower) == lowered(*p, part.lower))
        t++, p++;
    return !*p;
}

static bool same_text(TextValue a, TextValue b) {
    return strlen(a.p) == strlen(b.p) && text_starts(a, b);
}

static Tri has_part(TextValue text, TextValue part) {
    if (!text.p || !part.p)
        return UNKNOWN_BOOL;
    do {
        if (text_starts(text, part))
            return 1;
    } while (*text.p++);
    return 0;
}

static Tri has_some_part(TextValue text, const Strs *parts) {
    if (!text.p || !parts)
        return UNKNOWN_BOOL;
    for (size_t i = 0; i < parts->count; i++)
        if (has_part(text, (TextValue){parts->items[i], false}) == 1)
            return 1;
    return 0;
}

static Tri listed(TextValue text, const Strs *list) {
    if (!text.p || !list)
        return UNKNOWN_BOOL;
    for (size_t i = 0; i < list->count; i++)
        if (same_text(text, (TextValue){list->items[i], false}))
            return 1;
    return 0;
}

static Tri compare_texts(const Node *n, const RuleEnv *env) {
    TextValue a = eval_text(n->a, env), b = eval_text(n->b, env);
    return a.p && b.p ? same_text(a, b) == (n->relation == REL_EQ) : UNKNOWN_BOOL;
}

static Tri near(const Node *n, const RuleEnv *env) {
    double a = eval_number(n->a, env), b = eval_number(n->b, env), c = eval_number(n->c, env);
    if (isnan(a) || isnan(b) || isnan(c))
        return UNKNOWN_BOOL;
    return compare_measures(n, fabs(a - b), c) <= 0;
}

static Tri matches(const Node *n, const RuleEnv *env) {
    TextValue text = eval_text(n->a, env);
    return text.p ? regexec(&n->regex->compiled, text.p, 0, NULL, 0) == 0 : UNKNOWN_BOOL;
}

Tri call_truth(const Node *n, const RuleEnv *env) {
    switch ((TruthOp)n->op) {
    case TRUTH_ANY:
        return any_row(n, env);
    case TRUTH_ALL:
        return all_rows(n, env);
    case TRUTH_INSIDE:
        return inside(n, env);
    case TRUTH_NEAR:
        return near(n, env);
    case TRUTH_MATCHES:
        return matches(n, env);
    case TRUTH_PART:
        return has_part(eval_text(n->a, env), eval_text(n->b, env));
    case TRUTH_SOME_PART:
        return has_some_part(eval_text(n->a, env), eval_list(n->b, env));
    case TRUTH_COMPARE_TEXT:
        return compare_texts(n, env);
    case TRUTH_TEXT_IN:
        return listed(eval_text(n->a, env), eval_list(n->b, env));
    case TRUTH_IS_KNOWN:
        return eval_known(n->a, env);
    case TRUTH_CONST:
    case TRUTH_FIELD:
    case TRUTH_NOT:
    case TRUTH_AND:
    case TRUTH_OR:
    case TRUTH_COMPARE_NUMBER:
    case TRUTH_COMPARE_WORD:
    case TRUTH_COMPARE_TRUTH:
    case TRUTH_COMPARE_BOX:
    case TRUTH_COMPARE_ROW:
    case TRUTH_WORD_IS:
    case TRUTH_WORD_IN:
    case TRUTH_NUMBER_IN:
        break;
    }
    return UNKNOWN_BOOL;
}
