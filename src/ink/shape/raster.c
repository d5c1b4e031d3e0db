#include "ink/shape/raster_edges.h"

#include <stdio.h>
#include <stdlib.h>

#include "ink/shape/flatten.h"
#ifdef __SSE2__
#include <emmintrin.h>
#endif

enum { FIRST_EDGES = 1024 };

/* As with arenas: nothing unwinds from a lack of memory. */
static void *checked(void *p, size_t bytes) {
    if (!p) {
        fprintf(stderr, "chupin: 内存不足（要 %zu 字节） out of memory (%zu bytes wanted)\n", bytes,
                bytes);
        abort();
    }
    return p;
}

void *raster_memory(size_t bytes) {
    return checked(aligned_alloc(64, (bytes + 63) / 64 * 64), bytes);
}

Rasteriser *raster_new(void) {
    Rasteriser *r = checked(calloc(1, sizeof *r), sizeof *r);
    raster_begin(r, (Area){0, 0, 0, 0});
    return r;
}

void raster_free(Rasteriser *r) {
    if (!r)
        return;
    free(r->edges);
    free(r->cells);
    free(r->row);
    free(r->order);
    free(r);
}

bool raster_whole(const Rasteriser *r) {
    return r->whole;
}

bool raster_grow(Rasteriser *r) {
    size_t wanted = r->capacity ? r->capacity * 2 : FIRST_EDGES;
    if (wanted > MOST_EDGES) {
        r->whole = false;
        return false;
    }
    size_t bytes = wanted * sizeof *r->edges;
    r->edges = checked(realloc(r->edges, bytes), bytes);
    r->capacity = wanted;
    return true;
}

void raster_begin(Rasteriser *r, Area area) {
    if (area_empty(area))
        area = (Area){0, 0, 0, 0};
    int64_t width = (int64_t)area.x1 - area.x0, height = (int64_t)area.y1 - area.y0;
    r->whole = width <= LONGEST_SIDE && height <= LONGEST_SIDE;
    if (!r->whole) {
        area = (Area){0, 0, 0, 0};
        width = height = 0;
    }
    r->area = area;
    r->left = area.x0;
    r->top = area.y0;
    r->width = (double)width;
    r->height = (double)height;
    r->open = r->beyond_right = false;
    r->start = r->at = raster_vertex(r, area.x0, area.y0);
    r->count = 0;
    r->steps_left = MOST_EDGES;
}

static double between(double v, double low, double high) {
    return v > low ? v < high ? v : high : low;
}

/* Where an edge meets a border, in rows; the same for both parts of it. */
static int32_t row_at(const Vertex *a, const Vertex *b, double x) {
    double row = a->row + (x - a->x) / (b->x - a->x) * (b->row - a->row);
    return (int32_t)floor(between(row, fmin(a->row, b->row), fmax(a->row, b->row)) + 0.5);
}

/* What lies left of the area still covers everything to its right, so it moves to the left border;
 * what lies right of it is dropped, and the sums then go on to the right border. */
static void push_cut_sideways(Rasteriser *r, const Vertex *a, const Vertex *b) {
    if (a->row == b->row)
        return;
    double x0 = a->x, x1 = b->x, w = r->width;
    int32_t y0 = a->row, y1 = b->row;
    if (x0 >= w || x1 >= w)
        r->beyond_right = true;
    if (x0 >= w && x1 >= w)
        return;
    if (x0 <= 0 && x1 <= 0) {
        raster_push(r, 0, y0, 0, y1);
        return;
    }
    if (x0 < 0) {
        y0 = row_at(a, b, x0 = 0);
        raster_push(r, 0, a->row, 0, y0);
    }
    if (x1 < 0) {
        y1 = row_at(a, b, x1 = 0);
        raster_push(r, 0, y1, 0, b->row);
    }
    if (x0 > w)
        y0 = row_at(a, b, x0 = w);
    if (x1 > w)
        y1 = row_at(a, b, x1 = w);
    raster_push(r, x0, y0, x1, y1);
}

void raster_clipped_edge(Rasteriser *r, const Vertex *a, const Vertex *b) {
    if (a->out & b->out & (OUT_ABOVE | OUT_BELOW))
        return;
    Vertex ends[2] = {*a, *b};
    if ((a->out | b->out) & (OUT_ABOVE | OUT_BELOW)) {
        double per_y = (b->x - a->x) / (b->y - a->y);
        for (int i = 0; i < 2; i++) {
            if (!(ends[i].out & (OUT_ABOVE | OUT_BELOW)))
                continue;
            double border = ends[i].out & OUT_ABOVE ? 0 : r->height;
            double x = a->x + (border - a->y) * per_y;
            ends[i].x = between(x, fmin(a->x, b->x), fmax(a->x, b->x));
            ends[i].row = (int32_t)border * UNIT;
        }
    }
    push_cut_sideways(r, &ends[0], &ends[1]);
}

void raster_finish(Rasteriser *r) {
    if (r->open)
        raster_edge(r, &r->at, &r->start);
    r->at = r->start;
    r->open = false;
}

void raster_move(Rasteriser *r, double x, double y) {
    if (!is_near(x, y))
        return;
    raster_finish(r);
    r->start = r->at = raster_vertex(r, x, y);
}

void raster_line(Rasteriser *r, double x, double y) {
    if (!is_near(x, y))
        return;
    Vertex to = raster_vertex(r, x, y);
    raster_edge(r, &r->at, &to);
    r->at = to;
    r->open = true;
}

void raster_close(Rasteriser *r) {
    raster_finish(r);
}

static void fill_run(void *self, const Point run[4], int steps) {
    Rasteriser *r = self;
    if (steps > 1) {
        Cubic curve = cubic_of(run, steps), inner = cubic_for_area(&curve, steps);
        for (int i = 1; i < steps; i++) {
            Point p = cubic_at(&inner, i);
            raster_line(r, p.x, p.y);
        }
    }
    raster_line(r, run[3].x, run[3].y);
}

void raster_curve(Rasteriser *r, Point a, Point b, Point c) {
    if (!is_near(a.x, a.y) || !is_near(b.x, b.y) || !is_near(c.x, c.y))
        return;
    Box view = {r->area.x0, r->area.y0, r->area.x1, r->area.y1};
    Point start = {r->at.x + r->left, r->at.y + r->top};
    flatten_curve((Point[]){start, a, b, c}, FLATNESS, view, &r->steps_left, fill_run, r);
    r->whole = r->whole && r->steps_left > 0;
}

void raster_path(Rasteriser *r, const Path *path, const Matrix *to_device) {
    const Point *p = path->points;
    Point q[3];
    for (size_t i = 0; i < path->verb_count; i++) {
        switch ((PathVerb)path->verbs[i]) {
        case PATH_MOVE:
            q[0] = matrix_apply(to_device, p[0].x, p[0].y);
            raster_move(r, q[0].x, q[0].y);
            p++;
            break;
        case PATH_LINE:
            q[0] = matrix_apply(to_device, p[0].x, p[0].y);
            raster_line(r, q[0].x, q[0].y);
            p++;
            break;
        case PATH_CURVE:
            for (int k = 0; k < 3; k++)
                q[k] = matrix_apply(to_device, p[k].x, p[k].y);
            raster_curve(r, q[0], q[1], q[2]);
            p += 3;
            break;
        case PATH_CLOSE:
            raster_close(r);
            break;
        }
    }
}

typedef struct EdgeBox {
    float low_x, high_x;
    int32_t low_y, high_y;
} EdgeBox;

/* Rows are never negative and less than the bits of infinity, so they are in the order of the
 * floats with the same bits, and one instruction compares all four numbers of an edge. */
static void edge_box(EdgeBox *b, const RasterEdge *edges, size_t count) {
#ifdef __SSE2__
    __m128 low = _mm_setr_ps(b->low_x, b->low_x, INFINITY, INFINITY), high = _mm_setzero_ps();
    for (size_t i = 0; i < count; i++) {
        __m128 e = _mm_loadu_ps(&edges[i].x0);
        low = _mm_min_ps(low, e);
        high = _mm_max_ps(high, e);
    }
    RasterEdge l, h;
    _mm_storeu_ps(&l.x0, low);
    _mm_storeu_ps(&h.x0, high);
    *b = (EdgeBox){fminf(l.x0, l.x1), fmaxf(h.x0, h.x1), l.y0 < l.y1 ? l.y0 : l.y1,
                   h.y0 > h.y1 ? h.y0 : h.y1};
#else
    for (size_t i = 0; i < count; i++) {
        RasterEdge e = edges[i];
        b->low_x = fminf(b->low_x, fminf(e.x0, e.x1));
        b->high_x = fmaxf(b->high_x, fmaxf(e.x0, e.x1));
        b->low_y = e.y0 < b->low_y ? e.y0 : b->low_y;
        b->low_y = e.y1 < b->low_y ? e.y1 : b->low_y;
        b->high_y = e.y0 > b->high_y ? e.y0 : b->high_y;
        b->high_y = e.y1 > b->high_y ? e.y1 : b->high_y;
    }
#endif
}

/* The subpath in work will be closed by an edge that may cross the area where no other does. */
static void reach_to(const Rasteriser *r, const Vertex *v, EdgeBox *b) {
    float x = (float)between(v->x, 0, r->width);
    int32_t y = (int32_t)(between(v->y, 0, r->height) * UNIT);
    b->low_x = fminf(b->low_x, x);
    b->high_x = fmaxf(b->high_x, x);
    b->low_y = y < b->low_y ? y : b->low_y;
    b->high_y = y > b->high_y ? y : b->high_y;
}

Area raster_bounds(const Rasteriser *r) {
    EdgeBox b = {LONGEST_SIDE, 0, INT32_MAX, 0};
    edge_box(&b, r->edges, r->count);
    if (r->open) {
        reach_to(r, &r->at, &b);
        reach_to(r, &r->start, &b);
    }
    if (r->beyond_right)
        b.high_x = (float)r->width;
    if (b.low_y >= b.high_y)
        return (Area){r->area.x0, r->area.y0, r->area.x0, r->area.y0};
    Area bounds = {r->area.x0 + (int)b.low_x, r->area.y0 + (b.low_y >> UNIT_BITS),
                   r->area.x0 + (int)ceilf(b.high_x), r->area.y0 + (b.high_y + UNIT - 1) / UNIT};
    return area_meet(r->area, bounds);
}
