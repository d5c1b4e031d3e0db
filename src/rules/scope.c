/* Names: which rows are in scope, paths through references, words of enumerations, and what reading
 * each of them costs. */
#include "rules/compile.h"

#include <assert.h>

static_assert(FACT_COUNT < 64, "sets of kinds are 64 bits");

static bool is_inner(const Scope *s, int kind) {
    return s->inner >> kind & 1;
}

static bool on_page(FactKind kind) {
    return entity_of(kind)->scope == SCOPE_PAGE;
}

/* Is a row of this kind at hand without an aggregate? */
static bool in_scope(const Scope *s, FactKind kind) {
    bool always = kind == FACT_job || kind == FACT_limit || kind == FACT_paper ||
                  kind == FACT_file || kind == FACT_document;
    if (is_inner(s, (int)kind) || always)
        return true;
    if (s->early)
        return false;
    return kind == s->each || (kind == FACT_page && on_page(s->each)) ||
           (kind == FACT_mark && kind_is_mark(s->each));
}

static Node *unknown_name(const Scope *s, const Ast *ast) {
    Str name = ast->words[0].text;
    const char *names[FACT_COUNT];
    size_t n = 0;
    for (int kind = 0; kind < FACT_COUNT; kind++)
        if (in_scope(s, (FactKind)kind))
            names[n++] = entity_of((FactKind)kind)->name;
    const char *near = nearest_word(arena_copy(s->arena, name.p, name.n), names, n);
    if (near)
        return type_error(s, ast, "没有“%.*s”这个对象。是不是 %s？",
                          "there is nothing called \"%.*s\"; did you mean %s?", (int)name.n, name.p,
                          near);
    return type_error(s, ast, "没有“%.*s”这个对象。文字要加引号",
                      "there is nothing called \"%.*s\"; a text stands in quotes", (int)name.n,
                      name.p);
}

static Node *out_of_scope(const Scope *s, const Ast *ast, FactKind kind) {
    const char *name = entity_of(kind)->name;
    if (s->early)
        return type_error(s, ast, "when 里不能读 %s：只能读 job、limit、paper、document、file",
                          "`when` cannot read %s: only job, limit, paper, document and file", name);
    return type_error(s, ast, "这里没有 %s：这条规则逐个检查 %s。要看全部，写 any(%s where …) 等",
                      "no %s is at hand: this rule is over %s; to look at all of them write "
                      "any(%s where …) or the like",
                      name, entity_of(s->each)->name, name);
}

/* The slot and the kind that the first word of a path names. */
static bool find_root(const Scope *s, const Ast *ast, int *slot, int *kind) {
    if (str_is(ast->words[0].text, "subject") && !s->early) {
        *kind = (int)s->each;
        *slot = s->inner ? SLOT_SUBJECT : (int)s->each;
        return true;
    }
    *slot = *kind = entity_find(ast->words[0].text);
    if (*kind < 0)
        unknown_name(s, ast);
    else if (!in_scope(s, (FactKind)*kind))
        out_of_scope(s, ast, (FactKind)*kind);
    else
        return true;
    return false;
}

static Node *unknown_field(const Scope *s, const Ast *ast, const Token *word, const EntityDesc *e) {
    const char *near = field_nearest(e, arena_copy(s->arena, word->text.p, word->text.n));
    Ast here = *ast;
    here.start = word->start;
    here.end = word->end;
    if (near)
        return type_error(s, &here, "%s 没有“%.*s”这一项。是不是 %s？",
                          "%s has no \"%.*s\"; did you mean %s?", e->name, (int)word->text.n,
                          word->text.p, near);
    return type_error(s, &here, "%s 没有“%.*s”这一项。各项见 docs/facts.md",
                      "%s has no \"%.*s\"; docs/facts.md lists what it has", e->name,
                      (int)word->text.n, word->text.p);
}

static void add_field(const Scope *s, const FieldDesc *f) {
    RuleUse *use = s->use;
    for (size_t i = 0; i < use->field_count; i++)
        if (use->fields[i] == f)
            return;
    *ARENA_PUSH(s->arena, use->fields, use->field_count, use->field_capacity) = f;
}

/* Facts that wait for the last page are out of reach for rows that are gone by then. */
static bool note_read(Scope *s, const Ast *ast, int root, bool inner, const FieldDesc *f) {
    if (s->early && f->when != STEP_OPEN) {
        type_error(s, ast, "when 只能读一打开文件就知道的内容，%s 要读完页面才知道",
                   "`when` reads only what is known on opening; %s is known later", f->name);
        return false;
    }
    /* A page's own facts are known with it; those of all pages, inks or styles only at the end. */
    bool with_page = on_page((FactKind)root) || (root == FACT_page && !inner);
    Step step = f->when == STEP_PAGE && !with_page ? STEP_CLOSE : f->when;
    if (on_page(s->each) && step == STEP_CLOSE) {
        type_error(s, ast, "%s 要到最后一页之后才知道，逐页检查的规则读不到",
                   "%s is known only after the last page; a rule over things on a page cannot "
                   "read it",
                   f->name);
        return false;
    }
    add_field(s, f);
    if (step > s->use->step)
        s->use->step = step;
    if (f->cost > s->use->cost)
        s->use->cost = f->cost;
    if (root == FACT_page && f->when != STEP_OPEN)
        s->use->needs_others = true;
    return true;
}

static Node *field_node(const Scope *s, const FieldDesc *f, int slot, const Node *base) {
    static const struct {
        ValueKind kind;
        int op;
    } loads[] = {
        [T_BOOL] = {VALUE_BOOL, TRUTH_FIELD}, [T_INT] = {VALUE_NUMBER, NUMBER_INT},
        [T_NUM] = {VALUE_NUMBER, NUMBER_NUM}, [T_NUM32] = {VALUE_NUMBER, NUMBER_NUM32},
        [T_STR] = {VALUE_STR, TEXT_FIELD},    [T_STRS] = {VALUE_STRS, LIST_FIELD},
        [T_BOX] = {VALUE_BOX, BOX_DOUBLES},   [T_BOX32] = {VALUE_BOX, BOX_FLOATS},
        [T_ENUM] = {VALUE_ENUM, WORD_FIELD},  [T_REF] = {VALUE_REF, ROW_FIELD},
    };
    Node *n = new_typed(s, loads[f->type].kind, loads[f->type].op);
    n->field = f;
    n->a = base;
    n->slot = (uint16_t)slot;
    n->offset = f->offset;
    n->dimension = f->type == T_BOX || f->type == T_BOX32 ? DIM_LENGTH : f->dimension;
    n->integer = f->type == T_INT;
    n->domain = f->domain;
    n->target = f->target;
    return n;
}

static Node *box_side_node(const Scope *s, const Ast *ast, const Token *word, const Node *box) {
    static const char *const sides[] = {"x0", "y0", "x1", "y1", "w", "h"};
    for (unsigned side = 0; side < sizeof sides / sizeof *sides; side++) {
        if (!str_is(word->text, sides[side]))
            continue;
        Node *n = new_typed(s, VALUE_NUMBER, NUMBER_BOX_SIDE);
        n->a = box;
        n->word = side;
        n->dimension = DIM_LENGTH;
        return n;
    }
    return type_error(s, ast, "框只有 x0 y0 x1 y1 w h，没有“%.*s”",
                      "a box has x0, y0, x1, y1, w and h, no \"%.*s\"", (int)word->text.n,
                      word->text.p);
}

/* An unknown is called by its last step in Chinese and by its whole path in English. */
static void name_path(const Scope *s, Node *n, const Ast *ast, size_t words, int owner) {
    Str source = s->source->text;
    size_t end = ast->words[words - 1].end;
    n->path.en = arena_copy(s->arena, source.p + ast->start, end - ast->start);
    n->path.zh =
        n->field ? arena_printf(s->arena, "%s的%s", entity_of((FactKind)owner)->zh, n->field->zh)
                 : entity_of((FactKind)owner)->zh;
}

/* One word of an enumeration. */
static Node *type_word(const Scope *s, const Ast *ast, const EnumDesc *domain) {
    Str word = ast->words[0].text;
    int value = enum_value(domain, word);
    if (value > 0) {
        Node *n = new_typed(s, VALUE_ENUM, WORD_CONST);
        n->domain = domain;
        n->word = (unsigned)value;
        return n;
    }
    if (str_is(word, "unknown"))
        return type_error(s, ast, "未知不能拿来比较，写 not is_known(…)",
                          "nothing equals unknown; write not is_known(…)");
    const char *near =
        nearest_word(arena_copy(s->arena, word.p, word.n), domain->words + 1, domain->count - 1);
    if (near)
        return type_error(s, ast, "%s 里没有“%.*s”。是不是 %s？",
                          "%s has no word \"%.*s\"; did you mean %s?", domain->name, (int)word.n,
                          word.p, near);
    Sink all = sink_memory(s->arena);
    for (size_t i = 1; i < domain->count; i++)
        sink_format(&all, "%s%s", i > 1 ? " " : "", domain->words[i]);
    Str list = sink_text(&all);
    return type_error(s, ast, "%s 里没有“%.*s”。可用：%.*s", "%s has no word \"%.*s\"; it has %.*s",
                      domain->name, (int)word.n, word.p, (int)list.n, list.p);
}

Node *type_path(Scope *s, const Ast *ast, const EnumDesc *domain) {
    if (domain && ast->word_count == 1)
        return type_word(s, ast, domain);
    int slot, kind;
    if (!find_root(s, ast, &slot, &kind))
        return NULL;
    int root = kind;
    bool inner = slot != SLOT_SUBJECT && is_inner(s, kind);
    Node *n = new_typed(s, VALUE_REF, ROW_SLOT);
    n->slot = (uint16_t)slot;
    n->target = kind;
    name_path(s, n, ast, 1, kind);
    for (size_t i = 1; i < ast->word_count; i++) {
        const Token *word = &ast->words[i];
        if (n->kind == VALUE_BOX) {
            n = box_side_node(s, ast, word, n);
            continue;
        }
        if (!n || n->kind != VALUE_REF)
            return n ? type_error(s, ast, "“%.*s”前面的一项不能再取下一级",
                                  "what stands before \"%.*s\" has no parts", (int)word->text.n,
                                  word->text.p)
                     : NULL;
        int owner = n->target;
        const FieldDesc *f = field_find(entity_of((FactKind)owner), word->text);
        if (!f)
            return unknown_field(s, ast, word, entity_of((FactKind)owner));
        if (!note_read(s, ast, root, inner, f))
            return NULL;
        if (f->type == T_REF && on_page((FactKind)f->target))
            s->use->needs_others = true;
        n = field_node(s, f, slot, i == 1 ? NULL : n);
        name_path(s, n, ast, i + 1, owner);
    }
    return n;
}
