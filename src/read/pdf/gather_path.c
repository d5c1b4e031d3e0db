/* Strokes, fills and shadings. */
#include <math.h>

#include "read/pdf/gather.h"
#include "read/pdf/shapes.h"

static Hidden hidden_if_empty(bool empty) {
    return empty ? HIDDEN_EMPTY : HIDDEN_NO;
}

/* Lines of open subpaths: the edges of a closed box are no crop marks. */
static void collect_lines(Gather *g, const Path *path) {
    enum { MOST_VERBS = 512 };
    if (path->verb_count > MOST_VERBS)
        return;
    const Point *v = path->points;
    for (size_t i = 0; i < path->verb_count; i++)
        if (path->verbs[i] == PATH_CLOSE)
            return;
    for (size_t i = 0; i < path->verb_count; i++) {
        if (path->verbs[i] == PATH_LINE)
            crop_lines_add(&g->crop_lines, v[-1].x, v[-1].y, v[0].x, v[0].y);
        v += path->verbs[i] == PATH_CURVE ? 3 : 1;
    }
}

void gather_stroke(void *self, const GraphicsState *gs, const Path *path) {
    Gather *g = self;
    bool dots = gs->line_cap != 0;
    StrokeShape shape = stroke_shape(path, &gs->ctm, gs->line_width, dots, gs->line_cap == 2);
    Stroke *s = mark_new(g, FACT_stroke, false);
    MarkCommon common = {.kind = MARK_STROKE,
                         .style = style_of(g, gs, USE_STROKE),
                         .box = shape.box,
                         .hidden = hidden_if_empty(!shape.segments),
                         .alpha = gs->stroke_alpha};
    g->painted++;
    mark_common(g, (Mark *)s, gs, &common);
    if (!mark_is_base((Mark *)s)) {
        static const Cap caps[] = {CAP_BUTT, CAP_ROUND, CAP_SQUARE};
        s->cap = (uint8_t)(gs->line_cap >= 0 && gs->line_cap < 3 ? caps[gs->line_cap] : CAP_BUTT);
        s->dashed = gs->dash_count > 0;
        s->zero_width = gs->line_width == 0;
        s->width_min = (float)shape.width_min;
        s->width_max = (float)shape.width_max;
        s->segments = shape.segments;
    }
    if (!g->trim_known && s->visible == 1)
        collect_lines(g, path);
    mark_done(g, FACT_stroke, (Mark *)s, false, path);
}

static void collect_thin_fill(Gather *g, Box box) {
    double w = box.x1 - box.x0, h = box.y1 - box.y0, x = (box.x0 + box.x1) / 2,
           y = (box.y0 + box.y1) / 2;
    const double thickest = MM(1);
    if (h <= thickest && w > h)
        crop_lines_add(&g->crop_lines, box.x0, y, box.x1, y);
    else if (w <= thickest && h > w)
        crop_lines_add(&g->crop_lines, x, box.y0, x, box.y1);
}

/* A path may hold the marks of all corners. */
static void collect_fill(Gather *g, const Path *path, const FilledShape *shape) {
    enum { MOST_VERBS = 512 };
    if (shape->thickness <= 0 || path->verb_count > MOST_VERBS)
        return;
    const Point *v = path->points;
    Box box = BOX_UNKNOWN;
    for (size_t i = 0; i < path->verb_count; i++) {
        if (path->verbs[i] == PATH_MOVE && box_known(box)) {
            collect_thin_fill(g, box);
            box = BOX_UNKNOWN;
        }
        if (path->verbs[i] == PATH_CURVE)
            return;
        if (path->verbs[i] != PATH_CLOSE) {
            box = box_join(box, (Box){v->x, v->y, v->x, v->y});
            v++;
        }
    }
    if (box_known(box))
        collect_thin_fill(g, box);
}

static void shape_facts(Gather *g, Fill *f, const FilledShape *shape, bool even_odd) {
    f->even_odd = even_odd;
    f->thin = shape->length > 0;
    f->thickness = (float)shape->thickness;
    f->in_cluster = g->scope && g->scope->glyph;
    f->segments = shape->segments;
    Box shown = box_meet(box_of(f->box), box_of(f->clip));
    double most = box_known(shown) ? (shown.x1 - shown.x0) * (shown.y1 - shown.y0) : 0;
    f->area = (float)lesser(shape->area, most);
    f->stepped = 0;
}

void gather_fill(void *self, const GraphicsState *gs, const Path *path, bool even_odd) {
    Gather *g = self;
    bool wanted = g->build[FACT_fill];
    FilledShape shape = wanted || !g->trim_known ? filled_shape(path) : (FilledShape){0};
    bool point = path->bounds.x0 == path->bounds.x1 && path->bounds.y0 == path->bounds.y1;
    Fill *f = mark_new(g, FACT_fill, wanted);
    StyleEntry *style = style_of(g, gs, USE_FILL);
    MarkCommon common = {.kind = MARK_FILL,
                         .style = style,
                         .box = path->bounds,
                         .hidden = hidden_if_empty(point || !path->point_count),
                         .alpha = gs->fill_alpha};
    g->painted++;
    mark_common(g, (Mark *)f, gs, &common);
    if (wanted) {
        shape_facts(g, f, &shape, even_odd);
        if (f->in_cluster == 0)
            *ARENA_PUSH(g->working, g->shapes, g->shape_count, g->shape_capacity) =
                (FillShape){f, (float)shape.stem, (uint32_t)shape.parts};
    }
    if (path_is_box(path))
        cover_note(g, (Mark *)f, style, gs);
    if (!g->trim_known && f->visible == 1)
        collect_fill(g, path, &shape);
    mark_done(g, FACT_fill, (Mark *)f, wanted, path);
}

void gather_shading(void *self, const GraphicsState *gs, const PdfObj *shading,
                    const ColourSpace *space, int type, const Matrix *matrix, bool from_pattern) {
    (void)shading;
    (void)matrix;
    Gather *g = self;
    Shading *s = mark_new(g, FACT_shading, false);
    MarkCommon common = {.kind = MARK_SHADING,
                         .style = style_of_space(g, gs, USE_SHADING, space),
                         .box = from_pattern && box_known(g->last_area) ? g->last_area
                                                                        : gs->clip->bounds,
                         .hidden = from_pattern ? g->last_hidden : HIDDEN_NO,
                         .alpha = gs->fill_alpha};
    g->painted++;
    mark_common(g, (Mark *)s, gs, &common);
    if (!mark_is_base((Mark *)s))
        s->type = type;
    mark_done(g, FACT_shading, (Mark *)s, false, NULL);
}
