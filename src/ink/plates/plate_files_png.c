/* Pictures as PNG. A plate's samples are ink, 255 full: viewers, who take gray for light, show it
 * as its negative. */
#include "ink/plates/plate_files_format.h"

#include <errno.h>
#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <zlib.h>

typedef struct PngWriter {
    png_structp png;
    png_infop info;
    FILE *file;
    uint8_t *blank;
} PngWriter;

static void keep_quiet(png_structp png, png_const_charp text) {
    (void)png, (void)text;
}

static void give_up(png_structp png, png_const_charp text) {
    (void)text;
    png_longjmp(png, 1);
}

static bool failed(PlateFile *f) {
    f->error = errno ? errno : EIO;
    return false;
}

static void write_head(const PngWriter *w, const PlateFile *f) {
    bool colour = f->components == 3;
    png_uint_32 per_metre = (png_uint_32)(f->ppi / 0.0254 + 0.5);
    png_set_IHDR(w->png, w->info, (png_uint_32)f->width, (png_uint_32)f->height, 8,
                 colour ? PNG_COLOR_TYPE_RGB : PNG_COLOR_TYPE_GRAY, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    png_set_pHYs(w->png, w->info, per_metre, per_metre, PNG_RESOLUTION_METER);
    if (colour)
        png_set_sRGB(w->png, w->info, PNG_sRGB_INTENT_RELATIVE);
    /* Against the row above, then runs only: three times as fast as the default on photographs,
     * and no larger. */
    png_set_filter(w->png, PNG_FILTER_TYPE_BASE, PNG_FILTER_UP);
    png_set_compression_level(w->png, Z_BEST_SPEED);
    png_set_compression_strategy(w->png, Z_RLE);
    png_write_info(w->png, w->info);
}

static bool begin(PlateFile *f) {
    PngWriter *w = ARENA_NEW(f->arena, PngWriter);
    errno = 0;
    f->writer = w;
    w->blank = arena_alloc(f->arena, (size_t)f->width * (size_t)f->components);
    w->file = fopen(f->path, "wbe");
    w->png =
        w->file ? png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, give_up, keep_quiet) : NULL;
    w->info = w->png ? png_create_info_struct(w->png) : NULL;
    if (!w->info || setjmp(png_jmpbuf(w->png)))
        return failed(f);
    png_set_user_limits(w->png, INT32_MAX, INT32_MAX);
    png_init_io(w->png, w->file);
    write_head(w, f);
    return true;
}

static bool rows(PlateFile *f, const uint8_t *rows, int count) {
    const PngWriter *w = f->writer;
    size_t stride = (size_t)f->width * (size_t)f->components;
    errno = 0;
    if (setjmp(png_jmpbuf(w->png)))
        return failed(f);
    for (int i = 0; i < count; i++)
        png_write_row(w->png, rows ? rows + (size_t)i * stride : w->blank);
    f->row += count;
    return true;
}

static bool finish(const PngWriter *w) {
    if (setjmp(png_jmpbuf(w->png)))
        return false;
    png_write_end(w->png, NULL);
    return true;
}

static bool end(PlateFile *f) {
    PngWriter *w = f->writer;
    errno = 0;
    bool whole = w->info && f->row == f->height && !f->error && finish(w);
    if (!whole && !f->error)
        failed(f);
    if (w->png)
        png_destroy_write_struct(&w->png, &w->info);
    if (w->file && fclose(w->file) && whole)
        whole = failed(f);
    *w = (PngWriter){0};
    return whole;
}

const PlateFormat plate_png = {"png", begin, rows, end};
