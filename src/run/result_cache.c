#include "run/result_cache.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { HEADER_BYTES = 82, NAME_BYTES = 128, MOST_ENTRY = 64 * 1024 * 1024, MOST_ENTRIES = 50000 };
static const char mark[] = "chupin-cache/4 ";
#define MOST_BYTES ((int64_t)1 << 30)

static bool make_folder(const char *path) {
    return mkdir(path, 0700) == 0 || errno == EEXIST;
}

static const char *cache_home(Arena *a) {
    const char *named = getenv("XDG_CACHE_HOME"), *home = getenv("HOME");
    if (named && *named == '/')
        return named;
    return home && *home == '/' ? arena_printf(a, "%s/.cache", home) : NULL;
}

ResultCache cache_open(Arena *a) {
    ResultCache c = {.fd = -1};
    const char *home = cache_home(a);
    if (!home)
        return c;
    const char *ours = arena_printf(a, "%s/chupin", home),
               *folder = arena_printf(a, "%s/results", ours);
    if (make_folder(home) && make_folder(ours) && make_folder(folder))
        c.fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    c.folder = c.fd >= 0 ? folder : NULL;
    return c;
}

void cache_key(char key[SHA256_HEX], const char *const *parts, size_t count) {
    Sha256 h;
    sha256_start(&h);
    for (size_t i = 0; i < count; i++)
        sha256_add(&h, parts[i] ? parts[i] : "", parts[i] ? strlen(parts[i]) + 1 : 1);
    sha256_end(&h, key);
}

static void entry_name(char name[NAME_BYTES], const char *key) {
    snprintf(name, NAME_BYTES, "%.2s/%s", key, key + 2);
}

static bool read_whole(int fd, char *to, size_t n) {
    for (size_t done = 0; done < n;) {
        ssize_t got = read(fd, to + done, n - done);
        if (got == 0 || (got < 0 && errno != EINTR))
            return false;
        done += got > 0 ? (size_t)got : 0;
    }
    return true;
}

/* "chupin-cache/4 <sha256 of the rest>\n", then the result. */
static Str checked(char *bytes, size_t n) {
    char hex[SHA256_HEX];
    size_t head = sizeof mark - 1;
    if (n < HEADER_BYTES - 1 || memcmp(bytes, mark, head))
        return (Str){NULL, 0};
    Str body = {bytes + head + SHA256_HEX, n - head - SHA256_HEX};
    sha256_of(body.p, body.n, hex);
    return memcmp(bytes + head, hex, SHA256_HEX - 1) ? (Str){NULL, 0} : body;
}

Str cache_get(const ResultCache *c, Arena *a, const char key[SHA256_HEX]) {
    char name[NAME_BYTES];
    struct stat s;
    Str found = {NULL, 0};
    entry_name(name, key);
    int fd = c->folder ? openat(c->fd, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW) : -1;
    if (fd < 0)
        return found;
    if (fstat(fd, &s) == 0 && S_ISREG(s.st_mode) && s.st_size > 0 && s.st_size < MOST_ENTRY) {
        char *bytes = arena_alloc(a, (size_t)s.st_size + 1);
        if (read_whole(fd, bytes, (size_t)s.st_size))
            found = checked(bytes, (size_t)s.st_size);
    }
    if (found.p) /* the oldest go first */
        futimens(fd, NULL);
    close(fd);
    return found;
}

static bool write_whole(int fd, const char *p, size_t n) {
    for (size_t done = 0; done < n;) {
        ssize_t put = write(fd, p + done, n - done);
        if (put < 0 && errno != EINTR)
            return false;
        done += put > 0 ? (size_t)put : 0;
    }
    return true;
}

void cache_put(ResultCache *c, const char key[SHA256_HEX], Str bytes) {
    char name[NAME_BYTES], temporary[NAME_BYTES + 32], head[HEADER_BYTES], hex[SHA256_HEX],
        folder[3] = {key[0], key[1], '\0'};
    if (!c->folder || bytes.n >= MOST_ENTRY - HEADER_BYTES)
        return;
    entry_name(name, key);
    snprintf(temporary, sizeof temporary, "%s.%ld", name, (long)getpid());
    sha256_of(bytes.p, bytes.n, hex);
    int head_bytes = snprintf(head, sizeof head, "%s%s\n", mark, hex);
    mkdirat(c->fd, folder, 0700);
    int fd = openat(c->fd, temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return;
    bool done = write_whole(fd, head, (size_t)head_bytes) && write_whole(fd, bytes.p, bytes.n);
    done = close(fd) == 0 && done && renameat(c->fd, temporary, c->fd, name) == 0;
    if (!done)
        unlinkat(c->fd, temporary, 0);
    c->put += done;
    c->dirty |= done;
}

void cache_sync(ResultCache *c) {
    if (c->dirty)
        syncfs(c->fd);
    c->dirty = false;
}

/* ---- too many ---- */

typedef struct Entry {
    char name[NAME_BYTES];
    int64_t bytes, used; /* seconds */
} Entry;

typedef struct Entries {
    Arena *arena;
    Entry *items;
    size_t count, capacity;
    int64_t bytes;
} Entries;

static void list_folder(const ResultCache *c, Entries *all, const char *folder) {
    int fd = openat(c->fd, folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
    struct stat s;
    for (const struct dirent *e; dir && (e = readdir(dir));) {
        if (*e->d_name == '.' || fstatat(fd, e->d_name, &s, AT_SYMLINK_NOFOLLOW) ||
            strlen(folder) + strlen(e->d_name) + 2 > NAME_BYTES)
            continue;
        Entry *entry = ARENA_PUSH(all->arena, all->items, all->count, all->capacity);
        snprintf(entry->name, NAME_BYTES, "%s/%.100s", folder, e->d_name);
        entry->bytes = s.st_size, entry->used = s.st_mtim.tv_sec;
        all->bytes += s.st_size;
    }
    if (dir)
        closedir(dir);
    else if (fd >= 0)
        close(fd);
}

static int oldest_first(const void *a, const void *b) {
    const Entry *x = a, *y = b;
    return x->used != y->used ? (x->used < y->used ? -1 : 1) : strcmp(x->name, y->name);
}

static void prune(const ResultCache *c) {
    Entries all = {.arena = arena_new()};
    for (int i = 0; i < 256; i++) {
        char folder[3];
        snprintf(folder, sizeof folder, "%02x", (unsigned)i);
        list_folder(c, &all, folder);
    }
    if (all.count > MOST_ENTRIES || all.bytes > MOST_BYTES) {
        size_t keep = MOST_ENTRIES / 10 * 9;
        qsort(all.items, all.count, sizeof *all.items, oldest_first);
        for (size_t i = 0; i < all.count; i++) {
            if (all.count - i <= keep && all.bytes <= MOST_BYTES / 10 * 9)
                break;
            unlinkat(c->fd, all.items[i].name, 0);
            all.bytes -= all.items[i].bytes;
        }
    }
    arena_free(all.arena);
}

void cache_close(ResultCache *c) {
    cache_sync(c);
    if (c->put)
        prune(c);
    if (c->fd >= 0)
        close(c->fd);
    *c = (ResultCache){.fd = -1};
}
