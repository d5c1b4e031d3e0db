#include "ink/pixels/pixel_cells.h"

#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

static inline uint8_t greater_of(uint8_t a, uint8_t b) {
    return a > b ? a : b;
}

static uint32_t peak_of(const uint8_t *p, size_t n, uint32_t most) {
    for (size_t x = 0; x < n; x++, p += 4) {
        uint32_t sum = (uint32_t)p[0] + p[1] + p[2] + p[3];
        most = most > sum ? most : sum;
    }
    return most;
}

static void cells_of(const uint16_t *in, size_t n, size_t channels, size_t k, uint32_t *out) {
    memset(out, 0, (n + k - 1) / k * channels * sizeof *out);
    for (size_t x = 0; x < n; x += k, out += channels) {
        size_t end = x + k < n ? x + k : n;
        for (size_t i = x; i < end; i++, in += channels)
            for (size_t c = 0; c < channels; c++)
                out[c] += in[c];
    }
}

#ifdef __SSE2__

enum { LANES = 16, MOST_CHANNELS = 64 };

/* One, two and four channels fill a vector with whole pixels. */
static size_t raise_vector(const uint8_t *p, size_t n, size_t channels, uint8_t *highest) {
    uint8_t lanes[LANES];
    size_t whole = n * channels / LANES;
    __m128i most = _mm_setzero_si128();
    for (size_t i = 0; i < whole; i++, p += LANES)
        most = _mm_max_epu8(most, _mm_loadu_si128((const __m128i *)(const void *)p));
    _mm_storeu_si128((__m128i *)(void *)lanes, most);
    for (size_t i = 0; i < LANES; i++)
        highest[i % channels] = greater_of(highest[i % channels], lanes[i]);
    return whole * LANES / channels;
}

/* Sixteen pixels are as many vectors as there are channels, whatever their number. */
static size_t raise_lanes(const uint8_t *p, size_t n, size_t channels, uint8_t *highest) {
    uint8_t lanes[LANES * MOST_CHANNELS] = {0};
    if (LANES % channels == 0)
        return raise_vector(p, n, channels, highest);
    size_t whole = channels <= MOST_CHANNELS ? n / LANES : 0;
    for (size_t block = 0; block < whole; block++, p += LANES * channels)
        for (size_t i = 0; i < LANES * channels; i += LANES) {
            __m128i *most = (__m128i *)(void *)(lanes + i);
            __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + i));
            _mm_storeu_si128(most, _mm_max_epu8(_mm_loadu_si128(most), v));
        }
    for (size_t i = 0; i < LANES * channels && whole; i++)
        highest[i % channels] = greater_of(highest[i % channels], lanes[i]);
    return whole * LANES;
}

uint32_t pixel_peak(const uint8_t *pixels, size_t n) {
    const __m128i zero = _mm_setzero_si128(), ones = _mm_set1_epi16(1);
    __m128i most = zero;
    size_t x = 0;
    for (; x + 4 <= n; x += 4) {
        __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(pixels + 4 * x));
        __m128i low = _mm_madd_epi16(_mm_unpacklo_epi8(v, zero), ones);
        __m128i high = _mm_madd_epi16(_mm_unpackhi_epi8(v, zero), ones);
        most = _mm_max_epi16(most, _mm_madd_epi16(_mm_packs_epi32(low, high), ones));
    }
    uint32_t of_lane[4], best = 0;
    _mm_storeu_si128((__m128i *)(void *)of_lane, most);
    for (int i = 0; i < 4; i++)
        best = best > of_lane[i] ? best : of_lane[i];
    return peak_of(pixels + 4 * x, n - x, best);
}

/* Four channels whose sums of cells fit 16 bits. */
static size_t add_fours(const uint16_t *in, size_t n, size_t k, uint32_t *out) {
    const __m128i zero = _mm_setzero_si128();
    size_t cells = n / k;
    for (size_t i = 0; i < cells; i++) {
        __m128i sum = zero;
        for (size_t x = 0; x < k; x++, in += 4)
            sum = _mm_add_epi16(sum, _mm_loadl_epi64((const __m128i *)(const void *)in));
        _mm_storeu_si128((__m128i *)(void *)(out + 4 * i), _mm_unpacklo_epi16(sum, zero));
    }
    return cells;
}

#else

static size_t raise_lanes(const uint8_t *p, size_t n, size_t channels, uint8_t *highest) {
    (void)p, (void)n, (void)channels, (void)highest;
    return 0;
}

uint32_t pixel_peak(const uint8_t *pixels, size_t n) {
    return peak_of(pixels, n, 0);
}

static size_t add_fours(const uint16_t *in, size_t n, size_t k, uint32_t *out) {
    (void)in, (void)n, (void)k, (void)out;
    return 0;
}

#endif

void pixel_highest(const uint8_t *pixels, size_t n, size_t channels, uint8_t *highest) {
    size_t done = raise_lanes(pixels, n, channels, highest);
    const uint8_t *p = pixels + done * channels;
    for (size_t x = done; x < n; x++, p += channels)
        for (size_t c = 0; c < channels; c++)
            highest[c] = greater_of(highest[c], p[c]);
}

void pixel_cells(const uint16_t *columns, size_t n, int channels, int k, int rows, uint32_t *out) {
    size_t side = (size_t)k, step = (size_t)channels, done = 0;
    if (channels == 4 && k * rows * UINT8_MAX <= UINT16_MAX)
        done = add_fours(columns, n, side, out);
    cells_of(columns + done * side * step, n - done * side, step, side, out + done * step);
}
