#include "ink/shape/flatten.h"

#include <math.h>

/* 2^-40 of a curve of 10^12 pixels is a pixel; beyond, doubles do not tell points apart anyway. */
enum { DEEPEST = 40 };

typedef struct Flattening {
    double tolerance;
    Box view;
    int *steps_left;
    CurveSink *sink;
    void *self;
} Flattening;

static bool beyond(double p, double q, double r, double s, double low, double high) {
    return (p < low && q < low && r < low && s < low) ||
           (p > high && q > high && r > high && s > high);
}

static bool out_of_view(const Point p[4], Box view) {
    return beyond(p[0].x, p[1].x, p[2].x, p[3].x, view.x0, view.x1) ||
           beyond(p[0].y, p[1].y, p[2].y, p[3].y, view.y0, view.y1);
}

/* Wang's bound: n chords of a cubic stay within 3/4 · M / n² of it, where M is the longer of the
 * two second differences of its control points. With 2 chords the area is not kept well, 3 do. */
static double steps_wanted(const Point p[4], double tolerance) {
    double ax = p[0].x - 2 * p[1].x + p[2].x, ay = p[0].y - 2 * p[1].y + p[2].y;
    double bx = p[1].x - 2 * p[2].x + p[3].x, by = p[1].y - 2 * p[2].y + p[3].y;
    double a = ax * ax + ay * ay, b = bx * bx + by * by;
    double steps = sqrt(0.75 / tolerance * sqrt(a > b ? a : b));
    return steps <= 1 ? 1 : steps <= 3 ? 3 : ceil(steps);
}

static Point middle(Point a, Point b) {
    return (Point){a.x / 2 + b.x / 2, a.y / 2 + b.y / 2};
}

static void flatten(const Flattening *f, const Point p[4], int depth) {
    if (--*f->steps_left <= 0)
        return;
    if (out_of_view(p, f->view)) {
        f->sink(f->self, p, 0);
        return;
    }
    double steps = steps_wanted(p, f->tolerance);
    if (steps <= MOST_STEPS || depth == DEEPEST) {
        int n = steps <= MOST_STEPS ? (int)steps : MOST_STEPS;
        *f->steps_left -= n;
        f->sink(f->self, p, n);
        return;
    }
    Point a = middle(p[0], p[1]), b = middle(p[1], p[2]), c = middle(p[2], p[3]);
    Point ab = middle(a, b), bc = middle(b, c), half = middle(ab, bc);
    flatten(f, (Point[4]){p[0], a, ab, half}, depth + 1);
    flatten(f, (Point[4]){half, bc, c, p[3]}, depth + 1);
}

void flatten_curve(const Point curve[4], double tolerance, Box view, int *steps_left,
                   CurveSink *sink, void *self) {
    int most = *steps_left < MOST_CURVE_STEPS ? *steps_left : MOST_CURVE_STEPS, left = most;
    flatten(&(Flattening){tolerance, view, &left, sink, self}, curve, 0);
    *steps_left = left > 0 ? *steps_left - (most - left) : 0;
}

Cubic cubic_of(const Point p[4], int steps) {
    double h = 1.0 / steps;
    Point c = {3 * (p[1].x - p[0].x), 3 * (p[1].y - p[0].y)};
    Point b = {3 * (p[2].x - p[1].x) - c.x, 3 * (p[2].y - p[1].y) - c.y};
    Point a = {p[3].x - p[0].x - c.x - b.x, p[3].y - p[0].y - c.y - b.y};
    return (Cubic){.a = {a.x * h * h * h, a.y * h * h * h},
                   .b = {b.x * h * h, b.y * h * h},
                   .c = {c.x * h, c.y * h},
                   .d = p[0]};
}

Cubic cubic_for_area(const Cubic *q, int steps) {
    double share = steps > 1 ? steps / (12.0 * (steps - 1)) : 0;
    return (Cubic){.a = q->a,
                   .b = q->b,
                   .c = {q->c.x - 6 * share * q->a.x, q->c.y - 6 * share * q->a.y},
                   .d = {q->d.x - 2 * share * q->b.x, q->d.y - 2 * share * q->b.y}};
}
