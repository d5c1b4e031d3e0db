#include "ink/picture/picture.h"

#include "ink/picture/picture_show.h"

#include <stdlib.h>

struct Pictures {
    PdfFile *file;
    CopyStore *store;
    Rasteriser *raster;
    Arena *scratch;
};

Pictures *pictures_new(Arena *document, PdfFile *f, size_t budget) {
    Pictures *p = ARENA_NEW(document, Pictures);
    *p = (Pictures){f, store_new(budget), raster_new(), arena_new()};
    return p;
}

void pictures_free(Pictures *p) {
    if (!p)
        return;
    store_free(p->store);
    raster_free(p->raster);
    arena_free(p->scratch);
    *p = (Pictures){0};
}

const ColourSpace *picture_space(const PaintImage *im) {
    if (im->stencil || !im->space)
        return NULL;
    return im->space->space == SPACE_INDEXED ? im->space->base : im->space;
}

typedef struct PictureDrawing {
    Pictures *pictures;
    const PaintImage *image;
    const Place *place;
    PictureSink *sink;
    void *self;
    bool drawn, damaged;
} PictureDrawing;

static void show(PictureDrawing *d, const PictureCopy *c) {
    Emit e;
    emit_start(&e, d->pictures->scratch, d->place, &c->finish, d->sink, d->self);
    show_copy(&e, d->pictures->scratch, c, d->pictures->raster);
    d->damaged = c->damaged;
    d->drawn = e.told > 0 || !c->damaged;
}

/* Rows as they come; those of the mask come in the same order. */
static void stream(PictureDrawing *d, Reducing *r) {
    Emit e;
    BoxRow image, mask = {0};
    emit_start(&e, d->pictures->scratch, d->place, &r->finish, d->sink, d->self);
    while (reduction_next(&r->image, &image) &&
           (!r->finish.masked || reduction_next(&r->mask, &mask)))
        emit_straight(&e, image.at, image.pixels, mask.pixels);
    d->damaged = reducing_damaged(r);
    d->drawn = e.told > 0 || !d->damaged;
}

static double bytes_of(const Reducing *r) {
    const Reduction *mask = r->finish.masked ? &r->mask : NULL;
    return (double)r->image.columns.count * r->image.rows.count * r->image.unpack.channels +
           (mask ? (double)mask->columns.count * mask->rows.count : 0);
}

static bool draw(PictureDrawing *d, Reducing *r, Text *why) {
    CopyStore *store = d->pictures->store;
    PdfRef ref = d->image->is_inline ? (PdfRef){0} : d->image->ref;
    bool keep = store_wants(store, ref, d->place, bytes_of(r));
    if (!keep && d->place->kind == PLACE_STRAIGHT) {
        stream(d, r);
        return true;
    }
    PictureCopy *c = copy_new(r);
    if (!c) {
        *why = (Text){"图片太大，内存不够", "an image is too large for the memory there is"};
        return false;
    }
    show(d, c);
    if (keep)
        store_keep(store, ref, d->place, c);
    else
        copy_free(c);
    return true;
}

static bool draw_in(PictureDrawing *d, Text *why) {
    const PaintImage *im = d->image;
    const PictureCopy *kept =
        im->is_inline ? NULL : store_find(d->pictures->store, im->ref, d->place);
    if (kept) {
        show(d, kept);
        return true;
    }
    Reducing r;
    PdfBytes stored;
    bool drawn =
        reducing_open(&r, d->pictures->scratch, d->pictures->file, im, &stored, d->place, why) &&
        draw(d, &r, why);
    reducing_close(&r);
    return drawn;
}

bool picture_draw(Pictures *p, const PaintImage *im, const Matrix *unit_to_device, Area area,
                  PictureSink *sink, void *self, bool *part, Text *why) {
    Place place;
    *part = false;
    if (!place_find(&place, unit_to_device, area, im->stencil))
        return true;
    PictureDrawing d = {.pictures = p, .image = im, .place = &place, .sink = sink, .self = self};
    ArenaMark mark = arena_mark(p->scratch);
    bool drawn = draw_in(&d, why);
    arena_rewind(p->scratch, mark);
    if (drawn && d.damaged) {
        *why = (Text){"图片数据有损坏或不完整", "the data of an image are damaged or cut off"};
        *part = d.drawn;
    }
    return drawn && (d.drawn || !d.damaged);
}
