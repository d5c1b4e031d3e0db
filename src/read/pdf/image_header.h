/* What the header of a JPEG or JPEG 2000 image says by itself. No pixel is decoded. `p` is the
 * beginning of the body with all other filters undone; it may be cut off anywhere. */
#ifndef CHUPIN_READ_PDF_IMAGE_HEADER_H
#define CHUPIN_READ_PDF_IMAGE_HEADER_H

#include "facts/facts.h"

typedef struct ImageHeader {
    int width, height;
    int components; /* colour channels after a palette, alpha not counted */
    int bits;       /* of the deepest colour channel */
    bool mixed_bits;
    bool alpha;
    Space space; /* as the header has it, else guessed from the channels; SPACE_UNKNOWN: neither */
    int transform;  /* Adobe marker of a JPEG: 0, 1 (YCbCr) or 2 (YCCK); -1 without one */
    double density; /* ppi across; 0 when none is stated */
    bool need_more; /* not found, but a longer beginning may tell */
} ImageHeader;

/* True when size, channels and depth were found. For filters other than FILTER_DCT and FILTER_JPX
 * always false. */
bool image_header(ImageHeader *out, Filter filter, const uint8_t *p, size_t n);

/* The two halves of it. */
bool jpeg_header(ImageHeader *out, const uint8_t *p, size_t n);
bool jpx_header(ImageHeader *out, const uint8_t *p, size_t n);

#endif
