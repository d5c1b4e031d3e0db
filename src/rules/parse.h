/* The syntax tree of one expression: what was written, before names and types mean anything. */
#ifndef CHUPIN_RULES_PARSE_H
#define CHUPIN_RULES_PARSE_H

#include "rules/lex.h"

typedef enum AstKind {
    AST_NUMBER,  /* token */
    AST_STRING,  /* token */
    AST_TRUTH,   /* op: TOKEN_TRUE, TOKEN_FALSE */
    AST_LIST,    /* items */
    AST_PATH,    /* words */
    AST_CALL,    /* token is the name; items are the arguments; `where` belongs to the last one */
    AST_NOT,     /* items[0] */
    AST_NEGATE,  /* items[0] */
    AST_BOOLEAN, /* op: TOKEN_AND, TOKEN_OR; two items or more */
    AST_COMPARE, /* op: a relation or TOKEN_IN, TOKEN_NOT for `not in`; two items */
    AST_ARITHMETIC, /* op: TOKEN_PLUS, MINUS, TIMES, OVER; two items */
} AstKind;

typedef struct Ast Ast;
struct Ast {
    AstKind kind;
    TokenKind op;
    size_t start, end; /* bytes of the source */
    Token token;
    const Ast **items;
    size_t count, capacity;
    Token *words;
    size_t word_count, word_capacity;
    const Ast *where;
};

/* The tree of the whole source, or NULL after an error was added. */
const Ast *parse_expression(Arena *a, const Source *source);

#endif
