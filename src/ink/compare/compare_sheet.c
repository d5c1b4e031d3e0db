#include "ink/compare/compare_parts.h"

#include <math.h>
#include <string.h>

static const uint8_t no_ink[TILE_BYTES];

void sheet_start(Sheet *s, Arena *a, PlaneNames *names, Area area, size_t budget) {
    *s = (Sheet){.arena = a,
                 .budget = budget,
                 .names = names,
                 .area = area,
                 .columns = (area.x1 - area.x0 + TILE - 1) / TILE,
                 .rows = (area.y1 - area.y0 + TILE - 1) / TILE};
}

static bool take_bytes(Sheet *s, size_t n) {
    s->full |= s->used > s->budget || s->budget - s->used < n;
    s->used += s->full ? 0 : n;
    return !s->full;
}

void sheet_watch_pictures(Sheet *s) {
    size_t n = (size_t)s->columns * (size_t)s->rows * TILE_CELLS * TILE_CELLS;
    if (take_bytes(s, n))
        s->pictures = arena_alloc(s->arena, n);
}

static int cell_of(double pixels, int most) {
    double cell = pixels / CELL;
    return cell >= most ? most : cell > 0 ? (int)cell : 0;
}

/* Pixels at the rim of a picture have noise too: cells count that it only touches. */
void sheet_picture(Sheet *s, Box b) {
    int columns = s->columns * TILE_CELLS, rows = s->rows * TILE_CELLS;
    int x0 = cell_of(floor(b.x0 - s->area.x0), columns),
        x1 = cell_of(ceil(b.x1 - s->area.x0) + CELL - 1, columns);
    int y0 = cell_of(floor(b.y0 - s->area.y0), rows),
        y1 = cell_of(ceil(b.y1 - s->area.y0) + CELL - 1, rows);
    for (int y = y0; s->pictures && y < y1 && x0 < x1; y++)
        memset(s->pictures + (size_t)y * (size_t)columns + x0, 1, (size_t)(x1 - x0));
}

bool sheet_is_picture(const Sheet *s, int cell_x, int cell_y) {
    return s->pictures[(size_t)cell_y * (size_t)s->columns * TILE_CELLS + (size_t)cell_x];
}

static size_t number_of(PlaneNames *names, Str name, bool rest) {
    if (!names->count)
        (void)ARENA_PUSH(names->arena, names->items, names->count, names->capacity);
    if (rest)
        return 0;
    for (size_t i = 1; i < names->count; i++)
        if (str_eq(names->items[i], name))
            return i;
    *ARENA_PUSH(names->arena, names->items, names->count, names->capacity) =
        (Str){arena_copy(names->arena, name.p, name.n), name.n};
    return names->count - 1;
}

static SheetPlane *plane_of(Sheet *s, Str name, bool rest) {
    size_t n = number_of(s->names, name, rest);
    while (s->plane_count <= n)
        (void)ARENA_PUSH(s->arena, s->planes, s->plane_count, s->plane_capacity);
    s->planes[n].known = true;
    return &s->planes[n];
}

static bool near(const uint8_t *a, const uint8_t *b, int level) {
    if (!level)
        return !memcmp(a, b, TILE_BYTES);
    uint8_t most = 0;
    for (size_t i = 0; i < TILE_BYTES; i++) {
        uint8_t d = a[i] > b[i] ? (uint8_t)(a[i] - b[i]) : (uint8_t)(b[i] - a[i]);
        most = d > most ? d : most;
    }
    return most <= level;
}

/* The tile to hold: one that is held already where it is as good. */
static const uint8_t *held(Sheet *s, SheetPlane *p, const uint8_t *tile, const uint8_t *like) {
    if (s->like && near(tile, like ? like : no_ink, s->level))
        return like;
    if (!memcmp(tile, no_ink, TILE_BYTES))
        return NULL;
    if (p->last && !memcmp(tile, p->last, TILE_BYTES))
        return p->last;
    if (!take_bytes(s, TILE_BYTES))
        return NULL;
    uint8_t *copy = arena_alloc(s->arena, TILE_BYTES);
    memcpy(copy, tile, TILE_BYTES);
    return p->last = copy;
}

static void take_tile(Sheet *s, SheetPlane *p, int column, int row, const uint8_t *tile) {
    size_t count = (size_t)s->columns * (size_t)s->rows;
    const uint8_t *like =
        s->like ? sheet_tile(s->like, (size_t)(p - s->planes), column, row) : NULL;
    const uint8_t *hold = tile || like ? held(s, p, tile ? tile : no_ink, like) : NULL;
    if (!hold || (!p->tiles && !take_bytes(s, count * sizeof *p->tiles)))
        return;
    if (!p->tiles)
        p->tiles = ARENA_ARRAY(s->arena, const uint8_t *, count);
    p->tiles[(size_t)row * (size_t)s->columns + (size_t)column] = hold;
}

void sheet_take(void *sheet, const Band *band) {
    Sheet *s = sheet;
    for (size_t i = 0; i < band->planes->count && !s->full; i++) {
        SheetPlane *p = plane_of(s, band->planes->items[i].name, i == PLANE_REST);
        for (int row = band->area.y0 / TILE; row < s->rows && row * TILE < band->area.y1; row++)
            for (int column = 0; column < s->columns && column * TILE < band->area.x1; column++)
                take_tile(s, p, column, row,
                          surface_tile(band->surface, (int)i, column * TILE, row * TILE));
    }
}

static void cut_tile(uint8_t *tile, const uint8_t *rgb, size_t row, int count, int width) {
    memset(tile, 0, TILE_BYTES);
    for (int y = 0; y < count; y++)
        for (int x = 0; x < width; x++)
            tile[y * TILE + x] = (uint8_t)(255 - rgb[row * (size_t)y + 3 * (size_t)x]);
}

void sheet_take_rgb(Sheet *s, int row, const uint8_t *rgb, int count) {
    static const char names[] = "RGB";
    size_t width = (size_t)(s->area.x1 - s->area.x0);
    for (size_t i = 0; i < 3; i++) {
        SheetPlane *p = plane_of(s, (Str){names + i, 1}, false);
        for (int column = 0; column < s->columns && !s->full; column++) {
            size_t x = (size_t)column * TILE;
            uint8_t tile[TILE_BYTES];
            cut_tile(tile, rgb + 3 * x + i, 3 * width, count,
                     width - x < TILE ? (int)(width - x) : TILE);
            take_tile(s, p, column, row, tile);
        }
    }
}

/* A spot that the page does not have looks as PLANE_REST says: /All paints it. */
const uint8_t *sheet_tile(const Sheet *s, size_t plane, int column, int row) {
    if (column < 0 || row < 0 || column >= s->columns || row >= s->rows)
        return NULL;
    if (plane >= s->plane_count || !s->planes[plane].known)
        plane = PLANE_REST;
    const uint8_t **tiles = plane < s->plane_count ? s->planes[plane].tiles : NULL;
    return tiles ? tiles[(size_t)row * (size_t)s->columns + (size_t)column] : NULL;
}

static int clamp(int v, int end) {
    return v < 0 ? 0 : v >= end ? end - 1 : v;
}

void sheet_window(const Sheet *s, size_t plane, int x, int y, int n, uint8_t *out, int stride) {
    int width = s->area.x1 - s->area.x0, height = s->area.y1 - s->area.y0;
    int x0 = clamp(x, width), x1 = clamp(x + n - 1, width) + 1;
    for (int k = 0; k < n; k++) {
        uint8_t *row = out + k * stride;
        int from = clamp(y + k, height);
        for (int at = x0, end; at < x1; at = end) {
            const uint8_t *tile = sheet_tile(s, plane, at / TILE, from / TILE);
            end = (at / TILE + 1) * TILE < x1 ? (at / TILE + 1) * TILE : x1;
            const uint8_t *ink = (tile ? tile : no_ink) + from % TILE * TILE + at % TILE;
            memcpy(row + (at - x), ink, (size_t)(end - at));
        }
        memset(row, row[x0 - x], (size_t)(x0 - x));
        memset(row + (x1 - x), row[x1 - 1 - x], (size_t)(n - (x1 - x)));
    }
}
