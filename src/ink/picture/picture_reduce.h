/* An image, and the one that is its mask, brought to the grid of a place. */
#ifndef CHUPIN_INK_PICTURE_PICTURE_REDUCE_H
#define CHUPIN_INK_PICTURE_PICTURE_REDUCE_H

#include "ink/picture/picture_place.h"
#include "ink/picture/picture_unpack.h"

/* One image on its way. */
typedef struct Reduction {
    PictureSource source;
    Unpack unpack;
    BoxAxis columns, rows;
    BoxFilter *filter;
    struct Reduction *mate; /* whose rows weigh these, pixel by pixel */
    bool cut;               /* the samples ended too soon */
} Reduction;

/* What is needed besides the samples to make pixels of the device of them. */
typedef struct Finish {
    int samples,
        channels;   /* of a pixel of the image; a weight follows the samples if there is one */
    PictureUse use; /* of the image: colour, or a stencil */
    PictureUse weight_use; /* what the weight is */
    bool masked;           /* there is another image for a mask */
    PictureUse mask_use;
    bool matted;
    uint8_t matte[MAX_COLORANTS];
    uint8_t after[MAX_COLORANTS][256]; /* Decode */
    bool decoded;
} Finish;

typedef struct Reducing {
    Reduction image, mask; /* the mask's is used when finish.masked, or as a mate */
    Finish finish;
} Reducing;

/* False: nothing can be drawn, `why` says why. What is opened must be closed either way. */
bool reducing_open(Reducing *r, Arena *scratch, PdfFile *f, const PaintImage *im, PdfBytes *stored,
                   const Place *place, Text *why);
void reducing_close(Reducing *r);
/* The next row of the grid; false: no more. */
bool reduction_next(Reduction *r, BoxRow *out);
/* Was anything of the image or its mask missing or wrong? */
bool reducing_damaged(const Reducing *r);

#endif
