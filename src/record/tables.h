/* The tables of a record, from tables.def: the schema stands there and nowhere else. Internal to
 * record.
 *
 *     Tables t = tables_of(a, store);
 *     TRY(TABLE_PUT(&t, page, store_text(run), store_int(7), store_text(sha256)));
 */
#ifndef CHUPIN_RECORD_TABLES_H
#define CHUPIN_RECORD_TABLES_H

#include "record/store.h"

typedef enum TableId {
#define TABLE(name, use, key) TABLE_##name,
#define COLUMN(table, name, type)
#define END_TABLE(name)
#define INDEX(table, name, columns)
#include "record/tables.def"
#undef TABLE
#undef COLUMN
#undef END_TABLE
#undef INDEX
    TABLE_COUNT
} TableId;

typedef struct TableColumn {
    const char *name;
    StoreType type;
} TableColumn;

typedef struct Table {
    const char *name, *key;
    bool projection; /* its rows are made from the events */
    size_t column_count;
    const TableColumn *columns;
} Table;
const Table *table_of(TableId id);

/* The statements for the tables of one store, written once. */
typedef struct Tables {
    Store *store;
    const char *insert[TABLE_COUNT]; /* one row of all columns */
    const char *select[TABLE_COUNT]; /* all columns in the order of the key */
} Tables;
Tables tables_of(Arena *a, Store *s);
Result tables_make(Store *s, Arena *a, bool kept); /* the projections; `kept`: the others too */
Result tables_drop_projections(Store *s, Arena *a);

Result table_put(const Tables *t, TableId id, size_t count, const StoreValue *row);
#define TABLE_PUT(t, table, ...)                                                                   \
    table_put((t), TABLE_##table, sizeof((StoreValue[]){__VA_ARGS__}) / sizeof(StoreValue),        \
              (StoreValue[]){__VA_ARGS__})

#endif
