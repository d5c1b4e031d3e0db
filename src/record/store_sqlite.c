/* SQLite. A rollback journal, not a WAL: the record stays one file that can be copied and mailed,
 * can be read in a folder that nobody may write to, and a commit is on the disk when it returns
 * (https://sqlite.org/pragma.html#pragma_synchronous, EXTRA). */
#include "record/store_sqlite.h"
#include "base/sink.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WAIT_MS = 10000 }; /* for somebody else who is writing */

struct StoreRows {
    Store *store;
    const char *sql;
    sqlite3_stmt *statement;
    bool in_use;
    size_t columns;
    StoreValue *row;
    StoreRows *next;
};

struct Store {
    StoreHead head;
    sqlite3 *db;
    StoreRows *prepared; /* kept for the next time, with or without somebody using it */
};

static Result trouble(const Store *s) {
    return sqlite_trouble(&s->head, s->db, WAIT_MS / 1000);
}

static Result run(const Store *s, const char *sql) {
    return sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK ? OK : trouble(s);
}

static void sqlite_close(Store *s) {
    for (StoreRows *r = s->prepared; r; r = r->next)
        sqlite3_finalize(r->statement);
    sqlite3_close(s->db);
}

/* A reader opens for writing where it may: only so can what a killed writer left half done be
 * undone. It changes nothing otherwise (query_only). */
static Result open_at(Store *s, StoreMode mode) {
    int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE | SQLITE_OPEN_READWRITE;
    if (mode == STORE_CREATE)
        flags |= SQLITE_OPEN_CREATE;
    int code = sqlite3_open_v2(s->head.place, &s->db, flags, NULL);
    if (!s->db)
        return sqlite_not_a_record(&s->head);
    if (code != SQLITE_OK)
        return trouble(s);
    sqlite3_busy_timeout(s->db, WAIT_MS);
    sqlite3_db_config(s->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    TRY(run(s, "PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;"
               "PRAGMA synchronous = EXTRA"));
    if (mode == STORE_READ)
        return run(s, "PRAGMA query_only = ON");
    if (sqlite3_db_readonly(s->db, "main") == 1)
        return sqlite_readonly(&s->head);
    return run(s, "PRAGMA journal_mode = DELETE");
}

static void make_folders(Arena *a, const char *path) {
    char *folder = arena_strdup(a, path);
    for (char *p = folder + 1; (p = strchr(p, '/')); *p++ = '/') {
        *p = '\0';
        mkdir(folder, 0777); /* what fails is told by the opening that follows */
    }
}

static Result sqlite_open(Store **out, Arena *a, const char *place, StoreMode mode) {
    Store *s = ARENA_NEW(a, Store);
    s->head = (StoreHead){store_sqlite(), a, arena_strdup(a, place)};
    if (mode != STORE_CREATE && !streq(place, STORE_MEMORY) && access(place, F_OK) != 0)
        return result_fail(a, ERR_FILE, (Where){0}, "没有记录 %s：%s", "there is no record %s: %s",
                           place, strerror(errno));
    if (mode == STORE_CREATE)
        make_folders(a, place);
    Result result = open_at(s, mode);
    if (result.kind)
        sqlite_close(s);
    else
        *out = s;
    return result;
}

static Result sqlite_begin(Store *s, bool write) {
    return run(s, write ? "BEGIN IMMEDIATE" : "BEGIN");
}

static Result sqlite_commit(Store *s) {
    return run(s, "COMMIT");
}

static void sqlite_rollback(Store *s) {
    /* Trouble such as a full disk may have ended the transaction already. */
    if (!sqlite3_get_autocommit(s->db))
        sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
}

static Result bind(StoreRows *r, int at, const StoreValue *v) {
    int code = SQLITE_OK;
    switch (v->type) {
    case STORE_NULL:
        code = sqlite3_bind_null(r->statement, at);
        break;
    case STORE_INT:
        code = sqlite3_bind_int64(r->statement, at, v->number);
        break;
    case STORE_TEXT:
        code =
            sqlite3_bind_text64(r->statement, at, v->bytes, v->count, SQLITE_STATIC, SQLITE_UTF8);
        break;
    case STORE_BLOB: /* a NULL pointer would bind NULL */
        code = sqlite3_bind_blob64(r->statement, at, v->count ? v->bytes : "", v->count,
                                   SQLITE_STATIC);
        break;
    }
    return code == SQLITE_OK ? OK : trouble(r->store);
}

static Result prepare(StoreRows **out, Store *s, const char *sql) {
    for (StoreRows *r = s->prepared; r; r = r->next)
        if (!r->in_use && streq(r->sql, sql)) {
            *out = r;
            return OK;
        }
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) !=
        SQLITE_OK)
        return trouble(s);
    StoreRows *r = ARENA_NEW(s->head.arena, StoreRows);
    *r = (StoreRows){.store = s,
                     .sql = arena_strdup(s->head.arena, sql),
                     .statement = statement,
                     .columns = (size_t)sqlite3_column_count(statement),
                     .next = s->prepared};
    r->row = ARENA_ARRAY(s->head.arena, StoreValue, r->columns + 1);
    s->prepared = *out = r;
    return OK;
}

static void sqlite_done(StoreRows *r) {
    sqlite3_reset(r->statement);
    sqlite3_clear_bindings(r->statement);
    r->in_use = false;
}

static Result sqlite_select(StoreRows **out, Store *s, const char *sql, size_t count,
                            const StoreValue *values) {
    StoreRows *r = NULL;
    TRY(prepare(&r, s, sql));
    r->in_use = true;
    for (size_t i = 0; i < count; i++) {
        Result result = bind(r, (int)i + 1, &values[i]);
        if (result.kind) {
            sqlite_done(r);
            return result;
        }
    }
    *out = r;
    return OK;
}

static StoreValue column(sqlite3_stmt *statement, int at) {
    StoreValue v = {0};
    switch (sqlite3_column_type(statement, at)) {
    case SQLITE_INTEGER:
        return store_int(sqlite3_column_int64(statement, at));
    case SQLITE_NULL:
        return v;
    case SQLITE_BLOB:
        v.type = STORE_BLOB;
        v.bytes = sqlite3_column_blob(statement, at);
        break;
    case SQLITE_TEXT:
    default: /* numbers with a fraction only come in by tampering; as text they differ */
        v.type = STORE_TEXT;
        v.bytes = (const char *)sqlite3_column_text(statement, at);
        break;
    }
    v.count = (size_t)sqlite3_column_bytes(statement, at);
    return v;
}

static Result sqlite_next(StoreRows *r, const StoreValue **row) {
    *row = NULL;
    int code = sqlite3_step(r->statement);
    if (code == SQLITE_DONE)
        return OK;
    if (code != SQLITE_ROW)
        return trouble(r->store);
    for (size_t i = 0; i < r->columns; i++)
        r->row[i] = column(r->statement, (int)i);
    *row = r->row;
    return OK;
}

static Result sqlite_has_table(Store *s, const char *table, bool *out) {
    const StoreValue *row;
    StoreRows *rows;
    const char *sql = table ? "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?"
                            : "SELECT 1 FROM sqlite_schema";
    StoreValue name = store_text(table);
    TRY(sqlite_select(&rows, s, sql, table ? 1 : 0, &name));
    Result result = sqlite_next(rows, &row);
    *out = row;
    sqlite_done(rows);
    return result;
}

/* INSERT OR REPLACE takes the old row away without asking the trigger that refuses DELETE
 * (https://sqlite.org/lang_conflict.html). */
static const struct {
    const char *name, *of;
    bool replaces;
} refused[] = {
    {"update", "UPDATE", false}, {"delete", "DELETE", false}, {"replace", "INSERT", true}};
enum { REFUSED = sizeof refused / sizeof *refused };

static const char *trigger(Arena *a, const char *table, size_t which) {
    Sink sql = sink_memory(a);
    sink_format(&sql, "CREATE TRIGGER %s_no_%s BEFORE %s ON %s ", table, refused[which].name,
                refused[which].of, table);
    if (refused[which].replaces)
        sink_format(&sql, "WHEN EXISTS (SELECT 1 FROM %s WHERE rowid = NEW.rowid) ", table);
    sink_format(&sql, "BEGIN SELECT RAISE(ABORT, '%s is append-only'); END", table);
    sink_char(&sql, '\0');
    return sql.bytes;
}

static Result sqlite_protect(Store *s, const char *table) {
    for (size_t i = 0; i < REFUSED; i++)
        TRY(run(s, trigger(s->head.arena, table, i)));
    return OK;
}

const StoreKind *store_sqlite(void) {
    static const StoreKind kind = {
        .name = "sqlite",
        .integer = "INTEGER",
        .text = "TEXT",
        .blob = "BLOB",
        .after_table = " STRICT",
        .schema = "SELECT name, tbl_name, type = 'trigger', sql FROM sqlite_schema "
                  "WHERE type = 'table' OR type = 'trigger' ORDER BY name",
        .open = sqlite_open,
        .close = sqlite_close,
        .begin = sqlite_begin,
        .commit = sqlite_commit,
        .rollback = sqlite_rollback,
        .select = sqlite_select,
        .next = sqlite_next,
        .done = sqlite_done,
        .has_table = sqlite_has_table,
        .protect = sqlite_protect,
    };
    return &kind;
}
