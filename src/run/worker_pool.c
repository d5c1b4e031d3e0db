#include "run/worker_process.h"

#include <errno.h>
#include <math.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

enum { TICK_MILLISECONDS = 100, POLLED_A_WORKER = 3 };

typedef struct Pool {
    const WorkerFeed *feed;
    Worker *workers;
    size_t count, running;
    sigset_t stops;
    int signals;     /* descriptor */
    int interrupted; /* signal, or 0 */
    struct pollfd *polled;
    char *buffer;
} Pool;

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

static void interrupt(Pool *pool) {
    struct signalfd_siginfo info;
    if (read(pool->signals, &info, sizeof info) != sizeof info)
        return;
    pool->interrupted = (int)info.ssi_signo;
    for (size_t i = 0; i < pool->count; i++) {
        Worker *w = &pool->workers[i];
        if (!w->task)
            continue;
        worker_stop(w, WORKER_INTERRUPTED);
        w->end.signal = pool->interrupted;
    }
}

static void fill(Pool *pool) {
    for (size_t i = 0; i < pool->count && !pool->interrupted; i++) {
        Worker *w = &pool->workers[i];
        const WorkerLimits *limits;
        const WorkerTask *task = w->task ? NULL : pool->feed->next(pool->feed->self, &limits);
        if (!task)
            continue;
        worker_start(w, task, limits, &pool->stops);
        pool->running++;
    }
}

static void end_worker(Pool *pool, Worker *w) {
    const WorkerTask *task = w->task;
    pool->feed->ended(pool->feed->self, task, &w->end);
    worker_clear(w);
    pool->running--;
}

/* Milliseconds until something has to be looked at, never none. Where the system has no descriptors
 * of processes, one that closed its pipes is looked after once a millisecond. */
static int poll_time(const Pool *pool) {
    double wait = pool->feed->tick ? TICK_MILLISECONDS : 1e9, now = worker_clock();
    for (size_t i = 0; i < pool->count; i++) {
        const Worker *w = &pool->workers[i];
        if (!w->task)
            continue;
        wait = fmin(wait, fmax(w->deadline - now, 0) * 1000);
        if (!worker_talks(w) && w->process < 0)
            wait = 0;
        else if (w->end.kind != WORKER_DONE)
            wait = fmin(wait, TICK_MILLISECONDS);
    }
    return (int)wait + 1;
}

static int wait_for_something(Pool *pool) {
    pool->polled[0] = (struct pollfd){.fd = pool->signals, .events = POLLIN};
    for (size_t i = 0; i < pool->count; i++) {
        const Worker *w = &pool->workers[i];
        const int fds[POLLED_A_WORKER] = {w->lines, w->said, worker_talks(w) ? -1 : w->process};
        for (size_t k = 0; k < POLLED_A_WORKER; k++)
            pool->polled[1 + POLLED_A_WORKER * i + k] =
                (struct pollfd){.fd = w->task ? fds[k] : -1, .events = POLLIN};
    }
    return poll(pool->polled, 1 + POLLED_A_WORKER * pool->count, poll_time(pool));
}

static void look_after(Pool *pool, size_t i, bool ready) {
    Worker *w = &pool->workers[i];
    const struct pollfd *polled = &pool->polled[1 + POLLED_A_WORKER * i];
    if (ready && polled[0].revents)
        worker_read_lines(w, pool->buffer);
    if (ready && polled[1].revents)
        worker_read_said(w, pool->buffer);
    if (w->pid > 0 && worker_clock() >= w->deadline)
        worker_stop(w, WORKER_TIMEOUT);
    if ((w->pid <= 0 || !worker_talks(w)) && worker_ended(w))
        end_worker(pool, w);
}

static void follow(Pool *pool) {
    for (fill(pool); pool->running; fill(pool)) {
        int ready = wait_for_something(pool);
        if (ready < 0 && errno != EINTR)
            break;
        if (ready > 0 && pool->polled[0].revents)
            interrupt(pool);
        for (size_t i = 0; i < pool->count; i++)
            if (pool->workers[i].task)
                look_after(pool, i, ready > 0);
        if (pool->feed->tick)
            pool->feed->tick(pool->feed->self);
    }
}

int worker_pool(const WorkerFeed *feed, size_t jobs) {
    Arena *own = arena_new();
    Pool pool = {.feed = feed,
                 .workers = ARENA_ARRAY(own, Worker, jobs),
                 .count = jobs,
                 .stops = stop_signals(),
                 .polled = ARENA_ARRAY(own, struct pollfd, 1 + POLLED_A_WORKER * jobs),
                 .buffer = arena_alloc(own, WORKER_READ_BYTES)};
    sigset_t before;
    sigprocmask(SIG_BLOCK, &pool.stops, &before);
    for (size_t i = 0; i < jobs; i++)
        pool.workers[i] = WORKER_FREE;
    pool.signals = signalfd(-1, &pool.stops, SFD_CLOEXEC);
    follow(&pool);
    for (size_t i = 0; i < jobs; i++) {
        if (!pool.workers[i].task)
            continue;
        worker_stop(&pool.workers[i], WORKER_CRASHED);
        end_worker(&pool, &pool.workers[i]);
    }
    if (pool.signals >= 0)
        close(pool.signals);
    sigprocmask(SIG_SETMASK, &before, NULL);
    arena_free(own);
    return pool.interrupted;
}
