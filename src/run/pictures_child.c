#include "run/pictures_child.h"

#include <math.h>
#include <nettle/base64.h>
#include <string.h>

#include "check/place.h"
#include "ink/pixels/pixel_plates.h"
#include "ink/plates/preview.h"
#include "read/derive.h"
#include "run/picture_code.h"
#include "run/wire.h"

/* RgbPicture of a raster page are decoded anew for each picture of it: so many in all. */
static const double MOST_DECODED = 1e9;

typedef struct Drawer {
    const PicturesShare *share;
    Sink *lines;
    size_t next; /* of the share */
    PlateMaker *maker;
    PressProfile profile;
    Press *press;
    Text refused; /* why nothing can be drawn; NULLs: nothing stands in the way */
    double decoded;
} Drawer;

/* A page as the reader hands it over: either its content or its pixels. */
typedef struct Source {
    const PageContent *content;
    const RasterPixels *pixels;
} Source;

static void tell(Sink *lines, char letter, WireKind kind, const void *record) {
    sink_char(lines, letter);
    wire_write(lines, kind, record);
    sink_char(lines, '\n');
}

static const PictureWish *wish_of(const Drawer *d, size_t i) {
    return &d->share->wishes[d->share->mine[i]];
}

static void tell_none(const Drawer *d, size_t i, Text why) {
    ToldPicture told = {.wish = (int)d->share->mine[i], .why = why, .mm = BOX_UNKNOWN};
    tell(d->lines, TOLD_PICTURE, WIRE_told_picture, &told);
}

static void on_open(void *self, Facts *facts) {
    static const Text changed = {"这已经不是当时查的那个文件，画不出当时的样子",
                                 "this is not the file that was checked any more"};
    Drawer *d = self;
    const File *file = facts_at(facts, FACT_file, 0);
    if (!streq(file->sha256, d->share->in->report->file.sha256))
        d->refused = changed;
    else if (file->readable != 1)
        d->refused = (Text){file->unreadable_why, file->unreadable_why_en};
}

static bool start_press(Drawer *d, const Facts *facts, const RasterHead *head) {
    bool inks = head->space == SPACE_CMYK;
    if (!d->press && press_profile_carried(&d->profile, facts->document, inks ? head->icc : NULL,
                                           head->icc_count, NULL, &d->refused))
        d->press = press_new(facts->document, NULL, &d->profile);
    return d->press;
}

static bool start(Drawer *d, const Facts *facts, const Source *from) {
    if (d->refused.zh)
        return false;
    if (from->pixels)
        return start_press(d, facts, from->pixels->head);
    if (!d->maker)
        d->maker = plate_maker_new(facts->document, from->content->file, &(PlateMakerPlan){0},
                                   &d->refused);
    return d->maker;
}

static const PageSummary *summary_of(const Report *r, int page) {
    for (size_t i = 0; i < r->page_count; i++)
        if (r->pages[i].number == page)
            return &r->pages[i];
    return NULL;
}

static bool same_trim(const Page *p, const PageSummary *s) {
    bool known = origin_is_trim(p);
    if (!s || known != !isnan(s->trim_w))
        return false;
    return !known || (p->trim_source == s->trim_source &&
                      measure_compare(p->viewed_w, MM(s->trim_w), DIM_LENGTH) == 0 &&
                      measure_compare(p->viewed_h, MM(s->trim_h), DIM_LENGTH) == 0);
}

/* With the trim that places were measured from. False: that is not to be had. */
static bool place_page(const Drawer *d, Page *p) {
    const ReadPlan *plan = d->share->in->plan;
    if (p->trim_source == TRIM_UNKNOWN) /* not written, and no content was read for it */
        derive_trim(p, plan->job_of(plan->jobs, p->number), plan->limit_of(plan->jobs, p->number),
                    BOX_UNKNOWN);
    return same_trim(p, summary_of(d->share->in->report, p->number));
}

/* The picture that is being drawn. */
typedef struct Canvas {
    Arena *arena;
    Press *press;
    Preview *preview;
    RgbPicture pixels;
} Canvas;

static void take_band(void *self, const Band *band) {
    Canvas *c = self;
    size_t row = 3 * (size_t)band->width;
    if (!c->preview) {
        c->pixels = (RgbPicture){band->width, band->height,
                                 arena_alloc(c->arena, row * (size_t)band->height)};
        c->preview = preview_new(c->arena, c->press, band->width);
    }
    for (int y = band->area.y0; y < band->area.y1; y++)
        preview_row(c->preview, band, y, c->pixels.rgb + row * (size_t)y);
}

static bool decodes_too_much(Drawer *d, const Source *from) {
    if (from->pixels)
        d->decoded += (double)from->pixels->head->width * from->pixels->head->height;
    return d->decoded > MOST_DECODED;
}

/* Draws it; `why` is set when it can not be drawn. */
static Plates draw(Drawer *d, Canvas *canvas, const Page *page, const Source *from,
                   const PictureWish *wish, Box region, Text *why) {
    double longer = fmax(region.x1 - region.x0, region.y1 - region.y0);
    PlatesPlan plan = {.ppi = wish->most * 72 / longer, .region = region};
    Plates plates = from->content ? plates_draw(d->maker, canvas->arena, from->content, &plan,
                                                take_band, canvas)
                                  : pixel_plates_draw(d->press, canvas->arena, page, from->pixels,
                                                      &plan, take_band, canvas, why);
    static const Text empty = {"画出来是空的", "nothing came out of drawing it"};
    if (!canvas->preview && !why->zh)
        *why = empty;
    return plates;
}

static void tell_image(const Drawer *d, ToldPicture *told, const Canvas *canvas,
                       const PictureWish *wish) {
    RgbPicture fit = rgb_fit(canvas->arena, canvas->pixels, wish->most);
    RgbFile file = rgb_encode(canvas->arena, fit, wish->compact);
    char *text = arena_alloc(canvas->arena, BASE64_ENCODE_RAW_LENGTH(file.count) + 1);
    base64_encode_raw(text, file.count, file.bytes);
    told->image = text;
    told->jpeg = file.jpeg;
    told->width = fit.width;
    told->height = fit.height;
    tell(d->lines, TOLD_PICTURE, WIRE_told_picture, told);
}

static void draw_wish(Drawer *d, size_t i, const Page *page, bool placed, const Source *from) {
    static const Text off = {"不在页面上", "it is not on the page"},
                      lost = {"说不准它在页面的什么地方",
                              "it is not known where it is on the page"},
                      costly = {"图太大，不再一块块画",
                                "the picture is too large to draw every part"};
    const PictureWish *wish = wish_of(d, i);
    Box media = {0, 0, page->media_w, page->media_h};
    Box region = wish->part ? box_meet(box_of_place(page, wish->mm), media) : media;
    Text why = {NULL, NULL};
    if (wish->part && !placed)
        why = lost;
    else if (!(region.x1 > region.x0 && region.y1 > region.y0))
        why = off;
    else if (decodes_too_much(d, from))
        why = costly;
    Canvas canvas = {.arena = arena_new()};
    Plates plates = {0};
    if (!why.zh) {
        canvas.press = from->content ? plate_maker_press(d->maker) : d->press;
        plates = draw(d, &canvas, page, from, wish, region, &why);
    }
    ToldPicture told = {.wish = (int)d->share->mine[i],
                        .mm = placed ? place_box(page, region) : BOX_UNKNOWN,
                        .from_trim = placed && origin_is_trim(page),
                        .whole = plates.complete};
    if (why.zh)
        tell_none(d, i, why);
    else
        tell_image(d, &told, &canvas, wish);
    arena_free(canvas.arena);
}

static void draw_page(Drawer *d, const Facts *facts, const Page *page, const Source *from) {
    size_t count = d->share->count;
    if (d->next == count || wish_of(d, d->next)->page != page->number)
        return;
    tell(d->lines, TOLD_PICTURE_PAGE, WIRE_told_page, &(ToldPage){.page = page->number});
    sink_flush(d->lines);
    Page at = *page;
    bool placed = place_page(d, &at), able = start(d, facts, from);
    for (; d->next < count && wish_of(d, d->next)->page == page->number; d->next++)
        if (able)
            draw_wish(d, d->next, &at, placed, from);
        else
            tell_none(d, d->next, d->refused);
    sink_flush(d->lines);
}

static void on_draw(void *self, Facts *facts, Page *page, const PageContent *content) {
    draw_page(self, facts, page, &(Source){.content = content});
}

static void on_pixels(void *self, Facts *facts, Page *page, const RasterPixels *pixels) {
    draw_page(self, facts, page, &(Source){.pixels = pixels});
}

/* Wishes that are left when a page has gone by are of one that has no content. */
static void on_page(void *self, Facts *facts, Page *page) {
    static const Text broken = {"页面读不到", "the page cannot be read"};
    Drawer *d = self;
    (void)facts;
    for (; d->next < d->share->count && wish_of(d, d->next)->page <= page->number; d->next++)
        tell_none(d, d->next, d->refused.zh ? d->refused : broken);
}

/* What the maker holds belongs to the file, which is closed after this. */
static void on_close(void *self, Facts *facts) {
    static const Text missing = {"文件里没有这一页", "the file has no such page"};
    Drawer *d = self;
    (void)facts;
    for (; d->next < d->share->count; d->next++)
        tell_none(d, d->next, d->refused.zh ? d->refused : missing);
    plate_maker_free(d->maker);
    press_free(d->press);
    d->maker = NULL;
    d->press = NULL;
}

static void ignore_mark(void *self, Facts *facts, const Page *page, FactKind kind,
                        const void *mark) {
    (void)self, (void)facts, (void)page, (void)kind, (void)mark;
}

/* Crop marks are found among the marks of a page; any other trim is known without them. */
static Cost cost_of(const Report *r) {
    for (size_t i = 0; i < r->page_count; i++)
        if (r->pages[i].trim_source == TRIM_MARKS)
            return COST_CONTENT;
    return COST_HEADER;
}

void pictures_child_draw(const PicturesShare *share, Sink *lines) {
    const PicturesInput *in = share->in;
    ReadPlan plan = *in->plan;
    Drawer d = {.share = share, .lines = lines};
    plan.cost = cost_of(in->report);
    plan.first_page = share->wishes[share->mine[0]].page;
    plan.last_page = share->wishes[share->mine[share->count - 1]].page;
    ReadListener listener = {.self = &d,
                             .open = on_open,
                             .mark = ignore_mark,
                             .draw = on_draw,
                             .pixels = on_pixels,
                             .page = on_page,
                             .close = on_close};
    Facts *facts = facts_new();
    Result r = read_file(facts, in->path, in->report->file.name, &plan, &listener);
    tell(lines, TOLD_PICTURES_END, WIRE_result, &(WireResult){r.kind, r.text});
    facts_free(facts);
}
