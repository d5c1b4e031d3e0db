/* The live-text twin of an artwork: held against it, and read where rules read live text. */
#ifndef CHUPIN_RUN_LIVE_RUN_H
#define CHUPIN_RUN_LIVE_RUN_H

#include "check/check.h"
#include "run/worker.h"

typedef struct LiveFile {
    const char *path, *name;
} LiveFile;

/* `r` is the finished report of the artwork, which was checked as CHECK_BESIDE_TWIN; all that is
 * told of the twin is added to it. Returns the signal that interrupted, or 0. */
int live_run(Report *r, const CheckInput *artwork, const LiveFile *live,
             const WorkerLimits *limits);

#endif
