/* Type 2: colour along a line (ISO 32000-1, 8.7.4.5.3). */
#include <math.h>

#include "ink/shading_parts.h"

/* The place on the axis, 0 … 1 between its ends, is a·x + c·y + e of the device. */
typedef struct Axis {
    double a, c, e;
    double low, high; /* where it paints */
    bool cut;         /* not everywhere */
    Ramp *ramp;
} Axis;

static void axial_colours(const Axis *axis, double place, size_t n, int components, uint8_t *out) {
    for (size_t i = 0; i < n; i++, out += components)
        sample_put(out, ramp_at(axis->ramp, place + (double)i * axis->a), components);
}

static void axial_row(const Shade *s, const Axis *axis, int y) {
    size_t n = (size_t)(s->area.x1 - s->area.x0);
    double place = axis->a * (s->area.x0 + 0.5) + axis->c * (y + 0.5) + axis->e;
    switch (s->components) { /* the loop is made anew for each constant */
    case 1:
        axial_colours(axis, place, n, 1, s->samples);
        break;
    case 4:
        axial_colours(axis, place, n, 4, s->samples);
        break;
    default:
        axial_colours(axis, place, n, s->components, s->samples);
    }
    double reach = hypot(axis->a, axis->c);
    for (size_t i = 0; axis->cut && i < n; i++)
        s->shape[i] =
            (uint8_t)(255 * overlap(place + (double)i * axis->a, reach, axis->low, axis->high) +
                      0.5);
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
