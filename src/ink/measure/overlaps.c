/* What becomes of a mark and the ink beneath it, ISO 32000-1 Table 149 being the judge.
 *
 * Three kinds of marks can surprise people: those without ink of their own, those in black alone,
 * and those that overprint. They are watched on their way to the plates; what they meet there
 * decides. Over bare paper nothing changes and no row is made.
 *
 * Overprint does not reach out of an isolated group, but the group as a whole covers what is around
 * it: so a mark can not vanish into what is around its group, and knocks it out. */
#include "ink/measure/measure.h"

#include <math.h>
#include <string.h>

#include "ink/measure/overlap_parts.h"
#include "read/derive.h"

/* What counts as lying on ink at the resolution of the drawing, where a pixel at the edge of a mark
 * holds some of its neighbour: this much of the mark, or wholly covered pixels of this area. */
static const double SHARE_OF_TEXT = 0.1, SHARE_OF_OTHERS = 0.5, SURE_AREA = MM(1) * MM(2);
static const double INK_BENEATH = 0.1;         /* tint from which on ground_inks counts one */
static const double BAR = 8, BAR_FILLED = 0.8; /* how long for its width, how full of its box */

struct Overlaps {
    const MeasuredPage *page;
    Watch watch;
    Area part; /* of the page, the last one that was begun */
    bool begun;
    double pixel; /* its area, pt² */
    ClusterPlaces *clusters;
    OverlapRows *found, *bare; /* `bare`: nothing was found, as far as everything was drawn */
    Ground ground;
    CoverMap *covers;
    uint32_t serial; /* of the mark under way, from 1 on */
    WatchedMark mark;
    bool judged, covering;
    Overlap row, blank;
};

static void on_part(void *self, Area area) {
    Overlaps *o = self;
    bool again = o->begun && area.y0 == o->part.y0;
    o->begun = true;
    o->part = area;
    if (again) {
        overlap_rows_revert(o->found);
        overlap_rows_revert(o->bare);
    } else {
        overlap_rows_keep(o->found);
        overlap_rows_keep(o->bare);
    }
}

/* The largest tint as the colour is written, where it is written in inks; else as it is painted. */
static double written_tint(const Colour *c, const Paint *paint) {
    Space space = c->space->space;
    double most = 0;
    if (space == SPACE_GRAY)
        return fmin(fmax(1 - (double)c->values[0], 0), 1);
    if (space == SPACE_CMYK || space == SPACE_SEPARATION || space == SPACE_DEVICEN) {
        for (int i = 0; i < c->space->components; i++)
            most = fmax(most, (double)c->values[i]);
        return fmin(most, 1);
    }
    for (int i = 0; i < (paint->all ? 1 : paint->count); i++)
        most = fmax(most, paint->values[i] / 255.0);
    return most;
}

/* Inks with a tint above 0, of a flat paint. */
static int inks_of(const Paint *p, int *last) {
    int n = 0;
    for (int i = 0; i < (p->all ? 1 : p->count); i++)
        if (p->values[i]) {
            n++;
            *last = p->all ? PLANE_REST : p->planes[i];
        }
    return n;
}

static void look_at_paint(Overlaps *o, const WatchedMark *m) {
    const Paint *p = m->paint;
    const Colour *c = m->stroke ? &m->gs->stroke : &m->gs->fill;
    Overlap *r = &o->row;
    r->white = r->black = 0;
    if (!p->flat)
        return;
    int only = PLANE_REST, inks = inks_of(p, &only);
    double least = o->page->limit->black_ink;
    r->space = (uint8_t)c->space->space;
    r->tint = written_tint(c, p);
    r->white = inks == 0;
    r->black = inks == 1 && only == PLANE_BLACK && !(r->tint < least);
}

static bool in_art(const Overlaps *o, Box b) {
    Box art = o->page->page->bleed;
    return !box_known(b) || !box_known(art) ||
           (b.x0 < art.x1 && b.x1 > art.x0 && b.y0 < art.y1 && b.y1 > art.y0);
}

static bool is_opaque(const Paint *p) {
    return p->alpha == 255;
}

/* A flat process colour that is set to overprint: where it replaces all ink all the same, somebody
 * took it for something else. Spots overprint by habit, their own tints too. */
static bool replaces_ink(const Overlaps *o) {
    const Paint *p = o->mark.paint;
    bool spot = o->row.space == SPACE_SEPARATION || o->row.space == SPACE_DEVICEN;
    return p->flat && !p->all && p->keeps_others && !spot && !o->row.white && !o->row.black;
}

/* Width of a line as it is painted: the thinner way across where the matrix is not even. */
static double line_width(const GraphicsState *gs) {
    const Matrix *m = &gs->ctm;
    double det = fabs(m->a * m->d - m->b * m->c);
    double most = fmax(hypot(m->a, m->b), hypot(m->c, m->d));
    return most > 0 ? fabs(gs->line_width) * fmin(det / most, most) : 0;
}

/* Size and stem, of what was painted as far as it was looked at. */
static void measure(Overlaps *o) {
    Overlap *r = &o->row;
    const Ground *g = &o->ground;
    double wide = r->box.x1 - r->box.x0, high = r->box.y1 - r->box.y0;
    double filled = (double)g->painted / 255 * o->pixel;
    r->size = fmin(wide, high);
    if (o->mark.kind == MARK_GLYPH_RUN)
        r->size = o->mark.size;
    else if (o->mark.kind == MARK_STROKE)
        r->size = r->stem = line_width(o->mark.gs);
    else if (fmax(wide, high) >= BAR * r->size && filled >= BAR_FILLED * wide * high)
        r->stem = r->size;
    r->marks = 1;
}

/* The outlined text a filled path belongs to gives its size. */
static int find_cluster(Overlaps *o) {
    Overlap *r = &o->row;
    if (o->mark.kind != MARK_FILL)
        return -1;
    int found = cluster_at(o->clusters, r->box, (Space)r->space, r->overprint == 1);
    if (found >= 0) {
        const Cluster *c = facts_at(o->page->facts, FACT_cluster, (size_t)found);
        r->kind = MARK_CLUSTER;
        r->size = (double)c->size;
        r->stem = NAN;
    }
    return found;
}

static bool is_watched(const Overlaps *o, const Paint *p) {
    return p->keeps_others || ((o->row.white || o->row.black) && is_opaque(p));
}

/* Nothing to be seen beneath, as far as everything was drawn. */
static void lies_bare(Overlaps *o) {
    o->row.change = CHANGE_NONE;
    o->row.box = box_meet(o->mark.box, o->mark.gs->clip->bounds);
    if (!box_known(o->row.box))
        return;
    measure(o);
    overlap_rows_add(o->bare, &o->row, o->serial, find_cluster(o));
}

/* Must its rows be looked at? */
static bool is_judged(Overlaps *o, const WatchedMark *m) {
    o->row = o->blank;
    look_at_paint(o, m);
    if (!is_watched(o, m->paint))
        return false;
    o->row.kind = (uint8_t)m->kind;
    o->row.overprint = m->stroke ? m->gs->stroke_overprint : m->gs->fill_overprint;
    o->row.opm = m->gs->overprint_mode == 1;
    if (ground_begins(&o->ground, m, replaces_ink(o)))
        return true;
    if (!o->ground.ignored)
        lies_bare(o);
    return false;
}

/* A mark in a blend mode is meant to mix with its ground. */
static bool on_begin(void *self, const WatchedMark *m) {
    Overlaps *o = self;
    const Paint *p = m->paint;
    if (!p->alpha || (p->blend != BLEND_NORMAL && p->blend != BLEND_UNKNOWN) || !in_art(o, m->box))
        return false;
    o->serial++;
    o->mark = *m;
    o->judged = is_judged(o, m);
    o->covering = is_opaque(p) && !p->keeps_others && cover_map_begin(o->covers, m);
    return o->judged || o->covering;
}

static void on_row(void *self, const Surface *beneath, int y, int x0, int x1,
                   const uint8_t *coverage) {
    Overlaps *o = self;
    if (o->judged)
        ground_row(&o->ground, beneath, y, x0, x1, coverage);
    if (o->covering)
        cover_map_row(o->covers, y, x0, x1, coverage);
}

static bool counts(const Overlaps *o, const Met *m) {
    double share = o->mark.kind == MARK_GLYPH_RUN ? SHARE_OF_TEXT : SHARE_OF_OTHERS;
    return (double)m->whole * o->pixel >= SURE_AREA ||
           (double)m->any > share * (double)o->ground.painted;
}

static Change change_of(const Overlaps *o) {
    const Paint *p = o->mark.paint;
    bool gone = counts(o, &o->ground.gone), left = counts(o, &o->ground.left);
    if (o->row.white) {
        if (left)
            return gone ? CHANGE_MIXES : CHANGE_VANISHES;
        return gone && is_opaque(p) ? CHANGE_REVERSED : CHANGE_NONE;
    }
    /* Gray takes the place of all process inks, overprint or not (Table 149), which is not what
     * people who set it expect. */
    if (gone && is_opaque(p) && (o->row.black || (p->keeps_others && o->row.space == SPACE_GRAY)))
        return CHANGE_KNOCKS_OUT;
    return left && !o->row.black ? CHANGE_MIXES : CHANGE_NONE;
}

/* Where the mark was painted; pixels are coarse, so it is no larger than it says itself. */
static Box painted_box(const Overlaps *o) {
    Box seen = measured_box(o->page, o->ground.seen);
    Box both = box_meet(seen, o->mark.box);
    return box_known(both) ? both : seen;
}

static double mean_of(uint64_t ink, const Met *m) {
    return m->any ? (double)ink / (255 * (double)m->any) : 0;
}

/* Where nothing changes, all ink beneath is told; else what the mark has no ink for itself. */
static void measure_ground(Overlaps *o) {
    Overlap *r = &o->row;
    const Ground *g = &o->ground;
    const Met *m = r->change == CHANGE_NONE ? &g->under : &g->inked;
    r->area = (double)m->any / 255 * o->pixel;
    r->ground = mean_of(r->change == CHANGE_NONE ? g->under_ink : g->ink, m);
    r->ground_inks = ground_inks(g, INK_BENEATH);
}

/* A mark that left no trace may be one that could not be drawn. */
static void judge(Overlaps *o) {
    const Ground *g = &o->ground;
    ground_ends(&o->ground);
    Change change = g->painted ? change_of(o) : CHANGE_NONE;
    Box kept = box_meet(o->mark.box, o->mark.gs->clip->bounds);
    o->row.change = (uint8_t)change;
    o->row.box = g->painted ? painted_box(o) : kept;
    if (!box_known(o->row.box))
        return;
    measure(o);
    measure_ground(o);
    int cluster = find_cluster(o);
    bool told = change != CHANGE_NONE || (replaces_ink(o) && counts(o, &o->ground.under));
    overlap_rows_add(told ? o->found : o->bare, &o->row, o->serial, cluster);
}

static void on_end(void *self) {
    Overlaps *o = self;
    if (o->judged)
        judge(o);
    if (o->covering)
        cover_map_end(o->covers, o->serial);
}

Overlaps *overlaps_new(const MeasuredPage *p) {
    Overlaps *o = ARENA_NEW(p->arena, Overlaps);
    const Matrix *m = &p->to_device;
    o->page = p;
    o->watch = (Watch){o, on_part, on_begin, on_row, on_end};
    o->pixel = 1 / fabs(m->a * m->d - m->b * m->c);
    o->clusters = cluster_places_new(p->arena, p->facts);
    o->found = overlap_rows_new(p->arena, cluster_places_count(o->clusters));
    o->bare = overlap_rows_new(p->arena, cluster_places_count(o->clusters));
    row_clear(entity_of(FACT_overlap), &o->blank);
    o->covers = cover_map_new(p);
    ground_start(&o->ground, p);
    return o;
}

const Watch *overlaps_watch(Overlaps *o) {
    return &o->watch;
}

static Overlap *tell(const Overlaps *o, const Overlap *row) {
    Overlap *fact = facts_add(o->page->facts, FACT_overlap);
    uint32_t number = fact->row;
    *fact = *row;
    fact->row = number;
    return fact;
}

/* What is covered by something later does not print. Where something was left out of the plates
 * nobody knows what lies beneath. */
void overlaps_finish(Overlaps *o) {
    size_t count;
    const OverlapRow *rows = overlap_rows_list(o->found, &count);
    for (size_t i = 0; i < count; i++)
        if (!cover_map_hide(o->covers, rows[i].fact.box, rows[i].last))
            tell(o, &rows[i].fact);
    rows = overlap_rows_list(o->bare, &count);
    for (size_t i = 0; i < count; i++) {
        Box box = rows[i].fact.box;
        if (!measured_omits(o->page, box) || cover_map_hide(o->covers, box, rows[i].last))
            continue;
        Overlap *fact = tell(o, &rows[i].fact);
        fact->change = CHANGE_UNKNOWN;
        fact->area = fact->ground = NAN;
        fact->ground_inks = UNKNOWN_INT;
    }
}
