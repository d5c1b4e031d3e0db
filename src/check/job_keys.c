#include "check/job_sheet.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* So that a key can name its map by the map's type. */
enum {
#define MAP(id, Struct) MAP_OF_##Struct = MAP_##id,
#define KEY(Struct, field, aliases, form)
#define END_MAP(id, Struct)
#include "check/job_keys.def"
#undef MAP
#undef KEY
#undef END_MAP
};

#define F_SCHEMA                 FORM_SCHEMA, NULL, -1
#define F_TEXT                   FORM_TEXT, NULL, -1
#define F_PROSE                  FORM_PROSE, NULL, -1
#define F_LENGTH                 FORM_LENGTH, NULL, -1
#define F_SCALE                  FORM_SCALE, NULL, -1
#define F_BYTES                  FORM_BYTES, NULL, -1
#define F_COUNT                  FORM_COUNT, NULL, -1
#define F_YES                    FORM_YES, NULL, -1
#define F_SIZE                   FORM_SIZE, NULL, -1
#define F_EDGES                  FORM_EDGES, NULL, -1
#define F_PAPER                  FORM_PAPER, NULL, -1
#define F_PAGES                  FORM_PAGES, NULL, -1
#define F_LIMIT                  FORM_LIMIT, NULL, -1
#define F_LIMITS                 FORM_LIMITS, NULL, -1
#define F_TEXTS                  FORM_TEXTS, NULL, -1
#define F_PAIRS                  FORM_PAIRS, NULL, -1
#define F_SEVERITIES             FORM_SEVERITIES, NULL, -1
#define F_ENTRIES                FORM_ENTRIES, NULL, -1
#define F_WORD(E)                FORM_WORD, #E, -1
#define F_MAP(T)                 FORM_MAP, NULL, MAP_OF_##T
#define F_LIST(T)                FORM_LIST, NULL, MAP_OF_##T
#define KEY_ROW(n, al, off, ...) KEY_ROW_(n, al, off, __VA_ARGS__)
#define KEY_ROW_(n, al, off, f, d, t)                                                              \
    {.name = n, .aliases = al, .form = f, .domain = d, .target = t, .offset = off},
#define MAP(id, Struct) static const KeyDesc keys_##id[] = {
#define KEY(Struct, field, aliases, form)                                                          \
    KEY_ROW(#field, aliases, offsetof(Struct, field), F_##form)
#define END_MAP(id, Struct)                                                                        \
    }                                                                                              \
    ;
#include "check/job_keys.def"
#undef MAP
#undef KEY
#undef END_MAP

static const MapDesc maps[MAP_COUNT] = {
#define MAP(id, Struct)                                                                            \
    [MAP_##id] = {#id, sizeof(Struct), sizeof keys_##id / sizeof *keys_##id, keys_##id},
#define KEY(Struct, field, aliases, form)
#define END_MAP(id, Struct)
#include "check/job_keys.def"
#undef MAP
#undef KEY
#undef END_MAP
};

static const struct {
    const char *domain;
    int value;
    const char *written;
} words[] = {
#define WORDS(E, value, written) {#E, value, written},
#include "check/job_words.def"
#undef WORDS
};

const MapDesc *map_of(MapId id) {
    return &maps[id];
}

static void clear_edges(SheetEdges *e) {
    *e = (SheetEdges){0};
    for (int i = 0; i < SIDES; i++)
        e->side[i] = NAN;
}

static void clear_value(const KeyDesc *k, void *value) {
    switch (k->form) {
    case FORM_LENGTH:
    case FORM_SCALE:
    case FORM_BYTES:
        *(double *)value = NAN;
        break;
    case FORM_COUNT:
        *(int32_t *)value = UNKNOWN_INT;
        break;
    case FORM_YES:
        *(Tri *)value = UNKNOWN_BOOL;
        break;
    case FORM_SIZE:
        *(SheetSize *)value = (SheetSize){.w = NAN, .h = NAN};
        break;
    case FORM_EDGES:
        clear_edges(value);
        break;
    case FORM_PAGES:
        map_clear(MAP_PAGES, value);
        break;
    case FORM_LIMITS:
        row_clear(entity_of(FACT_limit), &((SheetLimits *)value)->row);
        break;
    case FORM_MAP:
        map_clear((MapId)k->target, value);
        break;
    case FORM_SCHEMA:
    case FORM_TEXT:
    case FORM_PROSE:
    case FORM_PAPER:
    case FORM_LIMIT:
    case FORM_TEXTS:
    case FORM_PAIRS:
    case FORM_SEVERITIES:
    case FORM_ENTRIES:
    case FORM_WORD:
    case FORM_LIST:
        break; /* zero says nothing */
    }
}

void map_clear(MapId id, void *row) {
    const MapDesc *m = &maps[id];
    memset(row, 0, m->size);
    for (size_t i = 0; i < m->count; i++)
        clear_value(&m->keys[i], (char *)row + m->keys[i].offset);
}

const char *name_key(Arena *a, const char *written) {
    char *folded = text_nfkc_fold(a, written ? written : "");
    char *to = folded;
    for (const char *p = folded; *p; p++)
        if (*p != ' ' && *p != '\t' && *p != '\n' && *p != '\r')
            *to++ = *p;
    *to = 0;
    return folded;
}

bool name_in(Arena *a, const char *aliases, const char *key) {
    for (const char *p = aliases; p && *p;) {
        size_t n = strcspn(p, "|");
        if (streq(name_key(a, arena_copy(a, p, n)), key))
            return true;
        p += n + (p[n] == '|');
    }
    return false;
}

const KeyDesc *key_find(const MapDesc *m, Arena *a, const char *word) {
    const char *key = name_key(a, word);
    for (size_t i = 0; i < m->count; i++)
        if (streq(name_key(a, m->keys[i].name), key) || name_in(a, m->keys[i].aliases, key))
            return &m->keys[i];
    return NULL;
}

const char *key_nearest(const MapDesc *m, Arena *a, const char *word) {
    const char **names = NULL;
    size_t count = 0, capacity = 0;
    for (size_t i = 0; i < m->count; i++) {
        *ARENA_PUSH(a, names, count, capacity) = m->keys[i].name;
        for (const char *p = m->keys[i].aliases; *p;) {
            size_t n = strcspn(p, "|");
            *ARENA_PUSH(a, names, count, capacity) = arena_copy(a, p, n);
            p += n + (p[n] == '|');
        }
    }
    return nearest_word(word, names, count);
}

int job_word(Arena *a, const EnumDesc *e, const char *written) {
    const char *key = name_key(a, written);
    for (size_t i = 1; i < e->count; i++)
        if (streq(name_key(a, e->words[i]), key) || streq(name_key(a, e->zh[i]), key))
            return (int)i;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (streq(words[i].domain, e->name) && name_in(a, words[i].written, key))
            return words[i].value;
    return -1;
}
