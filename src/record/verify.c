/* Whether a record still says what was put into it. */
#include "record/inside.h"
#include "record/replay.h"

#include <ctype.h>
#include <string.h>

typedef struct Verifying {
    Record *record;
    RecordVerdict *verdict;
    Tables made; /* the same tables, made again from the events */
    bool head_found;
} Verifying;

static void broken_event(Verifying *v, int64_t seq, const char *zh, const char *en) {
    v->verdict->intact = false;
    v->verdict->seq = seq;
    v->verdict->table = "event";
    v->verdict->key = arena_printf(v->record->arena, "seq=%lld", (long long)seq);
    v->verdict->what = (Text){zh, en};
}

static void broken_row(Verifying *v, const Table *t, const char *key, const char *zh,
                       const char *en) {
    v->verdict->intact = false;
    v->verdict->table = t->name;
    v->verdict->key = key;
    v->verdict->what = (Text){zh, en};
}

static void check_event(Verifying *v, const RecordEvent *e) {
    char hash[SHA256_HEX];
    RecordHead *head = &v->verdict->head;
    event_hash(e, hash);
    if (e->seq != head->seq + 1)
        broken_event(v, head->seq + 1, "这一条不见了", "this event is missing");
    else if (!streq(e->prev, head->hash))
        broken_event(v, e->seq, "与前一条接不上", "it does not follow the event before");
    else if (!streq(e->hash, hash))
        broken_event(v, e->seq, "内容被改过", "its content was changed");
    head->seq = e->seq;
    memcpy(head->hash, hash, sizeof hash);
}

static bool begins_with_head(const char *hash, const char *typed) {
    size_t n = strlen(typed);
    return n >= RUN_SHORT && n < SHA256_HEX && strncasecmp(hash, typed, n) == 0;
}

/* On a sheet of a record that was taken over stands the head of that one. */
static bool is_head(const RecordEvent *e, const char *typed) {
    if (begins_with_head(e->hash, typed) || !event_is(e, EVENT_event_imported))
        return begins_with_head(e->hash, typed);
    Arena *scratch = arena_new();
    bool is = begins_with_head(event_original(scratch, e).hash, typed);
    arena_free(scratch);
    return is;
}

static Result check_chain(Verifying *v, const char *head) {
    StoreRows *rows;
    const StoreValue *row;
    Result result;
    memcpy(v->verdict->head.hash, event_no_prev, SHA256_HEX);
    TRY(store_select(&rows, v->record->store, v->made.select[TABLE_event], 0, NULL));
    while (v->verdict->intact && !(result = store_next(rows, &row)).kind && row) {
        RecordEvent e = event_of_row(row);
        check_event(v, &e);
        v->head_found = v->head_found || (head && is_head(&e, head));
        v->verdict->events++;
    }
    store_done(rows);
    if (v->verdict->intact && !v->verdict->events)
        broken_event(v, 1, "一条也没有", "there is no event at all");
    return v->verdict->intact ? result : OK;
}

static Result check_contents(Verifying *v) {
    StoreRows *rows;
    const StoreValue *row;
    Result result;
    TRY(store_select(&rows, v->record->store, v->made.select[TABLE_content], 0, NULL));
    while (!(result = store_next(rows, &row)).kind && row && v->verdict->intact) {
        char hash[SHA256_HEX];
        sha256_of(row[1].bytes, row[1].count, hash);
        if (!str_is((Str){row[0].bytes, row[0].count}, hash))
            broken_row(v, table_of(TABLE_content),
                       arena_printf(v->record->arena, "sha256=%.*s", (int)row[0].count,
                                    row[0].bytes ? row[0].bytes : ""),
                       "内容与它的指纹不符", "the content does not match its hash");
    }
    store_done(rows);
    return result;
}

static int compare_values(const StoreValue *a, const StoreValue *b) {
    if (a->type != b->type)
        return a->type < b->type ? -1 : 1;
    if (a->type == STORE_INT)
        return (a->number > b->number) - (a->number < b->number);
    size_t n = a->count < b->count ? a->count : b->count;
    int order = n ? memcmp(a->bytes, b->bytes, n) : 0;
    return order ? order : (a->count > b->count) - (a->count < b->count);
}

/* ---- tables and triggers ---- */

enum { SCHEMA_NAME, SCHEMA_TABLE, SCHEMA_IS_TRIGGER, SCHEMA_STATEMENT };

static void broken_schema(Verifying *v, const StoreValue *row, Text table, Text trigger) {
    Arena *a = v->record->arena;
    const char *name = text_printable(a, row[SCHEMA_NAME].bytes, row[SCHEMA_NAME].count);
    bool is_trigger = row[SCHEMA_IS_TRIGGER].number;
    v->verdict->intact = false;
    v->verdict->table = text_printable(a, row[SCHEMA_TABLE].bytes, row[SCHEMA_TABLE].count);
    v->verdict->key = "";
    v->verdict->what = !is_trigger ? table
                                   : (Text){arena_printf(a, "触发器 %s %s", name, trigger.zh),
                                            arena_printf(a, "the trigger %s %s", name, trigger.en)};
}

/* A table that somebody else put beside ours says nothing of ours; a trigger may change it. */
static void compare_schema(Verifying *v, const StoreValue *there, const StoreValue *made,
                           int order) {
    if (order < 0 && there[SCHEMA_IS_TRIGGER].number)
        broken_schema(v, there, (Text){0},
                      (Text){"不是 chupin 建的，会暗中改动记录",
                             "was not made by chupin and may change the record unseen"});
    else if (order > 0)
        broken_schema(v, made, (Text){"这张表不见了", "this table is missing"},
                      (Text){"不见了，它防止改动", "is missing; it refuses changes"});
    else if (!order && !store_value_eq(&there[SCHEMA_STATEMENT], &made[SCHEMA_STATEMENT]))
        broken_schema(v, made, (Text){"这张表的格式被改过", "the form of this table was changed"},
                      (Text){"被改过", "was changed"});
}

static Result compare_schemas(Verifying *v, StoreRows *there, StoreRows *made) {
    const StoreValue *row, *again;
    TRY(store_next(there, &row));
    TRY(store_next(made, &again));
    while (v->verdict->intact && (row || again)) {
        int order = !row ? 1 : !again ? -1 : compare_values(&row[SCHEMA_NAME], &again[SCHEMA_NAME]);
        compare_schema(v, row, again, order);
        if (order <= 0)
            TRY(store_next(there, &row));
        if (order >= 0)
            TRY(store_next(made, &again));
    }
    return OK;
}

/* Against tables made anew, so that what there has to be is written nowhere twice. */
static Result check_schema(Verifying *v) {
    const char *sql = store_kind_of(v->made.store)->schema;
    StoreRows *there, *made = NULL;
    TRY(tables_make(v->made.store, v->record->arena, true));
    TRY(store_protect(v->made.store, table_of(TABLE_event)->name));
    TRY(store_select(&there, v->record->store, sql, 0, NULL));
    Result result = store_select(&made, v->made.store, sql, 0, NULL);
    if (!result.kind)
        result = compare_schemas(v, there, made);
    store_done(there);
    store_done(made);
    return result;
}

/* ---- rows ---- */

static size_t column_of(const Table *t, Str name) {
    size_t i = 0;
    while (i + 1 < t->column_count && !str_is(name, t->columns[i].name))
        i++;
    return i;
}

/* Visits the columns of a table's key in their order. */
static bool next_key_column(const char **p, const Table *t, size_t *column) {
    if (!**p)
        return false;
    const char *end = strchrnul(*p, ',');
    *column = column_of(t, str_trim((Str){*p, (size_t)(end - *p)}));
    *p = *end ? end + 1 : end;
    return true;
}

static int compare_keys(const Table *t, const StoreValue *a, const StoreValue *b) {
    size_t i;
    int order = 0;
    for (const char *p = t->key; !order && next_key_column(&p, t, &i);)
        order = compare_values(&a[i], &b[i]);
    return order;
}

static const char *key_text(Arena *a, const Table *t, const StoreValue *row) {
    Sink s = sink_memory(a);
    size_t i;
    for (const char *p = t->key; next_key_column(&p, t, &i);) {
        sink_format(&s, "%s%s=", s.count ? " " : "", t->columns[i].name);
        if (row[i].type == STORE_INT)
            sink_format(&s, "%lld", (long long)row[i].number);
        else
            sink_write(&s, row[i].bytes ? row[i].bytes : "", row[i].count);
    }
    return text_printable(a, s.bytes, s.count);
}

/* Rows of contents have no bytes where they were made again: those were compared by their hash. */
static size_t compared_columns(TableId id) {
    return id == TABLE_content ? 1 : table_of(id)->column_count;
}

static void compare_rows(Verifying *v, TableId id, const StoreValue *there,
                         const StoreValue *made) {
    const Table *t = table_of(id);
    Arena *a = v->record->arena;
    int order = !there ? 1 : !made ? -1 : compare_keys(t, there, made);
    if (order < 0) {
        broken_row(v, t, key_text(a, t, there), "没有哪一条记录说到这一行",
                   "no event says that there is this row");
        return;
    }
    if (order > 0) {
        broken_row(v, t, key_text(a, t, made), "这一行不见了", "this row is missing");
        return;
    }
    for (size_t i = 0; i < compared_columns(id); i++)
        if (!store_value_eq(&there[i], &made[i])) {
            broken_row(v, t, key_text(a, t, made), arena_printf(a, "%s 被改过", t->columns[i].name),
                       arena_printf(a, "%s was changed", t->columns[i].name));
            return;
        }
}

static Result compare_table(Verifying *v, TableId id) {
    StoreRows *there, *made = NULL;
    const StoreValue *row, *again;
    TRY(store_select(&there, v->record->store, v->made.select[id], 0, NULL));
    Result result = store_select(&made, v->made.store, v->made.select[id], 0, NULL);
    while (!result.kind && v->verdict->intact) {
        result = store_next(there, &row);
        if (!result.kind)
            result = store_next(made, &again);
        if (result.kind || (!row && !again))
            break;
        compare_rows(v, id, row, again);
        v->verdict->rows++;
    }
    store_done(there);
    store_done(made);
    return result;
}

/* An event whose hash is right and that can still not be applied was written by something else. */
static Result make_again(Verifying *v) {
    Arena *a = v->record->arena;
    int64_t events = 0;
    TRY(store_begin(v->made.store, true));
    Result result = replay(&v->made, v->record->store, a, &events);
    if (result.kind == ERR_FILE) {
        broken_event(v, events + 1, result.text.zh, result.text.en);
        return OK;
    }
    TRY(result);
    return store_commit(v->made.store);
}

static Result verify(Verifying *v, const char *head) {
    TRY(check_schema(v));
    if (v->verdict->intact)
        TRY(check_chain(v, head));
    if (v->verdict->intact && head && !v->head_found)
        broken_event(v, v->verdict->head.seq + 1,
                     "检查单上印的那一条不在记录里：后面的记录被截掉了，或这不是那份记录",
                     "the event printed on the sheet is not in the record: its tail was cut off, "
                     "or this is another record");
    if (v->verdict->intact)
        TRY(check_contents(v));
    if (v->verdict->intact)
        TRY(make_again(v));
    for (TableId id = 0; id < TABLE_COUNT && v->verdict->intact; id++)
        if (id != TABLE_event)
            TRY(compare_table(v, id));
    return OK;
}

Result record_verify(RecordVerdict *out, Record *r, Arena *a, const char *head) {
    Store *memory;
    *out = (RecordVerdict){.intact = true};
    TRY(store_open(&memory, a, STORE_MEMORY, STORE_CREATE));
    Verifying v = {.record = r, .verdict = out, .made = tables_of(a, memory)};
    Result result = read_begin(r);
    if (!result.kind)
        result = verify(&v, head);
    read_end(r);
    store_close(memory);
    return result;
}
