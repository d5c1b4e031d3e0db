#include <assert.h>

#include "ink/surface/surface_compose.h"
#include "ink/surface/surface_mix.h"

/* A group ends tile by tile: the rows of one tile of the parent that the group covers. */
typedef struct Ending {
    Surface *group, *parent;
    const GroupEnd *end;
    int left, top;                            /* corner of the tile, device pixels */
    size_t in_group, in_parent, first, count; /* the tile; bytes of it that are looked at */
    int planes;                               /* that both have met */
    bool simple; /* Normal, in the parent's space, the parent not being a knockout group */
    bool whole;  /* nothing is taken off the group */
    /* How much is taken of the group: of its shape, and of its alpha. 0 beyond its area. */
    uint8_t shape[TILE_BYTES], alpha[TILE_BYTES];
} Ending;

/* Multiplies a row that begins at (x, y) by a mask. */
static void meet_mask(uint8_t *row, const Mask *mask, int x, int y, size_t n) {
    bool beside = area_empty(mask->area) || y < mask->area.y0 || y >= mask->area.y1;
    if (beside || x >= mask->area.x1 || (int64_t)x + (int64_t)n <= mask->area.x0) {
        scale_row_by(row, row, mask->outside, n);
        return;
    }
    const uint8_t *bytes = mask_row(mask, y);
    size_t before = x < mask->area.x0 ? (size_t)(mask->area.x0 - x) : 0;
    size_t at = x > mask->area.x0 ? (size_t)(x - mask->area.x0) : 0;
    size_t there = (size_t)(mask->area.x1 - mask->area.x0) - at;
    there = there < n - before ? there : n - before;
    scale_row_by(row, row, mask->outside, before);
    scale_row(row + before, row + before, bytes + at, there);
    scale_row_by(row + before + there, row + before + there, mask->outside, n - before - there);
}

static void cut_row(Ending *e, const Area *part, int y) {
    const GroupEnd *end = e->end;
    size_t n = (size_t)(part->x1 - part->x0);
    size_t at = (size_t)(y - e->top) * TILE + (size_t)(part->x0 - e->left);
    uint8_t *shape = e->shape + at, *alpha = e->alpha + at;
    memset(shape, 255, n);
    if (end->clip && end->clip->mask)
        meet_mask(shape, end->clip->mask, part->x0, y, n);
    scale_row_by(alpha, shape, end->alpha, n);
    if (end->soft)
        meet_mask(alpha, end->soft, part->x0, y, n);
    if (end->alpha_is_shape)
        memcpy(shape, alpha, n);
}

/* Of a whole group that is not isolated nothing needs to be computed. */
static bool only_hands_over(const Ending *e) {
    return e->simple && e->group->backdrop && !e->parent->keeps_own && !e->parent->keeps_shape;
}

/* Has the group painted this tile? */
static bool is_painted(const Ending *e) {
    for (int slot = 0; slot < slot_of(e->planes); slot++)
        if (tile_own(e->group, slot, e->in_group))
            return true;
    return false;
}

/* Finds what is taken of a tile; false: nothing. */
static bool cut_tile(Ending *e) {
    const GroupEnd *end = e->end;
    Area own = area_meet((Area){e->left, e->top, e->left + TILE, e->top + TILE}, e->group->area);
    Area part = end->clip ? area_meet(own, end->clip->area) : own;
    if (area_empty(part))
        return false;
    e->first = (size_t)(part.y0 - e->top) * TILE;
    e->count = (size_t)(part.y1 - part.y0) * TILE;
    bool all = part.x0 == own.x0 && part.x1 == own.x1 && part.y0 == own.y0 && part.y1 == own.y1;
    e->whole = all && end->alpha == 255 && !end->soft && !(end->clip && end->clip->mask);
    if (e->whole && only_hands_over(e))
        return true;
    memset(e->shape + e->first, 0, e->count);
    memset(e->alpha + e->first, 0, e->count);
    for (int y = part.y0; y < part.y1; y++)
        cut_row(e, &part, y);
    return true;
}

/* The group's tile becomes the parent's. */
static void hand_over(const Ending *e, int slot) {
    Tile **from = &e->group->tables[slot][e->in_group];
    Surface *p = e->parent;
    if (!p->tables[slot] && !tile_to_write(p, slot, e->in_parent))
        return;
    Tile **to = &p->tables[slot][e->in_parent];
    pool_give_tile(p->pool, *to);
    *to = *from;
    *from = NULL;
    if (slot >= SLOT_PLANES)
        p->present[e->in_parent] |= plane_bit(slot - SLOT_PLANES);
}

/* A group that is not isolated, in Normal: P = P0 + k(Pn - P0), which 11.4.8 comes to when it is
 * written with premultiplied values, whatever the alpha of the backdrop. */
static void end_seen_through(const Ending *e) {
    for (int slot = 0; slot < slot_of(e->planes); slot++) {
        const Tile *from = tile_own(e->group, slot, e->in_group);
        if (!from || slot == SLOT_OWN || slot == SLOT_SHAPE)
            continue;
        if (e->whole) {
            hand_over(e, slot);
            continue;
        }
        Tile *to = tile_to_write(e->parent, slot, e->in_parent);
        if (to)
            mix_row(to->bytes + e->first, e->alpha + e->first, from->bytes + e->first, e->count);
    }
}

/* P = P(1 - ag·k) + Pg·k; `taken` is ag·k. */
static void lay_over(const Ending *e, int slot, const Tile *from, const uint8_t *taken) {
    bool there = tile_seen(e->parent, slot, e->left, e->top);
    if (!there && !from)
        return;
    if (!there && e->whole) {
        hand_over(e, slot);
        return;
    }
    Tile *to = tile_to_write(e->parent, slot, e->in_parent);
    if (!to)
        return;
    if (!from) {
        mix_flat(to->bytes + e->first, taken + e->first, 0, e->count);
        return;
    }
    mix_over(to->bytes + e->first, taken + e->first, from->bytes + e->first, e->alpha + e->first,
             e->count);
}

/* An isolated group in Normal. */
static void end_isolated(const Ending *e) {
    const Tile *alpha = tile_own(e->group, SLOT_ALPHA, e->in_group);
    if (!alpha)
        return;
    uint8_t taken[TILE_BYTES];
    scale_row(taken + e->first, alpha->bytes + e->first, e->alpha + e->first, e->count);
    for (int plane = 0; plane < e->planes; plane++)
        lay_over(e, slot_of(plane), tile_own(e->group, slot_of(plane), e->in_group), taken);
    if (!e->parent->opaque)
        lay_over(e, SLOT_ALPHA, alpha, taken);
}

/* United with what the parent, itself a group, has of its own. */
static void add_extent(const Ending *e, int to_slot, int from_slot, const uint8_t *cut) {
    const Tile *from = tile_own(e->group, from_slot, e->in_group);
    Tile *to = from ? tile_to_write(e->parent, to_slot, e->in_parent) : NULL;
    uint8_t taken[TILE_BYTES];
    if (!to)
        return;
    scale_row(taken + e->first, from->bytes + e->first, cut + e->first, e->count);
    mix_flat(to->bytes + e->first, taken + e->first, 255, e->count);
}

static void end_in_normal(const Ending *e) {
    int own = e->group->backdrop ? SLOT_OWN : SLOT_ALPHA;
    if (e->parent->keeps_own)
        add_extent(e, SLOT_OWN, own, e->alpha);
    if (e->parent->keeps_shape)
        add_extent(e, SLOT_SHAPE, SLOT_SHAPE, e->shape);
    if (e->group->backdrop)
        end_seen_through(e);
    else
        end_isolated(e);
}

/* The group as the source of a span: its colour, free of alpha and of its backdrop. */
typedef struct GroupRow {
    Source source; /* first: what compose_span is given */
    const Ending *e;
    const Span *span;
    const uint8_t *own;       /* the group's own alpha along the span */
    bool solid;               /* that is 1 all along */
    uint8_t (*process)[TILE]; /* four rows, when they are converted */
} GroupRow;

static const uint8_t *colour_row(const GroupRow *g, int plane, uint8_t *out) {
    const Surface *s = g->e->group;
    const Span *span = g->span;
    const Tile *tile = tile_seen(s, slot_of(plane), span->x, span->y);
    if (!tile)
        return no_ink;
    const uint8_t *ink = tile->bytes + span->offset;
    if (g->solid)
        return ink;
    const Tile *behind = tile_seen(s->backdrop, slot_of(plane), span->x, span->y);
    const uint8_t *backdrop = behind ? behind->bytes + span->offset : no_ink;
    for (size_t i = 0; i < span->count; i++) {
        /* C = Cn + (Cn - C0)·a0·(1/ag - 1), times ag: Pn - P0(1 - ag). */
        int full = 255 * ink[i] - backdrop[i] * (255 - g->own[i]);
        int tint = g->own[i] ? (2 * full + g->own[i]) / (2 * g->own[i]) : 0;
        out[i] = (uint8_t)(tint < 0 ? 0 : tint > 255 ? 255 : tint);
    }
    return out;
}

static const uint8_t *group_tints(const Source *self, int plane, uint8_t *scratch) {
    const GroupRow *g = (const GroupRow *)(const void *)self;
    if (g->e->end->convert && plane >= PLANE_CYAN && plane <= PLANE_BLACK)
        return g->process[plane - PLANE_CYAN];
    return colour_row(g, plane, scratch);
}

static void convert_process(GroupRow *g) {
    const GroupEnd *end = g->e->end;
    uint8_t *rows[4];
    for (int i = 0; i < 4; i++) {
        rows[i] = g->process[i];
        const uint8_t *row = colour_row(g, PLANE_CYAN + i, rows[i]);
        if (row != rows[i])
            memcpy(rows[i], row, TILE);
    }
    end->convert(end->self, rows, TILE);
}

/* Any other end: in a blend mode, from another blend space, or in a knockout group. */
static void end_composed(const Ending *e) {
    const Surface *group = e->group;
    const Tile *own = tile_own(group, group->backdrop ? SLOT_OWN : SLOT_ALPHA, e->in_group);
    const Tile *shape = group->keeps_shape ? tile_own(group, SLOT_SHAPE, e->in_group) : own;
    if (!shape)
        return;
    for (size_t at = e->first; at < e->first + e->count; at += TILE) {
        uint8_t f[TILE], a[TILE] = {0};
        scale_row(f, shape->bytes + at, e->shape + at, TILE);
        if (own)
            scale_row(a, own->bytes + at, e->alpha + at, TILE);
        for (size_t i = 0; i < TILE; i++) /* each was rounded for itself */
            f[i] = f[i] < a[i] ? a[i] : f[i];
        if (all_are(f, 0, TILE))
            continue;
        Span span = {e->parent, e->in_parent, e->left, e->top + (int)(at / TILE), at, TILE, f, a};
        uint8_t process[4][TILE];
        GroupRow g = {.process = process,
                      .source = {group_tints, false, e->end->blend},
                      .e = e,
                      .span = &span,
                      .own = own ? own->bytes + at : no_ink};
        g.solid = all_are(g.own, 255, TILE);
        if (e->end->convert)
            convert_process(&g);
        compose_span(&span, &g.source);
    }
}

static void end_tile(Ending *e, size_t t) {
    Surface *group = e->group;
    e->in_group = t;
    if (!is_painted(e))
        return;
    e->left = group->left + (int)(t % group->columns) * TILE;
    e->top = group->top + (int)(t / group->columns) * TILE;
    e->in_parent = tile_index(e->parent, e->left, e->top);
    if (!cut_tile(e))
        return;
    if (e->simple)
        end_in_normal(e);
    else
        end_composed(e);
}

void surface_group_end(Surface *group, const GroupEnd *end) {
    if (group == group->pool->nowhere)
        return;
    Surface *parent = group->parent;
    if (group->known != (int)group->planes->count)
        surface_meet_planes(group);
    if (parent->known != (int)parent->planes->count)
        surface_meet_planes(parent);
    GroupEnd told = *end;
    if (told.blend == BLEND_UNKNOWN)
        told.blend = BLEND_NORMAL;
    Ending e = {.group = group, .parent = parent, .end = &told};
    e.planes = group->known < parent->known ? group->known : parent->known;
    e.simple = told.blend == BLEND_NORMAL && !told.convert && !parent->knockout;
    assert(e.simple || !group->backdrop || group->keeps_own);
    for (size_t t = 0; t < group->columns * group->rows; t++)
        end_tile(&e, t);
    surface_free(group);
}
