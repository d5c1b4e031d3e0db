#include "ink/measure/ink_sums_pixels.h"

#include <assert.h>
#include <string.h>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

const uint8_t *ink_tile(const Band *band, size_t plane, int x, int y) {
    assert(surface_area(band->surface).x0 % TILE == 0 &&
           surface_area(band->surface).y0 % TILE == 0);
    return surface_tile(band->surface, (int)plane, x, y);
}

#ifdef __SSE2__

/* psadbw adds the bytes of two cells at once; gcc finds it for no sum written in C. */
uint32_t ink_tile_cells(const uint8_t *tile, uint32_t cells[CELLS * CELLS], uint8_t *peak) {
    const __m128i zero = _mm_setzero_si128();
    __m128i most = zero, total = zero;
    for (size_t cell = 0; cell < CELLS * CELLS; cell += 2) {
        const uint8_t *p = tile + cell / CELLS * CELL * TILE + cell % CELLS * CELL;
        __m128i sum = zero;
        for (size_t row = 0; row < CELL; row++, p += TILE) {
            __m128i tints = _mm_loadu_si128((const __m128i *)(const void *)p);
            sum = _mm_add_epi64(sum, _mm_sad_epu8(tints, zero));
            most = _mm_max_epu8(most, tints);
        }
        total = _mm_add_epi64(total, sum);
        cells[cell] += (uint32_t)_mm_cvtsi128_si32(sum);
        cells[cell + 1] += (uint32_t)_mm_extract_epi16(sum, 4);
    }
    uint8_t of_column[16];
    _mm_storeu_si128((__m128i *)(void *)of_column, most);
    for (size_t i = 0; i < sizeof of_column; i++)
        *peak = *peak > of_column[i] ? *peak : of_column[i];
    return (uint32_t)(_mm_cvtsi128_si32(total) + _mm_cvtsi128_si32(_mm_srli_si128(total, 8)));
}

void ink_sums_add_row(uint16_t *sums, const uint8_t *tints, size_t n) {
    const __m128i zero = _mm_setzero_si128();
    size_t i = 0;
    for (; i + 16 <= n; i += 16) {
        __m128i *low = (__m128i *)(void *)(sums + i), *high = low + 1;
        __m128i t = _mm_loadu_si128((const __m128i *)(const void *)(tints + i));
        _mm_storeu_si128(low, _mm_adds_epu16(_mm_loadu_si128(low), _mm_unpacklo_epi8(t, zero)));
        _mm_storeu_si128(high, _mm_adds_epu16(_mm_loadu_si128(high), _mm_unpackhi_epi8(t, zero)));
    }
    for (; i < n; i++)
        sums[i] = (uint16_t)(sums[i] > UINT16_MAX - tints[i] ? UINT16_MAX : sums[i] + tints[i]);
}

#else

uint32_t ink_tile_cells(const uint8_t *tile, uint32_t cells[CELLS * CELLS], uint8_t *peak) {
    uint32_t total = 0;
    for (size_t y = 0; y < TILE; y++)
        for (size_t x = 0; x < TILE; x++) {
            uint8_t tint = tile[y * TILE + x];
            cells[y / CELL * CELLS + x / CELL] += tint;
            total += tint;
            *peak = *peak > tint ? *peak : tint;
        }
    return total;
}

void ink_sums_add_row(uint16_t *sums, const uint8_t *tints, size_t n) {
    for (size_t i = 0; i < n; i++)
        sums[i] = (uint16_t)(sums[i] > UINT16_MAX - tints[i] ? UINT16_MAX : sums[i] + tints[i]);
}

#endif

/* The part of one tile that lies in `area`. */
static void add_tile(const InkPixels *p, int x, int y, Area area, uint16_t *out) {
    Area part = area_meet(area, (Area){x, y, x + TILE, y + TILE});
    size_t stride = (size_t)(area.x1 - area.x0), n = (size_t)(part.x1 - part.x0);
    uint16_t *corner = out + (size_t)(part.y0 - area.y0) * stride + (size_t)(part.x0 - area.x0);
    for (size_t plane = 0; plane < p->band->planes->count; plane++) {
        if (!ink_counts(p->counts, plane))
            continue;
        const uint8_t *tile = ink_tile(p->band, plane, x, y);
        for (int row = part.y0; tile && row < part.y1; row++)
            ink_sums_add_row(corner + (size_t)(row - part.y0) * stride,
                             tile + (row - y) * TILE + (part.x0 - x), n);
    }
}

static const uint8_t *kept_row(const InkPixels *p, size_t plane, int y) {
    size_t rows = (size_t)(p->kept.y1 - p->kept.y0);
    return p->kept.tints + (plane * rows + (size_t)(y - p->kept.y0)) * (size_t)p->band->width;
}

int ink_pixels_top(const InkPixels *p) {
    return p->kept.tints ? p->kept.y0 : p->band->area.y0;
}

static void read_kept(const InkPixels *p, Area area, uint16_t *out) {
    size_t stride = (size_t)(area.x1 - area.x0);
    for (size_t plane = 0; plane < p->kept.planes; plane++)
        for (int y = area.y0; y < area.y1 && ink_counts(p->counts, plane); y++)
            ink_sums_add_row(out + (size_t)(y - area.y0) * stride, kept_row(p, plane, y) + area.x0,
                             stride);
}

void ink_pixels_read(const InkPixels *p, Area area, uint16_t *out) {
    size_t stride = (size_t)(area.x1 - area.x0);
    int top = p->band->area.y0;
    assert(area.y0 >= ink_pixels_top(p) && area.y1 <= p->band->area.y1);
    memset(out, 0, (size_t)(area.y1 - area.y0) * stride * sizeof *out);
    if (area.y0 < top) {
        Area above = {area.x0, area.y0, area.x1, area.y1 < top ? area.y1 : top};
        read_kept(p, above, out);
        out += (size_t)(above.y1 - area.y0) * stride;
        area.y0 = above.y1;
    }
    if (area_empty(area))
        return;
    for (int y = area.y0 / TILE * TILE; y < area.y1; y += TILE)
        for (int x = area.x0 / TILE * TILE; x < area.x1; x += TILE)
            add_tile(p, x, y, area, out);
}

bool ink_pixels_row(const InkPixels *p, size_t plane, int y, int x0, int x1, uint8_t *out) {
    size_t n = (size_t)(x1 - x0);
    if (y >= p->band->area.y0)
        return surface_read(p->band->surface, (int)plane, y, x0, x1, out);
    memset(out, 0, n);
    if (plane < p->kept.planes)
        memcpy(out, kept_row(p, plane, y) + x0, n);
    return plane < p->kept.planes;
}
