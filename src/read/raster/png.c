/* PNG by libpng: one page, the default image of an animation. */
#include "read/raster/png_file.h"

static void *open_png(const RasterSource *source, Text *why) {
    PngFile *f = ARENA_NEW(source->arena, PngFile);
    f->source = *source;
    return pngfile_walk(f, why) ? f : NULL;
}

static int count_pages(const void *file) {
    (void)file;
    return 1;
}

static bool read_head(void *file, int page, RasterHead *out, Text *why) {
    (void)page, (void)why;
    pngfile_read_head(file, out);
    return true;
}

static Text tell_damage(const void *file) {
    return ((const PngFile *)file)->damage;
}

static RasterRead read_rows(void *file, int page, RasterRow *row, void *self) {
    (void)page;
    return pngfile_read_rows(file, row, self);
}

static void close_png(void *file) {
    (void)file; /* everything is the arena's */
}

const RasterCodec png_codec = {open_png, count_pages, read_head, tell_damage, read_rows, close_png};
