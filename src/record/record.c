#include "record/inside.h"

#include <string.h>

Result result_usage(const Record *r, const char *zh, const char *en) {
    (void)r;
    return (Result){.kind = ERR_USAGE, .text = {zh, en}};
}

static Result check_stamp(const Record *r, const RecordStamp *stamp) {
    if (stamp && stamp->at && *stamp->at && stamp->by && *stamp->by)
        return OK;
    return result_usage(r, "没有写是谁；用 --by 写上姓名", "nobody's name is given; add --by NAME");
}

Result write_begin(Record *r, const RecordStamp *stamp) {
    TRY(check_stamp(r, stamp));
    if (r->mode == RECORD_READ)
        return result_usage(r, "记录只是为了看而打开的", "the record was opened for reading only");
    r->touched = false;
    return r->group ? OK : store_begin(r->store, true);
}

static void forget(Record *r) {
    arena_free(r->scratch);
    r->scratch = arena_new();
}

Result write_end(Record *r, Result so_far) {
    if (r->group) {
        r->broken = r->broken || (so_far.kind && r->touched);
        return so_far;
    }
    if (!so_far.kind)
        so_far = store_commit(r->store);
    if (so_far.kind)
        store_rollback(r->store);
    forget(r);
    return so_far;
}

Result read_begin(Record *r) {
    if (r->group)
        return OK;
    TRY(store_begin(r->store, false));
    r->reading = true;
    return OK;
}

void read_end(Record *r) {
    if (r->reading)
        store_rollback(r->store);
    r->reading = false;
}

Result record_begin(Record *r) {
    if (r->mode == RECORD_READ)
        return result_usage(r, "记录只是为了看而打开的", "the record was opened for reading only");
    TRY(store_begin(r->store, true));
    r->group = true;
    r->broken = false;
    return OK;
}

void record_rollback(Record *r) {
    if (r->group)
        store_rollback(r->store);
    r->group = false;
    forget(r);
}

Result record_commit(Record *r) {
    if (r->broken) {
        record_rollback(r);
        return result_usage(r, "前面有一步没有写成，这一组都没有记下；请重做",
                            "an earlier step failed, so nothing of this group was recorded; do it "
                            "again");
    }
    Result result = store_commit(r->store);
    if (result.kind)
        store_rollback(r->store);
    r->group = false;
    forget(r);
    return result;
}

Result record_head(RecordHead *out, Record *r) {
    const StoreValue *row;
    StoreRows *rows;
    TRY(store_select(&rows, r->store, "SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1", 0,
                     NULL));
    Result result = store_next(rows, &row);
    out->seq = !result.kind && row ? row[0].number : 0;
    snprintf(out->hash, sizeof out->hash, "%s",
             !result.kind && row && row[1].bytes ? row[1].bytes : event_no_prev);
    store_done(rows);
    return result;
}

Result record_take_event(Record *r, const RecordEvent *e) {
    r->touched = true;
    TRY(TABLE_PUT(&r->tables, event, store_int(e->seq), store_text(e->at), store_text(e->actor),
                  store_text(e->kind), store_text(e->job), store_text(e->body_json),
                  store_text(e->prev), store_text(e->hash)));
    return event_apply(&(Applier){&r->tables, r->store, r->arena}, e);
}

Result record_append_event(Record *r, RecordEvent *e) {
    RecordHead head;
    char hash[SHA256_HEX];
    TRY(record_head(&head, r));
    e->seq = head.seq + 1;
    e->prev = head.hash;
    event_hash(e, hash);
    e->hash = hash;
    Result result = record_take_event(r, e);
    e->prev = e->hash = NULL; /* they end with this call */
    return result;
}

/* Text from outside that is not UTF-8 could not be read back. */
static const char *clean(Arena *a, const char *text) {
    size_t n = text ? strlen(text) : 0;
    return !n ? "" : text_valid(text, n) ? text : text_printable(a, text, n);
}

Result record_append(Record *r, const RecordStamp *stamp, EventKind kind, const char *job,
                     const char *body) {
    RecordEvent e = {.at = clean(r->scratch, stamp->at),
                     .actor = clean(r->scratch, stamp->by),
                     .kind = event_kind_word(kind),
                     .job = clean(r->scratch, job),
                     .body_json = body};
    return record_append_event(r, &e);
}

Result record_put_content(Record *r, Str bytes, char sha256[SHA256_HEX]) {
    sha256_of(bytes.p, bytes.n, sha256);
    r->touched = true;
    return store_exec(r->store,
                      "INSERT INTO content (sha256, bytes) VALUES (?, ?) ON CONFLICT DO NOTHING", 2,
                      (StoreValue[]){store_text(sha256), store_blob(bytes.p, bytes.n)});
}

Result record_content(Str *out, Record *r, Arena *a, const char *sha256) {
    const StoreValue *row;
    StoreValue key = store_text(sha256);
    TRY(store_one(&row, a, r->store, "SELECT bytes FROM content WHERE sha256 = ?", 1, 1, &key));
    if (!row)
        return result_fail(r->arena, ERR_FILE, (Where){0}, "记录里没有内容 %s",
                           "the record holds no content %s", sha256);
    *out = (Str){row[0].count ? row[0].bytes : "", row[0].count};
    return OK;
}

const char *row_text(Arena *a, const StoreValue *v) {
    return v->type == STORE_TEXT && v->bytes ? arena_copy(a, v->bytes, v->count) : "";
}

Result read_rows(RowReader *list, Record *r, Arena *a, const char *sql, size_t count,
                 const StoreValue *values) {
    StoreRows *rows;
    TRY(store_select(&rows, r->store, sql, count, values));
    size_t capacity = 0;
    const StoreValue *row;
    Result result;
    list->count = 0;
    list->items = NULL;
    while (!(result = store_next(rows, &row)).kind && row) {
        if (list->count == capacity) {
            size_t more = capacity ? 2 * capacity : 8;
            list->items =
                arena_grow(a, list->items, capacity * list->item_size, more * list->item_size);
            capacity = more;
        }
        list->make((char *)list->items + list->count++ * list->item_size, a, row);
    }
    store_done(rows);
    return result;
}

static void make_event(void *item, Arena *a, const StoreValue *row) {
    RecordEvent *e = item;
    const StoreValue *copy = store_row_copy(a, row, table_of(TABLE_event)->column_count);
    *e = event_of_row(copy);
    e->told = event_told(a, e);
}

Result record_events(const RecordEvent **out, size_t *count, Record *r, Arena *a, const char *job) {
    RowReader list = {.item_size = sizeof(RecordEvent), .make = make_event};
    StoreValue key = store_text(job);
    TRY(read_rows(&list, r, a,
                  job ? "SELECT seq, at, actor, kind, job, body_json, prev, hash FROM event "
                        "WHERE job = ? ORDER BY seq"
                      : r->tables.select[TABLE_event],
                  job ? 1 : 0, &key));
    *out = list.items;
    *count = list.count;
    return OK;
}
