/* Plates as TIFF: MinIsBlack, so that every reader hands out 255 for full ink; a viewer shows ink
 * light, as on film. */
#include "ink/plates/plate_files_format.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <tiffio.h>
#include <zlib.h>

#include "ink/surface/surface.h"

typedef struct TiffWriter {
    TIFF *tiff;
    uint8_t *blank; /* a strip without ink, as it is stored */
    size_t blank_bytes;
    int blank_rows;
} TiffWriter;

/* libtiff would print on standard error; what went wrong is in errno. */
static int keep_quiet(TIFF *t, void *self, const char *module, const char *format, va_list args) {
    (void)t, (void)self, (void)module, (void)format, (void)args;
    return 1;
}

static TIFF *open_tiff(const PlateFile *f) {
    static const double largest = 3.5e9; /* offsets of plain TIFF have 32 bits */
    TIFFOpenOptions *options = TIFFOpenOptionsAlloc();
    if (!options)
        return NULL;
    TIFFOpenOptionsSetErrorHandlerExtR(options, keep_quiet, NULL);
    TIFFOpenOptionsSetWarningHandlerExtR(options, keep_quiet, NULL);
    bool large = (double)f->width * f->height > largest;
    TIFF *t = TIFFOpenExt(f->path, large ? "wl8" : "wl", options);
    TIFFOpenOptionsFree(options);
    return t;
}

static bool set_tags(TIFF *t, const PlateFile *f) {
    return TIFFSetField(t, TIFFTAG_IMAGEWIDTH, (uint32_t)f->width) &&
           TIFFSetField(t, TIFFTAG_IMAGELENGTH, (uint32_t)f->height) &&
           TIFFSetField(t, TIFFTAG_BITSPERSAMPLE, 8) &&
           TIFFSetField(t, TIFFTAG_SAMPLESPERPIXEL, 1) &&
           TIFFSetField(t, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_MINISBLACK) &&
           TIFFSetField(t, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG) &&
           TIFFSetField(t, TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT) &&
           TIFFSetField(t, TIFFTAG_ROWSPERSTRIP, TILE) &&
           TIFFSetField(t, TIFFTAG_XRESOLUTION, f->ppi) &&
           TIFFSetField(t, TIFFTAG_YRESOLUTION, f->ppi) &&
           TIFFSetField(t, TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH) &&
           TIFFSetField(t, TIFFTAG_COMPRESSION, COMPRESSION_ADOBE_DEFLATE) &&
           TIFFSetField(t, TIFFTAG_ZIPQUALITY, Z_BEST_SPEED) &&
           TIFFSetField(t, TIFFTAG_PREDICTOR, PREDICTOR_HORIZONTAL) &&
           (!f->title || TIFFSetField(t, TIFFTAG_PAGENAME, f->title));
}

static bool failed(PlateFile *f) {
    f->error = errno ? errno : EIO;
    return false;
}

static bool begin(PlateFile *f) {
    TiffWriter *w = ARENA_NEW(f->arena, TiffWriter);
    errno = 0;
    f->writer = w;
    w->tiff = open_tiff(f);
    return (w->tiff && set_tags(w->tiff, f)) || failed(f);
}

/* Zeros are zeros after the predictor too, and most strips of most plates are just that: they are
 * packed once. */
static bool pack_blank(TiffWriter *w, size_t bytes, int rows) {
    uLongf packed = compressBound(bytes);
    uint8_t *none = calloc(bytes, 1);
    free(w->blank);
    w->blank = malloc(packed);
    w->blank_rows = rows;
    bool fits = none && w->blank &&
                compress2(w->blank, &packed, none, bytes, Z_DEFAULT_COMPRESSION) == Z_OK;
    free(none);
    w->blank_bytes = packed;
    return fits;
}

static bool rows(PlateFile *f, const uint8_t *rows, int count) {
    TiffWriter *w = f->writer;
    uint32_t strip = (uint32_t)f->row / TILE;
    size_t bytes = (size_t)f->width * (size_t)count;
    errno = 0;
    if (!rows && w->blank_rows != count && !pack_blank(w, bytes, count))
        return failed(f);
    tmsize_t written =
        rows ? TIFFWriteEncodedStrip(w->tiff, strip, (void *)(uintptr_t)rows, (tmsize_t)bytes)
             : TIFFWriteRawStrip(w->tiff, strip, w->blank, (tmsize_t)w->blank_bytes);
    f->row += count;
    return written >= 0 || failed(f);
}

static bool end(PlateFile *f) {
    TiffWriter *w = f->writer;
    errno = 0;
    bool whole = w->tiff && f->row == f->height && TIFFWriteDirectory(w->tiff);
    if (!whole && !f->error)
        failed(f);
    if (w->tiff)
        TIFFClose(w->tiff);
    free(w->blank);
    *w = (TiffWriter){0};
    return whole;
}

const PlateFormat plate_tiff = {"tif", begin, rows, end};
