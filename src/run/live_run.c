#include "run/live_run.h"

#include "check/twin.h"
#include "run/check_run.h"
#include "run/compare_run.h"

/* What only the twin itself tells. NULL: it cannot be read, which `live` then says. */
static const Report *read_twin(LiveTwin *live, int *interrupted, Arena *a,
                               const CheckInput *artwork, const LiveFile *file,
                               const WorkerLimits *limits) {
    CheckInput input = *artwork;
    WorkerEnd end;
    Report *twin = ARENA_NEW(a, Report);
    twin->arena = a;
    input.path = file->path;
    input.name = file->name;
    input.part = CHECK_TWIN;
    Result r = check_run(twin, &end, &input, limits);
    *interrupted = end.kind == WORKER_INTERRUPTED ? end.signal : 0;
    live->why = r.kind ? r.text : twin->file.unreadable;
    if (*interrupted || live->why.zh)
        return NULL;
    live->sha256 = twin->file.sha256;
    return twin;
}

static void take_comparison(LiveTwin *live, Arena *a, const ComparedFiles *c) {
    int *pages = ARENA_ARRAY(a, int, c->pages[0] > 0 ? c->pages[0] : 1);
    for (int page = 1; page <= c->pages[0]; page++)
        if ((size_t)page > c->pair_count || c->pairs[page - 1].look != LOOK_SAME)
            pages[live->unpaired_count++] = page;
    live->unpaired = pages;
    live->compared = c->compared;
    live->same_look = c->same_look;
    live->why = c->why;
    live->differences = c->differences;
    live->difference_count = c->difference_count;
}

int live_run(Report *r, const CheckInput *artwork, const LiveFile *live,
             const WorkerLimits *limits) {
    LiveTwin *told = ARENA_NEW(r->arena, LiveTwin);
    int interrupted;
    told->name = live->name;
    const Report *twin = read_twin(told, &interrupted, r->arena, artwork, live, limits);
    CompareInput both = {.now = {artwork->path, artwork->name, artwork->password},
                         .then = {live->path, live->name, artwork->password},
                         .jobs = artwork->jobs};
    ComparedFiles c = {0};
    bool itself = twin && streq(told->sha256, r->file.sha256);
    if (itself)
        told->compared = told->same_look = true;
    else if (twin && !r->file.unreadable.zh) {
        Result trouble = compare_run(&c, r->arena, &both, limits);
        interrupted = c.interrupted;
        if (trouble.kind) {
            told->sha256 = NULL;
            told->why = trouble.text;
            twin = NULL;
        } else {
            take_comparison(told, r->arena, &c);
        }
    }
    if (!interrupted)
        report_take_twin(r, twin, told, artwork->rules);
    return interrupted;
}
