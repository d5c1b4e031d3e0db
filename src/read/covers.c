#include "read/covers.h"

#include <math.h>

#include "read/extent.h"

enum { LEVELS = 7, KEPT = 4 };
#define CELLS (((size_t)1 << (2 * LEVELS)) / 3) /* 1 + 4 + 16 + … */

typedef struct Cell { /* one line of the cache */
    Box32 box[KEPT];  /* without area: free, and so are those behind it */
} Cell;

struct Covers {
    Arena *arena;
    double x, y, across, up; /* the media: where it begins, and one over its sides */
    Cell *cells; /* level after level, from one cell over the media; NULL until there is a box */
};

Covers *covers_new(Arena *a, Box media) {
    Covers *c = ARENA_NEW(a, Covers);
    double w = media.x1 - media.x0, h = media.y1 - media.y0;
    *c = (Covers){.arena = a,
                  .x = media.x0,
                  .y = media.y0,
                  .across = w > 0 ? 1 / w : 0,
                  .up = h > 0 ? 1 / h : 0};
    return c;
}

/* 0 to 1 over the media; what lies beyond is in the last cell. */
static double share(double at, double from, double scale) {
    return lesser(greater((at - from) * scale, 0), 1);
}

static size_t cell_of(double part, int level) {
    size_t n = (size_t)1 << level, at = (size_t)(part * (double)n);
    return at < n ? at : n - 1;
}

static Cell *cell_at(const Covers *c, int level, size_t x, size_t y) {
    size_t first = (((size_t)1 << (2 * level)) - 1) / 3;
    return &c->cells[first + (y << level) + x];
}

static bool is_free(Box32 b) {
    return !(b.x1 > b.x0);
}

static bool holds(Box32 outer, Box32 inner) {
    return inner.x0 >= outer.x0 && inner.y0 >= outer.y0 && inner.x1 <= outer.x1 &&
           inner.y1 <= outer.y1;
}

static float area_of(Box32 b) {
    return (b.x1 - b.x0) * (b.y1 - b.y0);
}

/* The smallest makes room. */
static void keep(Cell *cell, Box32 box) {
    size_t least = 0;
    float smallest = INFINITY;
    for (size_t i = 0; i < KEPT; i++) {
        if (is_free(cell->box[i])) {
            cell->box[i] = box;
            return;
        }
        if (holds(cell->box[i], box))
            return;
        float area = area_of(cell->box[i]);
        if (area < smallest)
            smallest = area, least = i;
    }
    if (area_of(box) > smallest)
        cell->box[least] = box;
}

void covers_add(Covers *c, Box32 box) {
    double w = (double)(box.x1 - box.x0) * c->across, h = (double)(box.y1 - box.y0) * c->up;
    double most = greater(w, h);
    if (!(w > 0 && h > 0))
        return;
    if (!c->cells)
        c->cells = ARENA_ARRAY(c->arena, Cell, CELLS);
    int level = 0;
    for (double cell = 0.5; level < LEVELS - 1 && most <= cell; cell /= 2)
        level++;
    size_t x0 = cell_of(share((double)box.x0, c->x, c->across), level);
    size_t x1 = cell_of(share((double)box.x1, c->x, c->across), level);
    size_t y0 = cell_of(share((double)box.y0, c->y, c->up), level);
    size_t y1 = cell_of(share((double)box.y1, c->y, c->up), level);
    for (size_t y = y0; y <= y1; y++)
        for (size_t x = x0; x <= x1; x++)
            keep(cell_at(c, level, x, y), box);
}

bool covers_hide(const Covers *c, Box32 box) {
    if (!c->cells)
        return false;
    double x = share(((double)box.x0 + (double)box.x1) / 2, c->x, c->across);
    double y = share(((double)box.y0 + (double)box.y1) / 2, c->y, c->up);
    for (int level = 0; level < LEVELS; level++) {
        const Cell *cell = cell_at(c, level, cell_of(x, level), cell_of(y, level));
        for (size_t i = 0; i < KEPT && !is_free(cell->box[i]); i++)
            if (holds(cell->box[i], box))
                return true;
    }
    return false;
}
