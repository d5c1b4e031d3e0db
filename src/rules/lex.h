/* Tokens of the expression language, and where an expression stands in its rule file. */
#ifndef CHUPIN_RULES_LEX_H
#define CHUPIN_RULES_LEX_H

#include "base/units.h"
#include "base/yaml.h"

/* One expression or template: a slice of a YAML scalar. Errors in it point into the file. */
typedef struct Source {
    Errors *errors;
    const YamlText *file;
    const YamlNode *node;
    Str text;
    size_t offset; /* of `text` in the scalar */
} Source;

/* Adds an error about bytes [start, end) of the source. */
__attribute__((format(printf, 4, 6), format(printf, 5, 6))) void source_error(
    const Source *s, size_t start, size_t end, const char *zh, const char *en, ...);

void source_error_text(const Source *s, size_t start, size_t end, Text text);

typedef enum TokenKind {
#define TOKEN(ID, text) TOKEN_##ID,
#include "rules/tokens.def"
#undef TOKEN
} TokenKind;

typedef struct Token {
    TokenKind kind;
    size_t start, end;
    Str text;         /* NAME; STRING with its escapes undone */
    double number;    /* NUMBER in the canonical unit */
    const Unit *unit; /* NUMBER; NULL without one */
} Token;

typedef struct Lexer {
    const Source *source;
    Arena *arena;
    size_t at;
    bool failed; /* an error was added; only END comes from here on */
} Lexer;

Token lex_next(Lexer *l);
const char *token_text(TokenKind kind); /* as an error message names it */

#endif
