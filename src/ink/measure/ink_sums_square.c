#include "ink/measure/ink_sums_square.h"

#include <stdlib.h>
#include <string.h>

/* Tiles whose squares are measured on every band. */
enum { ALWAYS_MEASURED = 4 };
/* Rows that are carried to the next band may take this much; beyond it (15 mm at 1000 ppi on a
 * poster) squares over the edge of a band are only bounded. */
static const size_t MOST_KEPT = (size_t)16 << 20;

static int lesser_of(int a, int b) {
    return a < b ? a : b;
}

static int greater_of(int a, int b) {
    return a > b ? a : b;
}

static int block_cells(int side) {
    return (side + CELL - 2) / CELL + 1;
}

static int core_cells(int side) {
    return side >= CELL ? side / CELL - 1 : 0;
}

static size_t columns_of(const SquareSearch *q) {
    return q->tiles * CELLS;
}

static ColumnSums column_sums(const SquareSearch *q, int first, int count, int cells) {
    return (ColumnSums){.first = first,
                        .count = count,
                        .cells = cells,
                        .sums = ARENA_ARRAY(q->arena, uint64_t, columns_of(q)),
                        .until = ARENA_ARRAY(q->arena, uint64_t, columns_of(q) + 1)};
}

void squares_start(SquareSearch *q, Arena *a, int width, Area within, int side) {
    *q = (SquareSearch){.arena = a, .within = within};
    q->side_x = lesser_of(side, within.x1 - within.x0);
    q->side_y = lesser_of(side, within.y1 - within.y0);
    q->last_x = within.x1 - q->side_x;
    q->last_y = within.y1 - q->side_y;
    q->tiles = (size_t)(width / TILE + q->side_x / TILE + 3);
    q->ring = block_cells(q->side_y) + 3 * CELLS;
    q->peak_ring = q->side_y / TILE + 4;
    q->cells = ARENA_ARRAY(a, uint32_t, columns_of(q) * (size_t)q->ring);
    q->peaks = ARENA_ARRAY(a, uint32_t, q->tiles * (size_t)q->peak_ring);
    q->next = within.y0 / CELL;
    q->block = column_sums(q, 0, block_cells(q->side_y), block_cells(q->side_x));
    q->core = column_sums(q, 1, core_cells(q->side_y), core_cells(q->side_x));
    q->high = ARENA_ARRAY(a, uint32_t, q->tiles);
    q->near = ARENA_ARRAY(a, uint32_t, q->tiles);
}

void squares_limit(SquareSearch *q, double mean) {
    double sum = mean * 255 * q->side_x * q->side_y;
    if (sum >= 0 && sum < 1e18 && q->limit_count < MOST_LIMITS)
        q->limits[q->limit_count++] = (uint64_t)sum;
}

static uint32_t *cell_row(const SquareSearch *q, int row) {
    return q->cells + (size_t)(row % q->ring) * columns_of(q);
}

static uint32_t *peak_row(const SquareSearch *q, int row) {
    return q->peaks + (size_t)(row % q->peak_ring) * q->tiles;
}

void squares_set_tile(SquareSearch *q, int column, int row, const uint32_t cells[CELLS * CELLS],
                      uint32_t peak) {
    for (int i = 0; i < CELLS; i++)
        memcpy(cell_row(q, row * CELLS + i) + column * CELLS, cells + i * CELLS,
               CELLS * sizeof *cells);
    peak_row(q, row)[column] = peak;
}

/* From the row of classes above to this one: one row comes in below, one goes out on top. */
static void slide(const SquareSearch *q, ColumnSums *c) {
    size_t n = columns_of(q);
    int first = q->next + c->first;
    if (!q->sliding) {
        for (int row = first; row < first + c->count; row++)
            for (size_t i = 0; i < n; i++)
                c->sums[i] += cell_row(q, row)[i];
    } else if (c->count) {
        const uint32_t *in = cell_row(q, first + c->count - 1), *out = cell_row(q, first - 1);
        for (size_t i = 0; i < n; i++)
            c->sums[i] += (uint64_t)in[i] - out[i];
    }
    uint64_t sum = 0;
    for (size_t i = 0; i < n; i++) {
        c->until[i] = sum;
        sum += c->sums[i];
    }
    c->until[n] = sum;
}

static void find_near(SquareSearch *q) {
    size_t reach = (size_t)(q->side_x + TILE - 2) / TILE + 1;
    int last = (q->next * CELL + CELL + q->side_y - 2) / TILE;
    memset(q->high, 0, q->tiles * sizeof *q->high);
    for (int row = q->next / CELLS; row <= last; row++)
        for (size_t i = 0; i < q->tiles; i++)
            if (q->high[i] < peak_row(q, row)[i])
                q->high[i] = peak_row(q, row)[i];
    for (size_t i = 0; i < q->tiles; i++) {
        q->near[i] = 0;
        for (size_t k = i; k < i + reach && k < q->tiles; k++)
            if (q->near[i] < q->high[k])
                q->near[i] = q->high[k];
    }
}

static void add_candidate(SquareSearch *q, int column, uint64_t bound) {
    SquareCandidate *c = &q->candidate_row[column / CELLS];
    if (!c->bound)
        c->classes = (Area){column, q->next, column, q->next};
    c->classes.x0 = lesser_of(c->classes.x0, column);
    c->classes.x1 = greater_of(c->classes.x1, column + 1);
    c->classes.y1 = q->next + 1;
    c->bound = c->bound > bound ? c->bound : bound;
}

static void judge_classes(SquareSearch *q) {
    uint64_t around = (uint64_t)q->side_x * (uint64_t)q->side_y -
                      (uint64_t)(q->core.cells * CELL) * (uint64_t)(q->core.count * CELL);
    for (int k = q->within.x0 / CELL; k <= q->last_x / CELL; k++) {
        const uint64_t *block = q->block.until + k, *core = q->core.until + k + 1;
        uint64_t whole = block[q->block.cells] - block[0];
        if (whole <= q->known || whole <= q->best)
            continue;
        uint64_t inner = core[q->core.cells] - core[0], most = around * q->near[k / CELLS];
        uint64_t bound = inner + (whole - inner < most ? whole - inner : most);
        q->known = q->known > inner ? q->known : inner;
        if (bound > q->best && bound >= q->known)
            add_candidate(q, k, bound);
    }
}

static void judge_row(SquareSearch *q) {
    if (!q->candidate_row || q->next % CELLS == 0) {
        for (size_t i = 0; i < q->tiles; i++)
            *ARENA_PUSH(q->arena, q->candidates, q->candidate_count, q->candidate_capacity) =
                (SquareCandidate){0};
        q->candidate_row = q->candidates + q->candidate_count - q->tiles;
    }
    slide(q, &q->block);
    slide(q, &q->core);
    q->sliding = true;
    find_near(q);
    judge_classes(q);
    q->next++;
}

/* The rows after this one are cleared first: blocks at the lower edge reach a cell beyond it. */
void squares_end_row(SquareSearch *q, int row, int ready) {
    for (int i = 0; i < CELLS; i++)
        memset(cell_row(q, (row + 1) * CELLS + i), 0, columns_of(q) * sizeof *q->cells);
    memset(peak_row(q, row + 1), 0, q->tiles * sizeof *q->peaks);
    while (q->next * CELL <= q->last_y &&
           lesser_of(q->next * CELL + CELL - 1, q->last_y) + q->side_y <= ready)
        judge_row(q);
}

static void keep_if_best(SquareSearch *q, uint64_t sum, int x, int y) {
    if (sum <= q->best)
        return;
    q->best = sum;
    q->best_area = (Area){x, y, x + q->side_x, y + q->side_y};
}

/* All squares that begin in `at`, by sums of columns that slide down. */
static void measure(SquareSearch *q, const InkPixels *p, Area at) {
    Area area = {at.x0, at.y0, at.x1 + q->side_x - 1, at.y1 + q->side_y - 1};
    size_t width = (size_t)(area.x1 - area.x0), side_x = (size_t)q->side_x,
           side_y = (size_t)q->side_y;
    if (!q->pixels) {
        q->columns = ARENA_ARRAY(q->arena, uint32_t, side_x + TILE);
        q->pixels = ARENA_ARRAY(q->arena, uint16_t, (side_x + TILE) * (side_y + TILE));
    }
    ink_pixels_read(p, area, q->pixels);
    memset(q->columns, 0, width * sizeof *q->columns);
    for (size_t y = 0; y < (size_t)(area.y1 - area.y0); y++) {
        const uint16_t *in = q->pixels + y * width;
        for (size_t x = 0; x < width; x++)
            q->columns[x] += in[x];
        if (y + 1 < side_y)
            continue;
        size_t top = y + 1 - side_y;
        uint64_t sum = 0;
        for (size_t x = 0; x < width; x++) {
            sum += q->columns[x];
            if (x + 1 >= side_x) {
                keep_if_best(q, sum, area.x0 + (int)(x + 1 - side_x), area.y0 + (int)top);
                sum -= q->columns[x + 1 - side_x];
            }
        }
        const uint16_t *out = q->pixels + top * width;
        for (size_t x = 0; x < width; x++)
            q->columns[x] -= out[x];
    }
}

static void leave(SquareSearch *q, uint64_t bound) {
    q->bound = q->bound > bound ? q->bound : bound;
}

static void measure_candidate(SquareSearch *q, const InkPixels *p, const SquareCandidate *c) {
    int top = ink_pixels_top(p);
    Area at = {greater_of(c->classes.x0 * CELL, q->within.x0),
               greater_of(c->classes.y0 * CELL, q->within.y0),
               lesser_of(c->classes.x1 * CELL, q->last_x + 1),
               lesser_of(c->classes.y1 * CELL, q->last_y + 1)};
    if (at.y0 < top) { /* the pixels of the first squares were too many to be kept */
        leave(q, c->bound);
        at.y0 = top;
    }
    if (!area_empty(at))
        measure(q, p, at);
}

/* The highest bound first; in the order of the page where they are equal. */
static int compare(const void *a, const void *b) {
    const SquareCandidate *c = a, *d = b;
    if (c->bound != d->bound)
        return c->bound < d->bound ? 1 : -1;
    if (c->classes.y0 != d->classes.y0)
        return c->classes.y0 < d->classes.y0 ? -1 : 1;
    return c->classes.x0 < d->classes.x0 ? -1 : 1;
}

/* Is it still open whether this many inks beat a limit? */
static bool decides(const SquareSearch *q, uint64_t bound) {
    for (size_t i = 0; i < q->limit_count; i++)
        if (bound > q->limits[i] && q->best <= q->limits[i])
            return true;
    return false;
}

static void measure_candidates(SquareSearch *q, const InkPixels *p) {
    size_t count = 0;
    for (size_t i = 0; i < q->candidate_count; i++)
        if (q->candidates[i].bound > q->best && q->candidates[i].bound >= q->known)
            q->candidates[count++] = q->candidates[i];
    if (count)
        qsort(q->candidates, count, sizeof *q->candidates, compare);
    for (size_t i = 0; i < count && q->candidates[i].bound > q->best; i++) {
        if (i < ALWAYS_MEASURED || decides(q, q->candidates[i].bound))
            measure_candidate(q, p, &q->candidates[i]);
        else
            leave(q, q->candidates[i].bound);
    }
    q->candidate_count = 0;
    q->candidate_row = NULL;
}

bool squares_end_band(SquareSearch *q, const Band *band, const bool *counts) {
    uint64_t before = q->best;
    q->at_hand = (InkPixels){band, counts, q->kept};
    measure_candidates(q, &q->at_hand);
    return q->best > before;
}

static uint8_t *other_room(SquareSearch *q, size_t size) {
    uint8_t **free_one = &q->rooms[q->rooms[0] == q->kept.tints && q->kept.tints];
    if (size > q->room)
        q->rooms[0] = q->rooms[1] = NULL;
    q->room = size > q->room ? size : q->room;
    if (!*free_one)
        *free_one = arena_alloc(q->arena, q->room);
    return *free_one;
}

/* Rows of pixels that squares of the next band begin in. */
void squares_next_band(SquareSearch *q) {
    const InkPixels *p = &q->at_hand;
    const Band *band = p->band;
    size_t width = (size_t)band->width, planes = band->planes->count;
    KeptRows rows = {.planes = planes, .y0 = q->next * CELL, .y1 = band->area.y1};
    size_t most = (size_t)(q->side_y + CELL) * width * planes;
    bool wanted = band->area.y1 < band->height && rows.y0 <= q->last_y && rows.y0 < rows.y1 &&
                  rows.y0 >= ink_pixels_top(p) && most <= MOST_KEPT;
    if (wanted) {
        uint8_t *to = rows.tints = other_room(q, most);
        for (size_t plane = 0; plane < planes; plane++)
            for (int y = rows.y0; y < rows.y1; y++, to += width)
                ink_pixels_row(p, plane, y, 0, band->width, to);
    }
    q->kept = rows;
}
