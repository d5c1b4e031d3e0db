/* What the dictionary of an image, or of the image that is its mask, says about its pixels. */
#ifndef CHUPIN_INK_PICTURE_PICTURE_DATA_H
#define CHUPIN_INK_PICTURE_PICTURE_DATA_H

#include "read/pdf/paint.h"

typedef enum PictureCodec {
    CODEC_BYTES /* packed codes, once the filters are undone; JBIG2 and CCITT too */,
    CODEC_DCT,
    CODEC_JPX
} PictureCodec;
typedef enum PictureUse {
    USE_COLOUR,
    USE_SHAPE /* stencil or explicit mask: 255 where it paints */,
    USE_OPACITY
} PictureUse;
typedef enum AlphaInside { ALPHA_IGNORED, ALPHA_IS_MASK, ALPHA_PREMULTIPLIED } AlphaInside;

typedef struct PictureData {
    PdfFile *file;
    const PdfObj *dict;
    const PdfBytes *stored; /* of an inline image; NULL: dict is a stream */
    PictureCodec codec;
    PictureUse use;
    int width, height; /* as the dictionary says; a codec's header wins */
    int bits;
    int components;           /* codes of a pixel */
    const ColourSpace *space; /* USE_COLOUR */
    bool decoded;             /* Decode is there and differs from the default */
    double decode[2 * MAX_COLORANTS];
    double usual[2 * MAX_COLORANTS]; /* the default Decode */
    bool keyed;                      /* Mask is a colour key */
    int key[2 * MAX_COLORANTS];
    AlphaInside alpha; /* JPX: SMaskInData */
} PictureData;

/* `stored` is filled for an inline image and must outlive `out`. False: `why` says why not. */
bool picture_data_of_image(PictureData *out, PdfBytes *stored, PdfFile *f, const PaintImage *im,
                           Text *why);
/* The image that is the soft or explicit mask of `im`. */
bool picture_data_of_mask(PictureData *out, PdfFile *f, const PaintImage *im, Text *why);
/* Matte of a soft mask, as samples over the default Decode of the image. False: none. */
bool picture_matte(uint8_t *out, const PictureData *mask, const PictureData *image);

#endif
