/* Calls: which function is meant, what it takes and what it gives (functions.def). */
#include "rules/call.h"

typedef struct Function {
    const char *name;
    size_t least, most; /* arguments */
    const char *signature;
    Text what;
} Function;

static const Function functions[] = {
#define FUNCTION(ID, name, least, most, signature, zh, en) {name, least, most, signature, {zh, en}},
#include "rules/functions.def"
#undef FUNCTION
};

static int find_function(const Scope *s, const Ast *call) {
    const char *names[FUNCTION_COUNT_];
    for (int i = 0; i < FUNCTION_COUNT_; i++) {
        names[i] = functions[i].name;
        if (str_is(call->token.text, names[i]))
            return i;
    }
    Ast name = *call;
    name.end = call->token.end;
    Str text = call->token.text;
    const char *near = nearest_word(arena_copy(s->arena, text.p, text.n), names, FUNCTION_COUNT_);
    if (near)
        type_error(s, &name, "没有函数 %.*s。是不是 %s？",
                   "there is no function %.*s; did you mean %s?", (int)text.n, text.p, near);
    else
        type_error(s, &name, "没有函数 %.*s", "there is no function %.*s", (int)text.n, text.p);
    return -1;
}

Node *misused(const Scope *s, const Ast *call, FunctionId id) {
    const Function *f = &functions[id];
    Text text = {arena_printf(s->arena, "写法是 %s，%s", f->signature, f->what.zh),
                 arena_printf(s->arena, "it is written %s: %s", f->signature, f->what.en)};
    source_error_text(s->source, call->start, call->end, text);
    return NULL;
}

char *source_slice(const Scope *s, const Ast *ast) {
    return arena_copy(s->arena, s->source->text.p + ast->start, ast->end - ast->start);
}

static Node *of_numbers(Scope *s, const Ast *call, int op) {
    Node *n = new_typed(s, VALUE_NUMBER, op);
    n->a = type_number(s, call->items[0]);
    n->b = call->count > 1 ? type_number(s, call->items[1]) : NULL;
    if (!n->a || (call->count > 1 && !n->b))
        return NULL;
    if (n->b && !same_dimension(s, call->items[0], n->a, call->items[1], n->b))
        return NULL;
    n->dimension = n->a->dimension;
    n->integer = n->a->integer && (!n->b || n->b->integer);
    n->path.zh = n->path.en = source_slice(s, call);
    return n;
}

static Node *type_mod(Scope *s, const Ast *call) {
    Node *n = of_numbers(s, call, NUMBER_MOD);
    if (n && n->dimension != DIM_NONE)
        return type_error(s, call, "mod 只用于没有单位的数", "mod() takes plain numbers");
    return n;
}

static Node *type_near(Scope *s, const Ast *call) {
    const Ast *const *args = call->items;
    Node *a = type_number(s, args[0]), *b = type_number(s, args[1]), *c = type_number(s, args[2]);
    if (!a || !b || !c || !same_dimension(s, args[0], a, args[1], b) ||
        !same_dimension(s, args[0], a, args[2], c))
        return NULL;
    Node *n = new_typed(s, VALUE_BOOL, TRUTH_NEAR);
    n->a = a;
    n->b = b;
    n->c = c;
    n->dimension = a->dimension;
    n->coarse = reads_float(n);
    return n;
}

/* Repeats multiply the size of a compiled pattern: a typing slip must not eat the memory. */
static bool is_modest(Str pattern) {
    enum { LONGEST = 400, MOST_REPEATS = 1000 };
    size_t product = 1, now = 0;
    bool in_braces = false;
    for (size_t i = 0; i < pattern.n; i++) {
        char c = pattern.p[i];
        if (c == '{')
            in_braces = true, now = 0;
        else if (in_braces && c >= '0' && c <= '9' && now < MOST_REPEATS)
            now = now * 10 + (size_t)(c - '0');
        else if (in_braces && c == ',')
            now = 0;
        else if (in_braces && c == '}')
            in_braces = false, product *= now > 1 ? now : 1;
        if (product > MOST_REPEATS || now > MOST_REPEATS)
            return false;
    }
    return pattern.n <= LONGEST;
}

static const Regex *compile_regex(Scope *s, const Ast *ast, bool lower) {
    Str pattern = ast->token.text;
    if (!is_modest(pattern)) {
        type_error(s, ast, "正则式太大", "the pattern is too large");
        return NULL;
    }
    /* A pattern for lower() ignores case, which is the same thing unless it asks for capitals. */
    for (size_t i = 0; lower && i < pattern.n; i++) {
        if (pattern.p[i] >= 'A' && pattern.p[i] <= 'Z') {
            type_error(s, ast, "lower() 之后不会再有大写字母",
                       "there are no capitals after lower()");
            return NULL;
        }
    }
    Regex *regex = ARENA_NEW(s->arena, Regex);
    int failed =
        regcomp(&regex->compiled, pattern.p, REG_EXTENDED | REG_NOSUB | (lower ? REG_ICASE : 0));
    if (failed) {
        char why[128];
        regerror(failed, &regex->compiled, why, sizeof why);
        type_error(s, ast, "正则式写错了：%s", "this is not a regular expression: %s", why);
        return NULL;
    }
    regex->next = *s->regexes;
    *s->regexes = regex;
    return regex;
}

static Node *type_matches(Scope *s, const Ast *call) {
    Node *a = type_expression(s, call->items[0], NULL);
    if (!a)
        return NULL;
    if (a->kind != VALUE_STR || call->items[1]->kind != AST_STRING)
        return misused(s, call, FUNCTION_MATCHES);
    Node *n = new_typed(s, VALUE_BOOL, TRUTH_MATCHES);
    n->a = a;
    n->regex = compile_regex(s, call->items[1], a->op == TEXT_LOWER);
    return n->regex ? n : NULL;
}

/* A list may be written out only here and on the right of `in`. */
static Node *text_or_list(Scope *s, const Ast *ast) {
    return ast->kind == AST_LIST ? type_texts(s, ast) : type_expression(s, ast, NULL);
}

static Node *type_contains(Scope *s, const Ast *call) {
    Node *a = text_or_list(s, call->items[0]), *b = text_or_list(s, call->items[1]);
    if (!a || !b)
        return NULL;
    Node *n = new_typed(s, VALUE_BOOL, TRUTH_PART);
    n->a = a;
    n->b = b;
    if (a->kind == VALUE_STR && b->kind == VALUE_STR)
        return n;
    if (a->kind == VALUE_STR && b->kind == VALUE_STRS) {
        n->op = TRUTH_SOME_PART;
        return n;
    }
    if (a->kind != VALUE_STRS || b->kind != VALUE_STR)
        return misused(s, call, FUNCTION_CONTAINS);
    n->op = TRUTH_TEXT_IN;
    n->a = b;
    n->b = a;
    return n;
}

static Node *of_one(Scope *s, const Ast *call, FunctionId id, ValueKind wanted, ValueKind gives,
                    int op) {
    Node *a = type_expression(s, call->items[0], NULL);
    if (!a)
        return NULL;
    if (wanted != VALUE_NONE && a->kind != wanted)
        return misused(s, call, id);
    Node *n = new_typed(s, gives, op);
    n->a = a;
    n->integer = gives == VALUE_NUMBER;
    return n;
}

static Node *type_function(Scope *s, const Ast *call, FunctionId id) {
    switch (id) {
    case FUNCTION_COUNT:
    case FUNCTION_ANY:
    case FUNCTION_ALL:
    case FUNCTION_SUM:
        return type_rows(s, call, id);
    case FUNCTION_MIN:
        return call->count == 1 ? type_rows(s, call, id) : of_numbers(s, call, NUMBER_LESSER);
    case FUNCTION_MAX:
        return call->count == 1 ? type_rows(s, call, id) : of_numbers(s, call, NUMBER_GREATER);
    case FUNCTION_INSIDE:
        return type_inside(s, call);
    case FUNCTION_ABS:
        return of_numbers(s, call, NUMBER_ABS);
    case FUNCTION_NEAR:
        return type_near(s, call);
    case FUNCTION_MOD:
        return type_mod(s, call);
    case FUNCTION_MATCHES:
        return type_matches(s, call);
    case FUNCTION_CONTAINS:
        return type_contains(s, call);
    case FUNCTION_LOWER:
        return of_one(s, call, id, VALUE_STR, VALUE_STR, TEXT_LOWER);
    case FUNCTION_LENGTH:
        return of_one(s, call, id, VALUE_STRS, VALUE_NUMBER, NUMBER_LENGTH);
    case FUNCTION_IS_KNOWN:
        return of_one(s, call, id, VALUE_NONE, VALUE_BOOL, TRUTH_IS_KNOWN);
    case FUNCTION_COUNT_:
        break;
    }
    return NULL;
}

static bool takes_where(FunctionId id, size_t arguments) {
    return id == FUNCTION_INSIDE || id == FUNCTION_COUNT || id == FUNCTION_ANY ||
           id == FUNCTION_ALL || id == FUNCTION_SUM ||
           ((id == FUNCTION_MIN || id == FUNCTION_MAX) && arguments == 1);
}

Node *type_call(Scope *s, const Ast *call) {
    int id = find_function(s, call);
    if (id < 0)
        return NULL;
    const Function *f = &functions[id];
    if (call->count < f->least || call->count > f->most ||
        (call->where && !takes_where((FunctionId)id, call->count)))
        return misused(s, call, (FunctionId)id);
    return type_function(s, call, (FunctionId)id);
}
