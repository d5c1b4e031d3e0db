#include "record/sidecar_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static Result fail(Arena *a, const char *path, const char *zh, const char *en) {
    return (Result){
        .kind = ERR_FILE,
        .text = {arena_printf(a, "%s：%s", path, zh), arena_printf(a, "%s: %s", path, en)}};
}

static Result read_whole(Str *out, Arena *a, const char *path) {
    struct stat info;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) {
        int error = fd < 0 ? errno : EINVAL;
        if (fd >= 0)
            close(fd);
        return fail(a, path, strerror(error), strerror(error));
    }
    size_t size = (size_t)info.st_size, count = 0;
    char *bytes = arena_alloc(a, size + 1);
    for (ssize_t n; count < size && (n = read(fd, bytes + count, size - count)) > 0;)
        count += (size_t)n;
    close(fd);
    *out = (Str){bytes, count};
    return count == size ? OK : fail(a, path, "没有读完", "it could not be read whole");
}

/* The bytes of the report: from the line that begins with its key to the last brace. */
static bool report_bytes(Str *out, Str file) {
    static const char key[] = "\n \"report\":";
    const char *from = memmem(file.p, file.n, key, sizeof key - 1);
    const char *end = memrchr(file.p, '}', file.n);
    if (!from || !end || end <= from)
        return false;
    from += sizeof key - 1;
    *out = (Str){from, (size_t)(end - from)};
    return true;
}

static Result take_report(SidecarFile *out, Arena *a, const json_t *root, Str file) {
    const char *sha256 = body_read_text(root, "report_sha256");
    char hash[SHA256_HEX] = "";
    Str report;
    if (!*sha256)
        return OK;
    if (report_bytes(&report, file))
        sha256_of(report.p, report.n, hash);
    if (!streq(hash, sha256))
        return fail(a, out->path, "里面的报告被改过", "the report in it was changed");
    *ARENA_PUSH(a, out->contents.items, out->contents.count, out->contents.capacity) =
        (Content){arena_strdup(a, sha256), report};
    return OK;
}

static Result take_json(SidecarFile *out, Arena *a, const json_t *root, Str file) {
    const json_t *events = json_object_get(root, "events");
    if (!streq(body_read_text(root, "schema"), SIDECAR_SCHEMA) || !json_is_array(events))
        return fail(a, out->path, "不是 chupin 的记录", "it is no record of chupin");
    out->subject = (RecordSubject){arena_strdup(a, body_read_text(root, "job")),
                                   arena_strdup(a, body_read_text(root, "item")),
                                   arena_strdup(a, body_read_text(root, "sha256"))};
    out->name = arena_strdup(a, body_read_text(root, "name"));
    out->version = (int)body_read_int(root, "version");
    out->count = json_array_size(events);
    out->events = ARENA_ARRAY(a, RecordEvent, out->count + 1);
    for (size_t i = 0; i < out->count; i++)
        out->events[i] = event_of_json(a, json_array_get(events, i));
    TRY(contents_read(&out->contents, a, json_object_get(root, "contents"), out->path));
    return take_report(out, a, root, file);
}

Result sidecar_read(SidecarFile *out, Arena *a, const char *path) {
    Str file;
    *out = (SidecarFile){.path = path};
    TRY(read_whole(&file, a, path));
    json_t *root = json_loadb(file.p, file.n, 0, NULL);
    if (!root)
        return fail(a, path, "不是 chupin 的记录，或没有写完",
                    "it is no record of chupin, or only a part of one");
    Result result = take_json(out, a, root, file);
    json_decref(root);
    return result;
}
