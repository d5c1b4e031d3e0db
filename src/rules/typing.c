/* Operators: what meets what, and in which dimension. Names are in scope.c, functions in call.c. */
#include "rules/compile.h"

#include <math.h>

Node *new_typed(const Scope *s, ValueKind kind, int op) {
    Node *n = ARENA_NEW(s->arena, Node);
    n->kind = kind;
    n->op = (uint8_t)op;
    return n;
}

Node *type_error(const Scope *s, const Ast *at, const char *zh, const char *en, ...) {
    va_list args, again;
    va_start(args, en);
    va_copy(again, args);
    Arena *a = s->source->errors->arena;
    Text text = {.zh = arena_vprintf(a, zh, args), .en = arena_vprintf(a, en, again)};
    va_end(again);
    va_end(args);
    source_error_text(s->source, at->start, at->end, text);
    return NULL;
}

Text kind_name(Arena *a, const Node *n) {
    switch (n->kind) {
    case VALUE_NUMBER:
        return (Text){dimension_name(n->dimension, LANG_ZH), dimension_name(n->dimension, LANG_EN)};
    case VALUE_BOOL:
        return (Text){"是非", "a yes or no"};
    case VALUE_STR:
        return (Text){"文字", "a text"};
    case VALUE_STRS:
        return (Text){"文字列表", "a list of texts"};
    case VALUE_ENUM:
        return (Text){arena_printf(a, "%s 的一个词", n->domain->name),
                      arena_printf(a, "a word of %s", n->domain->name)};
    case VALUE_BOX:
        return (Text){"框", "a box"};
    case VALUE_REF:
        return (Text){entity_of((FactKind)n->target)->zh,
                      arena_printf(a, "a row of %s", entity_of((FactKind)n->target)->name)};
    case VALUE_NONE:
        break;
    }
    return (Text){"没有值", "nothing"};
}

static Node *want(const Scope *s, const Ast *ast, Node *n, ValueKind kind, Text wanted) {
    if (!n || n->kind == kind)
        return n;
    Text found = kind_name(s->arena, n);
    Text both = {arena_printf(s->arena, "这里要%s，写的是%s", wanted.zh, found.zh),
                 arena_printf(s->arena, "%s is wanted here, this is %s", wanted.en, found.en)};
    source_error_text(s->source, ast->start, ast->end, both);
    return NULL;
}

Node *type_truth(Scope *s, const Ast *ast) {
    return want(s, ast, type_expression(s, ast, NULL), VALUE_BOOL,
                (Text){"能判断是非的条件", "something true or false"});
}

Node *type_number(Scope *s, const Ast *ast) {
    return want(s, ast, type_expression(s, ast, NULL), VALUE_NUMBER, (Text){"数字", "a number"});
}

Node *type_texts(Scope *s, const Ast *ast) {
    const char **texts = ARENA_ARRAY(s->arena, const char *, ast->count + 1);
    for (size_t i = 0; i < ast->count; i++) {
        const Ast *item = ast->items[i];
        if (item->kind != AST_STRING)
            return type_error(s, item, "这个列表里只能是带引号的文字",
                              "this list holds texts in quotes");
        texts[i] = item->token.text.p;
    }
    Node *n = new_typed(s, VALUE_STRS, LIST_CONST);
    n->list = strs_of(s->arena, texts, ast->count);
    return n;
}

/* "write 0.2mm" under the number that lacks its unit. */
static bool lacks_unit(const Scope *s, const Ast *ast, const Node *n, const Node *other) {
    const Unit *unit = unit_shown(other->dimension);
    if (n->op != NUMBER_CONST || n->dimension != DIM_NONE || !unit || ast->kind != AST_NUMBER)
        return false;
    Str text = {s->source->text.p + ast->start, ast->end - ast->start};
    char percent[32];
    number_format(percent, sizeof percent, n->number * 100, 4);
    const char *digits =
        other->dimension == DIM_RATIO ? percent : arena_copy(s->arena, text.p, text.n);
    type_error(s, ast, "%s和没有单位的数不能放在一起：写成 %s%s",
               "%s meets a plain number: write %s%s", dimension_name(other->dimension, LANG_ZH),
               digits, unit->suffix);
    /* The two languages name the dimension each in their own words. */
    Errors *errors = s->source->errors;
    errors->items[errors->count - 1].text.en =
        arena_printf(errors->arena, "%s meets a plain number: write %s%s",
                     dimension_name(other->dimension, LANG_EN), digits, unit->suffix);
    return true;
}

bool same_dimension(const Scope *s, const Ast *left, const Node *a, const Ast *right,
                    const Node *b) {
    if (a->dimension == b->dimension)
        return true;
    if (lacks_unit(s, left, a, b) || lacks_unit(s, right, b, a))
        return false;
    Text x = kind_name(s->arena, a), y = kind_name(s->arena, b);
    Text both = {arena_printf(s->arena, "%s和%s不能相比或加减", x.zh, y.zh),
                 arena_printf(s->arena, "%s and %s do not go together", x.en, y.en)};
    source_error_text(s->source, left->start, right->end, both);
    return false;
}

static bool scales(Dimension d) {
    return d == DIM_NONE || d == DIM_RATIO;
}

/* × : plain and ratio scale whatever they meet; length × length = area. */
static bool product(Dimension a, Dimension b, Dimension *out) {
    if (scales(a) || scales(b)) {
        *out = a == DIM_NONE || (a == DIM_RATIO && b != DIM_NONE) ? b : a;
        return true;
    }
    *out = DIM_AREA;
    return a == DIM_LENGTH && b == DIM_LENGTH;
}

/* ÷ : like by like is a ratio; area ÷ length = length. */
static bool quotient(Dimension a, Dimension b, Dimension *out) {
    *out = a;
    if (scales(b))
        return true;
    *out = a == b ? DIM_RATIO : DIM_LENGTH;
    return a == b || (a == DIM_AREA && b == DIM_LENGTH);
}

static Node *type_arithmetic(Scope *s, const Ast *ast) {
    Node *a = type_number(s, ast->items[0]), *b = type_number(s, ast->items[1]);
    if (!a || !b)
        return NULL;
    Dimension d = a->dimension;
    bool fits = true;
    int op = NUMBER_ADD;
    if (ast->op == TOKEN_TIMES)
        op = NUMBER_MULTIPLY, fits = product(a->dimension, b->dimension, &d);
    else if (ast->op == TOKEN_OVER)
        op = NUMBER_DIVIDE, fits = quotient(a->dimension, b->dimension, &d);
    else if (!same_dimension(s, ast->items[0], a, ast->items[1], b))
        return NULL;
    if (ast->op == TOKEN_MINUS)
        op = NUMBER_SUBTRACT;
    if (!fits)
        return type_error(s, ast, "这两个量不能这样相乘或相除",
                          "these two cannot be multiplied or divided");
    Node *n = new_typed(s, VALUE_NUMBER, op);
    n->a = a;
    n->b = b;
    n->dimension = d;
    n->integer = a->integer && b->integer && op != NUMBER_DIVIDE;
    n->path.zh = n->path.en =
        arena_copy(s->arena, s->source->text.p + ast->start, ast->end - ast->start);
    return n;
}

static Node *type_chain(Scope *s, const Ast *ast) {
    Node *n = new_typed(s, VALUE_BOOL, ast->op == TOKEN_AND ? TRUTH_AND : TRUTH_OR);
    n->items = ARENA_ARRAY(s->arena, const Node *, ast->count);
    bool fine = true;
    for (size_t i = 0; i < ast->count; i++) {
        n->items[i] = type_truth(s, ast->items[i]);
        fine = fine && n->items[i];
    }
    n->count = ast->count;
    return fine ? n : NULL;
}

static Node *type_constant(Scope *s, const Ast *ast) {
    if (ast->kind == AST_TRUTH) {
        Node *n = new_typed(s, VALUE_BOOL, TRUTH_CONST);
        n->truth = ast->op == TOKEN_TRUE;
        return n;
    }
    if (ast->kind == AST_STRING) {
        Node *n = new_typed(s, VALUE_STR, TEXT_CONST);
        n->text = ast->token.text.p;
        return n;
    }
    Node *n = new_typed(s, VALUE_NUMBER, NUMBER_CONST);
    n->number = ast->token.number;
    n->dimension = ast->token.unit ? ast->token.unit->dimension : DIM_NONE;
    n->integer = !ast->token.unit && floor(n->number) == n->number;
    return n;
}

static Node *type_prefix(Scope *s, const Ast *ast) {
    bool is_not = ast->kind == AST_NOT;
    Node *a = is_not ? type_truth(s, ast->items[0]) : type_number(s, ast->items[0]);
    if (!a)
        return NULL;
    Node *n = new_typed(s, a->kind, is_not ? (int)TRUTH_NOT : (int)NUMBER_NEGATE);
    n->a = a;
    n->dimension = a->dimension;
    n->integer = a->integer;
    return n;
}

Node *type_expression(Scope *s, const Ast *ast, const EnumDesc *domain) {
    switch (ast->kind) {
    case AST_NUMBER:
    case AST_STRING:
    case AST_TRUTH:
        return type_constant(s, ast);
    case AST_LIST:
        return type_error(s, ast, "列表只能写在 in 的右边或 contains 里",
                          "a list stands only on the right of `in` or in contains()");
    case AST_PATH:
        return type_path(s, ast, domain);
    case AST_CALL:
        return type_call(s, ast);
    case AST_NOT:
    case AST_NEGATE:
        return type_prefix(s, ast);
    case AST_BOOLEAN:
        return type_chain(s, ast);
    case AST_COMPARE:
        return ast->op == TOKEN_IN || ast->op == TOKEN_NOT ? type_in(s, ast)
                                                           : type_relation(s, ast);
    case AST_ARITHMETIC:
        return type_arithmetic(s, ast);
    }
    return NULL;
}

const Node *compile(Scope *s, const Source *source) {
    const Ast *ast = parse_expression(s->arena, source);
    s->source = source;
    s->inner = 0;
    return ast ? type_expression(s, ast, NULL) : NULL;
}

const Node *compile_truth(Scope *s, const Source *source) {
    const Ast *ast = parse_expression(s->arena, source);
    s->source = source;
    s->inner = 0;
    return ast ? type_truth(s, ast) : NULL;
}
