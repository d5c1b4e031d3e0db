/* Any bytes as a rule file: no crash, and a rule that loads runs its own tests. */
#include "base/sink.h"
#include "rules/rules.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    Arena *a = arena_new();
    Errors errors = {.arena = a};
    RuleSet set = {0};
    YamlText text = {.file = "line/line-weight-min.yaml",
                     .text = {arena_copy(a, (const char *)data, size), size}};
    rules_load_one(&set, a, &text, &errors);
    Sink out = sink_memory(a);
    int failed = 0;
    if (rules_test(&set, a, &out, LANG_EN, &failed).kind)
        failed++;
    errors_render(a, &errors, LANG_ZH);
    rules_free(&set);
    arena_free(a);
    return 0;
}
