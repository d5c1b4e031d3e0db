/* A TIFF as bytes: its chain of directories, values of a tag where they lie, and libtiff handles
 * over the same bytes. Private to the TIFF codec.
 *
 * The chain is walked here and not by libtiff: a list that bites its tail or leaves the file is
 * something to tell, and big values (profiles, layers) are pointed to instead of copied. */
#ifndef CHUPIN_READ_RASTER_TIFF_FILE_H
#define CHUPIN_READ_RASTER_TIFF_FILE_H

#include <tiffio.h>

#include "read/raster/raster.h"

enum { MOST_TIFF_DIRECTORIES = 10000, MOST_TIFF_ALLOCATION = 24 << 20 };

typedef struct TiffBytes {
    const uint8_t *p;
    size_t n;
    bool big_endian, big; /* big: BigTIFF */
} TiffBytes;

typedef enum TiffChainEnd { /* how the chain of directories ends */
                            CHAIN_WHOLE,
                            CHAIN_CYCLIC,
                            CHAIN_OUTSIDE, /* it leads out of the file */
                            CHAIN_TOO_LONG,
} TiffChainEnd;

typedef struct TiffChain {
    uint64_t *pages; /* offsets of the directories that are pages */
    size_t count, capacity;
    TiffChainEnd end;
} TiffChain;

/* The values of a tag; `n` bytes of them are in the file. */
typedef struct TiffValues {
    const uint8_t *p;
    size_t n;
    int type, size; /* TIFF 6.0 section 2; bytes a value */
    uint64_t count;
    bool whole;
} TiffValues;

bool tiff_bytes_open(TiffBytes *out, const uint8_t *p, size_t n);
TiffChain tiff_chain(const TiffBytes *b, Arena *a);
bool tiff_values(TiffValues *out, const TiffBytes *b, uint64_t directory, uint16_t tag);
uint64_t tiff_value(const TiffBytes *b, const TiffValues *v, uint64_t i); /* of integer types */

/* A libtiff handle on one directory. Its place must not move while it is open. */
typedef struct TiffHandle {
    TIFF *tif; /* NULL: not open */
    const TiffBytes *bytes;
    toff_t at;
    int errors, warnings; /* told by libtiff since somebody set them to 0 */
} TiffHandle;

bool tiff_handle_open(TiffHandle *h, const TiffBytes *b, uint64_t directory);
void tiff_handle_close(TiffHandle *h);

#endif
