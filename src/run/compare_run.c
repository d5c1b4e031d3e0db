#include "run/compare_run.h"

#include "ink/compare/page_pairs.h"
#include "run/compare_child.h"
#include "run/wire.h"

#include <string.h>

/* What was told of a page of the file at hand. */
typedef struct ToldLook {
    ComparedPair pair;
    bool begun, settled; /* it is known which page it is held against; how it came out */
    PageDifference *differences;
    size_t count, capacity;
} ToldLook;

/* What came from the worker so far. */
typedef struct Told {
    const CompareInput *in;
    Arena *arena;
    ToldFile sides[2];
    int side_count;
    ToldLook *pages;
    size_t page_count; /* of the file at hand; 0 where one of them cannot be read */
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
        bool readable = t->sides[0].readable && t->sides[1].readable;
        t->page_count = readable ? (size_t)t->sides[0].pages : 0;
        t->pages = ARENA_ARRAY(t->arena, ToldLook, t->page_count + 1);
    }
    return true;
}

static ToldLook *page_told(const Told *t, int page) {
    return page >= 1 && (size_t)page <= t->page_count ? &t->pages[page - 1] : NULL;
}

/* What was said of it before is void. */
static bool take_pair(Told *t, WireReader *in) {
    ToldPair told;
    if (!wire_read(in, WIRE_told_pair, &told) || told.other > t->sides[1].pages)
        return false;
    ToldLook *p = page_told(t, told.page);
    if (!p)
        return false;
    *p = (ToldLook){.pair.other = told.other, .begun = true, .settled = !told.other};
    if (!told.other)
        p->pair.look = LOOK_ADDED;
    return true;
}

/* The page that is spoken of; NULL: it is not its turn. */
static ToldLook *page_in_hand(const Told *t, int page) {
    ToldLook *p = page_told(t, page);
    return p && p->begun && !p->settled ? p : NULL;
}

static bool take_difference(Told *t, WireReader *in) {
    ToldLoss told;
    if (!wire_read(in, WIRE_told_loss, &told) || !told.what.zh || !page_in_hand(t, told.page))
        return false;
    ToldLook *p = page_in_hand(t, told.page);
    PageDifference *d = ARENA_PUSH(t->arena, p->differences, p->count, p->capacity);
    *d = (PageDifference){.page = told.page, .what = told.what, .boxed = box_known(told.box)};
    if (d->boxed) {
        d->x = told.box.x0, d->y = told.box.y0;
        d->w = told.box.x1 - told.box.x0, d->h = told.box.y1 - told.box.y0;
    }
    return true;
}

static bool take_look(Told *t, WireReader *in, PageLook look) {
    ToldPage told;
    if (!wire_read(in, WIRE_told_page, &told))
        return false;
    ToldLook *p = page_in_hand(t, told.page);
    if (!p || (look == LOOK_SAME) != !p->count)
        return false;
    p->pair.look = look;
    p->settled = true;
    return true;
}

static bool take_unknown(Told *t, WireReader *in) {
    ToldLoss told;
    if (!wire_read(in, WIRE_told_loss, &told) || !told.what.zh || !page_in_hand(t, told.page))
        return false;
    ToldLook *p = page_in_hand(t, told.page);
    p->pair.why = told.what;
    p->settled = true;
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
    case TOLD_PAIR:
        return take_pair(t, in);
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

/* Pages that were not come to, and why. */
static void lose_rest(Told *t, Text why) {
    for (int i = t->side_count; i < 2; i++)
        t->sides[i] = (ToldFile){.why = why};
    for (size_t i = 0; i < t->page_count; i++)
        if (!t->pages[i].settled)
            t->pages[i].pair.why = why;
}

static ComparedTold told_of(Told *t) {
    ComparedTold out = {.other = t->in->other, .arena = t->arena, .whole = true};
    ComparedPair *pairs = ARENA_ARRAY(t->arena, ComparedPair, t->page_count + 1);
    size_t count = 0;
    for (int i = 0; i < 2; i++) {
        out.pages[i] = t->sides[i].pages;
        out.readable[i] = t->sides[i].readable;
        out.unreadable[i] = t->sides[i].why;
    }
    for (size_t i = 0; i < t->page_count; i++) {
        pairs[i] = t->pages[i].pair;
        count += t->pages[i].count;
        out.whole &= t->pages[i].begun;
    }
    PageDifference *all = ARENA_ARRAY(t->arena, PageDifference, count + 1);
    for (size_t i = 0; i < t->page_count; i++)
        for (size_t k = 0; k < t->pages[i].count; k++)
            all[out.difference_count++] = t->pages[i].differences[k];
    out.pairs = pairs;
    out.pair_count = t->page_count;
    out.differences = all;
    return out;
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
    ComparedTold told = told_of(&t);
    compare_conclude(out, &told);
    return OK;
}
