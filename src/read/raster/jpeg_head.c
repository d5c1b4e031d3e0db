#include "read/raster/jpeg_file.h"

#include "read/bytes.h"
#include "read/raster/exif.h"
#include "read/raster/photoshop.h"
#include "read/raster/xmp.h"

enum { JFIF_BYTES = 7, UNIT_INCH = 1, UNIT_CM = 2, BITS = 8 };

#define CM_PER_INCH 2.54

/* JFIF 1.02: version, unit, density across and down. Without a unit it is the aspect of a pixel. */
static void read_jfif(JpegPart s, double *x, double *y) {
    int unit = s.n < JFIF_BYTES ? 0 : s.p[2];
    double scale = unit == UNIT_INCH ? 1 : unit == UNIT_CM ? CM_PER_INCH : 0;
    *x = scale > 0 ? be16(s.p + 3) * scale : 0;
    *y = scale > 0 ? be16(s.p + 5) * scale : 0;
}

/* Four places may state it and contradict each other. Exif goes before Photoshop's resources, these
 * before JFIF, as exiftool ranks them: JFIF has only whole numbers, and programs that know Exif
 * often leave it at 72. XMP is asked last, since it repeats what one of them said when it was
 * written. */
static void read_density(const JpegFile *f, const Exif *exif, const Xmp *xmp,
                         const Photoshop *resources, RasterHead *out) {
    double jfif_x, jfif_y;
    read_jfif(f->jfif, &jfif_x, &jfif_y);
    const double ranked[][2] = {{exif->ppi_x, exif->ppi_y},
                                {resources->ppi_x, resources->ppi_y},
                                {jfif_x, jfif_y},
                                {xmp->ppi_x, xmp->ppi_y}};
    for (size_t i = 0; i < sizeof ranked / sizeof *ranked; i++)
        if (ranked[i][0] > 0 && ranked[i][1] > 0) {
            out->ppi_x = ranked[i][0];
            out->ppi_y = ranked[i][1];
            return;
        }
}

static void read_words(const JpegFile *f, RasterHead *out) {
    Arena *a = f->source.arena;
    Exif exif = {.software = ""};
    Xmp xmp;
    Photoshop *resources = ARENA_NEW(a, Photoshop);
    if (f->exif.p)
        (void)exif_read(&exif, a, f->exif.p, f->exif.n);
    xmp_read(&xmp, a, f->xmp.p, f->xmp.n);
    if (f->photoshop.p)
        photoshop_read(resources, a, f->photoshop.p, f->photoshop.n);
    read_density(f, &exif, &xmp, resources, out);
    out->orientation = exif.orientation ? exif.orientation : xmp.orientation ? xmp.orientation : 1;
    out->srgb = exif.srgb && !f->icc_parts;
    out->paths = resources->paths;
    out->clipping_path = resources->clipping_path;
    out->software = *exif.software ? exif.software : xmp.software;
    out->xmp_title = xmp.title;
}

static Space space_of(int components) {
    return components == 1 ? SPACE_GRAY : components == 3 ? SPACE_RGB : SPACE_CMYK;
}

void jpegfile_read_head(const JpegFile *f, RasterHead *out) {
    *out = (RasterHead){.width = f->width,
                        .height = f->height,
                        .bits = BITS,
                        .space = space_of(f->components),
                        .colours = f->components,
                        .channels = f->components,
                        .compression = FILTER_DCT,
                        .progressive = f->progressive,
                        .jpeg_quality = jpegfile_quality(f),
                        .frames = 1};
    jpegfile_read_icc(f, out);
    read_words(f, out);
}
