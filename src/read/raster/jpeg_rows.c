#include "read/raster/jpeg_file.h"
#include "read/raster/mapped.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>

#include <jerror.h>

/* A file of a few bytes can ask for any number of scans over a large picture, each of which costs
 * as much as a whole one. */
enum { MOST_SCANS = 100, BLOCK_BYTES = DCTSIZE2 * sizeof(JCOEF), MOST_AT_ONCE = 4 };
/* Some cameras and programs pad scans to a whole number of words. */
enum { MOST_PADDING = 4 };

static const Text cut_off = {"画面数据不完整，后面的没有了",
                             "the pixels end before the picture does"};
static const Text no_detail = {"JPEG 后几遍扫描没有了，整幅画面都不完整",
                               "later scans of the JPEG are missing: no row is whole"};
static const Text damaged = {"画面数据有损坏", "the pixels are damaged"};
static const Text too_many_scans = {"JPEG 的扫描遍数多得离谱", "far too many scans in the JPEG"};

typedef struct JpegReading {
    const JpegFile *file;
    struct jpeg_decompress_struct c;
    struct jpeg_error_mgr errors;
    struct jpeg_source_mgr source;
    struct jpeg_progress_mgr progress;
    Mapped mapped;
    bool started;     /* messages are about pixels */
    bool ended;       /* libjpeg wanted more than there is */
    bool damaged;     /* data was wrong or missing */
    bool no_detail;   /* whole scans are missing */
    uint32_t spread;  /* 1: chroma is spread to more rows */
    uint32_t bad_mcu; /* row of MCUs from which on it is; all below are then lost */
    uint8_t *rows;    /* MOST_AT_ONCE of them */
    RasterRow *row;
    void *self;
    RasterRead read;
    jmp_buf escape;
} JpegReading;

static JpegReading *reading_of(j_common_ptr c) {
    return c->client_data;
}

/* Data that is left when the picture is full tells that the decoder lost its way somewhere above,
 * where nobody knows: the last row of MCUs stands for that. */
static void spoil(JpegReading *r) {
    uint32_t last = r->c.total_iMCU_rows - 1;
    uint32_t row = r->c.input_iMCU_row < last ? r->c.input_iMCU_row : last;
    r->damaged = true;
    if (row < r->bad_mcu)
        r->bad_mcu = row;
}

static void on_error(j_common_ptr c) {
    JpegReading *r = reading_of(c);
    char message[JMSG_LENGTH_MAX];
    c->err->format_message(c, message);
    if (r->ended)
        r->read.why = cut_off;
    else
        r->read.why = (Text){"JPEG 数据解不开",
                             arena_printf(r->file->source.arena, "libjpeg gave up: %s", message)};
    longjmp(r->escape, 1);
}

/* Junk between segments, padding and odd version numbers cost no pixels. */
static void on_message(j_common_ptr c, int level) {
    JpegReading *r = reading_of(c);
    int code = c->err->msg_code;
    bool padding = code == JWRN_EXTRANEOUS_DATA && c->err->msg_parm.i[0] <= MOST_PADDING;
    if (level < 0 && r->started && !padding && code != JWRN_JFIF_MAJOR && code != JWRN_ADOBE_XFORM)
        spoil(r);
}

static void on_progress(j_common_ptr c) {
    JpegReading *r = reading_of(c);
    mapped_passed(&r->mapped, r->source.next_input_byte);
    if (r->c.input_scan_number > MOST_SCANS) {
        r->read.why = too_many_scans;
        longjmp(r->escape, 1);
    }
}

static void source_nothing(j_decompress_ptr c) {
    (void)c;
}

/* The arithmetic decoder does not complain when it runs out of data, so it is done here. */
static boolean source_fill(j_decompress_ptr c) {
    static const JOCTET end[2] = {0xFF, JPEG_EOI};
    JpegReading *r = reading_of((j_common_ptr)c);
    r->ended = true;
    if (r->started && c->arith_code)
        spoil(r);
    c->src->next_input_byte = end;
    c->src->bytes_in_buffer = sizeof end;
    return TRUE;
}

static void source_skip(j_decompress_ptr c, long n) {
    struct jpeg_source_mgr *s = c->src;
    if (n <= 0)
        return;
    size_t skipped = (size_t)n < s->bytes_in_buffer ? (size_t)n : s->bytes_in_buffer;
    s->next_input_byte += skipped;
    s->bytes_in_buffer -= skipped;
}

static void set_up(JpegReading *r) {
    const RasterSource *s = &r->file->source;
    r->c.err = jpeg_std_error(&r->errors);
    r->errors.error_exit = on_error;
    r->errors.emit_message = on_message;
    r->c.client_data = r;
    jpeg_create_decompress(&r->c);
    r->source = (struct jpeg_source_mgr){.next_input_byte = s->bytes,
                                         .bytes_in_buffer = s->count,
                                         .init_source = source_nothing,
                                         .fill_input_buffer = source_fill,
                                         .skip_input_data = source_skip,
                                         .resync_to_restart = jpeg_resync_to_restart,
                                         .term_source = source_nothing};
    r->progress.progress_monitor = on_progress;
    r->c.src = &r->source;
    r->c.progress = &r->progress;
}

/* Several scans refine one picture, whose coefficients are held whole until the last one. */
static bool is_affordable(JpegReading *r) {
    const RasterSource *s = &r->file->source;
    double bytes = 0;
    for (int i = 0; jpeg_has_multiple_scans(&r->c) && i < r->c.num_components; i++)
        bytes += (double)r->c.comp_info[i].width_in_blocks * r->c.comp_info[i].height_in_blocks *
                 BLOCK_BYTES;
    if (bytes <= (double)s->budget)
        return true;
    double needed = bytes / (1 << 20), most = (double)s->budget / (1 << 20);
    r->read.too_large = true;
    r->read.why = (Text){
        arena_printf(s->arena, "渐进式 JPEG 要 %.0f MB 内存才能解开，限 %.0f MB，请另存为基线格式",
                     needed, most),
        arena_printf(s->arena, "a progressive JPEG that needs %.0f MB to decode, over %.0f MB",
                     needed, most)};
    return false;
}

/* Did every part of the picture arrive, to its last bit? */
static bool scans_complete(const struct jpeg_decompress_struct *c) {
    for (int i = 0; i < c->num_components; i++) {
        if (!c->comp_info[i].quant_table) /* taken over when a component is first scanned */
            return false;
        for (int k = 0; c->coef_bits && k < DCTSIZE2; k++)
            if (c->coef_bits[i][k] != 0)
                return false;
    }
    return true;
}

/* Rows that stand whole above the damage. Where chroma is spread to more rows, the last of them
 * already leans on the next row of MCUs. */
static uint32_t whole_rows(const JpegReading *r) {
    uint32_t bad = r->no_detail ? 0 : r->bad_mcu;
    if (bad >= r->c.total_iMCU_rows)
        return r->file->height;
    return bad ? bad * (uint32_t)(r->c.max_v_samp_factor * DCTSIZE) - r->spread : 0;
}

/* libjpeg hands CMYK out as it is stored, which is inverted in what Photoshop writes, 255 for no
 * ink (libjpeg.txt, "Special color spaces"). Files without Adobe's marker are taken alike, as
 * ImageMagick, Pillow and browsers do: hardly anybody ever stored it otherwise. */
static void invert(uint8_t *samples, size_t n) {
    for (; n >= sizeof(uint64_t); n -= sizeof(uint64_t), samples += sizeof(uint64_t)) {
        uint64_t eight;
        memcpy(&eight, samples, sizeof eight);
        eight = ~eight;
        memcpy(samples, &eight, sizeof eight);
    }
    while (n--)
        samples[n] = (uint8_t)~samples[n];
}

static void hand_out(JpegReading *r) {
    struct jpeg_decompress_struct *c = &r->c;
    size_t stride = (size_t)c->output_width * (size_t)c->output_components;
    JSAMPROW rows[MOST_AT_ONCE];
    for (int i = 0; i < MOST_AT_ONCE; i++)
        rows[i] = r->rows + (size_t)i * stride;
    while (c->output_scanline < r->file->height) {
        uint32_t got = jpeg_read_scanlines(c, rows, MOST_AT_ONCE);
        mapped_passed(&r->mapped, r->source.next_input_byte);
        if (c->out_color_space == JCS_CMYK)
            invert(r->rows, got * stride);
        if (c->output_scanline == r->file->height)
            (void)jpeg_finish_decompress(c); /* the last rows wait for what it finds */
        uint32_t whole = whole_rows(r);
        for (uint32_t i = 0; i < got; i++)
            if (r->read.rows >= whole || !r->row(r->self, r->read.rows++, rows[i]))
                return;
    }
}

static void start(JpegReading *r) {
    struct jpeg_decompress_struct *c = &r->c;
    c->out_color_space = c->num_components == 1   ? JCS_GRAYSCALE
                         : c->num_components == 3 ? JCS_RGB
                                                  : JCS_CMYK;
    r->started = true;
    (void)jpeg_start_decompress(c);
    if (c->output_width != r->file->width || c->output_height != r->file->height ||
        c->output_components != r->file->components)
        ERREXIT(c, JERR_SOF_DUPLICATE);
    for (int i = 0; i < c->num_components; i++)
        r->spread |= c->comp_info[i].v_samp_factor < c->max_v_samp_factor;
    r->no_detail = jpeg_has_multiple_scans(c) && r->ended && !scans_complete(c);
}

static void decode(JpegReading *r) {
    if (setjmp(r->escape))
        return;
    set_up(r);
    (void)jpeg_read_header(&r->c, TRUE);
    if (!is_affordable(r))
        return;
    start(r);
    hand_out(r);
    if (r->no_detail)
        r->read.why = no_detail;
    else if (r->damaged)
        r->read.why = r->ended ? cut_off : damaged;
}

RasterRead jpegfile_read_rows(const JpegFile *f, RasterRow *row, void *self) {
    JpegReading *r = calloc(1, sizeof *r);
    uint8_t *rows = calloc(MOST_AT_ONCE, (size_t)f->width * (size_t)f->components);
    RasterRead read = {.why = {"内存不够", "out of memory"}, .too_large = true};
    if (r && rows) {
        *r = (JpegReading){.file = f,
                           .mapped = {&f->source, 0},
                           .bad_mcu = UINT32_MAX,
                           .rows = rows,
                           .row = row,
                           .self = self};
        decode(r);
        jpeg_destroy_decompress(&r->c);
        read = r->read;
    }
    free(rows);
    free(r);
    return read;
}
