#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum { ALIGN = 16, FIRST_BLOCK = 16 * 1024, HUGE_PAGE = 2 * 1024 * 1024 };

typedef struct Block {
    struct Block *older;
    size_t size, used;
    _Alignas(ALIGN) char bytes[];
} Block;

struct Arena {
    Block *newest;
    size_t held;
};

enum { LARGEST_BLOCK = HUGE_PAGE - sizeof(Block) };

static void out_of_memory(size_t size) {
    fprintf(stderr, "chupin: 内存不足（要 %zu 字节） out of memory (%zu bytes wanted)\n", size,
            size);
    abort();
}

/* The largest blocks are one page of the large kind each, where the system has such: a page of a
 * few hundred thousand marks would spend a fifth of its time on faults of small ones. */
static void *block_memory(size_t bytes) {
    if (bytes != HUGE_PAGE)
        return malloc(bytes);
    void *p = aligned_alloc(HUGE_PAGE, HUGE_PAGE);
    if (p)
        madvise(p, HUGE_PAGE, MADV_HUGEPAGE);
    return p;
}

static Block *block_new(Arena *a, size_t payload) {
    Block *b = payload > SIZE_MAX - sizeof *b ? NULL : block_memory(sizeof *b + payload);
    if (!b)
        out_of_memory(payload);
    *b = (Block){.older = a->newest, .size = payload};
    a->newest = b;
    a->held += payload;
    return b;
}

Arena *arena_new(void) {
    Arena *a = calloc(1, sizeof *a);
    if (!a)
        out_of_memory(sizeof *a);
    return a;
}

static void drop_newest(Arena *a) {
    Block *b = a->newest;
    a->newest = b->older;
    a->held -= b->size;
    free(b);
}

void arena_free(Arena *a) {
    if (!a)
        return;
    while (a->newest)
        drop_newest(a);
    free(a);
}

#ifndef CHUPIN_ARENA_DEBUG
static size_t round_up(size_t size) {
    return (size + ALIGN - 1) & ~(size_t)(ALIGN - 1);
}

/* The youngest item can grow where it stands; a text that is built piece by piece is then not
 * copied. */
static bool grow_in_place(Arena *a, const char *p, size_t old_size, size_t size) {
    Block *b = a->newest;
    size_t held = round_up(old_size), wanted = size > SIZE_MAX - ALIGN ? SIZE_MAX : round_up(size);
    if (!p || !b || b->used < held || p != b->bytes + b->used - held)
        return false;
    if (wanted - held > b->size - b->used)
        return false;
    memset(b->bytes + b->used, 0, wanted - held);
    b->used += wanted - held;
    return true;
}

/* An item that has its block for itself takes the block along; left behind, the blocks of an array
 * that doubles would be as large as the array. */
static void *grow_block(Arena *a, const char *p, size_t old_size, size_t size) {
    Block *b = a->newest;
    if (!p || !b || p != b->bytes || b->used != round_up(old_size))
        return NULL;
    if (size > SIZE_MAX - ALIGN - sizeof *b)
        out_of_memory(size);
    size = round_up(size);
    Block *grown = realloc(b, sizeof *b + size);
    if (!grown)
        out_of_memory(size);
    memset(grown->bytes + grown->used, 0, size - grown->used);
    a->newest = grown;
    a->held += size - grown->size;
    grown->size = grown->used = size;
    return grown->bytes;
}
#endif

void *arena_alloc(Arena *a, size_t size) {
    if (size > SIZE_MAX - ALIGN)
        out_of_memory(size);
#ifdef CHUPIN_ARENA_DEBUG
    /* Not rounded up: the byte after the item must be outside the malloc for ASan to see it
     * touched. */
    Block *b = block_new(a, size);
#else
    size = round_up(size);
    Block *b = a->newest;
    if (!b || b->size - b->used < size) {
        size_t next = b ? b->size * 2 : FIRST_BLOCK;
        if (next > LARGEST_BLOCK)
            next = LARGEST_BLOCK;
        b = block_new(a, size > next ? size : next);
    }
#endif
    void *p = b->bytes + b->used;
    b->used += size;
    return memset(p, 0, size);
}

void *arena_grow(Arena *a, void *p, size_t old_size, size_t size) {
    if (size <= old_size)
        return p;
#ifndef CHUPIN_ARENA_DEBUG
    if (grow_in_place(a, p, old_size, size))
        return p;
    void *moved = grow_block(a, p, old_size, size);
    if (moved)
        return moved;
#endif
    void *q = arena_alloc(a, size);
    if (p && old_size)
        memcpy(q, p, old_size);
    return q;
}

char *arena_copy(Arena *a, const char *s, size_t n) {
    char *p = arena_alloc(a, n + 1);
    if (n)
        memcpy(p, s, n);
    return p;
}

char *arena_strdup(Arena *a, const char *s) {
    return s ? arena_copy(a, s, strlen(s)) : NULL;
}

/* Most texts are short: they are made at once, and only a long one a second time. */
char *arena_vprintf(Arena *a, const char *format, va_list args) {
    char first[256];
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(first, sizeof first, format, again);
    va_end(again);
    if (n < (int)sizeof first)
        return arena_copy(a, first, n < 0 ? 0 : (size_t)n);
    char *p = arena_alloc(a, (size_t)n + 1);
    vsnprintf(p, (size_t)n + 1, format, args);
    return p;
}

char *arena_printf(Arena *a, const char *format, ...) {
    va_list args;
    va_start(args, format);
    char *p = arena_vprintf(a, format, args);
    va_end(args);
    return p;
}

ArenaMark arena_mark(const Arena *a) {
    return (ArenaMark){.block = a->newest, .used = a->newest ? a->newest->used : 0};
}

void arena_rewind(Arena *a, ArenaMark mark) {
    while (a->newest && a->newest != mark.block)
        drop_newest(a);
    if (a->newest)
        a->newest->used = mark.used;
}

size_t arena_bytes(const Arena *a) {
    return a->held;
}
