/* Sums over a strip of TILE pixels. The loops have a fixed length, for compilers that make vectors
 * of such loops only; TILE values of 8 bits add up within 16. */
#ifndef CHUPIN_INK_MEASURE_OVERLAP_SUMS_H
#define CHUPIN_INK_MEASURE_OVERLAP_SUMS_H

#include "ink/surface/surface.h"

static inline void add_tints(int16_t sums[TILE], const uint8_t tints[TILE]) {
    for (int i = 0; i < TILE; i++)
        sums[i] = (int16_t)(sums[i] + tints[i]);
}

static inline uint32_t dot_tints(const uint8_t a[TILE], const uint8_t b[TILE]) {
    uint32_t sum = 0;
    for (int i = 0; i < TILE; i++)
        sum += (uint32_t)(a[i] * b[i]);
    return sum;
}

static inline uint32_t sum_where(const int16_t value[TILE], int16_t least, const int16_t of[TILE]) {
    uint16_t sum = 0;
    for (int i = 0; i < TILE; i++) {
        uint16_t mask = (uint16_t) - (value[i] >= least);
        sum = (uint16_t)(sum + ((uint16_t)of[i] & mask));
    }
    return sum;
}

static inline uint32_t dot_where(const int16_t value[TILE], int16_t least, const int16_t of[TILE]) {
    uint32_t sum = 0;
    for (int i = 0; i < TILE; i++) {
        int16_t mask = (int16_t) - (value[i] >= least);
        sum += (uint32_t)((int16_t)(value[i] & mask) * of[i]);
    }
    return sum;
}

#endif
