#include "ink/picture/picture_jpeg.h"

#include <setjmp.h>
#include <stdio.h>

#include <jpeglib.h>

#include <jerror.h>

/* A file of a few bytes can ask for any number of scans over a large image, each of which costs as
 * much as a whole one. */
enum { MOST_SCANS = 200 };
/* The coefficients of a progressive image are held whole, two bytes each. */
static const double MOST_HELD = 256.0 * 1024 * 1024;

struct JpegRows {
    struct jpeg_decompress_struct cinfo;
    struct jpeg_error_mgr errors;
    struct jpeg_source_mgr source;
    struct jpeg_progress_mgr progress;
    jmp_buf escape;
    JSAMPROW row;
    bool made, ended, damaged, over;
};

static JpegRows *rows_of(j_common_ptr cinfo) {
    return cinfo->client_data;
}

static void on_error(j_common_ptr cinfo) {
    longjmp(rows_of(cinfo)->escape, 1);
}

/* Junk between segments costs no pixels, and many programs write it. */
static void on_message(j_common_ptr cinfo, int level) {
    JpegRows *j = rows_of(cinfo);
    int code = cinfo->err->msg_code;
    if (level < 0 && code != JWRN_EXTRANEOUS_DATA && code != JWRN_JFIF_MAJOR &&
        code != JWRN_ADOBE_XFORM)
        j->damaged = true;
}

static void on_progress(j_common_ptr cinfo) {
    if (cinfo->is_decompressor && ((j_decompress_ptr)cinfo)->input_scan_number > MOST_SCANS)
        ERREXIT(cinfo, JERR_BAD_PROGRESSION);
}

static void source_start(j_decompress_ptr cinfo) {
    (void)cinfo;
}

static boolean source_fill(j_decompress_ptr cinfo) {
    static const JOCTET end[2] = {0xFF, JPEG_EOI};
    rows_of((j_common_ptr)cinfo)->ended = true;
    cinfo->src->next_input_byte = end;
    cinfo->src->bytes_in_buffer = sizeof end;
    return TRUE;
}

static void source_skip(j_decompress_ptr cinfo, long n) {
    struct jpeg_source_mgr *s = cinfo->src;
    if (n <= 0)
        return;
    size_t there = s->bytes_in_buffer, skipped = (size_t)n < there ? (size_t)n : there;
    s->next_input_byte += skipped;
    s->bytes_in_buffer -= skipped;
}

static void source_end(j_decompress_ptr cinfo) {
    (void)cinfo;
}

static void set_up(JpegRows *j, const uint8_t *body, size_t n) {
    j->cinfo.err = jpeg_std_error(&j->errors);
    j->errors.error_exit = on_error;
    j->errors.emit_message = on_message;
    j->cinfo.client_data = j;
    j->source = (struct jpeg_source_mgr){.next_input_byte = body,
                                         .bytes_in_buffer = n,
                                         .init_source = source_start,
                                         .fill_input_buffer = source_fill,
                                         .skip_input_data = source_skip,
                                         .resync_to_restart = jpeg_resync_to_restart,
                                         .term_source = source_end};
    j->progress.progress_monitor = on_progress;
}

/* ISO 32000-1, Table 13: the Adobe marker decides, then ColorTransform of the dictionary, then its
 * default: 1 for three components, 0 for four. Values of four components are taken as they stand:
 * where Photoshop wrote them inverted, /Decode turns them. */
static void choose_space(struct jpeg_decompress_struct *c, int transform) {
    if (!c->saw_Adobe_marker && transform >= 0) {
        if (c->num_components == 3)
            c->jpeg_color_space = transform ? JCS_YCbCr : JCS_RGB;
        else if (c->num_components == 4)
            c->jpeg_color_space = transform ? JCS_YCCK : JCS_CMYK;
    }
    switch (c->num_components) {
    case 1:
        c->out_color_space = c->jpeg_color_space = JCS_GRAYSCALE;
        break;
    case 3:
        c->out_color_space = JCS_RGB;
        break;
    case 4:
        c->out_color_space = JCS_CMYK;
        break;
    default:
        c->out_color_space = c->jpeg_color_space = JCS_UNKNOWN;
        break;
    }
}

/* The coarsest of the scales that libjpeg has fast code for. A 50th below the device is still as
 * good as it: sizes are rarely whole pixels there. */
static unsigned scale_for(const struct jpeg_decompress_struct *c, const JpegPlan *plan) {
    static const double enough = 0.98;
    unsigned eighths = 8;
    if (!(plan->across > 0) || !(plan->down > 0))
        return eighths;
    while (eighths > 1 && c->image_width * (eighths / 2) / 8.0 >= plan->across * enough &&
           c->image_height * (eighths / 2) / 8.0 >= plan->down * enough)
        eighths /= 2;
    return eighths;
}

JpegRows *jpeg_rows_open(Arena *a, const uint8_t *body, size_t n, const JpegPlan *plan, Text *why) {
    JpegRows *j = ARENA_NEW(a, JpegRows);
    set_up(j, body, n);
    if (setjmp(j->escape)) {
        *why = (Text){"JPEG 图片解不开", "a JPEG image can not be decoded"};
        jpeg_rows_close(j);
        return NULL;
    }
    j->made = true;
    jpeg_create_decompress(&j->cinfo);
    j->cinfo.client_data = j;
    j->cinfo.src = &j->source;
    j->cinfo.progress = &j->progress;
    (void)jpeg_read_header(&j->cinfo, TRUE);
    if (j->cinfo.progressive_mode &&
        (double)j->cinfo.image_width * j->cinfo.image_height * j->cinfo.num_components > MOST_HELD)
        ERREXIT1(&j->cinfo, JERR_OUT_OF_MEMORY, 0);
    choose_space(&j->cinfo, plan->transform);
    j->cinfo.scale_num = scale_for(&j->cinfo, plan);
    j->cinfo.scale_denom = 8;
    (void)jpeg_start_decompress(&j->cinfo);
    j->row = arena_alloc(a, (size_t)j->cinfo.output_width * (size_t)j->cinfo.output_components);
    return j;
}

void jpeg_rows_close(JpegRows *j) {
    if (j && j->made)
        jpeg_destroy_decompress(&j->cinfo);
    if (j)
        j->made = false;
}

int jpeg_rows_width(const JpegRows *j) {
    return (int)j->cinfo.output_width;
}

int jpeg_rows_height(const JpegRows *j) {
    return (int)j->cinfo.output_height;
}

int jpeg_rows_components(const JpegRows *j) {
    return j->cinfo.output_components;
}

/* Behind the end of the data libjpeg goes on in gray; a progressive image was read whole before the
 * first row. */
static bool is_over(JpegRows *j) {
    if (j->ended && j->damaged && !j->cinfo.progressive_mode)
        j->over = true;
    return j->over || j->cinfo.output_scanline >= j->cinfo.output_height;
}

const uint8_t *jpeg_rows_next(JpegRows *j) {
    if (is_over(j))
        return NULL;
    if (setjmp(j->escape)) {
        j->damaged = j->over = true;
        return NULL;
    }
    return jpeg_read_scanlines(&j->cinfo, &j->row, 1) == 1 ? j->row : NULL;
}

void jpeg_rows_skip(JpegRows *j, int rows) {
    if (rows <= 0 || is_over(j))
        return;
    if (setjmp(j->escape)) {
        j->damaged = j->over = true;
        return;
    }
    (void)jpeg_skip_scanlines(&j->cinfo, (JDIMENSION)rows);
}

bool jpeg_rows_damaged(const JpegRows *j) {
    return j->damaged;
}
