/* From the child's word to the folder of the verdict. */
#include "watch/inside.h"
#include "watch/moves.h"
#include "watch/notes.h"
#include "watch/sheets.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_CRASHES = 2, MOST_TRIES = 3, AGAIN_SECONDS = 5, FULL_SECONDS = 5 };

static bool root_is_there(const Watching *x) {
    struct stat s;
    return stat(x->folder, &s) == 0;
}

/* Renamed or removed by somebody while we had it. */
static bool is_gone(const Watching *x, const Hand *h) {
    struct stat s;
    return lstat(h->file, &s) != 0 && errno == ENOENT && root_is_there(x);
}

static bool has_changed(const Hand *h) {
    struct stat s;
    if (lstat(h->file, &s))
        return false;
    Look now = file_look(&s);
    return !file_look_same(&now, &h->look);
}

static bool disk_is_full(const Watching *x) {
    enum { LEAST = 1 << 20 };
    struct statvfs s;
    return statvfs(x->root, &s) == 0 && (double)s.f_bavail * (double)s.f_frsize < LEAST;
}

static void wait_until(Hand *h, HandState state, double seconds) {
    h->state = state;
    h->at = steady_clock() + seconds;
}

static void let_go(Watching *x, Hand *h) {
    watch_say(x->w, "%s 查的时候被拿走了", "%s was taken away while it was checked",
              path_shown(h->arena, h->path));
    hand_free(h);
}

/* Under another name it would be checked by another sheet the next time, or by none. */
static void take_sheet_along(const Watching *x, const Hand *h, const char *now) {
    int error = sheet_goes_along(h->arena, x->root, h->path, now);
    if (error)
        watch_say(x->w, "%s 的工作单没能跟着改名（%s）；请在 待检 里照着 %s.chupin.yaml 另存一份",
                  "the job sheet of %s could not be renamed along (%s); copy it in 待检 to "
                  "%s.chupin.yaml",
                  path_shown(h->arena, now), strerror(error), path_shown(h->arena, now));
}

void hand_give_back(Watching *x, Hand *h, double delay) {
    const char *path = h->path;
    int error = x->w->in_place ? 0 : claims_give_back(&x->claims, h->arena, h->file, &path);
    Seen *s = error ? NULL : seen_find(&x->seen, path);
    if (!error && !x->w->in_place)
        take_sheet_along(x, h, path);
    x->unsettled++;
    if (s) {
        s->done = false;
        s->looks = 1;
        s->since = steady_clock();
        s->not_before = s->since + delay;
    }
    if (error && !is_gone(x, h))
        watch_say(x->w, "%s 放不回 待检（%s）；还在 %s，下次启动时放回",
                  "%s cannot be put back into 待检 (%s); it stays in %s until the next start",
                  path_shown(h->arena, h->path), strerror(error), path_shown(h->arena, h->file));
    hand_free(h);
}

/* ---- a verdict that the watch gives itself ---- */

static void give_verdict(Watching *x, Hand *h, const char *zh, const char *en) {
    bool chinese = x->w->lang == LANG_ZH;
    const char *why = chinese ? zh : en;
    h->found =
        (WatchFound){.end = WATCH_DONE,
                     .stage = HOT_UNREADABLE,
                     .line = arena_strdup(h->arena, why),
                     .note = arena_printf(
                         h->arena,
                         chinese ? "%s\n%s\n\n再放回 待检 会重新查一次；还是这样，请找管 chupin "
                                   "的人。\n"
                                 : "%s\n%s\n\nPut back into 待检 it is checked again. If it "
                                   "comes here once more, ask whoever looks after chupin.\n",
                         path_shown(h->arena, h->path), why),
                     .key = "",
                     .sheet = "",
                     .notify = NULL};
}

/* ---- putting it there ---- */

static int put_note(const Watching *x, Hand *h, const char *below, const char **note) {
    *note = claims_note(&x->claims, h->arena, h->found.stage, note_path(h->arena, below));
    int error = folders_make(h->arena, x->claims.folder, *note);
    return error ? error : note_write(h->arena, *note, h->found.note);
}

/* Who puts artwork back into 待检 leaves its old explanation behind, which is no longer true. */
static void forget_notes(const Watching *x, const Hand *h) {
    for (HotStage s = 0; s < HOT_STAGES; s++) {
        const char *old = arena_printf(h->arena, "%s/%s/%s", x->root, hot_stage_folder(s), h->path);
        if (s != h->found.stage && access(old, F_OK))
            unlink(note_path(h->arena, old));
    }
}

/* The explanation is on the disk before the artwork moves, and follows it: whenever we are killed,
 * either can be found (recover.c). */
static int put(const Watching *x, Hand *h, const char **place) {
    const char *stage = hot_stage_folder(h->found.stage), *note = NULL;
    const char *to = arena_printf(h->arena, "%s/%s/%s", x->root, stage, h->path);
    bool noted = *h->found.note != 0;
    int error = folders_make(h->arena, x->root, to);
    for (int number = 1; !error; number++) {
        const char *below = numbered(h->arena, h->path, number);
        *place = arena_printf(h->arena, "%s/%s", stage, below);
        to = arena_printf(h->arena, "%s/%s", x->root, *place);
        if (noted)
            error = put_note(x, h, below, &note);
        if (!error)
            error = move_new(h->file, to);
        if (!error) {
            take_sheet_along(x, h, below);
            break;
        }
        if (note)
            unlink(note);
        error = error == EEXIST ? 0 : error;
    }
    if (error)
        return error;
    if (noted)
        (void)!rename(note, note_path(h->arena, to));
    else
        unlink(note_path(h->arena, to));
    if (note)
        folders_remove(h->arena, x->claims.folder, note);
    folders_remove(h->arena, x->claims.folder, h->file);
    forget_notes(x, h);
    return 0;
}

static void say_done(const Watching *x, const Hand *h, const char *place) {
    const char *stage = x->w->in_place ? hot_stage_folder(h->found.stage) : NULL;
    watch_say(x->w, "%s%s%s  %s", "%s%s%s  %s", stage ? stage : "", stage ? "  " : "",
              path_shown(h->arena, place), h->found.line);
    if (x->w->told)
        x->w->told(x->w->self, &(WatchTold){&h->found, path_name(h->file), place});
}

static void deliver(Watching *x, Hand *h) {
    const char *place = h->path;
    int error = x->w->in_place ? 0 : put(x, h, &place);
    if (!error) {
        say_done(x, h, place);
        hand_free(h);
        return;
    }
    if (is_gone(x, h)) {
        let_go(x, h);
        return;
    }
    if (error != h->error)
        watch_say(x->w, "%s 查完了，放不进 %s（%s）；过一会儿再放",
                  "%s is checked and cannot be put into %s (%s); trying again",
                  path_shown(h->arena, h->path), hot_stage_folder(h->found.stage), strerror(error));
    h->error = error;
    wait_until(h, HAND_MOVING, error == ENOSPC ? FULL_SECONDS : AGAIN_SECONDS);
}

static void remember(Watching *x, Hand *h) {
    int error = *h->found.key ? memory_add(&x->memory, h->found.key) : 0;
    if (error)
        watch_say(x->w, "%s 记不进去（%s）；重新启动以后这些文件会再查一次",
                  "%s cannot be written (%s); after a restart these files are checked again",
                  path_shown(h->arena, x->memory.path), strerror(error));
}

/* ---- what the child said ---- */

static void take_result(Watching *x, Hand *h) {
    x->full = false;
    if (x->w->in_place) {
        remember(x, h);
        if (h->found.end == WATCH_KNOWN)
            hand_free(h);
        else
            deliver(x, h);
        return;
    }
    if (has_changed(h)) {
        watch_say(x->w, "%s 查的时候又变了；放回 待检，存完再查",
                  "%s changed while it was checked; it is put back until it is whole",
                  path_shown(h->arena, h->path));
        hand_give_back(x, h, x->w->settle);
        return;
    }
    deliver(x, h);
}

/* A full disk is waited out however long it takes; anything else for a while. */
static void try_again(Watching *x, Hand *h) {
    bool full = disk_is_full(x);
    if (full && !x->full)
        watch_say(
            x->w, "磁盘满了，结果写不进去；腾出地方以后接着查",
            "the disk is full and results cannot be written; work goes on once there is room");
    x->full = full;
    if (!full && ++h->tries >= MOST_TRIES) {
        const char *why = h->found.line;
        give_verdict(x, h, why, why);
        deliver(x, h);
        return;
    }
    wait_until(h, HAND_WAITING, full ? FULL_SECONDS : AGAIN_SECONDS * h->tries);
}

static void crashed(Watching *x, Hand *h, int status) {
    int signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    if (++h->crashes < MOST_CRASHES) {
        watch_say(x->w, "检查 %s 的进程意外结束（信号 %d）；再查一次",
                  "the process checking %s ended (signal %d); checking again",
                  path_shown(h->arena, h->path), signal);
        wait_until(h, HAND_WAITING, 0);
        return;
    }
    give_verdict(x, h, "检查的进程两次意外结束，没有查成",
                 "the process that checked it ended unexpectedly, twice");
    take_result(x, h);
}

void hand_ended(Watching *x, Hand *h, int status) {
    bool read = hand_read(h, status);
    if (x->hurry)
        hand_give_back(x, h, 0);
    else if (is_gone(x, h))
        let_go(x, h);
    else if (!read)
        crashed(x, h, status);
    else if (h->found.end == WATCH_AGAIN)
        try_again(x, h);
    else
        take_result(x, h);
}

void hand_again(Watching *x, Hand *h) {
    if (h->state == HAND_MOVING)
        deliver(x, h);
    else if (is_gone(x, h))
        let_go(x, h);
    else if (hand_start(h, x->w, &x->memory))
        wait_until(h, HAND_WAITING, AGAIN_SECONDS);
}
