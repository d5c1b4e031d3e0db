#include "run/worker.h"
#include "run/worker_child.h"

#include <errno.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { READ_BYTES = 65536, SAID_BYTES = 4096, DEFAULT_SECONDS = 120 };

WorkerLimits worker_limits(double seconds, double file_bytes) {
    const double gigabyte = 1024.0 * 1024 * 1024;
    double memory = 2 * gigabyte + (isfinite(file_bytes) ? 2 * file_bytes : 0);
    return (WorkerLimits){.seconds = seconds > 0 ? seconds : DEFAULT_SECONDS,
                          .memory = (size_t)memory,
                          .line = (size_t)1 << 24,
                          .lines = (size_t)1 << 34};
}

/* One child and what has come from it so far. */
typedef struct Worker {
    const WorkerTask *task;
    const WorkerLimits *limits;
    Arena *arena;
    pid_t pid;
    int lines, said; /* descriptors; −1 when closed */
    char *pending;   /* the line that is not whole yet */
    size_t pending_bytes, pending_capacity, total;
    char *tail; /* the last SAID_BYTES it printed */
    size_t tail_bytes;
    double deadline;
    WorkerEnd end;
} Worker;

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void stop(Worker *w, WorkerEndKind why) {
    if (w->end.kind == WORKER_DONE)
        w->end.kind = why;
    kill(w->pid, SIGKILL);
}

static void close_end(int *fd) {
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static bool keep_pending(Worker *w, const char *p, size_t n) {
    if (w->pending_bytes + n > w->limits->line)
        return false;
    if (w->pending_bytes + n > w->pending_capacity) {
        size_t capacity = (w->pending_bytes + n) * 2;
        w->pending = arena_grow(w->arena, w->pending, w->pending_capacity, capacity);
        w->pending_capacity = capacity;
    }
    memcpy(w->pending + w->pending_bytes, p, n);
    w->pending_bytes += n;
    return true;
}

/* Hands every whole line on; the rest waits for its end. */
static void take_lines(Worker *w, const char *p, size_t n) {
    w->total += n;
    while (n && w->end.kind == WORKER_DONE) {
        const char *stop_at = memchr(p, '\n', n);
        size_t take = stop_at ? (size_t)(stop_at - p) : n;
        if (w->total > w->limits->lines || !keep_pending(w, p, take)) {
            stop(w, WORKER_OVERFLOW);
            return;
        }
        if (!stop_at)
            return;
        if (!w->task->line(w->task->self, w->pending, w->pending_bytes))
            stop(w, WORKER_GARBLED);
        w->pending_bytes = 0;
        p += take + 1;
        n -= take + 1;
    }
}

static void take_said(Worker *w, const char *p, size_t n) {
    if (n > SAID_BYTES)
        p += n - SAID_BYTES, n = SAID_BYTES;
    size_t keep = w->tail_bytes + n > SAID_BYTES ? SAID_BYTES - n : w->tail_bytes;
    memmove(w->tail, w->tail + w->tail_bytes - keep, keep);
    memcpy(w->tail + keep, p, n);
    w->tail_bytes = keep + n;
}

/* Reads once what is there; closes our end when the child has closed its own. */
static void drain(Worker *w, int *fd, char *buffer,
                  void (*take)(Worker *w, const char *p, size_t n)) {
    ssize_t n = read(*fd, buffer, READ_BYTES);
    if (n > 0)
        take(w, buffer, (size_t)n);
    else if (n == 0 || (errno != EINTR && errno != EAGAIN))
        close_end(fd);
}

/* Workers that run side by side. */
typedef struct Team {
    Worker *workers;
    size_t count;
    int signals;
    struct pollfd *polled; /* the signals, then two a worker */
} Team;

static void interrupt(Team *team) {
    struct signalfd_siginfo info;
    if (read(team->signals, &info, sizeof info) != sizeof info)
        return;
    for (size_t i = 0; i < team->count; i++) {
        Worker *w = &team->workers[i];
        if (w->lines < 0 && w->said < 0)
            continue;
        stop(w, WORKER_INTERRUPTED);
        w->end.signal = (int)info.ssi_signo;
    }
}

/* Milliseconds to wait, never none. */
static int poll_time(double seconds) {
    return (int)fmin(fmax(seconds, 0) * 1000 + 1, 1e9);
}

/* Fills in what to wait for; false when all have closed their ends. */
static bool still_open(Team *team) {
    bool open = false;
    team->polled[0] = (struct pollfd){.fd = team->signals, .events = POLLIN};
    for (size_t i = 0; i < team->count; i++) {
        Worker *w = &team->workers[i];
        if (w->end.kind != WORKER_DONE)
            close_end(&w->lines), close_end(&w->said);
        team->polled[1 + 2 * i] = (struct pollfd){.fd = w->lines, .events = POLLIN};
        team->polled[2 + 2 * i] = (struct pollfd){.fd = w->said, .events = POLLIN};
        open |= w->lines >= 0 || w->said >= 0;
    }
    return open;
}

static void stop_all(Team *team, WorkerEndKind why) {
    for (size_t i = 0; i < team->count; i++)
        if (team->workers[i].lines >= 0 || team->workers[i].said >= 0)
            stop(&team->workers[i], why);
}

static void follow(Team *team, char *buffer) {
    while (still_open(team)) {
        double left = team->workers->deadline - now();
        int ready = left > 0 ? poll(team->polled, 1 + 2 * team->count, poll_time(left)) : 0;
        if (left <= 0)
            stop_all(team, WORKER_TIMEOUT);
        else if (ready < 0 && errno != EINTR)
            stop_all(team, WORKER_CRASHED);
        if (ready <= 0)
            continue;
        if (team->polled[0].revents)
            interrupt(team);
        for (size_t i = 0; i < team->count; i++) {
            Worker *w = &team->workers[i];
            if (team->polled[1 + 2 * i].revents && w->end.kind == WORKER_DONE)
                drain(w, &w->lines, buffer, take_lines);
            if (team->polled[2 + 2 * i].revents && w->end.kind == WORKER_DONE)
                drain(w, &w->said, buffer, take_said);
        }
    }
}

/* A child that closed its pipes and lives on is waited for no longer than the deadline. Where the
 * system has no descriptors of processes, it is looked after once a millisecond. */
static void reap(Worker *w) {
    int status = 0, process = pidfd_open(w->pid, 0);
    while (waitpid(w->pid, &status, WNOHANG) == 0) {
        double left = w->deadline - now();
        if (left <= 0)
            stop(w, WORKER_TIMEOUT);
        struct pollfd ended = {.fd = process, .events = POLLIN};
        poll(&ended, 1, process < 0 ? 1 : poll_time(left));
    }
    close_end(&process);
    if (w->end.kind != WORKER_DONE)
        return;
    if (WIFSIGNALED(status)) {
        w->end.signal = WTERMSIG(status);
        w->end.kind = w->end.signal == SIGXCPU ? WORKER_TIMEOUT : WORKER_CRASHED;
    } else if (WEXITSTATUS(status)) {
        w->end.status = WEXITSTATUS(status);
        w->end.kind = WORKER_CRASHED;
    }
}

static sigset_t stop_signals(void) {
    sigset_t stops;
    sigemptyset(&stops);
    sigaddset(&stops, SIGINT);
    sigaddset(&stops, SIGTERM);
    return stops;
}

void worker_hold_signals(void) {
    sigset_t stops = stop_signals();
    sigprocmask(SIG_BLOCK, &stops, NULL);
}

/* Forks the child of one worker. Later children hold our ends of its pipes too, which does no harm:
 * they end with us. */
static void start(Worker *w, const sigset_t *stops) {
    int lines[2], said[2];
    w->lines = w->said = -1;
    w->end.kind = WORKER_NOT_STARTED;
    w->end.said = "";
    if (pipe(lines))
        return;
    if (pipe(said)) {
        close(lines[0]), close(lines[1]);
        return;
    }
    pid_t parent = getpid();
    w->pid = fork();
    if (w->pid == 0) {
        close(lines[0]), close(said[0]);
        sigprocmask(SIG_UNBLOCK, stops, NULL);
        worker_child(w->task, w->limits, parent, lines[1], said[1]);
    }
    close(lines[1]), close(said[1]);
    w->lines = lines[0], w->said = said[0];
    w->arena = arena_new();
    w->tail = arena_alloc(w->arena, SAID_BYTES);
    w->deadline = now() + w->limits->seconds;
    if (w->pid > 0)
        w->end.kind = WORKER_DONE;
}

static WorkerEnd end_of(Worker *w, Arena *a) {
    if (w->pid > 0)
        reap(w);
    close_end(&w->lines);
    close_end(&w->said);
    if (w->arena)
        w->end.said = arena_copy(a, w->tail, w->tail_bytes);
    arena_free(w->arena);
    return w->end;
}

void worker_run_all(WorkerEnd *ends, Arena *a, const WorkerTask *tasks, size_t count,
                    const WorkerLimits *limits) {
    sigset_t stops = stop_signals(), before;
    sigprocmask(SIG_BLOCK, &stops, &before);
    Arena *own = arena_new();
    Team team = {.workers = ARENA_ARRAY(own, Worker, count),
                 .count = count,
                 .polled = ARENA_ARRAY(own, struct pollfd, 1 + 2 * count)};
    for (size_t i = 0; i < count; i++) {
        team.workers[i] = (Worker){.task = &tasks[i], .limits = limits};
        start(&team.workers[i], &stops);
    }
    team.signals = signalfd(-1, &stops, SFD_CLOEXEC);
    follow(&team, arena_alloc(own, READ_BYTES));
    for (size_t i = 0; i < count; i++)
        ends[i] = end_of(&team.workers[i], a);
    close_end(&team.signals);
    sigprocmask(SIG_SETMASK, &before, NULL);
    arena_free(own);
}

WorkerEnd worker_run(Arena *a, const WorkerTask *task, const WorkerLimits *limits) {
    WorkerEnd end;
    worker_run_all(&end, a, task, 1, limits);
    return end;
}

Text worker_reason(Arena *a, const WorkerEnd *end, const WorkerLimits *limits) {
    char seconds[32];
    number_format(seconds, sizeof seconds, limits->seconds, 1);
    switch (end->kind) {
    case WORKER_DONE:
        break;
    case WORKER_CRASHED:
        return (Text){
            arena_printf(
                a, "查到一半程序出错停了（%s）；文件可能有毛病，请重新导出，也请把文件发给我们",
                end->signal ? strsignal(end->signal) : "内存不够或自己退出"),
            arena_printf(a,
                         "the check broke down on it (%s); the file may be faulty: export it "
                         "again, and please send it to us",
                         end->signal ? strsignal(end->signal) : "out of memory, or it gave up")};
    case WORKER_TIMEOUT:
        return (Text){
            arena_printf(a, "超过 %s 秒还没有查完；文件太复杂，可用 --timeout 放宽", seconds),
            arena_printf(a,
                         "not done after %s s; the file is very complex, --timeout gives it longer",
                         seconds)};
    case WORKER_OVERFLOW:
        return (Text){"结果多得收不下，停了；文件可能有毛病",
                      "it gave more results than can be taken; the file may be faulty"};
    case WORKER_GARBLED:
        return (Text){"查的过程送回了看不懂的结果，不能相信；请把文件发给我们",
                      "the check sent back results that make no sense and cannot be believed; "
                      "please send us the file"};
    case WORKER_NOT_STARTED:
        return (Text){"这台机器现在开不了新的进程，稍后再查",
                      "no process can be started on this machine now; try again later"};
    case WORKER_INTERRUPTED:
        return (Text){"被中断了", "interrupted"};
    }
    return (Text){NULL, NULL};
}
