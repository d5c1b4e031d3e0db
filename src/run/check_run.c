#include "run/check_run.h"
#include "run/checking.h"

typedef struct Run {
    Checking *checking;
    const WorkerLimits *limits;
} Run;

static const WorkerTask *next(void *self, const WorkerLimits **limits) {
    Run *run = self;
    *limits = run->limits;
    return checking_next(run->checking);
}

static void ended(void *self, const WorkerTask *task, const WorkerEnd *end) {
    (void)checking_ended(((Run *)self)->checking, task, end);
}

static CheckingEnd run(Report *r, WorkerEnd *end, Result *result, const CheckInput *input,
                       const WorkerLimits *limits, size_t workers) {
    Run run = {checking_new(&(CheckingPlan){
                   .input = input, .limits = limits, .report = r, .workers = workers}),
               limits};
    int signal = worker_pool(&(WorkerFeed){&run, next, ended, NULL}, workers);
    CheckingEnd outcome = checking_end(run.checking, end, result);
    if (end->kind == WORKER_INTERRUPTED)
        end->signal = signal;
    checking_free(run.checking);
    return outcome;
}

Result check_run(Report *r, WorkerEnd *end, const CheckInput *input, const WorkerLimits *limits,
                 size_t workers) {
    Result result;
    if (run(r, end, &result, input, limits, workers) == CHECKING_ALONE)
        (void)run(r, end, &result, input, limits, 1);
    if (end->kind != WORKER_DONE)
        r->file.unreadable = worker_reason(r->arena, end, limits);
    else if (result.kind)
        return result;
    report_finish(r, rule_data_checklist(input->data));
    return OK;
}
