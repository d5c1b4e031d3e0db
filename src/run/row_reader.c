/* Rows of a picture as they are asked for. */
#include "read/raster/raster.h"
#include "run/page_reader.h"
#include "run/turns.h"

struct RowReader {
    Turns turns;
    const RasterPixels *pixels;
    const uint8_t *row; /* at hand */
    bool asked;
};

static bool show_row(void *self, uint32_t y, const uint8_t *samples) {
    RowReader *r = self;
    (void)y;
    r->row = samples;
    turns_yield(&r->turns);
    return r->asked;
}

/* The first row is decoded when it is asked for. */
static void read_rows(void *self) {
    RowReader *r = self;
    turns_yield(&r->turns);
    if (r->asked)
        raster_rows(r->pixels, show_row, r);
}

RowReader *row_reader_open(Arena *a, const RasterPixels *pixels) {
    RowReader *r = ARENA_NEW(a, RowReader);
    *r = (RowReader){.pixels = pixels, .asked = true};
    turns_start(&r->turns, read_rows, r);
    return r;
}

const uint8_t *row_reader_next(void *row_reader) {
    RowReader *r = row_reader;
    turns_pass(&r->turns);
    return r->turns.ended ? NULL : r->row;
}

void row_reader_close(RowReader *r) {
    r->asked = false;
    turns_pass(&r->turns);
    turns_end(&r->turns);
}
