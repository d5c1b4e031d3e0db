#include "ink/picture/picture_data.h"

#include <math.h>
#include <string.h>

/* Sides beyond this are no artwork: 2^20 pixels are 10 m at 2540 ppi. The number of samples bounds
 * the time: the largest plotter film at 2400 ppi has a quarter of it. */
enum { LONGEST_SIDE = 1 << 20 };
static const double MOST_SAMPLES = 4294967296.0;

static PictureCodec codec_of(PdfFile *f, const PdfObj *dict) {
    enum { MOST_FILTERS = 16 };
    Str names[MOST_FILTERS];
    int count = pdf_stream_filters(f, dict, names, MOST_FILTERS);
    if (count < 1 || count > MOST_FILTERS)
        return CODEC_BYTES;
    if (str_is(names[count - 1], "DCTDecode"))
        return CODEC_DCT;
    return str_is(names[count - 1], "JPXDecode") ? CODEC_JPX : CODEC_BYTES;
}

/* ISO 32000-1, Table 90. Indexed: the codes themselves. */
static void usual_decode(PictureData *d) {
    for (int i = 0; i < d->components; i++) {
        d->usual[2 * i] = 0;
        d->usual[2 * i + 1] = 1;
    }
    const ColourSpace *s = d->space;
    if (s && s->space == SPACE_INDEXED) {
        d->usual[1] = (double)((1u << (d->bits < 16 ? d->bits : 16)) - 1);
    } else if (s && s->space == SPACE_LAB) {
        d->usual[1] = 100;
        memcpy(d->usual + 2, s->range, 4 * sizeof *s->range);
    } else if (s && d->components <= 4 && s->range[0] < s->range[1]) {
        memcpy(d->usual, s->range, 2 * (size_t)d->components * sizeof *s->range);
    }
}

/* JPX data carry their own range: Decode counts only where they are a mask (ISO 32000-1, 7.4.9). */
static void read_decode(PictureData *d) {
    const PdfObj *o = pdf_lookup(d->file, d->dict, "Decode");
    usual_decode(d);
    memcpy(d->decode, d->usual, sizeof d->decode);
    if (pdf_length(o) < 2 * d->components || pdf_type(o) != PDF_ARRAY ||
        (d->codec == CODEC_JPX && d->use == USE_COLOUR))
        return;
    for (int i = 0; i < 2 * d->components; i++) {
        d->decode[i] = pdf_number(pdf_at(d->file, o, i), d->usual[i]);
        d->decoded |= d->decode[i] != d->usual[i];
    }
}

static bool read_key(PictureData *d, const PdfObj *mask) {
    d->keyed = pdf_type(mask) == PDF_ARRAY && pdf_length(mask) >= 2 * d->components;
    for (int i = 0; d->keyed && i < 2 * d->components; i++)
        d->key[i] = pdf_int(pdf_at(d->file, mask, i), 0);
    return d->keyed;
}

static bool sensible(const PictureData *d, Text *why) {
    bool codec = d->codec != CODEC_BYTES;
    if (!codec && (d->width < 1 || d->height < 1)) {
        *why = (Text){"图片没有写像素尺寸", "an image does not tell its size"};
        return false;
    }
    if (d->width > LONGEST_SIDE || d->height > LONGEST_SIDE ||
        (double)d->width * d->height * d->components > MOST_SAMPLES) {
        *why = (Text){"图片像素太多，超出上限", "an image has more pixels than the limit"};
        return false;
    }
    if (!codec && d->bits != 1 && d->bits != 2 && d->bits != 4 && d->bits != 8 && d->bits != 16) {
        *why = (Text){"图片的位深不对", "the bit depth of an image is not allowed"};
        return false;
    }
    return true;
}

/* The colours must be known: without them samples mean nothing. */
static bool readable_space(const ColourSpace *s) {
    if (!s || s->components < 1 || s->components > MAX_COLORANTS || s->space == SPACE_PATTERN)
        return false;
    if (s->space != SPACE_INDEXED)
        return s->space != SPACE_OTHER && s->space != SPACE_UNKNOWN;
    return s->palette && s->base && s->base->components > 0 &&
           s->base->components <= MAX_COLORANTS && s->base->space != SPACE_INDEXED;
}

bool picture_data_of_image(PictureData *out, PdfBytes *stored, PdfFile *f, const PaintImage *im,
                           Text *why) {
    *out = (PictureData){.file = f,
                         .dict = im->dict,
                         .codec = codec_of(f, im->dict),
                         .use = im->stencil ? USE_SHAPE : USE_COLOUR,
                         .width = im->width,
                         .height = im->height,
                         .bits = im->bits,
                         .components = 1,
                         .space = im->stencil ? NULL : im->space};
    if (im->is_inline) {
        *stored = (PdfBytes){im->inline_data, im->inline_bytes, false, NULL};
        out->stored = stored;
    }
    if (!im->stencil) {
        if (!readable_space(im->space)) {
            *why = (Text){"图片的色彩空间读不懂", "the colour space of an image could not be read"};
            return false;
        }
        out->components = im->space->components;
    }
    if (!sensible(out, why))
        return false;
    read_decode(out);
    if (im->mask == MASK_COLOUR_KEY && !read_key(out, pdf_lookup(f, im->dict, "Mask"))) {
        *why = (Text){"图片的颜色键蒙版读不懂", "the colour key of an image could not be read"};
        return false;
    }
    if (im->mask == MASK_SOFT && out->codec == CODEC_JPX &&
        pdf_type(pdf_lookup(f, im->dict, "SMask")) != PDF_STREAM)
        out->alpha = pdf_int(pdf_lookup(f, im->dict, "SMaskInData"), 0) == 2 ? ALPHA_PREMULTIPLIED
                                                                             : ALPHA_IS_MASK;
    return true;
}

bool picture_data_of_mask(PictureData *out, PdfFile *f, const PaintImage *im, Text *why) {
    bool soft = im->mask == MASK_SOFT;
    const PdfObj *mask = pdf_lookup(f, im->dict, soft ? "SMask" : "Mask");
    *out = (PictureData){.file = f,
                         .dict = mask,
                         .codec = codec_of(f, mask),
                         .use = soft ? USE_OPACITY : USE_SHAPE,
                         .width = pdf_int(pdf_lookup(f, mask, "Width"), 0),
                         .height = pdf_int(pdf_lookup(f, mask, "Height"), 0),
                         .bits = pdf_int(pdf_lookup(f, mask, "BitsPerComponent"), 1),
                         .components = 1};
    if (!soft)
        out->bits = 1;
    if (!sensible(out, why)) {
        *why = (Text){"图片的蒙版读不懂", "the mask of an image could not be read"};
        return false;
    }
    read_decode(out);
    return true;
}

bool picture_matte(uint8_t *out, const PictureData *mask, const PictureData *image) {
    const PdfObj *matte = pdf_lookup(mask->file, mask->dict, "Matte");
    const ColourSpace *s = image->space;
    if (pdf_type(matte) != PDF_ARRAY || !s || s->space == SPACE_INDEXED ||
        pdf_length(matte) < s->components)
        return false;
    for (int i = 0; i < s->components; i++) {
        double low = image->usual[2 * i], high = image->usual[2 * i + 1];
        double share = (pdf_number(pdf_at(mask->file, matte, i), low) - low) / (high - low);
        out[i] = (uint8_t)lround(255 * fmin(fmax(share, 0), 1));
    }
    return true;
}
