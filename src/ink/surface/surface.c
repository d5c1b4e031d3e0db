#include <string.h>

#include "ink/surface/surface_inside.h"

enum { SPARE_TABLES = 8 };
enum { FARTHEST = 1 << 29 }; /* device coordinates; sums of them stay in an int */

static Surface *nowhere(TilePool *pool, Planes *planes, BlendSpace space) {
    pool->nowhere->planes = planes;
    pool->nowhere->space = space;
    pool->nowhere->knockout = false;
    return pool->nowhere;
}

/* Tiles begin at (left, top), which is not right of or below the area's corner. */
static Surface *surface_new(TilePool *pool, Planes *planes, Area area, int left, int top,
                            BlendSpace space) {
    if (area_empty(area))
        area = (Area){left, top, left, top};
    if (left < -FARTHEST || top < -FARTHEST || area.x1 > FARTHEST || area.y1 > FARTHEST)
        pool->exhausted = true;
    Surface *s = pool->exhausted ? NULL : pool_alloc(pool, sizeof *s);
    if (!s)
        return nowhere(pool, planes, space);
    *s = (Surface){.pool = pool,
                   .planes = planes,
                   .area = area,
                   .space = space,
                   .left = left,
                   .top = top,
                   .columns = ((size_t)(area.x1 - left) + TILE - 1) / TILE,
                   .rows = ((size_t)(area.y1 - top) + TILE - 1) / TILE,
                   .older = pool->live};
    if (pool->live)
        pool->live->newer = s;
    pool->live = s;
    s->present = pool_alloc(pool, s->columns * s->rows * sizeof *s->present);
    if (s->present)
        surface_meet_planes(s);
    if (!s->present || !s->known) {
        surface_free(s);
        return nowhere(pool, planes, space);
    }
    return s;
}

Surface *surface_page(TilePool *pool, Planes *planes, Area area, BlendSpace space) {
    Surface *s = surface_new(pool, planes, area, area.x0, area.y0, space);
    s->opaque = true;
    return s;
}

Surface *surface_alone(TilePool *pool, Planes *planes, Area area, BlendSpace space) {
    Surface *s = surface_new(pool, planes, area, area.x0, area.y0, space);
    s->opaque = false;
    return s;
}

void surface_knock_out(Surface *alone) {
    alone->knockout = true;
}

/* The group starts with what its backdrop has: only the bits are copied. */
static void see_backdrop(Surface *s) {
    const Surface *b = s->backdrop;
    for (size_t row = 0; row < s->rows; row++)
        memcpy(s->present + row * s->columns,
               b->present + tile_index(b, s->left, s->top + (int)row * TILE),
               s->columns * sizeof *s->present);
}

Surface *surface_group(Surface *parent, Area area, GroupKind kind) {
    area = area_meet(area, parent->area);
    bool empty = area_empty(area);
    int left = empty ? parent->left : parent->left + (area.x0 - parent->left) / TILE * TILE;
    int top = empty ? parent->top : parent->top + (area.y0 - parent->top) / TILE * TILE;
    BlendSpace space = kind.isolated ? kind.space : parent->space;
    for (Surface *outer = parent; outer; outer = outer->parent)
        if (outer->known != (int)outer->planes->count)
            surface_meet_planes(outer);
    Surface *s = surface_new(parent->pool, parent->planes, area, left, top, space);
    if (s == s->pool->nowhere)
        return s;
    s->parent = parent;
    s->knockout = kind.knockout;
    s->ends_in = kind.blend == BLEND_UNKNOWN ? BLEND_NORMAL : kind.blend;
    /* An element of a knockout group, be it a group, composites with the initial backdrop. */
    if (!kind.isolated)
        s->backdrop = parent->knockout ? parent->backdrop : parent;
    s->opaque = s->backdrop && s->backdrop->opaque;
    s->keeps_own =
        s->backdrop && (kind.blend != BLEND_NORMAL || parent->knockout || parent->keeps_own);
    s->keeps_shape = parent->knockout || parent->keeps_shape;
    if (s->backdrop)
        see_backdrop(s);
    return s;
}

void surface_free(Surface *s) {
    if (!s || s == s->pool->nowhere)
        return;
    TilePool *pool = s->pool;
    size_t tiles = s->columns * s->rows;
    for (size_t slot = 0; slot < s->table_count; slot++) {
        Tile **table = s->tables[slot];
        for (size_t i = 0; table && i < tiles; i++)
            pool_give_tile(pool, table[i]);
        pool_give(pool, table, tiles * sizeof *table);
    }
    pool_give(pool, s->tables, s->table_count * sizeof *s->tables);
    pool_give(pool, s->present, tiles * sizeof *s->present);
    if (s->older)
        s->older->newer = s->newer;
    if (s->newer)
        s->newer->older = s->older;
    else
        pool->live = s->older;
    pool_give(pool, s, sizeof *s);
}

/* False: no memory, the planes stay unknown and what is painted on them is lost. */
static bool grow_tables(Surface *s, size_t count) {
    if (count <= s->table_count)
        return true;
    size_t grown = count + count / 2 + SPARE_TABLES;
    Tile ***tables = pool_alloc(s->pool, grown * sizeof *tables);
    if (!tables)
        return false;
    if (s->tables)
        memcpy(tables, s->tables, s->table_count * sizeof *tables);
    pool_give(s->pool, s->tables, s->table_count * sizeof *tables);
    s->tables = tables;
    s->table_count = grown;
    return true;
}

void surface_meet_planes(Surface *s) {
    int count = (int)s->planes->count;
    if (s == s->pool->nowhere || !grow_tables(s, (size_t)slot_of(count)))
        return;
    int first = s->known ? s->known : FIRST_SPOT;
    s->known = count;
    for (size_t t = 0; t < s->columns * s->rows; t++) {
        if (!(s->present[t] & plane_bit(PLANE_REST)))
            continue;
        for (int plane = first; plane < count; plane++) {
            Tile *rest = tile_own(s, slot_of(PLANE_REST), t);
            Tile *copy = rest ? tile_to_write(s, slot_of(plane), t) : NULL;
            if (copy)
                memcpy(copy->bytes, rest->bytes, TILE_BYTES);
            s->present[t] |= plane_bit(plane);
        }
    }
}

const Tile *tile_seen(const Surface *s, int slot, int x, int y) {
    for (; s; s = s->backdrop) {
        int here = slot < slot_of(s->known) ? slot : slot_of(PLANE_REST);
        const Tile *tile = tile_own(s, here, tile_index(s, x, y));
        if (tile || slot == SLOT_OWN || slot == SLOT_SHAPE)
            return tile;
    }
    return NULL;
}

Tile *tile_to_write(Surface *s, int slot, size_t t) {
    if (!s->tables[slot])
        s->tables[slot] = pool_alloc(s->pool, s->columns * s->rows * sizeof(Tile *));
    Tile **table = s->tables[slot];
    if (!table || table[t])
        return table ? table[t] : NULL;
    int x = s->left + (int)(t % s->columns) * TILE, y = s->top + (int)(t / s->columns) * TILE;
    bool of_group = slot == SLOT_OWN || slot == SLOT_SHAPE;
    table[t] = pool_tile(s->pool, of_group ? NULL : tile_seen(s->backdrop, slot, x, y));
    if (table[t] && slot >= SLOT_PLANES)
        s->present[t] |= plane_bit(slot - SLOT_PLANES);
    return table[t];
}

Area surface_area(const Surface *s) {
    return s->area;
}

BlendSpace surface_space(const Surface *s) {
    return s->space;
}

Planes *surface_planes(const Surface *s) {
    return s->planes;
}
