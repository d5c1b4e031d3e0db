#include "read/raster/tiff_samples.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct TiffConverter {
    const TiffLayout *layout;
    TIFFYCbCrToRGB *chroma; /* subsampled pictures */
    uint8_t *wide;          /* one row of one plane, 8 bits a sample */
    bool plain;             /* nothing to do */
    uint8_t tones[MOST_RASTER_CHANNELS][256];
};

enum { TO_16 = 257 };

static void make_tone(uint8_t out[256], TiffTone tone) {
    for (int v = 0; v < 256; v++)
        switch (tone) {
        case TONE_PLAIN:
            out[v] = (uint8_t)v;
            break;
        case TONE_INVERTED:
            out[v] = (uint8_t)(255 - v);
            break;
        case TONE_SIGNED:
            out[v] = (uint8_t)(v ^ 0x80);
            break;
        case TONE_ITU_A:
            out[v] = (uint8_t)lround(v * 170.0 / 255 - 85 + 128);
            break;
        case TONE_ITU_B:
            out[v] = (uint8_t)lround(v * 200.0 / 255 - 75 + 128);
            break;
        }
}

/* libtiff keeps the tables behind the structure; the sum of their sizes is that of its own
 * TIFFRGBAImage (tif_getimage.c). */
static TIFFYCbCrToRGB *chroma_new(TIFF *tif) {
    float *luma = NULL, *black_white = NULL;
    TIFFGetFieldDefaulted(tif, TIFFTAG_YCBCRCOEFFICIENTS, &luma);
    TIFFGetFieldDefaulted(tif, TIFFTAG_REFERENCEBLACKWHITE, &black_white);
    for (int i = 0; i < 6; i++)
        if (!luma || !black_white || !isfinite(luma[i % 3]) || luma[1] == 0 ||
            !(fabsf(black_white[i]) < 1e6f))
            return NULL;
    TIFFYCbCrToRGB *c = calloc(1, sizeof *c + sizeof(long) + 4 * 256 * sizeof(TIFFRGBValue) +
                                      2 * 256 * sizeof(int) + 3 * 256 * sizeof(int32_t));
    if (c && TIFFYCbCrToRGBInit(c, luma, black_white) < 0) {
        free(c);
        return NULL;
    }
    return c;
}

bool tiff_layout_is_plain(const TiffLayout *l) {
    bool plain = l->bits == 8 && !l->palette && !l->subsampled && l->channels == l->samples &&
                 (!l->planar || l->samples == 1);
    for (int i = 0; plain && i < l->channels; i++)
        plain = l->planes[i].from == i && l->planes[i].tone == TONE_PLAIN;
    return plain;
}

TiffConverter *tiff_converter_new(const TiffLayout *l, TIFF *tif) {
    TiffConverter *c = calloc(1, sizeof *c);
    if (!c)
        return NULL;
    c->layout = l;
    c->plain = tiff_layout_is_plain(l);
    c->wide = malloc((size_t)l->width * (l->planar ? 1 : l->samples));
    if (l->subsampled)
        c->chroma = chroma_new(tif);
    if (!c->wide || (l->subsampled && !c->chroma)) {
        tiff_converter_free(c);
        return NULL;
    }
    for (int i = 0; i < l->channels; i++)
        make_tone(c->tones[i], l->planes[i].tone);
    return c;
}

void tiff_converter_free(TiffConverter *c) {
    if (!c)
        return;
    free(c->chroma);
    free(c->wide);
    free(c);
}

/* Samples of any depth up to 16 bits, from the highest bit on. */
static void widen_bits(int bits, const uint8_t *src, size_t n, bool spread, uint8_t *out) {
    uint32_t most = (1u << bits) - 1, held = 0;
    int have = 0;
    for (size_t i = 0; i < n; i++) {
        for (; have < bits; have += 8)
            held = held << 8 | *src++;
        have -= bits;
        uint32_t v = held >> have & most;
        out[i] = (uint8_t)(spread ? (v * 510 + most) / (2 * most) : v);
    }
}

static void widen_16(const uint8_t *src, size_t n, uint8_t *out) {
    for (size_t i = 0; i < n; i++) {
        uint16_t v;
        memcpy(&v, src + 2 * i, sizeof v);
        out[i] = (uint8_t)((v + TO_16 / 2u) / TO_16);
    }
}

static void widen_32(const uint8_t *src, size_t n, uint8_t *out) {
    for (size_t i = 0; i < n; i++) {
        uint32_t v;
        memcpy(&v, src + 4 * i, sizeof v);
        out[i] = (uint8_t)((v * 255ull + UINT32_MAX / 2) / UINT32_MAX);
    }
}

static void widen_float(const uint8_t *src, size_t n, uint8_t *out) {
    for (size_t i = 0; i < n; i++) {
        float v;
        memcpy(&v, src + 4 * i, sizeof v);
        out[i] = v >= 1 ? 255 : v > 0 ? (uint8_t)(v * 255 + 0.5f) : 0;
    }
}

static void widen_double(const uint8_t *src, size_t n, uint8_t *out) {
    for (size_t i = 0; i < n; i++) {
        double v;
        memcpy(&v, src + 8 * i, sizeof v);
        out[i] = v >= 1 ? 255 : v > 0 ? (uint8_t)(v * 255 + 0.5) : 0;
    }
}

/* a* and b* in 16 bits are in 256ths: two's complement in CIELab, from 128 on in ICCLab, whose L*
 * is in 256ths of 255 too (Adobe Photoshop TIFF Technical Notes, "ICC L*a*b*"). */
static void widen_lab(const TiffLayout *l, int first, const uint8_t *src, size_t n, uint8_t *out) {
    bool icc = l->photometric == PHOTOMETRIC_ICCLAB;
    for (size_t i = 0; i < n; i++) {
        uint16_t v;
        memcpy(&v, src + 2 * i, sizeof v);
        size_t sample = l->planar ? (size_t)first : i % l->samples;
        bool fraction = sample < 3 && (icc || sample > 0);
        if (!icc && fraction)
            v ^= 0x8000;
        uint32_t rounded = fraction ? (v + 128u) >> 8 : (v + TO_16 / 2u) / TO_16;
        out[i] = (uint8_t)(rounded < 255 ? rounded : 255);
    }
}

/* Returns `n` samples with 8 bits each, in `wide` unless they are so already. */
static const uint8_t *widen(TiffConverter *c, int first, const uint8_t *src, size_t n) {
    const TiffLayout *l = c->layout;
    bool lab = l->photometric == PHOTOMETRIC_CIELAB || l->photometric == PHOTOMETRIC_ICCLAB;
    if (l->bits == 8)
        return src;
    if (l->bits == 64)
        widen_double(src, n, c->wide);
    else if (l->bits == 32 && l->format == SAMPLEFORMAT_IEEEFP)
        widen_float(src, n, c->wide);
    else if (l->bits == 32)
        widen_32(src, n, c->wide);
    else if (l->bits == 16 && lab)
        widen_lab(l, first, src, n, c->wide);
    else if (l->bits == 16)
        widen_16(src, n, c->wide);
    else
        widen_bits(l->bits, src, n, !l->palette, c->wide);
    return c->wide;
}

/* Puts one channel of a row in its place. */
static void arrange(const TiffConverter *c, int channel, const uint8_t *src, size_t step,
                    uint32_t pixels, uint8_t *out) {
    const uint8_t *tone = c->tones[channel];
    size_t stride = (size_t)c->layout->channels;
    out += channel;
    for (uint32_t x = 0; x < pixels; x++, out += stride, src += step)
        *out = tone[*src];
}

static void look_up(const TiffConverter *c, const uint8_t *src, size_t step, uint32_t pixels,
                    uint8_t *out) {
    size_t stride = (size_t)c->layout->channels;
    for (uint32_t x = 0; x < pixels; x++)
        memcpy(out + x * stride, c->layout->palette + 3 * (size_t)src[x * step], 3);
}

static void blank(const TiffConverter *c, int channel, uint32_t pixels, uint8_t *out) {
    for (uint32_t x = 0; x < pixels; x++)
        out[x * (size_t)c->layout->channels + (size_t)channel] = 0;
}

static void convert_planes(TiffConverter *c, const TiffBlock *block, uint32_t y, uint32_t pixels,
                           uint8_t *out) {
    const TiffLayout *l = c->layout;
    size_t at = (size_t)y * block->row_bytes, step = l->planar ? 1 : l->samples;
    const uint8_t *row = l->planar ? NULL : widen(c, 0, block->planes[0] + at, pixels * step);
    for (int i = 0; i < l->channels; i++) {
        int from = l->planes[i].from;
        if (from < 0) {
            blank(c, i, pixels, out);
            continue;
        }
        const uint8_t *src =
            l->planar ? widen(c, from, block->planes[from] + at, pixels) : row + from;
        if (!l->palette || i >= 3)
            arrange(c, i, src, step, pixels, out);
        else if (i == 0)
            look_up(c, src, step, pixels, out);
    }
}

/* TIFF 6.0 section 21: for every block of across × down luma samples one Cb and one Cr. */
static void convert_chroma(const TiffConverter *c, const TiffBlock *block, uint32_t y,
                           uint32_t pixels, uint8_t *out) {
    const TiffLayout *l = c->layout;
    uint32_t h = l->across, v = l->down;
    size_t unit = (size_t)h * v + 2, units = (block->width + h - 1) / h;
    const uint8_t *row = block->planes[0] + y / v * units * unit;
    for (uint32_t x = 0; x < pixels; x++) {
        const uint8_t *u = row + x / h * unit;
        uint32_t rgb[3];
        TIFFYCbCrtoRGB(c->chroma, u[y % v * h + x % h], u[unit - 2], u[unit - 1], &rgb[0], &rgb[1],
                       &rgb[2]);
        for (int i = 0; i < 3; i++)
            out[3 * (size_t)x + (size_t)i] = (uint8_t)rgb[i];
    }
}

void tiff_convert(TiffConverter *c, const TiffBlock *block, uint32_t y, uint32_t pixels,
                  uint8_t *out) {
    if (c->plain)
        memcpy(out, block->planes[0] + y * block->row_bytes, (size_t)pixels * c->layout->samples);
    else if (c->layout->subsampled)
        convert_chroma(c, block, y, pixels, out);
    else
        convert_planes(c, block, y, pixels, out);
}
