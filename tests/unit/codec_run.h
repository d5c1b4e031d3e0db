/* Runs a raster codec over bytes: head, damage and rows are kept for a look. The bytes are copied
 * to the heap, so that a byte too far is seen by the sanitizer. */
#ifndef CHUPIN_TEST_CODEC_RUN_H
#define CHUPIN_TEST_CODEC_RUN_H

#include "read/raster/raster.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { RUN_BUDGET = 8 << 20, RUN_ROWS = 4 << 20 };

typedef struct CodecRun {
    Arena *arena;
    uint8_t *bytes;
    bool opened;
    RasterHead head;
    Text why, damage; /* of opening, of the file as a whole */
    RasterRead read;
    uint8_t *rows; /* read.rows of them */
    size_t stride, count;
} CodecRun;

static bool run_row(void *self, uint32_t y, const uint8_t *samples) {
    CodecRun *r = self;
    assert_int_equal(y * r->stride, r->count);
    if (r->count + r->stride <= RUN_ROWS)
        memcpy(r->rows + r->count, samples, r->stride);
    r->count += r->stride;
    return true;
}

static CodecRun codec_run(const RasterCodec *codec, const void *p, size_t n) {
    CodecRun r = {.arena = arena_new(), .bytes = malloc(n ? n : 1), .rows = calloc(1, RUN_ROWS)};
    assert_true(r.bytes && r.rows);
    memcpy(r.bytes, p, n);
    RasterSource source = {.bytes = r.bytes, .count = n, .arena = r.arena, .budget = RUN_BUDGET};
    void *file = codec->open(&source, &r.why);
    if (!file) {
        assert_true(r.why.zh && r.why.en);
        return r;
    }
    r.opened = true;
    assert_int_equal(codec->pages(file), 1);
    assert_true(codec->head(file, 0, &r.head, &r.why));
    r.damage = codec->damage(file);
    r.stride = (size_t)r.head.width * (size_t)r.head.channels;
    r.read = codec->rows(file, 0, run_row, &r);
    assert_int_equal(r.read.rows * r.stride, r.count);
    codec->close(file);
    return r;
}

static void codec_done(CodecRun *r) {
    arena_free(r->arena);
    free(r->bytes);
    free(r->rows);
}

static void assert_whole(const CodecRun *r) {
    assert_true(r->opened);
    assert_null(r->damage.zh);
    assert_null(r->read.why.zh);
    assert_int_equal(r->read.rows, r->head.height);
}

#endif
