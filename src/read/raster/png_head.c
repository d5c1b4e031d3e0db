#include "read/raster/png_file.h"

#include "read/bytes.h"
#include "read/raster/exif.h"
#include "read/raster/xmp.h"

#include <string.h>

enum { MOST_PROFILE = 16 << 20, MOST_NAME = 1024, METRE = 1 };
enum { TYPE_COLOUR = 2, TYPE_PALETTE = 3, TYPE_ALPHA = 4 };

#define METRES_PER_INCH 0.0254

static const uint8_t *chunk_of(const PngFile *f, PngChunkId id, size_t n) {
    return f->chunks[id].n == n ? f->chunks[id].p : NULL;
}

bool pngfile_has_alpha(const PngFile *f) {
    return f->colour_type & TYPE_ALPHA || f->chunks[CHUNK_tRNS].p;
}

int pngfile_colours(const PngFile *f) {
    return f->colour_type & TYPE_COLOUR ? 3 : 1;
}

/* Name, method of compression, zlib stream. */
static void read_profile(const PngFile *f, RasterHead *out) {
    PngChunk c = f->chunks[CHUNK_iCCP];
    if (!c.p)
        return;
    const uint8_t *name_end = memchr(c.p, 0, c.n);
    size_t before = name_end ? (size_t)(name_end - c.p) + 2 : c.n;
    if (before < c.n)
        out->icc = pngfile_unpack(f->source.arena, c.p + before, c.n - before, MOST_PROFILE,
                                  &out->icc_count);
    if (!out->icc)
        out->icc_fault = (Text){"嵌入的特性文件解不开", "the embedded profile can not be unpacked"};
}

/* cICP goes before iCCP, iCCP before sRGB, sRGB before gAMA (third edition, 4.3). In cICP, sRGB is
 * primaries 1, transfer 13, no matrix, full range (ITU-T H.273). */
static void read_colour(const PngFile *f, RasterHead *out) {
    static const uint8_t srgb[] = {1, 13, 0, 1};
    const uint8_t *gamma = chunk_of(f, CHUNK_gAMA, 4), *points = chunk_of(f, CHUNK_cICP, 4);
    read_profile(f, out);
    bool has_profile = out->icc || out->icc_fault.zh;
    out->srgb =
        !has_profile && (chunk_of(f, CHUNK_sRGB, 1) || (points && !memcmp(points, srgb, 4)));
    out->gamma = gamma ? be32(gamma) / 100000.0 : 0;
}

static const char *named(const PngFile *f, PngTextId id) {
    Arena *a = f->source.arena;
    Str text = pngfile_text(a, f->texts[id]);
    return text_printable(a, text.p, text.n < MOST_NAME ? text.n : MOST_NAME);
}

static void read_words(const PngFile *f, RasterHead *out) {
    Arena *a = f->source.arena;
    PngChunk block = f->chunks[CHUNK_eXIf];
    Str packet = pngfile_text(a, f->texts[PNG_XMP]);
    const char *title = named(f, PNG_TITLE), *software = named(f, PNG_SOFTWARE);
    Exif exif = {.software = ""};
    Xmp xmp;
    if (block.p)
        (void)exif_read(&exif, a, block.p, block.n);
    xmp_read(&xmp, a, (const uint8_t *)packet.p, packet.n);
    out->xmp_title = *xmp.title ? xmp.title : title;
    out->software = *software ? software : *xmp.software ? xmp.software : exif.software;
    out->orientation = exif.orientation ? exif.orientation : xmp.orientation ? xmp.orientation : 1;
    if (!f->chunks[CHUNK_pHYs].p) {
        bool has_exif = exif.ppi_x > 0 && exif.ppi_y > 0;
        out->ppi_x = has_exif ? exif.ppi_x : xmp.ppi_x;
        out->ppi_y = has_exif ? exif.ppi_y : xmp.ppi_y;
    }
}

/* Pixels a metre; without a unit only their ratio is meant. */
static void read_density(const PngFile *f, RasterHead *out) {
    const uint8_t *p = chunk_of(f, CHUNK_pHYs, 9);
    if (p && p[8] == METRE) {
        out->ppi_x = be32(p) * METRES_PER_INCH;
        out->ppi_y = be32(p + 4) * METRES_PER_INCH;
    }
}

void pngfile_read_head(const PngFile *f, RasterHead *out) {
    static const RasterChannel alpha[] = {{.kind = CHANNEL_ALPHA, .name = {"", 0}}};
    const uint8_t *animation = chunk_of(f, CHUNK_acTL, 8);
    bool has_alpha = pngfile_has_alpha(f);
    *out = (RasterHead){.width = f->width,
                        .height = f->height,
                        .bits = f->bits,
                        .space = pngfile_colours(f) == 3 ? SPACE_RGB : SPACE_GRAY,
                        .indexed = f->colour_type == TYPE_PALETTE,
                        .colours = pngfile_colours(f),
                        .channels = pngfile_colours(f) + has_alpha,
                        .extra_count = has_alpha,
                        .extras = has_alpha ? alpha : NULL,
                        .compression = FILTER_FLATE,
                        .progressive = f->interlaced,
                        .frames = 1};
    if (animation && be32(animation) > 1)
        out->frames = be32(animation) < INT32_MAX ? (int)be32(animation) : INT32_MAX;
    read_colour(f, out);
    read_density(f, out);
    read_words(f, out);
}
