/* Measuring paths: how wide a stroke really is, how thick a filled shape is. Pure functions over
 * paths in page space. */
#ifndef CHUPIN_READ_PDF_SHAPES_H
#define CHUPIN_READ_PDF_SHAPES_H

#include "read/pdf/paint.h"

typedef struct StrokeShape {
    double width_min, width_max; /* effective; NaN when the transform has no area */
    int segments;                /* lines and curves; a dot is one */
    Box box;                     /* line width included; unknown when nothing is drawn */
} StrokeShape;
/* `ctm` takes user space, where `line_width` is given, to page space, where the path is. A dot is a
 * subpath without length; `dots` says whether the cap makes it visible. */
StrokeShape stroke_shape(const Path *path, const Matrix *ctm, double line_width, bool dots,
                         bool square);

typedef struct FilledShape {
    double area;      /* holes taken off */
    double stem;      /* mean thickness */
    double thickness; /* of the thinnest line-like part; 0 when the shape is not like a line */
    double length;    /* of that part */
    int segments, parts;
} FilledShape;
FilledShape filled_shape(const Path *path);
/* One upright rectangle and nothing else. */
bool path_is_box(const Path *path);

#endif
