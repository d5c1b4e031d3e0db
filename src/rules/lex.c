#include "rules/lex.h"

#include <assert.h>
#include <string.h>

static const char *const token_texts[] = {
#define TOKEN(ID, text) text,
#include "rules/tokens.def"
#undef TOKEN
};
enum { TOKEN_COUNT = sizeof token_texts / sizeof *token_texts };

const char *token_text(TokenKind kind) {
    return token_texts[kind];
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Names may be Chinese: every byte above ASCII belongs to one. */
static bool is_name_start(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80);
}

static bool is_space(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static Token fail(Lexer *l, size_t start) {
    l->failed = true;
    l->at = l->source->text.n;
    return (Token){.kind = TOKEN_END, .start = start, .end = start};
}

/* NUMBER = digits ("." digits)? unit?    A unit follows without a space. */
static Token lex_number(Lexer *l) {
    Str text = l->source->text;
    size_t start = l->at, end = start;
    while (end < text.n && is_digit(text.p[end]))
        end++;
    if (end + 1 < text.n && text.p[end] == '.' && is_digit(text.p[end + 1]))
        for (end++; end < text.n && is_digit(text.p[end]);)
            end++;
    Token token = {.kind = TOKEN_NUMBER, .start = start};
    number_parse((Str){text.p + start, end - start}, &token.number);
    size_t unit = end;
    while (end < text.n && (is_name_start(text.p[end]) || text.p[end] == '%' ||
                            (end > unit && is_digit(text.p[end]))))
        end++;
    l->at = token.end = end;
    if (end == unit)
        return token;
    Str suffix = {text.p + unit, end - unit};
    token.unit = unit_find(suffix);
    if (!token.unit) {
        source_error(l->source, unit, end,
                     "没有“%.*s”这个单位。可用 mm cm in pt ppi %% deg MB mm2 等",
                     "there is no unit \"%.*s\"; write mm, cm, in, pt, ppi, %%, deg, MB or mm2",
                     (int)suffix.n, suffix.p);
        return fail(l, start);
    }
    token.number *= token.unit->factor;
    return token;
}

/* STRING = '"' (char | '\"' | '\\')* '"', the same with single quotes. */
static Token lex_string(Lexer *l) {
    Str text = l->source->text;
    size_t start = l->at, n = 0;
    char quote = text.p[start];
    char *out = arena_alloc(l->arena, text.n - start + 1);
    for (size_t i = start + 1; i < text.n; i++) {
        if (text.p[i] == quote) {
            l->at = i + 1;
            return (Token){.kind = TOKEN_STRING, .start = start, .end = i + 1, .text = {out, n}};
        }
        bool escape = text.p[i] == '\\' && i + 1 < text.n &&
                      (text.p[i + 1] == quote || text.p[i + 1] == '\\');
        out[n++] = text.p[i += escape];
    }
    source_error(l->source, start, text.n, "引号没有配对：到末尾也没有 %c",
                 "the text has no closing %c", quote);
    return fail(l, start);
}

static TokenKind keyword(Str name) {
    for (int kind = TOKEN_AND; kind <= TOKEN_FALSE; kind++)
        if (str_is(name, token_texts[kind]))
            return (TokenKind)kind;
    return TOKEN_NAME;
}

/* NAME = (letter | "_") (letter | digit | "_")* */
static Token lex_name(Lexer *l) {
    Str text = l->source->text;
    size_t start = l->at, end = start;
    while (end < text.n && (is_name_start(text.p[end]) || is_digit(text.p[end])))
        end++;
    l->at = end;
    Str name = {text.p + start, end - start};
    return (Token){.kind = keyword(name), .start = start, .end = end, .text = name};
}

static Token lex_sign(Lexer *l) {
    Str rest = {l->source->text.p + l->at, l->source->text.n - l->at};
    size_t start = l->at;
    for (int kind = TOKEN_EQUAL; kind < TOKEN_COUNT; kind++) {
        if (str_starts(rest, token_texts[kind])) {
            l->at += strlen(token_texts[kind]);
            return (Token){.kind = (TokenKind)kind, .start = start, .end = l->at};
        }
    }
    if (rest.p[0] == '=')
        source_error(l->source, start, start + 1, "相等写作 ==", "equality is written ==");
    else
        source_error(l->source, start, start + 1, "这里不认识“%c”", "\"%c\" means nothing here",
                     rest.p[0]);
    return fail(l, start);
}

Token lex_next(Lexer *l) {
    Str text = l->source->text;
    while (l->at < text.n && is_space(text.p[l->at]))
        l->at++;
    if (l->at >= text.n || l->failed)
        return (Token){.kind = TOKEN_END, .start = text.n, .end = text.n};
    char c = text.p[l->at];
    if (is_digit(c))
        return lex_number(l);
    if (c == '"' || c == '\'')
        return lex_string(l);
    if (is_name_start(c))
        return lex_name(l);
    return lex_sign(l);
}
