/* Tiles and where they come from; only the surface files include this.
 *
 * Tiles in use and bytes counted with pool_take_bytes never exceed the budget together. Tiles given
 * back are kept for reuse in slabs; slabs that are wholly unused go back to the system when what is
 * held would pass the budget. */
#ifndef CHUPIN_INK_SURFACE_TILES_H
#define CHUPIN_INK_SURFACE_TILES_H

#include "ink/surface/surface.h"

typedef struct Slab Slab;
/* The trailer keeps rows of neighbouring planes out of one set of the cache. */
typedef struct Tile {
    _Alignas(64) uint8_t bytes[TILE_BYTES];
    Slab *slab;
    struct Tile *next; /* while it is unused */
} Tile;

struct TilePool {
    size_t budget, used, held, peak; /* bytes; held: used and unused tiles of slabs as well */
    bool exhausted;
    Slab *slabs;
    Tile *unused;
    Surface *live;    /* every surface that is not freed, newest first */
    Surface *nowhere; /* what stands in for a surface that can not be had */
};

/* A copy of `from`, or blank when that is NULL. NULL: the budget is used up. */
Tile *pool_tile(TilePool *pool, const Tile *from);
void pool_give_tile(TilePool *pool, Tile *tile);
/* Zeroed memory, counted; NULL: the budget is used up. Given back with its size. */
void *pool_alloc(TilePool *pool, size_t n);
void pool_give(TilePool *pool, void *p, size_t n);

#endif
