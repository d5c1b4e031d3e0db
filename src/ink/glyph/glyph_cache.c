#include "ink/glyph/glyph_cache.h"

#include "base/arena.h"

#include <string.h>

enum { FIRST_TABLE = 512 };

typedef struct Slot {
    GlyphKey key;
    uint32_t size;
    void *blob; /* NULL: free */
} Slot;

typedef struct Generation {
    Arena *arena;
    Slot *slots;
    size_t capacity, count; /* a power of two */
} Generation;

struct GlyphCache {
    Arena *arena; /* the cache itself */
    size_t limit;
    Generation young, old;
};

static Generation generation_new(void) {
    Arena *a = arena_new();
    return (Generation){a, ARENA_ARRAY(a, Slot, FIRST_TABLE), FIRST_TABLE, 0};
}

GlyphCache *glyph_cache_new(size_t bytes) {
    Arena *a = arena_new();
    GlyphCache *c = ARENA_NEW(a, GlyphCache);
    *c = (GlyphCache){a, bytes, generation_new(), generation_new()};
    return c;
}

void glyph_cache_free(GlyphCache *c) {
    if (!c)
        return;
    arena_free(c->young.arena);
    arena_free(c->old.arena);
    arena_free(c->arena);
}

size_t glyph_cache_bytes(const GlyphCache *c) {
    return arena_bytes(c->young.arena) + arena_bytes(c->old.arena);
}

static size_t hash_of(const GlyphKey *key) {
    uint64_t words[3], h = key->phase;
    memcpy(words, key, sizeof words);
    for (int i = 0; i < 3; i++) {
        h = (h ^ words[i]) * 0x9E3779B97F4A7C15u;
        h ^= h >> 29;
    }
    return (size_t)h;
}

static Slot *slot_of(const Generation *g, const GlyphKey *key, size_t hash) {
    size_t mask = g->capacity - 1, at = hash & mask;
    while (g->slots[at].blob && memcmp(&g->slots[at].key, key, sizeof *key))
        at = (at + 1) & mask;
    return &g->slots[at];
}

static void widen(Generation *g) {
    Generation wide = *g;
    wide.capacity *= 2;
    wide.slots = ARENA_ARRAY(g->arena, Slot, wide.capacity);
    for (size_t i = 0; i < g->capacity; i++)
        if (g->slots[i].blob)
            *slot_of(&wide, &g->slots[i].key, hash_of(&g->slots[i].key)) = g->slots[i];
    *g = wide;
}

static void *put(Generation *g, const GlyphKey *key, size_t hash, size_t size) {
    if (g->count * 2 >= g->capacity)
        widen(g);
    Slot *slot = slot_of(g, key, hash);
    g->count += !slot->blob;
    *slot = (Slot){*key, (uint32_t)size, arena_alloc(g->arena, size)};
    return slot->blob;
}

void *glyph_cache_find(GlyphCache *c, const GlyphKey *key) {
    size_t hash = hash_of(key);
    Slot *young = slot_of(&c->young, key, hash);
    if (young->blob)
        return young->blob;
    Slot *old = slot_of(&c->old, key, hash);
    return old->blob ? memcpy(put(&c->young, key, hash, old->size), old->blob, old->size) : NULL;
}

void *glyph_cache_add(GlyphCache *c, const GlyphKey *key, size_t size) {
    if (arena_bytes(c->young.arena) >= c->limit) {
        arena_free(c->old.arena);
        c->old = c->young;
        c->young = generation_new();
    }
    return put(&c->young, key, hash_of(key), size);
}
