/* A rule over marks, worked out for marks that are alike.
 *
 * Marks come in hundreds of thousands and few kinds. Much of what rules ask of them hangs on their
 * traits alone: what marks share by the hundred. Those questions, asked once for each set of
 * traits, leave few combinations of answers. A RuleCase is what is left of a rule, under one of
 * these and one job, to ask of each mark. Its outcome is always that of rule_run, whatever is
 * unknown.
 *
 *     Questions q = {0};
 *     bool fits = questions_add(&q, a, rule);
 *     Answers at_hand = questions_ask(&q, &env);                    for new traits
 *     const RuleCase *c = rule_case(a, rule, &env);                 for new answers
 *     Outcome o = c->settled ? c->outcome : case_run(c, mark, &env);
 *
 * A case lives in the arena it was made in and holds as long as job, limit, paper, file and
 * document stay in scope; the page may change. */
#ifndef CHUPIN_RULES_CASE_H
#define CHUPIN_RULES_CASE_H

#include "rules/rules.h"

/* What marks share: all else that a rule may read through them hangs on their style. */
#define TRAITS(X)                                                                                  \
    X(const Style *, style)                                                                        \
    X(uint8_t, kind)                                                                               \
    X(uint8_t, region)                                                                             \
    X(uint8_t, hidden)                                                                             \
    X(Tri, visible)

typedef struct Traits {
#define TRAIT(type, name) type name;
    TRAITS(TRAIT)
#undef TRAIT
} Traits;

static inline Traits traits_of(const Mark *m) {
    return (Traits){
#define TRAIT(type, name) .name = m->name,
        TRAITS(TRAIT)
#undef TRAIT
    };
}

static inline bool same_traits(const Traits *a, const Traits *b) {
#define TRAIT(type, name) a->name == b->name &&
    return TRAITS(TRAIT) true;
#undef TRAIT
}

enum { ANSWER_WORDS = 4, MOST_QUESTIONS = ANSWER_WORDS * 32 };

typedef struct Answers { /* two bits each */
    uint64_t bits[ANSWER_WORDS];
} Answers;

typedef struct Questions {
    size_t count, capacity;
    const Node **items;
    bool full;
} Questions;

/* Adds the questions of a rule that are not among them yet; false: there are too many, and the rule
 * must not be worked out. */
bool questions_add(Questions *q, Arena *a, const Rule *r);
Answers questions_ask(const Questions *q, const RuleEnv *env);

typedef struct Check Check; /* one condition on a field of the mark */

typedef struct Checks { /* all of them together, Kleene's and */
    Tri rest;           /* what the settled part of it is: true or unknown */
    size_t count;
    const Check *items;
} Checks;

typedef struct RuleCase {
    bool settled;    /* every mark of the case has this outcome */
    Outcome outcome; /* when settled */
    Checks where, require, warn;
} RuleCase;

/* For the mark in scope and all with the same answers. Only for rules that stream: they read
 * nothing but the mark, its style and what stays in scope. */
const RuleCase *rule_case(Arena *a, const Rule *r, const RuleEnv *env);
Outcome case_run(const RuleCase *c, const void *mark, const RuleEnv *env);

#endif
