#include "run/picture_code.h"

#include <stdio.h> /* before jpeglib.h, which does not include it */

#include <jpeglib.h>
#include <png.h>
#include <setjmp.h>
#include <stdlib.h>

enum { COLOURS = 3, JPEG_QUALITY = 78 };

/* Where pixel `i` of `n` begins among `from`. */
static size_t edge(int i, int n, int from) {
    return (size_t)i * (size_t)from / (size_t)n;
}

static void mean_of(const RgbPicture *p, size_t x0, size_t x1, size_t y0, size_t y1, uint8_t *out) {
    uint64_t sums[COLOURS] = {0}, n = (x1 - x0) * (y1 - y0);
    for (size_t y = y0; y < y1; y++) {
        const uint8_t *row = p->rgb + COLOURS * (y * (size_t)p->width + x0);
        for (size_t x = x0; x < x1; x++)
            for (int c = 0; c < COLOURS; c++)
                sums[c] += *row++;
    }
    for (int c = 0; c < COLOURS; c++)
        out[c] = (uint8_t)((sums[c] + n / 2) / n);
}

RgbPicture rgb_fit(Arena *a, RgbPicture p, int most) {
    int longer = p.width > p.height ? p.width : p.height;
    if (longer <= most)
        return p;
    RgbPicture s = {.width = (int)edge(p.width, longer, most),
                    .height = (int)edge(p.height, longer, most)};
    s.width = s.width ? s.width : 1;
    s.height = s.height ? s.height : 1;
    s.rgb = arena_alloc(a, COLOURS * (size_t)s.width * (size_t)s.height);
    uint8_t *to = s.rgb;
    for (int y = 0; y < s.height; y++)
        for (int x = 0; x < s.width; x++, to += COLOURS)
            mean_of(&p, edge(x, s.width, p.width), edge(x + 1, s.width, p.width),
                    edge(y, s.height, p.height), edge(y + 1, s.height, p.height), to);
    return s;
}

static void png_bytes(png_structp png, png_bytep p, png_size_t n) {
    sink_write(png_get_io_ptr(png), (const char *)p, n);
}

static void png_flushed(png_structp png) {
    (void)png;
}

static void png_quiet(png_structp png, png_const_charp text) {
    (void)png, (void)text;
}

static void png_gives_up(png_structp png, png_const_charp text) {
    (void)text;
    png_longjmp(png, 1);
}

static bool write_png(png_structp png, png_infop info, const RgbPicture *p, Sink *to) {
    if (setjmp(png_jmpbuf(png)))
        return false;
    png_set_write_fn(png, to, png_bytes, png_flushed);
    png_set_IHDR(png, info, (png_uint_32)p->width, (png_uint_32)p->height, 8, PNG_COLOR_TYPE_RGB,
                 PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_sRGB(png, info, PNG_sRGB_INTENT_RELATIVE);
    png_write_info(png, info);
    for (int y = 0; y < p->height; y++)
        png_write_row(png, p->rgb + COLOURS * (size_t)y * (size_t)p->width);
    png_write_end(png, info);
    return true;
}

static Str png_of(Arena *a, const RgbPicture *p) {
    Sink to = sink_memory(a);
    png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, png_gives_up, png_quiet);
    png_infop info = png ? png_create_info_struct(png) : NULL;
    bool whole = info && write_png(png, info, p, &to);
    png_destroy_write_struct(&png, &info);
    return whole ? sink_text(&to) : (Str){NULL, 0};
}

typedef struct JpegTrouble {
    struct jpeg_error_mgr manager;
    jmp_buf back;
} JpegTrouble;

static void jpeg_gives_up(j_common_ptr jpeg) {
    longjmp(((JpegTrouble *)(void *)jpeg->err)->back, 1);
}

static void jpeg_quiet(j_common_ptr jpeg) {
    (void)jpeg;
}

static bool write_jpeg(struct jpeg_compress_struct *jpeg, JpegTrouble *trouble, const RgbPicture *p,
                       unsigned char **bytes, unsigned long *count) {
    if (setjmp(trouble->back))
        return false;
    jpeg_create_compress(jpeg);
    jpeg_mem_dest(jpeg, bytes, count);
    jpeg->image_width = (JDIMENSION)p->width;
    jpeg->image_height = (JDIMENSION)p->height;
    jpeg->input_components = COLOURS;
    jpeg->in_color_space = JCS_RGB;
    jpeg_set_defaults(jpeg);
    jpeg_set_quality(jpeg, JPEG_QUALITY, TRUE);
    jpeg->optimize_coding = TRUE;
    jpeg_start_compress(jpeg, TRUE);
    while (jpeg->next_scanline < jpeg->image_height) {
        JSAMPROW row = p->rgb + COLOURS * (size_t)jpeg->next_scanline * (size_t)p->width;
        jpeg_write_scanlines(jpeg, &row, 1);
    }
    jpeg_finish_compress(jpeg);
    return true;
}

/* The library allocates what it writes to. */
static Str jpeg_of(Arena *a, const RgbPicture *p) {
    struct jpeg_compress_struct jpeg = {0};
    JpegTrouble trouble = {0};
    unsigned char *bytes = NULL;
    unsigned long count = 0;
    Str out = {NULL, 0};
    jpeg.err = jpeg_std_error(&trouble.manager);
    trouble.manager.error_exit = jpeg_gives_up;
    trouble.manager.output_message = jpeg_quiet;
    if (write_jpeg(&jpeg, &trouble, p, &bytes, &count))
        out = (Str){arena_copy(a, (const char *)bytes, count), count};
    jpeg_destroy_compress(&jpeg);
    free(bytes);
    return out;
}

RgbFile rgb_encode(Arena *a, RgbPicture p, bool compact) {
    Str png = png_of(a, &p), jpeg = compact ? jpeg_of(a, &p) : (Str){NULL, 0};
    bool smaller = jpeg.p && (!png.p || jpeg.n < png.n);
    Str file = smaller ? jpeg : png;
    return (RgbFile){(const uint8_t *)file.p, file.n, smaller};
}
