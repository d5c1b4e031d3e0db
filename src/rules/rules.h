/* Rules: rules/<group>/<id>.yaml, checked, typed and compiled. docs/rules.md is the language.
 *
 * A RuleSet and all it points to live in the arena it was loaded in; `rules_free` gives back what
 * the C library holds for compiled patterns. A loaded rule never changes. Evaluation allocates
 * nothing and is safe to run in parallel.
 *
 *     RuleEnv env = {.facts = facts};
 *     env.row[FACT_page] = page, env.row[FACT_limit] = limit, env.row[FACT_job] = job;
 *     env.row[FACT_stroke] = env.row[FACT_mark] = stroke;
 *     if (rule_run(rule, &env) == OUTCOME_FAIL)
 *         text = rule_message(a, rule, &env, OUTCOME_FAIL);
 */
#ifndef CHUPIN_RULES_RULES_H
#define CHUPIN_RULES_RULES_H

#include "base/sha256.h"
#include "base/yaml.h"
#include "facts/facts.h"
#include "rules/value.h"
#include "rules/words.h"

typedef struct Node Node;         /* a compiled expression (expr.h) */
typedef struct Template Template; /* a compiled text with {…} in it, in both languages */

typedef struct RuleVariant { /* the first whose `if` is true replaces message and fix */
    const Node *test;
    const Template *message, *fix; /* fix may be NULL: the rule's own */
} RuleVariant;

typedef struct RuleTest {
    const YamlNode *given;
    Outcome expect;
    Where at;
} RuleTest;

/* A row of checklist.yaml that a rule answers for; each has a tally and findings of its own. */
typedef struct RuleItem {
    int number;       /* 0 to 14 */
    const Node *when; /* NULL: always; else the rule stands there only for jobs that fit */
} RuleItem;

typedef struct Rule {
    const char *id, *group, *source; /* group is the folder */
    const RuleItem *items;
    size_t item_count; /* at least 1 */
    FactKind each;
    const Node *when, *where, *require, *warn; /* NULL: always; only `require` is never NULL */
    const Node *measured, *limit;              /* NULL: `none` */
    const Node *warn_measured, *warn_limit;    /* the same for OUTCOME_WARN */
    Worst worst;
    Severity severity;
    Who who;
    Reads reads;
    bool nowaive; /* two people have to waive what breaks it */
    Text title, why;
    const Template *message, *fix;
    const RuleVariant *variants;
    size_t variant_count;
    Step step;       /* when all it reads is known: OPEN once, PAGE on each page, CLOSE once */
    Cost cost;       /* what has to be read for it */
    bool streams;    /* needs only its own row and OPEN facts: may run as marks arrive */
    uint64_t tables; /* bit FactKind: goes through all rows of that table, so they must be kept */
    const FieldDesc *const *fields; /* each it reads, also in its texts, once */
    size_t field_count;
    const RuleTest *tests;
    size_t test_count;
    YamlText text; /* the file, for messages about it */
} Rule;

typedef struct RuleSet {
    Rule *items; /* sorted by id */
    size_t count, capacity;
    char sha256[SHA256_HEX]; /* over names and bytes of all rule files, sorted by id */
    void *patterns;          /* held for rules_free */
} RuleSet;

/* Reads every dir/<group>/<id>.yaml except in `profiles`; data files directly in `dir` are not
 * rules. Every error of every file is added to `errors`; the Result is their sum. */
Result rules_load(RuleSet *out, Arena *a, const char *dir, Errors *errors);
/* The same for a run that judges: leaves the rows of `tests` unread where they look complete, which
 * takes a third less time. The rules have no tests then; the hash is the same. */
Result rules_load_to_run(RuleSet *out, Arena *a, const char *dir, Errors *errors);
/* Adds one rule whose YAML is in memory; `text->file` names it ("line/line-weight-min.yaml").
 * False: see `errors`. */
bool rules_load_one(RuleSet *set, Arena *a, const YamlText *text, Errors *errors);
void rules_free(RuleSet *set);
const Rule *rules_find(const RuleSet *set, const char *id);
const char *rules_nearest(const RuleSet *set, const char *id); /* did you mean … or NULL */

/* What an expression can see. A row that is NULL makes all that is read from it unknown. */
typedef struct RuleEnv {
    const Facts *facts; /* the tables that aggregates go through */
    /* In scope: the subject under its own kind (a mark also under FACT_mark), page, document, file,
     * job, limit and paper. The last slot belongs to evaluation. */
    const void *row[FACT_COUNT + 1];
} RuleEnv;

/* `when` and that of the item, once per part of the job: PASS (it applies), NOT_APPLICABLE or
 * UNCHECKED. NULL: whatever the item. */
Outcome rule_applies(const Rule *r, const RuleItem *item, const RuleEnv *env);
/* The same before the file is opened: whether job, limit and paper alone rule it out. */
bool rule_ruled_out(const Rule *r, const RuleItem *item, const RuleEnv *env);
Tri rule_selects(const Rule *r, const RuleEnv *env); /* `where`; true without one */
/* `require`, then `warn`: PASS, FAIL, WARN or UNCHECKED. */
Outcome rule_judge(const Rule *r, const RuleEnv *env);
/* `require` alone holds: whatever else is not known can only be a warning. */
bool rule_keeps(const Rule *r, const RuleEnv *env);
/* `where` and `require` together for one row: NOT_SELECTED, PASS, FAIL, WARN or UNCHECKED. A row
 * that may or may not be selected passes when it keeps the rule either way, and is UNCHECKED
 * otherwise. */
Outcome rule_run(const Rule *r, const RuleEnv *env);
/* The first thing that was not known, asked after UNCHECKED: {"页面的成品宽", "page.trim_w"}; NULLs
 * if all was. */
Text rule_unknown_path(const Rule *r, const RuleEnv *env);

/* What is shown as measured and as required; after OUTCOME_WARN the sides of `warn`. */
Value rule_measured(const Rule *r, const RuleEnv *env, Outcome o);
Value rule_limit(const Rule *r, const RuleEnv *env, Outcome o);
/* How bad a hit is by what is measured and by `worst`: more is worse, 0 where neither tells. */
double rule_rank(const Rule *r, const RuleEnv *env, Outcome o);
/* Which way what is measured gets worse: by `worst`, else by the comparison that was broken; none
 * when neither tells. */
Worst rule_worse(const Rule *r, Outcome o);
/* The first field of the entity `limit` that rule_limit reads; NULL: none. */
const FieldDesc *rule_limit_field(const Rule *r, Outcome o);
Text rule_message(Arena *a, const Rule *r, const RuleEnv *env, Outcome o);
Text rule_fix(Arena *a, const Rule *r, const RuleEnv *env, Outcome o);

/* Runs the `tests` of every rule and writes a line for each that does not come out; `failed` counts
 * them. */
Result rules_test(const RuleSet *set, Arena *a, Sink *report, Lang lang, int *failed);

#endif
