/* The effective bleed box, what the boxes declare at each edge, and sizes over all pages. */
#include <math.h>

#include "read/derive.h"
#include "read/edges.h"

/* Where the sheet will really be cut: inside the written box when that has the bleed in it. */
static Box cut_box(const Page *p, const double written_bleed[EDGES]) {
    return p->size_match == SIZE_WITH_BLEED ? box_grown(p->trim, written_bleed, -1) : p->trim;
}

static bool all_known(const double edges[EDGES]) {
    return !isnan(edges[TOP] + edges[RIGHT] + edges[BOTTOM] + edges[LEFT]);
}

static void choose_bleed_box(Page *p, Box cut, const double written_bleed[EDGES]) {
    Box media = {0, 0, p->media_w, p->media_h};
    if (p->bleed_written == 1) {
        p->bleed = box_join(box_meet(box_to_page(p, p->bleed_box), media), p->trim);
        p->bleed_source = BLEED_BLEEDBOX;
        return;
    }
    Box grown = box_grown(cut, written_bleed, 1);
    if (p->trim_source != TRIM_DEFAULTED && box_known(box_meet(grown, media))) {
        p->bleed = box_join(box_meet(grown, media), p->trim);
        p->bleed_source = BLEED_JOB;
        return;
    }
    p->bleed = media;
    p->bleed_source = BLEED_MEDIA;
}

void derive_bleed(Page *p, const Limit *limit) {
    double viewed[EDGES], written[EDGES];
    limit_bleeds(limit, viewed);
    edges_as_written(written, viewed, p->rotate);
    if (p->size_match == SIZE_WITH_BLEED && !all_known(written))
        return;
    Box cut = cut_box(p, written);
    choose_bleed_box(p, cut, written);
    if (p->trim_source == TRIM_DEFAULTED)
        return;
    double declared[EDGES] = {[TOP] = p->bleed.y1 - cut.y1,
                              [RIGHT] = p->bleed.x1 - cut.x1,
                              [BOTTOM] = cut.y0 - p->bleed.y0,
                              [LEFT] = cut.x0 - p->bleed.x0};
    p->bleed_top = declared[edge_as_written(TOP, p->rotate)];
    p->bleed_right = declared[edge_as_written(RIGHT, p->rotate)];
    p->bleed_bottom = declared[edge_as_written(BOTTOM, p->rotate)];
    p->bleed_left = declared[edge_as_written(LEFT, p->rotate)];
}

Box derive_knife(const Page *p, const Limit *limit) {
    double viewed[EDGES], written[EDGES];
    limit_bleeds(limit, viewed);
    edges_as_written(written, viewed, p->rotate);
    bool unclear = p->size_match == SIZE_WITH_BLEED && !all_known(written);
    return p->trim_source == TRIM_DEFAULTED || unclear ? BOX_UNKNOWN : cut_box(p, written);
}

void derive_bleed_edges(Facts *facts, const Page *p, const Limit *limit) {
    const double declared[EDGES] = {[TOP] = p->bleed_top,
                                    [RIGHT] = p->bleed_right,
                                    [BOTTOM] = p->bleed_bottom,
                                    [LEFT] = p->bleed_left};
    static const Edge names[EDGES] = {
        [TOP] = EDGE_TOP, [RIGHT] = EDGE_RIGHT, [BOTTOM] = EDGE_BOTTOM, [LEFT] = EDGE_LEFT};
    double required[EDGES];
    limit_bleeds(limit, required);
    for (int edge = 0; edge < EDGES; edge++) {
        BleedEdge *row = facts_add(facts, FACT_bleed_edge);
        row->edge = (uint8_t)names[edge];
        row->declared = declared[edge];
        row->required = required[edge];
    }
}

static void viewed_sides(const Page *p, double *w, double *h) {
    bool turned = p->rotate == 90 || p->rotate == 270;
    double x = p->trim.x1 - p->trim.x0, y = p->trim.y1 - p->trim.y0;
    *w = turned ? y : x;
    *h = turned ? x : y;
}

enum { MOST_SIZES = 256 };
typedef struct SizeClass {
    double w, h;
    int pages;
} SizeClass;

static int class_of(const SizeClass *classes, int count, const Page *p, double tolerance) {
    double w, h;
    viewed_sides(p, &w, &h);
    for (int i = 0; i < count; i++)
        if (fabs(classes[i].w - w) <= tolerance && fabs(classes[i].h - h) <= tolerance)
            return i;
    return count;
}

void derive_sizes(Facts *facts, const Limit *limit) {
    double tolerance = isnan(limit->size_warn) ? LENGTH_TOLERANCE : limit->size_warn;
    SizeClass classes[MOST_SIZES];
    int count = 0, most = 0;
    size_t pages = facts_count(facts, FACT_page);
    for (size_t i = 0; i < pages; i++) {
        const Page *p = facts_at(facts, FACT_page, i);
        if (!box_known(p->trim))
            continue;
        int at = class_of(classes, count, p, tolerance);
        if (at == MOST_SIZES)
            continue;
        if (at == count) {
            viewed_sides(p, &classes[at].w, &classes[at].h);
            classes[at].pages = 0;
            count++;
        }
        classes[at].pages++;
        if (classes[at].pages > classes[most].pages)
            most = at;
    }
    for (size_t i = 0; i < pages; i++) {
        Page *p = facts_at(facts, FACT_page, i);
        if (box_known(p->trim))
            p->odd_size = class_of(classes, count, p, tolerance) != most;
    }
    if (count && facts_count(facts, FACT_document)) {
        Document *d = facts_at(facts, FACT_document, 0);
        d->trim_sizes = count;
    }
}
