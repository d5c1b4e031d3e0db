/* Why a result is not known: the first thing in it that is not. */
#include "rules/function.h"

static bool goes_through_rows(const Node *n) {
    if (n->kind == VALUE_BOOL)
        return n->op == TRUTH_ANY || n->op == TRUTH_ALL;
    return n->kind == VALUE_NUMBER && n->op >= NUMBER_COUNT;
}

static const Node *unknown_in_rows(const Node *n, const RuleEnv *env) {
    if (!env->facts)
        return n;
    for (RowWalk w = walk_rows(n, env); walk_next(&w);) {
        const Node *found = w.selected == 1 ? NULL : find_unknown(n->b, &w.env);
        if (!found && n->a)
            found = find_unknown(n->a, &w.env);
        if (found)
            return found;
    }
    return n;
}

const Node *find_unknown(const Node *n, const RuleEnv *env) {
    if (!n || eval_known(n, env))
        return NULL;
    if (goes_through_rows(n))
        return unknown_in_rows(n, env);
    const Node *found = NULL;
    for (size_t i = 0; i < n->count && !found; i++)
        found = find_unknown(n->items[i], env);
    if (!found)
        found = find_unknown(n->a, env);
    /* The condition of inside() sees rows that are not in place here. */
    if (!found && !(n->kind == VALUE_BOOL && n->op == TRUTH_INSIDE))
        found = find_unknown(n->b, env);
    if (!found)
        found = find_unknown(n->c, env);
    return found ? found : n;
}
