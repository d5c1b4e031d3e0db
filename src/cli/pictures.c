#include "cli/pictures.h"
#include "run/pictures_run.h"

#include <sched.h>

enum { MOST_WORKERS = 8 };

static const Job *job_of(const void *jobs, int page) {
    return jobs_job(jobs, page);
}

static const Limit *limit_of(const void *jobs, int page) {
    return jobs_limit(jobs, page);
}

static int workers(void) {
    cpu_set_t set;
    int n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    return n < 1 ? 1 : n > MOST_WORKERS ? MOST_WORKERS : n;
}

const ReportPictures *artwork_pictures(const Artwork *art, const Report *report, double seconds) {
    ReadPlan *plan = ARENA_NEW(art->arena, ReadPlan);
    WorkerLimits *limits = ARENA_NEW(art->arena, WorkerLimits);
    *limits = worker_limits(seconds, art->bytes);
    plan->password = args_value(art->cli->args, OPTION_PASSWORD);
    plan->jobs = art->jobs;
    plan->job_of = job_of;
    plan->limit_of = limit_of;
    return pictures_of_artwork(art->arena, &(PicturesInput){.path = art->path,
                                                            .plan = plan,
                                                            .report = report,
                                                            .limits = limits,
                                                            .jobs = workers()});
}
