/* Templates: texts with {expression}, {expression:unit}, {expression:decimals}, {measured} and
 * {required}; {{ and }} are braces. */
#ifndef CHUPIN_RULES_MESSAGE_H
#define CHUPIN_RULES_MESSAGE_H

#include "rules/compile.h"
#include "rules/value_text.h"

typedef enum PartKind { PART_TEXT, PART_VALUE, PART_MEASURED, PART_REQUIRED } PartKind;

typedef struct Part {
    PartKind kind;
    Str text;         /* PART_TEXT */
    const Node *node; /* PART_VALUE */
    ValueStyle style;
} Part;

typedef struct Parts {
    Part *items;
    size_t count, capacity;
} Parts;

struct Template {
    Parts zh, en;
    bool uses_measured, uses_required;
};

/* The {zh, en} of a rule file; false after errors were added. `scope` as for compile(). */
bool template_compile(Template *out, Scope *scope, const YamlText *file, const YamlNode *zh,
                      const YamlNode *en, Errors *errors);
Text template_text(Arena *a, const Template *t, const RuleEnv *env, Value measured, Value required);

#endif
