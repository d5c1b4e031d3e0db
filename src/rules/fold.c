#include "rules/fold.h"

#include "rules/case.h"

#include <math.h>

static bool stays(unsigned slot) {
    return slot == FACT_job || slot == FACT_limit || slot == FACT_paper || slot == FACT_file ||
           slot == FACT_document;
}

bool is_in_mark(const Node *n, FactKind each) {
    return n->field && !n->a && (n->slot == (unsigned)each || n->slot == FACT_mark);
}

static bool is_trait(const Node *n, FactKind each) {
#define TRAIT(type, name) n->offset == offsetof(Mark, name) ||
    return is_in_mark(n, each) && (TRAITS(TRAIT) false);
#undef TRAIT
}

static bool goes_through_rows(const Node *n) {
    return (n->kind == VALUE_BOOL &&
            (n->op == TRUTH_ANY || n->op == TRUTH_ALL || n->op == TRUTH_INSIDE)) ||
           (n->kind == VALUE_NUMBER && n->op >= NUMBER_COUNT);
}

/* Whether n reads nothing but what stays and, when asked for, traits. */
static bool is_settled(const Node *n, FactKind each, bool by_traits) {
    if (!n)
        return true;
    if (n->field)
        return n->a ? is_settled(n->a, each, by_traits)
                    : stays(n->slot) || (by_traits && is_trait(n, each));
    if (n->kind == VALUE_REF || goes_through_rows(n))
        return false;
    for (size_t i = 0; i < n->count; i++)
        if (!is_settled(n->items[i], each, by_traits))
            return false;
    return is_settled(n->a, each, by_traits) && is_settled(n->b, each, by_traits) &&
           is_settled(n->c, each, by_traits);
}

void each_question(const Node *n, FactKind each, void *self,
                   void (*take)(void *self, const Node *question)) {
    if (!n || n->kind != VALUE_BOOL || is_settled(n, each, false))
        return;
    if (is_settled(n, each, true)) {
        take(self, n);
        return;
    }
    if (n->op == TRUTH_NOT)
        each_question(n->a, each, self, take);
    for (size_t i = 0; (n->op == TRUTH_AND || n->op == TRUTH_OR) && i < n->count; i++)
        each_question(n->items[i], each, self, take);
}

static Node *copy(const Fold *f, const Node *n) {
    Node *new = ARENA_NEW(f->arena, Node);
    *new = *n;
    return new;
}

static const Node *truth(const Fold *f, Tri value) {
    Node *new = ARENA_NEW(f->arena, Node);
    *new = (Node){.kind = VALUE_BOOL, .op = TRUTH_CONST, .truth = value};
    return new;
}

static const Node *number(const Fold *f, const Node *n) {
    Node *new = ARENA_NEW(f->arena, Node);
    *new = (Node){.kind = VALUE_NUMBER,
                  .op = NUMBER_CONST,
                  .dimension = n->dimension,
                  .integer = n->integer,
                  .number = eval_number(n, f->env)};
    return new;
}

static bool is_constant(const Node *n, int op) {
    return n->op == op; /* constants are the first of their operators */
}

/* and, or: what cannot decide is left out; of several unknowns one is kept. */
static const Node *fold_chain(const Fold *f, const Node *n) {
    Tri deciding = n->op == TRUTH_OR, rest = !deciding;
    Node *new = copy(f, n);
    new->items = ARENA_ARRAY(f->arena, const Node *, n->count + 1);
    new->count = 0;
    for (size_t i = 0; i < n->count; i++) {
        const Node *item = fold(f, n->items[i]);
        if (!is_constant(item, TRUTH_CONST))
            new->items[new->count++] = item;
        else if (item->truth == deciding)
            return item;
        else if (item->truth == UNKNOWN_BOOL)
            rest = UNKNOWN_BOOL;
    }
    if (!new->count)
        return truth(f, rest);
    if (rest == UNKNOWN_BOOL)
        new->items[new->count++] = truth(f, rest);
    return new->count == 1 ? new->items[0] : new;
}

static const Node *fold_not(const Fold *f, const Node *n) {
    const Node *a = fold(f, n->a);
    if (is_constant(a, TRUTH_CONST))
        return truth(f, a->truth == UNKNOWN_BOOL ? a->truth : !a->truth);
    Node *new = copy(f, n);
    new->a = a;
    return new;
}

/* Of two numbers; a count compares in a way of its own. */
static const Node *fold_sides(const Fold *f, const Node *n) {
    if (n->a->op == NUMBER_COUNT)
        return n;
    Node *new = copy(f, n);
    new->a = fold(f, n->a);
    new->b = fold(f, n->b);
    bool unknown = (is_constant(new->a, NUMBER_CONST) && isnan(new->a->number)) ||
                   (is_constant(new->b, NUMBER_CONST) && isnan(new->b->number));
    return unknown ? truth(f, UNKNOWN_BOOL) : new;
}

/* A number that hangs on traits is no question, so it must not be settled by the mark in scope. */
const Node *fold(const Fold *f, const Node *n) {
    if (n->kind == VALUE_NUMBER)
        return is_settled(n, f->each, false) ? number(f, n) : n;
    if (n->kind != VALUE_BOOL || n->op == TRUTH_CONST)
        return n;
    if (is_settled(n, f->each, true))
        return truth(f, eval_truth(n, f->env));
    if (n->op == TRUTH_AND || n->op == TRUTH_OR)
        return fold_chain(f, n);
    if (n->op == TRUTH_NOT)
        return fold_not(f, n);
    return n->op == TRUTH_COMPARE_NUMBER ? fold_sides(f, n) : n;
}
