/* Arbitrary bytes as a YAML text: nodes or errors, never a crash. */
#include "base/yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n) {
    Arena *a = arena_new();
    Errors errors = {.arena = a};
    YamlText text = {.file = "fuzz.yaml", .text = {arena_copy(a, (const char *)p, n), n}};
    const YamlNode *root = yaml_parse(a, &text, &errors);
    (void)yaml_find(root, "size");
    (void)errors_render(a, &errors, LANG_ZH);
    arena_free(a);
    return 0;
}
