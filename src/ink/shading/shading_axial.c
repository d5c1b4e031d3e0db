/* Type 2: colour along a line (ISO 32000-1, 8.7.4.5.3). */
#include <math.h>

#include "ink/shading/shading_parts.h"

/* The place on the axis, 0 … 1 between its ends, is a·x + c·y + e of the device. */
typedef struct Axis {
    double a, c, e;
    double low, high; /* where it paints */
    bool cut;         /* not everywhere */
    Ramp *ramp;
} Axis;

static inline void repeat(uint8_t *out, const uint8_t *sample, int count, int components) {
    for (int i = 0; i < count; i++, out += components)
        sample_put(out, sample, components);
}

/* Pixels between the ends. Cells are counted in whole numbers, which is much faster; where a cell
 * will not do the place is calculated. */
static inline void between(const Axis *axis, double place, int from, int to, int components,
                           uint8_t *out) {
    enum { POINT = 32 };
    const double unit = (double)RAMP_CELLS * ((int64_t)1 << POINT);
    if (from >= to)
        return;
    int64_t at = (int64_t)((place + from * axis->a) * unit);
    int64_t step = to - from > 1 ? (int64_t)(axis->a * unit) : 0;
    Ramp *r = axis->ramp;
    for (int i = from; i < to; i++, at += step) {
        int64_t cell = at >> POINT;
        cell = cell < 0 ? 0 : cell < RAMP_CELLS ? cell : RAMP_CELLS - 1;
        const uint8_t *sample = r->state[cell] == RAMP_EVEN ? r->colours + cell * components
                                                            : ramp_at(r, place + i * axis->a);
        sample_put(out + (size_t)i * (size_t)components, sample, components);
    }
}

/* The first pixel at which the place has come to `there`. */
static int arrival(const Axis *axis, double place, double there, int n) {
    double i = ceil((there - place) / axis->a);
    return i > 0 ? i < n ? (int)i : n : 0;
}

static inline void axial_colours(const Axis *axis, double place, int n, int components,
                                 uint8_t *out) {
    if (axis->a == 0) {
        repeat(out, ramp_at(axis->ramp, place), n, components);
        return;
    }
    bool up = axis->a > 0;
    int from = arrival(axis, place, up ? 0 : 1, n), to = arrival(axis, place, up ? 1 : 0, n);
    repeat(out, axis->ramp->ends[!up], from, components);
    between(axis, place, from, to, components, out);
    repeat(out + (size_t)to * (size_t)components, axis->ramp->ends[up], n - to, components);
}

static void axial_row(const Shade *s, const Axis *axis, int y) {
    int n = s->area.x1 - s->area.x0;
    double place = axis->a * (s->area.x0 + 0.5) + axis->c * (y + 0.5) + axis->e;
    if (s->components == 1) /* the loops are made anew for each constant */
        axial_colours(axis, place, n, 1, s->samples);
    else if (s->components == 4)
        axial_colours(axis, place, n, 4, s->samples);
    else
        axial_colours(axis, place, n, s->components, s->samples);
    if (!axis->cut)
        return;
    memset(s->shape, 255, (size_t)n);
    shading_cut(s->shape, n, (Cut){place, axis->a, hypot(axis->a, axis->c), axis->low, axis->high});
}

static bool read_axis(const Shade *s, Axis *axis) {
    const double *ends = shading_numbers(s, "Coords", 4);
    const double *domain = shading_numbers(s, "Domain", 2);
    if (!ends)
        return false;
    double dx = ends[2] - ends[0], dy = ends[3] - ends[1], length = dx * dx + dy * dy;
    const Matrix *m = &s->from_device;
    axis->low = shading_truth_at(s, "Extend", 0) ? -INFINITY : 0;
    axis->high = shading_truth_at(s, "Extend", 1) ? INFINITY : 1;
    axis->cut = isfinite(axis->low) || isfinite(axis->high);
    axis->a = (m->a * dx + m->b * dy) / length;
    axis->c = (m->c * dx + m->d * dy) / length;
    axis->e = ((m->e - ends[0]) * dx + (m->f - ends[1]) * dy) / length;
    axis->ramp = domain ? ramp_new(s, domain[0], domain[1]) : ramp_new(s, 0, 1);
    return true;
}

bool shading_axial(Shade *s) {
    Axis axis;
    if (!read_axis(s, &axis))
        return false;
    if (!isfinite(axis.a) || !isfinite(axis.c) || !isfinite(axis.e)) {
        /* Ends that coincide paint nothing (ISO 32000-1, 8.7.4.5.3). */
        shading_rows_empty(s, s->area.y0, s->area.y1);
        return true;
    }
    memset(s->shape, 255, (size_t)(s->area.x1 - s->area.x0));
    for (int y = s->area.y0; y < s->area.y1; y++) {
        if (y == s->area.y0 || axis.c != 0) /* else all rows are the same */
            axial_row(s, &axis, y);
        if (shading_spent(s))
            return false;
        shading_row(s, y, s->area.x0, s->area.x1, s->shape, s->samples);
    }
    return true;
}
