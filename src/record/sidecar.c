#include "record/sidecar_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char *sidecar_folder(Arena *a, const char *artwork) {
    const char *slash = strrchr(artwork, '/');
    return arena_printf(a, "%.*s%s", slash ? (int)(slash - artwork + 1) : 0, artwork,
                        SIDECAR_FOLDER);
}

const char *sidecar_path(Arena *a, const char *artwork, const char *sha256, const char *ending) {
    enum { LONGEST = 180 }; /* bytes of a name, so that hash and ending fit into 255 */
    const char *slash = strrchr(artwork, '/'), *name = slash ? slash + 1 : artwork;
    size_t n = strlen(name);
    while (n > LONGEST || (n < strlen(name) && n > 0 && (name[n] & 0xc0) == 0x80))
        n--;
    return arena_printf(a, "%s/%.*s.%.8s%s", sidecar_folder(a, artwork), (int)n, name, sha256,
                        ending);
}

/* ---- what goes in ---- */

/* The rows of a version, by the events that made them, and what may say more of its waivers. */
#define SELECT_OF_VERSION                                                                          \
    "SELECT seq, at, actor, kind, job, body_json, prev, hash FROM event WHERE seq IN ("            \
    "SELECT seq FROM version WHERE job = ? AND item = ? AND n = ? UNION "                          \
    "SELECT MAX(seq) FROM run WHERE job = ? AND item = ? AND n = ? UNION "                         \
    "SELECT seq FROM answer WHERE job = ? AND item = ? AND n = ? UNION "                           \
    "SELECT seq FROM waiver WHERE job = ? AND item = ? AND n = ? UNION "                           \
    "SELECT seq FROM signature WHERE job = ? AND item = ? AND n = ? UNION "                        \
    "SELECT seq FROM attachment WHERE job = ? AND item = ? AND n = ?) OR (job = ? AND kind IN ("   \
    "'job.put', 'waiver.seconded', 'waiver.revoked', 'event.imported')) ORDER BY seq"
enum { VERSION_TABLES = 6 };

typedef struct Gathered {
    RecordEvent *events;
    size_t count, capacity;
    Contents contents;
    const char *report; /* hash; NULL: none */
} Gathered;

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

static Result gather(Gathered *g, Record *r, Arena *a, const SubjectKey *key,
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

static void write_head(Json *j, const RecordVersion *v) {
    const char *const texts[][2] = {{"schema", SIDECAR_SCHEMA},
                                    {"name", v->name},
                                    {"sha256", v->subject.sha256},
                                    {"job", v->subject.job},
                                    {"item", v->subject.item}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        json_key(j, texts[i][0]);
        json_str(j, texts[i][1]);
    }
    json_key(j, "version");
    json_int(j, v->number);
}

static Result write_sidecar(Sink *to, Record *r, Arena *a, const RecordVersion *v,
                            const Gathered *g) {
    Json json = json_to(to, 1), *j = &json;
    json_open(j, '{');
    write_head(j, v);
    json_key(j, "events");
    json_open(j, '[');
    for (size_t i = 0; i < g->count; i++)
        event_write(j, &g->events[i]);
    json_close(j);
    json_key(j, "contents");
    TRY(contents_write(j, r, &g->contents, g->report));
    if (g->report) {
        Str report;
        TRY(record_content(&report, r, a, g->report));
        json_key(j, "report_sha256");
        json_str(j, g->report);
        sink_str(to, ",\n \"report\":");
        sink_write(to, report.p, report.n);
        sink_str(to, "}\n"); /* right after it: what stands between is the report */
        return OK;
    }
    json_close(j);
    sink_char(to, '\n');
    return OK;
}

/* ---- onto the disk ---- */

static Result fail_write(Arena *a, const char *path) {
    return result_fail(a, ERR_OUTPUT, (Where){0}, "%s 写不进去：%s；记录本身不受影响",
                       "%s can not be written: %s; the record itself is not touched", path,
                       strerror(errno));
}

static bool write_all(int fd, Str bytes) {
    while (bytes.n) {
        ssize_t n = write(fd, bytes.p, bytes.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        bytes.p += n;
        bytes.n -= (size_t)n;
    }
    return true;
}

/* The name has to be on the disk as well as the bytes. */
static bool sync_folder(const char *folder) {
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    bool fine = fd >= 0 && (fsync(fd) == 0 || errno == EINVAL);
    if (fd >= 0)
        close(fd);
    return fine;
}

static Result replace_file(Arena *a, const char *folder, const char *path, Str bytes) {
    if (mkdir(folder, 0777) != 0 && errno != EEXIST)
        return fail_write(a, folder);
    char *beside = arena_printf(a, "%s/.chupin-XXXXXX", folder);
    int fd = mkostemp(beside, O_CLOEXEC);
    if (fd < 0)
        return fail_write(a, folder);
    mode_t mask = umask(0);
    umask(mask);
    bool fine = fchmod(fd, 0666 & ~mask) == 0 && write_all(fd, bytes) && fsync(fd) == 0;
    fine = close(fd) == 0 && fine;
    if (fine && rename(beside, path) == 0 && sync_folder(folder))
        return OK;
    Result result = fail_write(a, path);
    unlink(beside);
    return result;
}

/* ---- what is there already ---- */

static Result knows(bool *known, Record *r, const RecordEvent *e) {
    const StoreValue *row;
    TRY(store_one(&row, r->scratch, r->store,
                  "SELECT 1 FROM event WHERE job = ? AND kind = ? AND at = ? AND actor = ? AND "
                  "body_json = ?",
                  1, 5,
                  (StoreValue[]){store_text(e->job), store_text(e->kind), store_text(e->at),
                                 store_text(e->actor), store_text(e->body_json)}));
    *known = row;
    return OK;
}

static bool of_people(const RecordEvent *e) {
    return !event_is(e, EVENT_job_put) && !event_is(e, EVENT_version_added) &&
           !event_is(e, EVENT_run_added);
}

static bool gathered(const Gathered *g, const RecordEvent *e) {
    for (size_t i = 0; i < g->count; i++)
        if (streq(g->events[i].kind, e->kind) && streq(g->events[i].at, e->at) &&
            streq(g->events[i].body_json, e->body_json))
            return true;
    return false;
}

/* A sidecar may hold what people said and this record never heard, as when the record was lost and
 * begun again: that is not written over. */
static Result may_replace(Record *r, Arena *a, const char *path, const RecordVersion *v,
                          const Gathered *g) {
    SidecarFile there;
    if (access(path, F_OK) != 0)
        return OK;
    Result result = sidecar_read(&there, a, path);
    if (result.kind || !streq(there.subject.sha256, v->subject.sha256))
        return result_fail(a, ERR_OUTPUT, (Where){0},
                           "%s 不是这份稿件的记录，没有覆盖它；请移走或改名后再做一次",
                           "%s is not the record of this artwork and was left alone; move it away "
                           "and do it again",
                           path);
    for (size_t i = 0; i < there.count; i++) {
        bool known = !of_people(&there.events[i]) || gathered(g, &there.events[i]);
        if (!known)
            TRY(knows(&known, r, &there.events[i]));
        if (!known)
            return result_fail(a, ERR_OUTPUT, (Where){0},
                               "%s 里有记录不知道的签字或打勾，没有覆盖它；先用 chupin job rebuild "
                               "从 检查结果/ 重建记录",
                               "%s holds answers or signatures that the record does not know and "
                               "was left alone; make the record anew with chupin job rebuild",
                               path);
    }
    return OK;
}

Result sidecar_write(Record *r, Arena *a, const char *artwork, const RecordSubject *subject,
                     const char **path) {
    SubjectKey key;
    const RecordVersion *version;
    Gathered g = {0};
    Sink sink = sink_memory(a);
    const char *to = sidecar_path(a, artwork, subject->sha256, SIDECAR_ENDING);
    TRY(subject_known(&key, r, a, subject));
    TRY(record_find_version(&version, r, a, subject));
    TRY(gather(&g, r, a, &key, subject));
    TRY(may_replace(r, a, to, version, &g));
    TRY(write_sidecar(&sink, r, a, version, &g));
    TRY(replace_file(a, sidecar_folder(a, artwork), to, sink_text(&sink)));
    if (path)
        *path = to;
    return OK;
}
