/* `chupin facts`: a file read in a worker, its facts written as they come.
 *
 * The pipe carries one fact a line, so that neither side holds a page; the parent alone writes
 * brackets and keys, so the JSON is whole even when the worker breaks down in the middle of a page.
 */
#ifndef CHUPIN_RUN_FACTS_RUN_H
#define CHUPIN_RUN_FACTS_RUN_H

#include "read/read.h"
#include "run/worker.h"

typedef struct FactsInput {
    const char *path, *name;
    const ReadPlan *plan;
} FactsInput;

/* `readable` says whether the file could be opened at all. A Result is trouble of the operator's.
 */
Result facts_run(Sink *out, Arena *a, const FactsInput *input, const WorkerLimits *limits,
                 WorkerEnd *end, bool *readable);

#endif
