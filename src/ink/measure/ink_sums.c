#include "ink/measure/ink_sums.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "ink/measure/ink_sums_square.h"

struct InkSums {
    Arena *arena;
    Area within;
    int side; /* 0: squares are not wanted */
    double limits[MOST_LIMITS];
    size_t limit_count;
    const InkSumsWatch *watch; /* or NULL */
    bool started;
    uint64_t *totals; /* a plane */
    uint8_t *peaks;
    size_t plane_count;
    uint32_t peak;
    int peak_x, peak_y;
    SquareSearch squares;
    uint8_t cut[TILE_BYTES]; /* a tile without what lies outside */
    uint16_t sums[TILE_BYTES];
};

InkSums *ink_sums_new(Arena *a, double ppi, double square_mm, Area within) {
    InkSums *s = ARENA_NEW(a, InkSums);
    double side = round(square_mm / 25.4 * ppi);
    assert(side < 65536);
    s->arena = a;
    s->within = within;
    s->side = square_mm <= 0 ? 0 : side >= 1 ? (int)side : 1;
    return s;
}

void ink_sums_limit(InkSums *s, double mean) {
    if (s->limit_count < MOST_LIMITS)
        s->limits[s->limit_count++] = mean;
}

void ink_sums_watch(InkSums *s, const InkSumsWatch *watch) {
    s->watch = watch;
}

static void start(InkSums *s, const Band *band) {
    s->started = true;
    s->within = area_meet(s->within, (Area){0, 0, band->width, band->height});
    if (area_empty(s->within) || !s->side)
        return;
    squares_start(&s->squares, s->arena, band->width, s->within, s->side);
    for (size_t i = 0; i < s->limit_count; i++)
        squares_limit(&s->squares, s->limits[i]);
}

static void count_planes(InkSums *s, size_t count) {
    if (count <= s->plane_count)
        return;
    s->totals = arena_grow(s->arena, s->totals, s->plane_count * sizeof *s->totals,
                           count * sizeof *s->totals);
    s->peaks = arena_grow(s->arena, s->peaks, s->plane_count, count);
    s->plane_count = count;
}

/* A tile of one plane over `part` of it, which is not empty. */
static const uint8_t *cut_tile(InkSums *s, const uint8_t *tile, int x, int y, Area part) {
    size_t n = (size_t)(part.x1 - part.x0), skip = (size_t)(part.x0 - x);
    if (part.x1 - part.x0 == TILE && part.y1 - part.y0 == TILE)
        return tile;
    memset(s->cut, 0, sizeof s->cut);
    for (size_t row = (size_t)(part.y0 - y); row < (size_t)(part.y1 - y); row++)
        memcpy(s->cut + row * TILE + skip, tile + row * TILE + skip, n);
    return s->cut;
}

/* The highest sum in a tile of which one pixel may have more than any before. */
static uint32_t find_peak(InkSums *s, const Band *band, const bool *counts, Area part) {
    InkPixels p = {.band = band, .counts = counts};
    size_t width = (size_t)(part.x1 - part.x0), n = width * (size_t)(part.y1 - part.y0), at = 0;
    uint16_t most = 0;
    ink_pixels_read(&p, part, s->sums);
    for (size_t i = 0; i < n; i++)
        most = most > s->sums[i] ? most : s->sums[i];
    if (most <= s->peak)
        return most;
    while (s->sums[at] != most)
        at++;
    s->peak = most;
    s->peak_x = part.x0 + (int)(at % width);
    s->peak_y = part.y0 + (int)(at / width);
    return most;
}

static void add_tile(InkSums *s, const Band *band, const bool *counts, int x, int y) {
    uint32_t cells[2][CELLS * CELLS] = {0}, most = 0; /* of planes that count, of others */
    Area part = area_meet(area_meet(band->area, s->within), (Area){x, y, x + TILE, y + TILE});
    if (area_empty(part))
        return;
    for (size_t plane = 0; plane < s->plane_count; plane++) {
        const uint8_t *tile = ink_tile(band, plane, x, y);
        if (!tile)
            continue;
        bool counted = ink_counts(counts, plane);
        uint8_t peak = 0;
        s->totals[plane] += ink_tile_cells(cut_tile(s, tile, x, y, part), cells[!counted], &peak);
        s->peaks[plane] = s->peaks[plane] > peak ? s->peaks[plane] : peak;
        most += counted ? peak : 0;
    }
    if (most > s->peak)
        most = find_peak(s, band, counts, part);
    if (most && s->watch && s->watch->tile)
        s->watch->tile(s->watch->self, part, most);
    if (most && s->side)
        squares_set_tile(&s->squares, x / TILE, y / TILE, cells[0], most);
}

void ink_sums_add(InkSums *s, const Band *band, const bool *counts) {
    assert(band->area.y0 % TILE == 0);
    if (!s->started)
        start(s, band);
    count_planes(s, band->planes->count);
    if (area_empty(s->within))
        return;
    for (int y = band->area.y0; y < band->area.y1; y += TILE) {
        for (int x = 0; x < band->width; x += TILE)
            add_tile(s, band, counts, x, y);
        if (s->side)
            squares_end_row(&s->squares, y / TILE,
                            y + TILE < band->area.y1 ? y + TILE : band->area.y1);
    }
    if (!s->side)
        return;
    bool better = squares_end_band(&s->squares, band, counts);
    if (better && s->watch && s->watch->square)
        s->watch->square(s->watch->self, &s->squares.at_hand, s->squares.best_area);
    squares_next_band(&s->squares);
}

InkSumsResult ink_sums_finish(InkSums *s) {
    InkSumsResult r = {.peak = s->peak / 255.0, .peak_x = s->peak_x, .peak_y = s->peak_y};
    r.plane_count = s->plane_count;
    r.planes = ARENA_ARRAY(s->arena, PlaneSum, s->plane_count);
    if (area_empty(s->within) || !s->started)
        return r;
    const SquareSearch *q = &s->squares;
    double pixels = (double)(s->within.x1 - s->within.x0) * (s->within.y1 - s->within.y0);
    for (size_t i = 0; i < s->plane_count; i++)
        r.planes[i] = (PlaneSum){(double)s->totals[i] / (255 * pixels), s->peaks[i]};
    if (!s->side)
        return r;
    double full = 255.0 * q->side_x * q->side_y;
    r.max_mean = (double)q->best / full;
    r.max_mean_bound = (double)(q->bound > q->best ? q->bound : q->best) / full;
    r.max_square = q->best_area;
    return r;
}
