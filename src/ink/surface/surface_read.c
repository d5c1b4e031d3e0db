#include "ink/surface/surface_compose.h"
#include "ink/surface/surface_mix.h"

/* Whether anything was found; what is not found stays as it is in `out`. */
static bool read_slot(const Surface *s, int slot, int y, int x0, int x1, uint8_t *out) {
    int from = x0 > s->area.x0 ? x0 : s->area.x0, to = x1 < s->area.x1 ? x1 : s->area.x1;
    if (y < s->area.y0 || y >= s->area.y1)
        return false;
    bool found = false;
    size_t line = (size_t)(y - s->top) % TILE * TILE;
    for (int x = from, n; x < to; x += n) {
        int column = (x - s->left) % TILE;
        n = TILE - column < to - x ? TILE - column : to - x;
        const Tile *tile = tile_seen(s, slot, x, y);
        if (!tile)
            continue;
        memcpy(out + ((int64_t)x - x0), tile->bytes + line + (size_t)column, (size_t)n);
        found = true;
    }
    return found;
}

bool surface_read(const Surface *s, int plane, int y, int x0, int x1, uint8_t *out) {
    if (x0 >= x1)
        return false;
    memset(out, 0, (size_t)((int64_t)x1 - x0));
    return read_slot(s, slot_of(plane), y, x0, x1, out);
}

bool surface_read_alpha(const Surface *s, int y, int x0, int x1, uint8_t *out) {
    if (x0 >= x1)
        return false;
    memset(out, s->opaque ? 255 : 0, (size_t)((int64_t)x1 - x0));
    return s->opaque || read_slot(s, SLOT_ALPHA, y, x0, x1, out);
}

const uint8_t *surface_tile(const Surface *s, int plane, int x, int y) {
    if (x < s->area.x0 || x >= s->area.x1 || y < s->area.y0 || y >= s->area.y1)
        return NULL;
    const Tile *tile = tile_seen(s, slot_of(plane), x, y);
    return tile ? tile->bytes : NULL;
}

uint64_t surface_inked(const Surface *s, Area area) {
    area = area_meet(area, s->area);
    uint64_t inked = 0;
    if (area_empty(area))
        return 0;
    size_t first = tile_index(s, area.x0, area.y0), last = tile_index(s, area.x1 - 1, area.y0);
    size_t rows = (size_t)((area.y1 - 1 - s->top) / TILE - (area.y0 - s->top) / TILE) + 1;
    for (size_t row = 0; row < rows; row++)
        for (size_t t = first; t <= last; t++)
            inked |= s->present[row * s->columns + t];
    return inked & ~plane_bit(PLANE_REST);
}

int surface_inks(const Surface *s, int x, int y, int *length, InkRun *out, int room) {
    *length = 1;
    if (x < s->area.x0 || x >= s->area.x1 || y < s->area.y0 || y >= s->area.y1)
        return 0;
    int column = (x - s->left) % TILE, count = 0;
    *length = TILE - column < s->area.x1 - x ? TILE - column : s->area.x1 - x;
    size_t offset = (size_t)(y - s->top) % TILE * TILE + (size_t)column;
    uint64_t present = s->present[tile_index(s, x, y)] & ~plane_bit(PLANE_REST);
    for (; present && count < room; present &= present - 1) {
        int first = __builtin_ctzll(present), last = first < LUMPED ? first : s->known - 1;
        for (int plane = first; plane <= last && count < room; plane++) {
            const Tile *tile = tile_seen(s, slot_of(plane), x, y);
            if (tile)
                out[count++] = (InkRun){plane, tile->bytes + offset};
        }
    }
    return count;
}

bool surface_is_group(const Surface *s) {
    return s->parent;
}

const Surface *surface_left(const Surface *s) {
    return s->knockout ? s->backdrop : s;
}

const Surface *surface_around(const Surface *s) {
    while (s->backdrop)
        s = s->backdrop;
    return s->parent && s->ends_in == BLEND_NORMAL ? s->parent : NULL;
}

bool surface_will_mix(const Surface *s) {
    for (; s->backdrop; s = s->backdrop)
        if (s->ends_in != BLEND_NORMAL)
            return true;
    return false;
}

/* One row of a tile: out of alpha, over, and back. */
static void convert_row(uint8_t *const rows[4], const uint8_t *alpha, size_t n,
                        void (*convert)(void *self, uint8_t *const rows[4], size_t n), void *self) {
    for (int i = 0; alpha && i < 4; i++)
        tints_of(rows[i], rows[i], alpha, n);
    convert(self, rows, n);
    for (int i = 0; alpha && i < 4; i++)
        scale_row(rows[i], rows[i], alpha, n);
}

/* A tile that holds no ink is given back, so that a plane nobody painted stays away. */
static void drop_blank(Surface *s, int plane, size_t t) {
    Tile **table = s->tables[slot_of(plane)];
    if (!table || !table[t] || !all_are(table[t]->bytes, 0, TILE_BYTES))
        return;
    pool_give_tile(s->pool, table[t]);
    table[t] = NULL;
    s->present[t] &= ~plane_bit(plane);
}

void surface_on_paper(Surface *s) {
    s->opaque = true;
}

void surface_to_inks(Surface *s, void (*convert)(void *self, uint8_t *const rows[4], size_t n),
                     void *self) {
    const uint64_t process = plane_bit(PLANE_CYAN) | plane_bit(PLANE_MAGENTA) |
                             plane_bit(PLANE_YELLOW) | plane_bit(PLANE_BLACK);
    for (size_t t = 0; t < s->columns * s->rows; t++) {
        if (!(s->present[t] & process))
            continue;
        int left = s->left + (int)(t % s->columns) * TILE;
        int top = s->top + (int)(t / s->columns) * TILE;
        Tile *tiles[4], *alpha = s->opaque ? NULL : tile_own(s, SLOT_ALPHA, t);
        for (int i = 0; i < 4; i++)
            tiles[i] = tile_to_write(s, slot_of(PLANE_CYAN + i), t);
        if (!tiles[0] || !tiles[1] || !tiles[2] || !tiles[3] || (!s->opaque && !alpha))
            continue;
        Area part = area_meet((Area){left, top, left + TILE, top + TILE}, s->area);
        for (int y = part.y0; y < part.y1; y++) {
            uint8_t *rows[4];
            size_t at = (size_t)(y - top) * TILE + (size_t)(part.x0 - left);
            for (int i = 0; i < 4; i++)
                rows[i] = tiles[i]->bytes + at;
            convert_row(rows, alpha ? alpha->bytes + at : NULL, (size_t)(part.x1 - part.x0),
                        convert, self);
        }
        for (int i = 0; i < 4; i++)
            drop_blank(s, PLANE_CYAN + i, t);
    }
    s->space = BLENDS_IN_INKS;
}
