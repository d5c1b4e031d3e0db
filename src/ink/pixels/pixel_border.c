#include "ink/pixels/pixel_border.h"

#include <stdlib.h>
#include <string.h>

#include "read/derive.h"

/* Levels of a sample: what JPEG adds to an even border stays below EVEN; a pixel of the picture is
 * further away than OTHER in some channel. */
enum { EVEN = 12, OTHER = 24, DEEPEST = 512 };
/* So many in a hundred pixels of the next row are unlike the border. */
enum { ALL_AT_ONCE = 60 };

/* Rows of one colour, one below the other. */
typedef struct EvenRows {
    uint32_t count;
    uint8_t *colour;
    bool sharp; /* the picture beside them begins all at once */
} EvenRows;

/* Columns of one colour from a side. */
typedef struct EvenColumns {
    uint32_t count; /* so far; it only gets less */
    uint8_t *colour;
    uint32_t *unlike; /* rows in which the column is of another colour */
} EvenColumns;

struct PixelBorder {
    const RasterHead *head;
    size_t channels, row_bytes;
    uint32_t rows, most_rows, most_columns; /* seen; of a border */
    EvenRows top, bottom;
    bool in_top;
    uint8_t *before;      /* the row above those at the bottom */
    EvenColumns sides[2]; /* left, right */
};

static bool near(const uint8_t *a, const uint8_t *b, size_t channels, int levels) {
    for (size_t c = 0; c < channels; c++)
        if (abs(a[c] - b[c]) > levels)
            return false;
    return true;
}

PixelBorder *pixel_border_new(Arena *page, const RasterHead *head) {
    PixelBorder *b = ARENA_NEW(page, PixelBorder);
    b->head = head;
    b->channels = (size_t)head->channels;
    b->row_bytes = head->width * b->channels;
    b->most_columns = head->width / 4 < DEEPEST ? head->width / 4 : DEEPEST;
    b->most_rows = head->height / 4 < DEEPEST ? head->height / 4 : DEEPEST;
    b->top.colour = arena_alloc(page, b->channels);
    b->bottom.colour = arena_alloc(page, b->channels);
    b->before = arena_alloc(page, b->row_bytes);
    for (int side = 0; side < 2; side++)
        b->sides[side] = (EvenColumns){.count = b->most_columns,
                                       .colour = arena_alloc(page, b->channels),
                                       .unlike = ARENA_ARRAY(page, uint32_t, b->most_columns + 1)};
    return b;
}

/* Most rows of a picture differ within a few pixels. */
static bool is_even(const PixelBorder *b, const uint8_t *row, const uint8_t *colour) {
    for (size_t at = 0; at < b->row_bytes; at += b->channels)
        if (!near(row + at, colour, b->channels, EVEN))
            return false;
    return true;
}

static bool mostly_unlike(const PixelBorder *b, const uint8_t *row, const uint8_t *colour) {
    uint64_t unlike = 0, n = b->head->width;
    for (size_t at = 0; at < b->row_bytes; at += b->channels)
        unlike += !near(row + at, colour, b->channels, OTHER);
    return unlike * 100 >= n * ALL_AT_ONCE;
}

static void look_at_top(PixelBorder *b, uint32_t y, const uint8_t *row) {
    EvenRows *top = &b->top;
    if (y == 0) {
        memcpy(top->colour, row, b->channels);
        b->in_top = true;
    }
    if (!b->in_top)
        return;
    if (is_even(b, row, top->colour) && y < b->most_rows) {
        top->count++;
        return;
    }
    b->in_top = false;
    top->sharp = y < b->most_rows && mostly_unlike(b, row, top->colour);
}

static void look_at_bottom(PixelBorder *b, uint32_t y, const uint8_t *row) {
    EvenRows *bottom = &b->bottom;
    uint32_t left = b->head->height - y;
    if (left > b->most_rows + 1)
        return;
    if (bottom->count && is_even(b, row, bottom->colour)) {
        bottom->count++;
        return;
    }
    bottom->count = is_even(b, row, row);
    if (bottom->count) {
        memcpy(bottom->colour, row, b->channels);
        bottom->sharp = left <= b->most_rows && mostly_unlike(b, b->before, row);
    }
    memcpy(b->before, row, b->row_bytes);
}

static const uint8_t *column_of(const PixelBorder *b, int side, const uint8_t *row, uint32_t x) {
    return row + (side ? b->head->width - 1 - x : x) * b->channels;
}

/* A column ends the border as soon as one pixel is of another colour. */
static void look_at_side(PixelBorder *b, int side, const uint8_t *row) {
    EvenColumns *c = &b->sides[side];
    if (!b->rows)
        memcpy(c->colour, column_of(b, side, row, 0), b->channels);
    for (uint32_t x = 0; c->count && x <= c->count && x <= b->most_columns; x++)
        c->unlike[x] += !near(column_of(b, side, row, x), c->colour, b->channels, OTHER);
    uint32_t x = 0;
    while (x < c->count && near(column_of(b, side, row, x), c->colour, b->channels, EVEN))
        x++;
    c->count = x;
}

static bool take_row(void *self, uint32_t y, const uint8_t *samples) {
    PixelBorder *b = self;
    look_at_top(b, y, samples);
    look_at_bottom(b, y, samples);
    look_at_side(b, 0, samples);
    look_at_side(b, 1, samples);
    b->rows++;
    return true;
}

PixelRows pixel_border_rows(PixelBorder *b) {
    return (PixelRows){b, take_row, NULL};
}

static int width_of(const PixelBorder *b, const EvenColumns *c) {
    bool ends = c->count && c->count < b->most_columns;
    bool sharp = ends && (uint64_t)c->unlike[c->count] * 100 >= (uint64_t)b->rows * ALL_AT_ONCE;
    return sharp ? (int)c->count : 0;
}

bool pixel_border_widths(const PixelBorder *b, int widths[4]) {
    widths[TOP] = b->top.sharp ? (int)b->top.count : 0;
    widths[BOTTOM] = b->bottom.sharp ? (int)b->bottom.count : 0;
    widths[LEFT] = width_of(b, &b->sides[0]);
    widths[RIGHT] = width_of(b, &b->sides[1]);
    return b->rows == b->head->height;
}
