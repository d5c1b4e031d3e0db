/* Private to the YAML reader: turns libyaml's words into what a person should do. */
#ifndef CHUPIN_BASE_YAML_EXPLAIN_H
#define CHUPIN_BASE_YAML_EXPLAIN_H

#include "base/yaml.h"

typedef struct YamlTrouble {
    const char *problem; /* libyaml's words; may be NULL */
    Where at;
    Where context; /* line 0: none; where what failed began */
} YamlTrouble;

void yaml_explain(Errors *e, const YamlText *text, const YamlTrouble *trouble);

#endif
