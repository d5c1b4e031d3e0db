#include "ink/shape/raster_sweep.h"

#include <stdlib.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { CHUNK = 16 };

/* 0 … UNIT to 0 … 255, rounded. */
enum { LEVEL_FACTOR = 255 * 65536 / UNIT, LEVEL_HALF = 32 };

static uint8_t level_of(int32_t sum, bool even_odd) {
    int32_t part = sum > UNIT || sum < -UNIT ? UNIT : abs(sum);
    if (even_odd) {
        part = sum & (2 * UNIT - 1);
        part = part < UNIT ? part : 2 * UNIT - 1 - part;
    }
    return (uint8_t)((part + LEVEL_HALF) * LEVEL_FACTOR >> 16);
}

uint8_t coverage_of_sum(int32_t sum) {
    return level_of(sum, false);
}

/* Levels of 16 pixels, and the sum that goes on to the next, in the form that is fastest here. */
#ifdef __SSE2__
typedef __m128i Levels;
typedef __m128i Carry;

static inline Carry no_carry(void) {
    return _mm_setzero_si128();
}

static inline int32_t sum_of(Carry c) {
    return _mm_cvtsi128_si32(c);
}

static inline __m128i running_sum(__m128i v, __m128i before) {
    v = _mm_add_epi32(v, _mm_slli_si128(v, 4));
    v = _mm_add_epi32(v, _mm_slli_si128(v, 8));
    return _mm_add_epi32(v, before);
}

static inline __m128i last_of(__m128i v) {
    return _mm_shuffle_epi32(v, 0xff);
}

static inline __m128i levels(__m128i low, __m128i high, bool even_odd) {
    __m128i v;
    if (even_odd) {
        __m128i fold = _mm_set1_epi32(2 * UNIT - 1);
        v = _mm_packs_epi32(_mm_and_si128(low, fold), _mm_and_si128(high, fold));
        v = _mm_min_epi16(v, _mm_xor_si128(v, _mm_set1_epi16(2 * UNIT - 1)));
    } else {
        v = _mm_packs_epi32(low, high);
        v = _mm_max_epi16(v, _mm_subs_epi16(_mm_setzero_si128(), v));
        v = _mm_min_epi16(v, _mm_set1_epi16(UNIT));
    }
    v = _mm_add_epi16(v, _mm_set1_epi16(LEVEL_HALF));
    return _mm_mulhi_epu16(v, _mm_set1_epi16(LEVEL_FACTOR));
}

/* Sums 16 cells up and clears them. */
static inline Levels sweep_chunk(int32_t *cells, Carry *carry, bool even_odd) {
    __m128i *in = (__m128i *)cells;
    __m128i a = running_sum(_mm_loadu_si128(in), *carry);
    __m128i b = running_sum(_mm_loadu_si128(in + 1), last_of(a));
    __m128i c = running_sum(_mm_loadu_si128(in + 2), last_of(b));
    __m128i d = running_sum(_mm_loadu_si128(in + 3), last_of(c));
    *carry = last_of(d);
    for (int i = 0; i < 4; i++)
        _mm_storeu_si128(in + i, _mm_setzero_si128());
    return _mm_packus_epi16(levels(a, b, even_odd), levels(c, d, even_odd));
}

/* A bit for each pixel that is not 0, the first pixel in the lowest. */
static inline unsigned shown(Levels l) {
    return ~(unsigned)_mm_movemask_epi8(_mm_cmpeq_epi8(l, _mm_setzero_si128())) & 0xffff;
}

static inline void store(uint8_t *out, Levels l) {
    _mm_storeu_si128((__m128i *)out, l);
}
#else
typedef struct Levels {
    uint8_t of[CHUNK];
} Levels;
typedef uint32_t Carry;

static inline Carry no_carry(void) {
    return 0;
}

static inline int32_t sum_of(Carry c) {
    return (int32_t)c;
}

static inline Levels sweep_chunk(int32_t *cells, Carry *carry, bool even_odd) {
    Levels l;
    for (int i = 0; i < CHUNK; i++) {
        *carry += (uint32_t)cells[i];
        cells[i] = 0;
        l.of[i] = level_of((int32_t)*carry, even_odd);
    }
    return l;
}

static inline unsigned shown(Levels l) {
    unsigned bits = 0;
    for (int i = 0; i < CHUNK; i++)
        bits |= (unsigned)(l.of[i] != 0) << i;
    return bits;
}

static inline void store(uint8_t *out, Levels l) {
    memcpy(out, l.of, CHUNK);
}
#endif

typedef struct Row {
    int32_t *cells;
    uint64_t touched;
    int y;
} Row;

typedef struct Run { /* pixels from the left of the row; none while start < 0 */
    int start, end;
} Run;

static inline void tell(const SumRows *s, const Row *row, Run run, RowSink *sink, void *self) {
    memset(s->out + run.end - run.start, 0, BEHIND_RUN);
    sink(self, row->y, s->x0 + run.start, s->x0 + run.end, s->out);
}

/* The sums of the last chunk may go on beyond the row. */
static inline unsigned wanted_of(int pixels_left) {
    return pixels_left >= CHUNK ? 0xffff : pixels_left > 0 ? (1u << pixels_left) - 1 : 0;
}

/* A run is stored with its first pixel at `out`, so that it is aligned; the zeros before it fall
 * into the slack. */
static void sweep_cells(const SumRows *s, int32_t *cells, int from, int to, Run *run, Carry *carry,
                        bool even_odd) {
    for (int x = from; x < to; x += CHUNK) {
        Levels l = sweep_chunk(cells + x, carry, even_odd);
        unsigned some = shown(l) & wanted_of(s->width - x);
        if (run->start < 0) {
            if (!some)
                continue;
            run->start = x + __builtin_ctz(some);
        }
        store(s->out + x - run->start, l);
        if (some)
            run->end = x + 32 - __builtin_clz(some);
    }
}

/* Nothing changes between `from` and `to`: one level, or the end of a run. */
static void even_stretch(const SumRows *s, const Row *row, Run *run, uint8_t level, int from,
                         int to, RowSink *sink, void *self) {
    if (level) {
        run->start = run->start < 0 ? from : run->start;
        run->end = to;
        memset(s->out + from - run->start, level, (size_t)(to - from));
    } else if (run->start >= 0) {
        tell(s, row, *run, sink, self);
        run->start = -1;
    }
}

/* A narrow row has a bit for each cell; it is swept from the first that has a sum to the last. Most
 * rows of thin strokes and of text are a single chunk. */
static inline void sweep_narrow(const SumRows *s, const Row *row, bool even_odd, RowSink *sink,
                                void *self) {
    Run run = {-1, -1};
    Carry carry = no_carry();
    int from = __builtin_ctzll(row->touched), to = 64 - __builtin_clzll(row->touched);
    if (to - from <= CHUNK) {
        Levels l = sweep_chunk(row->cells + from, &carry, even_odd);
        unsigned some = shown(l) & wanted_of(s->width - from);
        if (some) {
            int skipped = __builtin_ctz(some);
            run.start = from + skipped;
            run.end = from + 32 - __builtin_clz(some);
            store(s->out - skipped, l);
        }
        to = from + CHUNK;
    } else {
        sweep_cells(s, row->cells, from, to, &run, &carry, even_odd);
    }
    if (sum_of(carry) && to < s->width)
        even_stretch(s, row, &run, level_of(sum_of(carry), even_odd), to, s->width, sink, self);
    if (run.start >= 0)
        tell(s, row, run, sink, self);
}

static inline void sweep_wide(const SumRows *s, const Row *row, bool even_odd, RowSink *sink,
                              void *self) {
    Run run = {-1, -1};
    Carry carry = no_carry();
    int at = 0, piece = 1 << s->piece_shift;
    for (uint64_t left = row->touched; left; left &= left - 1) {
        int from = __builtin_ctzll(left) << s->piece_shift;
        int end = from < s->width ? from : s->width;
        if (end > at)
            even_stretch(s, row, &run, level_of(sum_of(carry), even_odd), at, end, sink, self);
        at = from + piece < s->stride ? from + piece : s->stride;
        sweep_cells(s, row->cells, from, at, &run, &carry, even_odd);
    }
    if (at < s->width)
        even_stretch(s, row, &run, level_of(sum_of(carry), even_odd), at, s->width, sink, self);
    if (run.start >= 0)
        tell(s, row, run, sink, self);
}

static inline void sweep(const SumRows *s, bool even_odd, bool narrow, RowSink *sink, void *self) {
    Row row = {.cells = s->cells, .y = s->y};
    for (int i = 0; i < s->rows; i++, row.cells += s->stride, row.y++) {
        row.touched = s->touched[i];
        if (!row.touched)
            continue;
        s->touched[i] = 0;
        if (narrow)
            sweep_narrow(s, &row, even_odd, sink, self);
        else
            sweep_wide(s, &row, even_odd, sink, self);
    }
}

void sweep_rows(const SumRows *s, bool even_odd, RowSink *sink, void *self) {
    bool narrow = s->piece_shift == 0;
    if (even_odd && narrow)
        sweep(s, true, true, sink, self);
    else if (even_odd)
        sweep(s, true, false, sink, self);
    else if (narrow)
        sweep(s, false, true, sink, self);
    else
        sweep(s, false, false, sink, self);
}
