/* Compiled expressions: trees of typed nodes. Every name is resolved to a slot and an offset, every
 * word to its number, every unit to its factor; evaluation only loads, compares and combines.
 *
 * Unknown travels in band: truth -1, number NaN, text NULL, word 0, box NaN, row NULL. */
#ifndef CHUPIN_RULES_NODE_H
#define CHUPIN_RULES_NODE_H

#include "rules/rules.h"

#include <regex.h>

typedef enum TruthOp {
    TRUTH_CONST,
    TRUTH_FIELD,
    TRUTH_NOT,
    TRUTH_AND,            /* items */
    TRUTH_OR,             /* items */
    TRUTH_COMPARE_NUMBER, /* relation, dimension */
    TRUTH_COMPARE_TEXT,
    TRUTH_COMPARE_WORD,
    TRUTH_COMPARE_TRUTH,
    TRUTH_COMPARE_BOX,
    TRUTH_COMPARE_ROW,
    TRUTH_WORD_IS,   /* a field of the row in `slot` against the constant `word` */
    TRUTH_WORD_IN,   /* a in the bits of `set` */
    TRUTH_NUMBER_IN, /* a in items */
    TRUTH_TEXT_IN,   /* a in the list b */
    TRUTH_ANY,       /* goes through rows: a is the field or NULL, b the condition or NULL */
    TRUTH_ALL,       /* the same */
    TRUTH_INSIDE,    /* a is the mark, b the condition or NULL, word its kind or 0 for any */
    TRUTH_NEAR,      /* a, b, c */
    TRUTH_MATCHES,   /* a, regex */
    TRUTH_PART,      /* text b stands in text a */
    TRUTH_SOME_PART, /* some text of list b stands in text a */
    TRUTH_IS_KNOWN,  /* a */
} TruthOp;

typedef enum NumberOp {
    NUMBER_CONST,
    NUMBER_INT,
    NUMBER_NUM,
    NUMBER_NUM32,
    NUMBER_BOX_SIDE, /* a is the box, word the side */
    NUMBER_NEGATE,
    NUMBER_ADD,
    NUMBER_SUBTRACT,
    NUMBER_MULTIPLY,
    NUMBER_DIVIDE,
    NUMBER_LESSER,
    NUMBER_GREATER,
    NUMBER_ABS,
    NUMBER_MOD,
    NUMBER_LENGTH, /* of the list a */
    NUMBER_COUNT,  /* goes through rows as TRUTH_ANY does */
    NUMBER_LEAST,  /* the same, a is the number */
    NUMBER_MOST,
    NUMBER_SUM,
} NumberOp;

typedef enum TextOp { TEXT_CONST, TEXT_FIELD, TEXT_LOWER } TextOp;
typedef enum ListOp { LIST_CONST, LIST_FIELD } ListOp;
typedef enum WordOp { WORD_CONST, WORD_FIELD } WordOp;
typedef enum BoxOp { BOX_DOUBLES, BOX_FLOATS } BoxOp;
typedef enum RowOp { ROW_SLOT, ROW_FIELD } RowOp;

typedef enum Relation { REL_EQ, REL_NE, REL_LT, REL_LE, REL_GT, REL_GE } Relation;
typedef enum BoxSide { SIDE_X0, SIDE_Y0, SIDE_X1, SIDE_Y1, SIDE_W, SIDE_H } BoxSide;

/* The slot of the judged row inside an aggregate over its own kind. */
enum { SLOT_SUBJECT = FACT_COUNT };

typedef struct Regex { /* a compiled regular expression; a RuleSet frees them as a list */
    regex_t compiled;
    struct Regex *next;
} Regex;

struct Node {
    ValueKind kind;
    uint8_t op, relation;
    bool negated;        /* `not in` */
    bool coarse;         /* a side is kept as a float: it differs in the last bits */
    bool integer;        /* VALUE_NUMBER: always whole */
    bool binds_subject;  /* an outermost aggregate: it saves the subject's row */
    Dimension dimension; /* VALUE_NUMBER, and what TRUTH_COMPARE_NUMBER and NEAR compare by */
    uint16_t slot;       /* of the row read, or the kind an aggregate goes through */
    uint16_t offset;
    uint16_t subject;      /* binds_subject: the slot of the subject */
    int target;            /* VALUE_REF: its FactKind */
    const Node *a, *b, *c; /* a field with `a` reads the row that a is, else the row in `slot` */
    const Node **items;
    size_t count;
    union {
        Tri truth;
        double number;
        unsigned word;
        uint64_t set;
        const char *text;
        const Strs *list;
        const Regex *regex;
    };
    const EnumDesc *domain; /* VALUE_ENUM */
    const FieldDesc *field; /* the field that is read */
    Text path;              /* how an unknown is called */
};

Tri eval_truth(const Node *n, const RuleEnv *env);
double eval_number(const Node *n, const RuleEnv *env);
const void *eval_row(const Node *n, const RuleEnv *env);
const Strs *eval_list(const Node *n, const RuleEnv *env);
unsigned eval_word(const Node *n, const RuleEnv *env);
Box eval_box(const Node *n, const RuleEnv *env);
/* Text with `lower()` still to be done, so that it costs no memory. */
typedef struct TextValue {
    const char *p; /* NULL: unknown */
    bool lower;
} TextValue;
TextValue eval_text(const Node *n, const RuleEnv *env);
bool eval_known(const Node *n, const RuleEnv *env);
Value eval_value(const Node *n, const RuleEnv *env); /* shows lower(x) as x is written */
/* When n is unknown: the first field in it that is, or the step that has no answer (x / 0, the
 * smallest of no rows). NULL when n is known. */
const Node *find_unknown(const Node *n, const RuleEnv *env);

/* A walk over the rows of an aggregate for which its condition is not false. */
typedef struct RowWalk {
    const Node *node;
    RuleEnv env; /* the row in place */
    int kind;
    size_t next;
    Tri selected; /* what the condition says of it: true or unknown */
} RowWalk;
RowWalk walk_rows(const Node *n, const RuleEnv *env);
bool walk_next(RowWalk *w);

#endif
