#include "ink/picture/picture_place.h"

#include <math.h>

/* Of a pixel: a side that leans less than this over its whole length counts as straight. */
static const double STRAIGHT = 1.0 / 64;
/* Larger numbers have no fraction left that would mean anything. */
static const double FARTHEST = 1 << 24;
/* Pixels; larger stencils are scans, not glyphs. */
enum { SMALL_STENCIL = 128 };

static double limited(double v) {
    return v > FARTHEST ? FARTHEST : v > -FARTHEST ? v : -FARTHEST;
}

static PlaceSide side_of(double from, double length, bool small) {
    PlaceSide s = {.low = fmin(from, from + length), .high = fmax(from, from + length)};
    s.low = limited(s.low);
    s.high = limited(s.high);
    s.first = (int)ceil(s.low - 0.5);
    s.end = (int)ceil(s.high - 0.5);
    s.by_area = small || s.first >= s.end;
    if (s.by_area) {
        s.first = (int)floor(s.low);
        s.end = (int)ceil(s.high);
    }
    return s;
}

int place_coverage(const PlaceSide *s, int at) {
    if (!s->by_area)
        return 255;
    double covered = fmin(at + 1, s->high) - fmax(at, s->low);
    return (int)lround(255 * fmin(fmax(covered, 0), 1));
}

static Area bounds_of(const Matrix *m) {
    double left = m->e + fmin(m->a, 0) + fmin(m->c, 0),
           right = m->e + fmax(m->a, 0) + fmax(m->c, 0);
    double top = m->f + fmin(m->b, 0) + fmin(m->d, 0), low = m->f + fmax(m->b, 0) + fmax(m->d, 0);
    return (Area){(int)floor(limited(left)), (int)floor(limited(top)), (int)ceil(limited(right)),
                  (int)ceil(limited(low))};
}

static bool all_finite(const Matrix *m) {
    return isfinite(m->a) && isfinite(m->b) && isfinite(m->c) && isfinite(m->d) && isfinite(m->e) &&
           isfinite(m->f);
}

static void find_kind(Place *p) {
    const Matrix *m = &p->unit;
    bool straight = fabs(m->b) < STRAIGHT && fabs(m->c) < STRAIGHT;
    bool turned = fabs(m->a) < STRAIGHT && fabs(m->d) < STRAIGHT;
    p->kind = straight ? PLACE_STRAIGHT : turned ? PLACE_TURNED : PLACE_ASKEW;
    p->across = hypot(m->a, m->b);
    p->down = hypot(m->c, m->d);
}

static void find_sides(Place *p, bool stencil) {
    const Matrix *m = &p->unit;
    bool small = stencil && p->across < SMALL_STENCIL && p->down < SMALL_STENCIL;
    bool straight = p->kind == PLACE_STRAIGHT;
    p->x = side_of(m->e, straight ? m->a : m->c, small);
    p->y = side_of(m->f, straight ? m->d : m->b, small);
}

bool place_find(Place *out, const Matrix *unit_to_device, Area area, bool stencil) {
    if (!all_finite(unit_to_device) || area_empty(area))
        return false;
    *out = (Place){.unit = *unit_to_device};
    out->origin_x = (int)floor(limited(out->unit.e));
    out->origin_y = (int)floor(limited(out->unit.f));
    out->unit.e -= out->origin_x;
    out->unit.f -= out->origin_y;
    Area local = {area.x0 - out->origin_x, area.y0 - out->origin_y, area.x1 - out->origin_x,
                  area.y1 - out->origin_y};
    find_kind(out);
    Area covered = bounds_of(&out->unit);
    if (out->kind != PLACE_ASKEW) {
        find_sides(out, stencil);
        covered = (Area){out->x.first, out->y.first, out->x.end, out->y.end};
    }
    out->wanted = area_meet(local, covered);
    /* Without an area there is no pixel that it could be mapped back from. */
    double area_of_unit = out->unit.a * out->unit.d - out->unit.b * out->unit.c;
    return !area_empty(out->wanted) && fabs(area_of_unit) > 0;
}

/* An axis of the copy of a picture that lies askew. `low` … `high` is the part of it that is
 * wanted, 0 … 1; two samples more than that, for those that are mixed. */
static BoxAxis reduced(int samples, double size, double low, double high) {
    int n = size < samples ? (int)ceil(fmax(size, 1)) : samples;
    int first = (int)fmax(floor(low * n) - 2, 0), end = (int)fmin(ceil(high * n) + 2, n);
    return (BoxAxis){samples, 0, (double)n / samples, first, end > first ? end - first : 1};
}

static void askew_axes(const Place *p, int width, int height, BoxAxis *columns, BoxAxis *rows) {
    const Matrix *m = &p->unit;
    double area = m->a * m->d - m->b * m->c;
    double u0 = 1, u1 = 0, v0 = 1, v1 = 0;
    for (int i = 0; i < 4; i++) {
        double x = (i & 1 ? p->wanted.x1 : p->wanted.x0) - m->e;
        double y = (i & 2 ? p->wanted.y1 : p->wanted.y0) - m->f;
        double u = (m->d * x - m->c * y) / area, v = 1 - (m->a * y - m->b * x) / area;
        u0 = fmin(u0, u);
        u1 = fmax(u1, u);
        v0 = fmin(v0, v);
        v1 = fmax(v1, v);
    }
    *columns = reduced(width, p->across, fmin(fmax(u0, 0), 1), fmin(fmax(u1, 0), 1));
    *rows = reduced(height, p->down, fmin(fmax(v0, 0), 1), fmin(fmax(v1, 0), 1));
}

void place_axes(const Place *p, int width, int height, BoxAxis *columns, BoxAxis *rows) {
    const Matrix *m = &p->unit;
    Area w = p->wanted;
    switch (p->kind) {
    case PLACE_STRAIGHT:
        *columns = (BoxAxis){width, m->e, m->a / width, w.x0, w.x1 - w.x0};
        *rows = (BoxAxis){height, m->f + m->d, -m->d / height, w.y0, w.y1 - w.y0};
        return;
    case PLACE_TURNED:
        *columns = (BoxAxis){width, m->f, m->b / width, w.y0, w.y1 - w.y0};
        *rows = (BoxAxis){height, m->e + m->c, -m->c / height, w.x0, w.x1 - w.x0};
        return;
    case PLACE_ASKEW:
        askew_axes(p, width, height, columns, rows);
        return;
    }
}
