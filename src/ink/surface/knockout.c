#include "ink/surface/surface_compose.h"
#include "ink/surface/surface_mix.h"

void knock_out_row(uint8_t *p, const uint8_t *backdrop, const Span *span, const uint8_t *tints) {
    const uint8_t *f = span->shape, *a = span->alpha;
    for (size_t i = 0; i < span->count; i++) {
        unsigned kept = p[i] * (255U - f[i]) + backdrop[i] * ((unsigned)f[i] - a[i]);
        p[i] = over_255(kept + (unsigned)tints[i] * a[i]);
    }
}

static void knock_out_slot(const Span *span, int slot, const uint8_t *backdrop) {
    uint8_t full[TILE];
    memset(full, 255, sizeof full);
    Tile *tile = tile_to_write(span->s, slot, span->tile);
    if (tile)
        knock_out_row(tile->bytes + span->offset, backdrop, span, full);
}

void knock_out_extent(const Span *span) {
    const Surface *s = span->s;
    if (!s->opaque) {
        const Tile *t = tile_seen(s->backdrop, SLOT_ALPHA, span->x, span->y);
        knock_out_slot(span, SLOT_ALPHA, t ? t->bytes + span->offset : no_ink);
    }
    if (s->keeps_own)
        knock_out_slot(span, SLOT_OWN, no_ink);
}
