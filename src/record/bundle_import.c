#include "record/bundle.h"
#include "record/contents.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

typedef struct Bundle {
    Arena *arena;
    const char *path;
    bool whole;
    RecordEvent *events;
    size_t count;
    Contents contents;
} Bundle;

static Result fail(const Bundle *b, const char *zh, const char *en) {
    return (Result){.kind = ERR_FILE,
                    .text = {arena_printf(b->arena, "%s：%s；没有导入", b->path, zh),
                             arena_printf(b->arena, "%s: %s; nothing was taken in", b->path, en)}};
}

/* ---- reading, and computing every hash ---- */

static Result check_chain(const Bundle *b, const json_t *root) {
    char hash[SHA256_HEX];
    const char *prev = event_no_prev;
    for (size_t i = 0; i < b->count; i++) {
        const RecordEvent *e = &b->events[i];
        event_hash(e, hash);
        if (!streq(hash, e->hash))
            return fail(
                b, arena_printf(b->arena, "第 %lld 条记录与它的指纹不符", (long long)e->seq),
                arena_printf(b->arena, "event %lld does not match its hash", (long long)e->seq));
        if (b->whole && (e->seq != (int64_t)i + 1 || !streq(e->prev, prev)))
            return fail(b, "记录链断了", "the chain of events is broken");
        prev = e->hash;
    }
    const json_t *head = json_object_get(root, "head");
    if (b->whole && !streq(body_read_text(head, "hash"), prev))
        return fail(b, "最后几条记录不见了", "the last events are missing");
    return OK;
}

static Result take_json(Bundle *b, const json_t *root) {
    const json_t *events = json_object_get(root, "events");
    if (!streq(body_read_text(root, "schema"), BUNDLE_SCHEMA) || !json_is_array(events))
        return fail(b, "不是 chupin job export 导出的文件", "it is no file of chupin job export");
    b->whole = json_is_true(json_object_get(root, "whole"));
    b->count = json_array_size(events);
    b->events = ARENA_ARRAY(b->arena, RecordEvent, b->count + 1);
    for (size_t i = 0; i < b->count; i++)
        b->events[i] = event_of_json(b->arena, json_array_get(events, i));
    TRY(check_chain(b, root));
    return contents_read(&b->contents, b->arena, json_object_get(root, "contents"), b->path);
}

static Result read_bundle(Bundle *b) {
    if (access(b->path, R_OK) != 0)
        return fail(b, strerror(errno), strerror(errno));
    json_error_t error;
    json_t *root = json_load_file(b->path, 0, &error);
    if (!root)
        return fail(b, "不是 JSON", "it is not JSON");
    Result result = take_json(b, root);
    json_decref(root);
    return result;
}

/* ---- taking in ---- */

static Result known_hash(bool *known, Record *r, const char *hash) {
    const StoreValue *row;
    StoreValue key[] = {store_text(hash), store_text(hash)};
    TRY(store_one(&row, r->scratch, r->store,
                  "SELECT seq FROM event WHERE hash = ? UNION SELECT seq FROM imported "
                  "WHERE hash = ?",
                  1, 2, key));
    *known = row;
    return OK;
}

/* Whether the bundle begins with all that the record holds, or holds no more than it does. */
static Result follows(bool *same_chain, Record *r, const Bundle *b) {
    RecordHead head;
    TRY(record_head(&head, r));
    size_t at = (size_t)head.seq;
    *same_chain = b->whole && b->count;
    if (!*same_chain)
        return OK;
    if (at <= b->count) {
        *same_chain = at == 0 || streq(b->events[at - 1].hash, head.hash);
        return OK;
    }
    const StoreValue *row;
    StoreValue key[] = {store_int((int64_t)b->count), store_text(b->events[b->count - 1].hash)};
    TRY(store_one(&row, r->scratch, r->store, "SELECT seq FROM event WHERE seq = ? AND hash = ?", 1,
                  2, key));
    *same_chain = row;
    return OK;
}

static Result take_chain(RecordImport *out, Record *r, const Bundle *b) {
    RecordHead head;
    TRY(record_head(&head, r));
    for (size_t i = 0; i < b->count; i++) {
        if ((int64_t)i < head.seq) {
            out->known++;
            continue;
        }
        TRY(contents_put(&b->contents, r, &b->events[i]));
        TRY(record_take_event(r, &b->events[i]));
        out->events++;
    }
    return OK;
}

static const char *wrap(Arena *a, const RecordEvent *e) {
    Sink s = sink_memory(a);
    Json j = json_to(&s, 0);
    event_write(&j, e);
    sink_char(&s, '\0');
    return s.bytes;
}

/* What a record says of itself is not the business of another. */
static bool of_the_record(const RecordEvent *e) {
    return event_is(e, EVENT_record_made) || event_is(e, EVENT_record_migrated);
}

static Result take_each(RecordImport *out, Record *r, const RecordStamp *stamp, const Bundle *b) {
    for (size_t i = 0; i < b->count; i++) {
        RecordEvent e = event_original(b->arena, &b->events[i]);
        bool known;
        if (of_the_record(&e))
            continue;
        TRY(known_hash(&known, r, e.hash));
        if (known) {
            out->known++;
            continue;
        }
        TRY(contents_put(&b->contents, r, &e));
        TRY(record_append(r, stamp, EVENT_event_imported, e.job, wrap(r->scratch, &e)));
        out->events++;
    }
    return OK;
}

static Result take(RecordImport *out, Record *r, const RecordStamp *stamp, const Bundle *b) {
    bool any;
    TRY(store_has_table(r->store, NULL, &any));
    if (!any)
        TRY(b->whole ? record_make_tables(r) : record_make(r, stamp, ""));
    TRY(follows(&out->same_chain, r, b));
    return out->same_chain ? take_chain(out, r, b) : take_each(out, r, stamp, b);
}

Result record_import(RecordImport *out, Arena *a, const char *place, const RecordStamp *stamp,
                     const char *path) {
    *out = (RecordImport){0};
    Bundle bundle = {.arena = a, .path = path};
    TRY(read_bundle(&bundle));
    Record *r;
    TRY(record_open_as(&r, a, place, RECORD_CREATE, stamp, NULL));
    Result result = write_begin(r, stamp);
    if (!result.kind)
        result = write_end(r, take(out, r, stamp, &bundle));
    record_close(r);
    return result;
}
