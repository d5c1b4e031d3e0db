/* The pen is a circle of the line width in user space; the transform makes it an ellipse on paper.
 * A segment with unit direction d in user space is w·|det M| / |M·d| wide. With D the same
 * direction on paper, M·d / |M·d|, that is w·|det M|·|M⁻¹·D|, which needs no user-space path. */
#include <math.h>

#include "read/extent.h"
#include "read/pdf/shapes.h"

typedef struct Nib {   /* of a pen that is not round on paper */
    double a, b, c, d; /* |det M|·M⁻¹, times the line width */
    Point thin, thick; /* directions on paper along which the line is thinnest and thickest */
} Nib;

typedef struct Pen {
    const Nib *nib; /* NULL: round on paper, every line is `most` wide */
    bool flat;      /* everything is drawn on one line */
    int segments;
    double least, most; /* widths of lines along the thinnest and thickest direction */
    double min, max;
    Box box;
} Pen;

static double width_along(const Nib *n, double x, double y) {
    return hypot(n->a * x + n->c * y, n->b * x + n->d * y) / hypot(x, y);
}

static void shape_nib(Nib *n, const Matrix *m, double sign) {
    n->a = m->d * sign, n->b = -m->b * sign, n->c = -m->c * sign, n->d = m->a * sign;
    /* Width squared along D is Dᵀ·N·D with N = PᵀP; its extremes lie along the eigenvectors of N.
     */
    double xx = n->a * n->a + n->b * n->b, xy = n->a * n->c + n->b * n->d,
           yy = n->c * n->c + n->d * n->d;
    double angle = 0.5 * atan2(2 * xy, xx - yy);
    n->thick = (Point){cos(angle), sin(angle)};
    n->thin = (Point){-n->thick.y, n->thick.x};
}

/* `nib` is where the pen keeps its nib, if it has one. */
static Pen pen_of(const Matrix *m, double line_width, Nib *nib) {
    double det = m->a * m->d - m->b * m->c,
           size = fabs(m->a) + fabs(m->b) + fabs(m->c) + fabs(m->d);
    double skewed = fabs(m->a * m->c + m->b * m->d);
    double uneven = fabs(m->a * m->a + m->b * m->b - m->c * m->c - m->d * m->d);
    double width = line_width * sqrt(fabs(det));
    Pen p = {.flat = fabs(det) <= 1e-12 * size * size,
             .least = width,
             .most = width,
             .min = INFINITY,
             .max = -INFINITY,
             .box = {INFINITY, INFINITY, -INFINITY, -INFINITY}};
    if (skewed + uneven <= 1e-9 * size * size)
        return p;
    shape_nib(nib, m, det < 0 ? -line_width : line_width);
    p.nib = nib;
    p.most = width_along(nib, nib->thick.x, nib->thick.y);
    p.least = width_along(nib, nib->thin.x, nib->thin.y);
    return p;
}

static void reach(Pen *p, double x, double y, double rx, double ry) {
    p->box.x0 = lesser(x - rx, p->box.x0);
    p->box.y0 = lesser(y - ry, p->box.y0);
    p->box.x1 = greater(x + rx, p->box.x1);
    p->box.y1 = greater(y + ry, p->box.y1);
}

static void seen(Pen *p, double width) {
    p->min = lesser(width, p->min);
    p->max = greater(width, p->max);
}

static bool same_point(Point a, Point b) {
    return fabs(a.x - b.x) + fabs(a.y - b.y) < 1e-7;
}

/* A line is widened across, not along: the end of a crop mark must not reach into the bleed. */
static void line(Pen *p, Point from, Point to, bool square) {
    double x = to.x - from.x, y = to.y - from.y, length = sqrt(x * x + y * y);
    double width = p->nib ? width_along(p->nib, x, y) : p->most, half = width / 2;
    seen(p, width);
    p->segments++;
    double rx = half * fabs(y) / length, ry = half * fabs(x) / length;
    if (p->nib)
        rx = ry = p->most / 2;
    else if (square)
        rx += half * fabs(x) / length, ry += half * fabs(y) / length;
    reach(p, from.x, from.y, rx, ry);
    reach(p, to.x, to.y, rx, ry);
}

static void dot(Pen *p, Point at) {
    seen(p, p->least);
    seen(p, p->most);
    p->segments++;
    reach(p, at.x, at.y, p->most / 2, p->most / 2);
}

/* B'(t)/3 as a quadratic: c0 + c1·t + c2·t². */
typedef struct Hodograph {
    Point c0, c1, c2;
} Hodograph;

static void at_parameter(Pen *p, const Hodograph *h, double t) {
    double x = h->c0.x + t * (h->c1.x + t * h->c2.x), y = h->c0.y + t * (h->c1.y + t * h->c2.y);
    if (hypot(x, y) > 1e-9)
        seen(p, width_along(p->nib, x, y));
}

static void at_roots(Pen *p, const Hodograph *h, double a, double b, double c) {
    double roots[2] = {NAN, NAN};
    if (fabs(a) < 1e-12) {
        roots[0] = -c / b;
    } else if (b * b - 4 * a * c >= 0) {
        double q = -0.5 * (b + copysign(sqrt(b * b - 4 * a * c), b));
        roots[0] = q / a;
        roots[1] = c / q;
    }
    for (int i = 0; i < 2; i++)
        if (roots[i] > 0 && roots[i] < 1)
            at_parameter(p, h, roots[i]);
}

static double cross(Point a, Point b) {
    return a.x * b.y - a.y * b.x;
}

/* Extremes of the direction are at the ends and at inflections; extremes of the width also where
 * the curve runs along the thinnest or thickest direction. */
static void curve(Pen *p, Point from, const Point *v) {
    p->segments++;
    const Point q[4] = {from, v[0], v[1], v[2]};
    for (int i = 0; i < 4; i++)
        reach(p, q[i].x, q[i].y, p->most / 2, p->most / 2);
    if (!p->nib) {
        seen(p, p->most);
        return;
    }
    Point d0 = {q[1].x - q[0].x, q[1].y - q[0].y}, d1 = {q[2].x - q[1].x, q[2].y - q[1].y},
          d2 = {q[3].x - q[2].x, q[3].y - q[2].y};
    Hodograph h = {d0,
                   {2 * (d1.x - d0.x), 2 * (d1.y - d0.y)},
                   {d0.x - 2 * d1.x + d2.x, d0.y - 2 * d1.y + d2.y}};
    at_parameter(p, &h, 0);
    at_parameter(p, &h, 1);
    at_roots(p, &h, cross(h.c2, p->nib->thin), cross(h.c1, p->nib->thin),
             cross(h.c0, p->nib->thin));
    at_roots(p, &h, cross(h.c2, p->nib->thick), cross(h.c1, p->nib->thick),
             cross(h.c0, p->nib->thick));
    at_roots(p, &h, cross(h.c1, h.c2), 2 * cross(h.c0, h.c2), cross(h.c0, h.c1));
}

typedef struct Tracer {
    Pen pen;
    Point start, current;
    bool drawn; /* the subpath has some length */
    bool dots, square;
} Tracer;

static void trace_line(Tracer *t, Point to) {
    if (same_point(t->current, to))
        return;
    line(&t->pen, t->current, to, t->square);
    t->drawn = true;
}

static void trace_curve(Tracer *t, const Point *v) {
    if (same_point(t->current, v[0]) && same_point(v[0], v[1]) && same_point(v[1], v[2]))
        return;
    curve(&t->pen, t->current, v);
    t->drawn = true;
}

/* A subpath of no length, other than a lone move, is a dot under round and square caps. */
static void end_subpath(Tracer *t, bool only_moved) {
    if (!t->drawn && t->dots && !only_moved)
        dot(&t->pen, t->current);
    t->drawn = true;
}

static void trace(Tracer *t, const Path *path) {
    const Point *v = path->points;
    bool only_moved = true;
    for (size_t i = 0; i < path->verb_count; i++) {
        switch ((PathVerb)path->verbs[i]) {
        case PATH_MOVE:
            end_subpath(t, only_moved);
            t->start = t->current = *v++;
            t->drawn = false;
            only_moved = true;
            continue;
        case PATH_LINE:
            trace_line(t, v[0]);
            t->current = *v++;
            break;
        case PATH_CURVE:
            trace_curve(t, v);
            t->current = v[2];
            v += 3;
            break;
        case PATH_CLOSE:
            trace_line(t, t->start);
            end_subpath(t, false);
            t->current = t->start;
            break;
        }
        only_moved = false;
    }
    end_subpath(t, only_moved);
}

StrokeShape stroke_shape(const Path *path, const Matrix *ctm, double line_width, bool dots,
                         bool square) {
    Nib nib;
    Tracer t = {
        .pen = pen_of(ctm, line_width, &nib), .drawn = true, .dots = dots, .square = square};
    trace(&t, path);
    const Pen *pen = &t.pen;
    StrokeShape s = {
        .segments = pen->segments, .width_min = pen->min, .width_max = pen->max, .box = pen->box};
    if (!pen->segments)
        s.box = (Box){NAN, NAN, NAN, NAN};
    if (!pen->segments || pen->flat)
        s.width_min = s.width_max = NAN;
    return s;
}
