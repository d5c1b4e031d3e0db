/* Any bytes as an expression and as a template: no crash, and what compiles can be evaluated. */
#include "rules/message.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const FactKind kinds[] = {FACT_stroke, FACT_page, FACT_document, FACT_ink, FACT_mark};
    Arena *a = arena_new();
    Errors errors = {.arena = a};
    Facts *facts = facts_new();
    RuleEnv env = {.facts = facts};
    env.row[FACT_stroke] = env.row[FACT_mark] = facts_add(facts, FACT_stroke);
    env.row[FACT_page] = facts_add(facts, FACT_page);
    const char *text = arena_copy(a, (const char *)data, size);
    YamlText file = {.file = "fuzz", .text = {text, size}};
    YamlNode node = {.kind = YAML_SCALAR,
                     .at = {.file = "fuzz", .line = 1, .column = 1},
                     .scalar = text,
                     .scalar_bytes = size};
    Regex *regexes = NULL;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        RuleUse use = {0};
        Scope scope = {.arena = a, .each = kinds[i], .use = &use, .regexes = &regexes};
        Source source = {&errors, &file, &node, {text, size}, 0};
        const Node *n = compile(&scope, &source);
        if (n) {
            value_text(a, eval_value(n, &env));
            find_unknown(n, &env);
        }
        Template template = {0};
        Value none = {.kind = VALUE_NONE};
        if (template_compile(&template, &scope, &file, &node, &node, &errors))
            template_text(a, &template, &env, none, none);
    }
    errors_render(a, &errors, LANG_ZH);
    for (Regex *r = regexes; r; r = r->next)
        regfree(&r->compiled);
    facts_free(facts);
    arena_free(a);
    return 0;
}
