/* Typing of comparisons and of `in`: each side is read in the light of the other. */
#include "rules/compile.h"

static Relation relation_of(TokenKind op) {
    if (op == TOKEN_EQUAL)
        return REL_EQ;
    if (op == TOKEN_NOT_EQUAL)
        return REL_NE;
    if (op == TOKEN_LESS)
        return REL_LT;
    if (op == TOKEN_LESS_EQUAL)
        return REL_LE;
    return op == TOKEN_MORE ? REL_GT : REL_GE;
}

/* A name alone is a word if the other side has words, so that `mark.kind == image` is no row. */
static bool is_bare(const Ast *ast) {
    return ast->kind == AST_PATH && ast->word_count == 1;
}

static const EnumDesc *words_of(const Node *n) {
    return n && n->kind == VALUE_ENUM ? n->domain : NULL;
}

/* Both sides of a comparison, each in the light of the other. */
static bool type_sides(Scope *s, const Ast *left, const Ast *right, Node **a, Node **b) {
    if (is_bare(left) && !is_bare(right)) {
        *b = type_expression(s, right, NULL);
        *a = *b ? type_expression(s, left, words_of(*b)) : NULL;
    } else {
        *a = type_expression(s, left, NULL);
        *b = *a ? type_expression(s, right, words_of(*a)) : NULL;
    }
    return *a && *b;
}

static Node *quoted_word(const Scope *s, const Ast *ast) {
    return type_error(s, ast, "这里是固定的词，不加引号",
                      "this is a word: write it without quotes");
}

/* What == on this kind of value compiles to; -1: it cannot be compared. */
static int comparison_op(ValueKind kind) {
    switch (kind) {
    case VALUE_NUMBER:
        return TRUTH_COMPARE_NUMBER;
    case VALUE_STR:
        return TRUTH_COMPARE_TEXT;
    case VALUE_ENUM:
        return TRUTH_COMPARE_WORD;
    case VALUE_BOOL:
        return TRUTH_COMPARE_TRUTH;
    case VALUE_BOX:
        return TRUTH_COMPARE_BOX;
    case VALUE_REF:
        return TRUTH_COMPARE_ROW;
    case VALUE_STRS:
    case VALUE_NONE:
        break;
    }
    return -1;
}

static bool comparable(Scope *s, const Ast *ast, const Node *a, const Node *b) {
    const Ast *left = ast->items[0], *right = ast->items[1];
    if ((a->kind == VALUE_ENUM && b->kind == VALUE_STR && right->kind == AST_STRING) ||
        (b->kind == VALUE_ENUM && a->kind == VALUE_STR && left->kind == AST_STRING))
        return quoted_word(s, a->kind == VALUE_ENUM ? right : left) != NULL;
    bool alike = a->kind == b->kind && a->domain == b->domain &&
                 (a->kind != VALUE_REF || a->target == b->target);
    if (!alike || comparison_op(a->kind) < 0) {
        Text x = kind_name(s->arena, a), y = kind_name(s->arena, b);
        Text both = {arena_printf(s->arena, "%s和%s不能比较", x.zh, y.zh),
                     arena_printf(s->arena, "%s cannot be compared with %s", x.en, y.en)};
        source_error_text(s->source, ast->start, ast->end, both);
        return false;
    }
    if (a->kind == VALUE_NUMBER)
        return same_dimension(s, left, a, right, b);
    if (ast->op == TOKEN_EQUAL || ast->op == TOKEN_NOT_EQUAL)
        return true;
    return type_error(s, ast, "只有数字能比大小，这里只能用 == 和 !=",
                      "only numbers are smaller or larger; use == or !=") != NULL;
}

bool reads_float(const Node *n) {
    if (!n)
        return false;
    if (n->field && (n->field->type == T_NUM32 || n->field->type == T_BOX32))
        return true;
    for (size_t i = 0; i < n->count; i++)
        if (reads_float(n->items[i]))
            return true;
    return reads_float(n->a) || reads_float(n->b) || reads_float(n->c);
}

Node *type_relation(Scope *s, const Ast *ast) {
    Node *a, *b;
    if (!type_sides(s, ast->items[0], ast->items[1], &a, &b) || !comparable(s, ast, a, b))
        return NULL;
    Node *n = new_typed(s, VALUE_BOOL, comparison_op(a->kind));
    n->a = a;
    n->b = b;
    n->relation = (uint8_t)relation_of(ast->op);
    n->dimension = a->dimension;
    n->coarse = reads_float(a) || reads_float(b);
    /* The comparison that stands in nearly every `where` gets its own node. */
    if (a->kind == VALUE_ENUM && a->op == WORD_FIELD && !a->a && b->op == WORD_CONST) {
        n->op = TRUTH_WORD_IS;
        n->slot = a->slot;
        n->offset = a->offset;
        n->word = b->word;
    }
    return n;
}

static bool add_word(Scope *s, Node *n, const Ast *item) {
    if (item->kind == AST_STRING)
        return quoted_word(s, item) != NULL;
    Node *word = type_expression(s, item, n->a->domain);
    if (word && (word->kind != VALUE_ENUM || word->op != WORD_CONST))
        word = type_error(s, item, "这里要 %s 的词", "a word of %s is wanted here",
                          n->a->domain->name);
    if (word)
        n->set |= UINT64_C(1) << word->word;
    return word != NULL;
}

static bool add_number(Scope *s, const Ast *left, Node *n, const Ast *item) {
    Node *number = type_number(s, item);
    if (!number || !same_dimension(s, left, n->a, item, number))
        return false;
    n->items[n->count++] = number;
    return true;
}

/* in: words and numbers in a written list, texts in a written list or a list that is a fact. */
Node *type_in(Scope *s, const Ast *ast) {
    const Ast *list = ast->items[1];
    Node *a = type_expression(s, ast->items[0], NULL);
    if (!a)
        return NULL;
    Node *n = new_typed(s, VALUE_BOOL, TRUTH_TEXT_IN);
    n->a = a;
    n->negated = ast->op == TOKEN_NOT;
    n->dimension = a->dimension;
    if (list->kind == AST_LIST && (a->kind == VALUE_ENUM || a->kind == VALUE_NUMBER)) {
        n->op = a->kind == VALUE_ENUM ? TRUTH_WORD_IN : TRUTH_NUMBER_IN;
        n->items = ARENA_ARRAY(s->arena, const Node *, list->count + 1);
        for (size_t i = 0; i < list->count; i++)
            if (!(a->kind == VALUE_ENUM ? add_word(s, n, list->items[i])
                                        : add_number(s, ast->items[0], n, list->items[i])))
                return NULL;
        n->coarse = reads_float(n);
        return n;
    }
    Node *b = list->kind == AST_LIST ? NULL : type_expression(s, list, NULL);
    if (list->kind != AST_LIST && !b)
        return NULL;
    if (a->kind != VALUE_STR || (b && b->kind != VALUE_STRS))
        return type_error(
            s, ast, "in 的右边要列表，如 [cmyk, gray]；左边是文字时也可以是 job.spots 这样的列表",
            "the right of `in` is a list such as [cmyk, gray], or for a text a list "
            "such as job.spots");
    n->b = b ? b : type_texts(s, list);
    return n->b ? n : NULL;
}

bool comparison_sides(const Node *n, const Node **left, const Node **right) {
    bool is_comparison =
        n->op == TRUTH_WORD_IS || (n->op >= TRUTH_COMPARE_NUMBER && n->op <= TRUTH_COMPARE_BOX);
    if (!is_comparison)
        return false;
    *left = n->a;
    *right = n->b;
    return true;
}
