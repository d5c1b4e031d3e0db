#include "ink/picture/picture_show.h"

#include <math.h>
#include <string.h>

/* Rows of the device that are turned at once, so that the copy is read in pieces of some length. */
enum { BAND = 16 };

/* Rows of the copy for which there is all that is needed. */
static void valid_rows(const PictureCopy *c, int *low, int *high) {
    *low = c->image.low;
    *high = c->image.high;
    if (c->finish.masked) {
        *low = c->mask.low > *low ? c->mask.low : *low;
        *high = c->mask.high < *high ? c->mask.high : *high;
    }
}

static void show_straight(Emit *e, const PictureCopy *c) {
    int low, high;
    valid_rows(c, &low, &high);
    for (int i = low; i < high; i++)
        emit_straight(e, c->image.rows.first + i, copy_row(&c->image, i),
                      c->finish.masked ? copy_row(&c->mask, i) : NULL);
}

/* Columns `from` … of rows low … of the copy become rows of `width` pixels. */
static void turn(uint8_t *out, const CopyLayer *l, int from, int count, int low, int high,
                 size_t width) {
    size_t channels = (size_t)l->channels;
    for (int x = low; x < high; x++) {
        const uint8_t *p = copy_row(l, x) + (size_t)from * channels;
        uint8_t *to = out + (size_t)(x - low) * channels;
        for (int i = 0; i < count; i++, p += channels, to += width * channels)
            memcpy(to, p, channels);
    }
}

static void show_turned(Emit *e, Arena *scratch, const PictureCopy *c) {
    int low, high;
    valid_rows(c, &low, &high);
    if (low >= high)
        return;
    Area w = e->place->wanted;
    size_t width = (size_t)(high - low), channels = (size_t)c->image.channels;
    uint8_t *image = arena_alloc(scratch, width * channels * BAND);
    uint8_t *mask = arena_alloc(scratch, width * BAND);
    for (int y = w.y0; y < w.y1; y += BAND) {
        int count = w.y1 - y < BAND ? w.y1 - y : BAND;
        turn(image, &c->image, y - w.y0, count, low, high, width);
        if (c->finish.masked)
            turn(mask, &c->mask, y - w.y0, count, low, high, width);
        for (int i = 0; i < count; i++) {
            int covered = place_coverage(&e->place->y, y + i);
            for (size_t x = 0; x < width; x++)
                e->shape[x] = (uint8_t)((e->columns[x + (size_t)low] * covered + 127) / 255);
            emit_run(e, y + i, w.x0 + low, w.x0 + high, image + (size_t)i * width * channels,
                     c->finish.masked ? mask + (size_t)i * width : NULL);
        }
    }
}

/* Where the pixels of one device row lie on an axis of the copy: at + x × step. */
typedef struct Line {
    double at, step;
    int first, count; /* of the copy, on this axis */
    bool mixed;       /* the copy is reduced: neighbours are mixed; else the nearest is taken */
} Line;

typedef struct Askew {
    Emit *e;
    const PictureCopy *copy;
    double area; /* of the unit square */
    uint8_t *image, *mask;
} Askew;

static Line walk_of(const BoxAxis *axis, double at, double step) {
    double size = axis->step * axis->samples;
    return (Line){at * size, step * size, axis->first, axis->count, axis->step < 1};
}

typedef struct Mix {
    int first, second, share; /* of the second, 0 … 256; counted from the copy's first */
} Mix;

static int kept_to(double v, int count) {
    return v < 0 ? 0 : v > count - 1 ? count - 1 : (int)v;
}

static Mix mix_at(const Line *w, double x) {
    double at = w->at + w->step * x - w->first;
    if (!w->mixed) {
        int nearest = kept_to(floor(at), w->count);
        return (Mix){nearest, nearest, 0};
    }
    double below = floor(at - 0.5);
    return (Mix){kept_to(below, w->count), kept_to(below + 1, w->count),
                 (int)((at - 0.5 - below) * 256)};
}

static int mixed(int a, int b, int share) {
    return a * (256 - share) + b * share;
}

/* Samples of the copy at the pixels of a row; those that did not come have no coverage. */
static void sample(uint8_t *out, uint8_t *shape, const CopyLayer *l, const Line *across,
                   const Line *down, int x0, int x1) {
    int channels = l->channels;
    for (int x = x0; x < x1; x++, out += channels) {
        Mix i = mix_at(across, x + 0.5), j = mix_at(down, x + 0.5);
        if ((j.share < 128 ? j.first : j.second) < l->low ||
            (j.share < 128 ? j.first : j.second) >= l->high)
            shape[x - x0] = 0;
        const uint8_t *upper = copy_row(l, j.first), *lower = copy_row(l, j.second);
        size_t left = (size_t)i.first * (size_t)channels,
               right = (size_t)i.second * (size_t)channels;
        for (int c = 0; c < channels; c++, left++, right++)
            out[c] = (uint8_t)((mixed(mixed(upper[left], upper[right], i.share),
                                      mixed(lower[left], lower[right], i.share), j.share) +
                                (1 << 15)) >>
                               16);
    }
}

static void sample_layer(const Askew *a, uint8_t *out, const CopyLayer *l, int y, int x0, int x1) {
    const Matrix *m = &a->e->place->unit;
    double dy = y + 0.5 - m->f;
    Line across = walk_of(&l->columns, (-m->d * m->e - m->c * dy) / a->area, m->d / a->area);
    Line down = walk_of(&l->rows, 1 - (m->a * dy + m->b * m->e) / a->area, m->b / a->area);
    sample(out, a->e->shape, l, &across, &down, x0, x1);
}

static void askew_row(void *self, int y, int x0, int x1, uint8_t *coverage) {
    Askew *a = self;
    memcpy(a->e->shape, coverage, (size_t)(x1 - x0));
    sample_layer(a, a->image, &a->copy->image, y, x0, x1);
    if (a->copy->finish.masked)
        sample_layer(a, a->mask, &a->copy->mask, y, x0, x1);
    emit_run(a->e, y, x0, x1, a->image, a->copy->finish.masked ? a->mask : NULL);
}

static void show_askew(Emit *e, Arena *scratch, const PictureCopy *c, Rasteriser *raster) {
    const Matrix *m = &e->place->unit;
    Area w = e->place->wanted;
    size_t width = (size_t)(w.x1 - w.x0);
    Askew a = {.e = e, .copy = c, .area = m->a * m->d - m->b * m->c};
    a.image = arena_alloc(scratch, width * (size_t)c->image.channels);
    a.mask = arena_alloc(scratch, width);
    raster_begin(raster, w);
    raster_move(raster, m->e, m->f);
    raster_line(raster, m->e + m->a, m->f + m->b);
    raster_line(raster, m->e + m->a + m->c, m->f + m->b + m->d);
    raster_line(raster, m->e + m->c, m->f + m->d);
    raster_close(raster);
    raster_sweep(raster, false, askew_row, &a);
}

void show_copy(Emit *e, Arena *scratch, const PictureCopy *c, Rasteriser *raster) {
    switch (e->place->kind) {
    case PLACE_STRAIGHT:
        show_straight(e, c);
        return;
    case PLACE_TURNED:
        show_turned(e, scratch, c);
        return;
    case PLACE_ASKEW:
        show_askew(e, scratch, c, raster);
        return;
    }
}
