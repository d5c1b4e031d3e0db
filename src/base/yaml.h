/* YAML as nodes with positions (libyaml). Scalars stay text: whoever reads a value gives it its type, so there is no
 * "no" that means false. Nodes and text live in the arena. */
#ifndef CHUPIN_BASE_YAML_H
#define CHUPIN_BASE_YAML_H

#include "base/result.h"

typedef enum YamlKind { YAML_SCALAR, YAML_LIST, YAML_MAP } YamlKind;

typedef struct YamlNode YamlNode;
struct YamlNode {
    YamlKind kind;
    Where at;
    bool quoted;        /* scalar: it stood in quotes or was a block */
    const char *scalar; /* NUL-terminated */
    size_t scalar_bytes;
    size_t count;     /* list items, or pairs of a map */
    YamlNode **keys;  /* map: scalar nodes */
    YamlNode **items; /* list items, or the values of a map */
};

typedef struct YamlText { /* a loaded file: kept for error carets */
    const char *file;
    Str text;
    bool was_gbk; /* the bytes were GBK and have been converted */
} YamlText;

/* Reads a file whole; strips a BOM; converts GBK. NULL arena text on failure. */
Result yaml_load(YamlText *out, Arena *a, const char *path);
/* The root of the one document in `text`; an empty document gives an empty map. NULL after errors were added. */
YamlNode *yaml_parse(Arena *a, const YamlText *text, Errors *errors);
YamlNode *yaml_find(const YamlNode *map, const char *key); /* NULL if absent, or not a map */
void yaml_error(Errors *e, const YamlText *text, const YamlNode *node, const char *zh, const char *en); /* plain sentences */
/* When an unquoted scalar looks like "key：value" or "key:value", adds the error that says how a key is written. */
bool yaml_colon_error(Errors *e, const YamlText *text, const YamlNode *node);

#endif
