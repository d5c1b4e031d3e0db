#include "watch/seen.h"
#include "watch/names.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 32 };

typedef struct Looking {
    SeenList list; /* the new one */
    const SeenList *before;
    const SeenAsk *ask;
} Looking;

double steady_clock(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

Look file_look(const struct stat *s) {
    return (Look){.size = s->st_size, .written = s->st_mtim, .inode = s->st_ino};
}

bool file_look_same(const Look *a, const Look *b) {
    return a->size == b->size && a->inode == b->inode && a->written.tv_sec == b->written.tv_sec &&
           a->written.tv_nsec == b->written.tv_nsec;
}

static int by_path(const void *a, const void *b) {
    return strcmp(((const Seen *)a)->path, ((const Seen *)b)->path);
}

Seen *seen_find(const SeenList *list, const char *path) {
    Seen key = {.path = path};
    return list->count ? bsearch(&key, list->items, list->count, sizeof key, by_path) : NULL;
}

static void add(Looking *l, const char *path, const struct stat *s) {
    const SeenAsk *ask = l->ask;
    SeenList *to = &l->list;
    const Seen *old = seen_find(l->before, path);
    Seen *now = ARENA_PUSH(to->arena, to->items, to->count, to->capacity);
    Look look = file_look(s);
    if (old && file_look_same(&old->look, &look)) {
        *now = *old;
        now->looks += ask->counted;
    } else {
        *now = (Seen){.look = look, .looks = 1, .first = ask->now, .since = ask->now};
        if (old && !old->done) {
            now->first = old->first;
            now->told = old->told;
            now->not_before = old->not_before;
        }
    }
    now->path = path;
}

/* Sheets are few; their sum changes when one of them comes, goes or is written. */
static void note_sheet(Looking *l, const char *path, const struct stat *s) {
    uint64_t h = 14695981039346656037u; /* FNV-1a */
    for (const char *p = path; *p; p++)
        h = (h ^ (unsigned char)*p) * 1099511628211u;
    h ^= (uint64_t)s->st_size + (uint64_t)s->st_mtim.tv_sec * 1000000007u +
         (uint64_t)s->st_mtim.tv_nsec;
    l->list.sheets += h * 1099511628211u;
}

static bool is_sheet(const char *name) {
    static const char sheet[] = "chupin.yaml";
    size_t n = strlen(name), e = sizeof sheet - 1;
    return n >= e && streq(name + n - e, sheet);
}

static void look_into(Looking *l, const char *below, int depth);

static void look_at(Looking *l, const char *below, const char *name, int depth) {
    Arena *a = l->list.arena;
    struct stat s;
    const char *path = *below ? arena_printf(a, "%s/%s", below, name) : arena_strdup(a, name);
    if (lstat(arena_printf(a, "%s/%s", l->ask->folder, path), &s) != 0)
        return; /* gone in this moment */
    if (S_ISDIR(s.st_mode) && folder_is_entered(name) && depth < DEEPEST)
        look_into(l, path, depth + 1);
    else if (S_ISREG(s.st_mode) && is_sheet(name))
        note_sheet(l, path, &s);
    else if (S_ISREG(s.st_mode) && (l->ask->art_only ? name_is_artwork : name_is_taken)(name))
        add(l, path, &s);
}

static void look_into(Looking *l, const char *below, int depth) {
    const char *folder = arena_printf(l->list.arena, "%s/%s", l->ask->folder, below);
    DIR *dir = opendir(folder);
    if (!dir) {
        if (!depth || errno != ENOENT)
            l->list.error = errno;
        return;
    }
    if (l->ask->folder_seen)
        l->ask->folder_seen(l->ask->self, folder);
    errno = 0;
    for (struct dirent *e; (e = readdir(dir)); errno = 0)
        if (!streq(e->d_name, ".") && !streq(e->d_name, ".."))
            look_at(l, below, e->d_name, depth);
    if (errno)
        l->list.error = errno;
    closedir(dir);
}

void seen_look(SeenList *list, const SeenAsk *ask) {
    Looking l = {.list = {.arena = arena_new()}, .before = list, .ask = ask};
    look_into(&l, "", 0);
    if (l.list.error) { /* half a list would make the other half look new */
        list->error = l.list.error;
        arena_free(l.list.arena);
        return;
    }
    if (l.list.count)
        qsort(l.list.items, l.list.count, sizeof *l.list.items, by_path);
    seen_free(list);
    *list = l.list;
}

void seen_free(SeenList *list) {
    arena_free(list->arena);
    *list = (SeenList){0};
}
