/* Rows of sRGB as a picture file: made smaller to fit, as PNG or, where that takes fewer bytes and
 * is allowed, as JPEG. */
#ifndef CHUPIN_RUN_PICTURE_CODE_H
#define CHUPIN_RUN_PICTURE_CODE_H

#include "base/sink.h"

typedef struct RgbPicture {
    int width, height;
    uint8_t *rgb; /* 3 bytes a pixel, no padding */
} RgbPicture;

typedef struct RgbFile {
    const uint8_t *bytes; /* NULL: no memory */
    size_t count;
    bool jpeg;
} RgbFile;

/* Means of pixels, until no side is longer than `most`. */
RgbPicture rgb_fit(Arena *a, RgbPicture p, int most);
RgbFile rgb_encode(Arena *a, RgbPicture p, bool compact);

#endif
