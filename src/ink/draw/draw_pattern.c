/* Marks with a pattern colour: their coverage waits in a mask until the pattern is told. Shadings,
 * from patterns and by `sh`. */
#include "ink/draw/draw.h"

#include <math.h>
#include <string.h>

#include "ink/shading/shading.h"

Pending *pending_add(Drawing *d, const GraphicsState *gs, Box box, Area area, bool stroke) {
    Mask *mask = d->pending_count < 2 ? mask_new(d, area, 0) : NULL;
    if (!mask)
        return NULL;
    Pending *p = &d->pending[d->pending_count++];
    *p = (Pending){.mask = mask, .clip = gs->clip, .box = box, .stroke = stroke};
    return p;
}

void pending_row(void *mask, int y, int x0, int x1, uint8_t *coverage) {
    mask_add(mask, y, x0, x1, coverage);
}

Pending pending_take(Drawing *d) {
    Pending p = d->pending[0];
    d->pending[0] = d->pending[1];
    d->pending_count--;
    return p;
}

void pending_drop(Drawing *d) {
    static const Text undrawn = {"有图案填充画不出来", "a pattern could not be drawn"};
    while (d->pending_count) {
        Pending p = pending_take(d);
        omit(d->omissions, p.box, undrawn);
        mask_free(d, p.mask);
    }
}

typedef struct ShadedRows {
    Brush brush;
    const PressRows *rows;
    Paint paint;
    const Mask *mask; /* of the mark it fills; NULL: `sh` */
    uint8_t *tints, *coverage;
    size_t width;
} ShadedRows;

static void shading_row(void *self, const ShadingRow *r) {
    ShadedRows *w = self;
    size_t n = (size_t)(r->x1 - r->x0);
    if (n > w->width)
        return;
    memcpy(w->coverage, r->shape, n);
    if (w->mask) {
        const uint8_t *run = mask_run(w->mask, r->y, r->x0, r->x1, w->brush.d->coverage_row);
        for (size_t x = 0; x < n; x++)
            w->coverage[x] = times(w->coverage[x], run[x]);
    }
    uint8_t *planes[MOST_PAINTED];
    for (int i = 0; i < w->paint.count; i++)
        w->paint.rows[i] = planes[i] = w->tints + (size_t)i * w->width;
    press_rows_convert(w->rows, &w->paint, r->samples, n, planes);
    brush_row(&w->brush, r->y, r->x0, r->x1, w->coverage);
}

static const ColourSpace *shaded_space(const ColourSpace *s) {
    return s->space == SPACE_INDEXED ? s->base : s;
}

/* The colours of a shading go through the press as those of an image do. */
static void shade(ShadedRows *w, const GraphicsState *gs, const ShadingUse *use, Area area, Box box,
                  bool stroke) {
    Drawing *d = w->brush.d;
    Text why = {"渐变的颜色读不懂", "the colours of a shading could not be read"};
    const ColourSpace *space = shaded_space(use->space);
    w->rows = space ? press_rows(d->press, space, surface_space(d->top->surface), &why) : NULL;
    bool drawn = w->rows;
    ArenaMark mark = arena_mark(d->scratch);
    if (w->rows) {
        bool overprint = stroke ? gs->stroke_overprint : gs->fill_overprint;
        press_rows_paint(w->rows, &w->paint, (Overprint){overprint, gs->overprint_mode},
                         CLASS_SHADING);
        paint_transparency(&w->paint, gs, stroke);
        w->brush.paint = &w->paint;
        w->width = (size_t)(area.x1 - area.x0);
        w->coverage = arena_alloc(d->scratch, w->width);
        w->tints = arena_alloc(d->scratch, w->width * (size_t)(w->paint.count + 1));
        brush_watch(&w->brush, &(WatchedMark){.kind = MARK_SHADING,
                                              .gs = gs,
                                              .stroke = stroke,
                                              .box = box,
                                              .size = NAN,
                                              .paint = &w->paint,
                                              .to_device = &d->to_device});
        drawn = shading_draw(d->scratch, d->file, use, area, shading_row, w, &why);
        brush_watched(&w->brush);
    }
    arena_rewind(d->scratch, mark);
    if (!drawn)
        omit(d->omissions, box, why);
    tell_transfer(d, gs, box);
}

static void shade_pending(Drawing *d, const GraphicsState *gs, const ShadingUse *use) {
    Pending p = pending_take(d);
    const ClipShape *clip = clip_shape(d, p.clip);
    Area area = area_meet(area_meet(p.mask->area, clip->area), surface_area(d->top->surface));
    ShadedRows w = {.brush = brush_of(d, gs, clip, NULL), .mask = p.mask};
    if (!area_empty(area))
        shade(&w, gs, use, area, p.box, p.stroke);
    mask_free(d, p.mask);
}

void draw_shading(void *self, const GraphicsState *gs, const PdfObj *shading,
                  const ColourSpace *space, int type, const Matrix *matrix, bool from_pattern) {
    Drawing *d = self;
    ShadingUse use = {.object = shading,
                      .space = space,
                      .type = type,
                      .to_device = matrix_multiply(matrix, &d->to_device),
                      .background = from_pattern};
    if (from_pattern) {
        if (d->pending_count)
            shade_pending(d, gs, &use);
        return;
    }
    pending_drop(d);
    const ClipShape *clip;
    Area area;
    if (drawing_skips(d, gs) || !drawing_area(d, gs, gs->clip->bounds, &clip, &area))
        return;
    ShadedRows w = {.brush = brush_of(d, gs, clip, NULL)};
    shade(&w, gs, &use, area, gs->clip->bounds, false);
}
