/* The folders of other watchers in 处理中: is the watcher dead, what did it have in hand? */
#include "watch/claims.h"
#include "watch/moves.h"
#include "watch/notes.h"
#include "watch/pulse.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEEPEST = 40 };

typedef struct Recovery {
    Claims *claims;
    Arena *arena;
    const char *folder; /* of the dead one; 处理中 itself for what somebody put there */
    ClaimBack *back;
    void *self;
} Recovery;

static bool is_folder(const char *path) {
    struct stat s;
    return lstat(path, &s) == 0 && S_ISDIR(s.st_mode);
}

static void back_with(Recovery *r, const char *claim) {
    Claims dead = *r->claims;
    const char *path;
    dead.folder = r->folder;
    int error = claims_give_back(&dead, r->arena, claim, &path);
    if (!error && r->back)
        r->back(r->self, path);
}

/* Everything below: artwork goes back; the folders that are empty then go as well. */
static void empty(Recovery *r, const char *folder, int depth) {
    DIR *dir = depth < DEEPEST ? opendir(folder) : NULL;
    if (!dir)
        return;
    for (struct dirent *e; (e = readdir(dir));) {
        if (*e->d_name == '.')
            continue;
        const char *path = arena_printf(r->arena, "%s/%s", folder, e->d_name);
        if (is_folder(path)) {
            empty(r, path, depth + 1);
            rmdir(path);
        } else {
            back_with(r, path);
        }
    }
    closedir(dir);
}

/* Explanations whose artwork has arrived follow it; the others were for nothing. */
static void settle_notes(Recovery *r, const char *folder, int depth) {
    DIR *dir = depth < DEEPEST ? opendir(folder) : NULL;
    if (!dir)
        return;
    const char *notes = arena_printf(r->arena, "%s/" NOTES_NAME, r->folder);
    for (struct dirent *e; (e = readdir(dir));) {
        const char *path = arena_printf(r->arena, "%s/%s", folder, e->d_name);
        if (streq(e->d_name, ".") || streq(e->d_name, ".."))
            continue;
        if (is_folder(path)) {
            settle_notes(r, path, depth + 1);
            rmdir(path);
            continue;
        }
        const char *to = arena_printf(r->arena, "%s/%s", r->claims->root, path + strlen(notes) + 1);
        const char *artwork = note_artwork(r->arena, to);
        if (!artwork || access(artwork, F_OK) || move_new(path, to))
            unlink(path);
    }
    closedir(dir);
}

static void bury(Recovery *r) {
    Arena *a = r->arena;
    const char *notes = arena_printf(a, "%s/" NOTES_NAME, r->folder);
    empty(r, r->folder, 0);
    settle_notes(r, notes, 0);
    rmdir(notes);
    unlink(arena_printf(a, "%s/" PULSE_NAME, r->folder));
    rmdir(r->folder); /* stays when something is left; the next one tries again */
}

/* Has it stood still long enough? */
static bool is_dead(OtherWatcher *now, const Claims *c, PulseState state, double clock) {
    now->since = clock;
    for (size_t i = 0; i < c->other_count; i++)
        if (streq(c->others[i].name, now->name) && c->others[i].beat == now->beat)
            now->since = c->others[i].since;
    return state == PULSE_STOPPED || (state == PULSE_UNSURE && clock - now->since >= DEAD_SECONDS);
}

typedef struct Watchers {
    Arena *arena;
    OtherWatcher *items;
    size_t count, capacity;
} Watchers;

static void look_at(Recovery *r, Watchers *seen, const char *working, const char *name,
                    double now) {
    const char *path = arena_printf(r->arena, "%s/%s", working, name);
    OtherWatcher other = {.name = arena_strdup(seen->arena, name)};
    struct stat s;
    if (lstat(path, &s))
        return;
    /* One that lives has a pulse in its folder; an empty one was left by whoever was killed while
     * he cleared it away. */
    if (S_ISDIR(s.st_mode) && *name != '.' && rmdir(path) == 0)
        return;
    PulseState state = PULSE_UNSURE;
    if (S_ISDIR(s.st_mode))
        state = pulse_read(r->arena, path, &other.beat);
    else
        other.beat = (uint64_t)s.st_size + (uint64_t)s.st_mtim.tv_sec;
    if (!is_dead(&other, r->claims, state, now)) {
        *ARENA_PUSH(seen->arena, seen->items, seen->count, seen->capacity) = other;
        return;
    }
    r->folder = S_ISDIR(s.st_mode) ? path : working;
    if (S_ISDIR(s.st_mode))
        bury(r);
    else if (S_ISREG(s.st_mode) && *name != '.')
        back_with(r, path);
}

void claims_recover(Claims *c, double now, ClaimBack *back, void *self) {
    Recovery r = {.claims = c, .arena = arena_new(), .back = back, .self = self};
    Watchers seen = {.arena = arena_new()};
    const char *working = arena_printf(r.arena, "%s/%s", c->root, hot_stage_folder(HOT_WORKING));
    const char *own = c->folder ? strrchr(c->folder, '/') + 1 : "";
    DIR *dir = opendir(working);
    for (struct dirent *e; dir && (e = readdir(dir));)
        if (!streq(e->d_name, ".") && !streq(e->d_name, "..") && !streq(e->d_name, own))
            look_at(&r, &seen, working, e->d_name, now);
    if (dir)
        closedir(dir);
    arena_free(c->others_arena);
    c->others_arena = seen.arena;
    c->others = seen.items;
    c->other_count = seen.count;
    c->other_capacity = seen.capacity;
    arena_free(r.arena);
}
