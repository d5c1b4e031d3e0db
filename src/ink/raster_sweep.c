#include "ink/raster_sweep.h"

#include <stdlib.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { CHUNK = 16 };

/* 0 … UNIT to 0 … 255: first to 64 × 255, which is UNIT without its 256th part. */
static uint8_t level_of(int32_t part) {
    return (uint8_t)((part - (part >> 8) + 32) >> 6);
}

static int32_t part_of(int32_t sum, bool even_odd) {
    if (even_odd) {
        int32_t folded = sum & (2 * UNIT - 1);
        return folded < UNIT ? folded : 2 * UNIT - 1 - folded;
    }
    return sum > UNIT || sum < -UNIT ? UNIT : abs(sum);
}

uint8_t coverage_of_sum(int32_t sum) {
    return level_of(part_of(sum, false));
}

/* Sums 16 cells up, clears them and stores the coverage of their pixels. Returns which are not 0,
 * the first pixel in the lowest bit. */
#ifdef __SSE2__
static inline __m128i running_sum(__m128i v, __m128i before) {
    v = _mm_add_epi32(v, _mm_slli_si128(v, 4));
    v = _mm_add_epi32(v, _mm_slli_si128(v, 8));
    return _mm_add_epi32(v, before);
}

static inline __m128i parts(__m128i low, __m128i high, bool even_odd) {
    if (even_odd) {
        __m128i fold = _mm_set1_epi32(2 * UNIT - 1);
        __m128i v = _mm_packs_epi32(_mm_and_si128(low, fold), _mm_and_si128(high, fold));
        return _mm_min_epi16(v, _mm_xor_si128(v, _mm_set1_epi16(2 * UNIT - 1)));
    }
    __m128i v = _mm_packs_epi32(low, high);
    v = _mm_max_epi16(v, _mm_subs_epi16(_mm_setzero_si128(), v));
    return _mm_min_epi16(v, _mm_set1_epi16(UNIT));
}

static inline __m128i levels(__m128i v) {
    v = _mm_sub_epi16(v, _mm_srli_epi16(v, 8));
    return _mm_srli_epi16(_mm_add_epi16(v, _mm_set1_epi16(32)), 6);
}

static inline unsigned sweep_chunk(int32_t *cells, int32_t *sum, bool even_odd, uint8_t *out) {
    __m128i *in = (__m128i *)cells, none = _mm_setzero_si128();
    __m128i a = running_sum(_mm_load_si128(in), _mm_set1_epi32(*sum));
    __m128i b = running_sum(_mm_load_si128(in + 1), _mm_shuffle_epi32(a, 0xff));
    __m128i c = running_sum(_mm_load_si128(in + 2), _mm_shuffle_epi32(b, 0xff));
    __m128i d = running_sum(_mm_load_si128(in + 3), _mm_shuffle_epi32(c, 0xff));
    for (int i = 0; i < 4; i++)
        _mm_store_si128(in + i, none);
    *sum = _mm_cvtsi128_si32(_mm_shuffle_epi32(d, 0xff));
    __m128i bytes = _mm_packus_epi16(levels(parts(a, b, even_odd)), levels(parts(c, d, even_odd)));
    _mm_storeu_si128((__m128i *)out, bytes);
    return ~(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, none)) & 0xffff;
}
#else
static inline unsigned sweep_chunk(int32_t *cells, int32_t *sum, bool even_odd, uint8_t *out) {
    unsigned some = 0;
    uint32_t running = (uint32_t)*sum;
    for (int i = 0; i < CHUNK; i++) {
        running += (uint32_t)cells[i];
        cells[i] = 0;
        out[i] = level_of(part_of((int32_t)running, even_odd));
        some |= (unsigned)(out[i] != 0) << i;
    }
    *sum = (int32_t)running;
    return some;
}
#endif

typedef struct Run { /* pixels from the left of the row; none while start < 0 */
    int start, end;
} Run;

static void tell(const RowOfSums *row, Run *run, RowSink *sink, void *self) {
    int end = run->end < row->width ? run->end : row->width;
    if (run->start >= 0 && run->start < end) {
        memset(row->out + end - run->start, 0, BEHIND_RUN);
        sink(self, row->y, row->x0 + run->start, row->x0 + end, row->out);
    }
    run->start = -1;
}

/* Nothing changes between `from` and `to`: one level, or the end of a run. */
static void even_stretch(const RowOfSums *row, Run *run, uint8_t level, int from, int to,
                         RowSink *sink, void *self) {
    if (!level) {
        tell(row, run, sink, self);
        return;
    }
    if (run->start < 0)
        run->start = from;
    memset(row->out + from - run->start, level, (size_t)(to - from));
    run->end = to;
}

/* The sums of the last chunk may go on beyond the row. */
static unsigned wanted_of(int pixels_left) {
    return pixels_left >= CHUNK ? 0xffff : pixels_left > 0 ? (1u << pixels_left) - 1 : 0;
}

/* A run is stored with its first pixel at `out`, so that it is aligned; the zeros before it fall
 * into the slack. */
static inline void sweep_piece(const RowOfSums *row, Run *run, int from, int to, int32_t *sum,
                               bool even_odd) {
    for (int x = from; x < to; x += CHUNK) {
        unsigned wanted = wanted_of(row->width - x);
        if (run->start >= 0) {
            unsigned some = sweep_chunk(row->cells + x, sum, even_odd, row->out + x - run->start);
            some &= wanted;
            run->end = some ? x + 32 - __builtin_clz(some) : run->end;
            continue;
        }
        _Alignas(16) uint8_t first[CHUNK];
        unsigned some = sweep_chunk(row->cells + x, sum, even_odd, first) & wanted;
        if (some) {
            int skipped = __builtin_ctz(some);
            run->start = x + skipped;
            run->end = x + 32 - __builtin_clz(some);
            memcpy(row->out - skipped, first, CHUNK);
        }
    }
}

static inline void sweep(const RowOfSums *row, bool even_odd, RowSink *sink, void *self) {
    Run run = {-1, -1};
    int32_t sum = 0;
    int at = 0, piece = 1 << row->piece_shift;
    uint64_t left = row->touched;
    do {
        int from = __builtin_ctzll(left) << row->piece_shift;
        if (from > at)
            even_stretch(row, &run, level_of(part_of(sum, even_odd)), at, from, sink, self);
        at = from + piece < row->cell_count ? from + piece : row->cell_count;
        sweep_piece(row, &run, from, at, &sum, even_odd);
        left &= left - 1;
    } while (left);
    if (at < row->width && sum)
        even_stretch(row, &run, level_of(part_of(sum, even_odd)), at, row->width, sink, self);
    tell(row, &run, sink, self);
}

void sweep_row(const RowOfSums *row, bool even_odd, RowSink *sink, void *self) {
    if (even_odd)
        sweep(row, true, sink, self);
    else
        sweep(row, false, sink, self);
}
