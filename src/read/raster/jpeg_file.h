/* Inside the JPEG codec: a file by its segments. jpeg_segments.c walks over them up to the first
 * scan; jpeg_head.c makes a head of them, with jpeg_icc.c and jpeg_quality.c; jpeg_rows.c lets
 * libjpeg decode. Everything points into the mapped file or lives in its arena. */
#ifndef CHUPIN_READ_RASTER_JPEG_FILE_H
#define CHUPIN_READ_RASTER_JPEG_FILE_H

#include "read/raster/raster.h"

enum { JPEG_TABLE = 64, JPEG_TABLES = 4, JPEG_COMPONENTS = 4, MOST_ICC_PARTS = 255 };

typedef struct JpegPart { /* what follows the identifier of a segment; NULL: there is none */
    const uint8_t *p;
    size_t n;
} JpegPart;

typedef struct JpegTable { /* coarseness of the 64 frequencies, in the zigzag order of the file */
    bool defined;
    uint16_t steps[JPEG_TABLE];
} JpegTable;

typedef struct JpegFile {
    RasterSource source;
    uint32_t width, height;
    int components;
    int table_of[JPEG_COMPONENTS]; /* quantisation table of each component */
    bool framed, progressive;
    JpegTable tables[JPEG_TABLES];
    JpegPart jfif, exif, xmp;
    JpegPart photoshop; /* image resources; those of several segments are joined */
    JpegPart icc[MOST_ICC_PARTS];
    size_t icc_parts; /* may be more than are kept */
    size_t scan;      /* where the first scan starts */
    Text damage;
} JpegFile;

/* False: the file can not be read as a JPEG, and why. */
bool jpegfile_walk(JpegFile *f, Text *why);
void jpegfile_read_head(const JpegFile *f, RasterHead *out);
/* The profile that the segments hold together, or what is wrong with them. */
void jpegfile_read_icc(const JpegFile *f, RasterHead *out);
/* 1 … 100 on libjpeg's scale; 0: there are no tables. */
int jpegfile_quality(const JpegFile *f);
RasterRead jpegfile_read_rows(const JpegFile *f, RasterRow *row, void *self);

#endif
