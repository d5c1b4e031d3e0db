#include "ink/picture/picture_source.h"

#include "read/pdf/image_header.h"

#include <stdint.h>
#include <string.h>

enum { LONGEST_ROW = 1 << 26 };

static bool fail(Text *why, const char *zh, const char *en) {
    *why = (Text){zh, en};
    return false;
}

static PdfBytes body_of(const PictureData *d, size_t limit) {
    return d->stored ? pdf_inline_image_body(d->file, d->dict, d->stored, limit)
                     : pdf_stream_image_body(d->file, d->dict, limit);
}

static int colour_transform(const PictureData *d) {
    const PdfObj *parms = pdf_lookup(d->file, d->dict, "DecodeParms");
    if (pdf_type(parms) == PDF_ARRAY)
        parms = pdf_at(d->file, parms, pdf_length(parms) - 1);
    return pdf_int(pdf_lookup(d->file, parms, "ColorTransform"), -1);
}

static bool open_jpeg(PictureSource *s, Arena *scratch, const PictureData *d, double across,
                      double down, Text *why) {
    /* A mean of indices, or of codes that a key is compared with, means nothing. */
    bool whole = d->keyed || (d->space && d->space->space == SPACE_INDEXED);
    JpegPlan plan = {whole ? 0 : across, whole ? 0 : down, colour_transform(d)};
    s->body = body_of(d, SIZE_MAX);
    s->jpeg = jpeg_rows_open(scratch, s->body.p, s->body.n, &plan, why);
    if (!s->jpeg)
        return false;
    s->width = jpeg_rows_width(s->jpeg);
    s->height = jpeg_rows_height(s->jpeg);
    s->channels = jpeg_rows_components(s->jpeg);
    s->bits = 8;
    if (s->channels != d->components)
        return fail(why, "图片的颜色通道数和色彩空间不符",
                    "an image has other channels than its colour space");
    return true;
}

static bool read_rows(PictureSource *s, Arena *scratch, Text *why) {
    uint64_t bits = (uint64_t)s->width * (uint64_t)s->channels * (uint64_t)s->bits;
    if (bits / 8 >= LONGEST_ROW)
        return fail(why, "图片像素太多，超出上限", "an image has more pixels than the limit");
    s->stride = (size_t)(bits + 7) / 8;
    s->row = arena_alloc(scratch, s->stride);
    return true;
}

/* Luma and chroma (enumerated space 18) come undone from no codec at hand. */
static bool is_ycc(const uint8_t *p, size_t n) {
    static const uint8_t box[] = {'c', 'o', 'l', 'r', 1};
    enum { HEAD = 4096, NUMBER_AT = 7, YCC = 18 };
    const uint8_t *found = n ? memmem(p, n < HEAD ? n : HEAD, box, sizeof box) : NULL;
    return found && (size_t)(found - p) + NUMBER_AT + 4 <= n && found[NUMBER_AT + 3] == YCC;
}

static bool open_jpx(PictureSource *s, Arena *scratch, const PictureData *d, Text *why) {
    ImageHeader h = {0};
    PdfBytes body = body_of(d, SIZE_MAX);
    bool known = image_header(&h, FILTER_JPX, body.p, body.n), ycc = is_ycc(body.p, body.n);
    pdf_bytes_free(&body);
    if (!known || ycc || h.mixed_bits)
        return fail(why, "JPEG 2000 图片解不开", "a JPEG 2000 image can not be decoded");
    s->width = h.width;
    s->height = h.height;
    s->bits = 8;
    bool indexed = d->space && d->space->space == SPACE_INDEXED;
    s->depth = h.bits < 8 && !indexed ? h.bits : 8;
    s->pixels = pdf_pixels_open(d->file, d->dict, d->stored, SIZE_MAX);
    size_t pixels = (size_t)h.width * (size_t)h.height, total = pdf_pixels_total(s->pixels);
    if (!total || total % pixels || total / pixels > UINT8_MAX)
        return fail(why, "JPEG 2000 图片解不开", "a JPEG 2000 image can not be decoded");
    s->channels = (int)(total / pixels);
    if (s->channels < d->components || (s->channels == d->components && d->alpha != ALPHA_IGNORED))
        return fail(why, "图片的颜色通道数和色彩空间不符",
                    "an image has other channels than its colour space");
    return read_rows(s, scratch, why);
}

static bool open_bytes(PictureSource *s, Arena *scratch, const PictureData *d, Text *why) {
    s->width = d->width;
    s->height = d->height;
    s->channels = d->components;
    s->bits = d->bits;
    if (!read_rows(s, scratch, why))
        return false;
    s->pixels = pdf_pixels_open(d->file, d->dict, d->stored, s->stride * (size_t)s->height);
    return s->pixels || fail(why, "图片数据解不开", "the data of an image can not be decoded");
}

bool source_open(PictureSource *s, Arena *scratch, const PictureData *d, double across, double down,
                 Text *why) {
    *s = (PictureSource){.depth = 8};
    switch (d->codec) {
    case CODEC_BYTES:
        return open_bytes(s, scratch, d, why);
    case CODEC_DCT:
        return open_jpeg(s, scratch, d, across, down, why);
    case CODEC_JPX:
        return open_jpx(s, scratch, d, why);
    }
    return false;
}

void source_close(PictureSource *s) {
    pdf_pixels_close(s->pixels);
    jpeg_rows_close(s->jpeg);
    pdf_bytes_free(&s->body);
    s->pixels = NULL;
    s->jpeg = NULL;
}

const uint8_t *source_next(PictureSource *s) {
    const uint8_t *row = NULL;
    if (s->told == s->height || s->cut)
        return NULL;
    if (s->jpeg)
        row = jpeg_rows_next(s->jpeg);
    else if (pdf_pixels_read(s->pixels, s->row, s->stride) == s->stride)
        row = s->row;
    s->cut = !row;
    s->told += row != NULL;
    return row;
}

void source_skip(PictureSource *s, int rows) {
    if (s->jpeg && !s->cut && rows > 0 && rows <= s->height - s->told) {
        jpeg_rows_skip(s->jpeg, rows);
        s->told += rows;
        return;
    }
    while (rows-- > 0 && source_next(s)) {
    }
}

bool source_damaged(const PictureSource *s) {
    return s->cut || (s->jpeg ? jpeg_rows_damaged(s->jpeg) : pdf_pixels_damaged(s->pixels));
}
