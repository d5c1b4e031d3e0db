/* Rows of a TIFF: strip by strip, a row of tiles at a time, or row by row where a strip is too
 * large to be held. Planes that are stored apart have a handle each, so that every one streams. */
#include <stdlib.h>
#include <sys/mman.h>

#include "read/raster/tiff_samples.h"

/* Strips up to this are decoded in one go, which is faster than row by row. */
enum { MOST_STRIP_BYTES = 8 << 20, GIVE_BACK_BYTES = 8 << 20 };

/* Blank data shrinks a thousandfold and more, but nobody sends billions of blank samples. */
static const uint64_t many_samples = 4000000000, samples_a_byte = 4096;

typedef struct Reading {
    const TiffLayout *layout;
    const RasterSource *source;
    const TiffBytes *bytes;
    uint64_t directory;
    TiffHandle lanes[MOST_RASTER_CHANNELS]; /* one, or one for each stored plane */
    int lane_count;
    bool tiled, plain, cut; /* cut: some of the data would be behind the end of the file */
    TiffConverter *converter;
    TiffBlock block;
    uint8_t *stored;     /* a strip, a tile or a row of every lane */
    size_t stored_bytes; /* of one lane */
    uint8_t *out;        /* a row, or as many as a tile is high */
    RasterRow *row;
    void *self;
    uint32_t y;   /* rows handed out */
    bool stopped; /* the receiver wants no more */
    bool too_large;
    size_t held;  /* bytes handed out since pages were given back */
    Text why;
} Reading;

static bool fail(Reading *r, Text why) {
    r->why = why;
    return false;
}

/* What is left of a strip that the file's end cuts off is decoded as far as it goes: libtiff itself
 * would refuse all of it. The arrays are those of the handle, which nobody else looks at. */
static bool clamp_striles(Reading *r, TIFF *tif) {
    const uint64_t *offsets = NULL, *known = NULL;
    TIFFGetField(tif, r->tiled ? TIFFTAG_TILEOFFSETS : TIFFTAG_STRIPOFFSETS, &offsets);
    TIFFGetField(tif, r->tiled ? TIFFTAG_TILEBYTECOUNTS : TIFFTAG_STRIPBYTECOUNTS, &known);
    if (!offsets || !known)
        return fail(r, (Text){"没有写明图像数据在哪里", "it does not say where its pixels are"});
    uint64_t *counts = (uint64_t *)(uintptr_t)known;
    uint32_t n = r->tiled ? TIFFNumberOfTiles(tif) : TIFFNumberOfStrips(tif);
    for (uint32_t i = 0; i < n; i++) {
        uint64_t left = offsets[i] < r->source->count ? r->source->count - offsets[i] : 0;
        if (counts[i] <= left)
            continue;
        counts[i] = left;
        r->cut = true;
    }
    return true;
}

static bool open_lanes(Reading *r) {
    const TiffLayout *l = r->layout;
    int wanted = l->planar ? l->samples : 1;
    for (; r->lane_count < wanted; r->lane_count++) {
        TiffHandle *h = &r->lanes[r->lane_count];
        if (!tiff_handle_open(h, r->bytes, r->directory))
            return fail(r, (Text){"标签读不出来", "its tags can not be read"});
        if (l->compression == COMPRESSION_JPEG && l->photometric == PHOTOMETRIC_YCBCR)
            TIFFSetField(h->tif, TIFFTAG_JPEGCOLORMODE, JPEGCOLORMODE_RGB);
        r->tiled = TIFFIsTiled(h->tif);
        if (!clamp_striles(r, h->tif)) {
            tiff_handle_close(h);
            return false;
        }
        h->errors = h->warnings = 0; /* of the tags; head() has looked at them */
    }
    return true;
}

/* The arena of the document keeps nothing of this: pictures may be read more than once. */
static bool allocate(Reading *r, size_t lane_bytes, uint64_t out_rows) {
    const TiffLayout *l = r->layout;
    uint64_t row = (uint64_t)l->width * (uint64_t)l->channels;
    uint64_t out = row <= SIZE_MAX / 2 / out_rows ? row * out_rows : SIZE_MAX / 2;
    uint64_t wide = (uint64_t)l->width * l->samples;
    uint64_t need = out + wide + (uint64_t)lane_bytes * (uint64_t)r->lane_count;
    if (need <= r->source->budget && lane_bytes) {
        r->stored = malloc(lane_bytes * (size_t)r->lane_count);
        r->out = malloc((size_t)out);
        r->converter = tiff_converter_new(l, r->lanes[0].tif);
    }
    r->too_large = need > r->source->budget;
    if (!r->stored || !r->out || !r->converter)
        return fail(r, (Text){"一次要解出的像素太多，超出内存上限",
                              "more pixels have to be decoded at once than memory is allowed for"});
    r->stored_bytes = lane_bytes;
    for (int i = 0; i < r->lane_count; i++)
        r->block.planes[i] = r->stored + lane_bytes * (size_t)i;
    return true;
}

/* The file may be larger than memory; what was read of it is not needed again. */
static void give_back(Reading *r, size_t bytes) {
    r->held += bytes;
    if (r->held < GIVE_BACK_BYTES || !r->source->mapped)
        return;
    r->held = 0;
    madvise((void *)(uintptr_t)r->source->bytes, r->source->count, MADV_DONTNEED);
}

static bool hand_out(Reading *r, const uint8_t *row) {
    r->stopped = !r->row(r->self, r->y, row);
    r->y += !r->stopped;
    give_back(r, (size_t)r->layout->width * r->layout->samples * (r->layout->bits + 7u) / 8);
    return !r->stopped;
}

static bool hand_out_block_row(Reading *r, uint32_t y) {
    if (r->plain)
        return hand_out(r, r->block.planes[0] + y * r->block.row_bytes);
    tiff_convert(r->converter, &r->block, y, r->layout->width, r->out);
    return hand_out(r, r->out);
}

static void close_lanes(Reading *r) {
    while (r->lane_count)
        tiff_handle_close(&r->lanes[--r->lane_count]);
}

static bool lane_is_sound(TiffHandle *h) {
    bool sound = !h->errors && !h->warnings;
    h->errors = h->warnings = 0;
    return sound;
}

/* ---- Row by row ---- */

static bool read_scanline(Reading *r) {
    for (int i = 0; i < r->lane_count; i++) {
        uint8_t *to = r->stored + r->stored_bytes * (size_t)i;
        if (TIFFReadScanline(r->lanes[i].tif, to, r->y, (uint16_t)i) < 0 ||
            !lane_is_sound(&r->lanes[i]))
            return false;
    }
    return true;
}

static bool by_scanlines(Reading *r, uint32_t end) {
    while (r->y < end)
        if (!read_scanline(r) || !hand_out_block_row(r, 0))
            return false;
    return true;
}

/* The rows before the fault in a strip: by handles that have not met it yet. */
static bool before_fault(Reading *r, uint32_t end) {
    close_lanes(r);
    return !r->layout->subsampled && open_lanes(r) && by_scanlines(r, end);
}

/* ---- Strips ---- */

static bool read_strip(Reading *r, uint32_t strip, uint32_t strips, uint32_t rows) {
    size_t units = r->layout->subsampled ? (rows + r->layout->down - 1u) / r->layout->down : rows;
    for (int i = 0; i < r->lane_count; i++) {
        uint8_t *to = r->stored + r->stored_bytes * (size_t)i;
        tmsize_t n = TIFFReadEncodedStrip(r->lanes[i].tif, strip + (uint32_t)i * strips, to,
                                          (tmsize_t)r->stored_bytes);
        if (n < 0 || (size_t)n < units * r->block.row_bytes || !lane_is_sound(&r->lanes[i]))
            return false;
    }
    return true;
}

static bool by_strips(Reading *r, uint32_t rows_a_strip) {
    uint32_t height = r->layout->height, strips = (height - 1) / rows_a_strip + 1;
    for (uint32_t strip = 0; strip < strips; strip++) {
        uint32_t left = height - r->y, rows = left < rows_a_strip ? left : rows_a_strip;
        if (!read_strip(r, strip, strips, rows)) {
            if (!before_fault(r, r->y + rows))
                return false;
            continue;
        }
        for (uint32_t y = 0; y < rows; y++)
            if (!hand_out_block_row(r, y))
                return false;
    }
    return true;
}

static bool read_strips(Reading *r) {
    TIFF *tif = r->lanes[0].tif;
    uint32_t rows = 0;
    TIFFGetFieldDefaulted(tif, TIFFTAG_ROWSPERSTRIP, &rows);
    rows = rows < 1 ? 1 : rows < r->layout->height ? rows : r->layout->height;
    tmsize_t strip = TIFFStripSize(tif), line = TIFFScanlineSize(tif);
    bool whole = strip > 0 && strip <= MOST_STRIP_BYTES / r->lane_count;
    if (!whole && (r->layout->subsampled || line <= 0))
        return allocate(r, 0, 1);
    r->block.width = r->layout->width;
    r->block.row_bytes = (size_t)line;
    if (!allocate(r, (size_t)(whole ? strip : line), 1))
        return false;
    return whole ? by_strips(r, rows) : by_scanlines(r, r->layout->height);
}

/* ---- Tiles ---- */

static bool read_tile(Reading *r, uint32_t x) {
    for (int i = 0; i < r->lane_count; i++) {
        uint8_t *to = r->stored + r->stored_bytes * (size_t)i;
        tmsize_t n = TIFFReadTile(r->lanes[i].tif, to, x, r->y, 0, (uint16_t)i);
        if (n < 0 || (size_t)n < r->stored_bytes || !lane_is_sound(&r->lanes[i]))
            return false;
    }
    return true;
}

static bool by_tiles(Reading *r, uint32_t tile_width, uint32_t tile_height) {
    const TiffLayout *l = r->layout;
    size_t row_bytes = (size_t)l->width * (size_t)l->channels;
    while (r->y < l->height) {
        uint32_t left = l->height - r->y, rows = left < tile_height ? left : tile_height;
        for (uint32_t x = 0; x < l->width; x += tile_width) {
            if (!read_tile(r, x))
                return false;
            give_back(r, r->stored_bytes * (size_t)r->lane_count);
            uint32_t pixels = l->width - x < tile_width ? l->width - x : tile_width;
            for (uint32_t y = 0; y < rows; y++)
                tiff_convert(r->converter, &r->block, y, pixels,
                             r->out + y * row_bytes + (size_t)x * (size_t)l->channels);
        }
        for (uint32_t y = 0; y < rows; y++)
            if (!hand_out(r, r->out + y * row_bytes))
                return false;
    }
    return true;
}

static bool read_tiles(Reading *r) {
    TIFF *tif = r->lanes[0].tif;
    uint32_t width = 0, height = 0;
    TIFFGetField(tif, TIFFTAG_TILEWIDTH, &width);
    TIFFGetField(tif, TIFFTAG_TILELENGTH, &height);
    tmsize_t tile = TIFFTileSize(tif), line = TIFFTileRowSize(tif);
    if (!width || !height || width > INT32_MAX || height > INT32_MAX || tile <= 0 || line <= 0)
        return fail(r, (Text){"分块尺寸不对", "tiles of no usable size"});
    r->block.width = width;
    r->block.row_bytes = (size_t)line;
    uint32_t rows = height < r->layout->height ? height : r->layout->height;
    return allocate(r, (size_t)tile, rows) && by_tiles(r, width, height);
}

static bool read_all(Reading *r) {
    const TiffLayout *l = r->layout;
    uint64_t samples = (uint64_t)l->width * l->height;
    if (!l->decoded)
        return fail(r, (Text){"用了少见的压缩方式，解不开", "a compression that is not decoded"});
    if (samples > many_samples / l->samples &&
        samples / samples_a_byte > r->source->count / l->samples)
        return fail(r, (Text){"声称的像素远多于文件装得下的",
                              "it claims far more pixels than a file of its size can hold"});
    if (!open_lanes(r))
        return false;
    r->plain = tiff_layout_is_plain(l);
    return r->tiled ? read_tiles(r) : read_strips(r);
}

static Text damage_of(const Reading *r) {
    uint32_t all = r->layout->height;
    double share = 100.0 * r->y / all;
    Arena *a = r->source->arena;
    if (r->cut)
        return (Text){arena_printf(a, "数据不完整，多半没有传完：%u 行里只能读出 %u 行（%.0f%%）",
                                   all, r->y, share),
                      arena_printf(a, "the data is cut short: %u of %u rows can be read (%.0f%%)",
                                   r->y, all, share)};
    return (Text){arena_printf(a, "数据损坏：%u 行里只能读出 %u 行（%.0f%%）", all, r->y, share),
                  arena_printf(a, "the data is damaged: %u of %u rows can be read (%.0f%%)", r->y,
                               all, share)};
}

RasterRead tiff_rows(const TiffPage *page, const RasterSource *source, const TiffBytes *b,
                     uint64_t directory, RasterRow *row, void *self) {
    Reading *r = calloc(1, sizeof *r);
    if (!r)
        return (RasterRead){.why = {"内存不够", "out of memory"}, .too_large = true};
    r->layout = &page->layout;
    r->source = source;
    r->bytes = b;
    r->directory = directory;
    r->row = row;
    r->self = self;
    if (!read_all(r) && !r->why.zh && !r->stopped)
        r->why = damage_of(r);
    close_lanes(r);
    tiff_converter_free(r->converter);
    free(r->stored);
    free(r->out);
    RasterRead read = {.rows = r->y, .why = r->why, .too_large = r->too_large};
    free(r);
    return read;
}
