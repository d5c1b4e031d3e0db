/* Folding: the parts of an expression that are settled become constants. Internal to rules.
 *
 * The job, its limits and paper, the file and the document stay as they are from page to page.
 * Questions hang on them and on the traits of a mark (case.h), and are the largest parts of a rule
 * that do. */
#ifndef CHUPIN_RULES_FOLD_H
#define CHUPIN_RULES_FOLD_H

#include "rules/node.h"

typedef struct Fold {
    Arena *arena;
    const RuleEnv *env;
    FactKind each; /* the slot of the mark, beside FACT_mark */
} Fold;

/* An expression worth the same as n for every mark that gives the answers of the mark in scope to
 * the questions in n. It may be n itself, or have parts of it. */
const Node *fold(const Fold *f, const Node *n);
/* Calls `take` for every question in n. */
void each_question(const Node *n, FactKind each, void *self,
                   void (*take)(void *self, const Node *question));
bool is_in_mark(const Node *n, FactKind each); /* a field of the mark itself */

#endif
