/* Waivers: given, seconded, revoked. What they cover is matched by check/waive.h. */
#include "record/inside.h"

#include "check/job_sheet.h"

#include <string.h>

static void make_waiver(void *item, Arena *a, const StoreValue *row) {
    const char *until = row_text(a, &row[9]);
    RecordWaiver *w = item;
    *w = (RecordWaiver){.id = row_text(a, &row[0]),
                        .second_at = row_text(a, &row[13]),
                        .revoked_by = row_text(a, &row[14]),
                        .revoked_at = row_text(a, &row[15]),
                        .revoked_why = row_text(a, &row[16])};
    w->subject = (RecordSubject){row_text(a, &row[1]), row_text(a, &row[2]), row_text(a, &row[3])};
    w->waiver = (Waiver){.fingerprint = row_text(a, &row[4]),
                         .rule = row_text(a, &row[5]),
                         .why = row_text(a, &row[6]),
                         .by = row_text(a, &row[7]),
                         .at = row_text(a, &row[8]),
                         .until_date = *until ? until : NULL,
                         .until_version = (int)row[10].number,
                         .two_people = row[11].number != 0,
                         .second = row_text(a, &row[12])};
    /* What can not be read covers nothing: the finding stays open. */
    (void)waiver_take_places(&w->waiver, a, str_of(row_text(a, &row[17]))).kind;
}

#define SELECT_WAIVERS                                                                             \
    "SELECT w.id, w.job, v.item_name, v.sha256, w.fingerprint, w.rule, w.why, w.by, w.at, "        \
    "w.until_date, w.until_version, w.two_people, w.second, w.second_at, w.revoked_by, "           \
    "w.revoked_at, w.revoked_why, w.places FROM waiver w "                                         \
    "JOIN version v ON v.job = w.job AND v.item = w.item AND v.n = w.n "

/* Why somebody seconded it: only the event says so, since records were made before it was kept. */
static Result second_why(RecordWaiver *w, Record *r, Arena *a) {
    StoreRows *rows;
    const StoreValue *row;
    Result result;
    w->waiver.second_why = "";
    TRY(store_select(
        &rows, r->store,
        "SELECT seq, at, actor, kind, job, body_json, prev, hash FROM event "
        "WHERE job = ? AND body_json LIKE ? ORDER BY seq",
        2,
        (StoreValue[]){store_text(w->subject.job), store_text(arena_printf(a, "%%%s%%", w->id))}));
    while (!(result = store_next(rows, &row)).kind && row) {
        RecordEvent told = event_of_row(row);
        RecordEvent e = event_original(a, &told);
        if (!event_is(&e, EVENT_waiver_seconded))
            continue;
        json_t *body = json_loads(e.body_json, 0, NULL);
        if (streq(body_read_text(body, "waiver"), w->id))
            w->waiver.second_why = arena_strdup(a, body_read_text(body, "why"));
        json_decref(body);
    }
    store_done(rows);
    return result;
}

static Result waivers(RowReader *list, Record *r, Arena *a, const char *sql, size_t count,
                      const StoreValue *values) {
    *list = (RowReader){.item_size = sizeof(RecordWaiver), .make = make_waiver};
    TRY(read_rows(list, r, a, sql, count, values));
    RecordWaiver *items = list->items;
    for (size_t i = 0; i < list->count; i++)
        if (*items[i].waiver.second)
            TRY(second_why(&items[i], r, a));
    return OK;
}

Result record_waivers(const RecordWaiver **out, size_t *count, Record *r, Arena *a, const char *job,
                      const char *item, bool all) {
    RowReader list;
    StoreValue values[] = {store_text(job ? job : ""), store_int(all),
                           store_text(name_key(a, item ? item : ""))};
    if (item)
        TRY(waivers(&list, r, a,
                    SELECT_WAIVERS "WHERE w.job = ? AND (w.revoked_at = '' OR 1 = ?) "
                                   "AND w.item = ? ORDER BY w.seq",
                    3, values));
    else
        TRY(waivers(&list, r, a,
                    SELECT_WAIVERS "WHERE w.job = ? AND (w.revoked_at = '' OR 1 = ?) "
                                   "ORDER BY w.seq",
                    2, values));
    *out = list.items;
    *count = list.count;
    return OK;
}

static Result revoke(Record *r, const RecordStamp *stamp, const char *job, const char *id,
                     const char *why) {
    Body b = body_open(r->scratch);
    body_text(&b, "waiver", id);
    body_text(&b, "why", why);
    return record_append(r, stamp, EVENT_waiver_revoked, job, body_close(&b));
}

static bool same_person(Arena *a, const char *x, const char *y) {
    return streq(name_key(a, x), name_key(a, y));
}

static bool expired(const Waiver *w, const RecordStamp *stamp, int64_t version) {
    return (w->until_date && strncmp(w->until_date, stamp->at, strlen(w->until_date)) < 0) ||
           (w->until_version && w->until_version < version);
}

/* What to do about a waiver of the same finding that nobody revoked. `again` is set when a new one
 * may be given. */
static Result meet(Record *r, const RecordStamp *stamp, const SubjectKey *key,
                   const RecordWaiver *there, const char *why, bool *again) {
    *again = expired(&there->waiver, stamp, key->n);
    if (*again)
        return revoke(r, stamp, key->job, there->id, "renewed");
    if (!there->waiver.two_people || *there->waiver.second)
        return result_fail(r->arena, ERR_USAGE, (Where){0}, "%s 已经由 %s 豁免（%s）；要改先撤回",
                           "%s is waived already by %s (%s); revoke that first",
                           there->waiver.fingerprint, there->waiver.by, there->id);
    if (same_person(r->scratch, there->waiver.by, stamp->by))
        return result_fail(r->arena, ERR_USAGE, (Where){0},
                           "这条规则要两个人豁免；%s 已经签过，请另一位来签",
                           "this rule is waived by two people; %s has signed already, the second "
                           "one has to be somebody else",
                           stamp->by);
    Body b = body_open(r->scratch);
    body_text(&b, "waiver", there->id);
    body_text(&b, "why", why);
    body_text(&b, "role", stamp->role);
    return record_append(r, stamp, EVENT_waiver_seconded, key->job, body_close(&b));
}

enum { WAIVER_ID = 12 };

/* Never given twice: nothing in a record follows the same event twice. It is part of the event, so
 * that it stays when a record is made anew. */
static Result new_id(char id[SHA256_HEX], Record *r, const char *fingerprint) {
    RecordHead head;
    TRY(record_head(&head, r));
    Sha256 h;
    sha256_start(&h);
    sha256_add(&h, head.hash, strlen(head.hash));
    sha256_add(&h, fingerprint, strlen(fingerprint));
    sha256_end(&h, id);
    id[WAIVER_ID] = '\0';
    return OK;
}

static Result give(Record *r, const RecordStamp *stamp, const RecordWaiver *w,
                   const SubjectKey *key) {
    char id[SHA256_HEX];
    TRY(new_id(id, r, w->waiver.fingerprint));
    Body b = subject_body(r, &w->subject);
    body_text(&b, "waiver", id);
    Str covers = waiver_places(r->scratch, &w->waiver);
    body_text(&b, "fingerprint", w->waiver.fingerprint);
    body_text(&b, "rule", w->waiver.rule);
    body_text(&b, "covers", arena_copy(r->scratch, covers.p, covers.n));
    body_text(&b, "why", w->waiver.why);
    body_text(&b, "role", stamp->role);
    body_text(&b, "until_date", w->waiver.until_date);
    if (w->waiver.until_version)
        body_int(&b, "until_version", w->waiver.until_version);
    if (w->waiver.two_people)
        body_int(&b, "two_people", 1);
    return record_append(r, stamp, EVENT_waiver_given, key->job, body_close(&b));
}

static Result waive(Record *r, const RecordStamp *stamp, const RecordWaiver *w) {
    SubjectKey key;
    RowReader there;
    TRY(subject_known(&key, r, r->scratch, &w->subject));
    TRY(waivers(&there, r, r->scratch,
                SELECT_WAIVERS "WHERE w.job = ? AND w.item = ? AND w.fingerprint = ? "
                               "AND w.revoked_at = '' ORDER BY w.seq",
                3,
                (StoreValue[]){store_text(key.job), store_text(key.item),
                               store_text(w->waiver.fingerprint)}));
    bool again = true;
    for (size_t i = 0; i < there.count && again; i++)
        TRY(meet(r, stamp, &key, (const RecordWaiver *)there.items + i, w->waiver.why, &again));
    return again ? give(r, stamp, w, &key) : OK;
}

Result record_waive(Record *r, const RecordStamp *stamp, const RecordWaiver *waiver) {
    if (!waiver->waiver.why || !*waiver->waiver.why)
        return result_usage(r, "豁免要写理由：--why", "a waiver needs a reason: --why");
    TRY(write_begin(r, stamp));
    return write_end(r, waive(r, stamp, waiver));
}

static Result revoke_typed(Record *r, const RecordStamp *stamp, const char *job, const char *typed,
                           const char *why) {
    RowReader list;
    TRY(waivers(&list, r, r->scratch,
                SELECT_WAIVERS "WHERE w.job = ? AND w.revoked_at = '' "
                               "AND (w.id = ? OR w.fingerprint = ?) ORDER BY w.seq",
                3, (StoreValue[]){store_text(job), store_text(typed), store_text(typed)}));
    if (!list.count)
        return result_fail(r->arena, ERR_USAGE, (Where){0},
                           "没有可撤回的豁免 %s；chupin job show 列出豁免",
                           "no waiver %s stands; chupin job show lists them", typed);
    for (size_t i = 0; i < list.count; i++)
        TRY(revoke(r, stamp, job, ((const RecordWaiver *)list.items)[i].id, why));
    return OK;
}

Result record_revoke(Record *r, const RecordStamp *stamp, const char *job, const char *typed,
                     const char *why) {
    TRY(write_begin(r, stamp));
    return write_end(r, revoke_typed(r, stamp, job ? job : "", typed, why));
}
