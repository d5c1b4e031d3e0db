/* What is covered: a coarse map of the page that holds for each cell the last mark that hid all of
 * it. Only marks on the page itself count, since what a group makes of its own is seen later. */
#include <math.h>
#include <string.h>

#include "ink/overlap_parts.h"

enum { FINEST = 4, MOST_CELLS = 1 << 20, NO_AREA = 1 << 28 }; /* pixels; cells */
static const double SMALLEST = 16;                            /* pixels, the shorter side */

typedef struct Cell {
    uint32_t covered; /* pixels of the mark under way */
    uint32_t serial;  /* the last one that covered all of it; 0: none */
} Cell;

struct CoverMap {
    const MeasuredPage *page;
    int side; /* of a cell, pixels */
    int width, height, columns;
    Cell *cells;
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
    size_t cells;
    for (c->side = FINEST;; c->side *= 2) {
        c->columns = c->width / c->side + 1;
        cells = (size_t)c->columns * ((size_t)(c->height / c->side) + 1);
        if (cells <= MOST_CELLS)
            break;
    }
    c->cells = ARENA_ARRAY(p->arena, Cell, cells);
    return c;
}

bool cover_map_begin(CoverMap *c, const WatchedMark *mark) {
    if (mark->kind != MARK_FILL && mark->kind != MARK_IMAGE && mark->kind != MARK_SHADING)
        return false;
    Box b = box_transformed(mark->box, mark->to_device);
    c->touched = (Area){NO_AREA, NO_AREA, 0, 0};
    return b.x1 - b.x0 >= SMALLEST && b.y1 - b.y0 >= SMALLEST;
}

static void touch(CoverMap *c, int column, int row) {
    Area *t = &c->touched;
    *t = (Area){column < t->x0 ? column : t->x0, row < t->y0 ? row : t->y0,
                column >= t->x1 ? column + 1 : t->x1, row >= t->y1 ? row + 1 : t->y1};
}

/* Adds pixels [from, to) of row y, all of them covered. */
static void add_run(CoverMap *c, int y, int from, int to) {
    Cell *line = c->cells + (size_t)(y / c->side) * (size_t)c->columns;
    for (int x = from; x < to;) {
        int column = x / c->side, end = (column + 1) * c->side;
        end = end < to ? end : to;
        line[column].covered += (uint32_t)(end - x);
        x = end;
    }
    touch(c, from / c->side, y / c->side);
    touch(c, (to - 1) / c->side, y / c->side);
}

void cover_map_row(CoverMap *c, const Surface *beneath, int y, int x0, int x1,
                   const uint8_t *coverage) {
    if (surface_is_group(beneath) || y < 0 || y >= c->height)
        return;
    int to = x1 < c->width ? x1 : c->width;
    for (int x = x0 < 0 ? 0 : x0; x < to;) {
        while (x < to && coverage[x - x0] != 255)
            x++;
        int from = x;
        while (x < to && coverage[x - x0] == 255)
            x++;
        if (x > from)
            add_run(c, y, from, x);
    }
}

/* A cell at the edge of the page is smaller than the others. */
static uint32_t cell_area(const CoverMap *c, int column, int row) {
    int wide = c->width - column * c->side, high = c->height - row * c->side;
    wide = wide < c->side ? wide : c->side;
    high = high < c->side ? high : c->side;
    return (uint32_t)wide * (uint32_t)high;
}

void cover_map_end(CoverMap *c, uint32_t serial) {
    for (int row = c->touched.y0; row < c->touched.y1; row++)
        for (int column = c->touched.x0; column < c->touched.x1; column++) {
            Cell *cell = &c->cells[(size_t)row * (size_t)c->columns + (size_t)column];
            if (cell->covered && cell->covered >= cell_area(c, column, row))
                cell->serial = serial;
            cell->covered = 0;
        }
}

bool cover_map_hide(const CoverMap *c, Box box, uint32_t serial) {
    Box b = box_transformed(box, &c->page->to_device);
    int x0 = pixels(b.x0 + 1) - 1, x1 = pixels(fmin(ceil(b.x1), c->width));
    int y0 = pixels(b.y0 + 1) - 1, y1 = pixels(fmin(ceil(b.y1), c->height));
    if (!box_known(b) || x0 >= x1 || y0 >= y1)
        return false;
    for (int row = y0 / c->side; row <= (y1 - 1) / c->side; row++)
        for (int column = x0 / c->side; column <= (x1 - 1) / c->side; column++)
            if (c->cells[(size_t)row * (size_t)c->columns + (size_t)column].serial <= serial)
                return false;
    return true;
}
