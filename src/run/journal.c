#include "run/journal.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const char head[] = "chupin-run/1 ";
enum { DATE_BYTES = 10 };

static double steady(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* "<sha256> <f|u> <size> <inode> <seconds> <nanoseconds> <path>", ended by NUL, which no path
 * holds, and a line end. One that was cut off is passed over. */
static void read_line(Journal *j, const char *p, size_t n) {
    JournalLine line = {0};
    char how;
    int used = 0;
    char *text = arena_copy(j->arena, p, n);
    if (sscanf(text, "%64[0-9a-f] %c %" SCNd64 " %" SCNu64 " %" SCNd64 " %" SCNd64 "%n",
               line.sha256, &how, &line.size, &line.inode, &line.seconds, &line.nanoseconds,
               &used) != 6 ||
        text[used] != ' ' || strlen(line.sha256) != SHA256_HEX - 1)
        return;
    line.unfinished = how == 'u';
    line.path = text + used + 1;
    *ARENA_PUSH(j->arena, j->lines, j->count, j->capacity) = line;
}

static int by_path(const void *a, const void *b) {
    return strcmp(((const JournalLine *)a)->path, ((const JournalLine *)b)->path);
}

static Str file_bytes(Arena *a, const char *path) {
    struct stat s;
    Str out = {NULL, 0};
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd >= 0 && fstat(fd, &s) == 0 && s.st_size > 0) {
        char *bytes = arena_alloc(a, (size_t)s.st_size);
        ssize_t n = read(fd, bytes, (size_t)s.st_size);
        if (n > 0)
            out = (Str){bytes, (size_t)n};
    }
    if (fd >= 0)
        close(fd);
    return out;
}

static void read_lines(Journal *j) {
    Str all = file_bytes(j->arena, j->path);
    size_t first = sizeof head - 1 + DATE_BYTES;
    if (all.n < first + 2 || memcmp(all.p, head, sizeof head - 1))
        return;
    j->as_of = arena_copy(j->arena, all.p + sizeof head - 1, DATE_BYTES);
    const char *p = all.p + first + 2, *end = all.p + all.n;
    for (const char *stop; p < end && (stop = memmem(p, (size_t)(end - p), "\0\n", 2));
         p = stop + 2)
        read_line(j, p, (size_t)(stop - p));
    if (j->count)
        qsort(j->lines, j->count, sizeof *j->lines, by_path);
}

Journal journal_open(Arena *a, const ResultCache *cache, const char run[SHA256_HEX], bool resume) {
    Journal j = {.arena = a, .fd = -1};
    if (!cache->folder)
        return j;
    const char *folder = arena_printf(a, "%s/../runs", cache->folder);
    if (mkdir(folder, 0700) && errno != EEXIST)
        return j;
    j.path = arena_printf(a, "%s/%.32s", folder, run);
    if (resume)
        read_lines(&j);
    return j;
}

static void hold(Journal *j, const char *p, size_t n) {
    if (j->held_bytes + n > j->held_capacity) {
        size_t capacity = (j->held_bytes + n) * 2;
        j->held = arena_grow(j->arena, j->held, j->held_capacity, capacity);
        j->held_capacity = capacity;
    }
    memcpy(j->held + j->held_bytes, p, n);
    j->held_bytes += n;
}

void journal_begin(Journal *j, const char *as_of) {
    int start = j->as_of ? O_APPEND : O_TRUNC;
    if (!j->path)
        return;
    j->fd = open(j->path, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | start, 0600);
    if (j->as_of)
        hold(j, "\0\n", 2); /* ends a line that was cut off */
    else
        hold(j, head, sizeof head - 1), hold(j, as_of, DATE_BYTES), hold(j, "\0\n", 2);
    j->synced = steady();
}

const JournalLine *journal_find(const Journal *j, const char *path, const struct stat *now) {
    JournalLine key = {.path = path};
    const JournalLine *found =
        j->count ? bsearch(&key, j->lines, j->count, sizeof *j->lines, by_path) : NULL;
    bool same = found && found->size == now->st_size && found->inode == now->st_ino &&
                found->seconds == now->st_mtim.tv_sec && found->nanoseconds == now->st_mtim.tv_nsec;
    return same ? found : NULL;
}

void journal_add(Journal *j, const char *path, const struct stat *s, const char *sha256,
                 bool unfinished) {
    char line[SHA256_HEX + 128];
    if (j->fd < 0)
        return;
    int n = snprintf(line, sizeof line, "%s %c %" PRId64 " %" PRIu64 " %" PRId64 " %" PRId64 " ",
                     sha256, unfinished ? 'u' : 'f', (int64_t)s->st_size, (uint64_t)s->st_ino,
                     (int64_t)s->st_mtim.tv_sec, (int64_t)s->st_mtim.tv_nsec);
    hold(j, line, (size_t)n);
    hold(j, path, strlen(path));
    hold(j, "\0\n", 2);
}

void journal_sync(Journal *j, ResultCache *cache, bool now) {
    if (j->fd < 0 || !j->held_bytes || (!now && steady() - j->synced < 1))
        return;
    cache_sync(cache);
    if (write(j->fd, j->held, j->held_bytes) == (ssize_t)j->held_bytes)
        fdatasync(j->fd);
    j->held_bytes = 0;
    j->synced = steady();
}

void journal_close(Journal *j, ResultCache *cache) {
    journal_sync(j, cache, true);
    if (j->fd >= 0)
        close(j->fd);
    j->fd = -1;
}
