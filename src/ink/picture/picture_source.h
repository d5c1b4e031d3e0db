/* The rows of an image as its codec gives them: packed codes, from the top. */
#ifndef CHUPIN_INK_PICTURE_PICTURE_SOURCE_H
#define CHUPIN_INK_PICTURE_PICTURE_SOURCE_H

#include "ink/picture/picture_data.h"
#include "ink/picture/picture_jpeg.h"

typedef struct PictureSource {
    int width, height; /* of the rows that come: a JPEG may come reduced */
    int channels;      /* codes of a pixel, those that are not wanted too */
    int bits;          /* of a code as it comes */
    int depth; /* JPX: bits it was coded with; a code stands in the upper bits of its byte */
    bool cut;  /* the data ended before the image did */
    int told;  /* rows told so far */
    size_t stride;
    uint8_t *row;
    PdfPixels *pixels;
    JpegRows *jpeg;
    PdfBytes body;
} PictureSource;

/* `across` and `down` are its size on the device; 0: every pixel is wanted. What it needs is in
 * `scratch`. False: `why` says why. */
bool source_open(PictureSource *s, Arena *scratch, const PictureData *d, double across, double down,
                 Text *why);
void source_close(PictureSource *s);          /* also after a failed opening, and twice */
const uint8_t *source_next(PictureSource *s); /* NULL: no more */
void source_skip(PictureSource *s, int rows);
bool source_damaged(const PictureSource *s);

#endif
