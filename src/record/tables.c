#include "record/tables.h"

#include "base/sink.h"

#include <assert.h>

#define TABLE(table, use, key)    static const TableColumn columns_of_##table[] = {
#define COLUMN(table, name, type) {#name, STORE_##type},
#define END_TABLE(table)                                                                           \
    }                                                                                              \
    ;
#define INDEX(table, name, columns)
#include "record/tables.def"
#undef TABLE
#undef COLUMN
#undef END_TABLE
#undef INDEX

enum { KEPT, PROJECTION };

static const Table tables[] = {
#define TABLE(table, use, key)                                                                     \
    {#table, key, use == PROJECTION, sizeof columns_of_##table / sizeof(TableColumn),              \
     columns_of_##table},
#define COLUMN(table, name, type)
#define END_TABLE(table)
#define INDEX(table, name, columns)
#include "record/tables.def"
#undef TABLE
#undef COLUMN
#undef END_TABLE
#undef INDEX
};

static const struct {
    TableId table;
    const char *name, *columns;
} indexes[] = {
#define TABLE(table, use, key)
#define COLUMN(table, name, type)
#define END_TABLE(table)
#define INDEX(table, name, columns) {TABLE_##table, #name, columns},
#include "record/tables.def"
#undef TABLE
#undef COLUMN
#undef END_TABLE
#undef INDEX
};

const Table *table_of(TableId id) {
    return &tables[id];
}

static const char *type_word(const StoreKind *kind, StoreType type) {
    switch (type) {
    case STORE_NULL:
        break;
    case STORE_INT:
        return kind->integer;
    case STORE_TEXT:
        return kind->text;
    case STORE_BLOB:
        return kind->blob;
    }
    return "";
}

/* A NUL-terminated statement out of a memory sink. */
static const char *statement(Sink *s) {
    sink_char(s, '\0');
    return s->bytes;
}

static Result make_table(Store *s, Arena *a, const Table *t) {
    const StoreKind *kind = store_kind_of(s);
    Sink sql = sink_memory(a);
    sink_format(&sql, "CREATE TABLE %s (", t->name);
    for (size_t i = 0; i < t->column_count; i++)
        sink_format(&sql, "%s %s NOT NULL, ", t->columns[i].name,
                    type_word(kind, t->columns[i].type));
    sink_format(&sql, "PRIMARY KEY (%s))%s", t->key, kind->after_table);
    return store_exec(s, statement(&sql), 0, NULL);
}

Result tables_make(Store *s, Arena *a, bool kept) {
    for (TableId i = 0; i < TABLE_COUNT; i++)
        if (kept || tables[i].projection)
            TRY(make_table(s, a, &tables[i]));
    for (size_t i = 0; i < sizeof indexes / sizeof *indexes; i++)
        if (kept || tables[indexes[i].table].projection)
            TRY(store_exec(s,
                           arena_printf(a, "CREATE INDEX %s ON %s (%s)", indexes[i].name,
                                        tables[indexes[i].table].name, indexes[i].columns),
                           0, NULL));
    return OK;
}

Result tables_drop_projections(Store *s, Arena *a) {
    for (TableId i = 0; i < TABLE_COUNT; i++)
        if (tables[i].projection)
            TRY(store_exec(s, arena_printf(a, "DROP TABLE IF EXISTS %s", tables[i].name), 0, NULL));
    return OK;
}

static const char *insert_into(Arena *a, const Table *t) {
    Sink sql = sink_memory(a);
    sink_format(&sql, "INSERT INTO %s VALUES (", t->name);
    for (size_t i = 0; i < t->column_count; i++)
        sink_str(&sql, i ? ", ?" : "?");
    sink_char(&sql, ')');
    return statement(&sql);
}

static const char *select_from(Arena *a, const Table *t) {
    Sink sql = sink_memory(a);
    sink_str(&sql, "SELECT ");
    for (size_t i = 0; i < t->column_count; i++)
        sink_format(&sql, "%s%s", i ? ", " : "", t->columns[i].name);
    sink_format(&sql, " FROM %s ORDER BY %s", t->name, t->key);
    return statement(&sql);
}

Tables tables_of(Arena *a, Store *s) {
    Tables t = {.store = s};
    for (TableId i = 0; i < TABLE_COUNT; i++) {
        t.insert[i] = insert_into(a, &tables[i]);
        t.select[i] = select_from(a, &tables[i]);
    }
    return t;
}

Result table_put(const Tables *t, TableId id, size_t count, const StoreValue *row) {
    assert(count == tables[id].column_count);
    return store_exec(t->store, t->insert[id], count, row);
}
