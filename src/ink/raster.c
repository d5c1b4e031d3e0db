#include "ink/raster_edges.h"

#include <stdio.h>
#include <stdlib.h>

#include "ink/flatten.h"

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

Raster *raster_new(void) {
    Raster *r = checked(calloc(1, sizeof *r), sizeof *r);
    raster_begin(r, (Area){0, 0, 0, 0});
    return r;
}

void raster_free(Raster *r) {
    if (!r)
        return;
    free(r->edges);
    free(r->cells);
    free(r->row);
    free(r->order);
    free(r);
}

size_t raster_bytes(const Raster *r) {
    return sizeof *r + r->capacity * sizeof *r->edges + r->cell_count * sizeof *r->cells +
           r->row_bytes + r->order_count * sizeof *r->order;
}

bool raster_whole(const Raster *r) {
    return r->whole;
}

bool raster_grow(Raster *r) {
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

void raster_begin(Raster *r, Area area) {
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
    r->open = false;
    r->start = r->at = raster_vertex(r, area.x0, area.y0);
    r->count = 0;
    r->low_x = INFINITY;
    r->high_x = 0;
    r->low_y = INT32_MAX;
    r->high_y = 0;
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
static void push_cut_sideways(Raster *r, const Vertex *a, const Vertex *b) {
    if (a->row == b->row)
        return;
    double x0 = a->x, x1 = b->x, w = r->width;
    int32_t y0 = a->row, y1 = b->row;
    if (x0 > w || x1 > w)
        r->high_x = (float)w;
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

void raster_clipped_edge(Raster *r, const Vertex *a, const Vertex *b) {
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

void raster_finish(Raster *r) {
    if (r->open)
        raster_edge(r, &r->at, &r->start);
    r->at = r->start;
    r->open = false;
}

void raster_move(Raster *r, double x, double y) {
    if (!is_near(x, y))
        return;
    raster_finish(r);
    r->start = r->at = raster_vertex(r, x, y);
}

void raster_line(Raster *r, double x, double y) {
    if (!is_near(x, y))
        return;
    Vertex to = raster_vertex(r, x, y);
    raster_edge(r, &r->at, &to);
    r->at = to;
    r->open = true;
}

void raster_close(Raster *r) {
    raster_finish(r);
}

static void fill_run(void *self, const Point run[4], int steps) {
    Raster *r = self;
    Cubic cubic = cubic_of(run);
    double step = 1.0 / steps;
    for (int i = 1; i < steps; i++) {
        Point p = cubic_at(&cubic, i * step);
        raster_line(r, p.x, p.y);
    }
    raster_line(r, run[3].x, run[3].y);
}

void raster_curve(Raster *r, Point a, Point b, Point c) {
    if (!is_near(a.x, a.y) || !is_near(b.x, b.y) || !is_near(c.x, c.y))
        return;
    Box view = {r->area.x0, r->area.y0, r->area.x1, r->area.y1};
    Point curve[4] = {{r->at.x + r->left, r->at.y + r->top}, a, b, c};
    flatten_curve(curve, FLATNESS, view, fill_run, r);
}

void raster_path(Raster *r, const Path *path, const Matrix *to_device) {
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

/* The subpath in work will be closed by an edge that may cross the area where no other does. */
static void reach_to(const Raster *r, const Vertex *v, float *low_x, float *high_x, int32_t *low_y,
                     int32_t *high_y) {
    float x = (float)between(v->x, 0, r->width);
    int32_t y = (int32_t)(between(v->y, 0, r->height) * UNIT);
    *low_x = x < *low_x ? x : *low_x;
    *high_x = x > *high_x ? x : *high_x;
    *low_y = y < *low_y ? y : *low_y;
    *high_y = y > *high_y ? y : *high_y;
}

Area raster_bounds(const Raster *r) {
    float low_x = r->low_x, high_x = r->high_x;
    int32_t low_y = r->low_y, high_y = r->high_y;
    if (r->open) {
        reach_to(r, &r->at, &low_x, &high_x, &low_y, &high_y);
        reach_to(r, &r->start, &low_x, &high_x, &low_y, &high_y);
    }
    if (!(low_x < INFINITY) || low_y >= high_y)
        return (Area){r->area.x0, r->area.y0, r->area.x0, r->area.y0};
    return area_meet(r->area,
                     (Area){r->area.x0 + (int)low_x, r->area.y0 + (low_y >> UNIT_BITS),
                            r->area.x0 + (int)ceilf(high_x),
                            r->area.y0 + (int)(((int64_t)high_y + UNIT - 1) >> UNIT_BITS)});
}
