#include "run/plates_run.h"

#include <string.h>
#include <sys/mman.h>

#include "read/derive.h"
#include "run/plates_child.h"
#include "run/wire.h"

/* One worker as the parent sees it. */
typedef struct Member {
    PlatesRun *run;
    bool surveys;
    int page; /* begun and not done; 0: none */
    bool ended;
    Result result;
} Member;

static void make_pages(PlatesRun *run) {
    PlatesResult *out = run->out;
    const ReadPlan *plan = run->in->plan;
    int first = plan->first_page > 0 ? plan->first_page : 1, last = out->file.pages;
    if (plan->last_page > 0 && plan->last_page < last)
        last = plan->last_page;
    if (out->pages || first > last)
        return;
    out->count = (size_t)(last - first + 1);
    out->pages = ARENA_ARRAY(run->arena, PlatesPage, out->count);
    for (size_t i = 0; i < out->count; i++)
        out->pages[i].number = first + (int)i;
}

static PlatesPage *page_of(const PlatesRun *run, int number) {
    size_t place = page_place(run->out, number);
    return place < run->out->count ? &run->out->pages[place] : NULL;
}

static bool take_file(Member *m, WireReader *in) {
    ToldFile *file = &m->run->out->file;
    if (!wire_read(in, WIRE_told_file, file) || file->readable == (file->why.zh != NULL))
        return false;
    make_pages(m->run);
    return true;
}

static bool take_begin(Member *m, WireReader *in) {
    ToldPage told;
    if (!wire_read(in, WIRE_told_page, &told) || m->page)
        return false;
    PlatesPage *p = page_of(m->run, told.page);
    if (!p || p->settled)
        return false;
    p->plate_count = p->loss_count = 0;
    m->page = told.page;
    return true;
}

static bool take_plate(const Member *m, WireReader *in) {
    ToldPlate told = {0};
    if (!wire_read(in, WIRE_told_plate, &told) || told.page != m->page || !told.ink || !told.file)
        return false;
    PlatesPage *p = page_of(m->run, told.page);
    *ARENA_PUSH(m->run->arena, p->plates, p->plate_count, p->plate_capacity) = told;
    return true;
}

static bool take_loss(Member *m, WireReader *in) {
    ToldLoss told;
    if (!wire_read(in, WIRE_told_loss, &told) || !told.what.zh)
        return false;
    PlatesPage *p = page_of(m->run, told.page);
    if (!p || p->settled)
        return false;
    m->page = told.page;
    *ARENA_PUSH(m->run->arena, p->losses, p->loss_count, p->loss_capacity) = told;
    return true;
}

static bool take_done(Member *m, WireReader *in) {
    ToldPage told;
    if (!wire_read(in, WIRE_told_page, &told) || told.page != m->page)
        return false;
    PlatesPage *p = page_of(m->run, told.page);
    p->settled = true;
    p->width = told.width;
    p->height = told.height;
    p->composite = told.composite;
    m->page = 0;
    return true;
}

static bool take_trim(const Member *m, WireReader *in) {
    PlatesRun *run = m->run;
    ToldTrim told;
    if (!wire_read(in, WIRE_told_trim, &told) || !page_of(run, told.page))
        return false;
    if (!run->trims)
        run->trims = ARENA_ARRAY(run->arena, ToldTrim, run->out->count);
    run->trims[page_place(run->out, told.page)] = told;
    return true;
}

static bool take_role(const Member *m, WireReader *in) {
    PlatesRun *run = m->run;
    ToldRole told;
    if (!wire_read(in, WIRE_told_role, &told) || !told.ink)
        return false;
    *ARENA_PUSH(run->arena, run->roles, run->role_count, run->role_capacity) = told;
    return true;
}

static bool take_end(Member *m, WireReader *in) {
    WireResult told;
    if (!wire_read(in, WIRE_result, &told) || (told.kind && !told.text.zh))
        return false;
    m->ended = true;
    m->result = (Result){.kind = told.kind, .text = told.text};
    return true;
}

static bool take_record(Member *m, char letter, WireReader *in) {
    bool opened = m->run->out->file.readable;
    switch (letter) {
    case TOLD_FILE:
        return take_file(m, in);
    case TOLD_PROFILE:
        return opened && wire_read(in, WIRE_told_profile, &m->run->out->profile);
    case TOLD_BEGIN:
        return opened && !m->surveys && take_begin(m, in);
    case TOLD_PLATE:
        return opened && m->page && take_plate(m, in);
    case TOLD_LOSS:
        return opened && !m->surveys && take_loss(m, in);
    case TOLD_DONE:
        return opened && m->page && take_done(m, in);
    case TOLD_TRIM:
        return opened && m->surveys && take_trim(m, in);
    case TOLD_ROLE:
        return m->surveys && take_role(m, in);
    case TOLD_END:
        return take_end(m, in);
    default:
        return false;
    }
}

static bool take(void *self, const char *line, size_t n) {
    Member *m = self;
    WireReader in = {.arena = m->run->arena, .p = line + 1, .end = line + n};
    return n && !m->ended && take_record(m, line[0], &in) && wire_at_end(&in);
}

static void draw(void *self, Sink *lines) {
    plates_child_draw(((Member *)self)->run, lines);
}

static void survey(void *self, Sink *lines) {
    plates_child_survey(((Member *)self)->run, lines);
}

static void lose(PlatesRun *run, PlatesPage *p, Text why) {
    ToldLoss loss = {.page = p->number, .box = BOX_UNKNOWN, .what = why};
    p->plate_count = p->loss_count = 0;
    p->settled = true;
    *ARENA_PUSH(run->arena, p->losses, p->loss_count, p->loss_capacity) = loss;
}

/* What one round of workers came to. */
typedef struct Round {
    Result trouble;
    Text broken; /* why a worker did not come to its end; NULLs: all did */
    bool again;  /* one broke down on a page; the others may be drawn */
} Round;

static void judge_member(PlatesRun *run, Round *round, Member *m, WorkerEnd *end,
                         const WorkerLimits *limits) {
    if (end->kind == WORKER_DONE && !m->ended)
        end->kind = WORKER_GARBLED;
    if (end->kind == WORKER_INTERRUPTED)
        run->out->interrupted = end->signal;
    if (m->ended && m->result.kind && !round->trouble.kind)
        round->trouble = m->result;
    if (end->kind == WORKER_DONE || end->kind == WORKER_INTERRUPTED)
        return;
    round->broken = worker_reason(run->arena, end, limits);
    if (!m->page)
        return;
    lose(run, page_of(run, m->page), round->broken);
    round->again = end->kind != WORKER_TIMEOUT;
}

static Round run_workers(PlatesRun *run, size_t count, bool surveys, const WorkerLimits *limits) {
    Arena *a = run->arena;
    Round round = {0};
    Member *members = ARENA_ARRAY(a, Member, count);
    WorkerTask *tasks = ARENA_ARRAY(a, WorkerTask, count);
    WorkerEnd *ends = ARENA_ARRAY(a, WorkerEnd, count);
    const char *reads[] = {run->in->path, NULL};
    for (size_t i = 0; i < count; i++) {
        members[i] = (Member){.run = run, .surveys = surveys};
        tasks[i] = (WorkerTask){.self = &members[i],
                                .work = surveys ? survey : draw,
                                .line = take,
                                .box = {reads, run->in->dir}};
    }
    int first = run->in->plan->first_page;
    atomic_store(run->next, first > 0 ? first : 1);
    worker_run_all(ends, a, tasks, count, limits);
    for (size_t i = 0; i < count; i++)
        judge_member(run, &round, &members[i], &ends[i], limits);
    return round;
}

static size_t unsettled(const PlatesResult *r) {
    size_t n = 0;
    for (size_t i = 0; i < r->count; i++)
        n += !r->pages[i].settled;
    return n;
}

/* A worker that breaks down takes one page with it; the rest is drawn by new ones, until it is
 * clear that they will break down as well. */
static Result draw_pages(PlatesRun *run, const WorkerLimits *limits) {
    PlatesResult *out = run->out;
    enum { MOST_ROUNDS = 20 };
    Round round = {.again = true};
    size_t workers = (size_t)run->in->jobs;
    int pages = run->in->plan->first_page > 0
                    ? run->in->plan->last_page - run->in->plan->first_page + 1
                    : 0;
    if (pages > 0 && workers > (size_t)pages)
        workers = (size_t)pages;
    for (int i = 0; i < MOST_ROUNDS && round.again; i++) {
        round = run_workers(run, workers, false, limits);
        round.again &= !round.trouble.kind && !out->interrupted && unsettled(out);
    }
    if (round.trouble.kind || out->interrupted)
        return round.trouble;
    static const Text missing = {"这一页没有轮到", "the page was not come to"};
    for (size_t i = 0; i < out->count; i++)
        if (!out->pages[i].settled)
            lose(run, &out->pages[i], round.broken.zh ? round.broken : missing);
    if (!out->file.readable && !out->file.why.zh)
        out->file.why = round.broken;
    return OK;
}

static uint8_t role_of(const PlatesRun *run, size_t nth, const char *ink) {
    enum { PROCESS_INKS = 4 };
    if (nth < PROCESS_INKS)
        return ROLE_PROCESS;
    for (size_t i = 0; i < run->role_count; i++)
        if (streq(run->roles[i].ink, ink) && run->roles[i].role != ROLE_UNKNOWN)
            return run->roles[i].role;
    return ROLE_UNCLEAR;
}

static bool has_spots(const PlatesResult *r) {
    enum { PROCESS_INKS = 4 };
    for (size_t i = 0; i < r->count; i++)
        if (r->pages[i].plate_count > PROCESS_INKS)
            return true;
    return false;
}

/* What spots are for hangs on layers and on the job, so the content has to be read for it. A file
 * whose reading breaks down leaves their role unclear. */
static Result name_roles(PlatesRun *run, const WorkerLimits *limits) {
    PlatesResult *out = run->out;
    if (has_spots(out) && !run->trims) {
        Round round = run_workers(run, 1, true, limits);
        if (round.trouble.kind || out->interrupted)
            return round.trouble;
    }
    for (size_t i = 0; i < out->count; i++)
        for (size_t k = 0; k < out->pages[i].plate_count; k++) {
            ToldPlate *plate = &out->pages[i].plates[k];
            plate->role = role_of(run, k, plate->ink);
        }
    return OK;
}

/* A region counts from the trim, which may hang on crop marks: the content is read before it is
 * drawn. */
static Result find_trims(PlatesRun *run, const WorkerLimits *limits) {
    Round round = run_workers(run, 1, true, limits);
    if (round.broken.zh && !round.trouble.kind) {
        run->out->file.readable = false;
        run->out->file.why = round.broken;
    }
    return round.trouble;
}

static Result run_steps(PlatesRun *run, const WorkerLimits *limits) {
    PlatesResult *out = run->out;
    if (box_known(run->in->region)) {
        TRY(find_trims(run, limits));
        if (!out->file.readable || out->interrupted || !out->count)
            return OK;
    }
    TRY(draw_pages(run, limits));
    return out->interrupted ? OK : name_roles(run, limits);
}

Result plates_run(PlatesResult *out, Arena *a, const PlatesInput *in, const WorkerLimits *limits) {
    *out = (PlatesResult){0};
    PlatesRun run = {.in = in, .arena = a, .out = out};
    run.next =
        mmap(NULL, sizeof *run.next, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (run.next == MAP_FAILED)
        return result_fail(a, ERR_LIMIT, (Where){0}, "内存不够", "there is no memory left");
    Result r = run_steps(&run, limits);
    munmap(run.next, sizeof *run.next);
    return r;
}
