/* The ring around the trim: whether paint goes on through the bleed wherever art touches an edge.
 *
 * The drawing of the whole page shows it for most edges: nothing is painted near the trim, or paint
 * goes through. Only stretches that do not prove that are drawn again as strips and judged. */
#include <math.h>

#include "ink/measure/bleed_grid.h"

typedef struct RingStrip {
    BleedRing *ring;
    int edge;
} RingStrip;

struct BleedRing {
    const MeasuredPage *p;
    Box trim;
    EdgeAsked asked[EDGES];
    EdgeGrid grids[EDGES];
    int8_t *counts; /* NULL before the first band */
    bool known;
    /* Of a page that is pixels: what each row of tints counts as. */
    int8_t of_row[FIRST_SPOT + MOST_RASTER_CHANNELS];
    int row_count;
    RingStrip strips[EDGES];
};

double edge_depth(const EdgeAsked *asked) {
    return fmax(asked->sliver * 2, asked->required) + MM(0.5);
}

int8_t *bleed_counts(const MeasuredPage *p, const Planes *planes) {
    int8_t *counts = ARENA_ARRAY(p->arena, int8_t, planes->count);
    for (size_t i = PLANE_CYAN; i < planes->count; i++)
        switch (plane_role(p, planes, (int)i)) {
        case ROLE_PROCESS:
        case ROLE_SPOT:
            counts[i] = 1;
            break;
        case ROLE_FINISH:
        case ROLE_DIE:
        case ROLE_WHITE:
            counts[i] = 0;
            break;
        case ROLE_UNKNOWN:
        case ROLE_UNCLEAR:
        case ROLE_WORDS:
            counts[i] = -1;
            break;
        }
    return counts;
}

/* Fine enough for the tolerance at 3 mm, and finer where the file is a reduction. */
static double fine_pixel(double required) {
    const double finest = 72.0 / 254;
    return required > 0 ? fmin(finest, required / 30) : finest;
}

static EdgeAsked asked_of(const MeasuredPage *p, BleedEdge *row) {
    static const int edges[] = {[EDGE_UNKNOWN] = -1,
                                [EDGE_TOP] = TOP,
                                [EDGE_RIGHT] = RIGHT,
                                [EDGE_BOTTOM] = BOTTOM,
                                [EDGE_LEFT] = LEFT};
    int edge = edges[row->edge];
    const Limit *limit = p->limit;
    int painted = (int)lround(limit->paint_min * 255);
    return (EdgeAsked){.row = row,
                       .edge = p->pixels ? pixel_edge(&p->pixels->place, edge) : edge,
                       .required = row->required,
                       .tolerance = limit->bleed_tolerance,
                       .sliver = limit->sliver,
                       .sliver_run = limit->sliver_run,
                       .run = limit->bleed_run,
                       .painted = painted < 1 ? 1 : painted,
                       /* Where pixels end is not in doubt by half of one. */
                       .fine = p->pixels ? 0 : fine_pixel(row->required)};
}

static bool all_known(const BleedRing *r) {
    const Limit *l = r->p->limit;
    return box_known(r->trim) && r->trim.x0 < r->trim.x1 && r->trim.y0 < r->trim.y1 &&
           isfinite(l->paint_min + l->bleed_tolerance + l->sliver + l->sliver_run + l->bleed_run);
}

static void add_tints(void *strip, int y, int x0, int x1, const uint8_t *const *rows) {
    const RingStrip *s = strip;
    BleedRing *r = s->ring;
    for (int i = 0; i < r->row_count; i++)
        edge_grid_add_row(&r->grids[s->edge], y, x0, x1, rows[i], r->of_row[i],
                          r->asked[s->edge].painted);
}

/* Corners belong to both of their edges. */
static void open_grid(BleedRing *r, int edge, Area picture) {
    const PixelPage *pixels = r->p->pixels;
    const EdgeAsked *asked = &r->asked[edge];
    EdgeGrid *g = &r->grids[edge];
    bool across = edge == TOP || edge == BOTTOM;
    double s = r->p->ppi / 72, along = s, most = pixels ? 1 << 22 : 1 << 26;
    if (pixels) {
        s = (across ? pixels->place.ppi_y : pixels->place.ppi_x) / 72;
        along = (across ? pixels->place.ppi_x : pixels->place.ppi_y) / 72;
    }
    *g = (EdgeGrid){
        .edge = edge, .to_device = pixels ? pixels->place.to_pixels : r->p->to_device, .px = 1 / s};
    Box trim = trim_on_device(&g->to_device, r->trim);
    const EdgeAsked *before = &r->asked[across ? LEFT : TOP];
    const EdgeAsked *after = &r->asked[across ? RIGHT : BOTTOM];
    double from = (across ? trim.x0 : trim.y0) - before->required * along;
    double to = (across ? trim.x1 : trim.y1) + after->required * along;
    double inside = edge_depth(asked) * s + 1, outside = asked->required * s + 1;
    if ((fmin(to - from, 1 << 20)) * (inside + outside) < most)
        edge_grid_open(g, r->p->arena, r->trim, inside, outside, from, to, picture);
}

static void open_grids(BleedRing *r, const Planes *planes, Area picture) {
    r->counts = bleed_counts(r->p, planes);
    for (int edge = 0; edge < EDGES; edge++)
        if (r->asked[edge].row)
            open_grid(r, edge, picture);
}

/* Edges of a page of pixels are judged on these from the first. */
static void open_on_pixels(BleedRing *r) {
    const PixelPage *p = r->p->pixels;
    const RasterHead *head = p->inks->head;
    int planes[FIRST_SPOT + MOST_RASTER_CHANNELS];
    open_grids(r, &p->inks->planes, (Area){0, 0, (int)head->width, (int)head->height});
    for (int i = 0, n = pixel_inks_painted(p->inks, planes); i < n; i++)
        r->of_row[r->row_count++] = r->counts[planes[i]];
    for (int edge = 0; edge < EDGES; edge++) {
        r->strips[edge] = (RingStrip){r, edge};
        if (r->grids[edge].columns)
            pixel_drawing_strip(p->drawing,
                                &(PixelStrip){r->grids[edge].area, add_tints, &r->strips[edge]});
    }
}

BleedRing *bleed_ring_new(const MeasuredPage *p) {
    BleedRing *r = ARENA_NEW(p->arena, BleedRing);
    *r = (BleedRing){.p = p, .trim = derive_knife(p->page, p->limit)};
    r->known = all_known(r);
    for (size_t i = 0; r->known && i < facts_count(p->facts, FACT_bleed_edge); i++) {
        BleedEdge *row = facts_at(p->facts, FACT_bleed_edge, i);
        EdgeAsked asked = asked_of(p, row);
        if (asked.edge >= 0 && isfinite(asked.required) && asked.required >= 0)
            r->asked[asked.edge] = asked;
    }
    if (r->known && p->pixels)
        open_on_pixels(r);
    return r;
}

void bleed_ring_add(BleedRing *r, const Band *band) {
    if (!r->known || r->p->pixels)
        return;
    if (!r->counts)
        open_grids(r, band->planes, (Area){0, 0, band->width, band->height});
    for (int edge = 0; edge < EDGES; edge++)
        if (r->grids[edge].columns)
            edge_grid_add(&r->grids[edge], band, r->counts, r->asked[edge].painted);
}

/* From the trim to the required bleed, between two columns. */
static Box stretch_box(const BleedRing *r, const EdgeGrid *g, const EdgeAsked *asked, double from,
                       double to, double reach) {
    double inside = reach < 0 ? -reach : 0;
    return edge_grid_box(g, r->trim, from, to, inside, asked->required / g->px);
}

static void tell_well(const BleedRing *r, const EdgeGrid *g, const EdgeAsked *asked, bool touched) {
    BleedEdge *row = asked->row;
    row->touched = touched;
    row->uncovered = 0;
    row->cause = CAUSE_NONE;
    row->box = stretch_box(r, g, asked, 0, g->columns, 0);
    if (touched)
        row->reach = asked->required;
}

static bool is_picture(const EdgeGrid *g, const EdgeAsked *asked, const EdgeMarks *marks, int from,
                       int to) {
    int in = 0;
    for (int i = from; i < to; i++)
        in += (double)marks->picture[i] >= asked->required / g->px / 2;
    return in * 2 > to - from;
}

static void judge_strip(BleedRing *r, const EdgeGrid *g, const EdgeAsked *asked, int from, int to,
                        bool touched) {
    EdgeGrid strip = *g;
    if (r->p->pixels) {
        from = 0;
        to = g->columns;
    } else if (!edge_strip(&strip, r->p, g, asked, from, to) || strip.unclear) {
        return;
    }
    EdgeMarks marks = edge_marks(r->p, &strip, asked);
    double elsewhere = edge_well(g, asked, from, to) * g->px / strip.px;
    EdgeVerdict v = edge_judge(&strip, asked, &marks, elsewhere, r->p->arena);
    BleedEdge *row = asked->row;
    tell_well(r, g, asked, touched || v.touched);
    if (v.uncovered > 0) {
        row->cause = (uint8_t)v.cause;
        bool at_trim = v.cause == CAUSE_STOPS_AT_TRIM || v.cause == CAUSE_CLIPPED;
        row->reach = at_trim ? 0 : v.reach * strip.px;
        row->uncovered = v.uncovered * strip.px;
        row->box = stretch_box(r, &strip, asked, v.from, v.to, v.reach);
    } else if (edge_stretched(&strip, asked, &from, &to) &&
               is_picture(&strip, asked, &marks, from, to)) {
        row->cause = CAUSE_STRETCHED;
        row->box = stretch_box(r, &strip, asked, from, to, 0);
    }
}

/* Nothing is asked for beyond the trim. */
static void tell_touched(const BleedRing *r, const EdgeGrid *g, const EdgeAsked *asked) {
    int trim = grid_row_up_to(g, 0);
    bool touched = false;
    for (int i = 0; trim >= 0 && trim < g->rows && i < g->columns; i++)
        touched |= grid_tint(g, trim, i) >= asked->painted;
    tell_well(r, g, asked, touched);
    asked->row->reach = NAN;
}

static void finish_edge(BleedRing *r, int edge) {
    const EdgeAsked *asked = &r->asked[edge];
    const EdgeGrid *g = &r->grids[edge];
    if (!g->columns || g->unclear)
        return;
    Box ring =
        edge_grid_box(g, r->trim, 0, g->columns, asked->sliver / g->px, asked->required / g->px);
    if (measured_omits(r->p, ring))
        return;
    if (asked->required <= LENGTH_TOLERANCE) {
        tell_touched(r, g, asked);
        return;
    }
    int from, to, first, last;
    bool touched = false, doubtful = edge_doubtful(g, asked, &from, &to, &touched);
    if (edge_stretched(g, asked, &first, &last)) {
        from = doubtful && from < first ? from : first;
        to = doubtful && to > last ? to : last;
        doubtful = true;
    }
    if (doubtful)
        judge_strip(r, g, asked, from, to, touched);
    else
        tell_well(r, g, asked, touched);
}

void bleed_ring_finish(BleedRing *r) {
    for (int edge = 0; edge < EDGES; edge++)
        if (r->known && r->asked[edge].row)
            finish_edge(r, edge);
}
