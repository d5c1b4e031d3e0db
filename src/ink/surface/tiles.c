#include "ink/surface/tiles.h"

#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "ink/surface/surface_inside.h"

enum { SLAB_BYTES = 2 * 1024 * 1024, SLAB_TILES = (SLAB_BYTES - 64) / sizeof(Tile) };
static const size_t DEFAULT_BUDGET = (size_t)48 * 1024 * 1024;

struct Slab {
    Slab *next;
    size_t carved, live; /* tiles ever handed out, tiles in use */
    Tile tiles[];
};
_Static_assert(sizeof(Slab) + SLAB_TILES * sizeof(Tile) <= SLAB_BYTES, "a slab is one large page");

TilePool *pool_new(size_t budget) {
    TilePool *pool = calloc(1, sizeof *pool);
    Surface *nowhere = calloc(1, sizeof *nowhere);
    if (!pool || !nowhere)
        abort(); /* not even a kilobyte: as arenas do */
    *pool = (TilePool){.budget = budget ? budget : DEFAULT_BUDGET, .nowhere = nowhere};
    *nowhere = (Surface){.pool = pool, .space = BLENDS_IN_INKS};
    return pool;
}

void pool_free(TilePool *pool) {
    if (!pool)
        return;
    pool_reset(pool);
    while (pool->slabs) {
        Slab *gone = pool->slabs;
        pool->slabs = gone->next;
        free(gone);
    }
    free(pool->nowhere);
    free(pool);
}

void pool_reset(TilePool *pool) {
    while (pool->live)
        surface_free(pool->live);
    pool->exhausted = false;
}

bool pool_exhausted(const TilePool *pool) {
    return pool->exhausted;
}

size_t pool_peak(const TilePool *pool) {
    return pool->peak;
}

/* Gives slabs without a tile in use back to the system. */
static void drop_idle_slabs(TilePool *pool) {
    for (Tile **at = &pool->unused; *at;)
        if ((*at)->slab->live)
            at = &(*at)->next;
        else
            *at = (*at)->next;
    for (Slab **at = &pool->slabs; *at;) {
        Slab *slab = *at;
        if (slab->live) {
            at = &slab->next;
            continue;
        }
        *at = slab->next;
        pool->held -= SLAB_BYTES;
        free(slab);
    }
}

static bool take(TilePool *pool, size_t n) {
    if (n > pool->budget - pool->used) {
        pool->exhausted = true;
        return false;
    }
    pool->used += n;
    if (pool->used > pool->peak)
        pool->peak = pool->used;
    return true;
}

bool pool_take_bytes(TilePool *pool, size_t n) {
    if (!take(pool, n))
        return false;
    pool->held += n;
    if (pool->held > pool->budget && pool->unused)
        drop_idle_slabs(pool);
    return true;
}

void pool_give_bytes(TilePool *pool, size_t n) {
    pool->used -= n;
    pool->held -= n;
}

void *pool_alloc(TilePool *pool, size_t n) {
    if (!pool_take_bytes(pool, n))
        return NULL;
    void *p = calloc(1, n ? n : 1);
    if (!p) {
        pool_give_bytes(pool, n);
        pool->exhausted = true;
    }
    return p;
}

void pool_give(TilePool *pool, void *p, size_t n) {
    if (!p)
        return;
    free(p);
    pool_give_bytes(pool, n);
}

/* Thin lines all over a page touch a tile each: large pages spare the processor most look-ups of
 * addresses. */
static Slab *slab_new(TilePool *pool) {
    Slab *slab = aligned_alloc(SLAB_BYTES, SLAB_BYTES);
    if (!slab)
        return NULL;
    madvise(slab, SLAB_BYTES, MADV_HUGEPAGE);
    *slab = (Slab){.next = pool->slabs};
    pool->slabs = slab;
    pool->held += SLAB_BYTES;
    return slab;
}

static Tile *unused_tile(TilePool *pool) {
    Tile *tile = pool->unused;
    if (tile) {
        pool->unused = tile->next;
        return tile;
    }
    Slab *slab = pool->slabs;
    if (!slab || slab->carved == SLAB_TILES)
        slab = slab_new(pool);
    if (!slab)
        return NULL;
    tile = &slab->tiles[slab->carved++];
    tile->slab = slab;
    return tile;
}

Tile *pool_tile(TilePool *pool, const Tile *from) {
    if (!take(pool, sizeof(Tile)))
        return NULL;
    Tile *tile = unused_tile(pool);
    if (!tile) {
        pool->used -= sizeof(Tile);
        pool->exhausted = true;
        return NULL;
    }
    tile->slab->live++;
    if (from)
        memcpy(tile->bytes, from->bytes, TILE_BYTES);
    else
        memset(tile->bytes, 0, TILE_BYTES);
    return tile;
}

void pool_give_tile(TilePool *pool, Tile *tile) {
    if (!tile)
        return;
    tile->slab->live--;
    tile->next = pool->unused;
    pool->unused = tile;
    pool->used -= sizeof(Tile);
}
