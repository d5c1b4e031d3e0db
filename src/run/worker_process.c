#include "run/worker_process.h"
#include "run/threads.h"
#include "run/worker_child.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { SAID_BYTES = 4096 };

double worker_clock(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static void close_end(int *fd) {
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

void worker_stop(Worker *w, WorkerEndKind why) {
    if (w->end.kind == WORKER_DONE)
        w->end.kind = why;
    kill(w->pid, SIGKILL);
    close_end(&w->lines);
    close_end(&w->said);
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
            worker_stop(w, WORKER_OVERFLOW);
            return;
        }
        if (!stop_at)
            return;
        if (!w->task->line(w->task->self, w->pending, w->pending_bytes))
            worker_stop(w, WORKER_GARBLED);
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

static void drain(Worker *w, int *fd, char *buffer,
                  void (*take)(Worker *w, const char *p, size_t n)) {
    if (*fd < 0)
        return;
    ssize_t n = read(*fd, buffer, WORKER_READ_BYTES);
    if (n > 0)
        take(w, buffer, (size_t)n);
    else if (n == 0 || (errno != EINTR && errno != EAGAIN))
        close_end(fd);
}

void worker_read_lines(Worker *w, char *buffer) {
    drain(w, &w->lines, buffer, take_lines);
}

void worker_read_said(Worker *w, char *buffer) {
    drain(w, &w->said, buffer, take_said);
}

static void judge(Worker *w, int status) {
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

/* One that does not even die, because the disk it reads from is gone, is left behind. */
bool worker_ended(Worker *w) {
    const double grace = 5;
    int status = 0;
    if (w->pid <= 0)
        return true;
    if (waitpid(w->pid, &status, WNOHANG) == 0)
        return w->end.kind != WORKER_DONE && worker_clock() > w->deadline + grace;
    judge(w, status);
    return true;
}

static void forget(Worker *w, const WorkerTask *task, const WorkerLimits *limits) {
    *w = WORKER_FREE;
    w->task = task, w->limits = limits, w->arena = arena_new();
    w->tail = arena_alloc(w->arena, SAID_BYTES + 1);
    w->deadline = worker_clock() + limits->seconds;
    w->end = (WorkerEnd){.kind = WORKER_NOT_STARTED, .said = w->tail};
}

/* Forks; of what the parent has mapped for sharing, the child gets what is its own. */
static pid_t fork_worker(const WorkerTask *task) {
    if (task->memory.at && madvise(task->memory.at, task->memory.bytes, MADV_DOFORK))
        return -1;
    threads_rest();
    pid_t pid = fork();
    if (pid && task->memory.at)
        madvise(task->memory.at, task->memory.bytes, MADV_DONTFORK);
    return pid;
}

void worker_start(Worker *w, const WorkerTask *task, const WorkerLimits *limits,
                  const sigset_t *stops) {
    int lines[2], said[2];
    forget(w, task, limits);
    if (pipe(lines))
        return;
    if (pipe(said)) {
        close(lines[0]), close(lines[1]);
        return;
    }
    pid_t parent = getpid();
    w->pid = fork_worker(task);
    if (w->pid == 0) {
        sigprocmask(SIG_UNBLOCK, stops, NULL);
        worker_child(task, limits, parent, lines[1], said[1]);
    }
    close(lines[1]), close(said[1]);
    w->lines = lines[0], w->said = said[0];
    if (w->pid > 0) {
        w->process = pidfd_open(w->pid, 0);
        w->end.kind = WORKER_DONE;
    }
}

void worker_clear(Worker *w) {
    close_end(&w->lines);
    close_end(&w->said);
    close_end(&w->process);
    arena_free(w->arena);
    *w = WORKER_FREE;
}
