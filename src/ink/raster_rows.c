/* Sums the edges up, band by band, and sweeps the rows of each band. */
#include <stdlib.h>
#include <string.h>

#include "ink/raster_edges.h"
#include "ink/raster_sweep.h"

enum { PIECE_SHIFT = 4, PIECES = 64 };

/* Below this width in x an edge is taken to lie in one pixel column: where it straddles two, the
 * error is a 64th of a level, and the slope of steeper ones is not exact enough to divide by. */
static const double STEEP = 1.0 / 128;

typedef struct Band {
    int32_t *cells;
    uint64_t *touched;
    int stride, piece_shift;
    double left;         /* of the outline, from the corner of the area */
    int32_t top, height; /* in units */
} Band;

static inline int32_t rounded(double positive) {
    return (int32_t)(positive + 0.5);
}

/* Winding numbers beyond the documented ones wrap instead of being undefined. */
static inline void add(int32_t *cell, int32_t v) {
    *cell = (int32_t)((uint32_t)*cell + (uint32_t)v);
}

/* The part of an edge that lies in several pixels of one row, from `low` to `high` in x, `height`
 * units tall. `per_x` is half of the units it gains for each pixel. What a pixel is covered is the
 * area right of the edge, a triangle in the first pixel, trapezia in those after it. */
static void add_across(int32_t *cells, double low, double high, int32_t height, double per_x,
                       int32_t sign) {
    int first = (int)low, last = (int)high;
    double into = first + 1 - low;
    int32_t before = rounded(per_x * into * into);
    add(&cells[first], sign * before);
    double area = 2 * per_x * (into + 0.5), gain = 2 * per_x;
    for (int i = first + 1; i < last; i++) {
        int32_t now = rounded(area);
        add(&cells[i], sign * (now - before));
        before = now;
        area += gain;
    }
    double rest = high - last;
    int32_t now = height - rounded(per_x * rest * rest);
    add(&cells[last], sign * (now - before));
    add(&cells[last + 1], sign * (height - now));
}

static inline void touch(const Band *b, int row, int first, int last) {
    b->touched[row] |=
        ((uint64_t)2 << (last >> b->piece_shift)) - ((uint64_t)1 << (first >> b->piece_shift));
}

/* The part of an edge that lies in one row. */
static inline void add_in_row(const Band *b, int row, double xa, double xb, int32_t height,
                              double per_x, int32_t sign) {
    double low = xa < xb ? xa : xb, high = xa < xb ? xb : xa;
    int32_t *cells = b->cells + (size_t)row * (size_t)b->stride;
    int first = (int)low, last = (int)high;
    if (first == last || high - low < STEEP) {
        double middle = 0.5 * (low + high);
        int i = (int)middle;
        int32_t right = rounded(height * (middle - i));
        add(&cells[i], sign * (height - right));
        add(&cells[i + 1], sign * right);
        touch(b, row, i, i + 1);
        return;
    }
    add_across(cells, low, high, height, per_x, sign);
    touch(b, row, first, last + 1);
}

static void add_edge(const Band *b, const RasterEdge *e) {
    bool down = e->y0 < e->y1;
    int32_t sign = down ? 1 : -1;
    int32_t y0 = (down ? e->y0 : e->y1) - b->top, y1 = (down ? e->y1 : e->y0) - b->top;
    double x0 = (double)(down ? e->x0 : e->x1) - b->left;
    double x1 = (double)(down ? e->x1 : e->x0) - b->left;
    int row = y0 >> UNIT_BITS;
    if (row == (y1 - 1) >> UNIT_BITS) {
        add_in_row(b, row, x0, x1, y1 - y0, 0.5 * (y1 - y0) / fabs(x1 - x0), sign);
        return;
    }
    double slope = (x1 - x0) / (y1 - y0), per_x = 0.5 * (y1 - y0) / fabs(x1 - x0);
    if (y0 < 0) {
        x0 -= slope * y0;
        y0 = 0;
        row = 0;
    }
    if (y1 > b->height) {
        x1 -= slope * (y1 - b->height);
        y1 = b->height;
    }
    int32_t next = (row + 1) << UNIT_BITS;
    double slope_of_row = slope * UNIT;
    if (next > y0 && next < y1) {
        double x = x0 + slope * (next - y0);
        add_in_row(b, row++, x0, x, next - y0, per_x, sign);
        x0 = x;
        for (next += UNIT; next <= y1; next += UNIT) {
            x = x0 + slope_of_row;
            add_in_row(b, row++, x0, x, UNIT, per_x, sign);
            x0 = x;
        }
        y0 = next - UNIT;
    }
    if (y0 < y1)
        add_in_row(b, row, x0, x1, y1 - y0, per_x, sign);
}

static int shift_for(int stride) {
    int shift = PIECE_SHIFT;
    while (stride > PIECES << shift)
        shift++;
    return shift;
}

static void reserve(Raster *r, int width, int stride) {
    size_t cells = stride > BAND_CELLS ? (size_t)stride : BAND_CELLS;
    size_t bytes = (size_t)width + 2 * ROW_SLACK;
    if (r->cell_count < cells) {
        free(r->cells);
        r->cells = raster_memory(cells * sizeof *r->cells);
        r->cell_count = cells;
        memset(r->cells, 0, cells * sizeof *r->cells);
    }
    if (r->row_bytes < bytes) {
        free(r->row);
        r->row = raster_memory(bytes);
        r->row_bytes = bytes;
    }
}

typedef struct Telling {
    Raster *r;
    Area bounds;
    bool even_odd;
    RowSink *sink;
    void *self;
} Telling;

static void sweep_band(const Telling *t, const Band *b) {
    RowOfSums row = {.piece_shift = b->piece_shift,
                     .cell_count = b->stride,
                     .width = t->bounds.x1 - t->bounds.x0,
                     .x0 = t->bounds.x0,
                     .out = t->r->row + ROW_SLACK};
    int first = t->r->area.y0 + (b->top >> UNIT_BITS), rows = b->height >> UNIT_BITS;
    for (int i = 0; i < rows; i++) {
        if (!b->touched[i])
            continue;
        row.cells = b->cells + (size_t)i * (size_t)b->stride;
        row.touched = b->touched[i];
        row.y = first + i;
        b->touched[i] = 0;
        sweep_row(&row, t->even_odd, t->sink, t->self);
    }
}

static int32_t edge_top(const RasterEdge *e) {
    return e->y0 < e->y1 ? e->y0 : e->y1;
}

static int32_t edge_end(const RasterEdge *e) {
    return e->y0 < e->y1 ? e->y1 : e->y0;
}

/* Puts the numbers of the edges in the order of the band they begin in. `starts[i]` is where those
 * of band i begin. */
static uint32_t *sort_by_band(Raster *r, int32_t top, int32_t band_height, size_t bands) {
    size_t wanted = bands + 1 + 2 * r->count;
    if (r->order_count < wanted) {
        free(r->order);
        r->order = raster_memory(wanted * sizeof *r->order);
        r->order_count = wanted;
    }
    uint32_t *starts = r->order;
    memset(starts, 0, (bands + 1) * sizeof *starts);
    for (size_t i = 0; i < r->count; i++)
        starts[(edge_top(&r->edges[i]) - top) / band_height + 1]++;
    for (size_t i = 1; i <= bands; i++)
        starts[i] += starts[i - 1];
    uint32_t *order = starts + bands + 1;
    for (size_t i = 0; i < r->count; i++)
        order[starts[(edge_top(&r->edges[i]) - top) / band_height]++] = (uint32_t)i;
    memmove(starts + 1, starts, bands * sizeof *starts);
    starts[0] = 0;
    return starts;
}

/* An edge is looked at in the bands it crosses and in no other. */
static void tell_in_bands(const Telling *t, Band b, int32_t bottom, int band_rows) {
    Raster *r = t->r;
    int32_t top = b.top, band_height = band_rows * UNIT;
    size_t bands = (size_t)((bottom - top - 1) / band_height) + 1, active_count = 0;
    const uint32_t *starts = sort_by_band(r, top, band_height, bands);
    const uint32_t *order = starts + bands + 1;
    uint32_t *active = r->order + bands + 1 + r->count;
    for (size_t i = 0; i < bands; i++) {
        b.top = top + (int32_t)i * band_height;
        b.height = bottom - b.top < band_height ? bottom - b.top : band_height;
        for (uint32_t k = starts[i]; k < starts[i + 1]; k++)
            active[active_count++] = order[k];
        size_t kept = 0;
        for (size_t k = 0; k < active_count; k++) {
            const RasterEdge *e = &r->edges[active[k]];
            add_edge(&b, e);
            if (edge_end(e) - b.top > b.height)
                active[kept++] = active[k];
        }
        active_count = kept;
        sweep_band(t, &b);
    }
}

/* Two upright edges of the same height, one up and one down: horizontal edges are not kept. */
static bool is_rectangle(const Raster *r) {
    const RasterEdge *e = r->edges;
    return r->count == 2 && e[0].x0 == e[0].x1 && e[1].x0 == e[1].x1 && e[0].y0 == e[1].y1 &&
           e[0].y1 == e[1].y0;
}

/* The first pixel is covered from `low` on, the last up to `high`, those between whole. */
static void tell_rectangle(const Telling *t) {
    const Raster *r = t->r;
    double corner = t->bounds.x0 - r->area.x0, low = r->low_x - corner, high = r->high_x - corner;
    int last = t->bounds.x1 - t->bounds.x0 - 1;
    double first_part = (last ? 1 : high) - low, last_part = last ? high - last : first_part;
    uint8_t *out = r->row + ROW_SLACK;
    for (int y = t->bounds.y0; y < t->bounds.y1; y++) {
        int32_t row = (y - r->area.y0) * UNIT;
        int32_t y0 = r->low_y > row ? r->low_y - row : 0;
        int32_t y1 = r->high_y - row < UNIT ? r->high_y - row : UNIT;
        uint8_t first_level = coverage_of_sum(rounded((y1 - y0) * first_part));
        uint8_t last_level = coverage_of_sum(rounded((y1 - y0) * last_part));
        int x0 = first_level ? 0 : 1, x1 = last_level ? last + 1 : last;
        if (x0 >= x1 || !coverage_of_sum(y1 - y0))
            continue;
        memset(out, coverage_of_sum(y1 - y0), (size_t)(x1 - x0));
        if (last_level)
            out[last - x0] = last_level;
        if (first_level)
            out[0] = first_level;
        memset(out + x1 - x0, 0, BEHIND_RUN);
        t->sink(t->self, y, t->bounds.x0 + x0, t->bounds.x0 + x1, out);
    }
}

void raster_rows(Raster *r, bool even_odd, RowSink *sink, void *self) {
    raster_finish(r);
    Telling t = {r, raster_bounds(r), even_odd, sink, self};
    if (!r->whole || area_empty(t.bounds))
        return;
    int width = t.bounds.x1 - t.bounds.x0, rows = t.bounds.y1 - t.bounds.y0;
    /* An edge in the last pixel tells the two cells behind it, one on the right border three. */
    int stride = (width + 2 + 15) / 16 * 16;
    reserve(r, width, stride);
    if (is_rectangle(r)) {
        tell_rectangle(&t);
        return;
    }
    int band_rows = BAND_CELLS / stride;
    band_rows = band_rows < 1 ? 1 : band_rows > MOST_BAND_ROWS ? MOST_BAND_ROWS : band_rows;
    Band b = {.cells = r->cells,
              .touched = r->touched,
              .stride = stride,
              .piece_shift = shift_for(stride),
              .left = t.bounds.x0 - r->area.x0,
              .top = (t.bounds.y0 - r->area.y0) * UNIT,
              .height = rows * UNIT};
    if (rows > band_rows) {
        tell_in_bands(&t, b, b.top + b.height, band_rows);
        return;
    }
    for (size_t i = 0; i < r->count; i++)
        add_edge(&b, &r->edges[i]);
    sweep_band(&t, &b);
}
