/* Marks filled with tiling patterns: the cell is drawn, kept for the band, and painted through the
 * coverage that waits for it. */
#include "ink/draw/draw.h"

#include <string.h>

struct CellDrawing {
    Cell cell;
    uint64_t key;
    Pending pending;
    GraphicsState gs; /* how the filled mark is painted */
    Colour colour;
};

static uint64_t cell_key(const Drawing *d, const GraphicsState *gs, const PaintScope *scope) {
    uint64_t key = hash_number(HASH_START, (uintptr_t)scope->object);
    key = hash_bytes(key, &scope->matrix, sizeof scope->matrix);
    key = hash_number(key, d->space_serial);
    key = hash_number(key, (uint64_t)surface_space(d->top->surface));
    return hash_number(key, gs->layer.prints);
}

/* An uncoloured cell is a stencil for the colour below the pattern. False: nothing to paint. */
static bool stencil_paint(Drawing *d, const CellDrawing *use, Paint *out) {
    const GraphicsState *gs = &use->gs;
    bool stroke = use->pending.stroke, nothing = false;
    Colour below = {.space = use->colour.space->base};
    Text why = {"图案的颜色读不懂", "the colour of a pattern could not be read"};
    memcpy(below.values, use->colour.values, sizeof below.values);
    Overprint o = {stroke ? gs->stroke_overprint : gs->fill_overprint, gs->overprint_mode};
    if (!below.space ||
        !press_colour(d->press, out, &nothing, &below, surface_space(d->top->surface), o, &why)) {
        omit(d->omissions, use->pending.box, why);
        return false;
    }
    return !nothing;
}

/* A coloured cell paints its planes and knocks out the others: it begins without overprint, as a
 * page does (ISO 32000-1, 8.7.3.1). */
static void cell_paint(const CellDrawing *use, const uint8_t *tints, size_t stride, Paint *out) {
    out->count = (int)use->cell.plane_count;
    for (size_t i = 0; i < use->cell.plane_count; i++) {
        out->planes[i] = use->cell.planes[i];
        out->rows[i] = tints + i * stride;
    }
}

static void paint_rows(Drawing *d, const CellDrawing *use, const ClipShape *clip, Area area) {
    size_t n = (size_t)(area.x1 - area.x0);
    uint8_t *alpha = arena_alloc(d->scratch, n);
    uint8_t *tints = arena_alloc(d->scratch, n * (use->cell.plane_count + 1));
    Paint paint = {0};
    const Mask *mask = use->pending.mask;
    CellView view = cell_view(&use->cell, &d->to_device);
    if (use->cell.coloured)
        cell_paint(use, tints, n, &paint);
    else if (!stencil_paint(d, use, &paint))
        return;
    else
        tell_transfer(d, &use->gs, use->pending.box);
    paint_transparency(&paint, &use->gs, use->pending.stroke);
    Brush brush = brush_of(d, &use->gs, clip, &paint);
    for (int y = area.y0; y < area.y1; y++) {
        const uint8_t *wanted = mask_row(mask, y) + (area.x0 - mask->area.x0);
        cell_row(&view, y, area.x0, n, wanted, alpha, tints, n);
        for (size_t x = 0; x < n; x++)
            alpha[x] = times(alpha[x], wanted[x]);
        brush_row(&brush, y, area.x0, area.x1, alpha);
    }
}

/* Paints the mark that waited and lets its mask go. */
static void paint_cells(Drawing *d, const CellDrawing *use) {
    const ClipShape *clip = clip_shape(d, use->pending.clip);
    Area area = area_meet(use->pending.mask->area, clip->area);
    area = area_meet(area, surface_area(d->top->surface));
    ArenaMark mark = arena_mark(d->scratch);
    if (!area_empty(area))
        paint_rows(d, use, clip, area);
    arena_rewind(d->scratch, mark);
    mask_free(d, use->pending.mask);
}

bool draw_cell(void *self, const GraphicsState *gs, const Colour *colour, const PaintScope *scope) {
    Drawing *d = self;
    if (!d->pending_count)
        return true;
    d->cell_colour = *colour;
    CellDrawing *known = table_find(&d->cells, cell_key(d, gs, scope));
    if (!known)
        return false;
    CellDrawing use = {
        .cell = known->cell, .pending = pending_take(d), .gs = *gs, .colour = *colour};
    paint_cells(d, &use);
    return true;
}

void cell_begin(Drawing *d, const GraphicsState *gs, const PaintScope *scope) {
    Cell cell;
    Box box = box_of_object(d->file, pdf_lookup(d->file, scope->object, "BBox"));
    if (!d->pending_count ||
        !cell_plan(&cell, scope, box, &d->to_device, d->pending[0].mask->area)) {
        level_push(d, LEVEL_SKIPPED);
        return;
    }
    CellDrawing *use = ARENA_NEW(d->arena, CellDrawing);
    *use = (CellDrawing){cell, cell_key(d, gs, scope), pending_take(d), *gs, d->cell_colour};
    BlendSpace space = surface_space(d->top->surface);
    Level *l = level_push(d, LEVEL_CELL);
    l->own = true;
    l->knockout = false;
    l->cell = use;
    l->surface = surface_alone(d->pool, d->planes, cell.area, space);
    l->to_device = d->to_device;
    l->extent = d->extent;
    l->space_serial = d->space_serial;
    d->unwatched++;
    d->to_device = cell.to_pixels;
    d->extent = cell.area;
    d->space_serial = ++d->last_space;
    drawing_rows(d, cell.area.x1 - cell.area.x0);
}

/* Takes what was drawn off the surface. */
static bool keep_pixels(Drawing *d, Cell *c, const Surface *s) {
    Area a = c->area;
    if (!(c->alpha = mask_new(d, a, 0)))
        return false;
    for (int y = a.y0; y < a.y1; y++)
        surface_read_alpha(s, y, a.x0, a.x1,
                           c->alpha->bytes + (size_t)(y - a.y0) * c->alpha->stride);
    for (int plane = 0; plane < (int)d->planes->count; plane++) {
        Mask *m = NULL;
        for (int y = a.y0; y < a.y1; y++) {
            if (!surface_read(s, plane, y, a.x0, a.x1, d->coverage_row))
                continue;
            if (!m && (c->plane_count == MOST_PAINTED || !(m = mask_new(d, a, 0))))
                return false;
            memcpy(m->bytes + (size_t)(y - a.y0) * m->stride, d->coverage_row, m->stride);
        }
        if (m) {
            c->planes[c->plane_count] = (uint16_t)plane;
            c->tints[c->plane_count++] = m;
        }
    }
    return true;
}

static void drop_pixels(Drawing *d, Cell *c) {
    mask_free(d, c->alpha);
    for (size_t i = 0; i < c->plane_count; i++)
        mask_free(d, c->tints[i]);
}

void cell_end(Drawing *d, Level *level) {
    static const Text too_much = {"图案太复杂，没有画", "a pattern is too complex to be drawn"};
    CellDrawing *use = level->cell;
    bool kept = keep_pixels(d, &use->cell, level->surface);
    surface_free(level->surface);
    d->unwatched--;
    d->to_device = level->to_device;
    d->extent = level->extent;
    d->space_serial = level->space_serial;
    if (kept)
        paint_cells(d, use);
    else
        omit(d->omissions, use->pending.box, too_much);
    if (use->cell.in_place || !kept)
        drop_pixels(d, &use->cell);
    else
        *table_slot(&d->cells, d->arena, use->key) = use;
}
