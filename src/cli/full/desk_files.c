/* Files and stored runs as the desk reads them. */
#include "cli/full/desk.h"
#include "report/report_read.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static Result unreadable(Arena *a, const char *path) {
    return result_fail(a, ERR_FILE, (Where){path, 0, 0}, "读不出来：%s", "cannot be read: %s",
                       strerror(errno));
}

static ssize_t read_on(int fd, void *to, size_t most) {
    ssize_t n;
    do
        n = read(fd, to, most);
    while (n < 0 && errno == EINTR);
    return n;
}

Result file_sha256(char hex[SHA256_HEX], Arena *a, const char *path) {
    enum { CHUNK = 1 << 16 };
    char buffer[CHUNK];
    Sha256 h;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return unreadable(a, path);
    sha256_start(&h);
    ssize_t n;
    while ((n = read_on(fd, buffer, sizeof buffer)) > 0)
        sha256_add(&h, buffer, (size_t)n);
    Result r = n < 0 ? unreadable(a, path) : OK;
    close(fd);
    sha256_end(&h, hex);
    return r;
}

Result file_bytes(Str *out, Arena *a, const char *path, size_t most) {
    struct stat s;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0 || fstat(fd, &s)) {
        Result r = unreadable(a, path);
        if (fd >= 0)
            close(fd);
        return r;
    }
    Result r = OK;
    size_t at = 0, size = (size_t)s.st_size;
    char *bytes = NULL;
    if (!S_ISREG(s.st_mode))
        r = result_fail(a, ERR_FILE, (Where){path, 0, 0}, "这不是普通文件",
                        "this is not a regular file");
    else if (size > most)
        r = result_fail(a, ERR_USAGE, (Where){path, 0, 0}, "这个文件超过 %zu MB，太大了",
                        "this file is over %zu MB, which is too large", most >> 20);
    else
        bytes = arena_alloc(a, size + 1);
    for (ssize_t n = 1; bytes && at < size && n > 0; at += n > 0 ? (size_t)n : 0) {
        n = read_on(fd, bytes + at, size - at);
        if (n < 0)
            r = unreadable(a, path);
    }
    close(fd);
    *out = (Str){bytes, at};
    return r;
}

static bool holds(const Desk *d, const char *path, const char *sha256) {
    char hex[SHA256_HEX];
    return !file_sha256(hex, d->arena, path).kind && streq(hex, sha256);
}

/* Whatever they are called by now: only files of that size are hashed. */
static const char *find_renamed(const Desk *d, const char *folder, const char *sha256) {
    const RecordVersion *versions;
    size_t count = 0;
    DIR *dir = opendir(folder);
    const char *found = NULL;
    if (d->record && record_find_bytes(&versions, &count, d->record, d->arena, sha256).kind)
        count = 0;
    for (struct dirent *e; dir && count && !found && (e = readdir(dir));) {
        struct stat s;
        const char *path = arena_printf(d->arena, "%s%s", folder, e->d_name);
        bool likely = !stat(path, &s) && S_ISREG(s.st_mode) && s.st_size == versions->bytes;
        found = likely && holds(d, path, sha256) ? path : NULL;
    }
    if (dir)
        closedir(dir);
    return found;
}

const char *desk_find_file(const Desk *d, const char *name, const char *sha256) {
    int n = (int)(d->art->name - d->art->path);
    const char *folder = n ? arena_printf(d->arena, "%.*s", n, d->art->path) : "./";
    const char *path = arena_printf(d->arena, "%s%s", folder, name);
    if (!strchr(name, '/') && holds(d, path, sha256))
        return path;
    return find_renamed(d, folder, sha256);
}

Result run_report(Report **out, Arena *a, const RecordRun *run) {
    TRY(report_read(out, a, run->report, run->name));
    return run->places.n ? report_take_places(*out, run->places) : OK;
}

const char *run_short(Arena *a, const char *id) {
    return id ? arena_copy(a, id, strnlen(id, RUN_SHORT)) : "";
}
