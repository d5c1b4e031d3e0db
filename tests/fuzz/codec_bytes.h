/* Arbitrary bytes through a raster codec: every text is valid UTF-8, rows come in order and every
 * byte of them can be read, and whatever is short says why. */
#ifndef CHUPIN_FUZZ_CODEC_BYTES_H
#define CHUPIN_FUZZ_CODEC_BYTES_H

#include "read/raster/raster.h"

#include <stdlib.h>
#include <string.h>

enum { CODEC_BUDGET = 1 << 20, CODEC_MOST = 1 << 18 /* samples looked at */ };

typedef struct CodecSeen {
    const RasterHead *head;
    uint32_t rows;
    size_t samples;
    bool stopped;
    unsigned sum;
} CodecSeen;

static inline bool codec_row(void *self, uint32_t y, const uint8_t *samples) {
    CodecSeen *s = self;
    size_t n = (size_t)s->head->width * (size_t)s->head->channels;
    if (y != s->rows++ || y >= s->head->height || s->stopped)
        abort();
    for (size_t i = 0; i < n; i++)
        s->sum += samples[i];
    s->samples += n;
    s->stopped = s->samples > CODEC_MOST;
    return !s->stopped;
}

static inline void codec_check_text(const char *text) {
    if (!text || !text_valid(text, strlen(text)))
        abort();
}

static inline void codec_check_why(Text why) {
    if (!why.zh != !why.en)
        abort();
    if (why.zh) {
        codec_check_text(why.zh);
        codec_check_text(why.en);
    }
}

static inline void codec_check_head(const RasterHead *h) {
    codec_check_text(h->software);
    codec_check_text(h->xmp_title);
    codec_check_why(h->icc_fault);
    unsigned sum = 0;
    for (size_t i = 0; i < h->icc_count; i++)
        sum += h->icc[i];
    if (!h->width || !h->height || h->channels != h->colours + (int)h->extra_count ||
        h->orientation < 1 || h->orientation > 8 || (h->icc && h->icc_fault.zh) ||
        !(h->ppi_x >= 0 && h->ppi_y >= 0) || sum == UINT32_MAX)
        abort();
}

static inline void codec_bytes(const RasterCodec *codec, const uint8_t *p, size_t n) {
    Arena *a = arena_new();
    RasterSource source = {.bytes = p, .count = n, .arena = a, .budget = CODEC_BUDGET};
    Text why = {0};
    void *file = codec->open(&source, &why);
    if (!file && !why.zh)
        abort();
    RasterHead head;
    for (int page = 0; file && page < codec->pages(file); page++) {
        if (!codec->head(file, page, &head, &why)) {
            codec_check_why(why);
            continue;
        }
        codec_check_head(&head);
        CodecSeen seen = {.head = &head};
        RasterRead read = codec->rows(file, page, codec_row, &seen);
        codec_check_why(read.why);
        if (read.rows != seen.rows || (read.rows < head.height && !seen.stopped && !read.why.zh))
            abort();
    }
    if (file) {
        codec_check_why(codec->damage(file));
        codec->close(file);
    }
    arena_free(a);
}

#endif
