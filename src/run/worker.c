#include "run/worker.h"

#include <math.h>
#include <signal.h>

enum { DEFAULT_SECONDS = 120 };

WorkerLimits worker_limits(double seconds, double file_bytes) {
    const double gigabyte = 1024.0 * 1024 * 1024;
    double memory = 2 * gigabyte + (isfinite(file_bytes) ? 2 * file_bytes : 0);
    return (WorkerLimits){.seconds = seconds > 0 ? seconds : DEFAULT_SECONDS,
                          .memory = (size_t)memory,
                          .line = (size_t)1 << 24,
                          .lines = (size_t)1 << 34};
}

/* Tasks that all run at once. */
typedef struct Batch {
    const WorkerTask *tasks;
    size_t count, next;
    const WorkerLimits *limits;
    WorkerEnd *ends;
    Arena *arena;
} Batch;

static const WorkerTask *next(void *self, const WorkerLimits **limits) {
    Batch *b = self;
    *limits = b->limits;
    return b->next < b->count ? &b->tasks[b->next++] : NULL;
}

static void ended(void *self, const WorkerTask *task, const WorkerEnd *end) {
    Batch *b = self;
    WorkerEnd *to = &b->ends[task - b->tasks];
    *to = *end;
    to->said = arena_strdup(b->arena, end->said);
}

void worker_run_all(WorkerEnd *ends, Arena *a, const WorkerTask *tasks, size_t count,
                    const WorkerLimits *limits) {
    Batch b = {.tasks = tasks, .count = count, .limits = limits, .ends = ends, .arena = a};
    for (size_t i = 0; i < count; i++)
        ends[i] = (WorkerEnd){.kind = WORKER_INTERRUPTED, .said = ""};
    int signal = worker_pool(&(WorkerFeed){&b, next, ended, NULL}, count);
    for (size_t i = b.next; i < count; i++)
        ends[i].signal = signal;
}

WorkerEnd worker_run(Arena *a, const WorkerTask *task, const WorkerLimits *limits) {
    WorkerEnd end;
    worker_run_all(&end, a, task, 1, limits);
    return end;
}
