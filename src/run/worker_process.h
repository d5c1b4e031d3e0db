/* One worker as its parent sees it: the child, the two pipes, what has come so far. Internal to
 * worker_pool. */
#ifndef CHUPIN_RUN_WORKER_PROCESS_H
#define CHUPIN_RUN_WORKER_PROCESS_H

#include "run/worker.h"

#include <signal.h>
#include <sys/types.h>

enum { WORKER_READ_BYTES = 65536 };

typedef struct Worker {
    const WorkerTask *task; /* NULL: the place is free */
    const WorkerLimits *limits;
    Arena *arena;
    pid_t pid;
    int lines, said, process; /* descriptors; −1 when closed. `process`: that it ended */
    char *pending;            /* the line that is not whole yet */
    size_t pending_bytes, pending_capacity, total;
    char *tail; /* the end of what it printed */
    size_t tail_bytes;
    double deadline;
    WorkerEnd end;
} Worker;

double worker_clock(void); /* seconds, steady */

void worker_start(Worker *w, const WorkerTask *task, const WorkerLimits *limits,
                  const sigset_t *stops);
void worker_stop(Worker *w, WorkerEndKind why);
/* Reads once what is there. */
void worker_read_lines(Worker *w, char *buffer);
void worker_read_said(Worker *w, char *buffer);
static inline bool worker_talks(const Worker *w) {
    return w->lines >= 0 || w->said >= 0;
}
/* Its pipes are closed: has it ended? Then w->end tells how. */
bool worker_ended(Worker *w);
#define WORKER_FREE ((Worker){.lines = -1, .said = -1, .process = -1})
void worker_clear(Worker *w); /* the place is free again */

#endif
