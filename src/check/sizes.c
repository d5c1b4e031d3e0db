/* sizes.yaml and inks.yaml: what names mean. */
#include "check/job_measure.h"
#include "check/job_sheet.h"
#include "check/rule_data.h"

#include <string.h>

static void load_size(RuleData *d, DataReader *r, const YamlNode *n) {
    if (!DATA_KEYS(r, n, "name", "size", "aliases", "source"))
        return;
    SizeRow *s = ARENA_PUSH(r->arena, d->sizes, d->size_count, d->size_capacity);
    const Strs *aliases = data_texts(r, n, "aliases");
    const char **keys = ARENA_ARRAY(r->arena, const char *, aliases->count + 1);
    s->name = data_text(r, n, "name");
    keys[0] = name_key(r->arena, s->name);
    for (size_t i = 0; i < aliases->count; i++)
        keys[i + 1] = name_key(r->arena, aliases->items[i]);
    s->keys = (Strs){aliases->count + 1, keys};
    data_text(r, n, "source");
    const char *size = data_text(r, n, "size");
    if (*size && !size_read(&s->w, &s->h, r->arena, size))
        data_error(r, yaml_find(n, "size"), "尺寸要写成 210x285 mm。",
                   "write a size as 210x285 mm");
}

void sizes_load(RuleData *d, DataReader *r) {
    DATA_KEYS(r, r->root, "sizes");
    const YamlNode *list = data_list(r, r->root, "sizes");
    for (size_t i = 0; list && i < list->count; i++)
        load_size(d, r, list->items[i]);
}

const SizeRow *size_find(const RuleData *d, Arena *a, const char *written, const char **near) {
    const char *key = name_key(a, written);
    const char **names = NULL;
    size_t count = 0, capacity = 0;
    *near = NULL;
    for (size_t i = 0; i < d->size_count; i++)
        for (size_t k = 0; k < d->sizes[i].keys.count; k++) {
            if (streq(d->sizes[i].keys.items[k], key))
                return &d->sizes[i];
            *ARENA_PUSH(a, names, count, capacity) = d->sizes[i].keys.items[k];
        }
    *near = nearest_word(key, names, count);
    return NULL;
}

static void load_ink(RuleData *d, DataReader *r, const YamlNode *n) {
    if (!DATA_KEYS(r, n, "role", "generic", "words", "source"))
        return;
    const YamlNode *generic = yaml_find(n, "generic");
    InkName *row = ARENA_PUSH(r->arena, d->inks, d->ink_count, d->ink_capacity);
    row_clear(entity_of(FACT_ink_name), row);
    row->generic = generic && streq(generic->scalar, "true");
    if (!row->generic)
        row->role = (uint8_t)data_word(r, n, "role", "InkRole");
    data_text(r, n, "source");
    const Strs *words = data_texts(r, n, "words");
    const char **keys = ARENA_ARRAY(r->arena, const char *, words->count);
    for (size_t i = 0; i < words->count; i++)
        keys[i] = text_nfkc_fold(r->arena, words->items[i]);
    row->words = strs_of(r->arena, keys, words->count);
}

void inks_load(RuleData *d, DataReader *r) {
    DATA_KEYS(r, r->root, "inks");
    const YamlNode *list = data_list(r, r->root, "inks");
    for (size_t i = 0; list && i < list->count; i++)
        load_ink(d, r, list->items[i]);
}

/* pattern = {character | "*"}. Greedy with one place to come back to, so it never takes more than n
 * × m steps. */
static bool fits(const char *pattern, const char *name) {
    const char *star = NULL, *again = NULL;
    while (*name) {
        if (*pattern == '*') {
            star = pattern++;
            again = name;
        } else if (*pattern == *name) {
            pattern++;
            name++;
        } else if (star) {
            pattern = star + 1;
            name = ++again;
        } else {
            return false;
        }
    }
    while (*pattern == '*')
        pattern++;
    return !*pattern;
}

bool ink_name_fits(Arena *a, const InkName *row, const char *name) {
    const char *key = text_nfkc_fold(a, name);
    for (size_t i = 0; i < row->words->count; i++)
        if (fits(row->words->items[i], key))
            return true;
    return false;
}
