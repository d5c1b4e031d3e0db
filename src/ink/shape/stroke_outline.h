/* The outline a round pen leaves along a row of pieces. For stroke.c and dash.c only.
 *
 * Everything is in pen space, where the pen is a circle; edges go straight to the raster. The
 * outline is the sum of parts that all wind one way: a quadrilateral for each piece, a wedge for
 * each join, the caps. So no part takes away from another, however they overlap. */
#ifndef CHUPIN_INK_SHAPE_STROKE_OUTLINE_H
#define CHUPIN_INK_SHAPE_STROKE_OUTLINE_H

#include "ink/shape/raster_edges.h"

typedef enum StrokeCap { CAP_IS_BUTT, CAP_IS_ROUND, CAP_IS_SQUARE } StrokeCap;
typedef enum StrokeJoin { JOIN_IS_MITER, JOIN_IS_ROUND, JOIN_IS_BEVEL } StrokeJoin;

typedef struct Outliner {
    Rasteriser *r;
    Matrix to_device;           /* from pen space */
    bool transformed, mirrored; /* whether to_device does anything; turns left into right */
    double half;                /* radius of the pen */
    StrokeCap cap;
    StrokeJoin join;
    double miter_dot;        /* cosine of the sharpest turn that is mitered */
    double arc_cos, arc_sin; /* of a step along the pen's circle */

    bool begun;
    Point at, along;    /* end of the last piece and its direction there, a unit vector */
    double length;      /* of its shorter side */
    Vertex left, right; /* its open end */
    Point first, first_along;
    Vertex first_left, first_right;
} Outliner;

/* From `from` to `to`, leaving in direction `along` and arriving in `then`: unit vectors, equal for
 * a straight piece. `length` is more than 0. */
typedef struct Piece {
    Point from, to, along, then;
    double length;
} Piece;

/* `scale`: pixels of the longest line that is 1 in pen space. */
void outline_pen(Outliner *o, double half, double scale, double miter_limit);
/* Begins with the first piece. A piece that leaves in another direction than the last one arrived
 * in is joined to it. */
void outline_piece(Outliner *o, const Piece *p);
void outline_end(Outliner *o, bool closed); /* with caps, or joined to its first piece */
/* Both caps of a piece without length. */
void outline_dot(Outliner *o, Point at, Point along);

#endif
