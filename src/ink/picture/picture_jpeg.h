/* JPEG bodies through libjpeg, row after row, at a scale of 1, 1/2, 1/4 or 1/8 where that is as
 * fine as the device. */
#ifndef CHUPIN_INK_PICTURE_PICTURE_JPEG_H
#define CHUPIN_INK_PICTURE_PICTURE_JPEG_H

#include "base/text.h"

typedef struct JpegRows JpegRows;

typedef struct JpegPlan {
    double across, down; /* size on the device; 0: every pixel is wanted */
    int transform;       /* ColorTransform of DecodeParms; -1: not given */
} JpegPlan;

/* `body` must outlive it. NULL: it can not be read, `why` says why. */
JpegRows *jpeg_rows_open(Arena *a, const uint8_t *body, size_t n, const JpegPlan *plan, Text *why);
void jpeg_rows_close(JpegRows *j); /* NULL is allowed */
int jpeg_rows_width(const JpegRows *j);
int jpeg_rows_height(const JpegRows *j);
int jpeg_rows_components(const JpegRows *j);
/* The next row, 8 bits a component, interleaved, valid until the next call. NULL: no more. */
const uint8_t *jpeg_rows_next(JpegRows *j);
void jpeg_rows_skip(JpegRows *j, int rows);
bool jpeg_rows_damaged(const JpegRows *j); /* was anything wrong with what was read so far? */

#endif
