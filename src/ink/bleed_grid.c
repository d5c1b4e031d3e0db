/* Grids over an edge of the trim: filled from the bands of a drawing. */
#include "ink/bleed_grid.h"

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
    g->tint = ARENA_ARRAY(a, uint8_t, (size_t)g->columns * (size_t)g->rows);
    g->sum = ARENA_ARRAY(a, uint16_t, (size_t)g->columns * (size_t)g->rows);
}

/* Where the pixel (x, y) stands in the grid. */
static size_t place(const EdgeGrid *g, int x, int y) {
    int row = 0, column = 0;
    switch (g->edge) {
    case TOP:
        row = g->area.y1 - 1 - y, column = x - g->area.x0;
        break;
    case BOTTOM:
        row = y - g->area.y0, column = x - g->area.x0;
        break;
    case LEFT:
        row = g->area.x1 - 1 - x, column = y - g->area.y0;
        break;
    default:
        row = x - g->area.x0, column = y - g->area.y0;
    }
    return (size_t)row * (size_t)g->columns + (size_t)column;
}

static void add_row(EdgeGrid *g, int y, int x0, const uint8_t *values, int n) {
    ptrdiff_t at = (ptrdiff_t)place(g, x0, y);
    ptrdiff_t step = lies_across(g->edge) ? 1 : g->edge == RIGHT ? g->columns : -g->columns;
    for (int i = 0; i < n; i++, at += step) {
        if (g->tint[at] < values[i])
            g->tint[at] = values[i];
        g->sum[at] = (uint16_t)(g->sum[at] + values[i]);
    }
}

void edge_grid_add(EdgeGrid *g, const Band *band, const int8_t *counts, int painted) {
    enum { RUN = 1024 };
    uint8_t values[RUN];
    Area part = area_meet(g->area, band->area);
    if (area_empty(part))
        return;
    for (size_t plane = PLANE_CYAN; plane < band->planes->count; plane++)
        for (int y = part.y0; counts[plane] && y < part.y1; y++)
            for (int x = part.x0; x < part.x1; x += RUN) {
                int n = part.x1 - x < RUN ? part.x1 - x : RUN;
                if (!surface_read(band->surface, (int)plane, y, x, x + n, values))
                    continue;
                if (counts[plane] > 0)
                    add_row(g, y, x, values, n);
                for (int i = 0; counts[plane] < 0 && i < n; i++)
                    g->unclear |= values[i] >= painted;
            }
}

int grid_row_up_to(const EdgeGrid *g, double distance) {
    return whole(ceil(distance - g->first - 1e-6)) - 1;
}

static Box box_of_device(const Matrix *m, Box b) {
    double det = m->a * m->d - m->b * m->c;
    Matrix back = {m->d / det, -m->b / det, -m->c / det, m->a / det, 0, 0};
    Matrix moved = {1, 0, 0, 1, -m->e, -m->f};
    Matrix both = matrix_multiply(&moved, &back);
    return box_transformed(b, &both);
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
