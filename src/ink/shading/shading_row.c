/* Rows on their way out: cut to the box, laid on the background. */
#include <math.h>

#include "ink/shading/shading_parts.h"

enum { ROW_STEPS = 64 };

/* The share of [at - reach/2, at + reach/2] that lies in [low, high]. */
static double overlap(double at, const Cut *c) {
    double from = fmax(at - c->reach / 2, c->low), to = fmin(at + c->reach / 2, c->high);
    return to > from ? fmin((to - from) / c->reach, 1) : 0;
}

static int pixel(double at, int n) {
    return at > 0 ? at < n ? (int)at : n : 0;
}

static void cut_pixels(uint8_t *shape, int from, int to, const Cut *c) {
    for (int i = from; i < to; i++)
        shape[i] = (uint8_t)(shape[i] * overlap(c->at + i * c->step, c) + 0.5);
}

/* Most pixels lie inside for sure, or outside; only what is between is calculated. */
void shading_cut(uint8_t *shape, int n, Cut c) {
    double half = c.reach / 2;
    if (c.step == 0) {
        if (overlap(c.at, &c) < 1)
            cut_pixels(shape, 0, n, &c);
        return;
    }
    double low = (c.low - c.at) / c.step, high = (c.high - c.at) / c.step;
    double far = half / fabs(c.step) + 1, first = fmin(low, high), last = fmax(low, high);
    int from = pixel(floor(first - far), n), to = pixel(ceil(last + far), n);
    int inner_from = pixel(ceil(first + far), n), inner_to = pixel(floor(last - far), n);
    if (inner_from >= inner_to)
        inner_from = inner_to = to;
    memset(shape, 0, (size_t)from);
    cut_pixels(shape, from, inner_from, &c);
    cut_pixels(shape, inner_to, to, &c);
    memset(shape + to, 0, (size_t)(n - to));
}

/* BBox cuts like a clip (ISO 32000-1, Table 78), the background too, as Ghostscript, poppler and
 * MuPDF have it. */
static void cut_to_box(const Shade *s, int y, int x0, int x1, uint8_t *shape) {
    const Matrix *m = &s->from_device;
    Point p = matrix_apply(m, x0 + 0.5, y + 0.5);
    shading_cut(shape, x1 - x0, (Cut){p.x, m->a, hypot(m->a, m->c), s->box[0], s->box[2]});
    shading_cut(shape, x1 - x0, (Cut){p.y, m->b, hypot(m->b, m->d), s->box[1], s->box[3]});
}

/* What of the area the box can show. */
Area shading_area_of_box(const Shade *s) {
    double x0 = INFINITY, y0 = INFINITY, x1 = -INFINITY, y1 = -INFINITY;
    for (int i = 0; i < 4; i++) {
        Point p = matrix_apply(&s->to_device, s->box[i % 2 * 2], s->box[i / 2 * 2 + 1]);
        if (isnan(p.x) || isnan(p.y))
            return s->area;
        x0 = fmin(x0, p.x - 1);
        y0 = fmin(y0, p.y - 1);
        x1 = fmax(x1, p.x + 1);
        y1 = fmax(y1, p.y + 1);
    }
    Area a = s->area;
    return (Area){
        a.x0 + pixel(floor(x0) - a.x0, a.x1 - a.x0), a.y0 + pixel(floor(y0) - a.y0, a.y1 - a.y0),
        a.x0 + pixel(ceil(x1) - a.x0, a.x1 - a.x0), a.y0 + pixel(ceil(y1) - a.y0, a.y1 - a.y0)};
}

static void lay_on_background(const Shade *s, int n, uint8_t *shape, uint8_t *samples) {
    for (int x = 0; x < n; x++) {
        uint8_t *sample = samples + (size_t)x * (size_t)s->components;
        if (shape[x] == 0)
            sample_put(sample, s->background, s->components);
        else if (shape[x] < 255)
            for (int i = 0; i < s->components; i++)
                sample[i] =
                    (uint8_t)((sample[i] * shape[x] + s->background[i] * (255 - shape[x]) + 127) /
                              255);
        shape[x] = 255;
    }
}

void shading_row(const Shade *s, int y, int x0, int x1, const uint8_t *shape,
                 const uint8_t *samples) {
    size_t n = (size_t)(x1 - x0), components = (size_t)s->components;
    *s->steps_left -= ROW_STEPS;
    if (s->box || s->background) {
        shape = memcpy(s->mixed_shape, shape, n);
        samples = memcpy(s->mixed_samples, samples, n * components);
        if (s->background)
            lay_on_background(s, (int)n, s->mixed_shape, s->mixed_samples);
        if (s->box)
            cut_to_box(s, y, x0, x1, s->mixed_shape);
    }
    while (x0 < x1 && !*shape)
        x0++, shape++, samples += components;
    while (x0 < x1 && !shape[x1 - x0 - 1])
        x1--;
    if (x0 < x1)
        s->sink(s->self, &(ShadingRow){y, x0, x1, shape, samples});
}

void shading_rows_empty(const Shade *s, int y0, int y1) {
    if (!s->background)
        return;
    memset(s->shape, 0, (size_t)(s->area.x1 - s->area.x0));
    for (int y = y0; y < y1; y++)
        shading_row(s, y, s->area.x0, s->area.x1, s->shape, s->samples);
}
