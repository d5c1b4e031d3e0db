#include "read/raster/mapped.h"
#include "read/raster/png_file.h"

#include <png.h>
#include <setjmp.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

/* libpng is given only what pixels need: header, palette, transparency, pixels. So it never unpacks
 * a profile or a text, and whatever it complains about are the pixels. */
enum { MOST_PIECES = 8, DEEPEST_PIXEL = 8, ROWS_HELD = 3, PASSES = 7 };

typedef struct PngReading {
    const PngFile *file;
    png_structp png;
    png_infop info;
    PngChunk pieces[MOST_PIECES];
    int piece_count, piece;
    size_t at;
    Mapped mapped;
    uint8_t frame[PNG_FRAME]; /* of a chunk that is cut off */
    bool ended;               /* libpng wanted more than there is */
    uint8_t *rows;            /* one; all of them when interlaced */
    size_t row_bytes;
    int pass;   /* of an interlaced picture */
    uint32_t y; /* rows decoded in this pass */
    RasterRow *row;
    void *self;
    RasterRead read;
    jmp_buf escape;
} PngReading;

static const Text broken = {"图像压缩数据损坏", "the compressed pixels are damaged"};
static const Text cut_off = {"图像数据不完整，后面的没有了",
                             "the pixels end before the picture does"};
static const Text wrong_sum = {"图像数据块 IDAT 的校验和不对", "wrong sum of an IDAT chunk"};

static const Text *trouble(const PngReading *r, const char *message) {
    return r->ended || strstr(message, "Not enough")          ? &cut_off
           : strstr(message, "CRC") || strstr(message, "crc") ? &wrong_sum
                                                              : &broken;
}

static void on_error(png_structp png, const char *message) {
    PngReading *r = png_get_error_ptr(png);
    r->read.why = *trouble(r, message);
    longjmp(r->escape, 1);
}

/* More data than pixels is harmless. */
static void on_warning(png_structp png, const char *message) {
    PngReading *r = png_get_error_ptr(png);
    if (!r->read.why.zh && !strstr(message, "Too much") && !strstr(message, "xtra compressed"))
        r->read.why = *trouble(r, message);
}

static void on_read(png_structp png, png_bytep out, size_t n) {
    PngReading *r = png_get_io_ptr(png);
    while (n) {
        if (r->piece == r->piece_count) {
            r->ended = true;
            png_error(png, "ended");
        }
        const PngChunk *piece = &r->pieces[r->piece];
        size_t some = piece->n - r->at < n ? piece->n - r->at : n;
        memcpy(out, piece->p + r->at, some);
        out += some;
        n -= some;
        r->at += some;
        mapped_passed(&r->mapped, piece->p + r->at);
        if (r->at == piece->n) {
            r->piece++;
            r->at = 0;
        }
    }
}

static void add_piece(PngReading *r, const uint8_t *p, size_t n) {
    if (n)
        r->pieces[r->piece_count++] = (PngChunk){p, n};
}

static void add_chunk(PngReading *r, PngChunkId id) {
    PngChunk c = r->file->chunks[id];
    if (c.p)
        add_piece(r, c.p - 8, c.n + PNG_FRAME);
}

static void put32(uint8_t *p, uint32_t value) {
    for (int i = 0; i < 4; i++)
        p[i] = (uint8_t)(value >> (24 - 8 * i));
}

/* A chunk that is cut off is framed anew, for libpng unpacks no part of one; then it misses the
 * rest. A file that goes on behind the pixels ends properly for libpng, whatever else is in it. */
static void collect_end(PngReading *r) {
    static const uint8_t end[PNG_FRAME] = {0, 0, 0, 0, 'I', 'E', 'N', 'D', 0xAE, 0x42, 0x60, 0x82};
    PngChunk cut = r->file->cut;
    if (!cut.p) {
        add_piece(r, end, sizeof end);
        return;
    }
    memcpy(r->frame + 4, "IDAT", 4);
    put32(r->frame, (uint32_t)cut.n);
    put32(r->frame + 8, (uint32_t)crc32_z(crc32(0, r->frame + 4, 4), cut.p, cut.n));
    add_piece(r, r->frame, 8);
    add_piece(r, cut.p, cut.n);
    add_piece(r, r->frame + 8, 4);
}

static void collect(PngReading *r) {
    const PngFile *f = r->file;
    add_piece(r, f->source.bytes, PNG_SIGNATURE);
    add_chunk(r, CHUNK_IHDR);
    if (f->colour_type == PNG_COLOR_TYPE_PALETTE)
        add_chunk(r, CHUNK_PLTE);
    add_chunk(r, CHUNK_tRNS);
    add_piece(r, f->pixels.p, f->pixels.n);
    collect_end(r);
}

static void set_up(PngReading *r) {
    png_structp png = r->png;
    png_set_read_fn(png, r, on_read);
    png_set_benign_errors(png, 1);
    png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    png_set_check_for_invalid_index(png, 1);
    png_read_info(png, r->info);
    png_set_expand(png); /* palettes, 1 to 4 bits, tRNS */
    png_set_scale_16(png);
    (void)png_set_interlace_handling(png);
    png_read_update_info(png, r->info);
    if (png_get_rowbytes(png, r->info) != r->row_bytes)
        png_error(png, "other channels than the header tells");
}

static bool hand_out(PngReading *r, const uint8_t *samples) {
    return r->row(r->self, r->read.rows++, samples);
}

static bool decode_straight(PngReading *r) {
    for (r->y = 0; r->y < r->file->height; r->y++) {
        png_read_row(r->png, r->rows, NULL);
        if (!hand_out(r, r->rows))
            return false;
    }
    return true;
}

static void decode_interlaced(PngReading *r) {
    for (r->pass = 0; r->pass < PASSES; r->pass++)
        for (r->y = 0; r->y < r->file->height; r->y++)
            png_read_row(r->png, r->rows + r->y * r->row_bytes, NULL);
}

/* The last pass fills every second row; the one before completes those between, of which only the
 * first stands at the top (PNG specification, 8.2). */
static void hand_out_interlaced(PngReading *r) {
    uint32_t whole = r->pass == PASSES       ? r->file->height
                     : r->pass == PASSES - 1 ? (r->y ? r->y : 1)
                                             : 0;
    while (r->read.rows < whole && hand_out(r, r->rows + r->read.rows * r->row_bytes))
        ;
}

/* libpng looks behind the pixels before it returns from the last row, and gives up there though the
 * row is whole. */
static void keep_last_row(PngReading *r) {
    if (r->file->interlaced) {
        if (png_get_current_pass_number(r->png) == PASSES)
            r->pass = PASSES;
    } else if (png_get_current_row_number(r->png) == r->file->height &&
               r->read.rows < r->file->height) {
        (void)hand_out(r, r->rows);
    }
}

static void decode(PngReading *r) {
    if (setjmp(r->escape)) {
        keep_last_row(r);
        return;
    }
    r->info = png_create_info_struct(r->png);
    set_up(r);
    if (r->file->interlaced)
        decode_interlaced(r);
    else if (!decode_straight(r))
        return;
    png_read_end(r->png, NULL);
}

/* libpng holds two rows and zlib's window, this file one row or all. */
static bool is_affordable(const PngFile *f, RasterRead *read) {
    double row = (double)f->width * DEEPEST_PIXEL * ROWS_HELD;
    double all = f->interlaced ? (double)f->width * f->height * (pngfile_colours(f) + 1) : 0;
    if (row + all <= (double)f->source.budget)
        return true;
    Arena *a = f->source.arena;
    double needed = (row + all) / (1 << 20), most = (double)f->source.budget / (1 << 20);
    const char *zh = f->interlaced ? "隔行扫描的画面要 %.0f MB 内存才能解开，限 %.0f MB"
                                   : "一行像素要 %.0f MB 内存才能解开，限 %.0f MB";
    const char *en = f->interlaced ? "an interlaced picture needs %.0f MB to decode, over %.0f MB"
                                   : "one row needs %.0f MB to decode, over %.0f MB";
    read->too_large = true;
    read->why = (Text){arena_printf(a, zh, needed, most), arena_printf(a, en, needed, most)};
    return false;
}

RasterRead pngfile_read_rows(const PngFile *f, RasterRow *row, void *self) {
    PngReading r = {.file = f, .mapped = {&f->source, 0}, .row = row, .self = self};
    r.row_bytes = (size_t)f->width * (size_t)(pngfile_colours(f) + pngfile_has_alpha(f));
    if (!f->pixels.p)
        r.read.why = (Text){"文件里没有图像数据", "there are no pixels in the file"};
    if (r.read.why.zh || !is_affordable(f, &r.read))
        return r.read;
    collect(&r);
    r.rows = calloc(f->interlaced ? f->height : 1, r.row_bytes);
    r.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &r, on_error, on_warning);
    if (r.rows && r.png)
        decode(&r);
    else
        r.read.why = (Text){"内存不够", "out of memory"};
    if (f->interlaced && r.rows)
        hand_out_interlaced(&r);
    png_destroy_read_struct(&r.png, &r.info, NULL);
    free(r.rows);
    return r.read;
}
