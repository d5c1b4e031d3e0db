/* TIFFs written into memory with libtiff, for tests and seeds of the TIFF codec. */
#ifndef CHUPIN_TESTS_TIFF_MAKER_H
#define CHUPIN_TESTS_TIFF_MAKER_H

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <tiffio.h>

typedef struct MadeTiff {
    uint8_t *p;
    size_t n, capacity, at;
} MadeTiff;

static tmsize_t made_read(thandle_t self, void *out, tmsize_t n) {
    MadeTiff *m = self;
    size_t left = m->at < m->n ? m->n - m->at : 0, taken = (size_t)n < left ? (size_t)n : left;
    memcpy(out, m->p + m->at, taken);
    m->at += taken;
    return (tmsize_t)taken;
}

static tmsize_t made_write(thandle_t self, void *p, tmsize_t n) {
    MadeTiff *m = self;
    size_t end = m->at + (size_t)n;
    if (end > m->capacity) {
        size_t capacity = end * 2;
        m->p = realloc(m->p, capacity);
        if (!m->p)
            abort();
        memset(m->p + m->capacity, 0, capacity - m->capacity);
        m->capacity = capacity;
    }
    memcpy(m->p + m->at, p, (size_t)n);
    m->at = end;
    m->n = end > m->n ? end : m->n;
    return n;
}

static toff_t made_seek(thandle_t self, toff_t at, int whence) {
    MadeTiff *m = self;
    m->at = (size_t)(whence == SEEK_SET ? at : whence == SEEK_CUR ? m->at + at : m->n + at);
    return m->at;
}

static int made_close(thandle_t self) {
    (void)self;
    return 0;
}

static toff_t made_size(thandle_t self) {
    return ((MadeTiff *)self)->n;
}

/* `mode` as TIFFOpen takes it: "w", "wb" for big-endian, "w8" for BigTIFF. */
static inline TIFF *made_tiff_open(MadeTiff *m, const char *mode) {
    *m = (MadeTiff){0};
    TIFFSetWarningHandler(NULL); /* the older number for Deflate is written on purpose */
    return TIFFClientOpen("", mode, m, made_read, made_write, made_seek, made_close, made_size,
                          NULL, NULL);
}

typedef struct TiffSpec { /* zero: 8 bits, one sample, MinIsWhite, no compression, one strip */
    uint32_t width, height, rows_a_strip;
    uint16_t bits, samples, photometric, compression, format, predictor;
    uint32_t tile; /* both sides; 0: strips */
    bool planar;
} TiffSpec;

static inline void made_tags(TIFF *tif, const TiffSpec *s) {
    TIFFSetField(tif, TIFFTAG_IMAGEWIDTH, s->width);
    TIFFSetField(tif, TIFFTAG_IMAGELENGTH, s->height);
    TIFFSetField(tif, TIFFTAG_BITSPERSAMPLE, s->bits ? s->bits : 8);
    TIFFSetField(tif, TIFFTAG_SAMPLESPERPIXEL, s->samples ? s->samples : 1);
    TIFFSetField(tif, TIFFTAG_PHOTOMETRIC, s->photometric);
    TIFFSetField(tif, TIFFTAG_COMPRESSION, s->compression ? s->compression : COMPRESSION_NONE);
    TIFFSetField(tif, TIFFTAG_PLANARCONFIG,
                 s->planar ? PLANARCONFIG_SEPARATE : PLANARCONFIG_CONTIG);
    if (s->format)
        TIFFSetField(tif, TIFFTAG_SAMPLEFORMAT, s->format);
    if (s->predictor)
        TIFFSetField(tif, TIFFTAG_PREDICTOR, s->predictor);
    if (s->tile) {
        TIFFSetField(tif, TIFFTAG_TILEWIDTH, s->tile);
        TIFFSetField(tif, TIFFTAG_TILELENGTH, s->tile);
    } else {
        TIFFSetField(tif, TIFFTAG_ROWSPERSTRIP, s->rows_a_strip ? s->rows_a_strip : s->height);
    }
}

/* The value that is stored for a sample. */
typedef uint32_t MadeSample(uint32_t x, uint32_t y, uint32_t c);

static inline void made_put(uint8_t *row, const TiffSpec *s, size_t i, uint32_t v) {
    uint16_t v16 = (uint16_t)v;
    float real = (float)v / 255;
    unsigned bits = s->bits ? s->bits : 8u;
    if (s->format == SAMPLEFORMAT_IEEEFP)
        memcpy(row + 4 * i, &real, 4);
    else if (bits == 32)
        memcpy(row + 4 * i, &v, 4);
    else if (bits == 16)
        memcpy(row + 2 * i, &v16, 2);
    else
        for (unsigned b = 0; b < bits; b++)
            row[(i * bits + b) / 8] |=
                (uint8_t)((v >> (bits - 1 - b) & 1) << (7 - (i * bits + b) % 8));
}

/* Rows `y` and on of a strip or tile whose left edge is `x`. */
static inline void made_block(TIFF *tif, const TiffSpec *s, uint32_t index, uint32_t plane,
                              uint32_t x, uint32_t y, MadeSample *sample) {
    uint32_t across = s->tile ? s->tile : s->width, samples = s->planar ? 1 : s->samples;
    uint32_t down = s->tile ? s->tile : s->rows_a_strip ? s->rows_a_strip : s->height;
    if (!s->tile && down > s->height - y)
        down = s->height - y;
    size_t line = (size_t)(s->tile ? TIFFTileRowSize(tif) : TIFFScanlineSize(tif));
    uint8_t *p = calloc(down, line);
    if (!p)
        abort();
    for (uint32_t j = 0; j < down; j++)
        for (uint32_t i = 0; i < across; i++)
            for (uint32_t c = 0; c < samples; c++)
                made_put(p + j * line, s, (size_t)i * samples + c,
                         sample(x + i, y + j, s->planar ? plane : c));
    if (s->tile)
        TIFFWriteEncodedTile(tif, index, p, (tmsize_t)(down * line));
    else
        TIFFWriteEncodedStrip(tif, index, p, (tmsize_t)(down * line));
    free(p);
}

/* The picture of a directory whose tags are set; the directory is written too. */
static inline void made_picture(TIFF *tif, const TiffSpec *spec, MadeSample *sample) {
    TiffSpec s = *spec;
    s.samples = s.samples ? s.samples : 1;
    uint32_t index = 0, step = s.tile ? s.tile : s.rows_a_strip ? s.rows_a_strip : s.height;
    for (uint32_t plane = 0; plane < (s.planar ? s.samples : 1u); plane++)
        for (uint32_t y = 0; y < s.height; y += step)
            for (uint32_t x = 0; x < s.width; x += s.tile ? s.tile : s.width)
                made_block(tif, &s, index++, plane, x, y, sample);
    TIFFWriteDirectory(tif);
}

#endif
