/* Codes to samples: bits taken apart, Decode, palettes, and what makes a pixel transparent.
 *
 * A row of samples is interleaved, 8 bits over the default Decode range. When the image is cut out
 * pixel by pixel (colour key, alpha inside, a mask of the same size) the samples are multiplied by
 * that weight and it follows them as one more channel: means of neighbours are then right too. */
#ifndef CHUPIN_INK_PICTURE_PICTURE_UNPACK_H
#define CHUPIN_INK_PICTURE_PICTURE_UNPACK_H

#include "ink/picture/picture_source.h"

typedef enum Weight {
    WEIGHT_NONE,
    WEIGHT_KEY,
    WEIGHT_INSIDE,        /* the channel behind the colours */
    WEIGHT_PREMULTIPLIED, /* likewise, and the colours are multiplied by it already */
    WEIGHT_MATE           /* a row of another image */
} Weight;

typedef struct Unpack {
    int width, codes, stored; /* codes of a pixel: wanted, and as they come */
    int bits;
    int samples;  /* of a pixel */
    int channels; /* samples, and the weight when there is one */
    Weight weight;
    bool as_it_is; /* rows need nothing done */
    const int *key;
    const uint8_t *palette; /* samples of each code; NULL: not Indexed */
    bool mapped;
    uint8_t (*map)[256]; /* code, or its upper 8 bits, to sample (Indexed: to index); one a code */
    uint8_t (*wide)[8];  /* codes of less than a byte: the samples of each byte, mapped */
    uint8_t *apart;      /* codes a byte each */
    uint8_t *out;
    const uint8_t (*after)[256]; /* Decode, left for the device's pixels; NULL: nothing left */
} Unpack;

void unpack_start(Unpack *u, Arena *scratch, const PictureData *d, const PictureSource *s,
                  Weight weight);
/* `mate`: a weight for each pixel, WEIGHT_MATE only. The result is valid until the next call. */
const uint8_t *unpack_row(Unpack *u, const uint8_t *row, const uint8_t *mate);

#endif
