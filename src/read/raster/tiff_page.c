#include "read/raster/tiff_page.h"

#include <math.h>
#include <string.h>

#include "read/bytes.h"
#include "read/raster/jpeg_file.h"
#include "read/raster/xmp.h"

#define CM_PER_INCH 2.54

typedef struct Compression {
    uint16_t tag;
    Filter filter;
    bool decoded;
} Compression;
static const Compression compressions[] = {
#define TIFF_COMPRESSION(tag, filter, decoded) {tag, FILTER_##filter, decoded},
#include "read/raster/tiff_compression.def"
#undef TIFF_COMPRESSION
};

static void read_compression(TiffPage *page, uint16_t tag) {
    page->head.compression = FILTER_OTHER;
    for (size_t i = 0; i < sizeof compressions / sizeof *compressions; i++)
        if (compressions[i].tag == tag) {
            page->head.compression = compressions[i].filter;
            page->layout.decoded = compressions[i].decoded;
        }
}

static double per_inch(float value, uint16_t unit) {
    double v = (double)value * (unit == RESUNIT_CENTIMETER ? CM_PER_INCH : 1);
    return isfinite(v) && v > 0 ? v : 0;
}

/* A density without a unit tells the shape of a pixel, not its size (TIFF 6.0, ResolutionUnit). */
static void read_density(RasterHead *h, TIFF *tif, const Photoshop *photoshop) {
    float x = 0, y = 0;
    uint16_t unit = RESUNIT_INCH;
    TIFFGetFieldDefaulted(tif, TIFFTAG_RESOLUTIONUNIT, &unit);
    bool there = TIFFGetField(tif, TIFFTAG_XRESOLUTION, &x);
    there |= TIFFGetField(tif, TIFFTAG_YRESOLUTION, &y);
    if (!there) {
        h->ppi_x = photoshop->ppi_x;
        h->ppi_y = photoshop->ppi_y;
    } else if (unit != RESUNIT_NONE) {
        h->ppi_x = per_inch(x, unit);
        h->ppi_y = per_inch(y, unit);
    }
}

/* The first field of a profile is its size (ICC.1, 7.2.2); more bytes than that are padding. */
static void read_profile(RasterHead *h, const TiffBytes *b, uint64_t directory) {
    enum { PROFILE_HEADER = 128 };
    TiffValues v;
    if (!tiff_values(&v, b, directory, TIFFTAG_ICCPROFILE))
        return;
    if (!v.whole || v.n < PROFILE_HEADER || be32(v.p) > v.n) {
        h->icc_fault = (Text){"特性文件不完整", "the ICC profile is cut off"};
        return;
    }
    h->icc = v.p;
    h->icc_count = be32(v.p) < PROFILE_HEADER ? v.n : be32(v.p);
}

static void read_words(RasterHead *h, Arena *a, const TiffBytes *b, uint64_t directory) {
    TiffValues v;
    h->software = h->xmp_title = "";
    if (tiff_values(&v, b, directory, TIFFTAG_SOFTWARE) && v.size == 1) {
        const char *s = (const char *)v.p;
        h->software = text_from_name(a, s, strnlen(s, v.n));
    }
    if (!tiff_values(&v, b, directory, TIFFTAG_XMLPACKET) || v.size != 1)
        return;
    Xmp xmp;
    xmp_read(&xmp, a, v.p, v.n);
    h->xmp_title = xmp.title;
    if (!*h->software)
        h->software = xmp.software;
}

/* The tables stand in a stream of their own (TIFF Technical Note 2, JPEGTables), in the data of the
 * first strip or tile, or in both; which table is whose is told by that data. */
static int jpeg_quality(Arena *a, const TiffBytes *b, uint64_t directory, TIFF *tif) {
    JpegFile *f = ARENA_NEW(a, JpegFile);
    Text unread = {0};
    TiffValues v;
    f->source.arena = a;
    if (tiff_values(&v, b, directory, TIFFTAG_JPEGTABLES) && v.size == 1) {
        f->source.bytes = v.p;
        f->source.count = v.n;
        (void)jpegfile_walk(f, &unread);
    }
    uint64_t at = TIFFGetStrileOffset(tif, 0), n = TIFFGetStrileByteCount(tif, 0);
    if (at < b->n) {
        f->source.bytes = b->p + at;
        f->source.count = (size_t)(n < b->n - at ? n : b->n - at);
        unread = (Text){0};
        (void)jpegfile_walk(f, &unread);
    }
    return jpegfile_quality(f);
}

static void read_photoshop(Photoshop *out, RasterHead *h, Arena *a, const TiffBytes *b,
                           uint64_t directory) {
    TiffValues v = {0};
    bool there = tiff_values(&v, b, directory, TIFFTAG_PHOTOSHOP) && v.size == 1;
    photoshop_read(out, a, v.p, there ? v.n : 0);
    h->paths = out->paths;
    h->clipping_path = out->clipping_path;
    h->layers = tiff_values(&v, b, directory, TIFFTAG_IMAGESOURCEDATA) && v.size == 1 &&
                photoshop_has_layers(v.p, v.n);
}

/* Photometric is required; who leaves it out is read as most programs do. */
static uint16_t photometric_of(TIFF *tif, const TiffLayout *l) {
    uint16_t photometric;
    if (TIFFGetField(tif, TIFFTAG_PHOTOMETRIC, &photometric))
        return photometric;
    uint16_t *map[3];
    if (TIFFGetField(tif, TIFFTAG_COLORMAP, &map[0], &map[1], &map[2]))
        return PHOTOMETRIC_PALETTE;
    if (l->samples >= 3)
        return PHOTOMETRIC_RGB;
    return l->compression >= COMPRESSION_CCITTRLE && l->compression <= COMPRESSION_CCITTFAX4
               ? PHOTOMETRIC_MINISWHITE
               : PHOTOMETRIC_MINISBLACK;
}

/* libtiff turns the chroma of JPEG data to RGB while it decodes. */
static bool read_chroma(TiffLayout *l, TIFF *tif, Text *why) {
    if (l->photometric != PHOTOMETRIC_YCBCR || (l->compression == COMPRESSION_JPEG && !l->planar))
        return true;
    uint16_t across = 2, down = 2;
    TIFFGetFieldDefaulted(tif, TIFFTAG_YCBCRSUBSAMPLING, &across, &down);
    if (l->bits != 8 || l->samples != 3 || l->planar || !across || across > 4 || !down ||
        down > 4) {
        *why = (Text){"这种 YCbCr 存法读不了", "YCbCr stored in a way that is not read"};
        return false;
    }
    l->subsampled = true;
    l->across = across;
    l->down = down;
    return true;
}

static bool read_layout(TiffLayout *l, TIFF *tif, Text *why) {
    uint16_t planar = PLANARCONFIG_CONTIG;
    *l = (TiffLayout){0};
    TIFFGetField(tif, TIFFTAG_IMAGEWIDTH, &l->width);
    TIFFGetField(tif, TIFFTAG_IMAGELENGTH, &l->height);
    TIFFGetFieldDefaulted(tif, TIFFTAG_BITSPERSAMPLE, &l->bits);
    TIFFGetFieldDefaulted(tif, TIFFTAG_SAMPLESPERPIXEL, &l->samples);
    TIFFGetFieldDefaulted(tif, TIFFTAG_SAMPLEFORMAT, &l->format);
    TIFFGetFieldDefaulted(tif, TIFFTAG_PLANARCONFIG, &planar);
    TIFFGetFieldDefaulted(tif, TIFFTAG_COMPRESSION, &l->compression);
    l->planar = planar == PLANARCONFIG_SEPARATE && l->samples > 1;
    l->photometric = photometric_of(tif, l);
    if (!l->width || !l->height || l->width > INT32_MAX || l->height > INT32_MAX) {
        *why = (Text){"没有写明像素尺寸", "it does not say how many pixels it has"};
        return false;
    }
    bool floating = l->format == SAMPLEFORMAT_IEEEFP;
    bool depth = floating ? l->bits == 32 || l->bits == 64
                          : (l->bits >= 1 && l->bits <= 16) || l->bits == 32;
    if (!depth || l->format > SAMPLEFORMAT_VOID || l->samples < 1 ||
        l->samples > MOST_RASTER_CHANNELS) {
        *why = (Text){"这种位深或通道数读不了", "a sample depth or count that is not read"};
        return false;
    }
    return read_chroma(l, tif, why);
}

bool tiff_page_read(TiffPage *out, Arena *a, const TiffBytes *b, uint64_t directory, TIFF *tif,
                    Text *why) {
    *out = (TiffPage){0};
    TiffLayout *l = &out->layout;
    RasterHead *h = &out->head;
    if (!read_layout(l, tif, why))
        return false;
    Photoshop *photoshop = ARENA_NEW(a, Photoshop);
    read_photoshop(photoshop, h, a, b, directory);
    if (!tiff_channels(out, a, b, directory, tif, photoshop, why))
        return false;
    uint16_t orientation = ORIENTATION_TOPLEFT;
    TIFFGetFieldDefaulted(tif, TIFFTAG_ORIENTATION, &orientation);
    h->width = l->width;
    h->height = l->height;
    h->bits = l->bits;
    h->floating = l->format == SAMPLEFORMAT_IEEEFP;
    h->indexed = l->palette;
    h->channels = l->channels;
    h->orientation = orientation >= 1 && orientation <= 8 ? orientation : 1;
    h->frames = 1;
    read_compression(out, l->compression);
    if (l->compression == COMPRESSION_JPEG)
        h->jpeg_quality = jpeg_quality(a, b, directory, tif);
    read_density(h, tif, photoshop);
    read_profile(h, b, directory);
    read_words(h, a, b, directory);
    return true;
}
