/* Workers: work on a file that may be hostile, in a child process with limits and walls
 * (sandbox.h).
 *
 * The child writes lines; the parent gets each whole line as it comes and believes none of it:
 * lines and their sum are capped, and whoever takes a line may refuse it. Nothing the child prints
 * reaches the terminal. The child ends with the parent. Ctrl-C and SIGTERM end the child and are
 * told as WORKER_INTERRUPTED.
 *
 * Several tasks run side by side, each in a child of its own; their lines come in any order.
 *
 *     WorkerEnd end = worker_run(a, &(WorkerTask){.self = x, .work = work, .line = line}, &limits);
 *     if (end.kind != WORKER_DONE)
 *         reason = worker_reason(a, &end, &limits); */
#ifndef CHUPIN_RUN_WORKER_H
#define CHUPIN_RUN_WORKER_H

#include "base/sink.h"
#include "run/sandbox.h"

typedef struct WorkerTask {
    void *self;
    void (*work)(void *self, Sink *lines); /* in the child */
    bool (*line)(void *self, const char *line,
                 size_t n); /* in the parent; false: not to be believed */
    Sandbox box;            /* what it may read and write */
    struct {
        void *at; /* a mapping that is shared with the parent; NULL: none */
        size_t bytes;
    } memory; /* marked MADV_DONTFORK: workers of other tasks do not have it */
} WorkerTask;

typedef struct WorkerLimits {
    double seconds;     /* of wall clock, and of processor time */
    size_t memory;      /* bytes of address space */
    size_t line, lines; /* bytes of one line, and of all of them */
    size_t file;        /* bytes of a file it may write; 0: what a library spools */
} WorkerLimits;

typedef enum WorkerEndKind {
    WORKER_DONE,        /* the work returned and everything was taken */
    WORKER_CRASHED,     /* ended by a signal or by itself */
    WORKER_TIMEOUT,     /* wall clock or processor time */
    WORKER_OVERFLOW,    /* told more than it may */
    WORKER_GARBLED,     /* told something that was refused */
    WORKER_NOT_STARTED, /* no process to be had */
    WORKER_INTERRUPTED, /* the user wants to stop */
} WorkerEndKind;

typedef struct WorkerEnd {
    WorkerEndKind kind;
    int signal;       /* that ended the child, or that interrupted us; 0: none */
    int status;       /* exit status of a child that ended by itself */
    const char *said; /* the end of what it printed, for a bug report; "" when nothing */
} WorkerEnd;

/* Limits for a file of that many bytes: the file is mapped, so memory grows with it. `seconds` 0:
 * the default. */
WorkerLimits worker_limits(double seconds, double file_bytes);
/* From here on Ctrl-C and SIGTERM wait for the next worker_run, so that a run over many files can
 * end in good order. */
void worker_hold_signals(void);
WorkerEnd worker_run(Arena *a, const WorkerTask *task, const WorkerLimits *limits);
/* `ends` has one place a task. */
void worker_run_all(WorkerEnd *ends, Arena *a, const WorkerTask *tasks, size_t count,
                    const WorkerLimits *limits);

/* Work that comes as workers get free. A task and its limits stay where they are until it ended. */
typedef struct WorkerFeed {
    void *self;
    /* NULL: none now; asked again once another one ended. */
    const WorkerTask *(*next)(void *self, const WorkerLimits **limits);
    void (*ended)(void *self, const WorkerTask *task, const WorkerEnd *end);
    void (*tick)(void *self); /* several times a second; NULL: not wanted */
} WorkerFeed;
/* Until there is no more work, at most `jobs` at a time. Returns the signal that interrupted, or 0:
 * after a signal nothing is begun and what runs ends as WORKER_INTERRUPTED. */
int worker_pool(const WorkerFeed *feed, size_t jobs);
Text worker_reason(Arena *a, const WorkerEnd *end,
                   const WorkerLimits *limits); /* why it did not get done */

#endif
