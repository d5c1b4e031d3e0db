#include "run/compare_run.h"

#include "run/compare_child.h"
#include "run/wire.h"

#include <string.h>

/* What came from the worker so far. */
typedef struct Told {
    const CompareInput *in;
    Arena *arena;
    ToldFile sides[2];
    int side_count;
    ComparedPair *pairs;
    size_t pair_count, settled;
    PageDifference *differences;
    size_t difference_count, difference_capacity;
    bool ended;
    Result result;
} Told;

static bool take_side(Told *t, WireReader *in) {
    if (t->side_count == 2)
        return false;
    ToldFile *side = &t->sides[t->side_count++];
    if (!wire_read(in, WIRE_told_file, side) || side->readable == (side->why.zh != NULL))
        return false;
    if (t->side_count == 2) {
        int both = t->sides[0].pages < t->sides[1].pages ? t->sides[0].pages : t->sides[1].pages;
        t->pair_count = t->sides[0].readable && t->sides[1].readable ? (size_t)both : 0;
        t->pairs = ARENA_ARRAY(t->arena, ComparedPair, t->pair_count + 1);
    }
    return true;
}

static PageDifference *add_difference(Told *t) {
    return ARENA_PUSH(t->arena, t->differences, t->difference_count, t->difference_capacity);
}

static bool at_page(const Told *t, int page) {
    return t->settled < t->pair_count && page == (int)t->settled + 1;
}

static bool take_difference(Told *t, WireReader *in) {
    ToldLoss told;
    if (!wire_read(in, WIRE_told_loss, &told) || !told.what.zh || !at_page(t, told.page))
        return false;
    PageDifference *d = add_difference(t);
    *d = (PageDifference){.page = told.page, .what = told.what, .boxed = box_known(told.box)};
    if (d->boxed) {
        d->x = told.box.x0, d->y = told.box.y0;
        d->w = told.box.x1 - told.box.x0, d->h = told.box.y1 - told.box.y0;
    }
    return true;
}

static bool take_look(Told *t, WireReader *in, PageLook look) {
    ToldPage told;
    if (!wire_read(in, WIRE_told_page, &told) || !at_page(t, told.page))
        return false;
    t->pairs[t->settled++].look = look;
    return true;
}

static bool take_unknown(Told *t, WireReader *in) {
    ToldLoss told;
    if (!wire_read(in, WIRE_told_loss, &told) || !told.what.zh || !at_page(t, told.page))
        return false;
    t->pairs[t->settled++].why = told.what;
    return true;
}

static bool take_end(Told *t, WireReader *in) {
    WireResult told;
    if (!wire_read(in, WIRE_result, &told) || (told.kind && !told.text.zh))
        return false;
    t->ended = true;
    t->result = (Result){.kind = told.kind, .text = told.text};
    return true;
}

static bool take_record(Told *t, char letter, WireReader *in) {
    switch (letter) {
    case TOLD_SIDE:
        return take_side(t, in);
    case TOLD_DIFFERENCE:
        return take_difference(t, in);
    case TOLD_SAME:
        return take_look(t, in, LOOK_SAME);
    case TOLD_DIFFERS:
        return take_look(t, in, LOOK_DIFFERS);
    case TOLD_UNKNOWN:
        return take_unknown(t, in);
    case TOLD_COMPARED:
        return take_end(t, in);
    default:
        return false;
    }
}

static bool take(void *self, const char *line, size_t n) {
    Told *t = self;
    WireReader in = {.arena = t->arena, .p = line + 1, .end = line + n};
    return n && !t->ended && take_record(t, line[0], &in) && wire_at_end(&in);
}

static void work(void *self, Sink *lines) {
    compare_child(((const Told *)self)->in, lines);
}

/* ---- what it comes to ---- */

/* Of the document first, then of pages as they come. */
static void tell_pages(Told *t) {
    enum { MOST_TOLD = 20 };
    int now = t->sides[0].pages, then = t->sides[1].pages;
    if (now == then)
        return;
    (void)add_difference(t);
    memmove(t->differences + 1, t->differences, (t->difference_count - 1) * sizeof *t->differences);
    t->differences[0] =
        (PageDifference){.what = {arena_printf(t->arena, "页数 %d → %d", then, now),
                                  arena_printf(t->arena, "pages %d → %d", then, now)}};
    int first = (now < then ? now : then) + 1, last = now < then ? then : now;
    for (int page = first; page <= last && page < first + MOST_TOLD; page++)
        *add_difference(t) =
            (PageDifference){.page = page,
                             .what = now < then ? (Text){"少了这一页", "this page is missing"}
                                                : (Text){"多出这一页", "this page was added"}};
}

static const ComparedPair *first_unknown(const Told *t) {
    for (size_t i = 0; i < t->pair_count; i++)
        if (t->pairs[i].look == LOOK_UNKNOWN)
            return &t->pairs[i];
    return NULL;
}

static Text why_not(const Told *t) {
    static const Text who[] = {{"这个文件", "this file"}, {"另一个文件", "the other file"}};
    for (int i = 0; i < 2; i++)
        if (!t->sides[i].readable)
            return (Text){arena_printf(t->arena, "%s：%s", who[i].zh, t->sides[i].why.zh),
                          arena_printf(t->arena, "%s: %s", who[i].en, t->sides[i].why.en)};
    const ComparedPair *p = first_unknown(t);
    int page = (int)(p - t->pairs) + 1;
    return (Text){arena_printf(t->arena, "第 %d 页%s", page, p->why.zh),
                  arena_printf(t->arena, "page %d: %s", page, p->why.en)};
}

/* One difference proves that they differ, whatever else could not be looked at. */
static void conclude(Told *t, ComparedFiles *out) {
    bool readable = t->side_count == 2 && t->sides[0].readable && t->sides[1].readable;
    if (readable)
        tell_pages(t);
    bool differs = t->difference_count > 0, unknown = !readable || first_unknown(t);
    *out = (ComparedFiles){.compared = differs || !unknown,
                           .same_look = !differs && !unknown,
                           .pages = {t->sides[0].pages, t->sides[1].pages},
                           .pairs = t->pairs,
                           .pair_count = t->pair_count,
                           .differences = t->differences,
                           .difference_count = t->difference_count};
    if (!out->compared)
        out->why = why_not(t);
}

/* Pages that were not come to, and why. */
static void lose_rest(Told *t, Text why) {
    for (int i = t->side_count; i < 2; i++)
        t->sides[i] = (ToldFile){.why = why};
    for (size_t i = t->settled; i < t->pair_count; i++)
        t->pairs[i].why = why;
}

Result compare_run(ComparedFiles *out, Arena *a, const CompareInput *in,
                   const WorkerLimits *limits) {
    static const Text unread = {"这一页没有读到", "the page could not be read"};
    Told t = {.in = in, .arena = a};
    const char *reads[] = {in->now.path, in->then.path, NULL};
    WorkerTask task = {.self = &t, .work = work, .line = take, .box = {.reads = reads}};
    WorkerEnd end = worker_run(a, &task, limits);
    *out = (ComparedFiles){0};
    if (end.kind == WORKER_INTERRUPTED) {
        out->interrupted = end.signal;
        return OK;
    }
    if (end.kind == WORKER_DONE && !t.ended)
        end.kind = WORKER_GARBLED;
    if (end.kind == WORKER_DONE)
        TRY(t.result);
    lose_rest(&t, end.kind == WORKER_DONE ? unread : worker_reason(a, &end, limits));
    conclude(&t, out);
    return OK;
}
