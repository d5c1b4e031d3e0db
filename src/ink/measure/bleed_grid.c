/* Grids over an edge of the trim: filled from the bands of a drawing. */
#include "ink/measure/bleed_grid.h"

#include <math.h>
#include <string.h>

Box trim_on_device(const Matrix *to_device, Box trim) {
    return box_transformed(trim, to_device);
}

static bool lies_across(int edge) {
    return edge == TOP || edge == BOTTOM;
}

static double trim_line(int edge, Box t) {
    switch (edge) {
    case TOP:
        return t.y0;
    case BOTTOM:
        return t.y1;
    case LEFT:
        return t.x0;
    default:
        return t.x1;
    }
}

static bool outwards_is_less(int edge) {
    return edge == TOP || edge == LEFT;
}

/* Between these and beyond them there are no pixels, so that int holds every coordinate. */
static int whole(double v) {
    const double most = 1 << 24;
    return v > most ? 1 << 24 : v > -most ? (int)v : -(1 << 24);
}

void edge_grid_open(EdgeGrid *g, Arena *a, Box trim, double inside, double outside, double from,
                    double to, Area picture) {
    double line = trim_line(g->edge, trim_on_device(&g->to_device, trim));
    bool less = outwards_is_less(g->edge), across = lies_across(g->edge);
    /* A strip is cut so that the trim is a border of pixels; rounding must not add a row. */
    const double hair = 1e-6;
    int low = whole(floor(line - (less ? outside : inside) + hair));
    int high = whole(ceil(line + (less ? inside : outside) - hair));
    int begin = whole(floor(from + hair)), end = whole(ceil(to - hair));
    g->area =
        area_meet(across ? (Area){begin, low, end, high} : (Area){low, begin, high, end}, picture);
    g->columns = g->rows = 0;
    if (area_empty(g->area))
        return;
    int width = g->area.x1 - g->area.x0, height = g->area.y1 - g->area.y0;
    g->columns = across ? width : height;
    g->rows = across ? height : width;
    int near = less ? (across ? g->area.y1 : g->area.x1) : (across ? g->area.y0 : g->area.x0);
    g->first = less ? line - near : near - line;
    g->by_row = across ? width : 1;
    g->by_column = across ? 1 : width;
    g->origin = less ? (g->rows - 1) * g->by_row : 0;
    g->by_row = less ? -g->by_row : g->by_row;
    g->tint = ARENA_ARRAY(a, uint8_t, (size_t)g->columns * (size_t)g->rows);
    g->sum = ARENA_ARRAY(a, uint16_t, (size_t)g->columns * (size_t)g->rows);
}

static void add_run(EdgeGrid *g, int x, int y, const uint8_t *values, int n) {
    size_t width = (size_t)(g->area.x1 - g->area.x0);
    size_t at = (size_t)(y - g->area.y0) * width + (size_t)(x - g->area.x0);
    uint8_t *restrict tint = g->tint + at;
    uint16_t *restrict sum = g->sum + at;
    for (int i = 0; i < n; i++) {
        tint[i] = tint[i] < values[i] ? values[i] : tint[i];
        sum[i] = (uint16_t)(sum[i] + values[i]);
    }
}

void edge_grid_add_row(EdgeGrid *g, int y, int x0, int x1, const uint8_t *tints, int8_t counts,
                       int painted) {
    if (counts > 0)
        add_run(g, x0, y, tints, x1 - x0);
    for (int i = 0; counts < 0 && i < x1 - x0; i++)
        g->unclear |= tints[i] >= painted;
}

/* The part of a tile with its corner at (x, y) that lies in the grid. */
static void add_tile(EdgeGrid *g, const uint8_t *tile, Area part, int x, int y, int8_t counts,
                     int painted) {
    part = area_meet(part, (Area){x, y, x + TILE, y + TILE});
    for (int row = part.y0; row < part.y1; row++)
        edge_grid_add_row(g, row, part.x0, part.x1, tile + (row - y) * TILE + (part.x0 - x), counts,
                          painted);
}

void edge_grid_add(EdgeGrid *g, const Band *band, const int8_t *counts, int painted) {
    Area part = area_meet(g->area, band->area), all = surface_area(band->surface);
    if (area_empty(part))
        return;
    int left = part.x0 - (part.x0 - all.x0) % TILE, top = part.y0 - (part.y0 - all.y0) % TILE;
    for (int y = top; y < part.y1; y += TILE)
        for (int x = left; x < part.x1; x += TILE)
            for (size_t plane = PLANE_CYAN; plane < band->planes->count; plane++) {
                const uint8_t *tile =
                    counts[plane] ? surface_tile(band->surface, (int)plane, x, y) : NULL;
                if (tile)
                    add_tile(g, tile, part, x, y, counts[plane], painted);
            }
}

int grid_row_up_to(const EdgeGrid *g, double distance) {
    return whole(ceil(distance - g->first - 1e-6)) - 1;
}

static Box box_of_device(const Matrix *m, Box b) {
    Matrix back = matrix_inverse(m);
    return box_transformed(b, &back);
}

Box edge_grid_box(const EdgeGrid *g, Box trim, double from, double to, double inside,
                  double outside) {
    bool less = outwards_is_less(g->edge), across = lies_across(g->edge);
    double line = trim_line(g->edge, trim_on_device(&g->to_device, trim));
    double low = line - (less ? outside : inside), high = line + (less ? inside : outside);
    double start = across ? g->area.x0 : g->area.y0;
    Box device = across ? (Box){start + from, low, start + to, high}
                        : (Box){low, start + from, high, start + to};
    return box_of_device(&g->to_device, device);
}
