/* A tile of one page laid on that of the other. Both are softened a little first (1 2 1 both ways):
 * a thin line that falls between two pixels on one page and on one of them on the other has hardly
 * another height then. */
#include "ink/compare/compare_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { WINDOW = TILE + 2 * (MOST_SHIFT + 1), STRIDE = 128, ROOM = WINDOW * STRIDE };
_Static_assert(WINDOW <= STRIDE, "a row of a window");

typedef struct Side {
    uint8_t ink[ROOM], low[ROOM], high[ROOM]; /* ink begins wobble + 1 pixels before the tile; low
                                                 and high of softened ink, at the tile */
} Side;
typedef struct Place { /* pixels of the sheet */
    int x, y;
} Place;

struct TileCompare {
    TileTolerance tolerance;
    Side side[2];
    uint8_t room[2][ROOM];
    uint8_t off[TILE_BYTES];      /* of the plane at hand: outside of what the other page has */
    uint8_t contrast[TILE_BYTES]; /* around */
    uint8_t worst[TILE_BYTES];    /* of all planes: differs by */
    bool picture[TILE_CELLS][TILE_CELLS];
    uint64_t planes[TILE_CELLS][TILE_CELLS];
    uint64_t distances[(2 * MOST_SHIFT + 1) * (2 * MOST_SHIFT + 1)]; /* of each shift */
};

TileCompare *tile_compare_new(Arena *a, const TileTolerance *tolerance) {
    TileCompare *t = ARENA_NEW(a, TileCompare);
    t->tolerance = *tolerance;
    return t;
}

/* A fixed count of pixels, so that the loops become vectors; what lies beyond the window is not
 * looked at. */
static void soften_row(uint8_t *restrict to, const uint8_t *restrict before,
                       const uint8_t *restrict here, const uint8_t *restrict after) {
    for (int x = 0; x < WINDOW - 2; x++)
        to[x] = (uint8_t)((before[x] + 2 * here[x] + after[x] + 2) >> 2);
}

/* Softens an n × n window in place; its border is lost. */
static void soften(uint8_t *ink, uint8_t *room, int n) {
    for (int y = 0; y < n; y++) {
        const uint8_t *from = ink + y * STRIDE;
        soften_row(room + y * STRIDE + 1, from, from + 1, from + 2);
    }
    for (int y = 1; y < n - 1; y++) {
        const uint8_t *above = room + (y - 1) * STRIDE + 1;
        soften_row(ink + y * STRIDE + 1, above, above + STRIDE, above + 2 * STRIDE);
    }
}

static void least(uint8_t *restrict to, const uint8_t *restrict from) {
    for (int x = 0; x < TILE; x++)
        to[x] = from[x] < to[x] ? from[x] : to[x];
}

static void most(uint8_t *restrict to, const uint8_t *restrict from) {
    for (int x = 0; x < TILE; x++)
        to[x] = from[x] > to[x] ? from[x] : to[x];
}

/* The lightest and the darkest within `wobble` pixels of each of the tile. */
static void find_range(TileCompare *t, Side *s) {
    int wobble = t->tolerance.wobble, rows = TILE + 2 * wobble;
    uint8_t *low = t->room[0], *high = t->room[1];
    for (int y = 0; y < rows; y++) {
        const uint8_t *ink = s->ink + (y + 1) * STRIDE + 1;
        memcpy(low + y * STRIDE, ink, TILE);
        memcpy(high + y * STRIDE, ink, TILE);
        for (int k = 1; k <= 2 * wobble; k++) {
            least(low + y * STRIDE, ink + k);
            most(high + y * STRIDE, ink + k);
        }
    }
    for (int y = 0; y < TILE; y++) {
        memcpy(s->low + y * STRIDE, low + y * STRIDE, TILE);
        memcpy(s->high + y * STRIDE, high + y * STRIDE, TILE);
        for (int k = 1; k <= 2 * wobble; k++) {
            least(s->low + y * STRIDE, low + (y + k) * STRIDE);
            most(s->high + y * STRIDE, high + (y + k) * STRIDE);
        }
    }
}

static uint8_t beyond(uint8_t v, uint8_t low, uint8_t high) {
    uint8_t over = v > high ? (uint8_t)(v - high) : 0, under = v < low ? (uint8_t)(low - v) : 0;
    return over > under ? over : under;
}

/* A row of softened ink, and its range. */
typedef struct Row {
    const uint8_t *ink, *low, *high;
} Row;

static Row row_of(const Side *s, int margin, int y) {
    return (Row){s->ink + (y + margin) * STRIDE + margin, s->low + y * STRIDE,
                 s->high + y * STRIDE};
}

static void add_off(uint8_t *restrict off, const uint8_t *restrict ink, Row other) {
    const uint8_t *restrict low = other.low, *restrict high = other.high;
    for (int x = 0; x < TILE; x++) {
        uint8_t d = beyond(ink[x], low[x], high[x]);
        off[x] = d > off[x] ? d : off[x];
    }
}

static void add_contrast(uint8_t *restrict contrast, Row r) {
    const uint8_t *restrict low = r.low, *restrict high = r.high;
    for (int x = 0; x < TILE; x++) {
        uint8_t span = (uint8_t)(high[x] - low[x]);
        contrast[x] = span > contrast[x] ? span : contrast[x];
    }
}

static void find_off(TileCompare *t) {
    memset(t->off, 0, sizeof t->off);
    memset(t->contrast, 0, sizeof t->contrast);
    for (int y = 0; y < TILE; y++) {
        Row a = row_of(&t->side[0], t->tolerance.wobble + 1, y);
        Row b = row_of(&t->side[1], t->tolerance.wobble + 1, y);
        add_off(t->off + y * TILE, a.ink, b);
        add_off(t->off + y * TILE, b.ink, a);
        add_contrast(t->contrast + y * TILE, a);
        add_contrast(t->contrast + y * TILE, b);
    }
}

/* Only what differs by more than is tolerated at its pixel goes to `worst`. */
static void judge_cell(TileCompare *t, int column, int row, uint64_t plane) {
    const TileTolerance *o = &t->tolerance;
    bool picture = t->picture[row][column];
    unsigned level = picture && o->noise_peak > o->level ? o->noise_peak : o->level, sum = 0;
    uint8_t most_off = 0;
    bool differs = false;
    size_t at = (size_t)row * CELL * TILE + (size_t)column * CELL;
    for (size_t y = 0; y < CELL; y++)
        for (size_t x = 0; x < CELL; x++) {
            size_t i = at + y * TILE + x;
            unsigned off = t->off[i];
            sum += off;
            most_off = off > most_off ? (uint8_t)off : most_off;
            if (off <= level + (t->contrast[i] * (unsigned)o->edge >> 8))
                continue;
            differs = true;
            t->worst[i] = off > t->worst[i] ? (uint8_t)off : t->worst[i];
        }
    bool noisy = picture && sum > o->noise_mean * CELL * CELL;
    for (size_t i = 0; noisy && i < (size_t)CELL * CELL; i++) {
        uint8_t *worst = &t->worst[at + i / CELL * TILE + i % CELL];
        *worst = most_off > *worst ? most_off : *worst;
    }
    if (differs || noisy)
        t->planes[row][column] |= plane;
}

/* The tone of a picture: noise and detail cancel out over a tile. A shift moves no more ink across
 * the border than the contrast there times its way. */
static void judge_tone(TileCompare *t, uint64_t plane) {
    int margin = t->tolerance.wobble + 1;
    long sum = 0;
    double border = 0;
    for (int y = 0; y < TILE; y++) {
        const uint8_t *a = t->side[0].ink + (y + margin) * STRIDE + margin;
        const uint8_t *b = t->side[1].ink + (y + margin) * STRIDE + margin;
        for (int x = 0; x < TILE; x++) {
            sum += a[x] - b[x];
            if (x == 0 || y == 0 || x == TILE - 1 || y == TILE - 1)
                border += t->contrast[y * TILE + x];
        }
    }
    double mean = (double)labs(sum) / TILE_BYTES;
    double moved = border * (t->tolerance.wobble_exact + 0.5) / TILE_BYTES;
    if (mean <= t->tolerance.noise_mean + moved)
        return;
    uint8_t worst = (uint8_t)fmin(255, ceil(mean));
    for (size_t i = 0; i < TILE_BYTES; i++)
        t->worst[i] = t->worst[i] > worst ? t->worst[i] : worst;
    for (int k = 0; k < TILE_CELLS * TILE_CELLS; k++)
        t->planes[k / TILE_CELLS][k % TILE_CELLS] |= plane;
}

static bool find_pictures(TileCompare *t, const Sheet *a, const Sheet *b, int column, int row) {
    bool all = true;
    for (int y = 0; y < TILE_CELLS; y++)
        for (int x = 0; x < TILE_CELLS; x++) {
            int cell_x = column * TILE_CELLS + x, cell_y = row * TILE_CELLS + y;
            bool picture = a->pictures && b->pictures && sheet_is_picture(a, cell_x, cell_y) &&
                           sheet_is_picture(b, cell_x, cell_y);
            t->picture[y][x] = picture;
            all &= picture;
        }
    return all;
}

static void compare_plane(TileCompare *t, const Sheet *const sheets[2], size_t plane, Place tile,
                          Place shift, bool all_picture) {
    int margin = t->tolerance.wobble + 1, n = TILE + 2 * margin;
    for (int i = 0; i < 2; i++) {
        int x = tile.x - margin + i * shift.x, y = tile.y - margin + i * shift.y;
        sheet_window(sheets[i], plane, x, y, n, t->side[i].ink, STRIDE);
        soften(t->side[i].ink, t->room[0], n);
        find_range(t, &t->side[i]);
    }
    find_off(t);
    uint64_t bit = (uint64_t)1 << (plane < NAMED_PLANES ? plane : NAMED_PLANES);
    for (int y = 0; y < TILE_CELLS; y++)
        for (int x = 0; x < TILE_CELLS; x++)
            judge_cell(t, x, y, bit);
    if (all_picture)
        judge_tone(t, bit);
}

/* Pixels of a tile that lie beyond the area are no part of the page. */
static void tell_cell(const TileCompare *t, Place tile, Area area, int column, int row,
                      DifferingCell *cell) {
    *cell = (DifferingCell){.planes = t->planes[row][column]};
    for (int i = 0; cell->planes && i < CELL * CELL; i++) {
        int x = column * CELL + i % CELL, y = row * CELL + i / CELL;
        uint8_t worst = t->worst[y * TILE + x];
        int px = area.x0 + tile.x + x, py = area.y0 + tile.y + y;
        if (!worst || px >= area.x1 || py >= area.y1)
            continue;
        if (!cell->pixels)
            cell->box = (Area){px, py, px + 1, py + 1};
        cell->box.x0 = px < cell->box.x0 ? px : cell->box.x0;
        cell->box.x1 = px >= cell->box.x1 ? px + 1 : cell->box.x1;
        cell->box.y1 = py + 1;
        cell->pixels++;
        cell->worst = worst > cell->worst ? worst : cell->worst;
    }
}

static size_t plane_count(const Sheet *const sheets[2]) {
    return sheets[0]->plane_count > sheets[1]->plane_count ? sheets[0]->plane_count
                                                           : sheets[1]->plane_count;
}

static bool same_tile(const Sheet *const sheets[2], size_t plane, Place tile) {
    return sheet_tile(sheets[0], plane, tile.x / TILE, tile.y / TILE) ==
           sheet_tile(sheets[1], plane, tile.x / TILE, tile.y / TILE);
}

/* Lays the tile on the other page moved by `shift`; the pixels that differ then. */
static uint32_t compare_at(TileCompare *t, const Sheet *const sheets[2], Place tile, Place shift,
                           DifferingCell *cells, size_t stride) {
    bool moved = shift.x || shift.y;
    uint32_t differ = 0;
    bool all_picture = find_pictures(t, sheets[0], sheets[1], tile.x / TILE, tile.y / TILE);
    memset(t->worst, 0, sizeof t->worst);
    memset(t->planes, 0, sizeof t->planes);
    for (size_t plane = 0; plane < plane_count(sheets); plane++)
        if (moved || !same_tile(sheets, plane, tile))
            compare_plane(t, sheets, plane, tile, shift, all_picture);
    for (int y = 0; y < TILE_CELLS; y++)
        for (int x = 0; x < TILE_CELLS; x++) {
            DifferingCell *cell = cells + (size_t)y * stride + x;
            tell_cell(t, tile, sheets[0]->area, x, y, cell);
            differ += cell->pixels;
        }
    return differ;
}

static uint64_t distance(const uint8_t *a, const uint8_t *b) {
    uint64_t sum = 0;
    for (int y = 0; y < TILE; y++) {
        const uint8_t *restrict p = a + y * STRIDE, *restrict q = b + y * STRIDE;
        unsigned row = 0;
        for (int x = 0; x < TILE; x++)
            row += (unsigned)abs(p[x] - q[x]);
        sum += row;
    }
    return sum;
}

/* How far the ink of the tile has moved: where all planes lie on each other best. Of places that
 * are as good the nearest. */
static Place find_shift(TileCompare *t, const Sheet *const sheets[2], Place tile) {
    int most = t->tolerance.shift, across = 2 * most + 1, n = TILE + 2 * most;
    uint64_t *sums = t->distances;
    memset(sums, 0, sizeof t->distances);
    for (size_t plane = 0; plane < plane_count(sheets); plane++) {
        if (same_tile(sheets, plane, tile))
            continue;
        for (int i = 0; i < 2; i++)
            sheet_window(sheets[i], plane, tile.x - most, tile.y - most, n, t->side[i].ink, STRIDE);
        const uint8_t *middle = t->side[0].ink + most * STRIDE + most;
        for (int i = 0; i < across * across; i++)
            sums[i] += distance(middle, t->side[1].ink + i / across * STRIDE + i % across);
    }
    Place best = {0, 0};
    uint64_t least_sum = sums[most * across + most];
    for (int i = 0; i < across * across; i++) {
        Place p = {i % across - most, i / across - most};
        bool nearer = p.x * p.x + p.y * p.y < best.x * best.x + best.y * best.y;
        if (sums[i] < least_sum || (sums[i] == least_sum && nearer)) {
            least_sum = sums[i];
            best = p;
        }
    }
    return best;
}

bool tile_compare(TileCompare *t, const Sheet *a, const Sheet *b, int column, int row,
                  DifferingCell *cells, size_t stride) {
    const Sheet *const sheets[] = {a, b};
    const Place tile = {column * TILE, row * TILE}, none = {0, 0};
    size_t plane = 0;
    while (plane < plane_count(sheets) && same_tile(sheets, plane, tile))
        plane++;
    if (plane == plane_count(sheets))
        return false;
    uint32_t differ = compare_at(t, sheets, tile, none, cells, stride);
    if (!differ || !t->tolerance.shift)
        return differ;
    Place shift = find_shift(t, sheets, tile);
    if (!shift.x && !shift.y)
        return true;
    uint32_t moved = compare_at(t, sheets, tile, shift, cells, stride);
    return moved < differ ? moved : compare_at(t, sheets, tile, none, cells, stride);
}
