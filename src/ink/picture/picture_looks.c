#include "ink/picture/picture_looks.h"

#include "ink/look/image_walk.h"
#include "ink/look/look.h"
#include "ink/picture/picture.h"
#include "ink/picture/picture_unpack.h"

#include <math.h>
#include <string.h>

enum { LARGEST_PROFILE = 16 << 20 };

typedef struct Seen { /* an image of the file that was looked at */
    PdfRef ref;
    Picture told; /* only what pixels tell */
} Seen;

struct PictureLooks {
    Arena *document;
    Seen *seen;
    size_t seen_count, seen_capacity;
    /* A raster page at hand. */
    Look *look;
    Picture *row;
    uint32_t height;
};

PictureLooks *picture_looks_new(Arena *document) {
    PictureLooks *p = ARENA_NEW(document, PictureLooks);
    p->document = document;
    return p;
}

void picture_looks_free(PictureLooks *p) {
    if (!p)
        return;
    look_free(p->look);
    p->look = NULL;
}

static void copy_told(Picture *to, const Picture *from) {
    to->detail = from->detail;
    to->dark = from->dark;
    to->light = from->light;
    to->range = from->range;
    to->cast = from->cast;
    to->blocks = from->blocks;
    to->why = from->why;
    to->why_en = from->why_en;
}

static void tell_why(Picture *row, Text why) {
    row->why = why.zh ? why.zh : "";
    row->why_en = why.en ? why.en : "";
}

/* One image on its way to the look. */
typedef struct Decoding {
    PdfFile *file;
    const PressProfile *press;
    const ColourSpace *space;
    PictureSource source;
    Unpack unpack;
    PdfBytes profile;
    uint8_t *row; /* samples once Decode is applied and Lab is spread over its whole range */
} Decoding;

static LookPlan look_plan(Decoding *d) {
    LookPlan plan = {.form = {.width = (uint32_t)d->source.width,
                              .height = (uint32_t)d->source.height,
                              .kind = pixel_kind(d->space->space),
                              .colours = d->unpack.samples,
                              .channels = d->unpack.channels}};
    if (d->space->profile.num) {
        d->profile =
            pdf_stream_decoded(d->file, pdf_object(d->file, d->space->profile), LARGEST_PROFILE);
        plan.icc = d->profile.p;
        plan.icc_count = d->profile.n;
    } else if (plan.form.kind == PIXELS_CMYK && d->press) {
        plan.icc = d->press->bytes;
        plan.icc_count = d->press->count;
    }
    return plan;
}

/* a* and b* come over the range of their space; a look takes them as value + 128. */
static uint8_t lab_sample(const ColourSpace *s, int component, uint8_t sample) {
    if (component == 0)
        return sample;
    const double *range = s->range + 2 * (component - 1);
    double value = range[0] + (range[1] - range[0]) * sample / 255;
    return (uint8_t)lround(fmin(fmax(value + 128, 0), 255));
}

static const uint8_t *finished(const Decoding *d, const uint8_t *samples) {
    const Unpack *u = &d->unpack;
    bool lab = d->space->space == SPACE_LAB;
    if (!u->after && !lab)
        return samples;
    size_t n = (size_t)u->width * (size_t)u->channels;
    for (size_t i = 0; i < n; i++) {
        int c = (int)(i % (size_t)u->channels);
        uint8_t v = u->after ? u->after[c][samples[i]] : samples[i];
        d->row[i] = lab ? lab_sample(d->space, c, v) : v;
    }
    return d->row;
}

static void look_at(Decoding *d, Picture *out) {
    LookPlan plan = look_plan(d);
    Look *look = look_new(&plan);
    const uint8_t *row;
    for (uint32_t y = 0; (row = source_next(&d->source)); y++)
        look_row(look, y, finished(d, unpack_row(&d->unpack, row, NULL)));
    if (source_damaged(&d->source))
        tell_why(out, (Text){"图片数据有损坏或不完整",
                             "the data of the picture are damaged or cut off"});
    else
        look_finish(look, out);
    look_free(look);
    pdf_bytes_free(&d->profile);
}

static void decode(PdfFile *f, const PaintImage *im, const PressProfile *press, Picture *out) {
    Arena *scratch = arena_new();
    Decoding d = {.file = f, .press = press, .space = picture_space(im)};
    PictureData data;
    PdfBytes stored;
    Text why = {0};
    tell_why(out, why);
    if (picture_data_of_image(&data, &stored, f, im, &why) &&
        source_open(&d.source, scratch, &data, 0, 0, &why)) {
        unpack_start(&d.unpack, scratch, &data, &d.source, WEIGHT_NONE);
        d.row = arena_alloc(scratch, (size_t)d.source.width * (size_t)d.unpack.channels);
        look_at(&d, out);
    } else {
        tell_why(out, why);
    }
    source_close(&d.source);
    arena_free(scratch);
}

typedef struct Search { /* for the images of the picture rows of a page */
    PictureLooks *looks;
    Facts *facts;
    PdfFile *file;
    const PressProfile *press;
} Search;

static bool is_at(const Image *i, const PaintImage *im, Box box) {
    const double hair = 0.02;
    Box b = box_of(i->box);
    return i->width == im->width && i->height == im->height && fabs(b.x0 - box.x0) <= hair &&
           fabs(b.y0 - box.y0) <= hair && fabs(b.x1 - box.x1) <= hair &&
           fabs(b.y1 - box.y1) <= hair;
}

/* The first row for it that was not looked at yet. */
static Picture *row_of(const Search *s, const PaintImage *im, Box box) {
    for (size_t k = 0; k < facts_count(s->facts, FACT_picture); k++) {
        Picture *row = facts_at(s->facts, FACT_picture, k);
        if (!row->why && row->image && is_at(row->image, im, box))
            return row;
    }
    return NULL;
}

static const Picture *told_before(const PictureLooks *p, PdfRef ref) {
    for (size_t i = 0; ref.num && i < p->seen_count; i++)
        if (p->seen[i].ref.num == ref.num && p->seen[i].ref.gen == ref.gen)
            return &p->seen[i].told;
    return NULL;
}

static void on_image(void *self, const GraphicsState *gs, const PaintImage *im) {
    Search *s = self;
    Picture *row = row_of(s, im, box_transformed((Box){0, 0, 1, 1}, &gs->ctm));
    if (!row || im->stencil || im->for_soft_mask)
        return;
    PdfRef ref = im->is_inline ? (PdfRef){0} : im->ref;
    const Picture *told = told_before(s->looks, ref);
    if (told) {
        copy_told(row, told);
        return;
    }
    decode(s->file, im, s->press, row);
    if (!ref.num)
        return;
    PictureLooks *p = s->looks;
    Seen *seen = ARENA_PUSH(p->document, p->seen, p->seen_count, p->seen_capacity);
    seen->ref = ref;
    copy_told(&seen->told, row);
}

void picture_looks_page(PictureLooks *p, Facts *facts, const PageContent *content,
                        const PressProfile *press) {
    size_t count = facts_count(facts, FACT_picture);
    if (!count)
        return;
    Search s = {.looks = p, .facts = facts, .file = content->file, .press = press};
    image_walk(content, on_image, &s);
    for (size_t k = 0; k < count; k++) {
        Picture *row = facts_at(facts, FACT_picture, k);
        if (!row->why)
            tell_why(row, (Text){"图片由几块拼成，没有合起来看",
                                 "the picture is made of tiles, which were not put together"});
    }
}

static bool take_row(void *self, uint32_t y, const uint8_t *samples) {
    return look_row(((PictureLooks *)self)->look, y, samples);
}

static void take_end(void *self, const RasterRead *read) {
    PictureLooks *p = self;
    tell_why(p->row, read->why);
    if (read->rows >= p->height)
        look_finish(p->look, p->row);
    look_free(p->look);
    p->look = NULL;
}

PixelRows picture_looks_rows(PictureLooks *p, Facts *facts, const RasterPixels *pixels) {
    const RasterHead *h = pixels->head;
    LookPlan plan = {.form = {.width = h->width,
                              .height = h->height,
                              .kind = pixel_kind(h->space),
                              .colours = h->colours,
                              .channels = h->channels},
                     .icc = h->icc,
                     .icc_count = h->icc_count};
    PressProfile press;
    Text why;
    if (h->space == SPACE_CMYK &&
        press_profile_carried(&press, p->document, h->icc, h->icc_count, NULL, &why)) {
        plan.icc = press.bytes;
        plan.icc_count = press.count;
    }
    p->row = facts_at(facts, FACT_picture, 0);
    p->height = h->height;
    look_free(p->look);
    p->look = look_new(&plan);
    return (PixelRows){p, take_row, take_end};
}
