/* Connected cells, found while rows go by. What lies less than a cell apart is one blob, so that a
 * changed number is one and not four. Only blobs that reach the row at hand are held. */
#include "ink/compare/compare_parts.h"

#include <string.h>

typedef struct Part {
    uint32_t joined; /* itself: it stands for the blob */
    uint32_t moved;  /* its number in the next row, + 1; 0: it does not go on */
    DifferingCell sum;
} Part;

struct Blobs {
    Arena *arena;
    size_t width, most;
    uint32_t *above, *here; /* part of each cell, + 1 */
    Part *parts, *next;
    size_t count, capacity, next_count, next_capacity;
    bool any; /* parts in the row above */
    DifferingCell *largest;
    size_t largest_count;
    uint64_t found;
};

Blobs *blobs_new(Arena *a, size_t width, size_t most) {
    Blobs *b = ARENA_NEW(a, Blobs);
    b->arena = a;
    b->width = width;
    b->most = most;
    b->above = ARENA_ARRAY(a, uint32_t, width + 2);
    b->here = ARENA_ARRAY(a, uint32_t, width + 2);
    b->largest = ARENA_ARRAY(a, DifferingCell, most + 1);
    return b;
}

static void add(DifferingCell *to, const DifferingCell *more) {
    to->box = area_join(to->box, more->box);
    to->pixels = to->pixels > UINT32_MAX - more->pixels ? UINT32_MAX : to->pixels + more->pixels;
    to->worst = to->worst > more->worst ? to->worst : more->worst;
    to->planes |= more->planes;
}

static uint32_t root_of(Blobs *b, uint32_t part) {
    while (b->parts[part].joined != part) {
        b->parts[part].joined = b->parts[b->parts[part].joined].joined;
        part = b->parts[part].joined;
    }
    return part;
}

static void join(Blobs *b, uint32_t one, uint32_t other) {
    one = root_of(b, one), other = root_of(b, other);
    if (one == other)
        return;
    add(&b->parts[one].sum, &b->parts[other].sum);
    b->parts[other].joined = one;
}

static void keep(Blobs *b, const DifferingCell *blob) {
    b->found++;
    size_t i = b->largest_count;
    for (; i && b->largest[i - 1].pixels < blob->pixels; i--)
        b->largest[i] = b->largest[i - 1];
    b->largest[i] = *blob;
    b->largest_count += b->largest_count < b->most;
}

/* Blobs that do not reach the row that ended are whole; the others move on. */
static void end_row(Blobs *b) {
    b->next_count = 0;
    for (size_t x = 1; x <= b->width; x++) {
        if (!b->here[x])
            continue;
        Part *p = &b->parts[root_of(b, b->here[x] - 1)];
        if (!p->moved) {
            uint32_t place = (uint32_t)b->next_count;
            *ARENA_PUSH(b->arena, b->next, b->next_count, b->next_capacity) =
                (Part){place, 0, p->sum};
            p->moved = place + 1;
        }
        b->here[x] = p->moved;
    }
    for (size_t i = 0; i < b->count; i++)
        if (b->parts[i].joined == i && !b->parts[i].moved)
            keep(b, &b->parts[i].sum);
    Part *parts = b->parts;
    size_t capacity = b->capacity;
    b->parts = b->next, b->count = b->next_count, b->capacity = b->next_capacity;
    b->next = parts, b->next_capacity = capacity;
    uint32_t *row = b->above;
    b->above = b->here, b->here = row;
    b->any = b->count;
}

void blobs_row(Blobs *b, const DifferingCell *cells) {
    memset(b->here, 0, (b->width + 2) * sizeof *b->here);
    for (size_t i = 0; i < b->width; i++) {
        if (!cells[i].pixels)
            continue;
        uint32_t part = (uint32_t)b->count, x = (uint32_t)i + 1;
        *ARENA_PUSH(b->arena, b->parts, b->count, b->capacity) = (Part){part, 0, cells[i]};
        b->here[x] = part + 1;
        uint32_t around[] = {b->here[x - 1], b->above[x - 1], b->above[x], b->above[x + 1]};
        for (size_t k = 0; k < 4; k++)
            if (around[k])
                join(b, around[k] - 1, part);
    }
    end_row(b);
}

void blobs_gap(Blobs *b) {
    if (!b->any)
        return;
    memset(b->here, 0, (b->width + 2) * sizeof *b->here);
    end_row(b);
}

const DifferingCell *blobs_end(Blobs *b, size_t *count, uint64_t *found) {
    blobs_gap(b);
    *count = b->largest_count;
    *found = b->found;
    return b->largest;
}
