/* What is covered: a coarse map of the page that holds for each cell the last mark that hid all of
 * it. Only marks on the page itself count, since what a group makes of its own is seen later. */
#include <math.h>
#include <string.h>

#include "ink/measure/overlap_parts.h"

enum { FINEST = 2, MOST_CELLS = 1 << 18, NO_AREA = 1 << 28 }; /* log2 of pixels; cells; pixels */
static const double SMALLEST = 16;                            /* pixels, the shorter side */

typedef struct Cell {
    uint32_t serial; /* the last mark that covered all of it; 0: none */
    int32_t rows;    /* of the mark under way that begin to cover cells here, less those that end */
} Cell;

struct CoverMap {
    const MeasuredPage *page;
    int shift; /* a cell has 1 << shift pixels on a side */
    int width, height, columns;
    size_t count;
    Cell *cells;  /* NULL until something covers */
    Area touched; /* cells of the mark under way */
};

static int pixels(double length) {
    return length > 1 && length < NO_AREA ? (int)length : 1;
}

CoverMap *cover_map_new(const MeasuredPage *p) {
    CoverMap *c = ARENA_NEW(p->arena, CoverMap);
    const PageBox *box = &p->content->box;
    Box media = box_transformed(box->media, &box->to_page);
    Box device = box_transformed(media, &p->to_device);
    c->page = p;
    c->width = pixels(ceil(device.x1));
    c->height = pixels(ceil(device.y1));
    for (c->shift = FINEST;; c->shift++) {
        c->columns = ((c->width - 1) >> c->shift) + 1;
        c->count = ((size_t)c->columns + 1) * ((size_t)((c->height - 1) >> c->shift) + 1);
        if (c->count <= MOST_CELLS)
            return c;
    }
}

bool cover_map_begin(CoverMap *c, const WatchedMark *mark) {
    if (surface_is_group(mark->beneath))
        return false;
    if (mark->kind != MARK_FILL && mark->kind != MARK_IMAGE && mark->kind != MARK_SHADING)
        return false;
    Box b = box_transformed(mark->box, mark->to_device);
    c->touched = (Area){NO_AREA, NO_AREA, 0, 0};
    return b.x1 - b.x0 >= SMALLEST && b.y1 - b.y0 >= SMALLEST;
}

/* A line of cells, and one more where runs end that reach the edge of the page. */
static Cell *line_of(const CoverMap *c, int row) {
    return c->cells + (size_t)row * ((size_t)c->columns + 1);
}

/* Pixels [from, to) of row y are covered. A cell at the edge of the page is smaller. */
static void add_run(CoverMap *c, int y, int from, int to) {
    int side = 1 << c->shift, row = y >> c->shift;
    int first = (from + side - 1) >> c->shift, end = to >> c->shift;
    end = to == c->width ? c->columns : end;
    if (first >= end)
        return;
    Cell *line = line_of(c, row);
    line[first].rows++;
    line[end].rows--;
    Area *t = &c->touched;
    *t = (Area){first < t->x0 ? first : t->x0, row < t->y0 ? row : t->y0, end > t->x1 ? end : t->x1,
                row >= t->y1 ? row + 1 : t->y1};
}

/* How many of the first `n` are 255. */
static int full_run(const uint8_t *coverage, int n) {
    int i = 0;
    for (uint64_t eight; i + 8 <= n; i += 8) {
        memcpy(&eight, coverage + i, sizeof eight);
        if (eight != UINT64_MAX)
            break;
    }
    while (i < n && coverage[i] == 255)
        i++;
    return i;
}

void cover_map_row(CoverMap *c, int y, int x0, int x1, const uint8_t *coverage) {
    if (y < 0 || y >= c->height)
        return;
    if (!c->cells)
        c->cells = ARENA_ARRAY(c->page->arena, Cell, c->count);
    int to = x1 < c->width ? x1 : c->width;
    for (int x = x0 < 0 ? 0 : x0; x < to;) {
        int n = full_run(coverage + (x - x0), to - x);
        if (n)
            add_run(c, y, x, x + n);
        x += n;
        while (x < to && coverage[x - x0] != 255)
            x++;
    }
}

void cover_map_end(CoverMap *c, uint32_t serial) {
    for (int row = c->touched.y0; row < c->touched.y1; row++) {
        Cell *line = line_of(c, row);
        int left = c->height - (row << c->shift), side = 1 << c->shift;
        int32_t all = left < side ? left : side, rows = 0;
        for (int column = c->touched.x0; column <= c->touched.x1; column++) {
            rows += line[column].rows;
            line[column].rows = 0;
            if (rows >= all)
                line[column].serial = serial;
        }
    }
}

bool cover_map_hide(const CoverMap *c, Box box, uint32_t serial) {
    Box b = box_transformed(box, &c->page->to_device);
    int x0 = pixels(b.x0 + 1) - 1, x1 = pixels(fmin(ceil(b.x1), c->width));
    int y0 = pixels(b.y0 + 1) - 1, y1 = pixels(fmin(ceil(b.y1), c->height));
    if (!c->cells || !box_known(b) || x0 >= x1 || y0 >= y1)
        return false;
    for (int row = y0 >> c->shift; row <= (y1 - 1) >> c->shift; row++)
        for (int column = x0 >> c->shift; column <= (x1 - 1) >> c->shift; column++)
            if (line_of(c, row)[column].serial <= serial)
                return false;
    return true;
}
