/* What functions of the rule language compute (functions.def), and the walk over rows. */
#ifndef CHUPIN_RULES_FUNCTION_H
#define CHUPIN_RULES_FUNCTION_H

#include "rules/node.h"

Tri call_truth(const Node *n, const RuleEnv *env); /* the ops eval_truth leaves to it */
double aggregate_number(const Node *n, const RuleEnv *env);
/* A count on the left of a comparison, when not every row is known to belong. */
Tri compare_count(const Node *n, double limit, const RuleEnv *env);
bool relation_holds(Relation relation, int order); /* order as measure_compare gives it */
/* measure_compare in the dimension of n, as exact as what n reads is. */
int compare_measures(const Node *n, double a, double b);
double list_length(const Strs *list); /* NaN when unknown */

#endif
