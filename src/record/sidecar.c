#include "record/sidecar_file.h"
#include "check/hot_folder.h"
#include "record/whole_file.h"

#include <string.h>
#include <unistd.h>

const char *sidecar_folder(Arena *a, const char *artwork) {
    const char *hot = hot_folder_path(a, artwork, HOT_RESULTS);
    const char *slash = strrchr(hot ? hot : artwork, '/');
    if (hot)
        return arena_copy(a, hot, (size_t)(slash - hot));
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

static bool same_event(const RecordEvent *x, const RecordEvent *y) {
    return streq(x->kind, y->kind) && streq(x->at, y->at) && streq(x->actor, y->actor) &&
           streq(x->body_json, y->body_json);
}

static bool gathered(const Gathered *g, const RecordEvent *e) {
    for (size_t i = 0; i < g->count; i++)
        if (same_event(&g->events[i], e))
            return true;
    return false;
}

/* What was said before it was said otherwise is in no row any more, but among the events. */
static Result knows(bool *known, Record *r, Arena *a, const RecordEvent *e) {
    const RecordEvent *events;
    size_t count;
    TRY(record_events(&events, &count, r, a, e->job));
    *known = false;
    for (size_t i = 0; i < count && !*known; i++) {
        RecordEvent original = event_original(a, &events[i]);
        *known = same_event(&original, e);
    }
    return OK;
}

static bool of_people(const RecordEvent *e) {
    return !event_is(e, EVENT_job_put) && !event_is(e, EVENT_version_added) &&
           !event_is(e, EVENT_run_added);
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
            TRY(knows(&known, r, a, &there.events[i]));
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
    TRY(sidecar_gather(&g, r, a, &key, subject));
    TRY(may_replace(r, a, to, version, &g));
    TRY(write_sidecar(&sink, r, a, version, &g));
    TRY(whole_file(a, sidecar_folder(a, artwork), to, sink_text(&sink)));
    if (path)
        *path = to;
    return OK;
}
