/* Paths, and what all marks share on their way to the plates. */
#include "ink/draw/draw.h"

#include <math.h>
#include <string.h>

uint8_t alpha_byte(double alpha) {
    return alpha <= 0 ? 0 : alpha >= 1 ? 255 : (uint8_t)(alpha * 255 + 0.5);
}

void drawing_rows(Drawing *d, int width) {
    enum { BEHIND_RUN = 16 }; /* zeros, as a RowSink is promised */
    size_t room = (((size_t)width + 63) & ~(size_t)63) + BEHIND_RUN;
    if (room <= d->row_room)
        return;
    d->opacity_row = arena_alloc(d->arena, room);
    d->coverage_row = arena_alloc(d->arena, room);
    d->watch_row = arena_alloc(d->arena, room);
    d->row_room = room;
}

bool drawing_skips(const Drawing *d, const GraphicsState *gs) {
    return d->skipping || !gs->layer.prints || d->lost;
}

bool drawing_area(Drawing *d, const GraphicsState *gs, Box bounds, const ClipShape **clip,
                  Area *area) {
    *clip = clip_shape(d, gs->clip);
    *area = area_meet((*clip)->area, surface_area(d->top->surface));
    if (area_empty(*area))
        return false;
    *area = area_meet(*area, area_of_box(box_transformed(bounds, &d->to_device)));
    return !area_empty(*area);
}

void drawing_whole(Drawing *d, Box box) {
    static const Text too_complex = {"路径太复杂，没有画", "a path is too complex to be drawn"};
    if (!raster_whole(d->raster))
        omit(d->omissions, box, too_complex);
}

void drawing_blends(Drawing *d, Blend blend) {
    if (blend == BLEND_NORMAL || d->blends)
        return;
    d->blends = true;
    d->lost |= d->opaque; /* to be begun again with alpha; the rest of this walk is for nothing */
}

Brush brush_of(Drawing *d, const GraphicsState *gs, const ClipShape *clip, const Paint *paint) {
    drawing_blends(d, gs->blend);
    return (Brush){.d = d,
                   .surface = d->top->surface,
                   .clip = clip,
                   .soft = gs->soft_mask ? soft_mask_find(d, gs->soft_mask) : NULL,
                   .paint = paint};
}

void brush_watch(Brush *b, const WatchedMark *mark) {
    const Watch *w = b->d->watch;
    if (!w || b->d->unwatched)
        return;
    WatchedMark m = *mark;
    m.beneath = b->surface;
    m.area = area_meet(b->clip->area, surface_area(b->surface));
    if (box_known(m.box)) {
        /* Glyphs reach beyond the box of their advances. */
        double by = m.kind == MARK_GLYPH_RUN ? m.size : 0;
        Box reach = {m.box.x0 - by, m.box.y0 - by, m.box.x1 + by, m.box.y1 + by};
        m.area = area_meet(m.area, area_of_box(box_transformed(reach, m.to_device)));
    }
    if (w->begins(w->self, &m))
        b->watch = w;
}

void brush_watched(const Brush *b) {
    if (b->watch)
        b->watch->ends(b->watch->self);
}

void watch_row(const Brush *b, int y, int x0, int x1, const uint8_t *coverage,
               const uint8_t *opacity) {
    uint8_t *both = b->d->watch_row;
    for (int i = 0; opacity && i < x1 - x0; i++)
        both[i] = times(coverage[i], opacity[i]);
    b->watch->row(b->watch->self, b->surface, y, x0, x1, opacity ? both : coverage);
}

/* Does the clip take nothing off a mark within `area`? */
static bool clip_spares(const ClipShape *c, Area area) {
    return !c->mask && (c->left == 255 || area.x0 > c->area.x0) &&
           (c->top == 255 || area.y0 > c->area.y0) && (c->right == 255 || area.x1 < c->area.x1) &&
           (c->bottom == 255 || area.y1 < c->area.y1);
}

static void full_row(Brush *b, int y, int x0, int x1) {
    enum { BEHIND_RUN = 16 };
    if (x0 >= x1)
        return;
    uint8_t *row = b->d->coverage_row;
    memset(row, 255, (size_t)(x1 - x0));
    memset(row + (x1 - x0), 0, BEHIND_RUN);
    brush_row(b, y, x0, x1, row);
}

/* A BoxSink: by rows where the clip takes something off the outermost pixels. */
static void brush_box(void *brush, Area box) {
    Brush *b = brush;
    const ClipShape *c = b->clip;
    Area in = {box.x0 + (c->left != 255 && box.x0 == c->area.x0),
               box.y0 + (c->top != 255 && box.y0 == c->area.y0),
               box.x1 - (c->right != 255 && box.x1 == c->area.x1),
               box.y1 - (c->bottom != 255 && box.y1 == c->area.y1)};
    flat_mark_box(b->flat, in);
    for (int y = box.y0; y < box.y1; y++) {
        bool all = area_empty(in) || y < in.y0 || y >= in.y1;
        full_row(b, y, box.x0, all ? box.x1 : in.x0);
        full_row(b, y, all ? box.x1 : in.x1, box.x1);
    }
}

void brush_row(void *brush, int y, int x0, int x1, uint8_t *coverage) {
    const Brush *b = brush;
    const uint8_t *opacity = NULL;
    clip_shape_row(b->clip, y, x0, x1, coverage);
    if (b->soft)
        opacity = mask_run(b->soft, y, x0, x1, b->d->opacity_row);
    if (b->watch)
        watch_row(b, y, x0, x1, coverage, opacity);
    if (b->flat)
        flat_mark_row(b->flat, y, x0, x1, coverage);
    else
        surface_row(b->surface, y, x0, x1, coverage, opacity, b->paint);
}

BrushSinks brush_sinks(Brush *b, Area area, FlatMark *flat) {
    if (b->soft || b->watch || !flat_mark_begin(flat, b->surface, b->paint))
        return (BrushSinks){brush_row, NULL, b};
    b->flat = flat;
    if (clip_spares(b->clip, area))
        return (BrushSinks){flat_mark_row, flat_mark_box, flat};
    return (BrushSinks){brush_row, b->clip->mask ? NULL : brush_box, b};
}

void paint_transparency(Paint *p, const GraphicsState *gs, bool stroke) {
    p->alpha = alpha_byte(stroke ? gs->stroke_alpha : gs->fill_alpha);
    p->blend = gs->blend;
    p->alpha_is_shape = gs->alpha_is_shape;
}

static void refresh(Drawing *d, KnownPaint *k, const Colour *c, BlendSpace space, Overprint o,
                    int overprint) {
    if (k->known && k->serial == c->serial && k->space == space && k->overprint == overprint)
        return;
    *k = (KnownPaint){.known = true, .serial = c->serial, .space = space, .overprint = overprint};
    k->failed = !press_colour(d->press, &k->paint, &k->nothing, c, space, o, &k->why);
}

void tell_transfer(Drawing *d, const GraphicsState *gs, Box box) {
    static const Text unapplied = {"带传递函数的对象没有按它换算",
                                   "a transfer function was not applied"};
    if (gs->transfer)
        omit(d->omissions, box, unapplied);
}

const Paint *flat_paint(Drawing *d, const GraphicsState *gs, bool stroke, Box box) {
    KnownPaint *k = stroke ? &d->stroke : &d->fill;
    Overprint o = {stroke ? gs->stroke_overprint : gs->fill_overprint, gs->overprint_mode};
    refresh(d, k, stroke ? &gs->stroke : &gs->fill, surface_space(d->top->surface), o,
            o.on ? 1 + (o.mode == 1) : 0);
    if (k->failed)
        omit(d->omissions, box, k->why);
    tell_transfer(d, gs, box);
    if (k->failed || k->nothing)
        return NULL;
    paint_transparency(&k->paint, gs, stroke);
    return &k->paint;
}

StrokeStyle stroke_style(const GraphicsState *gs) {
    return (StrokeStyle){.width = gs->line_width,
                         .miter_limit = gs->miter_limit,
                         .cap = gs->line_cap,
                         .join = gs->line_join,
                         .dash = gs->dash,
                         .dash_count = gs->dash_count,
                         .dash_phase = gs->dash_phase};
}

/* Tells the rows of what stands in the rasteriser: to the surface, or to the mask of a mark that
 * waits for its pattern. */
static void paint_raster(Drawing *d, const GraphicsState *gs, const ClipShape *clip, Area area,
                         Box box, bool even_odd, bool stroke) {
    const Colour *c = stroke ? &gs->stroke : &gs->fill;
    drawing_whole(d, box);
    if (c->pattern != PATTERN_NONE) {
        Pending *p = pending_add(d, gs, box, area_meet(area, raster_bounds(d->raster)), stroke);
        if (p)
            raster_sweep(d->raster, even_odd, pending_row, p->mask);
        return;
    }
    const Paint *paint = flat_paint(d, gs, stroke, box);
    if (!paint)
        return;
    Brush brush = brush_of(d, gs, clip, paint);
    brush_watch(&brush, &(WatchedMark){.kind = stroke ? MARK_STROKE : MARK_FILL,
                                       .gs = gs,
                                       .stroke = stroke,
                                       .box = box,
                                       .size = NAN,
                                       .paint = paint,
                                       .to_device = &d->to_device});
    FlatMark flat;
    BrushSinks to = brush_sinks(&brush, area, &flat);
    raster_rows_and_box(d->raster, even_odd, to.row, to.box, to.self);
    brush_watched(&brush);
}

static void draw_fill(void *self, const GraphicsState *gs, const Path *path, bool even_odd) {
    Drawing *d = self;
    const ClipShape *clip;
    Area area;
    pending_drop(d);
    if (drawing_skips(d, gs) || !drawing_area(d, gs, path->bounds, &clip, &area))
        return;
    raster_begin(d->raster, area);
    raster_path(d->raster, path, &d->to_device);
    paint_raster(d, gs, clip, area, path->bounds, even_odd, false);
}

/* How far a stroke can reach from its path: caps, and miters up to their limit. A device pixel more
 * for the thinnest. */
static Box stroke_reach(const Drawing *d, const GraphicsState *gs, Box b) {
    const Matrix *m = &gs->ctm, *t = &d->to_device;
    double scale = fmax(hypot(m->a, m->b), hypot(m->c, m->d));
    double pixel = 1 / fmax(fmin(hypot(t->a, t->b), hypot(t->c, t->d)), 1e-9);
    double corner = fmax(gs->line_join == 0 ? gs->miter_limit : 1, 1.5);
    double reach = fabs(gs->line_width) * scale / 2 * corner + pixel;
    return (Box){b.x0 - reach, b.y0 - reach, b.x1 + reach, b.y1 + reach};
}

static void draw_stroke(void *self, const GraphicsState *gs, const Path *path) {
    static const Text too_long = {"太复杂的虚线没有画完",
                                  "a dashed line is too complex to be drawn"};
    Drawing *d = self;
    const ClipShape *clip;
    Area area;
    pending_drop(d);
    Box box = stroke_reach(d, gs, path->bounds);
    if (drawing_skips(d, gs) || !drawing_area(d, gs, box, &clip, &area))
        return;
    StrokeStyle style = stroke_style(gs);
    raster_begin(d->raster, area);
    if (!raster_stroke(d->raster, path, &style, &gs->ctm, &d->to_device))
        omit(d->omissions, box, too_long);
    paint_raster(d, gs, clip, area, box, false, true);
}

static void draw_damage(void *self, const char *zh, const char *en) {
    Drawing *d = self;
    omit_page(d->omissions, (Text){zh, en});
}

Painter drawing_painter(Drawing *d) {
    return (Painter){.self = d,
                     .wants_clip_paths = true,
                     .wants_glyphs = true,
                     .fill = draw_fill,
                     .stroke = draw_stroke,
                     .image = draw_image,
                     .text = draw_text,
                     .shading = draw_shading,
                     .begin = draw_begin,
                     .end = draw_end,
                     .pair = draw_pair,
                     .text_ends = draw_text_ends,
                     .cell = draw_cell,
                     .damage = draw_damage};
}

void drawing_start(Drawing *d, Surface *page) {
    Level *l = level_push(d, LEVEL_PAGE);
    l->surface = page;
    d->extent = surface_area(page);
    drawing_rows(d, d->extent.x1 - d->extent.x0);
}

void drawing_end(Drawing *d) {
    pending_drop(d);
    while (d->top->outer)
        level_pop(d);
    masks_free(d);
    d->lost |= pool_exhausted(d->pool);
}
