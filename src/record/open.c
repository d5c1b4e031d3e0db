/* Opening: is it a record, is it one of ours, has it the form of this chupin? */
#include "record/inside.h"
#include "record/replay.h"

static Result fail_not_a_record(const Record *r) {
    return result_fail(
        r->arena, ERR_FILE, (Where){0}, "%s 不是出品记录；核对路径，或用 --record 另指一处",
        "%s is not a record; check the path, or name another one with --record", r->place);
}

static Result fail_version(const Record *r, int64_t version) {
    if (version > RECORD_VERSION)
        return result_fail(r->arena, ERR_FILE, (Where){0},
                           "记录 %s 是更新的 chupin 建的（格式 %lld，这里认得 %d）；升级 chupin "
                           "再打开，什么也没有动",
                           "the record %s is from a newer version of chupin (format %lld, this one "
                           "knows %d); upgrade chupin, nothing was touched",
                           r->place, (long long)version, RECORD_VERSION);
    return result_fail(r->arena, ERR_FILE, (Where){0},
                       "记录 %s 是旧格式（%lld）；由有写权限的人打开一次就会更新到 %d",
                       "the record %s has the old format %lld; once somebody who may write opens "
                       "it, it is brought to %d",
                       r->place, (long long)version, RECORD_VERSION);
}

static Result stored_version(Record *r, int64_t *version) {
    bool has = false;
    TRY(store_has_table(r->store, "event", &has));
    if (has)
        TRY(store_has_table(r->store, "record", &has));
    if (!has)
        return fail_not_a_record(r);
    const StoreValue *row;
    TRY(store_one(&row, r->arena, r->store, "SELECT version FROM record", 1, 0, NULL));
    if (!row)
        return fail_not_a_record(r);
    *version = row[0].number;
    return OK;
}

/* The version that the events tell: 0 when none does. */
static Result told_version(Record *r, int64_t *version) {
    const StoreValue *row;
    TRY(store_one(
        &row, r->arena, r->store,
        "SELECT body_json FROM event WHERE kind = ? OR kind = ? ORDER BY seq DESC LIMIT 1", 1, 2,
        (StoreValue[]){store_text(event_kind_word(EVENT_record_made)),
                       store_text(event_kind_word(EVENT_record_migrated))}));
    json_t *body = row && row[0].type == STORE_TEXT ? json_loads(row[0].bytes, 0, NULL) : NULL;
    *version = body_read_int(body, "version");
    json_decref(body);
    return OK;
}

/* What was taken out of a record or altered in it is for record_verify to name. Only what is no
 * record at all is refused, and one of another form whose events tell the same. */
static Result open_to_verify(Record *r) {
    bool chain = false, own = false;
    int64_t stored, told;
    TRY(store_has_table(r->store, "event", &chain));
    TRY(store_has_table(r->store, "record", &own));
    if (!chain && !own)
        return fail_not_a_record(r);
    if (stored_version(r, &stored).kind || told_version(r, &told).kind)
        return OK;
    return stored == told && stored != RECORD_VERSION ? fail_version(r, stored) : OK;
}

Result record_make_tables(Record *r) {
    TRY(tables_make(r->store, r->arena, true));
    return store_protect(r->store, "event");
}

Result record_make(Record *r, const RecordStamp *stamp, const char *origin) {
    TRY(record_make_tables(r));
    Body b = body_open(r->scratch);
    body_text(&b, "format", RECORD_FORMAT);
    body_int(&b, "version", RECORD_VERSION);
    body_text(&b, "origin", origin);
    return record_append(r, stamp, EVENT_record_made, "", body_close(&b));
}

/* Inside a transaction, so that two who make it at once make one. */
static Result make_if_empty(Record *r, const RecordStamp *stamp, const char *origin) {
    bool any = true;
    TRY(store_has_table(r->store, NULL, &any));
    if (any)
        return OK;
    TRY(write_begin(r, stamp));
    Result result = store_has_table(r->store, NULL, &any);
    if (!result.kind && !any)
        result = record_make(r, stamp, origin);
    return write_end(r, result);
}

/* Every projection is made again from the events, whatever form it had. */
static Result migrate(Record *r, const RecordStamp *stamp) {
    TRY(tables_drop_projections(r->store, r->arena));
    TRY(tables_make(r->store, r->arena, false));
    int64_t events;
    TRY(replay(&r->tables, r->store, r->arena, &events));
    Body b = body_open(r->scratch);
    body_int(&b, "version", RECORD_VERSION);
    return record_append(r, stamp, EVENT_record_migrated, "", body_close(&b));
}

static Result bring_to_date(Record *r, const RecordStamp *stamp) {
    int64_t version;
    TRY(stored_version(r, &version));
    if (version == RECORD_VERSION)
        return OK;
    if (version > RECORD_VERSION || r->mode == RECORD_READ)
        return fail_version(r, version);
    TRY(write_begin(r, stamp));
    Result result = stored_version(r, &version);
    if (!result.kind && version < RECORD_VERSION)
        result = migrate(r, stamp);
    return write_end(r, result);
}

Result record_open_as(Record **out, Arena *a, const char *place, RecordMode mode,
                      const RecordStamp *stamp, const char *origin) {
    static const StoreMode modes[] = {[RECORD_READ] = STORE_READ,
                                      [RECORD_VERIFY] = STORE_READ,
                                      [RECORD_WRITE] = STORE_WRITE,
                                      [RECORD_CREATE] = STORE_CREATE};
    bool verifies = mode == RECORD_VERIFY;
    Record *r = ARENA_NEW(a, Record);
    *r = (Record){
        .arena = a, .place = arena_strdup(a, place), .mode = verifies ? RECORD_READ : mode};
    TRY(store_open(&r->store, a, place, modes[mode]));
    r->scratch = arena_new();
    r->tables = tables_of(a, r->store);
    bool any = true;
    Result result = mode == RECORD_CREATE && origin ? make_if_empty(r, stamp, origin) : OK;
    if (!result.kind && !origin)
        result = store_has_table(r->store, NULL, &any);
    if (!result.kind && any)
        result = verifies ? open_to_verify(r) : bring_to_date(r, stamp);
    if (result.kind)
        record_close(r);
    else
        *out = r;
    return result;
}

Result record_open(Record **out, Arena *a, const char *place, RecordMode mode,
                   const RecordStamp *stamp) {
    return record_open_as(out, a, place, mode, stamp, "");
}

void record_close(Record *r) {
    if (!r)
        return;
    record_rollback(r);
    store_close(r->store);
    arena_free(r->scratch);
    r->scratch = NULL;
}
