/* Records out of sidecars: a whole one that was lost, or one in memory for a folder that has none.
 */
#include "record/sidecar_file.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEEPEST = 16 }; /* folders below the one that was named */

typedef struct Found {
    SidecarFile *items;
    size_t count, capacity;
    Text *troubles;
    size_t trouble_count, trouble_capacity;
} Found;

/* ---- finding ---- */

static bool ends_with(const char *name, const char *ending) {
    size_t n = strlen(name), m = strlen(ending);
    return n > m && streq(name + n - m, ending);
}

static void take_file(Found *found, Arena *a, const char *path) {
    SidecarFile file;
    Result result = sidecar_read(&file, a, path);
    if (result.kind)
        *ARENA_PUSH(a, found->troubles, found->trouble_count, found->trouble_capacity) =
            result.text;
    else
        *ARENA_PUSH(a, found->items, found->count, found->capacity) = file;
}

static int visible(const struct dirent *entry) {
    return entry->d_name[0] != '.';
}

static Result find_sidecars(Found *found, Arena *a, const char *folder, int depth) {
    struct dirent **entries;
    int count = scandir(folder, &entries, visible, alphasort);
    if (count < 0)
        return result_fail(a, ERR_FILE, (Where){0}, "文件夹 %s 读不了：%s",
                           "the folder %s can not be read: %s", folder, strerror(errno));
    for (int i = 0; i < count; i++) {
        const char *path = arena_printf(a, "%s/%s", folder, entries[i]->d_name);
        struct stat info;
        /* Links are not followed: a folder is visited once. */
        if (lstat(path, &info) == 0 && S_ISDIR(info.st_mode) && depth < DEEPEST) {
            Result below = find_sidecars(found, a, path, depth + 1);
            if (below.kind)
                *ARENA_PUSH(a, found->troubles, found->trouble_count, found->trouble_capacity) =
                    below.text;
        } else if (S_ISREG(info.st_mode) && ends_with(path, SIDECAR_ENDING)) {
            take_file(found, a, path);
        }
        free(entries[i]);
    }
    free(entries);
    return OK;
}

static int by_version(const void *x, const void *y) {
    const SidecarFile *a = x, *b = y;
    int order = strcmp(a->subject.job, b->subject.job);
    order = order ? order : strcmp(a->subject.item, b->subject.item);
    order = order ? order : (a->version > b->version) - (a->version < b->version);
    return order ? order : strcmp(a->path, b->path);
}

/* ---- taking ---- */

/* A copy of a folder says everything twice, and each version of a job says the job's own events. */
static Result said_already(bool *said, Record *r, const RecordEvent *e) {
    const StoreValue *row;
    TRY(store_one(&row, r->scratch, r->store,
                  "SELECT seq FROM event WHERE job = ? AND kind = ? AND at = ? AND actor = ? AND "
                  "body_json = ?",
                  1, 5,
                  (StoreValue[]){store_text(e->job), store_text(e->kind), store_text(e->at),
                                 store_text(e->actor), store_text(e->body_json)}));
    *said = row;
    return OK;
}

static Result take_sidecar(int *events, Record *r, const SidecarFile *file) {
    for (size_t i = 0; i < file->count; i++) {
        RecordEvent e = file->events[i];
        bool said;
        TRY(said_already(&said, r, &e));
        if (said)
            continue;
        TRY(contents_put(&file->contents, r, &e));
        TRY(record_append_event(r, &e));
        ++*events;
    }
    return OK;
}

static Result take_all(RecordRebuild *out, Record *r, const RecordStamp *stamp,
                       const Found *found) {
    TRY(write_begin(r, stamp));
    Result result = OK;
    for (size_t i = 0; i < found->count && !result.kind; i++)
        result = take_sidecar(&out->events, r, &found->items[i]);
    out->sidecars = (int)found->count;
    return write_end(r, result);
}

Result record_rebuild(RecordRebuild *out, Arena *a, const char *place, const char *folder,
                      const RecordStamp *stamp) {
    Found found = {0};
    *out = (RecordRebuild){0};
    if (access(place, F_OK) == 0)
        return result_fail(
            a, ERR_USAGE, (Where){0}, "%s 已经有记录了；先把它移走，再由 检查结果/ 重建",
            "there is a record at %s already; move it away, then make it anew", place);
    TRY(find_sidecars(&found, a, folder, 0));
    out->trouble_count = found.trouble_count;
    out->troubles = found.troubles;
    if (!found.count)
        return result_fail(a, ERR_FILE, (Where){0},
                           "%s 下面没有 " SIDECAR_FOLDER "/*" SIDECAR_ENDING "，没有东西可重建",
                           "there is no " SIDECAR_FOLDER "/*" SIDECAR_ENDING
                           " below %s to make a record from",
                           folder);
    qsort(found.items, found.count, sizeof *found.items, by_version);
    Record *r;
    TRY(record_open_as(&r, a, place, RECORD_CREATE, stamp, "sidecars"));
    Result result = take_all(out, r, stamp, &found);
    record_close(r);
    return result;
}

/* ---- without a record ---- */

static Result join(Record *r, Arena *a, const char *artwork, const RecordStamp *stamp,
                   const RecordRun *run, const RecordJob *job, const char **path) {
    RecordRebuild counts = {0};
    SidecarFile there;
    Found found = {.items = &there, .count = 1};
    bool added;
    const char *to = sidecar_path(a, artwork, run->subject.sha256, SIDECAR_ENDING);
    /* What is not ours stays: sidecar_write says so. */
    if (access(to, F_OK) == 0 && !sidecar_read(&there, a, to).kind)
        TRY(take_all(&counts, r, stamp, &found));
    TRY(record_add_run(r, stamp, run, job, &added));
    return sidecar_write(r, a, artwork, &run->subject, path);
}

Result sidecar_add_run(Arena *a, const char *artwork, const RecordStamp *stamp,
                       const RecordRun *run, const RecordJob *job, const char **path) {
    Record *r;
    TRY(record_open(&r, a, STORE_MEMORY, RECORD_CREATE, stamp));
    Result result = join(r, a, artwork, stamp, run, job, path);
    record_close(r);
    return result;
}
