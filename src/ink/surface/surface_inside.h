/* The inside of surfaces: shared by the surface files, nobody else.
 *
 * Each plane has a table of tiles, and so have three more sheets, its slots before those of the
 * planes: the alpha (of what is painted united with its backdrop), the group's own alpha, and the
 * group's shape. A group that is not isolated holds only the tiles that were painted on; the others
 * are seen through to its backdrop. */
#ifndef CHUPIN_INK_SURFACE_SURFACE_INSIDE_H
#define CHUPIN_INK_SURFACE_SURFACE_INSIDE_H

#include "ink/surface/tiles.h"

enum { SLOT_ALPHA, SLOT_OWN, SLOT_SHAPE, SLOT_PLANES };
/* Planes from this one on share a bit of Surface.present. */
enum { LUMPED = 63 };

struct Surface {
    TilePool *pool;
    Planes *planes;
    Surface *parent;         /* of a group */
    const Surface *backdrop; /* initial backdrop of a group; NULL: transparent (or the paper) */
    Area area;
    BlendSpace space;
    bool knockout;
    Blend ends_in; /* of a group: the mode it will end with */
    bool opaque; /* alpha is 1 everywhere: the page, and groups that are not isolated from it */
    bool keeps_own, keeps_shape;
    int left, top; /* corner of the first tile, device pixels */
    size_t columns, rows;
    uint64_t *present; /* a word a tile: the planes that have ink in it, seen or own */
    Tile ***tables;    /* by slot, then tile; NULL: none */
    size_t table_count;
    int known; /* planes it has met; what comes later is as PLANE_REST */
    Surface *newer, *older;
};

/* A piece of a row within one tile, and how much of it a mark takes. */
typedef struct Span {
    Surface *s;
    size_t tile;
    int x, y;                     /* device pixel where it begins */
    size_t offset;                /* of that in the tile */
    size_t count;                 /* 1 … 64 */
    const uint8_t *shape, *alpha; /* alpha <= shape */
} Span;

static inline uint64_t plane_bit(int plane) {
    return UINT64_C(1) << (plane < LUMPED ? plane : LUMPED);
}

static inline int slot_of(int plane) {
    return SLOT_PLANES + plane;
}

static inline size_t tile_index(const Surface *s, int x, int y) {
    return (size_t)((y - s->top) / TILE) * s->columns + (size_t)((x - s->left) / TILE);
}

/* Process planes that mean something in a blend space. */
static inline bool plane_is_process(const Surface *s, int plane) {
    switch (s->space) {
    case BLENDS_IN_GRAY:
        return plane == PLANE_BLACK;
    case BLENDS_IN_RGB:
        return plane >= PLANE_CYAN && plane <= PLANE_YELLOW;
    case BLENDS_IN_INKS:
        return plane >= PLANE_CYAN && plane <= PLANE_BLACK;
    }
    return false;
}

/* A process plane that the blend space leaves unused. */
static inline bool plane_is_idle(const Surface *s, int plane) {
    return plane >= PLANE_CYAN && plane <= PLANE_BLACK && !plane_is_process(s, plane);
}

/* Makes tables for planes registered since; copies PLANE_REST's tiles to them. */
void surface_meet_planes(Surface *s);
/* The tile as it looks, its own or the backdrop's; NULL: blank. `s` may be NULL. */
const Tile *tile_seen(const Surface *s, int slot, int x, int y);
/* The surface's own tile, made when it has none; NULL: the pool is exhausted. */
Tile *tile_to_write(Surface *s, int slot, size_t tile);
/* Its own tile or NULL. */
static inline Tile *tile_own(const Surface *s, int slot, size_t tile) {
    Tile **table = (size_t)slot < s->table_count ? s->tables[slot] : NULL;
    return table ? table[tile] : NULL;
}

static inline bool plane_has_ink(const Span *span, int plane) {
    return (span->s->present[span->tile] & plane_bit(plane)) &&
           (plane < LUMPED || tile_seen(span->s, slot_of(plane), span->x, span->y));
}

#endif
