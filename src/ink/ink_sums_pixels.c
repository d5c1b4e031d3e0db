#include "ink/ink_sums_pixels.h"

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

void ink_pixels_read(const InkPixels *p, Area area, uint16_t *out) {
    size_t stride = (size_t)(area.x1 - area.x0), width = (size_t)p->band->width;
    int y = area.y0, top = p->band->area.y0;
    assert(y >= (p->kept ? p->kept_y0 : top) && area.y1 <= p->band->area.y1);
    for (; y < area.y1 && y < top; y++, out += stride)
        memcpy(out, p->kept + (size_t)(y - p->kept_y0) * width + area.x0, stride * sizeof *out);
    if (y == area.y1)
        return;
    area.y0 = y;
    memset(out, 0, (size_t)(area.y1 - y) * stride * sizeof *out);
    for (int tile_y = y / TILE * TILE; tile_y < area.y1; tile_y += TILE)
        for (int tile_x = area.x0 / TILE * TILE; tile_x < area.x1; tile_x += TILE)
            add_tile(p, tile_x, tile_y, area, out);
}
