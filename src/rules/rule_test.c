/* The `tests` of rule files: rows from YAML, then the rule on them. */
#include "base/sink.h"
#include "facts/facts_yaml.h"
#include "rules/rules.h"

#include <string.h>

typedef struct Bench {
    Arena *arena;
    const Rule *rule;
    Errors *errors;
    Facts *facts;
    RuleEnv env;
    bool given[FACT_COUNT];
} Bench;

/* The map without `parent`, which needs a row of its own kind. */
static YamlNode without_parent(Arena *a, const YamlNode *map, const YamlNode **parent) {
    YamlNode rest = *map;
    rest.keys = ARENA_ARRAY(a, YamlNode *, map->count + 1);
    rest.items = ARENA_ARRAY(a, YamlNode *, map->count + 1);
    rest.count = 0;
    for (size_t i = 0; i < map->count; i++) {
        if (streq(map->keys[i]->scalar, "parent")) {
            *parent = map->items[i];
            continue;
        }
        rest.keys[rest.count] = map->keys[i];
        rest.items[rest.count++] = map->items[i];
    }
    return rest;
}

/* Kinds of marks have the names of their entities; without a kind it is a mark and no more. */
static FactKind kind_of_mark(const YamlNode *map) {
    const YamlNode *kind = yaml_find(map, "kind");
    int found = kind && kind->kind == YAML_SCALAR ? entity_find(str_of(kind->scalar)) : -1;
    return found >= 0 && kind_is_mark((FactKind)found) ? (FactKind)found : FACT_mark;
}

static bool fill_row(Bench *b, FactKind kind, void *row, const YamlNode *map) {
    const YamlText *text = &b->rule->text;
    if (!kind_is_mark(kind) || map->kind != YAML_MAP)
        return row_from_yaml(entity_of(kind), row, b->arena, text, map, b->errors);
    const YamlNode *parent = NULL;
    YamlNode rest = without_parent(b->arena, map, &parent);
    if (!row_from_yaml(entity_of(kind), row, b->arena, text, &rest, b->errors))
        return false;
    Mark *mark = row;
    if (mark->kind == MARK_UNKNOWN && kind != FACT_mark)
        mark->kind = (uint8_t)enum_value(enum_find("MarkKind"), str_of(entity_of(kind)->name));
    if (!parent)
        return true;
    FactKind outer_kind = parent->kind == YAML_MAP ? kind_of_mark(parent) : FACT_mark;
    Mark *outer = facts_add(b->facts, outer_kind);
    mark->parent = outer;
    return fill_row(b, outer_kind, outer, parent);
}

static void *add_row(Bench *b, FactKind kind, const YamlNode *map) {
    /* `mark: {kind: image}` is a row of images, seen as a mark. */
    FactKind real = kind == FACT_mark && map->kind == YAML_MAP ? kind_of_mark(map) : kind;
    void *row = facts_add(b->facts, real);
    return fill_row(b, real, row, map) ? row : NULL;
}

static void put_in_scope(Bench *b, FactKind kind, const void *row) {
    b->env.row[kind] = row;
    b->given[kind] = true;
    if (kind_is_mark(kind) && kind == b->rule->each)
        b->env.row[FACT_mark] = row;
}

static bool refuse(Bench *b, const YamlNode *at, const char *zh, const char *en) {
    yaml_error(b->errors, &b->rule->text, at, zh, en);
    return false;
}

static bool add_entity(Bench *b, const YamlNode *key, const YamlNode *value) {
    int kind = entity_find(str_of(key->scalar));
    if (kind < 0)
        return refuse(b, key, "没有这种对象", "there is no such entity");
    if (value->kind != YAML_LIST) {
        const void *row = add_row(b, (FactKind)kind, value);
        put_in_scope(b, (FactKind)kind, row);
        return row != NULL;
    }
    for (size_t i = 0; i < value->count; i++) {
        const void *row = add_row(b, (FactKind)kind, value->items[i]);
        if (!row)
            return false;
        if (!i && kind == (int)b->rule->each)
            put_in_scope(b, (FactKind)kind, row);
    }
    return true;
}

static bool set_up(Bench *b, const YamlNode *given) {
    for (size_t i = 0; i < given->count; i++)
        if (!add_entity(b, given->keys[i], given->items[i]))
            return false;
    return true;
}

static Outcome judge(const Bench *b) {
    Outcome o = rule_applies(b->rule, NULL, &b->env);
    return o == OUTCOME_PASS ? rule_run(b->rule, &b->env) : o;
}

/* A text that would print an unknown for the outcome it is made for tells nobody anything; filling
 * it in also proves that its paths hold on real rows. */
static void fill_texts(Bench *b, Outcome o) {
    if (o != OUTCOME_FAIL && o != OUTCOME_WARN)
        return;
    rule_message(b->arena, b->rule, &b->env, o);
    rule_fix(b->arena, b->rule, &b->env, o);
}

static bool run_test(Bench *b, const RuleTest *test, Outcome *out) {
    *out = OUTCOME_UNCHECKED;
    if (!set_up(b, test->given))
        return false;
    *out = judge(b);
    if (!b->given[b->rule->each] && *out != OUTCOME_NOT_APPLICABLE)
        return refuse(b, test->given, "样例里没有被检查的对象",
                      "the row that the rule is over is not given");
    fill_texts(b, *out);
    return *out == test->expect;
}

static void report_failure(Bench *b, const RuleTest *test, Outcome got, Sink *report, Lang lang) {
    if (b->errors->count) {
        sink_str(report, errors_render(b->arena, b->errors, lang));
        sink_char(report, '\n');
        return;
    }
    char *line = arena_printf(b->arena, "%s:%d:%d: ", test->at.file ? test->at.file : "",
                              test->at.line, test->at.column);
    sink_format(report, lang == LANG_ZH ? "%s%s：应是 %s，得到 %s" : "%s%s: expected %s, got %s",
                line, b->rule->id, outcome_word(test->expect), outcome_word(got));
    Text unknown = got == OUTCOME_UNCHECKED ? rule_unknown_path(b->rule, &b->env) : (Text){0};
    if (unknown.en)
        sink_format(report, lang == LANG_ZH ? "（不知道 %s）" : " (%s is not known)", unknown.en);
    sink_char(report, '\n');
}

static void run_rule(const Rule *rule, Arena *a, Sink *report, Lang lang, int *failed) {
    for (size_t i = 0; i < rule->test_count; i++) {
        Errors errors = {.arena = a};
        Facts *facts = facts_new();
        Bench b = {
            .arena = a, .rule = rule, .errors = &errors, .facts = facts, .env = {.facts = facts}};
        Outcome got;
        if (!run_test(&b, &rule->tests[i], &got)) {
            ++*failed;
            report_failure(&b, &rule->tests[i], got, report, lang);
        }
        facts_free(facts);
    }
}

Result rules_test(const RuleSet *set, Arena *a, Sink *report, Lang lang, int *failed) {
    *failed = 0;
    for (size_t i = 0; i < set->count; i++)
        run_rule(&set->items[i], a, report, lang, failed);
    return OK;
}
