/* Strict reading of the data files: every key known, every required value there, errors with their
 * place. */
#include "check/job_measure.h"
#include "check/rule_data.h"

#include <string.h>

bool data_open(DataReader *r, const char *dir, const char *name) {
    const char *path = dir ? arena_printf(r->arena, "%s/%s", dir, name) : name;
    Result loaded = yaml_load(&r->text, r->arena, path);
    r->root = NULL;
    if (loaded.kind) {
        errors_put(r->errors, loaded.at, NULL, 1, loaded.text);
        return false;
    }
    const char *slash = strrchr(name, '/');
    const char *plain = slash ? slash + 1 : name;
    sha256_add(&r->hash, plain, strlen(plain) + 1);
    sha256_add(&r->hash, r->text.text.p, r->text.text.n);
    sha256_add(&r->hash, "", 1);
    r->root = yaml_parse(r->arena, &r->text, r->errors);
    return r->root != NULL;
}

void data_error(DataReader *r, const YamlNode *n, const char *zh, const char *en) {
    yaml_error(r->errors, &r->text, n, zh, en);
}

bool data_keys(DataReader *r, const YamlNode *map, const char *const *keys, size_t count) {
    if (map->kind != YAML_MAP) {
        data_error(r, map, "这里要写“名称: 值”。", "\"key: value\" is expected here");
        return false;
    }
    bool known = true;
    for (size_t i = 0; i < map->count; i++) {
        const char *key = map->keys[i]->scalar;
        size_t k = 0;
        while (k < count && !streq(keys[k], key))
            k++;
        if (k < count)
            continue;
        const char *near = nearest_word(key, keys, count);
        data_error(
            r, map->keys[i],
            near ? arena_printf(r->arena, "没有“%s”这一项，是不是“%s”？", key, near)
                 : arena_printf(r->arena, "没有“%s”这一项。", key),
            near ? arena_printf(r->arena, "unknown key \"%s\"; did you mean \"%s\"?", key, near)
                 : arena_printf(r->arena, "unknown key \"%s\"", key));
        known = false;
    }
    return known;
}

const char *data_text(DataReader *r, const YamlNode *map, const char *key) {
    const YamlNode *n = yaml_find(map, key);
    if (n && n->kind == YAML_SCALAR && n->scalar_bytes)
        return n->scalar;
    data_error(r, n ? n : map, arena_printf(r->arena, "缺少 %s:。", key),
               arena_printf(r->arena, "%s: is missing", key));
    return "";
}

const Strs *data_texts(DataReader *r, const YamlNode *map, const char *key) {
    const YamlNode *n = yaml_find(map, key);
    if (n && n->kind != YAML_LIST) {
        data_error(r, n, "这里要写列表 [甲, 乙]。", "a list [a, b] is expected here");
        n = NULL;
    }
    const char **items = ARENA_ARRAY(r->arena, const char *, n ? n->count : 0);
    size_t count = 0;
    for (size_t i = 0; n && i < n->count; i++)
        if (n->items[i]->kind == YAML_SCALAR)
            items[count++] = n->items[i]->scalar;
        else
            data_error(r, n->items[i], "列表里只能写文字。", "the list holds plain texts only");
    return strs_of(r->arena, items, count);
}

Text data_bilingual(DataReader *r, const YamlNode *map, const char *key) {
    const YamlNode *n = yaml_find(map, key);
    if (!n || n->kind != YAML_MAP) {
        data_error(r, n ? n : map, arena_printf(r->arena, "缺少 %s: {zh: …, en: …}。", key),
                   arena_printf(r->arena, "%s: {zh: …, en: …} is missing", key));
        return (Text){"", ""};
    }
    DATA_KEYS(r, n, "zh", "en");
    return (Text){data_text(r, n, "zh"), data_text(r, n, "en")};
}

const YamlNode *data_list(DataReader *r, const YamlNode *map, const char *key) {
    const YamlNode *n = yaml_find(map, key);
    if (n && n->kind == YAML_LIST)
        return n;
    data_error(r, n ? n : map, arena_printf(r->arena, "缺少列表 %s:。", key),
               arena_printf(r->arena, "the list %s: is missing", key));
    return NULL;
}

int data_word(DataReader *r, const YamlNode *map, const char *key, const char *enumeration) {
    const EnumDesc *e = enum_find(enumeration);
    const char *word = data_text(r, map, key);
    int value = *word ? enum_value(e, str_of(word)) : 0;
    if (value >= 0)
        return value;
    const char *near = nearest_word(word, e->words, e->count);
    data_error(r, yaml_find(map, key),
               near ? arena_printf(r->arena, "没有“%s”，是不是“%s”？", word, near)
                    : arena_printf(r->arena, "没有“%s”。", word),
               near
                   ? arena_printf(r->arena, "no such word \"%s\"; did you mean \"%s\"?", word, near)
                   : arena_printf(r->arena, "no such word \"%s\"", word));
    return 0;
}

static void read_one(DataReader *r, Limit *out, const FieldDesc *f, const YamlNode *n,
                     bool source) {
    const YamlNode *value = n;
    if (source) {
        if (!DATA_KEYS(r, n, "value", "source"))
            return;
        data_text(r, n, "source");
        value = yaml_find(n, "value");
    }
    if (!value || value->kind != YAML_SCALAR ||
        !limit_read(out, r->arena, f, value->scalar, BARE_REFUSED))
        data_error(r, value ? value : n,
                   arena_printf(r->arena, "“%s”要写%s，带单位。", f->zh,
                                dimension_name(f->dimension, LANG_ZH)),
                   arena_printf(r->arena, "%s takes %s, with its unit", f->name,
                                dimension_name(f->dimension, LANG_EN)));
}

void data_limits(DataReader *r, Limit *out, const YamlNode *map, bool sources) {
    const EntityDesc *e = entity_of(FACT_limit);
    const YamlNode *n = yaml_find(map, "limits");
    row_clear(e, out);
    if (n && n->kind != YAML_MAP)
        data_error(r, n, "这里要写“名称: 值”。", "\"key: value\" is expected here");
    for (size_t i = 0; n && n->kind == YAML_MAP && i < n->count; i++) {
        const char *word = n->keys[i]->scalar;
        const FieldDesc *f = field_find(e, str_of(word));
        const char *near = f ? NULL : field_nearest(e, word);
        if (f)
            read_one(r, out, f, n->items[i], sources);
        else
            data_error(
                r, n->keys[i],
                near ? arena_printf(r->arena, "没有限值“%s”，是不是“%s”？", word, near)
                     : arena_printf(r->arena, "没有限值“%s”。", word),
                near ? arena_printf(r->arena, "no limit \"%s\"; did you mean \"%s\"?", word, near)
                     : arena_printf(r->arena, "no limit \"%s\"", word));
    }
}
