/* Numbers of 1 to 32 bits, highest bit first: samples of functions, vertices of meshes. */
#ifndef CHUPIN_INK_SHADING_FUNCTION_BITS_H
#define CHUPIN_INK_SHADING_FUNCTION_BITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct Bits {
    const uint8_t *p, *end;
    uint64_t held; /* the lowest `count` bits are not read yet */
    int count;
} Bits;

static inline Bits bits_of(const uint8_t *p, size_t n) {
    return (Bits){.p = p, .end = p + n};
}

static inline bool bits_left(const Bits *b, size_t bits) {
    return (size_t)b->count + (size_t)(b->end - b->p) * 8 >= bits;
}

/* Past the end come zeros; ask bits_left. */
static inline uint32_t bits_take(Bits *b, int bits) {
    while (b->count < bits) {
        b->held = b->held << 8 | (b->p < b->end ? *b->p++ : 0);
        b->count += 8;
    }
    b->count -= bits;
    return (uint32_t)(b->held >> b->count & (((uint64_t)1 << bits) - 1));
}

static inline void bits_to_byte(Bits *b) {
    b->count -= b->count % 8;
}

#endif
