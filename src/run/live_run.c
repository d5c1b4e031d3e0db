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
    Result r = check_run(twin, &end, &input, limits, 1);
    *interrupted = end.kind == WORKER_INTERRUPTED ? end.signal : 0;
    live->why = r.kind ? r.text : twin->file.unreadable;
    if (*interrupted || live->why.zh)
        return NULL;
    live->sha256 = twin->file.sha256;
    return twin;
}

static void take_comparison(LiveTwin *live, Arena *a, const ComparedFiles *c) {
    int *pages = ARENA_ARRAY(a, int, c->pair_count + 1);
    for (size_t i = 0; i < c->pair_count; i++)
        if (c->pairs[i].look != LOOK_SAME)
            pages[live->unpaired_count++] = (int)i + 1;
    live->unpaired = pages;
    live->compared = c->compared;
    live->same_look = c->same_look;
    live->why = c->why;
    live->differences = c->differences;
    live->difference_count = c->difference_count;
}

/* Of the pages that look the same. */
static TwinPages pages_of(Arena *a, const ComparedFiles *c) {
    size_t count = c->pages[1] > 0 ? (size_t)c->pages[1] : 0;
    int *pages = ARENA_ARRAY(a, int, count + 1);
    for (size_t i = 0; i < c->pair_count; i++)
        if (c->pairs[i].look == LOOK_SAME)
            pages[c->pairs[i].other - 1] = (int)i + 1;
    return (TwinPages){pages, count};
}

static TwinPages same_pages(Arena *a, int count) {
    int *pages = ARENA_ARRAY(a, int, count > 0 ? count + 1 : 1);
    for (int i = 0; i < count; i++)
        pages[i] = i + 1;
    return (TwinPages){pages, count > 0 ? (size_t)count : 0};
}

int live_run(Report *r, const CheckInput *artwork, const LiveFile *live,
             const WorkerLimits *limits) {
    LiveTwin *told = ARENA_NEW(r->arena, LiveTwin);
    int interrupted;
    told->name = live->name;
    const Report *twin = read_twin(told, &interrupted, r->arena, artwork, live, limits);
    CompareInput both = {.now = {artwork->path, artwork->name, artwork->password},
                         .then = {live->path, live->name, artwork->password},
                         .other = {"未转曲稿", "the live-text twin"},
                         .jobs = artwork->jobs};
    ComparedFiles c = {0};
    TwinPages pages = {0};
    if (twin && streq(told->sha256, r->file.sha256)) {
        told->compared = told->same_look = true;
        pages = same_pages(r->arena, r->file.pages);
    } else if (twin && !r->file.unreadable.zh) {
        Result trouble = compare_run(&c, r->arena, &both, limits);
        interrupted = c.interrupted;
        if (trouble.kind) {
            told->sha256 = NULL;
            told->why = trouble.text;
            twin = NULL;
        } else {
            take_comparison(told, r->arena, &c);
            pages = pages_of(r->arena, &c);
        }
    }
    if (!interrupted)
        report_take_twin(r, twin, &pages, told, artwork->rules);
    return interrupted;
}
