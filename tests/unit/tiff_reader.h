/* Reads a TIFF in memory with the codec and keeps what it says. */
#ifndef CHUPIN_TESTS_TIFF_READER_H
#define CHUPIN_TESTS_TIFF_READER_H

#include "read/raster/raster.h"
#include "tiff_maker.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

enum { READ_BUDGET = 32 << 20 };

typedef struct ReadTiff {
    Arena *arena;
    void *file; /* NULL: not opened */
    RasterHead head;
    Text why;
    uint8_t *rows; /* of the page last read */
    size_t bytes;
    RasterRead read;
} ReadTiff;

static bool keep_row(void *self, uint32_t y, const uint8_t *samples) {
    ReadTiff *r = self;
    size_t n = (size_t)r->head.width * (size_t)r->head.channels;
    assert_int_equal(r->bytes, n * y);
    if (!r->rows)
        r->rows = arena_alloc(r->arena, n * r->head.height);
    memcpy(r->rows + r->bytes, samples, n);
    r->bytes += n;
    return true;
}

static inline ReadTiff tiff_opened(const uint8_t *p, size_t n) {
    ReadTiff r = {.arena = arena_new()};
    RasterSource source = {.bytes = p, .count = n, .arena = r.arena, .budget = READ_BUDGET};
    r.file = tiff_codec.open(&source, &r.why);
    assert_true(r.file || (r.why.zh && r.why.en));
    return r;
}

static inline bool tiff_read_head(ReadTiff *r, int page) {
    bool read = tiff_codec.head(r->file, page, &r->head, &r->why);
    assert_true(read || (r->why.zh && r->why.en));
    return read;
}

static inline void tiff_read_rows(ReadTiff *r, int page) {
    r->rows = NULL;
    r->bytes = 0;
    r->read = tiff_codec.rows(r->file, page, keep_row, r);
}

/* Opened, with the head and the rows of the first page. */
static inline ReadTiff tiff_read(const MadeTiff *m) {
    ReadTiff r = tiff_opened(m->p, m->n);
    assert_non_null(r.file);
    assert_true(tiff_read_head(&r, 0));
    tiff_read_rows(&r, 0);
    return r;
}

static inline void tiff_done(ReadTiff *r, MadeTiff *m) {
    if (r->file)
        tiff_codec.close(r->file);
    arena_free(r->arena);
    free(m->p);
    *m = (MadeTiff){0};
}

#endif
