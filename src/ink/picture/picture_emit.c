#include "ink/picture/picture_emit.h"
#include "ink/shape/mask.h"

#include <string.h>

void emit_start(Emit *e, Arena *scratch, const Place *place, const Finish *finish,
                PictureSink *sink, void *self) {
    Area w = place->wanted;
    size_t width = (size_t)(w.x1 - w.x0);
    *e = (Emit){.place = place, .finish = finish, .sink = sink, .self = self};
    e->shape = arena_alloc(scratch, width);
    e->opacity = arena_alloc(scratch, width);
    e->samples = arena_alloc(scratch, width * (size_t)finish->samples);
    e->columns = arena_alloc(scratch, width);
    e->weights = arena_alloc(scratch, width);
    for (int x = w.x0; place->kind != PLACE_ASKEW && x < w.x1; x++)
        e->columns[x - w.x0] = (uint8_t)place_coverage(&place->x, x);
}

static void multiply(uint8_t *restrict out, const uint8_t *restrict by, size_t n) {
    for (size_t i = 0; i < n; i++)
        out[i] = times(out[i], by[i]);
}

/* A weight or a mask joins what it is: shape or opacity. */
static void join(Emit *e, PictureUse use, const uint8_t *values, bool *opaque, size_t n) {
    if (use == USE_SHAPE) {
        multiply(e->shape, values, n);
    } else if (*opaque) {
        memcpy(e->opacity, values, n);
        *opaque = false;
    } else {
        multiply(e->opacity, values, n);
    }
}

/* Takes the weight out of premultiplied samples; it goes to `weights`. */
static void divide(Emit *e, const uint8_t *image, uint8_t *weights, size_t n) {
    size_t samples = (size_t)e->finish->samples, channels = (size_t)e->finish->channels;
    uint8_t *out = e->samples;
    for (size_t i = 0; i < n; i++, image += channels, out += samples) {
        unsigned w = image[samples];
        weights[i] = (uint8_t)w;
        for (size_t c = 0; c < samples; c++) {
            unsigned v = w ? (image[c] * 255u + w / 2) / w : 0;
            out[c] = (uint8_t)(v < 255 ? v : 255);
        }
    }
}

/* c = m + (c' - m) / alpha (ISO 32000-1, 11.6.5.3). The means of c' and alpha may be taken before:
 * alpha × c is linear in both. */
static void unmatte(Emit *e, const uint8_t *alpha, size_t n) {
    size_t samples = (size_t)e->finish->samples;
    const uint8_t *matte = e->finish->matte;
    uint8_t *out = e->samples;
    for (size_t i = 0; i < n; i++, out += samples) {
        int a = alpha[i];
        for (size_t c = 0; a && a < 255 && c < samples; c++) {
            int v = matte[c] + ((out[c] - matte[c]) * 255) / a;
            out[c] = (uint8_t)(v < 0 ? 0 : v < 255 ? v : 255);
        }
    }
}

static void decode(Emit *e, size_t n) {
    size_t samples = (size_t)e->finish->samples;
    uint8_t *out = e->samples;
    for (size_t i = 0; i < n; i++)
        for (size_t c = 0; c < samples; c++, out++)
            *out = e->finish->after[c][*out];
}

void emit_run(Emit *e, int y, int x0, int x1, const uint8_t *image, const uint8_t *mask) {
    const Finish *f = e->finish;
    size_t n = (size_t)(x1 - x0);
    bool opaque = true, colour = f->use == USE_COLOUR;
    const uint8_t *samples = image;
    if (!colour) {
        multiply(e->shape, image, n);
    } else if (f->channels > f->samples) {
        divide(e, image, e->weights, n);
        join(e, f->weight_use, e->weights, &opaque, n);
        samples = e->samples;
    } else if (f->decoded || f->matted) {
        memcpy(e->samples, image, n * (size_t)f->samples);
        samples = e->samples;
    }
    if (colour && f->decoded)
        decode(e, n);
    if (f->masked)
        join(e, f->mask_use, mask, &opaque, n);
    if (f->masked && f->matted)
        unmatte(e, mask, n);
    PictureRow row = {.y = y + e->place->origin_y,
                      .x0 = x0 + e->place->origin_x,
                      .x1 = x1 + e->place->origin_x,
                      .shape = e->shape,
                      .opacity = opaque ? NULL : e->opacity,
                      .samples = colour ? samples : NULL};
    e->told++;
    e->sink(e->self, &row);
}

void emit_straight(Emit *e, int y, const uint8_t *image, const uint8_t *mask) {
    Area w = e->place->wanted;
    size_t n = (size_t)(w.x1 - w.x0);
    int covered = place_coverage(&e->place->y, y);
    memcpy(e->shape, e->columns, n);
    if (covered < 255)
        for (size_t i = 0; i < n; i++)
            e->shape[i] = times(e->shape[i], (uint8_t)covered);
    emit_run(e, y, w.x0, w.x1, image, mask);
}
