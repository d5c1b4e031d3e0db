/* Cases are kept for each job of the file and each kind of mark, so that all pages of a job share
 * them: `when` reads nothing but the job and the file, so the same rules are active there. */
#include "check/runner.h"

#include "rules/case.h"

#include <string.h>

/* Each set of answers costs memory, and honest pages give few. */
enum { MOST_CASES = 256, FIRST_SLOTS = 64 };

typedef struct OpenRule { /* a rule that looks at each mark, or that all of them break */
    RuleRun *run;
    const RuleCase *rule_case; /* NULL: run as it is written */
} OpenRule;

typedef struct MarkCase { /* all active rules for marks that give the same answers */
    Answers answers;
    int marks; /* met */
    OpenRule *open;
    RuleRun **passed; /* every mark passes these; counted at the end */
    size_t open_count, passed_count;
} MarkCase;

typedef struct Slot {
    Traits traits;
    MarkCase *of; /* NULL: the slot is free */
} Slot;

typedef struct CaseTable {
    Questions questions;
    bool *asked; /* for each active rule: its questions are among them */
    Slot *slots; /* open addressing, at most half full */
    size_t slot_count, used;
    Slot last; /* most marks are like the one before */
    MarkCase *cases[MOST_CASES];
    size_t case_count;
} CaseTable;

struct CaseSet {
    const void *job, *limit, *paper;
    CaseTable *tables[FACT_COUNT];
    CaseSet *next;
};

void cases_begin_page(Runner *r) {
    const void *const *row = r->env.row;
    CaseSet *s = r->case_sets;
    while (s &&
           (s->job != row[FACT_job] || s->limit != row[FACT_limit] || s->paper != row[FACT_paper]))
        s = s->next;
    if (!s) {
        s = ARENA_NEW(r->arena, CaseSet);
        *s = (CaseSet){row[FACT_job], row[FACT_limit], row[FACT_paper], {NULL}, r->case_sets};
        r->case_sets = s;
    }
    r->cases = s;
}

static CaseTable *new_table(Runner *r, FactKind kind) {
    CaseTable *t = ARENA_NEW(r->arena, CaseTable);
    t->asked = ARENA_ARRAY(r->arena, bool, r->active_count[kind]);
    for (size_t i = 0; i < r->active_count[kind]; i++)
        t->asked[i] = questions_add(&t->questions, r->arena, r->active[kind][i]->rule);
    t->slot_count = FIRST_SLOTS;
    t->slots = ARENA_ARRAY(r->arena, Slot, t->slot_count);
    return t;
}

static MarkCase *new_case(Runner *r, FactKind kind, const CaseTable *t, Answers answers) {
    MarkCase *c = ARENA_NEW(r->arena, MarkCase);
    size_t count = r->active_count[kind];
    c->answers = answers;
    c->open = ARENA_ARRAY(r->arena, OpenRule, count);
    c->passed = ARENA_ARRAY(r->arena, RuleRun *, count);
    for (size_t i = 0; i < count; i++) {
        RuleRun *run = r->active[kind][i];
        const RuleCase *one = t->asked[i] ? rule_case(r->arena, run->rule, &r->env) : NULL;
        if (one && one->settled && one->outcome == OUTCOME_PASS)
            c->passed[c->passed_count++] = run;
        else if (!one || !one->settled || one->outcome != OUTCOME_NOT_SELECTED)
            c->open[c->open_count++] = (OpenRule){run, one};
    }
    return c;
}

/* NULL: there are too many. */
static MarkCase *case_of(Runner *r, FactKind kind, CaseTable *t) {
    Answers answers = questions_ask(&t->questions, &r->env);
    for (size_t i = 0; i < t->case_count; i++)
        if (memcmp(&t->cases[i]->answers, &answers, sizeof answers) == 0)
            return t->cases[i];
    if (t->case_count == MOST_CASES)
        return NULL;
    return t->cases[t->case_count++] = new_case(r, kind, t, answers);
}

static Slot *find_slot(Slot *slots, size_t count, const Traits *t) {
    uint64_t h = (uintptr_t)t->style;
    h = h << 16 ^ (uint64_t)t->kind << 12 ^ (uint64_t)t->region << 8 ^ (uint64_t)t->hidden << 4 ^
        (uint8_t)t->visible;
    h *= UINT64_C(0x9E3779B97F4A7C15); /* 2^64 over the golden ratio spreads what differs little */
    size_t at = (size_t)(h >> 32) & (count - 1);
    while (slots[at].of && !same_traits(&slots[at].traits, t))
        at = (at + 1) & (count - 1);
    return &slots[at];
}

static void grow(Runner *r, CaseTable *t) {
    size_t count = t->slot_count * 2;
    Slot *slots = ARENA_ARRAY(r->arena, Slot, count);
    for (size_t i = 0; i < t->slot_count; i++)
        if (t->slots[i].of)
            *find_slot(slots, count, &t->slots[i].traits) = t->slots[i];
    t->slots = slots;
    t->slot_count = count;
}

static MarkCase *find_case(Runner *r, FactKind kind, CaseTable *t, const Mark *mark) {
    Traits traits = traits_of(mark);
    if (t->last.of && same_traits(&t->last.traits, &traits))
        return t->last.of;
    Slot *slot = find_slot(t->slots, t->slot_count, &traits);
    if (!slot->of) {
        MarkCase *c = case_of(r, kind, t);
        if (!c)
            return NULL;
        *slot = (Slot){traits, c};
        t->last = *slot;
        if (++t->used * 2 > t->slot_count)
            grow(r, t);
        return c;
    }
    t->last = *slot;
    return slot->of;
}

bool cases_run(Runner *r, FactKind kind, const Mark *mark) {
    CaseTable *t = r->cases->tables[kind];
    if (!t)
        t = r->cases->tables[kind] = new_table(r, kind);
    MarkCase *c = find_case(r, kind, t, mark);
    if (!c)
        return false;
    c->marks++;
    for (size_t i = 0; i < c->open_count; i++) {
        const OpenRule *open = &c->open[i];
        Outcome o = open->rule_case ? case_run(open->rule_case, mark, &r->env)
                                    : rule_run(open->run->rule, &r->env);
        if (o == OUTCOME_PASS)
            open->run->tally.pass++;
        else if (o != OUTCOME_NOT_SELECTED)
            runner_count(r, open->run, kind, mark, o);
    }
    return true;
}

static void count_passed(const CaseTable *t) {
    for (size_t i = 0; i < t->case_count; i++)
        for (size_t k = 0; k < t->cases[i]->passed_count; k++)
            t->cases[i]->passed[k]->tally.pass += t->cases[i]->marks;
}

void cases_end(Runner *r) {
    for (CaseSet *s = r->case_sets; s; s = s->next)
        for (int k = 0; k < FACT_COUNT; k++)
            if (s->tables[k])
                count_passed(s->tables[k]);
}
