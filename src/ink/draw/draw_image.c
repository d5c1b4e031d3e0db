/* Images: rows of pixels at device resolution, put into inks and painted as they come. */
#include "ink/draw/draw.h"

#include <math.h>
#include <string.h>

typedef struct ImageRows {
    Brush brush;
    const PressRows *rows;
    Paint paint;
    uint8_t *tints, *coverage, *opacity; /* tints: one row a plane */
    size_t width;
    Pending *pending; /* a stencil that waits for its pattern */
} ImageRows;

/* Both opacities that may be there, in `room` when there are two. */
static const uint8_t *opacity_of(const ImageRows *w, const PictureRow *r) {
    const Mask *soft = w->brush.soft;
    if (!soft)
        return r->opacity;
    const uint8_t *run = mask_run(soft, r->y, r->x0, r->x1, w->brush.d->opacity_row);
    if (!r->opacity)
        return run;
    for (int i = 0; i < r->x1 - r->x0; i++)
        w->opacity[i] = times(run[i], r->opacity[i]);
    return w->opacity;
}

static void picture_row(void *self, const PictureRow *r) {
    ImageRows *w = self;
    size_t n = (size_t)(r->x1 - r->x0);
    if (n > w->width)
        return;
    memcpy(w->coverage, r->shape, n);
    clip_shape_row(w->brush.clip, r->y, r->x0, r->x1, w->coverage);
    if (w->pending) {
        mask_add(w->pending->mask, r->y, r->x0, r->x1, w->coverage);
        return;
    }
    if (w->rows) {
        uint8_t *planes[MOST_PAINTED];
        for (int i = 0; i < w->paint.count; i++) {
            planes[i] = w->tints + (size_t)i * w->width;
            w->paint.rows[i] = planes[i];
        }
        press_rows_convert(w->rows, &w->paint, r->samples, n, planes);
    }
    const uint8_t *opacity = opacity_of(w, r);
    if (w->brush.watch)
        watch_row(&w->brush, r->y, r->x0, r->x1, w->coverage, opacity);
    surface_row(w->brush.surface, r->y, r->x0, r->x1, w->coverage, opacity,
                w->rows ? &w->paint : w->brush.paint);
}

/* What its pixels are painted with: rows of tints, a flat colour, or a pattern that comes later. */
static bool prepare(ImageRows *w, const GraphicsState *gs, const PaintImage *image, Area area,
                    Box box) {
    Drawing *d = w->brush.d;
    static const Text no_space = {"图片的颜色读不懂", "the colours of an image could not be read"};
    Text why = no_space;
    if (image->stencil && gs->fill.pattern != PATTERN_NONE)
        return (w->pending = pending_add(d, gs, box, area, false));
    if (image->stencil)
        return (w->brush.paint = flat_paint(d, gs, false, box));
    const ColourSpace *space = picture_space(image);
    w->rows = space ? press_rows(d->press, space, surface_space(d->top->surface), &why) : NULL;
    if (!w->rows) {
        omit(d->omissions, box, why);
        return false;
    }
    press_rows_paint(w->rows, &w->paint, (Overprint){gs->fill_overprint, gs->overprint_mode},
                     CLASS_IMAGE);
    paint_transparency(&w->paint, gs, false);
    return true;
}

static void make_room(ImageRows *w, Area area) {
    Arena *a = w->brush.d->scratch;
    w->width = (size_t)(area.x1 - area.x0);
    w->coverage = arena_alloc(a, w->width);
    w->opacity = arena_alloc(a, w->width);
    if (w->rows)
        w->tints = arena_alloc(a, w->width * (size_t)(w->paint.count + !w->paint.count));
}

void draw_image(void *self, const GraphicsState *gs, const PaintImage *image) {
    Drawing *d = self;
    const ClipShape *clip;
    Area area;
    pending_drop(d);
    Box box = box_transformed((Box){0, 0, 1, 1}, &gs->ctm);
    if (image->for_soft_mask || drawing_skips(d, gs) || !drawing_area(d, gs, box, &clip, &area))
        return;
    ImageRows w = {.brush = brush_of(d, gs, clip, NULL)};
    if (image->mask == MASK_SOFT) /* it stands in for that of the state: ISO 32000-1, Table 89 */
        w.brush.soft = NULL;
    if (!prepare(&w, gs, image, area, box))
        return;
    ArenaMark mark = arena_mark(d->scratch);
    make_room(&w, area);
    brush_watch(&w.brush, &(WatchedMark){.kind = MARK_IMAGE,
                                         .gs = gs,
                                         .box = box,
                                         .size = NAN,
                                         .paint = w.rows ? &w.paint : w.brush.paint,
                                         .to_device = &d->to_device});
    Matrix unit_to_device = matrix_multiply(&gs->ctm, &d->to_device);
    bool part = false;
    Text why = {0};
    bool drawn =
        picture_draw(d->pictures, image, &unit_to_device, area, picture_row, &w, &part, &why);
    arena_rewind(d->scratch, mark);
    brush_watched(&w.brush);
    if (!drawn || part)
        omit(d->omissions, box, why);
    tell_transfer(d, gs, box);
}
