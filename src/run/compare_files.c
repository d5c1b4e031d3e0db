/* The two files of a comparison while they are read. */
#include "run/compare_child.h"

static void take_text(void *self, const Page *page, FactKind kind, const void *mark) {
    const CompareFile *f = self;
    (void)page;
    if (kind == FACT_glyph_run)
        page_text_add(f->text, mark);
}

/* What hangs on the file, which is closed after this. */
static void drop_makers(void *self) {
    CompareFile *f = self;
    plate_maker_free(f->maker);
    press_free(f->press);
    f->maker = NULL;
    f->press = NULL;
}

static const Job *job_of(const void *jobs, int page) {
    return jobs_job(jobs, page);
}

static const Limit *limit_of(const void *jobs, int page) {
    return jobs_limit(jobs, page);
}

static ReadPlan read_plan(const CompareInput *in, const CompareSide *side) {
    ReadPlan plan = {.cost = COST_CONTENT,
                     .password = side->password,
                     .jobs = in->jobs,
                     .job_of = job_of,
                     .limit_of = limit_of};
    plan.tell[FACT_glyph_run] = true;
    return plan;
}

static const CompareSide *side_of(const Versions *v, int side) {
    return side ? &v->in->then : &v->in->now;
}

Versions versions_of(const CompareInput *in, Arena *a, Sink *lines) {
    return (Versions){.in = in,
                      .arena = a,
                      .lines = lines,
                      .plans = {read_plan(in, &in->now), read_plan(in, &in->then)}};
}

void version_open(Versions *v, int side, int first_page, int last_page) {
    CompareFile *f = &v->files[side];
    const CompareSide *s = side_of(v, side);
    ReadPlan *plan = &v->plans[side];
    *f = (CompareFile){.text = page_text_new(v->arena)};
    plan->first_page = first_page;
    plan->last_page = last_page;
    PageReaderPlan how = {.path = s->path,
                          .name = s->name,
                          .plan = plan,
                          .self = f,
                          .mark = take_text,
                          .close = drop_makers};
    f->reader = page_reader_open(v->arena, &how);
    v->pages[side] = page_reader_pages(f->reader);
    v->open[side] = true;
}

void version_close(Versions *v, int side) {
    CompareFile *f = &v->files[side];
    if (!v->open[side])
        return;
    Result r = page_reader_close(f->reader);
    v->trouble = v->trouble.kind ? v->trouble : r;
    page_text_free(f->text);
    v->open[side] = false;
}

bool version_turn_to(Versions *v, int side, int page) {
    CompareFile *f = &v->files[side];
    do {
        page_text_clear(f->text);
        f->page = page_reader_next(f->reader);
    } while (f->page && f->page->page->number < page);
    return f->page && f->page->page->number == page;
}
