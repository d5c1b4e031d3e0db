/* The inner loops: rows of bytes mixed by rows of bytes, 255 = 1, rounded to nearest. What is mixed
 * with full coverage is the source exactly, and a value mixed with itself does not drift. */
#ifndef CHUPIN_INK_SURFACE_SURFACE_MIX_H
#define CHUPIN_INK_SURFACE_SURFACE_MIX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* round(t / 255) for t up to 255 × 255 + 127. */
static inline uint8_t over_255(unsigned t) {
    t += 128;
    return (uint8_t)((t + (t >> 8)) >> 8);
}

static inline uint8_t scale_byte(unsigned a, unsigned b) {
    return over_255(a * b);
}

static inline uint8_t mix_byte(unsigned p, unsigned s, unsigned a) {
    return over_255(p * (255 - a) + s * a);
}

#ifdef __SSE2__
/* The same in eight lanes of 16 bits. (p << 8) - p + a(s - p) wraps around, but its end does not.
 */
static inline __m128i mix_lanes(__m128i p, __m128i s, __m128i a) {
    __m128i t = _mm_mullo_epi16(a, _mm_sub_epi16(s, p));
    t = _mm_add_epi16(t, _mm_sub_epi16(_mm_slli_epi16(p, 8), p));
    t = _mm_add_epi16(t, _mm_set1_epi16(128));
    return _mm_srli_epi16(_mm_add_epi16(t, _mm_srli_epi16(t, 8)), 8);
}

static inline __m128i mix_16(__m128i p, __m128i s, __m128i a) {
    __m128i zero = _mm_setzero_si128();
    return _mm_packus_epi16(mix_lanes(_mm_unpacklo_epi8(p, zero), _mm_unpacklo_epi8(s, zero),
                                      _mm_unpacklo_epi8(a, zero)),
                            mix_lanes(_mm_unpackhi_epi8(p, zero), _mm_unpackhi_epi8(s, zero),
                                      _mm_unpackhi_epi8(a, zero)));
}

static inline __m128i load_16(const uint8_t *p) {
    return _mm_loadu_si128((const __m128i *)(const void *)p);
}

/* Eight bytes in lanes of 16 bits. */
static inline __m128i load_8(const uint8_t *p) {
    return _mm_unpacklo_epi8(_mm_loadl_epi64((const __m128i *)(const void *)p),
                             _mm_setzero_si128());
}

static inline void store_16(uint8_t *p, __m128i v) {
    _mm_storeu_si128((__m128i *)(void *)p, v);
}

static inline __m128i load_4(const uint8_t *p) {
    int32_t v;
    memcpy(&v, p, sizeof v);
    return _mm_cvtsi32_si128(v);
}

static inline void store_4(uint8_t *p, __m128i bytes) {
    int32_t v = _mm_cvtsi128_si32(bytes);
    memcpy(p, &v, sizeof v);
}

static inline __m128i mix_4(__m128i p, __m128i s, __m128i a) {
    __m128i zero = _mm_setzero_si128();
    __m128i mixed = mix_lanes(_mm_unpacklo_epi8(p, zero), _mm_unpacklo_epi8(s, zero),
                              _mm_unpacklo_epi8(a, zero));
    return _mm_packus_epi16(mixed, mixed);
}
#endif

/* P += (s - P) × a, one source for all. */
static inline void mix_flat(uint8_t *restrict p, const uint8_t *restrict a, uint8_t s, size_t n) {
    size_t i = 0;
#ifdef __SSE2__
    __m128i source = _mm_set1_epi8((char)s);
    for (; i + 16 <= n; i += 16)
        store_16(p + i, mix_16(load_16(p + i), source, load_16(a + i)));
    for (; i + 4 <= n; i += 4)
        store_4(p + i, mix_4(load_4(p + i), source, load_4(a + i)));
#endif
    for (; i < n; i++)
        p[i] = mix_byte(p[i], s, a[i]);
}

/* The same for a short run: `room` bytes, not less than n, may be touched, and there alpha is 0
 * behind the run. */
static inline void mix_flat_within(uint8_t *restrict p, const uint8_t *restrict a, uint8_t s,
                                   size_t n, size_t room) {
    size_t i = 0;
#ifdef __SSE2__
    __m128i source = _mm_set1_epi8((char)s), wide = _mm_set1_epi16(s);
    for (; i + 16 <= n; i += 16)
        store_16(p + i, mix_16(load_16(p + i), source, load_16(a + i)));
    for (; i < n && i + 8 <= room; i += 8) {
        __m128i mixed = mix_lanes(load_8(p + i), wide, load_8(a + i));
        _mm_storel_epi64((__m128i *)(void *)(p + i), _mm_packus_epi16(mixed, mixed));
    }
#endif
    for (; i < n; i++)
        p[i] = mix_byte(p[i], s, a[i]);
}

/* out = p + (s - p) × a; `out` may be one of them. */
static inline void mix_rows(uint8_t *out, const uint8_t *p, const uint8_t *s, const uint8_t *a,
                            size_t n) {
    size_t i = 0;
#ifdef __SSE2__
    for (; i + 16 <= n; i += 16)
        store_16(out + i, mix_16(load_16(p + i), load_16(s + i), load_16(a + i)));
    for (; i + 4 <= n; i += 4)
        store_4(out + i, mix_4(load_4(p + i), load_4(s + i), load_4(a + i)));
#endif
    for (; i < n; i++)
        out[i] = mix_byte(p[i], s[i], a[i]);
}

/* P += (S - P) × a. */
static inline void mix_row(uint8_t *p, const uint8_t *a, const uint8_t *s, size_t n) {
    mix_rows(p, p, s, a, n);
}

/* out = a × b. */
static inline void scale_row(uint8_t *out, const uint8_t *a, const uint8_t *b, size_t n) {
    size_t i = 0;
#ifdef __SSE2__
    for (; i + 16 <= n; i += 16)
        store_16(out + i, mix_16(_mm_setzero_si128(), load_16(a + i), load_16(b + i)));
#endif
    for (; i < n; i++)
        out[i] = scale_byte(a[i], b[i]);
}

static inline void scale_row_by(uint8_t *out, const uint8_t *a, uint8_t b, size_t n) {
    size_t i = 0;
#ifdef __SSE2__
    __m128i factor = _mm_set1_epi8((char)b);
    for (; i + 16 <= n; i += 16)
        store_16(out + i, mix_16(_mm_setzero_si128(), load_16(a + i), factor));
#endif
    for (; i < n; i++)
        out[i] = scale_byte(a[i], b);
}

/* P = P(1 - taken) + S·k, S being premultiplied and taken its alpha times k. */
static inline void mix_over(uint8_t *restrict p, const uint8_t *restrict taken,
                            const uint8_t *restrict s, const uint8_t *restrict k, size_t n) {
    size_t i = 0;
#ifdef __SSE2__
    for (; i + 8 <= n; i += 8) {
        __m128i left = _mm_sub_epi16(_mm_set1_epi16(255), load_8(taken + i));
        __m128i t = _mm_mullo_epi16(load_8(p + i), left);
        t = _mm_add_epi16(t, _mm_mullo_epi16(load_8(s + i), load_8(k + i)));
        t = _mm_add_epi16(t, _mm_set1_epi16(128));
        t = _mm_srli_epi16(_mm_add_epi16(t, _mm_srli_epi16(t, 8)), 8);
        _mm_storel_epi64((__m128i *)(void *)(p + i), _mm_packus_epi16(t, t));
    }
#endif
    for (; i < n; i++)
        p[i] = over_255(p[i] * (255U - taken[i]) + (unsigned)s[i] * k[i]);
}

/* Are all bytes `value`? */
static inline bool all_are(const uint8_t *a, uint8_t value, size_t n) {
    size_t i = 0;
#ifdef __SSE2__
    __m128i wanted = _mm_set1_epi8((char)value);
    for (; i + 16 <= n; i += 16)
        if (_mm_movemask_epi8(_mm_cmpeq_epi8(load_16(a + i), wanted)) != 0xFFFF)
            return false;
#endif
    for (; i < n; i++)
        if (a[i] != value)
            return false;
    return true;
}

#endif
