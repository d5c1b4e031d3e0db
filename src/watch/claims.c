#include "watch/claims.h"
#include "watch/moves.h"
#include "watch/pulse.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NEW_ONE ".new-"

static const char *stage_path(const Claims *c, Arena *a, HotStage stage, const char *path) {
    return arena_printf(a, "%s/%s/%s", c->root, hot_stage_folder(stage), path);
}

void claims_open(Claims *c, Arena *a, const char *root) {
    *c = (Claims){.arena = a, .root = root, .others_arena = arena_new()};
}

/* Others only ever see it with a pulse. */
static int make_folder(Claims *c, Arena *a) {
    const char *name = pulse_watcher_name(a);
    const char *made = stage_path(c, a, HOT_WORKING, arena_printf(a, NEW_ONE "%s", name));
    if (mkdir(made, 0777))
        return errno;
    int error = pulse_write(a, made, ++c->beat);
    const char *folder = stage_path(c, c->arena, HOT_WORKING, name);
    if (!error && rename(made, folder))
        error = errno;
    if (error) {
        unlink(arena_printf(a, "%s/" PULSE_NAME, made));
        rmdir(made);
        return error;
    }
    c->folder = folder;
    return 0;
}

int claims_beat(Claims *c, double now) {
    struct stat s;
    if (c->folder && now - c->beaten < PULSE_SECONDS)
        return 0;
    Arena *a = arena_new();
    int error = ENOENT;
    if (c->folder && stat(c->folder, &s) == 0)
        error = pulse_write(a, c->folder, ++c->beat);
    if (error == ENOENT)
        error = make_folder(c, a);
    c->beaten = error ? c->beaten : now;
    arena_free(a);
    return error;
}

int claims_take(const Claims *c, Arena *a, const char *path, const char **claim) {
    *claim = arena_printf(a, "%s/%s", c->folder, path);
    int error = folders_make(a, c->folder, *claim);
    if (error)
        return error;
    error = move_new(stage_path(c, a, HOT_WAITING, path), *claim);
    if (error)
        folders_remove(a, c->folder, *claim);
    return error;
}

/* A move by link and unlink that was cut off left both names. */
static bool moved_already(const Claims *c, Arena *a, const char *claim, const char *path) {
    struct stat there, here;
    if (lstat(claim, &here) || here.st_nlink < 2)
        return false;
    for (HotStage s = 0; s < HOT_RESULTS; s++)
        for (int number = 1; s != HOT_WORKING; number++) {
            if (lstat(numbered(a, stage_path(c, a, s, path), number), &there))
                break;
            if (there.st_ino == here.st_ino && there.st_dev == here.st_dev)
                return true;
        }
    return false;
}

static int give_back(const Claims *c, Arena *a, const char *claim, const char *folder,
                     const char **path) {
    const char *below = claim + strlen(folder) + 1, *to = stage_path(c, a, HOT_WAITING, below);
    size_t waiting = strlen(to) - strlen(below);
    int error = 0;
    if (moved_already(c, a, claim, below))
        error = unlink(claim) ? errno : 0;
    else if (!(error = folders_make(a, c->root, to)))
        error = move_aside(claim, &to, a);
    if (!error)
        folders_remove(a, folder, claim);
    *path = to + waiting;
    return error;
}

int claims_give_back(const Claims *c, Arena *a, const char *claim, const char **path) {
    return give_back(c, a, claim, c->folder, path);
}

const char *claims_note(const Claims *c, Arena *a, HotStage stage, const char *path) {
    return arena_printf(a, "%s/" NOTES_NAME "/%s/%s", c->folder, hot_stage_folder(stage), path);
}

void claims_close(Claims *c) {
    Arena *a = arena_new();
    if (c->folder) {
        rmdir(arena_printf(a, "%s/" NOTES_NAME, c->folder));
        unlink(arena_printf(a, "%s/" PULSE_NAME, c->folder));
        rmdir(c->folder);
    }
    arena_free(a);
    arena_free(c->others_arena);
    *c = (Claims){0};
}
