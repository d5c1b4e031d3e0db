#include "base/yaml_explain.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

/* Limits that no honest file meets: an alias counts as all that it stands for, so a bomb of aliases
 * stops here. */
enum { MOST_NODES = 200000, DEEPEST = 64 };

typedef struct Anchor {
    const char *name;
    YamlNode *node;
    size_t weight; /* nodes below and including it, aliases expanded */
} Anchor;

typedef struct Parser {
    yaml_parser_t yaml;
    yaml_event_t event; /* the one being looked at */
    bool has_event;
    Arena *arena;
    const YamlText *text;
    Errors *errors;
    size_t *lines; /* byte offset of each line's start */
    size_t line_count, line_capacity;
    size_t character, byte; /* one position in both measures, near the last mark */
    Anchor *anchors;
    size_t anchor_count, anchor_capacity;
    size_t nodes;
    int depth;
} Parser;

static void find_lines(Parser *p) {
    const char *s = p->text->text.p;
    size_t n = p->text->text.n;
    *ARENA_PUSH(p->arena, p->lines, p->line_count, p->line_capacity) = 0;
    for (size_t i = 0; i < n; i++) {
        bool ends = s[i] == '\n' || (s[i] == '\r' && !(i + 1 < n && s[i + 1] == '\n'));
        if (ends)
            *ARENA_PUSH(p->arena, p->lines, p->line_count, p->line_capacity) = i + 1;
    }
}

static bool continues(char c) {
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* libyaml counts characters; marks come nearly in order, so the cursor moves little. */
static size_t byte_offset(Parser *p, size_t character) {
    const char *s = p->text->text.p;
    size_t n = p->text->text.n;
    while (p->character < character && p->byte < n) {
        p->byte++;
        while (p->byte < n && continues(s[p->byte]))
            p->byte++;
        p->character++;
    }
    while (p->character > character && p->byte > 0) {
        p->byte--;
        while (p->byte > 0 && continues(s[p->byte]))
            p->byte--;
        p->character--;
    }
    return p->byte;
}

static Where where_of(const Parser *p, size_t byte) {
    size_t low = 0, high = p->line_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (p->lines[middle] <= byte)
            low = middle;
        else
            high = middle;
    }
    return (Where){
        .file = p->text->file, .line = (int)low + 1, .column = (int)(byte - p->lines[low]) + 1};
}

static Where where_of_mark(Parser *p, yaml_mark_t mark) {
    return where_of(p, byte_offset(p, mark.index));
}

static void *fail(Parser *p, Where at, int width, const char *zh, const char *en) {
    const char *source = source_line(p->arena, p->text->text, at.line);
    errors_put(p->errors, at, source, width, (Text){zh, en});
    return NULL;
}

static void *fail_at_event(Parser *p, const char *zh, const char *en) {
    size_t from = byte_offset(p, p->event.start_mark.index);
    size_t to = byte_offset(p, p->event.end_mark.index);
    return fail(p, where_of(p, from), to > from ? (int)(to - from) : 1, zh, en);
}

static void explain(Parser *p) {
    const yaml_parser_t *y = &p->yaml;
    bool at_byte = y->error == YAML_READER_ERROR;
    YamlTrouble trouble = {.problem = y->problem,
                           .at = at_byte ? where_of(p, y->problem_offset)
                                         : where_of_mark(p, y->problem_mark)};
    if (!at_byte && y->context)
        trouble.context = where_of_mark(p, y->context_mark);
    yaml_explain(p->errors, p->text, &trouble);
}

static bool next_event(Parser *p) {
    if (p->has_event)
        yaml_event_delete(&p->event);
    p->has_event = yaml_parser_parse(&p->yaml, &p->event);
    if (!p->has_event)
        explain(p);
    return p->has_event;
}

static YamlNode *node_new(Parser *p, YamlKind kind) {
    p->nodes++;
    if (p->nodes > MOST_NODES)
        return fail_at_event(p, "内容太多，或者别名（*）展开后太多。",
                             "too many values, or aliases (*) that stand for too many");
    YamlNode *node = ARENA_NEW(p->arena, YamlNode);
    node->kind = kind;
    node->at = where_of_mark(p, p->event.start_mark);
    return node;
}

static void remember(Parser *p, const char *name, YamlNode *node, size_t nodes_before) {
    if (name && node)
        *ARENA_PUSH(p->arena, p->anchors, p->anchor_count, p->anchor_capacity) =
            (Anchor){.name = name, .node = node, .weight = p->nodes - nodes_before};
}

/* An anchor is known only after its node, so no node can hold itself. */
static YamlNode *build_alias(Parser *p) {
    const char *name = (const char *)p->event.data.alias.anchor;
    for (size_t i = p->anchor_count; i-- > 0;) {
        const Anchor *a = &p->anchors[i];
        if (!streq(a->name, name))
            continue;
        p->nodes += a->weight;
        if (p->nodes > MOST_NODES)
            return fail_at_event(p, "别名（*）展开后内容太多。",
                                 "aliases (*) stand for too many values");
        return a->node;
    }
    return fail_at_event(p, "前面没有用 & 定义过这个别名。文字以 * 开头时请加引号。",
                         "no & before this defines the alias; quote a text that begins with *");
}

static YamlNode *build_scalar(Parser *p) {
    YamlNode *node = node_new(p, YAML_SCALAR);
    if (!node)
        return NULL;
    const char *value = (const char *)p->event.data.scalar.value;
    size_t n = p->event.data.scalar.length;
    if (memchr(value, 0, n))
        return fail_at_event(p, "文字里不能有空字符 \\0。", "a text cannot hold the character \\0");
    node->scalar = arena_copy(p->arena, value, n);
    node->scalar_bytes = n;
    node->quoted = p->event.data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    return node;
}

static int by_text_then_place(const void *a, const void *b) {
    const YamlNode *x = *(YamlNode *const *)a, *y = *(YamlNode *const *)b;
    int order = strcmp(x->scalar, y->scalar);
    if (order)
        return order;
    return x->at.line != y->at.line ? x->at.line - y->at.line : x->at.column - y->at.column;
}

static bool keys_differ(Parser *p, const YamlNode *map) {
    YamlNode **sorted = ARENA_ARRAY(p->arena, YamlNode *, map->count);
    for (size_t i = 0; i < map->count; i++)
        sorted[i] = map->keys[i];
    if (map->count)
        qsort(sorted, map->count, sizeof(YamlNode *), by_text_then_place);
    for (size_t i = 1; i < map->count; i++) {
        const YamlNode *first = sorted[i - 1], *again = sorted[i];
        if (!streq(first->scalar, again->scalar))
            continue;
        const char *source = source_line(p->arena, p->text->text, again->at.line);
        const char *shown = text_printable(p->arena, again->scalar, again->scalar_bytes);
        errors_add(p->errors, again->at, source, (int)again->scalar_bytes,
                   "“%s”写了两次，第 %d 行已经有了，请删掉一处。",
                   "\"%s\" is written twice, first in line %d; remove one", shown, first->at.line);
        return false;
    }
    return true;
}

static YamlNode *build(Parser *p);

static YamlNode *build_list(Parser *p) {
    YamlNode *list = node_new(p, YAML_LIST);
    size_t capacity = 0;
    while (list && next_event(p)) {
        if (p->event.type == YAML_SEQUENCE_END_EVENT)
            return list;
        YamlNode *item = build(p);
        if (!item)
            return NULL;
        *ARENA_PUSH(p->arena, list->items, list->count, capacity) = item;
    }
    return NULL;
}

static YamlNode *build_map(Parser *p) {
    YamlNode *map = node_new(p, YAML_MAP);
    size_t capacity = 0, values = 0, value_capacity = 0;
    while (map && next_event(p)) {
        if (p->event.type == YAML_MAPPING_END_EVENT)
            return keys_differ(p, map) ? map : NULL;
        if (p->event.type != YAML_SCALAR_EVENT)
            return fail_at_event(p, "这里要写一个名称。以 { 或 [ 开头的文字请加引号。",
                                 "a name is expected here; quote a text that begins with { or [");
        YamlNode *key = build(p);
        if (!key || !next_event(p))
            return NULL;
        YamlNode *value = build(p);
        if (!value)
            return NULL;
        *ARENA_PUSH(p->arena, map->keys, map->count, capacity) = key;
        *ARENA_PUSH(p->arena, map->items, values, value_capacity) = value;
    }
    return NULL;
}

static YamlNode *build_collection(Parser *p, bool is_map) {
    const yaml_char_t *anchor =
        is_map ? p->event.data.mapping_start.anchor : p->event.data.sequence_start.anchor;
    const char *name = arena_strdup(p->arena, (const char *)anchor);
    size_t before = p->nodes;
    if (p->depth >= DEEPEST)
        return fail_at_event(p, "层次太深。", "nested too deeply");
    p->depth++;
    YamlNode *node = is_map ? build_map(p) : build_list(p);
    p->depth--;
    remember(p, name, node, before);
    return node;
}

/* The node that begins with the event at hand; afterwards its last event is at hand. */
static YamlNode *build(Parser *p) {
    if (p->event.type == YAML_ALIAS_EVENT)
        return build_alias(p);
    if (p->event.type == YAML_SEQUENCE_START_EVENT)
        return build_collection(p, false);
    if (p->event.type == YAML_MAPPING_START_EVENT)
        return build_collection(p, true);
    assert(p->event.type == YAML_SCALAR_EVENT);
    size_t before = p->nodes;
    const char *name = arena_strdup(p->arena, (const char *)p->event.data.scalar.anchor);
    YamlNode *node = build_scalar(p);
    remember(p, name, node, before);
    return node;
}

static YamlNode *empty_map(Parser *p) {
    YamlNode *map = ARENA_NEW(p->arena, YamlNode);
    *map = (YamlNode){.kind = YAML_MAP, .at = {.file = p->text->file, .line = 1, .column = 1}};
    return map;
}

static bool is_empty(const YamlNode *node) {
    return node->kind == YAML_SCALAR && !node->quoted && !node->scalar_bytes;
}

/* stream = start, document?, end ; document = start, node, end */
static YamlNode *build_document(Parser *p) {
    if (!next_event(p) || !next_event(p))
        return NULL;
    if (p->event.type == YAML_STREAM_END_EVENT)
        return empty_map(p);
    if (!next_event(p))
        return NULL;
    YamlNode *root = build(p);
    if (!root || !next_event(p) || !next_event(p))
        return NULL;
    if (p->event.type != YAML_STREAM_END_EVENT)
        return fail_at_event(p, "一个文件里只能有一份内容，请去掉“---”后面的部分。",
                             "a file holds one document; remove what follows \"---\"");
    if (root->kind == YAML_SCALAR && yaml_colon_error(p->errors, p->text, root))
        return NULL;
    return is_empty(root) ? empty_map(p) : root;
}

YamlNode *yaml_parse(Arena *a, const YamlText *text, Errors *errors) {
    Parser p = {.arena = a, .text = text, .errors = errors};
    find_lines(&p);
    YamlNode *root = NULL;
    if (!yaml_parser_initialize(&p.yaml))
        return fail(&p, (Where){.file = text->file}, 1, "内存不足。", "out of memory");
    yaml_parser_set_encoding(&p.yaml, YAML_UTF8_ENCODING);
    const char *bytes = text->text.n ? text->text.p : "";
    yaml_parser_set_input_string(&p.yaml, (const unsigned char *)bytes, text->text.n);
    root = build_document(&p);
    if (p.has_event)
        yaml_event_delete(&p.event);
    yaml_parser_delete(&p.yaml);
    return root;
}

YamlNode *yaml_find(const YamlNode *map, const char *key) {
    for (size_t i = 0; map && map->kind == YAML_MAP && i < map->count; i++)
        if (streq(map->keys[i]->scalar, key))
            return map->items[i];
    return NULL;
}

void yaml_error(Errors *e, const YamlText *text, const YamlNode *node, const char *zh,
                const char *en) {
    const char *source = source_line(e->arena, text->text, node->at.line);
    size_t width = 1;
    if (node->kind == YAML_SCALAR && source) {
        size_t from = node->at.column > 0 ? (size_t)node->at.column - 1 : 0;
        size_t left = strlen(source) > from ? strlen(source) - from : 1;
        width = node->scalar_bytes + (node->quoted ? 2 : 0);
        width = width < left ? width : left;
    }
    errors_put(e, node->at, source, (int)width, (Text){zh, en});
}
