/* Shared by the tests of the rule language: compile one expression, put rows in scope, evaluate.
 * Everything lives in one arena that a test makes and frees. */
#ifndef CHUPIN_TESTS_EXPRESSIONS_H
#define CHUPIN_TESTS_EXPRESSIONS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "facts/facts_yaml.h"
#include "rules/compile.h"

#include <math.h>
#include <string.h>

typedef struct Lab {
    Arena *arena;
    Errors errors;
    Facts *facts;
    RuleEnv env;
    FactKind each;
    Regex *regexes;
    RuleUse use;
    YamlText text;
    YamlNode node;
} Lab;

static inline Lab lab_open(FactKind each) {
    Lab lab = {.arena = arena_new(), .each = each, .facts = facts_new()};
    lab.errors.arena = lab.arena;
    lab.env.facts = lab.facts;
    return lab;
}

static inline void lab_close(Lab *lab) {
    for (Regex *r = lab->regexes; r; r = r->next)
        regfree(&r->compiled);
    facts_free(lab->facts);
    arena_free(lab->arena);
}

/* A row of that kind from flow YAML, in its table and in scope. */
static inline void *lab_row(Lab *lab, FactKind kind, const char *yaml) {
    YamlText *text = ARENA_NEW(lab->arena, YamlText);
    *text = (YamlText){.file = "row", .text = str_of(yaml)};
    const YamlNode *map = yaml_parse(lab->arena, text, &lab->errors);
    void *row = facts_add(lab->facts, kind);
    assert_non_null(map);
    assert_true(row_from_yaml(entity_of(kind), row, lab->arena, text, map, &lab->errors));
    lab->env.row[kind] = row;
    if (kind_is_mark(kind))
        lab->env.row[FACT_mark] = row;
    return row;
}

static inline Source lab_source(Lab *lab, const char *text) {
    size_t n = strlen(text);
    lab->text = (YamlText){.file = "rule", .text = {text, n}};
    lab->node = (YamlNode){.kind = YAML_SCALAR,
                           .at = {.file = "rule", .line = 1, .column = 1},
                           .scalar = text,
                           .scalar_bytes = n};
    return (Source){&lab->errors, &lab->text, &lab->node, {text, n}, 0};
}

static inline const Node *lab_compile(Lab *lab, const char *text) {
    Source source = lab_source(lab, text);
    Scope scope = {
        .arena = lab->arena, .each = lab->each, .use = &lab->use, .regexes = &lab->regexes};
    return compile(&scope, &source);
}

static inline Tri lab_truth(Lab *lab, const char *text) {
    const Node *n = lab_compile(lab, text);
    if (!n)
        fail_msg("%s\n%s", text, errors_render(lab->arena, &lab->errors, LANG_EN));
    assert_int_equal(n->kind, VALUE_BOOL);
    return eval_truth(n, &lab->env);
}

static inline double lab_number(Lab *lab, const char *text) {
    const Node *n = lab_compile(lab, text);
    if (!n)
        fail_msg("%s\n%s", text, errors_render(lab->arena, &lab->errors, LANG_EN));
    assert_int_equal(n->kind, VALUE_NUMBER);
    return eval_number(n, &lab->env);
}

/* The whole of what is told about one mistaken expression. */
static inline const char *lab_error(Lab *lab, const char *text, Lang lang) {
    lab->errors.count = 0;
    const Node *n = lab_compile(lab, text);
    if (n)
        fail_msg("was accepted: %s", text);
    return errors_render(lab->arena, &lab->errors, lang);
}

#endif
