#include "record/store.h"

#include <string.h>

StoreValue store_null(void) {
    return (StoreValue){.type = STORE_NULL};
}

StoreValue store_int(int64_t number) {
    return (StoreValue){.type = STORE_INT, .number = number};
}

StoreValue store_text(const char *text) {
    if (!text)
        return store_null();
    return (StoreValue){.type = STORE_TEXT, .bytes = text, .count = strlen(text)};
}

StoreValue store_blob(const void *bytes, size_t count) {
    return (StoreValue){.type = STORE_BLOB, .bytes = bytes, .count = count};
}

bool store_value_eq(const StoreValue *a, const StoreValue *b) {
    if (a->type != b->type)
        return false;
    switch (a->type) {
    case STORE_NULL:
        return true;
    case STORE_INT:
        return a->number == b->number;
    case STORE_TEXT:
    case STORE_BLOB:
        return a->count == b->count && (!a->count || memcmp(a->bytes, b->bytes, a->count) == 0);
    }
    return false;
}

static const struct {
    const StoreKind *(*kind)(void);
    const char *prefix;
} stores[] = {
#define STORE(id, prefix) {store_##id, prefix},
#include "record/stores.def"
#undef STORE
};

enum { STORES = sizeof stores / sizeof *stores };

const StoreKind *store_kind(size_t index) {
    return index < STORES ? stores[index].kind() : NULL;
}

static StoreHead *head(Store *s) {
    return (StoreHead *)s;
}

const StoreKind *store_kind_of(const Store *s) {
    return ((const StoreHead *)s)->kind;
}

static Store *store_of(const StoreRows *rows) {
    return *(Store *const *)rows;
}

static size_t store_index(const char *place) {
    size_t i = 0;
    while (i + 1 < STORES && !str_starts(str_of(place), stores[i].prefix))
        i++;
    return i;
}

Result store_open(Store **out, Arena *a, const char *place, StoreMode mode) {
    return stores[store_index(place)].kind()->open(out, a, place, mode);
}

void store_close(Store *s) {
    if (s)
        head(s)->kind->close(s);
}

Result store_begin(Store *s, bool write) {
    return head(s)->kind->begin(s, write);
}

Result store_commit(Store *s) {
    return head(s)->kind->commit(s);
}

void store_rollback(Store *s) {
    head(s)->kind->rollback(s);
}

Result store_select(StoreRows **out, Store *s, const char *sql, size_t count,
                    const StoreValue *values) {
    return head(s)->kind->select(out, s, sql, count, values);
}

Result store_next(StoreRows *rows, const StoreValue **row) {
    return store_kind_of(store_of(rows))->next(rows, row);
}

void store_done(StoreRows *rows) {
    if (rows)
        store_kind_of(store_of(rows))->done(rows);
}

Result store_exec(Store *s, const char *sql, size_t count, const StoreValue *values) {
    StoreRows *rows;
    TRY(store_select(&rows, s, sql, count, values));
    const StoreValue *row;
    Result result = store_next(rows, &row);
    store_done(rows);
    return result;
}

const StoreValue *store_row_copy(Arena *a, const StoreValue *row, size_t columns) {
    StoreValue *copy = ARENA_ARRAY(a, StoreValue, columns);
    for (size_t i = 0; i < columns; i++) {
        copy[i] = row[i];
        if (row[i].bytes)
            copy[i].bytes = arena_copy(a, row[i].bytes, row[i].count);
    }
    return copy;
}

Result store_one(const StoreValue **row, Arena *a, Store *s, const char *sql, size_t columns,
                 size_t count, const StoreValue *values) {
    StoreRows *rows;
    TRY(store_select(&rows, s, sql, count, values));
    Result result = store_next(rows, row);
    if (!result.kind && *row)
        *row = store_row_copy(a, *row, columns);
    store_done(rows);
    return result;
}

Result store_has_table(Store *s, const char *table, bool *out) {
    return head(s)->kind->has_table(s, table, out);
}

Result store_protect(Store *s, const char *table) {
    return head(s)->kind->protect(s, table);
}
