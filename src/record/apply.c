/* What the record is about: itself, jobs, versions, events of other records. */
#include "record/apply.h"

#include <string.h>

StoreValue apply_text(const json_t *body, const char *key) {
    return store_text(body_read_text(body, key));
}

StoreValue apply_int(const json_t *body, const char *key) {
    return store_int(body_read_int(body, key));
}

Result apply_fail(const Applier *p, const RecordEvent *e, const char *zh, const char *en) {
    long long seq = (long long)e->seq;
    return (Result){
        .kind = ERR_FILE,
        .text = {arena_printf(p->arena, "记录第 %lld 条（%s）：%s", seq, e->kind, zh),
                 arena_printf(p->arena, "event %lld of the record (%s): %s", seq, e->kind, en)}};
}

Result apply_number(const Applier *p, const char *sql, size_t count, const StoreValue *values,
                    int64_t none, int64_t *out) {
    StoreRows *rows;
    TRY(store_select(&rows, p->to->store, sql, count, values));
    const StoreValue *row;
    Result result = store_next(rows, &row);
    *out = !result.kind && row ? row[0].number : none;
    store_done(rows);
    return result;
}

Result apply_version_of(const Applier *p, const RecordEvent *e, const json_t *body, int64_t *n) {
    TRY(apply_number(
        p, "SELECT n FROM version WHERE job = ? AND item = ? AND sha256 = ?", 3,
        (StoreValue[]){store_text(e->job), apply_text(body, "item"), apply_text(body, "sha256")}, 0,
        n));
    return *n ? OK : apply_fail(p, e, "没有这个版本", "there is no such version");
}

Result apply_record_made(const Applier *p, const RecordEvent *e, const json_t *body) {
    return TABLE_PUT(p->to, record, store_int(1), apply_text(body, "format"),
                     apply_int(body, "version"), apply_text(body, "origin"), store_text(e->at),
                     store_text(e->actor));
}

Result apply_record_migrated(const Applier *p, const RecordEvent *e, const json_t *body) {
    (void)e;
    StoreValue version = apply_int(body, "version");
    return store_exec(p->to->store, "UPDATE record SET version = ?", 1, &version);
}

Result apply_job_put(const Applier *p, const RecordEvent *e, const json_t *body) {
    return store_exec(p->to->store,
                      "INSERT INTO job (number, client, project, owner, sheet_name, sheet_sha256, "
                      "at) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (number) DO UPDATE SET "
                      "client = excluded.client, project = excluded.project, "
                      "owner = excluded.owner, sheet_name = excluded.sheet_name, "
                      "sheet_sha256 = excluded.sheet_sha256",
                      7,
                      (StoreValue[]){store_text(e->job), apply_text(body, "client"),
                                     apply_text(body, "project"), apply_text(body, "owner"),
                                     apply_text(body, "sheet_name"),
                                     apply_text(body, "sheet_sha256"), store_text(e->at)});
}

enum { MOST_VERSIONS = 1000000 }; /* of an item; no number a bundle makes up goes beyond */

/* The number that the version had where it was added, as far as it is free here. */
static Result version_number(const Applier *p, const RecordEvent *e, const json_t *body,
                             int64_t *n) {
    StoreValue values[] = {store_text(e->job), apply_text(body, "item"), apply_int(body, "n")};
    int64_t taken;
    TRY(apply_number(p, "SELECT n FROM version WHERE job = ? AND item = ? AND n = ?", 3, values, 0,
                     &taken));
    *n = values[2].number;
    if (!taken && *n > 0 && *n <= MOST_VERSIONS)
        return OK;
    TRY(apply_number(p, "SELECT n FROM version WHERE job = ? AND item = ? ORDER BY n DESC", 2,
                     values, 0, n));
    *n += 1;
    return OK;
}

Result apply_version_added(const Applier *p, const RecordEvent *e, const json_t *body) {
    int64_t n;
    TRY(apply_number(
        p, "SELECT n FROM version WHERE job = ? AND item = ? AND sha256 = ?", 3,
        (StoreValue[]){store_text(e->job), apply_text(body, "item"), apply_text(body, "sha256")}, 0,
        &n));
    if (n)
        return OK;
    TRY(version_number(p, e, body, &n));
    TRY(store_exec(p->to->store,
                   "INSERT INTO asset (sha256, bytes, format, at) VALUES (?, ?, ?, ?) "
                   "ON CONFLICT DO NOTHING",
                   4,
                   (StoreValue[]){apply_text(body, "sha256"), apply_int(body, "bytes"),
                                  apply_text(body, "format"), store_text(e->at)}));
    return TABLE_PUT(p->to, version, store_text(e->job), apply_text(body, "item"), store_int(n),
                     apply_text(body, "item_name"), apply_text(body, "sha256"),
                     apply_text(body, "name"), apply_text(body, "stage"), store_text(e->at),
                     store_text(e->actor), store_int(e->seq));
}

/* The original keeps its own words, time and hash; only its place in the chain is new. */
Result apply_event_imported(const Applier *p, const RecordEvent *e, const json_t *body) {
    RecordEvent original = {.seq = body_read_int(body, "seq"),
                            .at = body_read_text(body, "at"),
                            .actor = body_read_text(body, "actor"),
                            .kind = body_read_text(body, "kind"),
                            .job = body_read_text(body, "job"),
                            .body_json = body_read_text(body, "body"),
                            .prev = body_read_text(body, "prev"),
                            .hash = body_read_text(body, "hash")};
    char hash[SHA256_HEX];
    event_hash(&original, hash);
    if (!streq(hash, original.hash) || streq(original.kind, e->kind))
        return apply_fail(p, e, "取来的一条与它的指纹不符",
                          "the event that was taken over does not match its hash");
    TRY(TABLE_PUT(p->to, imported, store_text(original.hash), store_int(e->seq)));
    original.seq = e->seq;
    return event_apply(p, &original);
}
