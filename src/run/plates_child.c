#include "run/plates_child.h"

#include <limits.h>

#include "check/place.h"
#include "ink/measure/ink_sums.h"
#include "ink/pixels/pixel_plates.h"
#include "ink/plates/plate_files.h"
#include "read/derive.h"
#include "run/wire.h"

/* Larger pictures (A0 at 1200 ppi has 2.2 thousand million pixels) are a slip of the finger. */
static const double MOST_PIXELS = 2.5e9;

typedef struct Drawer {
    const PlatesRun *run;
    Sink *lines;
    PlateMaker *maker; /* of a PDF */
    PressProfile profile;
    Press *press;  /* of a raster file */
    Text no_maker; /* why there is neither */
    int ticket;    /* the page that is ours next */
    Result result;
} Drawer;

static void tell(Sink *lines, char letter, WireKind kind, const void *record) {
    sink_char(lines, letter);
    wire_write(lines, kind, record);
    sink_char(lines, '\n');
}

static void tell_file(Sink *lines, const Facts *facts) {
    const File *file = facts_at(facts, FACT_file, 0);
    ToldFile told = {.readable = file->readable == 1};
    if (told.readable)
        told.pages = ((const Document *)facts_at(facts, FACT_document, 0))->page_count;
    else
        told.why = (Text){file->unreadable_why, file->unreadable_why_en};
    tell(lines, TOLD_FILE, WIRE_told_file, &told);
    sink_flush(lines);
}

static void tell_end(Sink *lines, Result r) {
    tell(lines, TOLD_END, WIRE_result, &(WireResult){r.kind, r.text});
}

/* Pages that were settled before another worker broke down are not drawn again. */
static void take_ticket(Drawer *d) {
    const PlatesResult *known = d->run->out;
    size_t place;
    do {
        d->ticket = atomic_fetch_add(d->run->next, 1);
        place = page_place(known, d->ticket);
    } while (place < known->count && known->pages[place].settled);
}

static void tell_loss(Drawer *d, const Page *page, Box box, Text what) {
    ToldLoss loss = {.page = page->number,
                     .from_trim = origin_is_trim(page),
                     .box = box_known(box) ? place_box(page, box) : box,
                     .what = what};
    tell(d->lines, TOLD_LOSS, WIRE_told_loss, &loss);
}

/* The plates of one page on their way. */
typedef struct PageWork {
    PlateFiles *files;
    InkSums *sums;
    const Str *names; /* a plane */
} PageWork;

static void take_band(void *self, const Band *band) {
    PageWork *w = self;
    Str *names = ARENA_ARRAY(band->planes->arena, Str, band->planes->count);
    for (size_t i = 0; i < band->planes->count; i++)
        names[i] = band->planes->items[i].name;
    w->names = names;
    ink_sums_add(w->sums, band, NULL);
    plate_files_band(w->files, band);
}

static void tell_plates(Drawer *d, Arena *a, const Page *page, const PageWork *w) {
    InkSumsResult sums = ink_sums_finish(w->sums);
    for (size_t i = PLANE_CYAN; i < sums.plane_count; i++) {
        Str name = w->names[i];
        ToldPlate plate = {.page = page->number,
                           .ink = text_from_name(a, name.p, name.n),
                           .file = plate_files_name(w->files, i),
                           .coverage = sums.planes[i].coverage};
        if (plate.file)
            tell(d->lines, TOLD_PLATE, WIRE_told_plate, &plate);
    }
}

/* The written trim is known; where there is none, the survey may have found it. */
static Page with_trim(const PlatesRun *run, const Page *page) {
    Page p = *page;
    size_t place = page_place(run->out, page->number);
    if (run->trims && place < run->out->count && run->trims[place].page == page->number) {
        p.trim = run->trims[place].trim;
        p.trim_source = run->trims[place].source;
    }
    return p;
}

static void tell_profile(Drawer *d, const PressProfile *p) {
    ToldProfile profile = {p->name, p->sha256, p->source};
    tell(d->lines, TOLD_PROFILE, WIRE_told_profile, &profile);
}

static bool start_press(Drawer *d, const Facts *facts, const RasterHead *head) {
    if (d->press || d->no_maker.zh)
        return d->press;
    bool inks = head->space == SPACE_CMYK;
    if (!press_profile_carried(&d->profile, facts->document, inks ? head->icc : NULL,
                               head->icc_count, NULL, &d->no_maker))
        return false;
    d->press = press_new(facts->document, NULL, &d->profile);
    tell_profile(d, &d->profile);
    return true;
}

static bool start_maker(Drawer *d, const Facts *facts, const PageContent *content) {
    if (d->maker || d->no_maker.zh)
        return d->maker;
    d->maker = plate_maker_new(facts->document, content->file, &(PlateMakerPlan){0}, &d->no_maker);
    if (!d->maker)
        return false;
    tell_profile(d, plate_maker_profile(d->maker));
    return true;
}

static bool too_large(const PlatesPlan *plan, const Page *page) {
    Box b = plan->region;
    double scale = plan->ppi / 72;
    double pixels = box_known(b) ? (b.x1 - b.x0) * (b.y1 - b.y0) : page->media_w * page->media_h;
    return !(pixels * scale * scale <= MOST_PIXELS);
}

static bool off_page(const PlatesPlan *plan, const Page *page) {
    Box b = plan->region, media = {0, 0, page->media_w, page->media_h};
    return box_known(b) && !box_known(box_meet(b, media));
}

/* A page as the reader hands it over: either its content or its pixels. */
typedef struct Source {
    const PageContent *content;
    const RasterPixels *pixels;
} Source;

static bool start(Drawer *d, const Facts *facts, const Source *from) {
    return from->content ? start_maker(d, facts, from->content)
                         : start_press(d, facts, from->pixels->head);
}

/* Why the page can not be drawn at all; NULLs: it can. */
static Text obstacle(Drawer *d, const Facts *facts, const Page *page, const Source *from,
                     const PlatesPlan *plan) {
    if (off_page(plan, page))
        return (Text){"--region 在页面外面", "--region lies off the page"};
    if (from->content && too_large(plan, page))
        return (Text){"像素太多画不了，请用 --ppi 降低精度或用 --region 只画一块",
                      "too many pixels: lower --ppi, or draw only a --region"};
    return start(d, facts, from) ? (Text){NULL, NULL} : d->no_maker;
}

/* Draws the page and writes its files; `done` is what came out. False: they can not be written. */
static bool separate(Drawer *d, ToldPage *done, Arena *a, const Page *placed, const Source *from,
                     const PlatesPlan *plan) {
    const PlatesInput *in = d->run->in;
    PlateFilesPlan files = {in->dir, in->temporary, placed->number, in->png,
                            d->press ? d->press : plate_maker_press(d->maker)};
    PageWork w = {.files = plate_files_new(a, &files),
                  .sums = ink_sums_new(a, in->ppi, 0, (Area){0, 0, INT_MAX, INT_MAX})};
    Text why = {NULL, NULL};
    Plates plates = from->content ? plates_draw(d->maker, a, from->content, plan, take_band, &w)
                                  : pixel_plates_draw(d->press, a, placed, from->pixels, plan,
                                                      take_band, &w, &why);
    if (why.zh) {
        tell_loss(d, placed, BOX_UNKNOWN, why);
        return true;
    }
    d->result = plate_files_end(w.files);
    if (d->result.kind)
        return false;
    tell_plates(d, a, placed, &w);
    for (size_t i = 0; i < plates.omission_count; i++)
        tell_loss(d, placed, plates.omissions[i].box, plates.omissions[i].what);
    done->width = plates.width;
    done->height = plates.height;
    done->composite = plate_files_composite(w.files);
    return true;
}

static void draw_page(Drawer *d, const Facts *facts, const Page *page, const Source *from) {
    Page placed = with_trim(d->run, page);
    PlatesPlan plan = {.ppi = d->run->in->ppi, .region = d->run->in->region};
    ToldPage done = {.page = page->number};
    if (box_known(plan.region))
        plan.region = box_of_place(&placed, plan.region);
    Text why = obstacle(d, facts, page, from, &plan);
    if (why.zh)
        tell_loss(d, &placed, BOX_UNKNOWN, why);
    else if (!separate(d, &done, facts->page, &placed, from, &plan))
        return;
    tell(d->lines, TOLD_DONE, WIRE_told_page, &done);
}

static void on_open(void *self, Facts *facts) {
    const Drawer *d = self;
    tell_file(d->lines, facts);
}

static void draw_ours(Drawer *d, const Facts *facts, const Page *page, const Source *from) {
    if (page->number != d->ticket || d->result.kind)
        return;
    tell(d->lines, TOLD_BEGIN, WIRE_told_page, &(ToldPage){.page = page->number});
    sink_flush(d->lines);
    draw_page(d, facts, page, from);
    sink_flush(d->lines);
    take_ticket(d);
}

static void on_draw(void *self, Facts *facts, Page *page, const PageContent *content) {
    draw_ours(self, facts, page, &(Source){.content = content});
}

static void on_pixels(void *self, Facts *facts, Page *page, const RasterPixels *pixels) {
    draw_ours(self, facts, page, &(Source){.pixels = pixels});
}

/* Still ours after it could have been drawn: it has no content. */
static void on_page(void *self, Facts *facts, Page *page) {
    static const Text broken = {"页面读不到", "the page cannot be read"};
    Drawer *d = self;
    (void)facts;
    if (page->number != d->ticket || d->result.kind)
        return;
    tell_loss(d, page, BOX_UNKNOWN, broken);
    tell(d->lines, TOLD_DONE, WIRE_told_page, &(ToldPage){.page = page->number});
    take_ticket(d);
}

/* What the maker holds belongs to the file, which is closed after this. */
static void on_close(void *self, Facts *facts) {
    Drawer *d = self;
    (void)facts;
    plate_maker_free(d->maker);
    press_free(d->press);
    d->maker = NULL;
    d->press = NULL;
}

void plates_child_draw(const PlatesRun *run, Sink *lines) {
    const PlatesInput *in = run->in;
    ReadPlan plan = *in->plan;
    plan.cost = COST_HEADER;
    Drawer d = {.run = run, .lines = lines};
    ReadListener listener = {.self = &d,
                             .open = on_open,
                             .draw = on_draw,
                             .pixels = on_pixels,
                             .page = on_page,
                             .close = on_close};
    Facts *facts = facts_new();
    take_ticket(&d);
    Result r = read_file(facts, in->path, in->name, &plan, &listener);
    tell_end(lines, r.kind ? r : d.result);
    facts_free(facts);
}

static void survey_open(void *self, Facts *facts) {
    tell_file(self, facts);
}

static void survey_page(void *self, Facts *facts, Page *page) {
    (void)facts;
    ToldTrim trim = {page->number, page->trim, page->trim_source};
    tell(self, TOLD_TRIM, WIRE_told_trim, &trim);
}

static void survey_close(void *self, Facts *facts) {
    for (size_t i = 0; i < facts_count(facts, FACT_ink); i++) {
        const Ink *ink = facts_at(facts, FACT_ink, i);
        tell(self, TOLD_ROLE, WIRE_told_role, &(ToldRole){ink->name, ink->role});
    }
}

static void ignore_mark(void *self, Facts *facts, const Page *page, FactKind kind,
                        const void *mark) {
    (void)self, (void)facts, (void)page, (void)kind, (void)mark;
}

void plates_child_survey(const PlatesRun *run, Sink *lines) {
    const PlatesInput *in = run->in;
    ReadPlan plan = *in->plan;
    plan.cost = COST_CONTENT;
    ReadListener listener = {.self = lines,
                             .open = survey_open,
                             .mark = ignore_mark,
                             .page = survey_page,
                             .close = survey_close};
    Facts *facts = facts_new();
    Result r = read_file(facts, in->path, in->name, &plan, &listener);
    tell_end(lines, r);
    facts_free(facts);
}
