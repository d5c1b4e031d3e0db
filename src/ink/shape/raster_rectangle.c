/* The shape that is drawn most, without sums: its rows are alike. */
#include "ink/shape/raster_rectangle.h"

#include <string.h>

#include "ink/shape/raster_sweep.h"

/* Two upright edges of the same height, one up and one down: horizontal edges are not kept. Where
 * edges were dropped at the right border, two on the left one may be those of contours around the
 * area. */
bool rectangle_is(const Rasteriser *r) {
    const RasterEdge *e = r->edges;
    return r->count == 2 && !r->beyond_right && e[0].x0 == e[0].x1 && e[1].x0 == e[1].x1 &&
           e[0].y0 == e[1].y1 && e[0].y1 == e[1].y0;
}

typedef struct Rectangle {
    Rasteriser *r;
    Area bounds;
    RowSink *sink;
    void *self;
    double first, last; /* how much of its first and last column is covered; all of those between */
    int32_t top, end;   /* in units, from the top of the bounds */
    int width;
} Rectangle;

static Rectangle rectangle_of(Rasteriser *r, Area bounds, RowSink *sink, void *self) {
    const RasterEdge *e = r->edges;
    double corner = bounds.x0 - r->area.x0;
    double low = fmin(e[0].x0, e[1].x0) - corner, high = fmax(e[0].x0, e[1].x0) - corner;
    int32_t above = (bounds.y0 - r->area.y0) * UNIT;
    Rectangle t = {.r = r, .bounds = bounds, .sink = sink, .self = self};
    t.width = bounds.x1 - bounds.x0;
    t.first = (t.width > 1 ? 1 : high) - low;
    t.last = t.width > 1 ? high - (t.width - 1) : t.first;
    t.top = (e->y0 < e->y1 ? e->y0 : e->y1) - above;
    t.end = (e->y0 < e->y1 ? e->y1 : e->y0) - above;
    return t;
}

/* Coverage of so many units of a row, and so much of a column. */
static uint8_t level(int32_t tall, double wide) {
    return coverage_of_sum((int32_t)(tall * wide + 0.5));
}

/* Columns `from` to `to` of a row, `tall` units of which are covered. */
static void tell_columns(const Rectangle *t, int row, int32_t tall, int from, int to) {
    uint8_t *out = t->r->row + ROW_SLACK;
    uint8_t first = level(tall, t->first), last = level(tall, t->last);
    int x0 = from == 0 && !first ? 1 : from, x1 = to == t->width && !last ? to - 1 : to;
    if (x0 >= x1 || !level(tall, 1))
        return;
    memset(out, level(tall, 1), (size_t)(x1 - x0));
    if (x1 == t->width)
        out[x1 - 1 - x0] = last;
    if (x0 == 0)
        out[0] = first;
    memset(out + x1 - x0, 0, BEHIND_RUN);
    t->sink(t->self, t->bounds.y0 + row, t->bounds.x0 + x0, t->bounds.x0 + x1, out);
}

/* What is covered in full. */
static Area inside_of(const Rectangle *t) {
    return (Area){level(UNIT, t->first) == 255 ? 0 : 1, (t->top + UNIT - 1) >> UNIT_BITS,
                  level(UNIT, t->last) == 255 ? t->width : t->width - 1, t->end >> UNIT_BITS};
}

void rectangle_tell(Rasteriser *r, Area bounds, RowSink *sink, BoxSink *box, void *self) {
    Rectangle t = rectangle_of(r, bounds, sink, self);
    Area in = box ? inside_of(&t) : (Area){0};
    bool boxed = !area_empty(in);
    if (boxed)
        box(self,
            (Area){bounds.x0 + in.x0, bounds.y0 + in.y0, bounds.x0 + in.x1, bounds.y0 + in.y1});
    for (int row = 0; row < bounds.y1 - bounds.y0; row++) {
        int32_t y0 = t.top > row * UNIT ? t.top - row * UNIT : 0;
        int32_t y1 = t.end - row * UNIT < UNIT ? t.end - row * UNIT : UNIT;
        if (boxed && row >= in.y0 && row < in.y1) {
            tell_columns(&t, row, y1 - y0, 0, in.x0);
            tell_columns(&t, row, y1 - y0, in.x1, t.width);
        } else {
            tell_columns(&t, row, y1 - y0, 0, t.width);
        }
    }
}
