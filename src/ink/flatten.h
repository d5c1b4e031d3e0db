/* Curves into straight pieces. The consumer is told runs of a curve, each with the number of equal
 * steps of its parameter that keeps the chords within a tolerance; runs that can not be seen come
 * as 0 steps, so a curve of any size costs little more than what shows of it. */
#ifndef CHUPIN_INK_FLATTEN_H
#define CHUPIN_INK_FLATTEN_H

#include "read/pdf/paint.h"

enum { MOST_STEPS = 64 }; /* of a run */

typedef void CurveSink(void *self, const Point run[4], int steps);
/* `view`: what shows, in the space of the curve. A run of 0 steps lies beyond one side of it. */
void flatten_curve(const Point curve[4], double tolerance, Box view, CurveSink *sink, void *self);

/* The curve as a polynomial: ((a·t + b)·t + c)·t + d. */
typedef struct Cubic {
    Point a, b, c, d;
} Cubic;

static inline Cubic cubic_of(const Point p[4]) {
    Point c = {3 * (p[1].x - p[0].x), 3 * (p[1].y - p[0].y)};
    Point b = {3 * (p[2].x - p[1].x) - c.x, 3 * (p[2].y - p[1].y) - c.y};
    Point a = {p[3].x - p[0].x - c.x - b.x, p[3].y - p[0].y - c.y - b.y};
    return (Cubic){a, b, c, p[0]};
}

static inline Point cubic_at(const Cubic *q, double t) {
    return (Point){((q->a.x * t + q->b.x) * t + q->c.x) * t + q->d.x,
                   ((q->a.y * t + q->b.y) * t + q->c.y) * t + q->d.y};
}

static inline Point cubic_slope_at(const Cubic *q, double t) {
    return (Point){(3 * q->a.x * t + 2 * q->b.x) * t + q->c.x,
                   (3 * q->a.y * t + 2 * q->b.y) * t + q->c.y};
}

#endif
