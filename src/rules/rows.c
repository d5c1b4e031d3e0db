/* Typing of what goes through rows: aggregates over tables, and inside() over enclosing marks. */
#include "rules/call.h"

static bool lives_on_page(int kind) {
    return entity_of((FactKind)kind)->scope == SCOPE_PAGE;
}

/* A table is whole on opening if its rows have facts known then; else after the last page. */
Step rows_step(int kind) {
    const EntityDesc *e = entity_of((FactKind)kind);
    if (e->scope == SCOPE_PAGE)
        return STEP_PAGE;
    for (size_t i = 0; i < e->count; i++)
        if (e->fields[i].when == STEP_OPEN)
            return STEP_OPEN;
    return STEP_CLOSE;
}

static uint64_t tables_of(int kind) {
    if (kind != FACT_mark)
        return UINT64_C(1) << kind;
    uint64_t set = 0;
    for (int k = 0; k < FACT_COUNT; k++)
        if (kind_is_mark((FactKind)k))
            set |= UINT64_C(1) << k;
    return set;
}

/* The entity that an aggregate goes through; -1 after an error. */
static int row_kind(Scope *s, const Ast *call, const Ast *path) {
    int kind = path->kind == AST_PATH ? entity_find(path->words[0].text) : -1;
    if (kind < 0) {
        type_error(s, path, "%.*s 要逐行看一种对象，如 %.*s(ink where ink.used)",
                   "%.*s goes through the rows of an entity, such as %.*s(ink where ink.used)",
                   (int)call->token.text.n, call->token.text.p, (int)call->token.text.n,
                   call->token.text.p);
        return -1;
    }
    if (s->early) {
        type_error(s, call, "when 里不能逐行查看", "`when` cannot go through rows");
        return -1;
    }
    if (entity_of((FactKind)kind)->scope == SCOPE_RECORD) {
        type_error(s, path, "%s 要到检查之后才知道：只能写 each: %s",
                   "the rows of %s are known only after the check: write `each: %s`",
                   entity_of((FactKind)kind)->name, entity_of((FactKind)kind)->name);
        return -1;
    }
    if (lives_on_page(kind) && s->each != FACT_page && !lives_on_page((int)s->each)) {
        type_error(s, path, "%s 只在它那一页里存在：这条规则要写 each: page",
                   "the rows of %s live only with their page: this rule must be `each: page`",
                   entity_of((FactKind)kind)->name);
        return -1;
    }
    Step step = rows_step(kind);
    if (lives_on_page((int)s->each) && step == STEP_CLOSE) {
        type_error(s, path, "%s 要到最后一页之后才齐，逐页检查的规则看不到",
                   "the rows of %s are complete only after the last page; a rule over things on "
                   "a page cannot go through them",
                   entity_of((FactKind)kind)->name);
        return -1;
    }
    if (step > s->use->step)
        s->use->step = step;
    return kind;
}

/* Binds the row of that kind inside n; what was bound before is given back for `s->inner`. */
static uint64_t bind(Scope *s, Node *n, int kind) {
    uint64_t before = s->inner;
    n->slot = (uint16_t)kind;
    n->binds_subject = !before;
    n->subject = (uint16_t)s->each;
    s->inner |= UINT64_C(1) << kind;
    return before;
}

/* The part of the condition and of the field; false after an error. */
static bool type_row_parts(Scope *s, const Ast *call, Node *n, int kind) {
    const Ast *path = call->items[0];
    uint64_t before = bind(s, n, kind);
    bool fine = true;
    if (path->word_count > 1) {
        n->a = type_path(s, path, NULL);
        fine = n->a != NULL;
    }
    if (call->where) {
        n->b = type_truth(s, call->where);
        fine = fine && n->b;
    }
    s->inner = before;
    n->set = tables_of(kind);
    s->use->tables |= n->set;
    s->use->needs_others = true;
    return fine;
}

Node *type_rows(Scope *s, const Ast *call, FunctionId id) {
    static const struct {
        ValueKind kind;
        int op;
        bool field, number; /* has one, of numbers */
    } forms[FUNCTION_COUNT_] = {
        [FUNCTION_COUNT] = {VALUE_NUMBER, NUMBER_COUNT, false, false},
        [FUNCTION_ANY] = {VALUE_BOOL, TRUTH_ANY, false, false},
        [FUNCTION_ALL] = {VALUE_BOOL, TRUTH_ALL, false, false},
        [FUNCTION_SUM] = {VALUE_NUMBER, NUMBER_SUM, true, true},
        [FUNCTION_MIN] = {VALUE_NUMBER, NUMBER_LEAST, true, true},
        [FUNCTION_MAX] = {VALUE_NUMBER, NUMBER_MOST, true, true},
    };
    const Ast *path = call->items[0];
    int kind = row_kind(s, call, path);
    if (kind < 0)
        return NULL;
    Node *n = new_typed(s, forms[id].kind, forms[id].op);
    if (!type_row_parts(s, call, n, kind))
        return NULL;
    n->path.zh = n->path.en = source_slice(s, call);
    bool is_number = n->a && n->a->kind == VALUE_NUMBER,
         is_truth = n->a && n->a->kind == VALUE_BOOL;
    if (forms[id].field ? !is_number : n->a && (id == FUNCTION_COUNT || !is_truth))
        return misused(s, call, id);
    if (id == FUNCTION_ALL && !n->a) {
        if (!n->b)
            return type_error(s, call, "all 要有条件，否则总是成立",
                              "all() without a condition always holds");
        n->a = n->b;
        n->b = NULL;
    }
    n->dimension = forms[id].number ? n->a->dimension : DIM_NONE;
    n->integer = id == FUNCTION_COUNT || (is_number && n->a->integer);
    return n;
}

/* inside(mark, ENTITY where …) */
Node *type_inside(Scope *s, const Ast *call) {
    const Ast *path = call->items[1];
    Node *mark = type_expression(s, call->items[0], NULL);
    if (!mark)
        return NULL;
    if (mark->kind != VALUE_REF || !kind_is_mark((FactKind)mark->target))
        return type_error(s, call->items[0], "inside 的第一项要是页面上的对象，如 stroke",
                          "the first part of inside() is a mark, such as stroke");
    int kind =
        path->kind == AST_PATH && path->word_count == 1 ? entity_find(path->words[0].text) : -1;
    if (kind < 0 || !kind_is_mark((FactKind)kind))
        return type_error(s, path, "inside 的第二项要是外层对象：form、group、pattern、annotation",
                          "the second part of inside() is form, group, pattern or annotation");
    Node *n = new_typed(s, VALUE_BOOL, TRUTH_INSIDE);
    n->a = mark;
    /* Kinds of marks have the names of their entities. */
    if (kind != FACT_mark)
        n->word =
            (unsigned)enum_value(enum_find("MarkKind"), str_of(entity_of((FactKind)kind)->name));
    uint64_t before = bind(s, n, kind);
    if (call->where)
        n->b = type_truth(s, call->where);
    s->inner = before;
    s->use->needs_others = true;
    n->path.zh = n->path.en = source_slice(s, call);
    return call->where && !n->b ? NULL : n;
}
