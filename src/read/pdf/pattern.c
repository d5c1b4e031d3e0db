/* Tiling and shading patterns, and the sh operator. */
#include "read/pdf/walk.h"

#include <math.h>

enum { GRID = 8 }; /* 64 fields: one bit each */

/* One use of a cell: pattern, place, colour and layer. It is walked for the first area painted with
 * it, and again for an area that reaches a field of the page grid where it was not painted before:
 * what the cell holds counts where it shows, and a hundred thousand fills still walk it at most 64
 * times. */
typedef struct PatternUse {
    uint64_t fields;
} PatternUse;

const PdfObj *pattern_from_name(Walk *w, Str name, PatternKind *kind) {
    Resource *r = resource_find(w, RESOURCE_PATTERN, name);
    int type = pdf_int(pdf_lookup(w->file, r->object, "PatternType"), 0);
    *kind = type == 1 ? PATTERN_TILING : PATTERN_SHADING;
    if (type == 1 && pdf_type(r->object) == PDF_STREAM)
        return r->object;
    return type == 2 ? r->object : NULL;
}

static int field_of(double at, double low, double high) {
    double i = floor((at - low) / (high - low) * GRID);
    return i < 0 ? 0 : i >= GRID ? GRID - 1 : (int)i;
}

static uint64_t fields_of(const Walk *w, Box area) {
    Box media = w->page_clip->bounds, b = box_intersection(area, media);
    uint64_t fields = 0;
    if (!(media.x1 > media.x0 && media.y1 > media.y0 && b.x1 >= area.x0 && b.y1 >= area.y0) ||
        b.x0 > media.x1 || b.y0 > media.y1)
        return 0;
    for (int y = field_of(b.y0, media.y0, media.y1); y <= field_of(b.y1, media.y0, media.y1); y++)
        for (int x = field_of(b.x0, media.x0, media.x1); x <= field_of(b.x1, media.x0, media.x1);
             x++)
            fields |= (uint64_t)1 << (y * GRID + x);
    return fields;
}

static bool walked_before(Walk *w, const Colour *c, const Matrix *m, Box area, bool coloured) {
    LayerState layer = w->layer;
    uint64_t key = hash_number(HASH_START, (uintptr_t)c->pattern_object);
    key = hash_bytes(key, m, sizeof *m);
    key = hash_number(key, (uint64_t)(layer.layer + 1) << 2 | (uint64_t)layer.visible << 1 |
                               layer.prints);
    if (!coloured) {
        key = hash_number(key, (uintptr_t)c->space);
        key = hash_bytes(key, c->values, sizeof(float) * (size_t)c->space->components);
    }
    uint64_t fields = fields_of(w, area);
    PatternUse **slot = (PatternUse **)table_slot(&w->pattern_uses, w->arena, key);
    PatternUse *use = *slot;
    if (use && !(fields & ~use->fields))
        return true;
    if (!use)
        *slot = use = ARENA_NEW(w->arena, PatternUse);
    use->fields |= fields;
    return false;
}

static void walk_cell(Walk *w, const Colour *c, const Matrix *m, const PaintScope *scope) {
    Nested cell = {.stream = c->pattern_object,
                   .resources = pdf_lookup(w->file, c->pattern_object, "Resources"),
                   .base = *m,
                   .uncoloured = !scope->coloured};
    Colour paint;
    colour_below_pattern(w, &paint, c);
    walk_initial_state(w, w->state, m, w->state->gs.clip);
    if (!scope->coloured)
        w->state->gs.fill = w->state->gs.stroke = paint;
    run_nested(w, &cell);
}

static void paint_tiling(Walk *w, const Colour *c, Box area) {
    const PdfObj *o = c->pattern_object;
    Matrix m = matrix_from(w->file, pdf_lookup(w->file, o, "Matrix"));
    m = matrix_multiply(&m, &w->content->base);
    Box box = box_of_object(w->file, pdf_lookup(w->file, o, "BBox"));
    PaintScope scope = {.kind = SCOPE_IS_PATTERN,
                        .name = STR(""),
                        .object = o,
                        .box = box_known(box) ? box_transformed(box, &m) : box,
                        .coloured = pdf_int(pdf_lookup(w->file, o, "PaintType"), 1) != 2,
                        .x_step = pdf_number(pdf_lookup(w->file, o, "XStep"), 0),
                        .y_step = pdf_number(pdf_lookup(w->file, o, "YStep"), 0),
                        .matrix = m};
    Nested cell = {.stream = o};
    bool drawn = w->painter->cell;
    if (!matrix_usable(&m) ||
        (drawn ? w->painter->cell(w->painter->self, &w->state->gs, c, &scope)
               : walked_before(w, c, &m, area, scope.coloured)) ||
        nested_refused(w, &cell) || !walk_save(w))
        return;
    Colour colour = *c; /* the state it stands in changes below */
    w->state->gs.clip = drawn ? &w->no_clip : clip_area(w, w->state->gs.clip, area);
    w->painter->begin(w->painter->self, &w->state->gs, &scope);
    walk_cell(w, &colour, &m, &scope);
    w->painter->end(w->painter->self, SCOPE_IS_PATTERN);
    walk_restore(w);
}

static void tell_shading(Walk *w, const PdfObj *shading, const Matrix *m, bool from_pattern) {
    const ColourSpace *space = space_from_object(w, pdf_lookup(w->file, shading, "ColorSpace"),
                                                 pdf_lookup_ref(shading, "ColorSpace"));
    int type = pdf_int(pdf_lookup(w->file, shading, "ShadingType"), 0);
    if (!space || type < 1 || type > 7)
        walk_damage(w, "有读不懂的渐变", "a shading could not be read");
    else
        w->painter->shading(w->painter->self, &w->state->gs, shading, space, type, m, from_pattern);
}

static void paint_shading(Walk *w, const Colour *c, Box area) {
    Matrix m = matrix_from(w->file, pdf_lookup(w->file, c->pattern_object, "Matrix"));
    m = matrix_multiply(&m, &w->content->base);
    GraphicsState *gs = &w->state->gs;
    const Clip *clip = gs->clip;
    gs->clip = clip_area(w, clip, area);
    tell_shading(w, pdf_lookup(w->file, c->pattern_object, "Shading"), &m, true);
    gs->clip = clip;
}

void pattern_paint(Walk *w, const Colour *c, Box area) {
    if (c->pattern == PATTERN_TILING)
        paint_tiling(w, c, area);
    else if (c->pattern == PATTERN_SHADING)
        paint_shading(w, c, area);
}

void op_shading(Walk *w, const Operand *v) {
    Resource *r = resource_find(w, RESOURCE_SHADING, operand_text(&v[0]));
    if (r->object)
        tell_shading(w, r->object, &w->state->gs.ctm, false);
    else
        walk_damage(w, "渐变资源缺失", "a shading resource is missing");
}
