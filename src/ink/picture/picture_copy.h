/* Copies of images at the size they have on the device: made where rows can not be told as they
 * come, and kept for images that come again. */
#ifndef CHUPIN_INK_PICTURE_PICTURE_COPY_H
#define CHUPIN_INK_PICTURE_PICTURE_COPY_H

#include "ink/picture/picture_reduce.h"

/* Pixels of the grid columns × rows; only rows low … high - 1 (counted from rows.first) came. */
typedef struct CopyLayer {
    BoxAxis columns, rows;
    int channels, low, high;
    uint8_t *pixels;
} CopyLayer;

typedef struct PictureCopy {
    Finish finish;
    CopyLayer image, mask; /* the mask's when finish.masked */
    bool damaged;
    size_t bytes;
} PictureCopy;

PictureCopy *copy_new(Reducing *r); /* NULL: no memory */
void copy_free(PictureCopy *c);     /* NULL is allowed */
static inline const uint8_t *copy_row(const CopyLayer *l, int row) {
    return l->pixels + (size_t)row * (size_t)l->columns.count * (size_t)l->channels;
}

/* Copies kept, up to a number of bytes; those not used for longest go first. */
typedef struct CopyStore CopyStore;
CopyStore *store_new(size_t budget);
void store_free(CopyStore *s);
const PictureCopy *store_find(CopyStore *s, PdfRef ref, const Place *place);
/* Is a copy of this size to be kept? Small ones at once; large ones when the image is asked for a
 * second time, so that a picture that comes once costs no memory. */
bool store_wants(CopyStore *s, PdfRef ref, const Place *place, double bytes);
void store_keep(CopyStore *s, PdfRef ref, const Place *place, PictureCopy *c); /* takes it over */

#endif
