/* Masks: coverage or opacity of an area, a byte a pixel, kept to its box. */
#ifndef CHUPIN_INK_SHAPE_MASK_H
#define CHUPIN_INK_SHAPE_MASK_H

#include <stddef.h>
#include <stdint.h>

#include "ink/shape/area.h"

typedef struct Mask {
    Area area;
    uint8_t outside; /* value beyond the area */
    size_t stride;
    uint8_t *bytes; /* rows from the top */
} Mask;

/* What a mark is cut to: a rectangle, and one mask that holds all clip paths met with each other.
 */
typedef struct Clip8 {
    Area area;        /* everything outside is cut off */
    const Mask *mask; /* NULL: the whole area shows */
} Clip8;

/* Shares of 255, multiplied and rounded. */
static inline uint8_t times(uint8_t a, uint8_t b) {
    unsigned t = (unsigned)a * b + 128;
    return (uint8_t)((t + (t >> 8)) >> 8);
}

static inline const uint8_t *mask_row(const Mask *m, int y) {
    return m->bytes + (size_t)(y - m->area.y0) * m->stride;
}

#endif
