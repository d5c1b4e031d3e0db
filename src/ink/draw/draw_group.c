/* Scopes, and the surfaces of those that need one. */
#include "ink/draw/draw.h"

#include <string.h>

Level *level_push(Drawing *d, LevelKind kind) {
    Level *l = d->spare;
    if (l)
        d->spare = l->outer;
    else
        l = ARENA_NEW(d->arena, Level);
    *l = (Level){.outer = d->top,
                 .kind = kind,
                 .surface = d->top ? d->top->surface : NULL,
                 .knockout = d->top && d->top->knockout,
                 .skipping = d->skipping};
    d->skipping += kind == LEVEL_SKIPPED;
    return d->top = l;
}

void level_pop(Drawing *d) {
    Level *l = d->top;
    d->top = l->outer;
    d->skipping = l->skipping;
    if (l->own && l->kind == LEVEL_MASK)
        soft_mask_end(d, l);
    else if (l->own && l->kind == LEVEL_CELL)
        cell_end(d, l);
    else if (l->own)
        surface_group_end(l->surface, &l->end);
    l->outer = d->spare;
    d->spare = l;
}

bool composes(const GraphicsState *gs) {
    return gs->fill_alpha < 1 || gs->stroke_alpha < 1 || gs->blend != BLEND_NORMAL || gs->soft_mask;
}

Level *level_push_group(Drawing *d, LevelKind kind, const GraphicsState *gs, Area area,
                        GroupKind how) {
    Surface *parent = d->top->surface;
    const Mask *soft = gs && gs->soft_mask ? soft_mask_find(d, gs->soft_mask) : NULL;
    area = area_meet(area, surface_area(parent));
    if (!how.isolated)
        how.space = surface_space(parent);
    how.blend = gs ? gs->blend : BLEND_NORMAL;
    drawing_blends(d, how.blend);
    Level *l = level_push(d, kind);
    l->own = true;
    l->knockout = how.knockout;
    l->surface = surface_group(parent, area, how);
    l->bridge = (PressBridge){d->press, how.space, surface_space(parent)};
    bool bridged = how.space != surface_space(parent);
    l->end = (GroupEnd){.soft = soft,
                        .alpha = gs ? alpha_byte(gs->fill_alpha) : 255,
                        .blend = gs ? gs->blend : BLEND_NORMAL,
                        .alpha_is_shape = gs && gs->alpha_is_shape,
                        .convert = bridged ? press_bridge : NULL,
                        .self = &l->bridge};
    return l;
}

static BlendSpace blend_space(const PaintScope *scope, BlendSpace parent) {
    int components = scope->space ? scope->space->components : 0;
    return components == 1   ? BLENDS_IN_GRAY
           : components == 3 ? BLENDS_IN_RGB
           : components == 4 ? BLENDS_IN_INKS
                             : parent;
}

static Area scope_area(Drawing *d, const GraphicsState *gs, const Box *box) {
    const ClipShape *clip = clip_shape(d, gs->clip);
    Area area = clip->area;
    if (box && box_known(*box))
        area = area_meet(area, area_of_box(box_transformed(*box, &d->to_device)));
    return area;
}

/* A non-isolated group without transparency of its own paints as if it were not there. */
static void begin_group(Drawing *d, const GraphicsState *gs, const PaintScope *scope) {
    Area area = scope_area(d, gs, &scope->box);
    BlendSpace parent = surface_space(d->top->surface);
    GroupKind how = {.isolated = scope->isolated,
                     .knockout = scope->knockout,
                     .space = blend_space(scope, parent)};
    bool plain = !how.isolated && !how.knockout && !composes(gs) && !d->top->knockout;
    if (drawing_skips(d, gs))
        level_push(d, LEVEL_SKIPPED);
    else if (plain || area_empty(area_meet(area, surface_area(d->top->surface))))
        level_push(d, LEVEL_SCOPE);
    else
        level_push_group(d, LEVEL_GROUP, gs, area, how);
}

static void begin_mask(Drawing *d, const GraphicsState *gs, const PaintScope *scope) {
    Area area = area_meet(scope_area(d, gs, &scope->box), d->extent);
    Level *l = level_push(d, LEVEL_MASK);
    l->mask = scope->mask;
    l->own = true;
    l->knockout = scope->knockout;
    d->unwatched++;
    d->skipping = 0; /* it may be used where things are shown */
    l->surface = surface_alone(d->pool, d->planes, area, blend_space(scope, BLENDS_IN_INKS));
    if (scope->knockout)
        surface_knock_out(l->surface);
    soft_mask_backdrop(d, l, scope->space);
}

void draw_begin(void *self, const GraphicsState *gs, const PaintScope *scope) {
    Drawing *d = self;
    switch (scope->kind) {
    case SCOPE_IS_FORM:
    case SCOPE_IS_TYPE3:
        level_push(d, LEVEL_SCOPE);
        break;
    case SCOPE_IS_ANNOTATION:
        level_push(d, scope->prints && !scope->hidden ? LEVEL_SCOPE : LEVEL_SKIPPED);
        break;
    case SCOPE_IS_GROUP:
        if (scope->for_soft_mask)
            begin_mask(d, gs, scope);
        else
            begin_group(d, gs, scope);
        break;
    case SCOPE_IS_PATTERN:
        cell_begin(d, gs, scope);
        break;
    }
}

/* A text object or a pair that did not end inside of the scope ends with it. */
void draw_end(void *self, ScopeKind kind) {
    Drawing *d = self;
    (void)kind;
    while (d->top->kind == LEVEL_TEXT || d->top->kind == LEVEL_PAIR)
        level_pop(d);
    if (d->top->outer)
        level_pop(d);
}

/* ISO 32000-1, 11.7.4.4: fill and stroke of one path knock each other out, so that the stroke does
 * not show the fill through itself. */
void draw_pair(void *self, const GraphicsState *gs, bool begins) {
    Drawing *d = self;
    if (!begins) {
        while (d->top->kind == LEVEL_TEXT)
            level_pop(d);
        if (d->top->kind == LEVEL_PAIR)
            level_pop(d);
        return;
    }
    Area area = scope_area(d, gs, NULL);
    if (drawing_skips(d, gs) || !composes(gs) || area_empty(area))
        level_push(d, LEVEL_PAIR);
    else
        level_push_group(d, LEVEL_PAIR, NULL, area, (GroupKind){.knockout = true});
}
