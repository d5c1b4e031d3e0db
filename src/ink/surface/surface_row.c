#include "ink/surface/surface_compose.h"
#include "ink/surface/surface_mix.h"

/* Below this, finding out that all is opaque costs more than it saves. */
enum { WORTH_A_LOOK = 12 };

/* A mark where it meets a span. `at` is where the span begins in the rows of the paint. */
typedef struct Touch {
    Source source; /* first: what compose_span is given */
    const Span *span;
    const Paint *paint;
    size_t at;
    bool solid; /* known to cover all of the span */
} Touch;

/* Ink that is not there is knocked out for nothing; a tile is only made for ink. */
static uint8_t *row_to_write(const Touch *m, int plane, uint8_t value, const uint8_t *row) {
    const Span *span = m->span;
    Surface *s = span->s;
    Tile *tile = tile_own(s, slot_of(plane), span->tile);
    if (tile)
        return tile->bytes + span->offset;
    if (!plane_has_ink(span, plane)) {
        bool blank = row ? all_are(row, 0, span->count) : !value;
        if (blank || all_are(span->alpha, 0, span->count))
            return NULL;
    }
    tile = tile_to_write(s, slot_of(plane), span->tile);
    return tile ? tile->bytes + span->offset : NULL;
}

static inline void lay_flat(const Touch *m, int plane, uint8_t value) {
    uint8_t *p = row_to_write(m, plane, value, NULL);
    if (!p)
        return;
    if (m->solid)
        memset(p, value, m->span->count);
    else
        mix_flat(p, m->span->alpha, value, m->span->count);
}

static inline void lay_row(const Touch *m, int plane, const uint8_t *row) {
    uint8_t *p = row_to_write(m, plane, 0, row);
    if (!p)
        return;
    if (m->solid)
        memcpy(p, row, m->span->count);
    else
        mix_row(p, m->span->alpha, row, m->span->count);
}

static void lay_all(const Touch *m) {
    const Surface *s = m->span->s;
    for (int plane = 0; plane < s->known; plane++) {
        if (plane_is_idle(s, plane))
            continue;
        if (m->paint->flat)
            lay_flat(m, plane, m->paint->values[0]);
        else
            lay_row(m, plane, m->paint->rows[0] + m->at);
    }
}

static bool is_named(const Paint *paint, int plane) {
    for (int i = 0; i < paint->count; i++)
        if (paint->planes[i] == plane)
            return true;
    return paint->all;
}

/* `others`: the planes with ink here that the paint does not name. */
static void knock_out_others(const Touch *m, uint64_t others) {
    for (; others; others &= others - 1) {
        int plane = __builtin_ctzll(others);
        if (plane < LUMPED) {
            lay_flat(m, plane, 0);
            continue;
        }
        for (; plane < m->span->s->known; plane++)
            if (!is_named(m->paint, plane))
                lay_flat(m, plane, 0);
    }
}

/* Normal, outside of a knockout group: no look at the backdrop is needed. */
static void lay_mark(const Touch *m) {
    const Surface *s = m->span->s;
    const Paint *paint = m->paint;
    if (paint->all) {
        lay_all(m);
        return;
    }
    uint64_t others = paint->keeps_others ? 0 : s->present[m->span->tile];
    for (int i = 0; i < paint->count; i++) {
        int plane = paint->planes[i];
        if (plane >= s->known)
            continue;
        if (plane < LUMPED)
            others &= ~plane_bit(plane);
        if (paint->flat)
            lay_flat(m, plane, paint->values[i]);
        else
            lay_row(m, plane, paint->rows[i] + m->at);
    }
    if (others)
        knock_out_others(m, others);
}

static const uint8_t *mark_tints(const Source *self, int plane, uint8_t *scratch) {
    const Touch *m = (const Touch *)(const void *)self;
    const Paint *paint = m->paint;
    int at = 0, count = paint->all ? 1 : paint->count;
    while (!paint->all && at < count && paint->planes[at] != plane)
        at++;
    if (at == count)
        return NULL;
    if (!paint->flat)
        return paint->rows[at] + m->at;
    memset(scratch, paint->values[at], m->span->count);
    return scratch;
}

/* The coverage of a span, `alpha` (64 bytes) being free for it. */
static void cover(Span *span, const uint8_t *shape, const uint8_t *opacity, const Paint *paint,
                  uint8_t *alpha) {
    span->shape = span->alpha = shape;
    if (opacity) {
        scale_row(alpha, shape, opacity, span->count);
        span->alpha = alpha;
    }
    if (paint->alpha != 255) {
        scale_row_by(alpha, span->alpha, paint->alpha, span->count);
        span->alpha = alpha;
    }
    if (paint->alpha_is_shape)
        span->shape = span->alpha;
}

void surface_row(Surface *s, int y, int x0, int x1, const uint8_t *shape, const uint8_t *opacity,
                 const Paint *paint) {
    int from = x0 > s->area.x0 ? x0 : s->area.x0, to = x1 < s->area.x1 ? x1 : s->area.x1;
    if (y < s->area.y0 || y >= s->area.y1 || from >= to)
        return;
    if (s->known != (int)s->planes->count)
        surface_meet_planes(s);
    Blend blend = paint->blend == BLEND_UNKNOWN ? BLEND_NORMAL : paint->blend;
    bool plain = blend == BLEND_NORMAL && !s->knockout;
    bool has_extent = !s->opaque || s->keeps_own || s->keeps_shape;
    size_t line = (size_t)(y - s->top), column = (size_t)(from - s->left);
    size_t at = (size_t)((int64_t)from - x0), left = (size_t)(to - from);
    uint8_t alpha[TILE];
    Span span = {.s = s, .y = y};
    while (left) {
        span.tile = line / TILE * s->columns + column / TILE;
        span.offset = line % TILE * TILE + column % TILE;
        span.count = TILE - column % TILE < left ? TILE - column % TILE : left;
        span.x = s->left + (int)column;
        cover(&span, shape + at, opacity ? opacity + at : NULL, paint, alpha);
        Touch m = {{mark_tints, paint->keeps_others, blend}, &span, paint, at, false};
        if (plain) {
            m.solid = span.count >= WORTH_A_LOOK && all_are(span.alpha, 255, span.count);
            lay_mark(&m);
            if (has_extent)
                compose_extent(&span);
        } else {
            compose_span(&span, &m.source);
        }
        at += span.count;
        column += span.count;
        left -= span.count;
    }
}
