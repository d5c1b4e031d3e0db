/* One piece of a row composited by the full formula of ISO 32000-1, 11.4.8: any blend mode, any
 * group, what is painted being a mark or a whole group. surface_row has a shorter way for marks in
 * Normal outside of knockout groups. */
#ifndef CHUPIN_INK_SURFACE_SURFACE_COMPOSE_H
#define CHUPIN_INK_SURFACE_SURFACE_COMPOSE_H

#include "ink/surface/surface_inside.h"

typedef struct Source Source;
struct Source {
    /* The tints of a plane along the span, `scratch` (64 bytes) being free for them; NULL: the
     * plane is not named. */
    const uint8_t *(*tints)(const Source *self, int plane, uint8_t *scratch);
    bool keeps_others; /* planes not named are overprinted */
    Blend blend;
};

void compose_span(const Span *span, const Source *source);
/* Alpha and shape of a span that was painted; planes come first, as they need the alpha before. */
void compose_extent(const Span *span);

/* What stands in for a row that is not there. */
extern const uint8_t no_ink[TILE];

/* Tints of premultiplied ink, rounded; `out` may be `ink`. Quotients of numbers this small are
 * never rounded up to a whole one, and floats are divided four at a time. */
static inline void tints_of(uint8_t *out, const uint8_t *ink, const uint8_t *alpha, size_t n) {
    for (size_t i = 0; i < n; i++) {
        int p = ink[i], a = alpha[i], divisor = a ? 2 * a : 1;
        int tint = (int)((float)(510 * p + a) / (float)divisor);
        out[i] = (uint8_t)(p < a ? tint : a ? 255 : 0);
    }
}

/* Knockout (11.4.6): what was there is replaced by the shape, with the initial backdrop below the
 * mark where it is not opaque: P = P(1 - f) + P0(f - a) + s·a. */
void knock_out_row(uint8_t *p, const uint8_t *backdrop, const Span *span, const uint8_t *tints);
void knock_out_extent(const Span *span);

#endif
