/* A value of the rule language, as reports show it. */
#ifndef CHUPIN_RULES_VALUE_H
#define CHUPIN_RULES_VALUE_H

#include "facts/facts.h"

typedef enum ValueKind {
    VALUE_NONE, /* nothing is measured */
    VALUE_BOOL,
    VALUE_NUMBER,
    VALUE_STR,
    VALUE_STRS,
    VALUE_ENUM,
    VALUE_BOX,
    VALUE_REF
} ValueKind;

typedef struct Value {
    ValueKind kind;
    Dimension dimension;
    bool known, integer;
    const EnumDesc *domain; /* VALUE_ENUM */
    union {
        Tri truth;
        double number; /* canonical unit of its dimension */
        unsigned word;
        const char *str;
        const Strs *strs;
        Box box;
        const void *row;
    };
} Value;

/* As people read it: "0.15mm", "四色" / "cmyk", "210×285mm" for a box; 未知 / unknown. */
Text value_text(Arena *a, Value v);

#endif
