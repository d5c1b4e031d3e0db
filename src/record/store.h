/* Stores: where a record keeps its rows. A store is one row of stores.def and one file that fills a
 * StoreKind; the record is written once on top of it, in the SQL that SQLite and PostgreSQL both
 * take: `?` for parameters, the types INTEGER, TEXT and BLOB as the words of the StoreKind, INSERT
 * … ON CONFLICT, no dates, no JSON functions, no numbers with a fraction. Text is compared byte by
 * byte, so that an order is the same in every store.
 *
 * A Store lives in the arena it was opened in until store_close. Whoever makes rows ends them. All
 * trouble is a Result: one line that says what to do next; what was committed before stays.
 *
 *     TRY(store_open(&s, a, "/srv/job/chupin.sqlite", STORE_WRITE));
 *     TRY(store_begin(s, true));
 *     TRY(store_exec(s, "INSERT INTO job (number, client) VALUES (?, ?)", 2,
 *                    (StoreValue[]){store_text("J-1"), store_text("华庭置业")}));
 *     TRY(store_commit(s));
 */
#ifndef CHUPIN_RECORD_STORE_H
#define CHUPIN_RECORD_STORE_H

#include "base/result.h"

typedef enum StoreType { STORE_NULL, STORE_INT, STORE_TEXT, STORE_BLOB } StoreType;
typedef struct StoreValue {
    StoreType type;
    int64_t number;
    const char *bytes; /* text (with a NUL after it) or blob */
    size_t count;
} StoreValue;
StoreValue store_null(void);
StoreValue store_int(int64_t number);
StoreValue store_text(const char *text); /* NULL is null */
StoreValue store_blob(const void *bytes, size_t count);
bool store_value_eq(const StoreValue *a, const StoreValue *b);

typedef enum StoreMode {
    STORE_READ,   /* it has to be there; nothing is changed, not even beside it */
    STORE_WRITE,  /* it has to be there */
    STORE_CREATE, /* made when it is not there */
} StoreMode;

typedef struct Store Store;         /* each kind has its own, after a StoreHead */
typedef struct StoreRows StoreRows; /* the rows of one query, read one after another */

/* Memory for a while: nothing of it survives its close. */
#define STORE_MEMORY ":memory:"

typedef struct StoreKind {
    const char *name;
    const char *integer, *text, *blob; /* its words for the types of columns */
    const char *after_table;           /* what stands after CREATE TABLE (…) */
    /* A query for all tables and triggers there are: name, its table's name, whether it is a
     * trigger (1 or 0), the statement that made it; by name. */
    const char *schema;
    Result (*open)(Store **out, Arena *a, const char *place, StoreMode mode);
    void (*close)(Store *s);
    Result (*begin)(Store *s, bool write);
    Result (*commit)(Store *s);
    void (*rollback)(Store *s);
    /* Rows of a statement; one that gives none is carried out by its first `next`. */
    Result (*select)(StoreRows **out, Store *s, const char *sql, size_t count,
                     const StoreValue *values);
    Result (*next)(StoreRows *rows, const StoreValue **row);     /* NULL after the last one */
    void (*done)(StoreRows *rows);                               /* NULL is allowed */
    Result (*has_table)(Store *s, const char *table, bool *out); /* NULL: any at all */
    /* Makes the store refuse UPDATE and DELETE on a table, whoever asks. */
    Result (*protect)(Store *s, const char *table);
} StoreKind;

#define STORE(id, prefix) const StoreKind *store_##id(void);
#include "record/stores.def"
#undef STORE

/* The kinds in the order of stores.def; NULL after the last one. */
const StoreKind *store_kind(size_t index);
const StoreKind *store_kind_of(const Store *s);
bool store_is_path(const char *place); /* of a file on this machine */

Result store_open(Store **out, Arena *a, const char *place, StoreMode mode);
void store_close(Store *s);               /* NULL is allowed; what was not committed is undone */
Result store_begin(Store *s, bool write); /* write: nobody else writes until commit or rollback */
Result store_commit(Store *s);
void store_rollback(Store *s);
/* `values` are borrowed until store_done. */
Result store_select(StoreRows **out, Store *s, const char *sql, size_t count,
                    const StoreValue *values);
/* The row is good until the next call with these rows. */
Result store_next(StoreRows *rows, const StoreValue **row);
void store_done(StoreRows *rows);
/* A statement without rows. */
Result store_exec(Store *s, const char *sql, size_t count, const StoreValue *values);
/* The first row, of that many columns, as a copy in the arena; NULL when there is none. */
Result store_one(const StoreValue **row, Arena *a, Store *s, const char *sql, size_t columns,
                 size_t count, const StoreValue *values);
const StoreValue *store_row_copy(Arena *a, const StoreValue *row, size_t columns);
Result store_has_table(Store *s, const char *table, bool *out);
Result store_protect(Store *s, const char *table);

/* What every Store begins with; every StoreRows begins with a pointer to its Store. */
typedef struct StoreHead {
    const StoreKind *kind;
    Arena *arena;      /* where it was opened: Results are made here */
    const char *place; /* as people typed it */
} StoreHead;

#endif
