#include "facts/facts_yaml.h"

#include <math.h>
#include <string.h>

typedef struct Reader {
    Arena *arena;
    const YamlText *text;
    Errors *errors;
} Reader;

static bool refuse(const Reader *r, const YamlNode *node, const FieldDesc *f, Text why) {
    Arena *a = r->errors->arena;
    yaml_error(r->errors, r->text, node, arena_printf(a, "“%s”：%s", f->zh, why.zh),
               arena_printf(a, "\"%s\": %s", f->name, why.en));
    return false;
}

static bool plain_word(const YamlNode *node, const char *word) {
    return node->kind == YAML_SCALAR && !node->quoted && streq(node->scalar, word);
}

static bool is_null(const YamlNode *node) {
    return plain_word(node, "null") || plain_word(node, "~") || plain_word(node, "");
}

static const char *trimmed(Arena *a, const char *s) {
    Str t = str_trim(str_of(s));
    return arena_copy(a, t.p, t.n);
}

static bool read_bool(const Reader *r, Tri *out, const FieldDesc *f, const YamlNode *node) {
    static const struct {
        const char *word;
        Tri value;
    } words[] = {{"true", 1}, {"false", 0}, {"yes", 1}, {"no", 0},  {"on", 1},
                 {"off", 0},  {"是", 1},    {"否", 0},  {"有", 1},  {"无", 0},
                 {"没有", 0}, {"不是", 0},  {"要", 1},  {"不要", 0}};
    const char *s = text_nfkc_fold(r->arena, trimmed(r->arena, node->scalar));
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (streq(s, words[i].word)) {
            *out = words[i].value;
            return true;
        }
    }
    return refuse(r, node, f, (Text){"要写“是”或“否”。", "write yes or no"});
}

static bool read_int(const Reader *r, int32_t *out, const FieldDesc *f, const YamlNode *node) {
    double value;
    Text why;
    if (!measure_parse(r->arena, node->scalar, DIM_NONE, &value, &why))
        return refuse(r, node, f, why);
    if (value != floor(value) || fabs(value) > INT32_MAX)
        return refuse(r, node, f, (Text){"要写整数。", "write a whole number"});
    *out = (int32_t)value;
    return true;
}

static bool read_num(const Reader *r, double *out, const FieldDesc *f, const YamlNode *node) {
    Text why;
    return measure_parse(r->arena, node->scalar, f->dimension, out, &why) ||
           refuse(r, node, f, why);
}

/* The word as written first; then without regard to case and width. */
static int find_word(Arena *a, const EnumDesc *domain, const char *word) {
    int value = enum_value(domain, str_of(word));
    if (value >= 0)
        return value;
    const char *folded = text_nfkc_fold(a, word);
    for (size_t i = 1; i < domain->count; i++)
        if (streq(folded, text_nfkc_fold(a, domain->words[i])) ||
            streq(folded, text_nfkc_fold(a, domain->zh[i])))
            return (int)i;
    return -1;
}

static const char *join(Arena *a, const char *const *words, size_t count, const char *between) {
    const char *out = "";
    for (size_t i = 0; i < count; i++)
        out = arena_printf(a, "%s%s%s", out, i ? between : "", words[i]);
    return out;
}

static bool refuse_word(const Reader *r, const FieldDesc *f, const YamlNode *node) {
    const EnumDesc *d = f->domain;
    Arena *a = r->errors->arena;
    const char *shown = text_printable(a, node->scalar, node->scalar_bytes);
    const char *zh = nearest_word(node->scalar, d->zh + 1, d->count - 1);
    const char *en = nearest_word(node->scalar, d->words + 1, d->count - 1);
    if (zh || en)
        return refuse(r, node, f,
                      (Text){arena_printf(a, "没有“%s”，是“%s”吗？", shown, zh ? zh : en),
                             arena_printf(a, "there is no \"%s\"; did you mean \"%s\"?", shown,
                                          en ? en : zh)});
    return refuse(r, node, f,
                  (Text){arena_printf(a, "没有“%s”，可以写：%s。", shown,
                                      join(a, d->zh + 1, d->count - 1, "、")),
                         arena_printf(a, "there is no \"%s\"; write one of %s", shown,
                                      join(a, d->words + 1, d->count - 1, ", "))});
}

static bool read_enum(const Reader *r, uint8_t *out, const FieldDesc *f, const YamlNode *node) {
    const char *word = is_null(node) ? "none" : trimmed(r->arena, node->scalar);
    int value = find_word(r->arena, f->domain, word);
    if (value < 0)
        return refuse_word(r, f, node);
    *out = (uint8_t)value;
    return true;
}

static bool read_strs(const Reader *r, const Strs **out, const FieldDesc *f, const YamlNode *node) {
    if (node->kind == YAML_SCALAR) {
        *out = strs_of(r->arena, &node->scalar, is_null(node) ? 0 : 1);
        return true;
    }
    const char **items = ARENA_ARRAY(r->arena, const char *, node->count + 1);
    for (size_t i = 0; i < node->count; i++) {
        if (node->kind == YAML_MAP || node->items[i]->kind != YAML_SCALAR)
            return refuse(
                r, node->kind == YAML_MAP ? node : node->items[i], f,
                (Text){"要写成文字的列表，例如 [甲, 乙]。", "write a list of texts: [a, b]"});
        items[i] = node->items[i]->scalar;
    }
    *out = strs_of(r->arena, items, node->count);
    return true;
}

static bool read_box(const Reader *r, Box *out, const FieldDesc *f, const YamlNode *node) {
    if (node->kind != YAML_LIST || node->count != 4)
        return refuse(r, node, f,
                      (Text){"要写四个数：[左, 下, 右, 上]。",
                             "write four numbers: [left, bottom, right, top]"});
    double edges[4];
    for (size_t i = 0; i < 4; i++) {
        if (node->items[i]->kind != YAML_SCALAR)
            return refuse(r, node->items[i], f, (Text){"要写一个数。", "write a number"});
        if (!read_num(r, &edges[i], f, node->items[i]))
            return false;
    }
    *out = (Box){edges[0], edges[1], edges[2], edges[3]};
    return true;
}

static bool read_ref(const Reader *r, const void **out, const FieldDesc *f, const YamlNode *node) {
    const EntityDesc *target = entity_of((FactKind)f->target);
    void *row = arena_alloc(r->arena, target->size);
    row_clear(target, row);
    *out = row;
    return row_from_yaml(target, row, r->arena, r->text, node, r->errors);
}

static bool wants_scalar(FieldType type) {
    switch (type) {
    case T_BOOL:
    case T_INT:
    case T_NUM:
    case T_NUM32:
    case T_STR:
    case T_ENUM:
        return true;
    case T_STRS:
    case T_BOX:
    case T_BOX32:
    case T_REF:
        return false;
    }
    return false;
}

/* What `null` leaves unknown; for all others it says too little: "" and 0 are values of their own.
 */
static bool takes_null(const FieldDesc *f) {
    return f->type == T_REF || f->type == T_BOX || f->type == T_BOX32;
}

static bool read_value(const Reader *r, const FieldDesc *f, char *p, const YamlNode *node) {
    double number = NAN;
    Box box;
    switch (f->type) {
    case T_BOOL:
        return read_bool(r, (Tri *)p, f, node);
    case T_INT:
        return read_int(r, (int32_t *)p, f, node);
    case T_NUM:
        return read_num(r, (double *)p, f, node);
    case T_NUM32:
        if (!read_num(r, &number, f, node))
            return false;
        *(float *)p = (float)number;
        return true;
    case T_STR:
        *(const char **)p = node->scalar;
        return true;
    case T_STRS:
        return read_strs(r, (const Strs **)p, f, node);
    case T_BOX:
        return read_box(r, (Box *)p, f, node);
    case T_BOX32:
        if (!read_box(r, &box, f, node))
            return false;
        *(Box32 *)p = (Box32){(float)box.x0, (float)box.y0, (float)box.x1, (float)box.y1};
        return true;
    case T_ENUM:
        return read_enum(r, (uint8_t *)p, f, node);
    case T_REF:
        return read_ref(r, (const void **)p, f, node);
    }
    return false;
}

bool field_from_yaml(const FieldDesc *f, void *row, Arena *a, const YamlText *text,
                     const YamlNode *value, Errors *errors) {
    Reader r = {a, text, errors};
    if (plain_word(value, "unknown") || (takes_null(f) && is_null(value))) {
        field_clear(f, row);
        return true;
    }
    if (wants_scalar(f->type) && value->kind != YAML_SCALAR)
        return refuse(&r, value, f, (Text){"这里只写一个值。", "write one value here"});
    if (is_null(value) && f->type != T_ENUM && f->type != T_STRS)
        return refuse(&r, value, f,
                      (Text){"冒号后面没有写值。不知道就写 unknown，没有就写 \"\"。",
                             "the value is missing; write unknown, or \"\" for none"});
    return read_value(&r, f, (char *)row + f->offset, value);
}

static const char *nearest_field(const EntityDesc *e, const char *key) {
    const char *nearest = field_nearest(e, key);
    for (size_t i = 0; !nearest && i < e->count; i++)
        nearest = nearest_word(key, &e->fields[i].zh, 1);
    return nearest;
}

static bool refuse_key(const Reader *r, const EntityDesc *e, const YamlNode *key) {
    Arena *a = r->errors->arena;
    const char *shown = text_printable(a, key->scalar, key->scalar_bytes);
    const char *nearest = nearest_field(e, key->scalar);
    const char *zh = nearest ? arena_printf(a, "，是“%s”吗？", nearest) : "。";
    const char *en = nearest ? arena_printf(a, "; did you mean \"%s\"?", nearest) : "";
    yaml_error(r->errors, r->text, key, arena_printf(a, "“%s”里没有“%s”%s", e->zh, shown, zh),
               arena_printf(a, "%s has no \"%s\"%s", e->name, shown, en));
    return false;
}

/* A key and its alias name one field; the YAML parser has only seen that their letters differ. */
static bool refuse_twice(const Reader *r, const EntityDesc *e, const YamlNode *map, size_t at) {
    const FieldDesc *f = field_find(e, str_of(map->keys[at]->scalar));
    for (size_t i = 0; i < at; i++)
        if (field_find(e, str_of(map->keys[i]->scalar)) == f)
            return refuse(r, map->keys[at], f,
                          (Text){"中文和英文各写了一次，请删掉一处。",
                                 "written twice, by English and Chinese name; remove one"});
    return true;
}

bool row_from_yaml(const EntityDesc *e, void *row, Arena *a, const YamlText *text,
                   const YamlNode *node, Errors *errors) {
    Reader r = {a, text, errors};
    if (node->kind != YAML_MAP) {
        if (yaml_colon_error(errors, text, node))
            return false;
        yaml_error(errors, text, node,
                   arena_printf(errors->arena, "“%s”要写成“名称: 值”，每行一项。", e->zh),
                   arena_printf(errors->arena, "write %s as \"name: value\" lines", e->name));
        return false;
    }
    bool good = true;
    for (size_t i = 0; i < node->count; i++) {
        const FieldDesc *f = field_find(e, str_of(node->keys[i]->scalar));
        bool read = f ? refuse_twice(&r, e, node, i) &&
                            field_from_yaml(f, row, a, text, node->items[i], errors)
                      : refuse_key(&r, e, node->keys[i]);
        good = good && read;
    }
    return good;
}
