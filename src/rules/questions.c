#include "rules/case.h"

#include "rules/fold.h"

static bool same_items(const Node *a, const Node *b);

/* The same question in the same words. What is not compared follows from what is. */
static bool same_node(const Node *a, const Node *b) {
    if (!a || !b)
        return a == b;
    return a->kind == b->kind && a->op == b->op && a->relation == b->relation &&
           a->negated == b->negated && a->coarse == b->coarse && a->dimension == b->dimension &&
           a->slot == b->slot && a->offset == b->offset && a->field == b->field &&
           a->set == b->set && same_items(a, b) && same_node(a->a, b->a) && same_node(a->b, b->b) &&
           same_node(a->c, b->c);
}

static bool same_items(const Node *a, const Node *b) {
    bool same = a->count == b->count;
    for (size_t i = 0; same && i < a->count; i++)
        same = same_node(a->items[i], b->items[i]);
    return same;
}

typedef struct Asking {
    Questions *questions;
    Arena *arena;
} Asking;

static void take(void *self, const Node *question) {
    const Asking *asking = self;
    Questions *q = asking->questions;
    for (size_t i = 0; i < q->count; i++)
        if (same_node(q->items[i], question))
            return;
    if (q->count == MOST_QUESTIONS)
        q->full = true;
    else
        *ARENA_PUSH(asking->arena, q->items, q->count, q->capacity) = question;
}

bool questions_add(Questions *q, Arena *a, const Rule *r) {
    const Node *parts[] = {r->where, r->require, r->warn};
    Asking asking = {q, a};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        each_question(parts[i], r->each, &asking, take);
    bool fits = !q->full;
    q->full = false;
    return fits;
}

Answers questions_ask(const Questions *q, const RuleEnv *env) {
    Answers a = {0};
    for (size_t i = 0; i < q->count; i++) {
        uint64_t answer = (uint8_t)eval_truth(q->items[i], env) & 3; /* unknown is 3 */
        a.bits[i / 32] |= answer << i % 32 * 2;
    }
    return a;
}
