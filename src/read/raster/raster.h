/* Raster artwork: TIFF, PNG and JPEG.
 *
 * A codec (codecs.def; one folder file each) reads what the tags say of each page into a RasterHead
 * and hands out rows of pixels when somebody asks. raster.c makes facts of the heads: file,
 * document, page, image, raster, channel, ink, profile. Headers first: nothing is decoded before a
 * question needs it, and then row by row, so that memory does not grow with the picture.
 *
 * Rows are always 8 bits a sample, interleaved, `channels` samples a pixel, colours first, whatever
 * the file stores: 1, 2 and 4 bits are spread, 16 and 32 bits rounded to the nearest of 255, palettes
 * looked up, subsampled chroma and YCbCr turned to RGB, YCCK and Adobe's inverted CMYK to CMYK.
 *   gray   0 black … 255 white (MinIsWhite is turned round)
 *   CMYK   0 no ink … 255 full ink
 *   Lab    L* 0 … 100 over 0 … 255, a* and b* as value + 128
 *   alpha  255 opaque; colour that was premultiplied stays so (RasterChannel.premultiplied)
 *   spot   0 no ink … 255 full ink
 * Rows come from the top as stored; `orientation` says how they are viewed. */
#ifndef CHUPIN_READ_RASTER_RASTER_H
#define CHUPIN_READ_RASTER_RASTER_H

#include "read/read.h"

enum { MOST_RASTER_CHANNELS = 64 };

typedef struct RasterChannel { /* beyond the colours */
    ChannelKind kind;
    Str name;           /* UTF-8; empty: the file names none */
    bool premultiplied; /* alpha: colours were multiplied with it */
    bool has_look;
    uint8_t look[3]; /* sRGB of full ink, as the file shows it */
} RasterChannel;

typedef struct RasterHead { /* everything lives in the document's arena or in the mapped file */
    uint32_t width, height; /* pixels as stored */
    int bits;               /* a sample, as stored */
    bool floating;          /* samples are floating point numbers */
    Space space;            /* SPACE_GRAY, SPACE_RGB, SPACE_CMYK or SPACE_LAB, whatever the palette */
    bool indexed;
    int colours;  /* 1, 3 or 4 */
    int channels; /* colours and extras */
    size_t extra_count;
    const RasterChannel *extras;
    int orientation;     /* 1 … 8 as in TIFF and Exif */
    double ppi_x, ppi_y; /* as stored, not turned; 0: no density, or one without a unit */
    const uint8_t *icc;  /* whole profile; NULL: none */
    size_t icc_count;
    Text icc_fault;      /* a profile is there but can not be put together; NULLs otherwise */
    bool srgb;           /* tagged as sRGB without a profile: PNG sRGB, Exif ColorSpace 1 */
    double gamma;        /* PNG gAMA; 0: none */
    Filter compression;
    bool progressive;    /* progressive JPEG, interlaced PNG */
    bool layers;         /* Photoshop layers ride along */
    int paths;           /* Photoshop paths */
    bool clipping_path;
    int jpeg_quality;    /* 1 … 100 on libjpeg's scale, from the tables; 0: no JPEG */
    int frames;          /* of an animation; 1: a still picture */
    const char *software; /* "" when it does not say */
    const char *xmp_title; /* "" */
} RasterHead;

/* One row; false: no more are wanted. */
typedef bool RasterRow(void *self, uint32_t y, const uint8_t *samples);

typedef struct RasterSource {
    const uint8_t *bytes; /* the whole file, mapped */
    size_t count;
    bool mapped;  /* `bytes` is a mapping of a file: pages of it may be given back */
    Arena *arena; /* the document's */
    size_t budget; /* bytes a codec may allocate while it hands out rows; more: told as a reason */
} RasterSource;

/* What became of the rows. `rows` were handed out whole; fewer than asked for without `why`: the
 * receiver stopped. */
typedef struct RasterRead {
    uint32_t rows;
    Text why;       /* what is damaged or too large; NULLs: nothing */
    bool too_large; /* `why` is a limit of ours: of damage nothing is known */
} RasterRead;

typedef struct RasterCodec {
    /* Opens by the headers of all pages. NULL: not readable, and why. */
    void *(*open)(const RasterSource *source, Text *why);
    /* Pictures that are pages: reduced copies, masks and thumbnails are not. */
    int (*pages)(const void *file);
    /* False: this page's head can not be read, and why. */
    bool (*head)(void *file, int page, RasterHead *out, Text *why);
    /* `why` of what is wrong with the file as a whole though it opens (trailing bytes, a cyclic
     * list of pages, a chunk with a wrong sum); NULLs: nothing. */
    Text (*damage)(const void *file);
    RasterRead (*rows)(void *file, int page, RasterRow *row, void *self);
    void (*close)(void *file);
} RasterCodec;

#define RASTER_CODEC(id) extern const RasterCodec id##_codec;
#include "read/raster/codecs.def"
#undef RASTER_CODEC

/* The pixels of one page for whoever measures them: ReadListener.pixels. May be read more than
 * once; each time the file is decoded anew. */
struct RasterPixels {
    const RasterHead *head;
    const Raster *raster; /* its facts */
    Arena *arena;         /* the document's */
    void *file;
    const RasterCodec *codec;
    int page;
};
RasterRead raster_rows(const RasterPixels *p, RasterRow *row, void *self);

/* Pixels as stored to pixels as viewed. */
typedef struct RasterTurn {
    uint32_t width, height; /* as viewed */
    bool swap, flip_x, flip_y; /* stored x, y: swapped first, then counted from the other end */
} RasterTurn;
RasterTurn raster_turn(const RasterHead *head);

#endif
