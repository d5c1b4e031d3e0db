/* Inside the PNG codec: a file by its chunks. png_chunks.c walks over them once and checks
 * their sums; png_head.c makes a head of them, png_text.c reads what is compressed in them,
 * png_rows.c lets libpng decode. Everything points into the mapped file or lives in its arena. */
#ifndef CHUPIN_READ_RASTER_PNG_FILE_H
#define CHUPIN_READ_RASTER_PNG_FILE_H

#include "read/raster/raster.h"

enum { PNG_SIGNATURE = 8, PNG_FRAME = 12 /* length, type and sum around a chunk's data */ };

typedef enum PngChunkId {
#define PNG_CHUNK(type, anywhere) CHUNK_##type,
#include "read/raster/png_chunks.def"
#undef PNG_CHUNK
    PNG_CHUNKS
} PngChunkId;

typedef enum PngTextId { PNG_TITLE, PNG_SOFTWARE, PNG_XMP, PNG_TEXTS } PngTextId;

typedef struct PngChunk {
    const uint8_t
        *p; /* its data; length and type stand before, the sum behind; NULL: there is none */
    size_t n;
} PngChunk;

typedef struct PngFile {
    RasterSource source;
    PngChunk chunks[PNG_CHUNKS];
    PngChunk texts[PNG_TEXTS]; /* tEXt, zTXt or iTXt */
    PngChunk pixels;           /* all whole IDAT chunks in a row, with their frames */
    PngChunk cut;              /* what is there of the data of one behind them */
    Text damage;
    uint32_t width, height;
    int bits, colour_type; /* as in IHDR */
    bool interlaced;
} PngFile;

/* False: the file can not be read as a PNG, and why. */
bool pngfile_walk(PngFile *f, Text *why);
bool pngfile_has_alpha(const PngFile *f); /* by colour type or tRNS */
int pngfile_colours(const PngFile *f);
void pngfile_read_head(const PngFile *f, RasterHead *out);
RasterRead pngfile_read_rows(const PngFile *f, RasterRow *row, void *self);

/* A zlib stream of at most `most` bytes when unpacked; a larger one costs no more memory than that.
 * NULL: broken, or larger. */
uint8_t *pngfile_unpack(Arena *a, const uint8_t *p, size_t n, size_t most, size_t *count);
/* The keyword of a text chunk that is asked for; PNG_TEXTS: any other. */
PngTextId pngfile_text_of(PngChunk chunk);
/* The text as UTF-8; empty when it can not be read. */
Str pngfile_text(Arena *a, PngChunk chunk);

#endif
