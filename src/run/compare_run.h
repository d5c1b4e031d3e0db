/* Two versions of an artwork laid on each other, page by page, in a worker: boxes, inks, live text
 * and picture.
 *
 * Two pages look the same when their boxes agree, the same plates carry ink and the pictures agree
 * within the tolerances of the job (limit.compare_*). Text is told where the pictures differ or
 * could not be compared: the same picture from other letters prints the same. What could not be
 * drawn or read was not compared, and is never the same. A PDF and pixels are compared as people
 * see them.
 *
 * Pages are paired by their number where all but one look the same then, else by their looks: what
 * was added, is gone or was moved is told, and those beside it are held against what they were. */
#ifndef CHUPIN_RUN_COMPARE_RUN_H
#define CHUPIN_RUN_COMPARE_RUN_H

#include "check/job.h"
#include "check/standing.h"
#include "read/read.h"
#include "run/worker.h"

typedef struct CompareSide {
    const char *path, *name;
    const char *password; /* or NULL */
} CompareSide;

typedef struct CompareInput {
    CompareSide now, then; /* the file at hand; what it is held against */
    Text other;            /* what the other is called: "the signed file"; NULLs: just the other */
    const Jobs *jobs;      /* of the file at hand: its limits hold */
} CompareInput;

typedef enum PageLook { LOOK_UNKNOWN, LOOK_SAME, LOOK_DIFFERS, LOOK_ADDED } PageLook;

typedef struct ComparedPair {
    PageLook look;
    int other; /* number of the page it was held against; 0: there is none, or nobody knows */
    Text why;  /* LOOK_UNKNOWN */
} ComparedPair;

typedef struct ComparedFiles {
    bool compared;             /* it is known whether they look the same */
    bool same_look;            /* every page does, and in its place */
    Text why;                  /* not compared */
    int pages[2];              /* of the file at hand, and of the other */
    const ComparedPair *pairs; /* of the pages of the file at hand, from 1 */
    size_t pair_count;
    const PageDifference *differences; /* places on the file at hand; by page, document first */
    size_t difference_count;
    int interrupted; /* signal, or 0 */
} ComparedFiles;

/* A Result is trouble of the operator's with one of the paths. All lives in the arena. */
Result compare_run(ComparedFiles *out, Arena *a, const CompareInput *in,
                   const WorkerLimits *limits);

#endif
