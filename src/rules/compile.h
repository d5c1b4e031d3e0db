/* From the text of an expression to a checked, typed and compiled tree.
 *
 *     RuleUse use = {0};
 *     Scope scope = {.arena = a, .each = FACT_stroke, .use = &use, .regexes = &regexes};
 *     const Node *n = compile_truth(&scope, &source);     NULL: the errors are in source.errors
 */
#ifndef CHUPIN_RULES_COMPILE_H
#define CHUPIN_RULES_COMPILE_H

#include "rules/node.h"
#include "rules/parse.h"

/* What the expressions of one rule read, all together. */
typedef struct RuleUse {
    Step step;
    Cost cost;
    uint64_t tables;          /* gone through by aggregates */
    bool needs_others;        /* rows other than its own, or facts that are known after the page */
    const FieldDesc **fields; /* each once */
    size_t field_count, field_capacity;
} RuleUse;

typedef struct Scope {
    Arena *arena;
    FactKind each;
    bool early; /* `when`: only the job and what is known on opening */
    RuleUse *use;
    Regex **regexes; /* compiled patterns are put in front */
    /* Kept by typing: */
    const Source *source;
    uint64_t inner; /* kinds bound by the aggregates around */
} Scope;

const Node *compile(Scope *s, const Source *source);
const Node *compile_truth(Scope *s, const Source *source); /* refuses what is not true or false */
/* The two sides when n is one comparison of two values; false otherwise. */
bool comparison_sides(const Node *n, const Node **left, const Node **right);

/* Parts of typing, shared by its files. `domain`: words of this enumeration may stand here, or
 * NULL. All return NULL after an error was added. */
Node *type_expression(Scope *s, const Ast *ast, const EnumDesc *domain);
Node *type_path(Scope *s, const Ast *ast, const EnumDesc *domain);
Node *type_call(Scope *s, const Ast *ast);
Node *type_relation(Scope *s, const Ast *ast);
Node *type_in(Scope *s, const Ast *ast);
Node *type_truth(Scope *s, const Ast *ast);
Node *type_number(Scope *s, const Ast *ast);
Node *type_texts(Scope *s, const Ast *ast); /* a list of quoted texts */
bool same_dimension(const Scope *s, const Ast *left, const Node *a, const Ast *right,
                    const Node *b);
bool reads_float(const Node *n); /* somewhere in it */
Node *new_typed(const Scope *s, ValueKind kind, int op);
Text kind_name(Arena *a, const Node *n); /* "一个长度" / "a length" */
__attribute__((format(printf, 3, 5), format(printf, 4, 5))) Node *type_error(const Scope *s,
                                                                             const Ast *at,
                                                                             const char *zh,
                                                                             const char *en, ...);

#endif
