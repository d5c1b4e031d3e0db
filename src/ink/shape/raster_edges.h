/* Inside of the rasteriser: edges as they are collected before they are summed up. For raster*.c,
 * flatten.c and stroke*.c only.
 *
 * Places are relative to the corner of the area. y is kept in whole units of 1/16384 pixel, so that
 * the edges of a closed outline cancel exactly in every row. */
#ifndef CHUPIN_INK_SHAPE_RASTER_EDGES_H
#define CHUPIN_INK_SHAPE_RASTER_EDGES_H

#include <math.h>

#include "ink/shape/raster.h"

/* In pixels, of chords from their curve. The bound that keeps to it is met by few curves, and the
 * outline runs on both sides of the curve: in practice it is off by a third of this. */
static const double FLATNESS = 0.1;

/* Points farther off than this are no numbers to us: their products would overflow. */
static const double FARTHEST = 1e100;

enum {
    UNIT_BITS = 14,
    UNIT = 1 << UNIT_BITS,
    LONGEST_SIDE = 130000, /* y in units fits an int32_t, and a float's bits below infinity */
    MOST_EDGES = 1 << 22,  /* 64 MB; the densest paths of real maps have a twentieth of it */
    BAND_CELLS = 32 << 10, /* 128 KB of sums stay in the second-level cache */
    MOST_BAND_ROWS = 1024,
    ROW_SLACK = 64, /* bytes before and behind a row that the sweep may store to */
    BEHIND_RUN = 16 /* zeros, as raster.h promises */
};

typedef struct RasterEdge { /* downwards when y0 < y1 */
    float x0, x1;
    int32_t y0, y1;
} RasterEdge;

enum { OUT_LEFT = 1, OUT_RIGHT = 2, OUT_ABOVE = 4, OUT_BELOW = 8 };
typedef struct Vertex {
    double x, y;
    int32_t row;  /* y in units; 0 when it is above or below */
    uint32_t out; /* of the area, OUT_… */
} Vertex;

struct Rasteriser {
    Area area;
    double left, top, width, height;
    bool whole;
    bool open;         /* a subpath has an edge and is not closed */
    bool beyond_right; /* an edge was dropped there, the sums go on to the border */
    Vertex start, at;  /* of the subpath in work */
    RasterEdge *edges;
    size_t count, capacity;
    int steps_left; /* of curves and arcs, whether they leave an edge in the area or not */
    int32_t *cells; /* all 0 between calls */
    size_t cell_count;
    uint64_t touched[MOST_BAND_ROWS]; /* which 64ths of a row have sums; all 0 between calls */
    uint8_t *row;
    size_t row_bytes;
    uint32_t *order; /* edges by band */
    size_t order_count;
};

void *raster_memory(size_t bytes); /* aligned to 64 bytes; ends the process when there is none */
bool raster_grow(Rasteriser *r);
void raster_clipped_edge(Rasteriser *r, const Vertex *a, const Vertex *b);
void raster_finish(Rasteriser *r); /* closes the subpath in work */

static inline bool is_near(double x, double y) {
    return fabs(x) < FARTHEST && fabs(y) < FARTHEST;
}

static inline Vertex raster_vertex(const Rasteriser *r, double x, double y) {
    Vertex v = {.x = x - r->left, .y = y - r->top};
    v.out = (uint32_t) !(v.x >= 0) * OUT_LEFT | (uint32_t)(v.x > r->width) * OUT_RIGHT |
            (uint32_t) !(v.y >= 0) * OUT_ABOVE | (uint32_t)(v.y > r->height) * OUT_BELOW;
    v.row = v.out & (OUT_ABOVE | OUT_BELOW) ? 0 : (int32_t)(v.y * UNIT + 0.5);
    return v;
}

static inline void raster_push(Rasteriser *r, double x0, int32_t y0, double x1, int32_t y1) {
    if (y0 == y1 || (r->count == r->capacity && !raster_grow(r)))
        return;
    r->edges[r->count++] = (RasterEdge){(float)x0, (float)x1, y0, y1};
}

static inline void raster_edge(Rasteriser *r, const Vertex *a, const Vertex *b) {
    if (a->out | b->out)
        raster_clipped_edge(r, a, b);
    else
        raster_push(r, a->x, a->row, b->x, b->row);
}

#endif
