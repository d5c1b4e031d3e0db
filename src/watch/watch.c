#include "watch/inside.h"

#include "base/sink.h"
#include "watch/listen.h"

#include <errno.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { RECOVERY_SECONDS = 5, NEAREST_MILLISECONDS = 20 };

static const int watched_signals[] = {SIGCHLD, SIGTERM, SIGINT, SIGHUP};

void watch_say(const Watch *w, const char *zh, const char *en, ...) {
    Arena *a = arena_new();
    char clock[16] = "";
    time_t now = time(NULL);
    struct tm local;
    va_list args;
    if (localtime_r(&now, &local))
        strftime(clock, sizeof clock, "%H:%M:%S", &local);
    va_start(args, en);
    const char *text = arena_vprintf(a, w->lang == LANG_ZH ? zh : en, args);
    va_end(args);
    Sink out = sink_fd(a, STDOUT_FILENO);
    sink_format(&out, "%s  %s\n", clock, text);
    sink_flush(&out);
    arena_free(a);
}

const char *path_shown(Arena *a, const char *path) {
    return text_printable(a, path, strlen(path));
}

const char *path_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* ---- beginning and end ---- */

static const char *named_stage(Arena *a, const char *root, HotStage stage) {
    return arena_printf(a, "%s/%s", root, hot_stage_folder(stage));
}

/* Everything is moved by renaming, which works within one file system only. */
static Result is_hot_folder(Arena *a, const char *root) {
    struct stat first = {0}, info;
    for (HotStage s = 0; s < HOT_STAGES; s++) {
        const char *path = named_stage(a, root, s);
        if (stat(path, &info) || !S_ISDIR(info.st_mode))
            return result_fail(
                a, ERR_USAGE, (Where){path, 0, 0},
                "没有这个文件夹；先运行 chupin init --hotfolder %s，或者用 --in-place "
                "原地看",
                "there is no such folder; run chupin init --hotfolder %s first, or "
                "watch --in-place",
                path_shown(a, root));
        if (access(path, R_OK | W_OK | X_OK))
            return result_fail(a, ERR_USAGE, (Where){path, 0, 0}, "这个文件夹不让读写：%s",
                               "this folder may not be read and written: %s", strerror(errno));
        if (s && s != HOT_RESULTS && info.st_dev != first.st_dev)
            return result_fail(a, ERR_USAGE, (Where){path, 0, 0},
                               "它和 待检 不在同一个磁盘上，文件没法整个移过去；放到同一个磁盘上",
                               "it is on another disk than 待检, so that files cannot be moved "
                               "whole; put both on one");
        first = s ? first : info;
    }
    return OK;
}

static Result prepare(Watching *x, const Watch *w, Arena *a) {
    char *real = realpath(w->folder, NULL);
    if (!real)
        return result_fail(a, ERR_USAGE, (Where){w->folder, 0, 0}, "打不开这个文件夹：%s",
                           "this folder cannot be opened: %s", strerror(errno));
    x->root = arena_strdup(a, real);
    free(real);
    x->folder = w->in_place ? x->root : named_stage(a, x->root, HOT_WAITING);
    if (!w->in_place)
        return is_hot_folder(a, x->root);
    const char *results = named_stage(a, x->root, HOT_RESULTS);
    if (mkdir(results, 0777) && errno != EEXIST)
        return result_fail(a, ERR_USAGE, (Where){results, 0, 0}, "建不了这个文件夹：%s",
                           "this folder cannot be made: %s", strerror(errno));
    memory_open(&x->memory, arena_printf(a, "%s/.chupin-watch", results));
    return OK;
}

static sigset_t signals(void) {
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < sizeof watched_signals / sizeof *watched_signals; i++)
        sigaddset(&set, watched_signals[i]);
    return set;
}

/* ---- what happens ---- */

static void stop(Watching *x) {
    bool busy = false;
    for (size_t i = 0; i < x->w->jobs; i++) {
        Hand *h = &x->hands[i];
        busy |= h->state == HAND_CHECKING;
        if (h->state == HAND_CHECKING && x->stop)
            kill(-h->pid, SIGKILL);
    }
    x->hurry = x->stop;
    if (busy && !x->stop)
        watch_say(
            x->w, "收到停止的信号：查完手上的就停（再按一次马上停）",
            "asked to stop: the files in hand are finished first (once more to stop at once)");
    x->stop = true;
}

static void collect(Watching *x) {
    for (size_t i = 0; i < x->w->jobs; i++) {
        Hand *h = &x->hands[i];
        int status;
        if (h->state == HAND_CHECKING && waitpid(h->pid, &status, WNOHANG) == h->pid)
            hand_ended(x, h, status);
    }
}

static void reload(Watching *x) {
    x->w->reload(x->w->self);
    for (size_t i = 0; x->w->in_place && i < x->seen.count; i++)
        x->seen.items[i].done = false;
}

static void read_signals(Watching *x) {
    struct signalfd_siginfo info;
    while (read(x->signals, &info, sizeof info) == sizeof info)
        switch (info.ssi_signo) {
        case SIGTERM:
        case SIGINT:
            stop(x);
            break;
        case SIGHUP:
            reload(x);
            break;
        default: /* SIGCHLD: collect looks after all of them */
            break;
        }
}

/* Those whose time has come; those that hang are ended, which collect then sees. */
static void mind_hands(Watching *x, double now) {
    for (size_t i = 0; i < x->w->jobs; i++) {
        Hand *h = &x->hands[i];
        if (h->state == HAND_CHECKING && x->w->seconds > 0 && now - h->began > x->w->seconds)
            kill(-h->pid, SIGKILL);
        else if (h->state == HAND_WAITING && x->stop)
            hand_give_back(x, h, 0);
        else if ((h->state == HAND_WAITING || h->state == HAND_MOVING) && (now >= h->at || x->stop))
            hand_again(x, h);
        if (h->state == HAND_MOVING && x->stop)
            hand_give_back(x, h, 0);
    }
}

static void say_back(void *self, const char *path) {
    Watching *x = self;
    Arena *a = arena_new();
    x->unsettled++;
    watch_say(x->w, "%s 上次没查完，放回 待检 重新查",
              "%s was not finished the last time and is put back into 待检", path_shown(a, path));
    arena_free(a);
}

static void mind_claims(Watching *x, double now) {
    if (x->w->in_place)
        return;
    int error = claims_beat(&x->claims, now);
    if (error && error != x->claim_error && !x->lost)
        watch_say(x->w, "处理中 写不进去（%s）；过一会儿再试",
                  "处理中 cannot be written to (%s); trying again", strerror(error));
    x->claim_error = error;
    if (now < x->next_recovery)
        return;
    x->next_recovery = now + RECOVERY_SECONDS;
    claims_recover(&x->claims, now, say_back, x);
}

static size_t in_hand(const Watching *x) {
    size_t count = 0;
    for (size_t i = 0; i < x->w->jobs; i++)
        count += x->hands[i].state != HAND_FREE;
    return count;
}

static void look(Watching *x, double now) {
    if (x->stop || now < x->next_look)
        return;
    bool polled = now >= x->next_poll;
    if (polled)
        x->next_poll = now + x->w->poll;
    x->next_look = x->next_poll;
    watch_look(x, polled);
}

static void wait_for_something(Watching *x, double now) {
    double until = x->stop ? now + 0.1 : x->next_look;
    for (size_t i = 0; i < x->w->jobs; i++)
        if (x->hands[i].state == HAND_WAITING || x->hands[i].state == HAND_MOVING)
            until = fmin(until, x->hands[i].at);
    struct pollfd polled[] = {{.fd = x->signals, .events = POLLIN},
                              {.fd = x->ears, .events = POLLIN}};
    int wait = (int)(fmax(until - now, 0) * 1000) + NEAREST_MILLISECONDS;
    if (poll(polled, 2, wait) <= 0)
        return;
    if (polled[1].revents) {
        listen_clear(x->ears);
        x->next_look = fmin(x->next_look, steady_clock() + 0.2);
    }
}

static bool is_finished(const Watching *x) {
    if (in_hand(x))
        return false;
    return x->stop || (x->w->once && !x->unsettled && !x->lost);
}

static void follow(Watching *x) {
    do {
        double now = steady_clock();
        read_signals(x);
        collect(x);
        mind_hands(x, now);
        mind_claims(x, now);
        look(x, now);
        watch_fill(x);
        if (!is_finished(x))
            wait_for_something(x, now);
    } while (!is_finished(x));
}

/* With --once: what is still being copied is for the next time. */
static void say_left(const Watching *x) {
    for (size_t i = 0; x->w->once && i < x->seen.count; i++)
        if (!x->seen.items[i].done)
            watch_say(x->w, "%s 还没传完整，下次再查",
                      "%s is not whole yet and left for the next time",
                      path_shown(x->seen.arena, x->seen.items[i].path));
}

static void say_start(const Watching *x) {
    watch_say(x->w, "看着 %s：每 %g 秒看一次，同时查 %zu 个；Ctrl-C 停",
              "watching %s: every %g seconds, %zu at a time; Ctrl-C stops",
              path_shown(x->arena, x->folder), x->w->poll, x->w->jobs);
}

Result watch_run(const Watch *w, Arena *a) {
    Watching x = {.w = w, .arena = a, .ears = -1};
    TRY(prepare(&x, w, a));
    sigset_t set = signals(), before;
    sigprocmask(SIG_BLOCK, &set, &before);
    x.signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    x.ears = w->listen ? listen_open(x.folder) : -1;
    x.hands = ARENA_ARRAY(a, Hand, w->jobs);
    for (size_t i = 0; i < w->jobs; i++)
        x.hands[i].told = -1;
    claims_open(&x.claims, a, x.root);
    say_start(&x);
    follow(&x);
    say_left(&x);
    claims_close(&x.claims);
    seen_free(&x.seen);
    memory_close(&x.memory);
    if (x.ears >= 0)
        close(x.ears);
    close(x.signals);
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (w->once || x.stop)
        watch_say(w, "停了", "stopped");
    return OK;
}
