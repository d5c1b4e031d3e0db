/* The expressions and templates of a rule file, and what follows from them. */
#include "rules/rule_file.h"

#include "rules/call.h"

static Scope scope_of(RuleFile *f) {
    return (Scope){.arena = f->arena, .each = f->rule.each, .use = &f->use, .regexes = &f->regexes};
}

static bool source_of(const RuleFile *f, const YamlNode *node, Source *out) {
    if (node->kind != YAML_SCALAR || !node->scalar_bytes)
        return file_error(f, node, "这里要写一个表达式", "an expression stands here");
    *out = (Source){f->errors, f->text, node, {node->scalar, node->scalar_bytes}, 0};
    return true;
}

static const Node *condition(RuleFile *f, const YamlNode *node, bool early) {
    Scope scope = scope_of(f);
    scope.early = early;
    Source source;
    return node && source_of(f, node, &source) ? compile_truth(&scope, &source) : NULL;
}

static bool is_none(const YamlNode *node) {
    return node->kind == YAML_SCALAR && !node->quoted && streq(node->scalar, "none");
}

static const Node *shown(RuleFile *f, const YamlNode *node) {
    Scope scope = scope_of(f);
    Source source;
    if (is_none(node) || !source_of(f, node, &source))
        return NULL;
    const Node *n = compile(&scope, &source);
    if (n && n->kind == VALUE_REF) {
        file_error(f, node, "这里要写出具体哪一项", "say which of its fields is shown");
        return NULL;
    }
    return n;
}

/* What is measured against what: written, or the sides of the one comparison. */
static void read_sides(RuleFile *f) {
    Rule *r = &f->rule;
    const YamlNode *measure = f->value[KEY_MEASURE], *limit = f->value[KEY_LIMIT];
    bool compares = r->require && comparison_sides(r->require, &r->measured, &r->limit);
    if (r->require && !compares && (!measure || !limit))
        file_error(f, f->value[KEY_REQUIRE],
                   "require 不是单独一个比较，要另写 measure 和 limit；没有可写的就写 none",
                   "require is not one comparison: write measure and limit too, or none");
    if (measure)
        r->measured = shown(f, measure);
    if (limit)
        r->limit = shown(f, limit);
    const Node *measured = r->measured, *wanted = r->limit;
    if (r->warn && comparison_sides(r->warn, &r->warn_measured, &r->warn_limit)) {
        /* What is written for `require` holds for the warning, where it measures the same thing. */
        if (measure)
            r->warn_measured = measured;
    } else {
        r->warn_measured = measured;
        r->warn_limit = wanted;
    }
    if (r->worst != WORST_NONE && (!measured || measured->kind != VALUE_NUMBER))
        file_error(f, f->value[KEY_WORST], "worst 要有一个测得的数字",
                   "worst needs a measured number");
}

static bool item_number(const RuleFile *f, const YamlNode *node, int *out) {
    enum { LAST_ITEM = 14 };
    double number = -1;
    size_t used = node->kind == YAML_SCALAR ? number_parse(str_of(node->scalar), &number) : 0;
    for (int i = 0; i <= LAST_ITEM && used && !node->scalar[used]; i++)
        if (number == i) {
            *out = i;
            return true;
        }
    return file_error(f, node, "item 是检查单的行号，0 到 14",
                      "item is a row of the checklist, 0 to 14");
}

/* `7`, `[2, 9, 12]`, or `{14: job.finishes > 0, 4: job.finishes == 0}`. */
static void read_items(RuleFile *f) {
    const YamlNode *node = f->value[KEY_ITEM];
    if (!node)
        return;
    bool map = node->kind == YAML_MAP, one = node->kind == YAML_SCALAR;
    size_t count = one ? 1 : node->count;
    RuleItem *items = ARENA_ARRAY(f->arena, RuleItem, count + 1);
    if (!count)
        file_error(f, node, "item 至少要有一行", "item names one row at least");
    for (size_t i = 0; i < count; i++) {
        RuleItem *item = &items[f->rule.item_count];
        if (!item_number(f, one ? node : map ? node->keys[i] : node->items[i], &item->number))
            continue;
        for (size_t k = 0; k < f->rule.item_count; k++)
            if (items[k].number == item->number)
                file_error(f, node, "第 %d 项写了两次", "item %d stands there twice", item->number);
        item->when = map ? condition(f, node->items[i], true) : NULL;
        f->rule.item_count++;
    }
    f->rule.items = items;
}

void read_expressions(RuleFile *f) {
    Rule *r = &f->rule;
    read_items(f);
    r->when = condition(f, f->value[KEY_WHEN], true);
    r->where = condition(f, f->value[KEY_WHERE], false);
    r->require = condition(f, f->value[KEY_REQUIRE], false);
    r->warn = condition(f, f->value[KEY_WARN], false);
    read_sides(f);
}

static const Template *read_template(RuleFile *f, const YamlNode *node) {
    const YamlNode *zh = yaml_find(node, "zh"), *en = yaml_find(node, "en");
    if (!zh || !en || zh->kind != YAML_SCALAR || en->kind != YAML_SCALAR || !zh->scalar_bytes ||
        !en->scalar_bytes || node->count != 2) {
        file_error(f, node, "要写中英两种：{zh: …, en: …}",
                   "this is written in both languages: {zh: …, en: …}");
        return NULL;
    }
    Scope scope = scope_of(f);
    Template *t = ARENA_NEW(f->arena, Template);
    template_compile(t, &scope, f->text, zh, en, f->errors);
    if ((t->uses_measured && !f->rule.measured) || (t->uses_required && !f->rule.limit))
        file_error(f, node, "{measured}、{required} 没有可印的值：measure 或 limit 是 none",
                   "{measured} or {required} prints nothing: measure or limit is none");
    return t;
}

static bool read_variant(RuleFile *f, const YamlNode *node, RuleVariant *out) {
    const YamlNode *test = yaml_find(node, "if"), *message = yaml_find(node, "message"),
                   *fix = yaml_find(node, "fix");
    size_t known = (test ? 1U : 0) + (message ? 1U : 0) + (fix ? 1U : 0);
    if (!test || !message || known != node->count)
        return file_error(f, node, "每个变体写成 {if: …, message: {…}, fix: {…}}",
                          "each variant is {if: …, message: {…}, fix: {…}}");
    out->test = condition(f, test, false);
    out->message = read_template(f, message);
    out->fix = fix ? read_template(f, fix) : NULL;
    return true;
}

void read_messages(RuleFile *f) {
    Rule *r = &f->rule;
    const YamlNode *variants = f->value[KEY_VARIANTS];
    if (f->value[KEY_MESSAGE])
        r->message = read_template(f, f->value[KEY_MESSAGE]);
    if (f->value[KEY_FIX])
        r->fix = read_template(f, f->value[KEY_FIX]);
    if (!variants)
        return;
    if (variants->kind != YAML_LIST) {
        file_error(f, variants, "variants 是一个列表", "variants is a list");
        return;
    }
    RuleVariant *items = ARENA_ARRAY(f->arena, RuleVariant, variants->count + 1);
    for (size_t i = 0; i < variants->count; i++)
        if (read_variant(f, variants->items[i], &items[r->variant_count]))
            r->variant_count++;
    r->variants = items;
}

void conclude(RuleFile *f) {
    Rule *r = &f->rule;
    const EntityDesc *e = entity_of(r->each);
    r->step = r->each == FACT_page ? STEP_OPEN : rows_step((int)r->each);
    r->step = f->use.step > r->step ? f->use.step : r->step;
    r->cost = COST_PIXELS;
    for (size_t i = 0; i < e->count; i++)
        r->cost = e->fields[i].cost < r->cost ? e->fields[i].cost : r->cost;
    r->cost = f->use.cost > r->cost ? f->use.cost : r->cost;
    r->tables = f->use.tables;
    r->fields = f->use.fields;
    r->field_count = f->use.field_count;
    r->streams = kind_is_mark(r->each) && !f->use.needs_others;
    bool page_rows = false;
    for (int kind = 0; kind < FACT_COUNT; kind++)
        page_rows = page_rows ||
                    ((r->tables >> kind & 1) && entity_of((FactKind)kind)->scope == SCOPE_PAGE);
    if (page_rows && r->step == STEP_CLOSE)
        file_error(f, f->root,
                   "这条规则既要看一页里的对象，又要等到最后一页之后：那时它们已经不在了",
                   "this rule reads what is known only after the last page and goes through rows "
                   "of a page, which are gone by then");
}
