/* Curves into straight pieces. The consumer is told runs of a curve, each with the number of equal
 * steps of its parameter that keeps the chords within a tolerance; runs that can not be seen come
 * as 0 steps, so a curve of any size costs little more than what shows of it. */
#ifndef CHUPIN_INK_SHAPE_FLATTEN_H
#define CHUPIN_INK_SHAPE_FLATTEN_H

#include "read/pdf/paint.h"

enum {
    MOST_STEPS = 64,             /* of a run */
    MOST_CURVE_STEPS = 16 * 1024 /* one that fills the largest area takes less than 3000 */
};

typedef void CurveSink(void *self, const Point run[4], int steps);
/* `view`: what shows, in the space of the curve. A run of 0 steps lies beyond one side of it.
 * `*steps_left` is what may still be spent; once it is not more than 0, the curve is not whole. */
void flatten_curve(const Point curve[4], double tolerance, Box view, int *steps_left,
                   CurveSink *sink, void *self);

/* A run as a polynomial of its steps: ((a·i + b)·i + c)·i + d. */
typedef struct Cubic {
    Point a, b, c, d;
} Cubic;

Cubic cubic_of(const Point run[4], int steps);
/* The same, for the inner points of a row of chords that has the area of the curve. A chord cuts
 * off 2/3 · sagitta · length; moving the points outwards by 2/3 of the sagitta, which is -B″/12,
 * puts it back, with the share of the ends that stay. So small dots are as dark as they should. */
Cubic cubic_for_area(const Cubic *q, int steps);

static inline Point cubic_at(const Cubic *q, double i) {
    return (Point){((q->a.x * i + q->b.x) * i + q->c.x) * i + q->d.x,
                   ((q->a.y * i + q->b.y) * i + q->c.y) * i + q->d.y};
}

static inline Point cubic_slope_at(const Cubic *q, double i) {
    return (Point){(3 * q->a.x * i + 2 * q->b.x) * i + q->c.x,
                   (3 * q->a.y * i + 2 * q->b.y) * i + q->c.y};
}

#endif
