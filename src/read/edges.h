/* Edges of a page, written and viewed. A page turned clockwise by 90° shows its written left edge
 * on top. */
#ifndef CHUPIN_READ_EDGES_H
#define CHUPIN_READ_EDGES_H

#include "read/derive.h"

static inline int edge_as_written(int viewed, int rotate) {
    return (viewed - rotate / 90 + EDGES) % EDGES;
}

static inline void edges_as_written(double written[EDGES], const double viewed[EDGES], int rotate) {
    for (int edge = 0; edge < EDGES; edge++)
        written[edge_as_written(edge, rotate)] = viewed[edge];
}

static inline void limit_bleeds(const Limit *limit, double viewed[EDGES]) {
    viewed[TOP] = limit->bleed_top;
    viewed[RIGHT] = limit->bleed_right;
    viewed[BOTTOM] = limit->bleed_bottom;
    viewed[LEFT] = limit->bleed_left;
}

/* Moves each edge outwards by its amount times `sign`. */
static inline Box box_grown(Box b, const double written[EDGES], double sign) {
    return (Box){b.x0 - sign * written[LEFT], b.y0 - sign * written[BOTTOM],
                 b.x1 + sign * written[RIGHT], b.y1 + sign * written[TOP]};
}

#endif
