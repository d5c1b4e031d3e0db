/* Which marks lie over an edge, and how far they and their clips go: told from geometry alone, by
 * another walk of the content in which nothing is drawn. Done only for edges in doubt. */
#include <math.h>

#include "ink/measure/bleed_grid.h"

typedef struct Looking {
    const EdgeGrid *grid;
    EdgeMarks marks;
    Box line; /* the trim on the device */
    double need, slack, page_end;
    int depth, hidden_from; /* scopes; those of cells and soft masks are not of the page */
} Looking;

static double outwards(const Looking *l, Box b) {
    switch (l->grid->edge) {
    case TOP:
        return l->line.y0 - b.y0;
    case BOTTOM:
        return b.y1 - l->line.y1;
    case LEFT:
        return l->line.x0 - b.x0;
    default:
        return b.x1 - l->line.x1;
    }
}

static void raise(const Looking *l, float *of, Box b, double distance) {
    const EdgeGrid *g = l->grid;
    bool across = g->edge == TOP || g->edge == BOTTOM;
    double start = across ? g->area.x0 : g->area.y0;
    double low = (across ? b.x0 : b.y0) - start, high = (across ? b.x1 : b.y1) - start;
    int from = (int)fmax(0, fmin(floor(low), g->columns));
    int to = (int)fmax(0, fmin(ceil(high), g->columns));
    for (int i = from; i < to; i++)
        of[i] = fmaxf(of[i], (float)distance);
}

/* Does the mark come near enough inside to be the art that touches the trim? */
static bool reaches_edge(const Looking *l, Box b) {
    const EdgeGrid *g = l->grid;
    Box area = {g->area.x0, g->area.y0, g->area.x1, g->area.y1};
    return box_known(box_meet(b, area)) && outwards(l, b) >= -l->slack;
}

static void look(Looking *l, const GraphicsState *gs, Box box, bool picture, bool ground) {
    if (l->hidden_from || !gs->layer.prints || !box_known(box))
        return;
    Box shown = box_meet(box, gs->clip->bounds);
    if (!box_known(shown))
        return;
    const Matrix *m = &l->grid->to_device;
    Box all = box_transformed(box, m), seen = box_transformed(shown, m);
    if (!reaches_edge(l, seen))
        return;
    double out = outwards(l, seen);
    if (picture)
        raise(l, l->marks.picture, seen, out);
    if (ground)
        raise(l, l->marks.ground, seen, out);
    /* A page that ends at the trim is no clip of the artwork's. */
    bool clipped = out <= l->slack && out < l->page_end - l->slack;
    if (clipped && outwards(l, all) >= l->need)
        raise(l, l->marks.unclipped, seen, outwards(l, all));
}

static void see_fill(void *self, const GraphicsState *gs, const Path *path, bool even_odd) {
    (void)even_odd;
    look(self, gs, path->bounds, false, gs->fill.pattern != PATTERN_NONE);
}

static void see_stroke(void *self, const GraphicsState *gs, const Path *path) {
    look(self, gs, path->bounds, false, false);
}

static void see_image(void *self, const GraphicsState *gs, const PaintImage *image) {
    if (!image->for_soft_mask)
        look(self, gs, box_transformed((Box){0, 0, 1, 1}, &gs->ctm), !image->stencil, false);
}

static void see_text(void *self, const GraphicsState *gs, const PaintText *text) {
    look(self, gs, text->bounds, false, false);
}

/* `sh` fills its clip. */
static void see_shading(void *self, const GraphicsState *gs, const PdfObj *shading,
                        const ColourSpace *space, int type, const Matrix *matrix,
                        bool from_pattern) {
    (void)shading, (void)space, (void)type, (void)matrix;
    if (!from_pattern)
        look(self, gs, gs->clip->bounds, false, true);
}

static void see_begin(void *self, const GraphicsState *gs, const PaintScope *scope) {
    (void)gs;
    Looking *l = self;
    l->depth++;
    bool hides = scope->kind == SCOPE_IS_PATTERN || scope->for_soft_mask ||
                 (scope->kind == SCOPE_IS_ANNOTATION && (scope->hidden || !scope->prints));
    if (hides && !l->hidden_from)
        l->hidden_from = l->depth;
}

static void see_end(void *self, ScopeKind kind) {
    (void)kind;
    Looking *l = self;
    if (l->depth-- == l->hidden_from)
        l->hidden_from = 0;
}

static bool see_cell(void *self, const GraphicsState *gs, const Colour *colour,
                     const PaintScope *scope) {
    (void)self, (void)gs, (void)colour, (void)scope;
    return true;
}

static void see_damage(void *self, const char *zh, const char *en) {
    (void)self, (void)zh, (void)en;
}

static float *nowhere(Arena *a, int n) {
    float *of = ARENA_ARRAY(a, float, n + 1);
    for (int i = 0; i <= n; i++)
        of[i] = -INFINITY;
    return of;
}

EdgeMarks edge_marks(const MeasuredPage *p, const EdgeGrid *g, const EdgeAsked *asked) {
    double slack = (asked->tolerance + asked->fine / 2) / g->px;
    Looking l = {.grid = g,
                 .marks = {nowhere(p->arena, g->columns), nowhere(p->arena, g->columns),
                           nowhere(p->arena, g->columns)},
                 .line = trim_on_device(&g->to_device, derive_knife(p->page, p->limit)),
                 .need = asked->required / g->px - slack,
                 .slack = slack};
    Box page = {0, 0, p->page->media_w, p->page->media_h};
    l.page_end = outwards(&l, box_transformed(page, &g->to_device));
    if (p->pixels) { /* one picture, all over the page */
        for (int i = 0; i < g->columns; i++)
            l.marks.picture[i] = INFINITY;
        return l.marks;
    }
    Painter painter = {.self = &l,
                       .fill = see_fill,
                       .stroke = see_stroke,
                       .image = see_image,
                       .text = see_text,
                       .shading = see_shading,
                       .begin = see_begin,
                       .end = see_end,
                       .cell = see_cell,
                       .damage = see_damage};
    ArenaMark mark = arena_mark(p->content->arena);
    page_content_walk(p->content, &painter);
    arena_rewind(p->content->arena, mark);
    return l.marks;
}
