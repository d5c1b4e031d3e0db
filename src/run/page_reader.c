#include "run/page_reader.h"
#include "read/raster/raster.h"
#include "run/turns.h"

struct PageReader {
    Turns turns;
    Arena *arena;
    PageReaderPlan plan;
    Facts *facts;
    PageAtHand at_hand;
    int shown;   /* number of the page that was shown last */
    bool asked;  /* somebody still looks at pages */
    bool opened; /* the file's own facts stand */
    Result result;
};

static void on_open(void *self, Facts *facts) {
    PageReader *r = self;
    (void)facts;
    r->opened = true;
    if (r->asked)
        turns_yield(&r->turns);
}

static void on_mark(void *self, Facts *facts, const Page *page, FactKind kind, const void *mark) {
    const PageReader *r = self;
    (void)facts;
    if (r->asked && r->plan.mark)
        r->plan.mark(r->plan.self, page, kind, mark);
}

static void show(PageReader *r, PageAtHand at) {
    if (!r->asked || r->shown == at.page->number)
        return;
    r->shown = at.page->number;
    r->at_hand = at;
    turns_yield(&r->turns);
    r->at_hand = (PageAtHand){0};
}

static void on_draw(void *self, Facts *facts, Page *page, const PageContent *content) {
    show(self, (PageAtHand){.facts = facts, .page = page, .content = content});
}

static void on_pixels(void *self, Facts *facts, Page *page, const RasterPixels *pixels) {
    show(self, (PageAtHand){.facts = facts, .page = page, .pixels = pixels});
}

static void on_page(void *self, Facts *facts, Page *page) {
    show(self, (PageAtHand){.facts = facts, .page = page});
}

static void on_close(void *self, Facts *facts) {
    const PageReader *r = self;
    (void)facts;
    if (r->plan.close)
        r->plan.close(r->plan.self);
}

static void read_all(void *self) {
    PageReader *r = self;
    ReadListener listener = {.self = r,
                             .open = on_open,
                             .mark = on_mark,
                             .draw = on_draw,
                             .pixels = on_pixels,
                             .page = on_page,
                             .close = on_close};
    r->result = read_file(r->facts, r->plan.path, r->plan.name, r->plan.plan, &listener);
}

PageReader *page_reader_open(Arena *a, const PageReaderPlan *plan) {
    PageReader *r = ARENA_NEW(a, PageReader);
    *r = (PageReader){.arena = a, .plan = *plan, .facts = facts_new(), .asked = true};
    turns_start(&r->turns, read_all, r);
    return r;
}

const File *page_reader_file(const PageReader *r) {
    return facts_count(r->facts, FACT_file) ? facts_at(r->facts, FACT_file, 0) : NULL;
}

int page_reader_pages(const PageReader *r) {
    const File *file = page_reader_file(r);
    if (!r->opened || !file || file->readable != 1 || !facts_count(r->facts, FACT_document))
        return 0;
    return ((const Document *)facts_at(r->facts, FACT_document, 0))->page_count;
}

const PageAtHand *page_reader_next(PageReader *r) {
    turns_pass(&r->turns);
    return r->turns.ended ? NULL : &r->at_hand;
}

Result page_reader_close(PageReader *r) {
    static const Text no_memory = {"内存不够", "there is no memory left"};
    bool started = r->turns.stack;
    r->asked = false;
    turns_pass(&r->turns);
    turns_end(&r->turns);
    Result result = r->result; /* its words are in the arena of the facts */
    result.text =
        (Text){arena_strdup(r->arena, result.text.zh), arena_strdup(r->arena, result.text.en)};
    result.at.file = arena_strdup(r->arena, result.at.file);
    if (!started)
        result = (Result){.kind = ERR_LIMIT, .text = no_memory};
    facts_free(r->facts);
    return result;
}
