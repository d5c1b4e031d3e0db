#include "run/compare_child.h"

#include <stdarg.h>

#include "check/place.h"
#include "read/derive.h"
#include "run/wire.h"

static void tell(Sink *lines, char letter, WireKind kind, const void *record) {
    sink_char(lines, letter);
    wire_write(lines, kind, record);
    sink_char(lines, '\n');
}

Text pair_text(const Pair *p, const char *zh, const char *en, ...) {
    va_list args, again;
    va_start(args, en);
    va_copy(again, args);
    const char *first = arena_vprintf(p->arena, zh, args);
    Text text = {first, arena_vprintf(p->arena, en, again)};
    va_end(again);
    va_end(args);
    return text;
}

void pair_differs(Pair *p, Box box, Text what) {
    const Page *page = p->files[0].page->page;
    ToldLoss told = {.page = p->number,
                     .from_trim = origin_is_trim(page),
                     .box = box_known(box) ? place_box(page, box) : BOX_UNKNOWN,
                     .what = what};
    tell(p->lines, TOLD_DIFFERENCE, WIRE_told_loss, &told);
    p->differs = true;
}

static void compare_pair(Pair *p) {
    compare_boxes(p);
    Text unknown = compare_pictures(p);
    if (p->differs || unknown.zh)
        compare_texts(p);
    ToldPage page = {.page = p->number};
    ToldLoss why = {.page = p->number, .box = BOX_UNKNOWN, .what = unknown};
    if (p->differs)
        tell(p->lines, TOLD_DIFFERS, WIRE_told_page, &page);
    else if (unknown.zh)
        tell(p->lines, TOLD_UNKNOWN, WIRE_told_loss, &why);
    else
        tell(p->lines, TOLD_SAME, WIRE_told_page, &page);
    sink_flush(p->lines);
}

/* ---- one of the files ---- */

static void take_text(void *self, const Page *page, FactKind kind, const void *mark) {
    const CompareFile *f = self;
    (void)page;
    if (kind == FACT_glyph_run)
        page_text_add(f->text, mark);
}

static void drop_maker(void *self) {
    CompareFile *f = self;
    plate_maker_free(f->maker);
    f->maker = NULL;
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

static void open_side(CompareFile *f, Arena *a, const CompareSide *side, const ReadPlan *plan) {
    *f = (CompareFile){.text = page_text_new(a)};
    PageReaderPlan how = {.path = side->path,
                          .name = side->name,
                          .plan = plan,
                          .self = f,
                          .mark = take_text,
                          .close = drop_maker};
    f->reader = page_reader_open(a, &how);
}

static void tell_side(Sink *lines, const CompareFile *f) {
    const File *file = page_reader_file(f->reader);
    ToldFile told = {.readable = file && file->readable == 1,
                     .pages = page_reader_pages(f->reader),
                     .why = {"文件读不出来", "the file cannot be read"}};
    if (told.readable)
        told.why = (Text){NULL, NULL};
    else if (file && file->unreadable_why)
        told.why = (Text){file->unreadable_why, file->unreadable_why_en};
    tell(lines, TOLD_SIDE, WIRE_told_file, &told);
}

static bool next_pair(CompareFile files[2]) {
    for (int i = 0; i < 2; i++) {
        page_text_clear(files[i].text);
        files[i].page = page_reader_next(files[i].reader);
        if (!files[i].page)
            return false;
    }
    return true;
}

static void compare_all(const CompareInput *in, CompareFile files[2], Sink *lines) {
    int pages[] = {page_reader_pages(files[0].reader), page_reader_pages(files[1].reader)};
    int both = pages[0] < pages[1] ? pages[0] : pages[1];
    for (int number = 1; number <= both && next_pair(files); number++) {
        Pair pair = {.arena = arena_new(),
                     .lines = lines,
                     .files = files,
                     .limit = jobs_limit(in->jobs, number),
                     .number = number};
        compare_pair(&pair);
        arena_free(pair.arena);
    }
}

void compare_child(const CompareInput *in, Sink *lines) {
    Arena *a = arena_new();
    CompareFile files[2];
    const CompareSide *sides[] = {&in->now, &in->then};
    ReadPlan plans[] = {read_plan(in, sides[0]), read_plan(in, sides[1])};
    Result trouble = OK;
    for (int i = 0; i < 2; i++)
        open_side(&files[i], a, sides[i], &plans[i]);
    for (int i = 0; i < 2; i++)
        tell_side(lines, &files[i]);
    compare_all(in, files, lines);
    for (int i = 0; i < 2; i++) {
        Result r = page_reader_close(files[i].reader);
        trouble = trouble.kind ? trouble : r;
        page_text_free(files[i].text);
    }
    tell(lines, TOLD_COMPARED, WIRE_result, &(WireResult){trouble.kind, trouble.text});
    arena_free(a);
}
