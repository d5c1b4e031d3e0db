/* What a record knows of one version, out of its events. */
#include "record/sidecar_file.h"

/* The rows of a version, by the events that made them, and what may say more of its waivers. */
#define SELECT_OF_VERSION                                                                          \
    "SELECT seq, at, actor, kind, job, body_json, prev, hash FROM event WHERE seq IN ("            \
    "SELECT seq FROM version WHERE job = ? AND item = ? AND n = ? UNION "                          \
    "SELECT MAX(seq) FROM run WHERE job = ? AND item = ? AND n = ? UNION "                         \
    "SELECT seq FROM answer WHERE job = ? AND item = ? AND n = ? UNION "                           \
    "SELECT seq FROM waiver WHERE job = ? AND item = ? AND n = ? UNION "                           \
    "SELECT seq FROM signature WHERE job = ? AND item = ? AND n = ? UNION "                        \
    "SELECT seq FROM attachment WHERE job = ? AND item = ? AND n = ? UNION "                       \
    "SELECT seq FROM comparison WHERE job = ? AND item = ? AND n = ?) OR (job = ? AND kind IN ("   \
    "'job.put', 'waiver.seconded', 'waiver.revoked', 'event.imported')) ORDER BY seq"
enum { VERSION_TABLES = 7 };

static bool says(const RecordEvent *e, const char *key, const char *value) {
    json_t *body = json_loads(e->body_json, 0, NULL);
    bool same = streq(body_read_text(body, key), value);
    json_decref(body);
    return same;
}

static bool same_waiver(const RecordEvent *given, const RecordEvent *e) {
    json_t *body = json_loads(e->body_json, 0, NULL);
    bool same = says(given, "waiver", body_read_text(body, "waiver"));
    json_decref(body);
    return same;
}

/* Of the kinds that the statement takes for a whole job, those that are about this version. */
static bool belongs(const Gathered *g, const RecordEvent *e, const RecordSubject *subject) {
    if (event_is(e, EVENT_job_put))
        return true;
    if (!event_is(e, EVENT_waiver_seconded) && !event_is(e, EVENT_waiver_revoked))
        return says(e, "sha256", subject->sha256);
    for (size_t i = 0; i < g->count; i++)
        if (event_is(&g->events[i], EVENT_waiver_given) && same_waiver(&g->events[i], e))
            return true;
    return false;
}

static void keep(Gathered *g, Arena *a, const StoreValue *row, const RecordSubject *subject) {
    const StoreValue *copy = store_row_copy(a, row, table_of(TABLE_event)->column_count);
    RecordEvent e = event_of_row(copy);
    e = event_original(a, &e);
    if (!belongs(g, &e, subject))
        return;
    contents_note(&g->contents, a, &e);
    e.seq = 0;
    e.prev = e.hash = NULL;
    *ARENA_PUSH(a, g->events, g->count, g->capacity) = e;
}

Result sidecar_gather(Gathered *g, Record *r, Arena *a, const SubjectKey *key,
                      const RecordSubject *subject) {
    StoreValue values[3 * VERSION_TABLES + 1];
    for (size_t i = 0; i < VERSION_TABLES; i++) {
        values[3 * i] = store_text(key->job);
        values[3 * i + 1] = store_text(key->item);
        values[3 * i + 2] = store_int(key->n);
    }
    values[3 * VERSION_TABLES] = store_text(key->job);
    StoreRows *rows;
    const StoreValue *row;
    Result result;
    TRY(store_select(&rows, r->store, SELECT_OF_VERSION, sizeof values / sizeof *values, values));
    while (!(result = store_next(rows, &row)).kind && row)
        keep(g, a, row, subject);
    store_done(rows);
    TRY(result);
    const StoreValue *report;
    TRY(store_one(&report, a, r->store,
                  "SELECT report FROM run WHERE job = ? AND item = ? AND n = ? "
                  "ORDER BY seq DESC LIMIT 1",
                  1, 3, values));
    g->report = report ? report[0].bytes : NULL;
    return OK;
}
