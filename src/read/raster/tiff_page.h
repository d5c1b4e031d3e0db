/* One page of a TIFF: what its tags say (RasterHead) and how its samples become rows. Private to
 * the TIFF codec. */
#ifndef CHUPIN_READ_RASTER_TIFF_PAGE_H
#define CHUPIN_READ_RASTER_TIFF_PAGE_H

#include "read/raster/photoshop.h"
#include "read/raster/tiff_file.h"

/* How a stored sample becomes a delivered one, after it was made 8 bits. */
typedef enum TiffTone {
    TONE_PLAIN,
    TONE_INVERTED, /* MinIsWhite; Photoshop's spot channels: black is ink */
    TONE_SIGNED,   /* a* and b* of CIELab, and samples that are signed */
    TONE_ITU_A,    /* RFC 2301 section 6.2.1: -85 … 85 */
    TONE_ITU_B,    /* -75 … 125 */
} TiffTone;

typedef struct TiffPlane { /* one delivered channel */
    int from;              /* stored sample; -1: nothing is stored for it, always 0 */
    TiffTone tone;
} TiffPlane;

typedef struct TiffLayout {
    uint32_t width, height;
    uint16_t bits, samples, format, photometric, compression;
    bool planar;           /* every sample in a picture of its own */
    bool decoded;          /* its compression is one we decode */
    bool subsampled;       /* YCbCr that is no JPEG: luma in blocks with their chroma */
    uint16_t across, down; /* size of such a block */
    int channels;
    TiffPlane planes[MOST_RASTER_CHANNELS];
    const uint8_t *palette; /* RGB, 1 << bits entries; NULL: no palette */
} TiffLayout;

typedef struct TiffPage {
    TiffLayout layout;
    RasterHead head;
} TiffPage;

/* Reads the tags of a directory that libtiff has open. False: this is nothing we read, and why. */
bool tiff_page_read(TiffPage *out, Arena *a, const TiffBytes *b, uint64_t directory, TIFF *tif,
                    Text *why);

/* Which stored sample is which colour or extra channel: fills planes, extras, space and colours. */
bool tiff_channels(TiffPage *page, Arena *a, const TiffBytes *b, uint64_t directory, TIFF *tif,
                   const Photoshop *photoshop, Text *why);

/* Rows of a page whose tags were read. */
RasterRead tiff_rows(const TiffPage *page, const RasterSource *source, const TiffBytes *b,
                     uint64_t directory, RasterRow *row, void *self);

#endif
