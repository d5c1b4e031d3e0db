#include "rules/parse.h"

/* Deep enough for any rule a person writes; the recursion of parser, typing and evaluation ends
 * by it. */
enum { DEEPEST = 60, MOST_WORDS = 12 };

typedef struct Parser {
    Lexer lexer;
    Token now;
    int depth;
} Parser;

static const Ast *parse_or(Parser *p);

static void advance(Parser *p) {
    p->now = lex_next(&p->lexer);
}

static Ast *new_node(Parser *p, AstKind kind, size_t start) {
    Ast *ast = ARENA_NEW(p->lexer.arena, Ast);
    ast->kind = kind;
    ast->start = start;
    ast->end = p->now.end;
    return ast;
}

static void add(Parser *p, Ast *to, const Ast *item) {
    const Ast **slot = ARENA_PUSH(p->lexer.arena, to->items, to->count, to->capacity);
    *slot = item;
    to->end = item->end;
}

/* Only the first mistake of an expression is told: the rest would follow from it. */
static const Ast *fail(Parser *p, Text text) {
    if (!p->lexer.failed)
        source_error_text(p->lexer.source, p->now.start, p->now.end, text);
    p->lexer.failed = true;
    p->now.kind = TOKEN_END;
    return NULL;
}

static const Ast *fail_expected(Parser *p, const char *zh, const char *en) {
    Arena *a = p->lexer.arena;
    Str text = p->lexer.source->text;
    size_t end = p->now.end < text.n ? p->now.end : text.n;
    size_t start = p->now.start < end ? p->now.start : end;
    if (start == end)
        return fail(p, (Text){arena_printf(a, "写到这里就断了，还缺%s", zh),
                              arena_printf(a, "it ends here, but %s is missing", en)});
    Str found = {text.p + start, end - start};
    return fail(p,
                (Text){arena_printf(a, "这里应是%s，写的是“%.*s”", zh, (int)found.n, found.p),
                       arena_printf(a, "expected %s, found \"%.*s\"", en, (int)found.n, found.p)});
}

static bool take(Parser *p, TokenKind kind) {
    if (p->now.kind != kind)
        return false;
    advance(p);
    return true;
}

static bool expect(Parser *p, TokenKind kind) {
    if (take(p, kind))
        return true;
    fail_expected(p, token_text(kind), token_text(kind));
    return false;
}

/* path = NAME ("." NAME)* */
static const Ast *parse_path(Parser *p, Token first) {
    Ast *path = new_node(p, AST_PATH, first.start);
    *ARENA_PUSH(p->lexer.arena, path->words, path->word_count, path->word_capacity) = first;
    path->end = first.end;
    while (take(p, TOKEN_DOT)) {
        /* After a dot even `in` and `where` are names. */
        Token word = p->now;
        if (!word.text.n || word.kind == TOKEN_STRING || path->word_count == MOST_WORDS)
            return fail_expected(p, "字段名", "the name of a field");
        *ARENA_PUSH(p->lexer.arena, path->words, path->word_count, path->word_capacity) = word;
        path->end = word.end;
        advance(p);
    }
    return path;
}

/* call = NAME "(" (argument ("," argument)*)? ")" ;  argument = expr ("where" expr)?
 * Only the last argument may have a `where`; what may have one at all is a matter of typing. */
static const Ast *parse_call(Parser *p, Token name) {
    Ast *call = new_node(p, AST_CALL, name.start);
    call->token = name;
    advance(p);
    while (p->now.kind != TOKEN_CLOSE) {
        const Ast *argument = parse_or(p);
        if (!argument)
            return NULL;
        add(p, call, argument);
        if (take(p, TOKEN_WHERE)) {
            call->where = parse_or(p);
            if (!call->where)
                return NULL;
            break;
        }
        if (!take(p, TOKEN_COMMA))
            break;
    }
    call->end = p->now.end;
    return expect(p, TOKEN_CLOSE) ? call : NULL;
}

/* list = "[" (expr ("," expr)*)? "]" */
static const Ast *parse_list(Parser *p) {
    Ast *list = new_node(p, AST_LIST, p->now.start);
    advance(p);
    while (p->now.kind != TOKEN_CLOSE_LIST) {
        const Ast *item = parse_or(p);
        if (!item)
            return NULL;
        add(p, list, item);
        if (!take(p, TOKEN_COMMA))
            break;
    }
    list->end = p->now.end;
    return expect(p, TOKEN_CLOSE_LIST) ? list : NULL;
}

static const Ast *parse_number(Parser *p) {
    Ast *number = new_node(p, AST_NUMBER, p->now.start);
    number->token = p->now;
    advance(p);
    if (p->now.kind == TOKEN_NAME && !number->token.unit && unit_find(p->now.text)) {
        Str unit = p->now.text;
        return fail(p,
                    (Text){arena_printf(p->lexer.arena, "数字和单位之间不要空格：直接接着写 %.*s",
                                        (int)unit.n, unit.p),
                           arena_printf(p->lexer.arena,
                                        "write %.*s right after the number, without a space",
                                        (int)unit.n, unit.p)});
    }
    return number;
}

static const Ast *parse_leaf(Parser *p, AstKind kind) {
    Ast *leaf = new_node(p, kind, p->now.start);
    leaf->token = p->now;
    leaf->op = p->now.kind;
    advance(p);
    return leaf;
}

/* atom = NUMBER | STRING | "true" | "false" | list | path | call | "(" expr ")" */
static const Ast *parse_atom(Parser *p) {
    Token token = p->now;
    if (token.kind == TOKEN_NUMBER)
        return parse_number(p);
    if (token.kind == TOKEN_STRING)
        return parse_leaf(p, AST_STRING);
    if (token.kind == TOKEN_TRUE || token.kind == TOKEN_FALSE)
        return parse_leaf(p, AST_TRUTH);
    if (token.kind == TOKEN_OPEN_LIST)
        return parse_list(p);
    if (token.kind == TOKEN_NAME) {
        advance(p);
        return p->now.kind == TOKEN_OPEN ? parse_call(p, token) : parse_path(p, token);
    }
    if (take(p, TOKEN_OPEN)) {
        const Ast *inner = parse_or(p);
        return inner && expect(p, TOKEN_CLOSE) ? inner : NULL;
    }
    return fail_expected(p, "一个值", "a value");
}

/* unary = "-" unary | atom */
static const Ast *parse_unary(Parser *p) {
    if (p->now.kind != TOKEN_MINUS)
        return parse_atom(p);
    if (p->depth == DEEPEST)
        return fail(p, (Text){"嵌套太深", "nested too deeply"});
    Ast *negate = new_node(p, AST_NEGATE, p->now.start);
    advance(p);
    p->depth++;
    const Ast *inner = parse_unary(p);
    p->depth--;
    if (!inner)
        return NULL;
    add(p, negate, inner);
    return negate;
}

static const Ast *join(Parser *p, AstKind kind, TokenKind op, const Ast *left, const Ast *right) {
    if (!right)
        return NULL;
    Ast *both = new_node(p, kind, left->start);
    both->op = op;
    add(p, both, left);
    add(p, both, right);
    return both;
}

/* A chain of operators becomes a tree as deep as the chain is long: both count as depth. */
static const Ast *too_long(Parser *p) {
    return fail(p, (Text){"算式太长，请拆开", "the calculation is too long"});
}

/* term = unary (("*" | "/") unary)* */
static const Ast *parse_term(Parser *p) {
    const Ast *left = parse_unary(p);
    for (int n = 0; left && (p->now.kind == TOKEN_TIMES || p->now.kind == TOKEN_OVER); n++) {
        if (n == DEEPEST)
            return too_long(p);
        TokenKind op = p->now.kind;
        advance(p);
        left = join(p, AST_ARITHMETIC, op, left, parse_unary(p));
    }
    return left;
}

/* sum = term (("+" | "-") term)* */
static const Ast *parse_sum(Parser *p) {
    const Ast *left = parse_term(p);
    for (int n = 0; left && (p->now.kind == TOKEN_PLUS || p->now.kind == TOKEN_MINUS); n++) {
        if (n == DEEPEST)
            return too_long(p);
        TokenKind op = p->now.kind;
        advance(p);
        left = join(p, AST_ARITHMETIC, op, left, parse_term(p));
    }
    return left;
}

static bool is_relation(TokenKind kind) {
    return kind >= TOKEN_EQUAL && kind <= TOKEN_MORE;
}

/* compare = sum ((relation | "in" | "not" "in") sum)? */
static const Ast *parse_compare(Parser *p) {
    const Ast *left = parse_sum(p);
    TokenKind op = p->now.kind;
    if (!left || !(is_relation(op) || op == TOKEN_IN || op == TOKEN_NOT))
        return left;
    advance(p);
    if (op == TOKEN_NOT && !expect(p, TOKEN_IN))
        return NULL;
    const Ast *both = join(p, AST_COMPARE, op, left, parse_sum(p));
    if (both && is_relation(p->now.kind))
        return fail(p, (Text){"比较不能连写，请用 and 分开：a < b and b < c",
                              "comparisons do not chain: write a < b and b < c"});
    return both;
}

/* not = "not" not | compare */
static const Ast *parse_not(Parser *p) {
    if (p->now.kind != TOKEN_NOT)
        return parse_compare(p);
    if (p->depth == DEEPEST)
        return fail(p, (Text){"嵌套太深", "nested too deeply"});
    Ast *negated = new_node(p, AST_NOT, p->now.start);
    advance(p);
    p->depth++;
    const Ast *inner = parse_not(p);
    p->depth--;
    if (!inner)
        return NULL;
    add(p, negated, inner);
    return negated;
}

/* and = not ("and" not)* ;  or = and ("or" and)* */
static const Ast *parse_chain(Parser *p, TokenKind op, const Ast *(*part)(Parser *)) {
    const Ast *first = part(p);
    if (!first || p->now.kind != op)
        return first;
    Ast *chain = new_node(p, AST_BOOLEAN, first->start);
    chain->op = op;
    add(p, chain, first);
    while (take(p, op)) {
        const Ast *next = part(p);
        if (!next)
            return NULL;
        add(p, chain, next);
    }
    return chain;
}

static const Ast *parse_and(Parser *p) {
    return parse_chain(p, TOKEN_AND, parse_not);
}

static const Ast *parse_or(Parser *p) {
    if (p->depth == DEEPEST)
        return fail(p, (Text){"嵌套太深", "nested too deeply"});
    p->depth++;
    const Ast *ast = parse_chain(p, TOKEN_OR, parse_and);
    p->depth--;
    return ast;
}

const Ast *parse_expression(Arena *a, const Source *source) {
    Parser p = {.lexer = {.source = source, .arena = a}};
    advance(&p);
    const Ast *ast = parse_or(&p);
    if (ast && p.now.kind != TOKEN_END)
        return fail_expected(&p, "and、or 或者结束", "and, or or the end");
    return p.lexer.failed ? NULL : ast;
}
