/* The grammar, where `text` is a scalar within its line:
 *
 *     block = map | list                      at one indentation, deeper than what holds it
 *     map   = (key ":" (text | flow | folded | block))+
 *     list  = ("- " (text | flow | map))+     below a key also at the key's own indentation
 *     flow  = "[" flow-item, ... "]" | "{" key ": " flow-item, ... "}"
 *
 * Scalars are slices of one copy of the text. The byte after a scalar is never part of another one;
 * it becomes the scalar's NUL when the next scalar is made, for until then it is still read. */
#include "base/yaml_plain.h"

#include <string.h>

/* A longer text could hold more nodes than yaml_full allows. */
enum { LONGEST_TEXT = 128 * 1024, LONGEST_KEY = 256, MOST_KEYS = 256, DEEPEST = 32 };

typedef struct Plain {
    Arena *arena;
    const char *file;
    char *p, *end; /* in the copy, whose last byte is a NUL of its own */
    char *line_start;
    char *after_scalar; /* becomes a NUL; NULL before the first scalar */
    int line, depth;
    int indent; /* of the line at hand; −1 after the last one */
} Plain;

/* Bytes of the printable character at `s`, 0 for what libyaml refuses or takes for a line break:
 * controls, U+2028, U+2029, U+FEFF, U+FFFE, U+FFFF; beyond the basic plane nothing is plain. */
static size_t plain_character(const uint8_t *s, const uint8_t *end) {
    if (s[0] < 0x80)
        return (s[0] >= 0x20 && s[0] != 0x7F) || s[0] == '\n';
    if (s[0] >= 0xC2 && s[0] <= 0xDF)
        return end - s > 1 && (s[1] & 0xC0) == 0x80 && (s[0] > 0xC2 || s[1] >= 0xA0) ? 2 : 0;
    if ((s[0] & 0xF0) != 0xE0 || end - s < 3 || (s[1] & 0xC0) != 0x80 || (s[2] & 0xC0) != 0x80)
        return 0;
    unsigned point = (s[0] & 0x0FU) << 12 | (s[1] & 0x3FU) << 6 | (s[2] & 0x3FU);
    bool surrogate = point >= 0xD800 && point <= 0xDFFF;
    bool separator = point == 0x2028 || point == 0x2029;
    return point < 0x800 || surrogate || separator || point == 0xFEFF || point >= 0xFFFE ? 0 : 3;
}

static bool plain_characters(Str text) {
    const uint8_t *p = (const uint8_t *)text.p, *end = p + text.n;
    for (size_t n; p < end; p += n)
        if (!(n = plain_character(p, end)))
            return false;
    return true;
}

static bool ends_line(char c) {
    return c == '\n' || c == '\0';
}

static void skip_spaces(Plain *r) {
    while (*r->p == ' ')
        r->p++;
}

/* From a line's start to the first line that holds more than a comment. */
static void find_line(Plain *r) {
    for (;;) {
        r->line_start = r->p;
        skip_spaces(r);
        if (*r->p == '#')
            while (!ends_line(*r->p))
                r->p++;
        if (r->p == r->end) {
            r->indent = -1;
            return;
        }
        if (*r->p != '\n') {
            r->indent = (int)(r->p - r->line_start);
            return;
        }
        r->p++;
        r->line++;
    }
}

/* Nothing but a comment may follow on the line at hand. */
static bool leave_line(Plain *r) {
    skip_spaces(r);
    if (*r->p == '#' && r->p[-1] == ' ')
        while (!ends_line(*r->p))
            r->p++;
    if (!ends_line(*r->p))
        return false;
    if (*r->p == '\n') {
        r->p++;
        r->line++;
    }
    find_line(r);
    return true;
}

static YamlNode *node_here(const Plain *r, YamlKind kind) {
    YamlNode *node = ARENA_NEW(r->arena, YamlNode);
    node->kind = kind;
    node->at = (Where){.file = r->file, .line = r->line, .column = (int)(r->p - r->line_start) + 1};
    return node;
}

static void end_last_scalar(const Plain *r) {
    if (r->after_scalar)
        *r->after_scalar = '\0';
}

static YamlNode *set_scalar(Plain *r, YamlNode *node, const char *from, char *to) {
    end_last_scalar(r);
    r->after_scalar = to;
    node->scalar = from;
    node->scalar_bytes = (size_t)(to - from);
    return node;
}

static bool is_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (unsigned char)c >= 0x80;
}

/* key = word (word | "-" | ".")* ; points to the colon that ends it. */
static char *find_colon(char *p) {
    const char *from = p;
    while (is_word(*p) || (p > from && (*p == '-' || *p == '.')))
        p++;
    bool ends = *p == ':' && (p[1] == ' ' || ends_line(p[1]));
    return ends && p > from && p - from <= LONGEST_KEY ? p : NULL;
}

static YamlNode *read_key(Plain *r) {
    char *colon = find_colon(r->p);
    if (!colon)
        return NULL;
    YamlNode *key = set_scalar(r, node_here(r, YAML_SCALAR), r->p, colon);
    r->p = colon + 1;
    return key;
}

/* Within a line; an escape is not plain. */
static YamlNode *read_quoted(Plain *r) {
    YamlNode *node = node_here(r, YAML_SCALAR);
    char *from = ++r->p;
    while (*r->p != '"' && *r->p != '\\' && !ends_line(*r->p))
        r->p++;
    if (*r->p != '"')
        return NULL;
    node->quoted = true;
    return set_scalar(r, node, from, r->p++);
}

static bool may_begin(const char *p) {
    return is_word(*p) || strchr("(/+.;<=^~$\\", *p) ||
           (*p == '-' && (is_word(p[1]) || p[1] == '.'));
}

/* Ends before " #" and the line's end, in a flow also before a comma or bracket. What YAML may read
 * as something else there is not plain. */
static YamlNode *read_text(Plain *r, bool in_flow) {
    if (ends_line(*r->p) || !may_begin(r->p))
        return NULL;
    YamlNode *node = node_here(r, YAML_SCALAR);
    char *from = r->p, *to = from;
    for (; !ends_line(*r->p); r->p++) {
        if (*r->p == ' ')
            continue;
        if (*r->p == '#' && r->p[-1] == ' ')
            break;
        if (in_flow && (*r->p == ',' || *r->p == ']' || *r->p == '}'))
            break;
        if (*r->p == ':' && (in_flow || r->p[1] == ' ' || ends_line(r->p[1])))
            return NULL;
        if (in_flow && strchr("?[{", *r->p))
            return NULL;
        to = r->p + 1;
    }
    return set_scalar(r, node, from, to);
}

static bool add_key(Plain *r, YamlNode *map, size_t *capacity, YamlNode *key) {
    for (size_t i = 0; i < map->count; i++)
        if (map->keys[i]->scalar_bytes == key->scalar_bytes &&
            memcmp(map->keys[i]->scalar, key->scalar, key->scalar_bytes) == 0)
            return false;
    *ARENA_PUSH(r->arena, map->keys, map->count, *capacity) = key;
    return map->count <= MOST_KEYS;
}

static YamlNode *read_flow(Plain *r);

static YamlNode *read_flow_item(Plain *r) {
    if (*r->p == '[' || *r->p == '{')
        return read_flow(r);
    return *r->p == '"' ? read_quoted(r) : read_text(r, true);
}

static bool read_flow_key(Plain *r, YamlNode *map, size_t *capacity) {
    YamlNode *key = read_key(r);
    if (!key || !add_key(r, map, capacity, key))
        return false;
    skip_spaces(r);
    return true;
}

static YamlNode *read_flow_items(Plain *r, bool is_map) {
    char close = is_map ? '}' : ']';
    YamlNode *flow = node_here(r, is_map ? YAML_MAP : YAML_LIST);
    size_t count = 0, capacity = 0, key_capacity = 0;
    do {
        r->p++;
        skip_spaces(r);
        if (!count && *r->p == close)
            break;
        if (is_map && !read_flow_key(r, flow, &key_capacity))
            return NULL;
        YamlNode *item = read_flow_item(r);
        if (!item)
            return NULL;
        *ARENA_PUSH(r->arena, flow->items, count, capacity) = item;
        skip_spaces(r);
    } while (*r->p == ',');
    flow->count = count;
    return *r->p++ == close ? flow : NULL;
}

static YamlNode *read_flow(Plain *r) {
    if (r->depth >= DEEPEST)
        return NULL;
    r->depth++;
    YamlNode *flow = read_flow_items(r, *r->p == '{');
    r->depth--;
    return flow;
}

/* Appends the line's content to the text that ends at `to`. */
static char *fold_line(Plain *r, char *to) {
    char *from = r->p;
    while (!ends_line(*r->p))
        r->p++;
    size_t n = (size_t)(r->p - from);
    memmove(to, from, n);
    if (*r->p == '\n') {
        r->p++;
        r->line++;
    }
    return to + n;
}

/* Lines of one indentation; what has blank lines within or begins with more spaces is not plain. */
static YamlNode *read_folded(Plain *r, int outer) {
    YamlNode *node = node_here(r, YAML_SCALAR);
    if (r->p[1] != '-' || r->p[2] != '\n')
        return NULL;
    r->p += 3;
    r->line++;
    char *from = r->p, *to = from;
    size_t indent = strspn(from, " ");
    while (strspn(r->p, " ") == indent && !ends_line(r->p[indent])) {
        if (to > from)
            *to++ = ' ';
        r->p += indent;
        to = fold_line(r, to);
    }
    if (to == from || (int)indent <= outer)
        return NULL;
    size_t spaces = strspn(r->p, " ");
    if (r->p[spaces] == '\n' || spaces > indent)
        return NULL;
    node->quoted = true;
    set_scalar(r, node, from, to);
    find_line(r);
    return node;
}

static YamlNode *read_block(Plain *r);

static bool at_dash(const Plain *r) {
    return r->p[0] == '-' && r->p[1] == ' ';
}

/* A value on the line of its key or dash, to which a deeper line would belong as well. */
static YamlNode *read_inline(Plain *r, int outer) {
    if (*r->p == '>')
        return read_folded(r, outer);
    YamlNode *node = NULL;
    if (*r->p == '[' || *r->p == '{')
        node = read_flow(r);
    else
        node = *r->p == '"' ? read_quoted(r) : read_text(r, false);
    return node && leave_line(r) ? node : NULL;
}

static YamlNode *read_value(Plain *r, int outer) {
    skip_spaces(r);
    if (!ends_line(*r->p) && *r->p != '#')
        return read_inline(r, outer);
    if (!leave_line(r) || r->indent < outer || (r->indent == outer && !at_dash(r)))
        return NULL;
    return read_block(r);
}

/* After a value the line at hand belongs to the same block or to one further out. */
static YamlNode *read_map(Plain *r, int indent) {
    YamlNode *map = node_here(r, YAML_MAP);
    size_t count = 0, capacity = 0, key_capacity = 0;
    do {
        YamlNode *key = read_key(r);
        if (!key || !add_key(r, map, &key_capacity, key))
            return NULL;
        YamlNode *value = read_value(r, indent);
        if (!value || r->indent > indent)
            return NULL;
        *ARENA_PUSH(r->arena, map->items, count, capacity) = value;
    } while (r->indent == indent);
    return map;
}

static YamlNode *read_list_item(Plain *r, int indent) {
    r->p++;
    skip_spaces(r);
    if (find_colon(r->p))
        return read_map(r, (int)(r->p - r->line_start));
    return read_inline(r, indent);
}

static YamlNode *read_list(Plain *r, int indent) {
    YamlNode *list = node_here(r, YAML_LIST);
    size_t capacity = 0;
    do {
        YamlNode *item = read_list_item(r, indent);
        if (!item || r->indent > indent)
            return NULL;
        *ARENA_PUSH(r->arena, list->items, list->count, capacity) = item;
    } while (r->indent == indent && at_dash(r));
    return list;
}

static YamlNode *read_block(Plain *r) {
    if (r->depth >= DEEPEST)
        return NULL;
    r->depth++;
    YamlNode *block = at_dash(r) ? read_list(r, r->indent) : read_map(r, r->indent);
    r->depth--;
    return block;
}

YamlNode *yaml_plain(Arena *a, const YamlText *text) {
    if (!text->text.n || text->text.n > LONGEST_TEXT || !plain_characters(text->text))
        return NULL;
    ArenaMark before = arena_mark(a);
    char *copy = arena_copy(a, text->text.p, text->text.n);
    Plain r = {.arena = a, .file = text->file, .p = copy, .end = copy + text->text.n, .line = 1};
    find_line(&r);
    YamlNode *root = r.indent >= 0 ? read_block(&r) : NULL;
    if (root && r.indent < 0) {
        end_last_scalar(&r);
        return root;
    }
    arena_rewind(a, before);
    return NULL;
}
