/* A stretch of an edge drawn again, as a strip whose pixels begin at the trim. */
#include <math.h>

#include "ink/measure/bleed_grid.h"

typedef struct Strip {
    const MeasuredPage *p;
    EdgeGrid *grid;
    const EdgeAsked *asked;
    Box trim;
    double inside, outside; /* pixels */
    int8_t *counts;
} Strip;

static void take_band(void *self, const Band *band) {
    Strip *s = self;
    EdgeGrid *g = s->grid;
    if (!s->counts) {
        bool across = g->edge == TOP || g->edge == BOTTOM;
        s->counts = bleed_counts(s->p, band->planes);
        edge_grid_open(g, s->p->arena, s->trim, s->inside, s->outside, 0,
                       across ? band->width : band->height,
                       (Area){0, 0, band->width, band->height});
    }
    if (g->columns)
        edge_grid_add(g, band, s->counts, s->asked->painted);
}

/* A very long edge is drawn less fine, and measured to half a pixel of that. */
static double pixel_of(double fine, double length) {
    const double most = 1 << 16;
    return length / fine > most ? length / most : fine;
}

bool edge_strip(EdgeGrid *strip, const MeasuredPage *p, const EdgeGrid *g, const EdgeAsked *asked,
                int from, int to) {
    double around = MM(2) / g->px;
    double begin = fmax(0, from - around), end = fmin(g->columns, to + around);
    double px = pixel_of(asked->fine, (end - begin) * g->px);
    Strip s = {.p = p,
               .grid = strip,
               .asked = asked,
               .trim = derive_knife(p->page, p->limit),
               .inside = ceil(edge_depth(asked) / px) + 3,
               .outside = ceil(asked->required / px) + 2};
    PlatesPlan plan = {.ppi = 72 / px,
                       .region = edge_grid_box(g, s.trim, begin, end, s.inside * px / g->px,
                                               s.outside * px / g->px)};
    *strip = (EdgeGrid){.edge = asked->edge,
                        .px = px,
                        .to_device = plates_matrix(p->content, plan.ppi, plan.region)};
    Plates plates = plates_draw(p->maker, p->arena, p->content, &plan, take_band, &s);
    return plates.complete && strip->columns;
}
