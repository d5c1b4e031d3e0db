#include "ink/picture/picture_reduce.h"

#include <string.h>

static const uint8_t *pull(void *self) {
    Reduction *r = self;
    const uint8_t *row = source_next(&r->source), *mate = NULL;
    if (r->mate && row) {
        mate = source_next(&r->mate->source);
        row = mate ? row : NULL;
        mate = mate ? unpack_row(&r->mate->unpack, mate, NULL) : NULL;
    }
    r->cut = !row;
    return row ? unpack_row(&r->unpack, row, mate) : NULL;
}

static void skip(void *self, int rows) {
    Reduction *r = self;
    source_skip(&r->source, rows);
    if (r->mate)
        source_skip(&r->mate->source, rows);
}

bool reduction_next(Reduction *r, BoxRow *out) {
    return r->filter && box_filter_next(r->filter, pull, skip, r, out);
}

static void start(Reduction *r, Arena *scratch, const Place *place) {
    place_axes(place, r->source.width, r->source.height, &r->columns, &r->rows);
    r->filter = box_filter_new(scratch, &r->columns, &r->rows, r->unpack.channels);
}

/* Alpha inside and a colour key need the pixels as they are; so does a mask pixel by pixel. */
static Weight weight_of(const PictureData *d) {
    if (d->use == USE_COLOUR && d->alpha == ALPHA_IS_MASK)
        return WEIGHT_INSIDE;
    if (d->use == USE_COLOUR && d->alpha == ALPHA_PREMULTIPLIED)
        return WEIGHT_PREMULTIPLIED;
    return d->keyed ? WEIGHT_KEY : WEIGHT_NONE;
}

static void finish_of(Finish *f, const Reducing *r, const PictureData *d) {
    const Unpack *u = &r->image.unpack;
    f->samples = u->samples;
    f->channels = u->channels;
    f->use = d->use;
    f->decoded = u->after != NULL;
    if (u->after)
        memcpy(f->after, u->after, (size_t)u->codes * sizeof *u->after);
}

/* The mask weighs the image pixel by pixel where both have the same pixels, unless the image says
 * what colour it was blended with: then that is taken out of the means. */
static bool open_mask(Reducing *r, Arena *scratch, const PictureData *d, const PaintImage *im,
                      const Place *place, Text *why) {
    PictureData mask;
    Finish *f = &r->finish;
    PictureSource *s = &r->mask.source;
    if (!picture_data_of_mask(&mask, d->file, im, why) ||
        !source_open(s, scratch, &mask, place->across, place->down, why)) {
        *why = (Text){"图片的蒙版读不懂", "the mask of an image could not be read"};
        return false;
    }
    unpack_start(&r->mask.unpack, scratch, &mask, s, WEIGHT_NONE);
    f->matted = mask.use == USE_OPACITY && picture_matte(f->matte, &mask, d);
    bool same = s->width == r->image.source.width && s->height == r->image.source.height;
    if (same && !f->matted) {
        r->image.mate = &r->mask;
        f->weight_use = mask.use;
    } else {
        f->masked = true;
        f->mask_use = mask.use;
        start(&r->mask, scratch, place);
    }
    return true;
}

bool reducing_open(Reducing *r, Arena *scratch, PdfFile *f, const PaintImage *im, PdfBytes *stored,
                   const Place *place, Text *why) {
    PictureData d;
    *r = (Reducing){.finish = {.weight_use = USE_SHAPE}};
    if (!picture_data_of_image(&d, stored, f, im, why) ||
        !source_open(&r->image.source, scratch, &d, place->across, place->down, why))
        return false;
    Weight weight = weight_of(&d);
    if (weight == WEIGHT_INSIDE || weight == WEIGHT_PREMULTIPLIED)
        r->finish.weight_use = USE_OPACITY;
    bool mask = im->mask == MASK_EXPLICIT || (im->mask == MASK_SOFT && d.alpha == ALPHA_IGNORED);
    if (mask && !open_mask(r, scratch, &d, im, place, why))
        return false;
    unpack_start(&r->image.unpack, scratch, &d, &r->image.source,
                 r->image.mate ? WEIGHT_MATE : weight);
    start(&r->image, scratch, place);
    finish_of(&r->finish, r, &d);
    return true;
}

void reducing_close(Reducing *r) {
    source_close(&r->image.source);
    source_close(&r->mask.source);
}

bool reducing_damaged(const Reducing *r) {
    bool mask = r->finish.masked || r->image.mate;
    return r->image.cut || source_damaged(&r->image.source) ||
           (mask && (r->mask.cut || source_damaged(&r->mask.source)));
}
