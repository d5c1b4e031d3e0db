/* The child's side of a worker: its limits, its descriptors, its work. */
#ifndef CHUPIN_RUN_WORKER_CHILD_H
#define CHUPIN_RUN_WORKER_CHILD_H

#include "run/worker.h"

#include <sys/types.h>

enum { WORKER_NOT_WALLED = 71 }; /* exit status: the walls could not be put up */

__attribute__((noreturn)) void worker_child(const WorkerTask *task, const WorkerLimits *limits,
                                            pid_t parent, int lines, int said);

#endif
