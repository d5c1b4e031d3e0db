#include "facts/facts.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#define ENUMERATION(T, P) static const char *const words_##T[] = {"unknown",
#define WORD(P, ID, word, zh, en) word,
#define END_ENUMERATION(T, P)                                                                                          \
    }                                                                                                                  \
    ;
#include "facts/enums.def"
#undef ENUMERATION
#undef WORD
#define ENUMERATION(T, P) static const char *const zh_##T[] = {"未知",
#define WORD(P, ID, word, zh, en) zh,
#include "facts/enums.def"
#undef ENUMERATION
#undef WORD
#define ENUMERATION(T, P) static const char *const en_##T[] = {"unknown",
#define WORD(P, ID, word, zh, en) en,
#include "facts/enums.def"
#undef ENUMERATION
#undef WORD
#undef END_ENUMERATION

enum {
#define ENUMERATION(T, P) DOMAIN_##T,
#define WORD(P, ID, word, zh, en)
#define END_ENUMERATION(T, P)
#include "facts/enums.def"
#undef ENUMERATION
    DOMAIN_COUNT
};
static const EnumDesc domains[DOMAIN_COUNT] = {
#define ENUMERATION(T, P) [DOMAIN_##T] = {#T, sizeof words_##T / sizeof *words_##T, words_##T, zh_##T, en_##T},
#include "facts/enums.def"
#undef ENUMERATION
#undef WORD
#undef END_ENUMERATION
};

/* Maps a struct to its FactKind, so that a REF row can name its target by type. */
enum {
#define ENTITY(id, T, scope, files, zh, doc) KIND_OF_##T = FACT_##id,
#define F(T, type, name, zh, dimension, when, cost, merge, doc)
#define END(id, T)
#include "facts/facts.def"
#undef ENTITY
#undef F
#undef END
};

#define TYPE_BOOL     T_BOOL, NULL, -1
#define TYPE_INT      T_INT, NULL, -1
#define TYPE_NUM      T_NUM, NULL, -1
#define TYPE_NUM32    T_NUM32, NULL, -1
#define TYPE_STR      T_STR, NULL, -1
#define TYPE_STRS     T_STRS, NULL, -1
#define TYPE_BOX      T_BOX, NULL, -1
#define TYPE_BOX32    T_BOX32, NULL, -1
#define TYPE_ENUM(E)  T_ENUM, &domains[DOMAIN_##E], -1
#define TYPE_REF(E)   T_REF, NULL, KIND_OF_##E
#define FIELD_ROW(n, z, d, dim, w, c, m, off, ...) FIELD_ROW_(n, z, d, dim, w, c, m, off, __VA_ARGS__)
#define FIELD_ROW_(n, z, d, dim, w, c, m, off, t, dom, tgt)                                                            \
    {.name = n, .zh = z, .doc = d, .type = t, .dimension = dim, .when = w, .cost = c, .merge = m, .offset = off,        \
     .domain = dom, .target = tgt},
#define ENTITY(id, T, scope, files, zh, doc) static const FieldDesc fields_##id[] = {
#define F(T, type, name, zh, dimension, when, cost, merge, doc)                                                        \
    FIELD_ROW(#name, zh, doc, DIM_##dimension, STEP_##when, COST_##cost, MERGE_##merge, offsetof(T, name), TYPE_##type)
#define END(id, T)                                                                                                     \
    }                                                                                                                  \
    ;
#include "facts/facts.def"
#undef ENTITY
#undef F
#undef END

static const EntityDesc entities[FACT_COUNT] = {
#define ENTITY(id, T, scope, files, zh, doc)                                                                                  \
    [FACT_##id] = {#id, zh, doc, SCOPE_##scope, FILES_##files, sizeof(T), sizeof fields_##id / sizeof *fields_##id, fields_##id},
#define F(T, type, name, zh, dimension, when, cost, merge, doc)
#define END(id, T)
#include "facts/facts.def"
#undef ENTITY
#undef F
#undef END
};

/* Marks are the bulk of a page: their size is a promise (design, "Marks"). */
static_assert(sizeof(Stroke) <= 96 && sizeof(Fill) <= 96 && sizeof(Image) <= 96 && sizeof(GlyphRun) <= 96);
static_assert(offsetof(Stroke, style) == offsetof(Mark, style) && offsetof(GlyphRun, hidden) == offsetof(Mark, hidden) &&
              offsetof(Image, hidden) == offsetof(Mark, hidden) && offsetof(Annotation, box) == offsetof(Mark, box));

const EntityDesc *entity_of(FactKind kind) {
    return &entities[kind];
}

int entity_find(Str name) {
    for (int i = 0; i < FACT_COUNT; i++)
        if (str_is(name, entities[i].name) || str_is(name, entities[i].zh))
            return i;
    return -1;
}

const FieldDesc *field_find(const EntityDesc *e, Str name) {
    for (size_t i = 0; i < e->count; i++)
        if (str_is(name, e->fields[i].name) || str_is(name, e->fields[i].zh))
            return &e->fields[i];
    return NULL;
}

const char *field_nearest(const EntityDesc *e, const char *name) {
    const char *names[128];
    size_t n = 0;
    for (size_t i = 0; i < e->count && n < 128; i++)
        names[n++] = e->fields[i].name;
    return nearest_word(name, names, n);
}

const EnumDesc *enum_find(const char *type_name) {
    for (size_t i = 0; i < DOMAIN_COUNT; i++)
        if (streq(domains[i].name, type_name))
            return &domains[i];
    return NULL;
}

size_t enum_count(void) {
    return DOMAIN_COUNT;
}

const EnumDesc *enum_at(size_t index) {
    return &domains[index];
}

int enum_value(const EnumDesc *e, Str word) {
    for (size_t i = 1; i < e->count; i++)
        if (str_is(word, e->words[i]) || str_is(word, e->zh[i]))
            return (int)i;
    return -1;
}

const char *enum_word(const EnumDesc *e, unsigned value) {
    return e->words[value < e->count ? value : 0];
}

const char *enum_name(const EnumDesc *e, unsigned value, Lang lang) {
    if (value >= e->count)
        value = 0;
    return lang == LANG_ZH ? e->zh[value] : e->en[value];
}

bool entity_in(const EntityDesc *e, FileFormat format) {
    bool pixels = format == FORMAT_TIFF || format == FORMAT_PNG || format == FORMAT_JPEG;
    switch (e->files) {
    case FILES_ALL:
        return true;
    case FILES_PDF:
        return !pixels;
    case FILES_PIXELS:
        return format != FORMAT_PDF;
    }
    return true;
}

bool kind_is_mark(FactKind kind) {
    return field_find(entity_of(kind), STR("seq")) != NULL;
}

bool field_known(const FieldDesc *f, const void *row) {
    const char *p = (const char *)row + f->offset;
    switch (f->type) {
    case T_BOOL:
        return *(const Tri *)p != UNKNOWN_BOOL;
    case T_INT:
        return *(const int32_t *)p != UNKNOWN_INT;
    case T_NUM:
    case T_BOX:
        return !isnan(*(const double *)p);
    case T_NUM32:
    case T_BOX32:
        return !isnan(*(const float *)p);
    case T_STR:
    case T_STRS:
    case T_REF:
        return *(const void *const *)p != NULL;
    case T_ENUM:
        return *(const uint8_t *)p != 0;
    }
    return false;
}

void field_clear(const FieldDesc *f, void *row) {
    char *p = (char *)row + f->offset;
    switch (f->type) {
    case T_BOOL:
        *(Tri *)p = UNKNOWN_BOOL;
        break;
    case T_INT:
        *(int32_t *)p = UNKNOWN_INT;
        break;
    case T_NUM:
        *(double *)p = NAN;
        break;
    case T_NUM32:
        *(float *)p = NAN;
        break;
    case T_BOX:
        *(Box *)p = (Box){NAN, NAN, NAN, NAN};
        break;
    case T_BOX32:
        *(Box32 *)p = (Box32){NAN, NAN, NAN, NAN};
        break;
    case T_STR:
    case T_STRS:
    case T_REF:
        *(const void **)p = NULL;
        break;
    case T_ENUM:
        *(uint8_t *)p = 0;
        break;
    }
}

void row_clear(const EntityDesc *e, void *row) {
    memset(row, 0, e->size);
    for (size_t i = 0; i < e->count; i++)
        field_clear(&e->fields[i], row);
}

enum { CHUNK_ROWS = 128 };

Facts *facts_new(void) {
    Arena *document = arena_new();
    Facts *f = ARENA_NEW(document, Facts);
    f->document = document;
    f->page = arena_new();
    return f;
}

void facts_free(Facts *f) {
    if (!f)
        return;
    arena_free(f->page);
    arena_free(f->document);
}

void *facts_add(Facts *f, FactKind kind) {
    const EntityDesc *e = entity_of(kind);
    FactTable *t = &f->tables[kind];
    Arena *a = e->scope == SCOPE_PAGE ? f->page : f->document;
    if (t->count == t->chunk_count * CHUNK_ROWS) {
        void **slot = ARENA_PUSH(a, t->chunks, t->chunk_count, t->chunk_capacity);
        /* One row more than it holds: the last one stays blank and is what new rows are copied from. */
        *slot = arena_alloc(a, e->size * (CHUNK_ROWS + 1));
        row_clear(e, (char *)*slot + e->size * CHUNK_ROWS);
    }
    void *row = facts_at(f, kind, t->count);
    const char *chunk = t->chunks[t->count / CHUNK_ROWS];
    memcpy(row, chunk + e->size * CHUNK_ROWS, e->size);
    *(uint32_t *)row = (uint32_t)t->count++;
    return row;
}

void *facts_at(const Facts *f, FactKind kind, size_t row) {
    const FactTable *t = &f->tables[kind];
    return (char *)t->chunks[row / CHUNK_ROWS] + (row % CHUNK_ROWS) * entity_of(kind)->size;
}

size_t facts_count(const Facts *f, FactKind kind) {
    return f->tables[kind].count;
}

void facts_end_page(Facts *f) {
    for (int kind = 0; kind < FACT_COUNT; kind++)
        if (entities[kind].scope == SCOPE_PAGE)
            f->tables[kind] = (FactTable){0};
    arena_rewind(f->page, (ArenaMark){0});
}

const Strs *strs_of(Arena *a, const char *const *items, size_t count) {
    Strs *s = ARENA_NEW(a, Strs);
    const char **copy = ARENA_ARRAY(a, const char *, count + 1);
    for (size_t i = 0; i < count; i++)
        copy[i] = items[i];
    *s = (Strs){count, copy};
    return s;
}

bool strs_has(const Strs *s, const char *word) {
    for (size_t i = 0; s && i < s->count; i++)
        if (streq(s->items[i], word))
            return true;
    return false;
}
