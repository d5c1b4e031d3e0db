/* One file checked in workers: what check_file tells fills the Report here. */
#ifndef CHUPIN_RUN_CHECK_RUN_H
#define CHUPIN_RUN_CHECK_RUN_H

#include "check/check.h"
#include "run/worker.h"

/* Fills and finishes `r`. If the worker does not get done, the verdict is `unreadable` with the
 * reason, and what was told before stays. A Result is trouble of the operator's (the path is gone);
 * then there is no report. `workers`: at most so many share out the pages of a large document. */
Result check_run(Report *r, WorkerEnd *end, const CheckInput *input, const WorkerLimits *limits,
                 size_t workers);

#endif
