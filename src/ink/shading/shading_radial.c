/* Type 3: circles whose centre and radius go in straight lines from the first to the last. A point
 * has the colour of the last circle through it (ISO 32000-1, 8.7.4.5.4): of those with a radius
 * that is not negative, within 0 … 1 or where it is extended. */
#include <math.h>

#include "ink/shading/shading_parts.h"

enum { FINE = 4 }; /* edge pixels are looked at FINE × FINE times */
static const double FARTHEST = 1e15, NEARLY = 1e-6;

typedef struct Circles {
    double x, y, r, dx, dy, dr; /* the first, and the way to the last */
    double square;              /* dx² + dy² - dr² */
    double inverse;             /* of it; 0: it is nearly 0 itself */
    bool before, after;         /* extended */
    Matrix from_device;
    Ramp *ramp;
} Circles;

static bool allowed(const Circles *c, double place) {
    return (place >= 0 || c->before) && (place <= 1 || c->after) && fabs(place) < FARTHEST &&
           c->r + place * c->dr >= 0;
}

/* |p - centre(s)| = radius(s) is square·s² - 2·half·s + rest = 0. Where the two circles all but
 * touch from inside the usual formula would lose all figures. */
static void solve(const Circles *c, double half, double rest, double root, double *first,
                  double *second) {
    double one, other;
    if (c->inverse != 0) {
        one = (half + root) * c->inverse;
        other = (half - root) * c->inverse;
    } else {
        double sum = half + copysign(root, half);
        one = sum != 0 ? sum / c->square : 0;
        other = sum != 0 ? rest / sum : 0;
    }
    *first = one > other ? one : other;
    *second = one > other ? other : one;
}

/* NaN: no circle goes through the point. */
static double circle_at(const Circles *c, double device_x, double device_y) {
    Point p = matrix_apply(&c->from_device, device_x, device_y);
    double x = p.x - c->x, y = p.y - c->y, first, second;
    double half = x * c->dx + y * c->dy + c->r * c->dr;
    double rest = x * x + y * y - c->r * c->r;
    double under = half * half - c->square * rest;
    if (!(under >= 0))
        return NAN;
    solve(c, half, rest, sqrt(under), &first, &second);
    return allowed(c, first) ? first : allowed(c, second) ? second : NAN;
}

static void find_row(const Shade *s, const Circles *c, int y, double *places) {
    for (int x = s->area.x0; x < s->area.x1; x++)
        *places++ = circle_at(c, x + 0.5, y + 0.5);
}

/* Its shape, and in `place` the middle of what was met. */
static uint8_t look_finely(const Circles *c, int x, int y, double *place) {
    int met = 0;
    double sum = 0;
    for (int i = 0; i < FINE * FINE; i++) {
        double at = circle_at(c, x + (i % FINE + 0.5) / FINE, y + (i / FINE + 0.5) / FINE);
        if (isnan(at))
            continue;
        met++;
        sum += fmin(fmax(at, 0), 1);
    }
    if (isnan(*place) && met)
        *place = sum / met;
    return (uint8_t)((met * 255 + FINE * FINE / 2) / (FINE * FINE));
}

/* Rows above and below tell where an edge is. */
static void paint_row(const Shade *s, const Circles *c, int y, double *const rows[3]) {
    int n = s->area.x1 - s->area.x0;
    for (int i = 0; i < n; i++) {
        double place = rows[1][i];
        bool painted = !isnan(place);
        bool edge = isnan(rows[0][i]) == painted || isnan(rows[2][i]) == painted ||
                    (i > 0 && isnan(rows[1][i - 1]) == painted) ||
                    (i + 1 < n && isnan(rows[1][i + 1]) == painted);
        s->shape[i] = edge ? look_finely(c, s->area.x0 + i, y, &place) : painted ? 255 : 0;
        if (s->shape[i])
            sample_put(s->samples + (size_t)i * (size_t)s->components, ramp_at(c->ramp, place),
                       s->components);
    }
}

static bool read_circles(const Shade *s, Circles *c) {
    const double *v = shading_numbers(s, "Coords", 6);
    const double *domain = shading_numbers(s, "Domain", 2);
    if (!v)
        return false;
    if (v[2] < 0 || v[5] < 0)
        return shading_refuse(s, "渐变的圆半径是负数",
                              "a circle of a shading has a negative radius");
    *c = (Circles){.x = v[0],
                   .y = v[1],
                   .r = v[2],
                   .dx = v[3] - v[0],
                   .dy = v[4] - v[1],
                   .dr = v[5] - v[2],
                   .before = shading_truth_at(s, "Extend", 0),
                   .after = shading_truth_at(s, "Extend", 1),
                   .from_device = s->from_device};
    double way = c->dx * c->dx + c->dy * c->dy;
    c->square = way - c->dr * c->dr;
    if (fabs(c->square) > NEARLY * (way + c->dr * c->dr))
        c->inverse = 1 / c->square;
    c->ramp = domain ? ramp_new(s, domain[0], domain[1]) : ramp_new(s, 0, 1);
    return true;
}

bool shading_radial(Shade *s) {
    Circles c = {0};
    if (!read_circles(s, &c))
        return false;
    if ((c.dx == 0 && c.dy == 0 && c.dr == 0) || (c.r == 0 && c.dr == 0)) {
        shading_rows_empty(s, s->area.y0, s->area.y1); /* one circle, or points: nothing */
        return true;
    }
    size_t n = (size_t)(s->area.x1 - s->area.x0);
    double *rows[3];
    for (int i = 0; i < 3; i++) {
        rows[i] = ARENA_ARRAY(s->arena, double, n);
        find_row(s, &c, s->area.y0 + i - 1, rows[i]);
    }
    for (int y = s->area.y0; y < s->area.y1; y++) {
        paint_row(s, &c, y, rows);
        if (shading_spent(s))
            return false;
        shading_row(s, y, s->area.x0, s->area.x1, s->shape, s->samples);
        double *next = rows[0];
        rows[0] = rows[1];
        rows[1] = rows[2];
        rows[2] = next;
        find_row(s, &c, y + 2, next);
    }
    return true;
}
