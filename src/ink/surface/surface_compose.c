#include "ink/surface/surface_compose.h"

#include "ink/surface/blend.h"
#include "ink/surface/surface_mix.h"

const uint8_t no_ink[TILE];

typedef struct Composing {
    const Span *span;
    const Source *source;
    Blend blend;
    const Surface *below;   /* the element's backdrop; NULL: transparent */
    const uint8_t *alpha;   /* of the backdrop along the span; NULL: opaque */
    uint8_t (*joint)[TILE]; /* three rows: results of a mode that is not separable */
} Composing;

static const uint8_t *row_seen(const Surface *s, int slot, const Span *span) {
    const Tile *tile = tile_seen(s, slot, span->x, span->y);
    return tile ? tile->bytes + span->offset : NULL;
}

static const uint8_t *backdrop_row(const Composing *c, int plane) {
    const uint8_t *row = row_seen(c->below, slot_of(plane), c->span);
    return row ? row : no_ink;
}

/* An overprinted plane is as if the mark were a group that left it alone, blended as a whole
 * (11.7.4.3): its source is the backdrop. */
static const uint8_t *source_row(const Composing *c, int plane, uint8_t *scratch) {
    const uint8_t *tints = c->source->tints(c->source, plane, scratch);
    if (tints)
        return tints;
    return c->source->keeps_others ? backdrop_row(c, plane) : no_ink;
}

static const uint8_t *backdrop_tints(const Composing *c, int plane, uint8_t *scratch) {
    const uint8_t *row = backdrop_row(c, plane);
    if (!c->alpha || row == no_ink)
        return row;
    tints_of(scratch, row, c->alpha, c->span->count);
    return scratch;
}

/* (1 - ab)·s + ab·B, where `b` holds B and receives the result. */
static void show_source_through(const Composing *c, uint8_t *b, const uint8_t *source) {
    if (c->alpha)
        mix_rows(b, source, b, c->alpha, c->span->count);
}

static void blend_cmy(Composing *c) {
    uint8_t scratch[6][TILE];
    const uint8_t *backdrop[3], *source[3];
    uint8_t *out[3];
    for (int i = 0; i < 3; i++) {
        backdrop[i] = backdrop_tints(c, PLANE_CYAN + i, scratch[i]);
        source[i] = source_row(c, PLANE_CYAN + i, scratch[3 + i]);
        out[i] = c->joint[i];
    }
    blend_rows_jointly(c->blend, out, backdrop, source, c->span->count);
    for (int i = 0; i < 3; i++)
        show_source_through(c, out[i], source[i]);
}

/* A plane without ink gets none from a mark without ink: spots always, and process planes in modes
 * that look at one component at a time and keep white. */
static bool white_stays_white(const Composing *c, int plane) {
    Blend mode = c->blend;
    return !plane_is_process(c->span->s, plane) ||
           (blend_is_separable(mode) && blend_keeps_white(mode));
}

/* What the mark adds to a plane: its own tints, or what the blend mode makes of them. */
static const uint8_t *blended_row(const Composing *c, int plane, const uint8_t *source,
                                  uint8_t *out) {
    Blend mode = c->blend;
    bool process = plane_is_process(c->span->s, plane), separable = blend_is_separable(mode);
    if (mode == BLEND_NORMAL || (!process && !(separable && blend_keeps_white(mode))))
        return source;
    if (process && !separable && plane != PLANE_BLACK)
        return c->joint[plane - PLANE_CYAN];
    if (!separable && blend_takes_black_of_source(mode))
        return source;
    uint8_t scratch[TILE];
    const uint8_t *backdrop = backdrop_tints(c, plane, scratch);
    if (separable)
        blend_row(mode, out, backdrop, source, c->span->count);
    else
        memcpy(out, backdrop, c->span->count);
    show_source_through(c, out, source);
    return out;
}

static void compose_plane(const Composing *c, int plane) {
    const Span *span = c->span;
    uint8_t scratch[TILE], out[TILE];
    const uint8_t *source = source_row(c, plane, scratch);
    const uint8_t *backdrop = backdrop_row(c, plane);
    bool blank = backdrop == no_ink && !plane_has_ink(span, plane);
    if (blank && source == no_ink && white_stays_white(c, plane))
        return;
    const uint8_t *tints = blended_row(c, plane, source, out);
    if (tints == backdrop && !span->s->knockout && backdrop != no_ink)
        return; /* overprinted */
    if (blank && all_are(tints, 0, span->count))
        return;
    Tile *tile = tile_to_write(span->s, slot_of(plane), span->tile);
    if (!tile)
        return;
    if (span->s->knockout)
        knock_out_row(tile->bytes + span->offset, backdrop, span, tints);
    else
        mix_row(tile->bytes + span->offset, span->alpha, tints, span->count);
}

void compose_span(const Span *span, const Source *source) {
    Surface *s = span->s;
    if (all_are(span->shape, 0, span->count))
        return;
    uint8_t joint[3][TILE];
    Composing c = {.span = span, .source = source, .joint = joint};
    c.below = s->knockout ? s->backdrop : s;
    if (!c.below || !c.below->opaque) {
        c.alpha = row_seen(c.below, SLOT_ALPHA, span);
        c.alpha = c.alpha ? c.alpha : no_ink;
    }
    c.blend = source->blend;
    if (c.alpha && all_are(c.alpha, 0, span->count))
        c.blend = BLEND_NORMAL; /* nothing there to blend with */
    else if (c.alpha && all_are(c.alpha, 255, span->count))
        c.alpha = NULL;
    if (!blend_is_separable(c.blend) && s->space != BLENDS_IN_GRAY)
        blend_cmy(&c);
    for (int plane = 0; plane < s->known; plane++)
        if (!plane_is_idle(s, plane))
            compose_plane(&c, plane);
    compose_extent(span);
}

static void cover_slot(const Span *span, int slot, const uint8_t *coverage) {
    Tile *tile = tile_own(span->s, slot, span->tile);
    if (!tile && all_are(coverage, 0, span->count))
        return;
    tile = tile ? tile : tile_to_write(span->s, slot, span->tile);
    if (tile)
        mix_flat(tile->bytes + span->offset, coverage, 255, span->count);
}

void compose_extent(const Span *span) {
    const Surface *s = span->s;
    if (s->keeps_shape)
        cover_slot(span, SLOT_SHAPE, span->shape);
    if (s->knockout) {
        knock_out_extent(span);
        return;
    }
    if (!s->opaque)
        cover_slot(span, SLOT_ALPHA, span->alpha);
    if (s->keeps_own)
        cover_slot(span, SLOT_OWN, span->alpha);
}
