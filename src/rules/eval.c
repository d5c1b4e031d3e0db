/* Evaluation: loads, comparisons and Kleene logic. Functions that take arguments are in function.c.
 */
#include "rules/function.h"

#include <float.h>
#include <math.h>
#include <string.h>

const void *eval_row(const Node *n, const RuleEnv *env) {
    if (n->op == ROW_SLOT)
        return env->row[n->slot];
    const char *row = n->a ? eval_row(n->a, env) : env->row[n->slot];
    return row ? *(const void *const *)(row + n->offset) : NULL;
}

/* Where the field of n stands; NULL when there is no row. */
static inline const char *field_at(const Node *n, const RuleEnv *env) {
    const char *row = n->a ? eval_row(n->a, env) : env->row[n->slot];
    return row ? row + n->offset : NULL;
}

unsigned eval_word(const Node *n, const RuleEnv *env) {
    if (n->op == WORD_CONST)
        return n->word;
    const char *p = field_at(n, env);
    return p ? *(const uint8_t *)p : 0;
}

TextValue eval_text(const Node *n, const RuleEnv *env) {
    switch ((TextOp)n->op) {
    case TEXT_CONST:
        return (TextValue){n->text, false};
    case TEXT_LOWER:
        return (TextValue){eval_text(n->a, env).p, true};
    case TEXT_FIELD:
        break;
    }
    const char *p = field_at(n, env);
    return (TextValue){p ? *(const char *const *)p : NULL, false};
}

const Strs *eval_list(const Node *n, const RuleEnv *env) {
    if (n->op == LIST_CONST)
        return n->list;
    const char *p = field_at(n, env);
    return p ? *(const Strs *const *)p : NULL;
}

Box eval_box(const Node *n, const RuleEnv *env) {
    const char *p = field_at(n, env);
    if (!p)
        return (Box){NAN, NAN, NAN, NAN};
    return n->op == BOX_DOUBLES ? *(const Box *)p : box_of(*(const Box32 *)p);
}

static double box_side(Box b, BoxSide side) {
    switch (side) {
    case SIDE_X0:
        return b.x0;
    case SIDE_Y0:
        return b.y0;
    case SIDE_X1:
        return b.x1;
    case SIDE_Y1:
        return b.y1;
    case SIDE_W:
        return b.x1 - b.x0;
    case SIDE_H:
        return b.y1 - b.y0;
    }
    return NAN;
}

static double load_int(const Node *n, const RuleEnv *env) {
    const char *p = field_at(n, env);
    int32_t value = p ? *(const int32_t *)p : UNKNOWN_INT;
    return value == UNKNOWN_INT ? NAN : (double)value;
}

/* fmin and fmax would drop a NaN. */
static double lesser(double a, double b) {
    return isnan(a) || isnan(b) ? NAN : fmin(a, b);
}

static double greater(double a, double b) {
    return isnan(a) || isnan(b) ? NAN : fmax(a, b);
}

/* Division by zero has no answer; an infinity would compare as if it were known. */
static double answer(double x) {
    return isfinite(x) ? x : NAN;
}

/* Most operands are a constant or a field of a row in scope: these need no call. */
static inline double operand(const Node *n, const RuleEnv *env) {
    const char *row = env->row[n->slot];
    if (n->op == NUMBER_CONST)
        return n->number;
    if (n->op == NUMBER_NUM && !n->a && row)
        return *(const double *)(row + n->offset);
    if (n->op == NUMBER_NUM32 && !n->a && row)
        return (double)*(const float *)(row + n->offset);
    return eval_number(n, env);
}

double eval_number(const Node *n, const RuleEnv *env) {
    const char *p;
    switch ((NumberOp)n->op) {
    case NUMBER_CONST:
        return n->number;
    case NUMBER_INT:
        return load_int(n, env);
    case NUMBER_NUM:
        p = field_at(n, env);
        return p ? *(const double *)p : NAN;
    case NUMBER_NUM32:
        p = field_at(n, env);
        return p ? (double)*(const float *)p : NAN;
    case NUMBER_BOX_SIDE:
        return box_side(eval_box(n->a, env), (BoxSide)n->word);
    case NUMBER_NEGATE:
        return -eval_number(n->a, env);
    case NUMBER_ADD:
        return answer(eval_number(n->a, env) + eval_number(n->b, env));
    case NUMBER_SUBTRACT:
        return answer(eval_number(n->a, env) - eval_number(n->b, env));
    case NUMBER_MULTIPLY:
        return answer(operand(n->a, env) * operand(n->b, env));
    case NUMBER_DIVIDE:
        return answer(eval_number(n->a, env) / eval_number(n->b, env));
    case NUMBER_LESSER:
        return lesser(eval_number(n->a, env), eval_number(n->b, env));
    case NUMBER_GREATER:
        return greater(eval_number(n->a, env), eval_number(n->b, env));
    case NUMBER_ABS:
        return fabs(eval_number(n->a, env));
    case NUMBER_MOD:
        return answer(fmod(eval_number(n->a, env), eval_number(n->b, env)));
    case NUMBER_LENGTH:
        return list_length(eval_list(n->a, env));
    case NUMBER_COUNT:
    case NUMBER_LEAST:
    case NUMBER_MOST:
    case NUMBER_SUM:
        return aggregate_number(n, env);
    }
    return NAN;
}

static Tri negate(Tri t) {
    return t == UNKNOWN_BOOL ? t : !t;
}

bool relation_holds(Relation relation, int order) {
    switch (relation) {
    case REL_EQ:
        return order == 0;
    case REL_NE:
        return order != 0;
    case REL_LT:
        return order < 0;
    case REL_LE:
        return order <= 0;
    case REL_GT:
        return order > 0;
    case REL_GE:
        return order >= 0;
    }
    return false;
}

int compare_measures(const Node *n, double a, double b) {
    /* A resolution of exactly 300 may come back from a float as 299.99997. */
    if (n->coarse && fabs(a - b) <= 4 * (double)FLT_EPSILON * fmax(fabs(a), fabs(b)))
        return 0;
    return measure_compare(a, b, n->dimension);
}

static Tri compare_numbers(const Node *n, const RuleEnv *env) {
    double a = operand(n->a, env), b = operand(n->b, env);
    if (isnan(a) && n->a->op == NUMBER_COUNT)
        return compare_count(n, b, env);
    if (isnan(a) || isnan(b))
        return UNKNOWN_BOOL;
    return relation_holds((Relation)n->relation, compare_measures(n, a, b));
}

static inline Tri same_or_not(const Node *n, bool same) {
    return same == (n->relation == REL_EQ);
}

static Tri compare_words(const Node *n, const RuleEnv *env) {
    unsigned a = eval_word(n->a, env), b = eval_word(n->b, env);
    return a && b ? same_or_not(n, a == b) : UNKNOWN_BOOL;
}

static Tri compare_truths(const Node *n, const RuleEnv *env) {
    Tri a = eval_truth(n->a, env), b = eval_truth(n->b, env);
    return a != UNKNOWN_BOOL && b != UNKNOWN_BOOL ? same_or_not(n, a == b) : UNKNOWN_BOOL;
}

static Tri compare_rows(const Node *n, const RuleEnv *env) {
    const void *a = eval_row(n->a, env), *b = eval_row(n->b, env);
    return a && b ? same_or_not(n, a == b) : UNKNOWN_BOOL;
}

static Tri compare_boxes(const Node *n, const RuleEnv *env) {
    Box a = eval_box(n->a, env), b = eval_box(n->b, env);
    if (!box_known(a) || !box_known(b))
        return UNKNOWN_BOOL;
    bool same = true;
    for (int side = SIDE_X0; side <= SIDE_Y1; side++)
        same = same && measure_compare(box_side(a, (BoxSide)side), box_side(b, (BoxSide)side),
                                       DIM_LENGTH) == 0;
    return same_or_not(n, same);
}

static inline Tri word_is(const Node *n, const RuleEnv *env) {
    const char *row = env->row[n->slot];
    unsigned word = row ? *(const uint8_t *)(row + n->offset) : 0;
    return word ? same_or_not(n, word == n->word) : UNKNOWN_BOOL;
}

static Tri word_in(const Node *n, const RuleEnv *env) {
    unsigned word = eval_word(n->a, env);
    bool among = n->set >> word & 1;
    if (!word)
        return UNKNOWN_BOOL;
    return among != n->negated;
}

static Tri number_in(const Node *n, const RuleEnv *env) {
    double a = eval_number(n->a, env);
    Tri found = isnan(a) ? UNKNOWN_BOOL : 0;
    for (size_t i = 0; i < n->count && found != 1; i++) {
        double b = eval_number(n->items[i], env);
        if (isnan(a) || isnan(b))
            found = UNKNOWN_BOOL;
        else if (compare_measures(n, a, b) == 0)
            found = 1;
    }
    return n->negated ? negate(found) : found;
}

static inline Tri load_truth(const Node *n, const RuleEnv *env) {
    const char *p = field_at(n, env);
    return p ? *(const Tri *)p : UNKNOWN_BOOL;
}

/* One link of a chain; the two that stand in nearly every `where` need no call. */
static inline Tri chain_link(const Node *n, const RuleEnv *env) {
    if (n->op == TRUTH_FIELD)
        return load_truth(n, env);
    if (n->op == TRUTH_WORD_IS)
        return word_is(n, env);
    return eval_truth(n, env);
}

/* and: the deciding value is false; or: true. */
static Tri eval_chain(const Node *n, const RuleEnv *env, Tri deciding) {
    Tri all = !deciding;
    for (size_t i = 0; i < n->count; i++) {
        Tri one = chain_link(n->items[i], env);
        if (one == deciding)
            return deciding;
        if (one == UNKNOWN_BOOL)
            all = UNKNOWN_BOOL;
    }
    return all;
}

static Tri eval_function(const Node *n, const RuleEnv *env) {
    Tri t = call_truth(n, env);
    return n->negated ? negate(t) : t;
}

Tri eval_truth(const Node *n, const RuleEnv *env) {
    switch ((TruthOp)n->op) {
    case TRUTH_CONST:
        return n->truth;
    case TRUTH_FIELD:
        return load_truth(n, env);
    case TRUTH_NOT:
        return negate(eval_truth(n->a, env));
    case TRUTH_AND:
        return eval_chain(n, env, 0);
    case TRUTH_OR:
        return eval_chain(n, env, 1);
    case TRUTH_COMPARE_NUMBER:
        return compare_numbers(n, env);
    case TRUTH_COMPARE_WORD:
        return compare_words(n, env);
    case TRUTH_COMPARE_TRUTH:
        return compare_truths(n, env);
    case TRUTH_COMPARE_BOX:
        return compare_boxes(n, env);
    case TRUTH_COMPARE_ROW:
        return compare_rows(n, env);
    case TRUTH_WORD_IS:
        return word_is(n, env);
    case TRUTH_WORD_IN:
        return word_in(n, env);
    case TRUTH_NUMBER_IN:
        return number_in(n, env);
    case TRUTH_COMPARE_TEXT:
    case TRUTH_TEXT_IN:
    case TRUTH_ANY:
    case TRUTH_ALL:
    case TRUTH_INSIDE:
    case TRUTH_NEAR:
    case TRUTH_MATCHES:
    case TRUTH_PART:
    case TRUTH_SOME_PART:
    case TRUTH_IS_KNOWN:
        return eval_function(n, env);
    }
    return UNKNOWN_BOOL;
}

bool eval_known(const Node *n, const RuleEnv *env) {
    return n->kind == VALUE_REF ? eval_row(n, env) != NULL : eval_value(n, env).known;
}

Value eval_value(const Node *n, const RuleEnv *env) {
    if (!n)
        return (Value){.kind = VALUE_NONE};
    Value v = {.kind = n->kind, .dimension = n->dimension, .integer = n->integer};
    switch (n->kind) {
    case VALUE_NONE:
        break;
    case VALUE_BOOL:
        v.truth = eval_truth(n, env);
        v.dimension = DIM_NONE;
        v.known = v.truth != UNKNOWN_BOOL;
        break;
    case VALUE_NUMBER:
        v.number = eval_number(n, env);
        v.known = !isnan(v.number);
        break;
    case VALUE_STR:
        v.str = eval_text(n, env).p;
        v.known = v.str != NULL;
        break;
    case VALUE_STRS:
        v.strs = eval_list(n, env);
        v.known = v.strs != NULL;
        break;
    case VALUE_ENUM:
        v.domain = n->domain;
        v.word = eval_word(n, env);
        v.known = v.word != 0;
        break;
    case VALUE_BOX:
        v.box = eval_box(n, env);
        v.known = box_known(v.box);
        break;
    case VALUE_REF:
        v.row = eval_row(n, env);
        v.known = v.row != NULL;
        break;
    }
    return v;
}
