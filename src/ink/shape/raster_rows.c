/* Sums the edges up, band by band, and sweeps the rows of each band. */
#include <stdlib.h>
#include <string.h>

#include "ink/shape/raster_edges.h"
#include "ink/shape/raster_rectangle.h"
#include "ink/shape/raster_sweep.h"

enum { CHUNK_SHIFT = 4, CHUNK = 1 << CHUNK_SHIFT, PIECES = 64 };

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

typedef struct BandRow {
    int32_t *cells;
    uint64_t *touched;
    int piece_shift;
} BandRow;

static inline BandRow row_of(const Band *b, int row) {
    return (BandRow){b->cells + (size_t)row * (size_t)b->stride, b->touched + row, b->piece_shift};
}

/* The part of an edge that lies in one row between x = `low` and `high`, at most a pixel apart, and
 * is `height` units tall; `sign` is 0 or -1. `per_x` is half of the units it gains in a pixel of x.
 * What a pixel is covered is the area right of the edge: beyond the border of the first pixel, all
 * but a triangle. */
static inline void add_steep(BandRow row, double low, double high, int32_t height, double per_x,
                             int32_t sign) {
    int first = (int)low;
    double border = first + 1, over = high - border > 0 ? high - border : 0;
    double triangle = per_x * over * over;
    int32_t in_first = rounded(height * (border - 0.5 * (low + high)) + triangle);
    int32_t in_third = rounded(triangle);
    int32_t in_second = height - in_first - in_third;
    int32_t *cell = row.cells + first;
    add(&cell[0], (in_first ^ sign) - sign);
    add(&cell[1], (in_second ^ sign) - sign);
    add(&cell[2], (in_third ^ sign) - sign);
    *row.touched |=
        (uint64_t)1 << (first >> row.piece_shift) | (uint64_t)1 << ((first + 2) >> row.piece_shift);
}

/* The same for any distance: a triangle in the first pixel, trapezia in those after it. */
static inline void add_across(BandRow row, double low, double high, int32_t height, double per_x,
                              int32_t sign) {
    int first = (int)low, last = (int)high;
    int32_t *cells = row.cells;
    double into = first + 1 - low, rest = high - last, gain = 2 * per_x;
    int32_t before = rounded(per_x * into * into);
    add(&cells[first], (before ^ sign) - sign);
    double area = gain * (into + 0.5);
    for (int i = first + 1; i < last; i++) {
        int32_t now = rounded(area), more = now - before;
        add(&cells[i], (more ^ sign) - sign);
        before = now;
        area += gain;
    }
    int32_t now = height - rounded(per_x * rest * rest), more = now - before;
    add(&cells[last], (more ^ sign) - sign);
    more = height - now;
    add(&cells[last + 1], (more ^ sign) - sign);
    int from = first >> row.piece_shift, to = (last + 1) >> row.piece_shift;
    *row.touched |= ((uint64_t)2 << to) - ((uint64_t)1 << from);
}

static void add_in_row(const Band *b, int row, double xa, double xb, int32_t height, double per_x,
                       int32_t sign) {
    double low = xa < xb ? xa : xb, high = xa < xb ? xb : xa;
    if (high - low <= 1)
        add_steep(row_of(b, row), low, high, height, per_x, sign);
    else
        add_across(row_of(b, row), low, high, height, per_x, sign);
}

/* The whole rows of an edge, from `first` on, that gains `slope` in each. Returns x at their end.
 */
static double add_whole_rows(const Band *b, int first, int end, double x, double slope,
                             double per_x, int32_t sign) {
    double to_low = slope < 0 ? slope : 0, to_high = slope < 0 ? 0 : slope;
    BandRow row = row_of(b, first);
    if (to_high - to_low <= 1)
        for (int i = first; i < end; i++, row.cells += b->stride, row.touched++, x += slope)
            add_steep(row, x + to_low, x + to_high, UNIT, per_x, sign);
    else
        for (int i = first; i < end; i++, row.cells += b->stride, row.touched++, x += slope)
            add_across(row, x + to_low, x + to_high, UNIT, per_x, sign);
    return x;
}

/* Edges that are nearly upright have no use for `per_x`, which is then too large to be exact. */
static const double UPRIGHT = 1e-9;

static void add_edge(const Band *b, const RasterEdge *e) {
    int32_t sign = e->y0 < e->y1 ? 0 : -1;
    int32_t y0 = (sign ? e->y1 : e->y0) - b->top, y1 = (sign ? e->y0 : e->y1) - b->top;
    double x0 = (double)(sign ? e->x1 : e->x0) - b->left;
    double x1 = (double)(sign ? e->x0 : e->x1) - b->left;
    double width = x1 - x0, tall = y1 - y0;
    double per_x = fabs(width) > UPRIGHT ? 0.5 * tall / fabs(width) : 0;
    int row = y0 >> UNIT_BITS;
    if (row == (y1 - 1) >> UNIT_BITS) {
        add_in_row(b, row, x0, x1, y1 - y0, per_x, sign);
        return;
    }
    double slope = width / tall;
    if (y0 < 0) {
        x0 -= slope * y0;
        y0 = row = 0;
    }
    if (y1 > b->height) {
        x1 -= slope * (y1 - b->height);
        y1 = b->height;
    }
    int32_t part = -y0 & (UNIT - 1);
    if (part) {
        double x = x0 + slope * part;
        add_in_row(b, row++, x0, x, part, per_x, sign);
        x0 = x;
        y0 += part;
    }
    int end = y1 >> UNIT_BITS;
    if (row < end) {
        x0 = add_whole_rows(b, row, end, x0, slope * UNIT, per_x, sign);
        row = end;
        y0 = end * UNIT;
    }
    if (y0 < y1)
        add_in_row(b, row, x0, x1, y1 - y0, per_x, sign);
}

/* Rows of up to 64 cells are swept from any cell on, and so have a chunk to spare behind them;
 * those of wider ones are aligned. An edge on the right border, and one cell farther by rounding,
 * adds to two more. */
static void lay_out(Band *b, int width) {
    int cells = width + 4;
    b->piece_shift = 0;
    b->stride = cells + CHUNK;
    if (cells <= PIECES)
        return;
    b->stride = (cells + CHUNK - 1) / CHUNK * CHUNK;
    b->piece_shift = CHUNK_SHIFT;
    while (b->stride > PIECES << b->piece_shift)
        b->piece_shift++;
}

static void reserve(Rasteriser *r, int width, int stride) {
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
    Rasteriser *r;
    Area bounds;
    bool even_odd;
    RowSink *sink;
    void *self;
} Telling;

static void sweep_band(const Telling *t, const Band *b) {
    SumRows rows = {.cells = b->cells,
                    .touched = b->touched,
                    .rows = b->height >> UNIT_BITS,
                    .stride = b->stride,
                    .piece_shift = b->piece_shift,
                    .width = t->bounds.x1 - t->bounds.x0,
                    .y = t->r->area.y0 + (b->top >> UNIT_BITS),
                    .x0 = t->bounds.x0,
                    .out = t->r->row + ROW_SLACK};
    sweep_rows(&rows, t->even_odd, t->sink, t->self);
}

static int32_t edge_top(const RasterEdge *e) {
    return e->y0 < e->y1 ? e->y0 : e->y1;
}

static int32_t edge_end(const RasterEdge *e) {
    return e->y0 < e->y1 ? e->y1 : e->y0;
}

/* Puts the numbers of the edges in the order of the band they begin in. `starts[i]` is where those
 * of band i begin. */
static uint32_t *sort_by_band(Rasteriser *r, int32_t top, int32_t band_height, size_t bands) {
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
    Rasteriser *r = t->r;
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

void raster_sweep(Rasteriser *r, bool even_odd, RowSink *sink, void *self) {
    raster_rows_and_box(r, even_odd, sink, NULL, self);
}

void raster_rows_and_box(Rasteriser *r, bool even_odd, RowSink *sink, BoxSink *box, void *self) {
    raster_finish(r);
    Telling t = {r, raster_bounds(r), even_odd, sink, self};
    if (!r->whole || area_empty(t.bounds))
        return;
    int width = t.bounds.x1 - t.bounds.x0, rows = t.bounds.y1 - t.bounds.y0;
    Band b = {.touched = r->touched,
              .left = t.bounds.x0 - r->area.x0,
              .top = (t.bounds.y0 - r->area.y0) * UNIT,
              .height = rows * UNIT};
    lay_out(&b, width);
    reserve(r, width, b.stride);
    b.cells = r->cells;
    if (rectangle_is(r)) {
        rectangle_tell(r, t.bounds, sink, box, self);
        return;
    }
    int band_rows = BAND_CELLS / b.stride;
    band_rows = band_rows < 1 ? 1 : band_rows > MOST_BAND_ROWS ? MOST_BAND_ROWS : band_rows;
    if (rows > band_rows) {
        tell_in_bands(&t, b, b.top + b.height, band_rows);
        return;
    }
    for (size_t i = 0; i < r->count; i++)
        add_edge(&b, &r->edges[i]);
    sweep_band(&t, &b);
}
