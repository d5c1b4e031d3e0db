/* One drawing of a page, and who asks. */
#include "ink/measure/asking.h"
#include "ink/press/intent_tac.h"

#include <math.h>
#include <string.h>

/* Enough for means over 15 mm, for areas of 15 mm² and to see where paint ends to a third of a
 * millimetre; what is nearer to its limit than that is drawn again, finer. */
#define MEASURE_PPI 72.0

/* A page of more pixels than that is drawn smaller, and one that would be drawn smaller than
 * COARSEST proves nothing. */
#define MOST_PIXELS 24e6
#define COARSEST    12.0

static double measure_ppi(const PageContent *content) {
    Box media = box_transformed(content->box.media, &content->box.to_page);
    double area = (media.x1 - media.x0) * (media.y1 - media.y0) / (72.0 * 72.0);
    return fmin(MEASURE_PPI, sqrt(MOST_PIXELS / fmax(area, 1e-6)));
}

struct InkMeasure {
    Arena *document;
    const ReadPlan *plan;
    PlateMaker *maker;
    PixelPress pixels; /* of a raster file */
    Likeness *likeness;
    UndrawnPlace *undrawn;
    size_t undrawn_count, undrawn_capacity;
    bool tried, begun; /* the maker; the first page */
    Text why_not;      /* there is no maker */
};

InkMeasure *ink_measure_new(Arena *document, const ReadPlan *plan) {
    InkMeasure *m = ARENA_NEW(document, InkMeasure);
    m->document = document;
    m->plan = plan;
    m->likeness = likeness_new(document);
    return m;
}

void ink_measure_free(InkMeasure *m) {
    if (!m)
        return;
    plate_maker_free(m->maker);
    press_free(m->pixels.press);
}

const ReadPlan *ink_measure_plan(const InkMeasure *m) {
    return m->plan;
}

PlateMaker *ink_measure_maker(InkMeasure *m, PdfFile *f) {
    if (!m->tried)
        m->maker = plate_maker_new(m->document, f, NULL, &m->why_not);
    m->tried = true;
    return m->maker;
}

const UndrawnPlace *ink_measure_undrawn(const InkMeasure *m, size_t *count) {
    *count = m->undrawn_count;
    return m->undrawn;
}

const PressProfile *ink_measure_profile(const InkMeasure *m) {
    if (m->pixels.press)
        return &m->pixels.profile;
    return m->maker ? plate_maker_profile(m->maker) : NULL;
}

PixelPress *ink_measure_pixel_press(InkMeasure *m) {
    return &m->pixels;
}

Likeness *ink_measure_likeness(const InkMeasure *m) {
    return m->likeness;
}

void ink_measure_leave_out(InkMeasure *m, int page, Text what) {
    for (size_t k = m->undrawn_count; k > 0 && m->undrawn[k - 1].page == page; k--)
        if (streq(m->undrawn[k - 1].what.en, what.en))
            return;
    if (m->undrawn_count < MOST_UNDRAWN)
        *ARENA_PUSH(m->document, m->undrawn, m->undrawn_count, m->undrawn_capacity) =
            (UndrawnPlace){
                page, {arena_strdup(m->document, what.zh), arena_strdup(m->document, what.en)}};
}

Box measured_box(const MeasuredPage *p, Area area) {
    Matrix to_page = matrix_inverse(&p->to_device);
    return box_transformed((Box){area.x0, area.y0, area.x1, area.y1}, &to_page);
}

bool measured_omits(const MeasuredPage *p, Box box) {
    for (size_t i = 0; i < p->plates->omission_count; i++) {
        Box b = p->plates->omissions[i].box;
        if (b.x0 < box.x1 && b.x1 > box.x0 && b.y0 < box.y1 && b.y1 > box.y0)
            return true;
    }
    return false;
}

/* A page drawn too small to measure on it counts as not drawn. */
static void call_undrawn(Plates *plates, const PageContent *content, Arena *page) {
    static const Text too_large = {"页面太大，量不了墨", "the page is too large to be measured"};
    plates->omissions = ARENA_NEW(page, Omission);
    *plates->omissions =
        (Omission){box_transformed(content->box.media, &content->box.to_page), too_large};
    plates->omission_count = 1;
    plates->complete = false;
}

bool ink_measure_look(const InkMeasure *m, int page, uint64_t hash[2]) {
    return likeness_of(m->likeness, page, hash);
}

void ink_measure_intents(InkMeasure *m, Facts *facts, const PageContent *content) {
    if (!m->begun)
        intent_tac(facts, content->file);
    m->begun = true;
}

void ink_measure_page(InkMeasure *m, Facts *facts, Page *page, const PageContent *content) {
    static const Box whole = {NAN, NAN, NAN, NAN};
    Asking a = {.page = measured_page(m, facts, page)};
    MeasuredPage *p = &a.page;
    p->maker = ink_measure_maker(m, content->file);
    p->content = content;
    p->sized = true;
    p->ppi = measure_ppi(content);
    ink_measure_intents(m, facts, content);
    if (!p->maker) {
        ink_measure_leave_out(m, page->number, m->why_not);
        return;
    }
    p->to_device = plates_matrix(content, p->ppi, whole);
    asking_begin(&a);
    a.overlaps = m->plan->keep[FACT_overlap] ? overlaps_new(p) : NULL;
    PlatesPlan how = {
        .ppi = p->ppi, .region = whole, .watch = a.overlaps ? overlaps_watch(a.overlaps) : NULL};
    Plates plates = plates_draw(p->maker, facts->page, content, &how, asking_band, &a);
    if (p->ppi < COARSEST)
        call_undrawn(&plates, content, facts->page);
    asking_end(&a, &plates);
}
