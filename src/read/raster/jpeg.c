/* JPEG by libjpeg-turbo: one page, the first picture of an MPO file. */
#include "read/raster/jpeg_file.h"

static void *open_jpeg(const RasterSource *source, Text *why) {
    JpegFile *f = ARENA_NEW(source->arena, JpegFile);
    f->source = *source;
    return jpegfile_walk(f, why) ? f : NULL;
}

static int count_pages(const void *file) {
    (void)file;
    return 1;
}

static bool read_head(void *file, int page, RasterHead *out, Text *why) {
    (void)page, (void)why;
    jpegfile_read_head(file, out);
    return true;
}

static Text tell_damage(const void *file) {
    return ((const JpegFile *)file)->damage;
}

static RasterRead read_rows(void *file, int page, RasterRow *row, void *self) {
    (void)page;
    return jpegfile_read_rows(file, row, self);
}

static void close_jpeg(void *file) {
    (void)file; /* everything is the arena's */
}

const RasterCodec jpeg_codec = {open_jpeg,   count_pages, read_head,
                                tell_damage, read_rows,   close_jpeg};
