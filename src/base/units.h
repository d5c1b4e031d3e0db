/* Dimensions and units. Every measured number has a dimension; its canonical unit is what C code holds. */
#ifndef CHUPIN_BASE_UNITS_H
#define CHUPIN_BASE_UNITS_H

#include "base/text.h"

typedef enum Dimension {
    DIM_NONE, /* a plain number */
    DIM_LENGTH,
    DIM_RESOLUTION,
    DIM_RATIO,
    DIM_ANGLE,
    DIM_BYTES,
    DIM_AREA,
    DIM_COUNT
} Dimension;

typedef struct Unit {
    const char *suffix;
    Dimension dimension;
    double factor; /* value in this unit × factor = canonical value */
    int decimals;  /* places shown to people */
} Unit;

#define MM(x)     ((x) * (72.0 / 25.4))
#define TO_MM(pt) ((pt) * (25.4 / 72.0))

/* Lengths closer than this are the same length (0.01 mm): files round their numbers, presses cannot tell. */
#define LENGTH_TOLERANCE MM(0.01)

const Unit *unit_find(Str suffix);               /* NULL if there is no such unit */
const Unit *unit_shown(Dimension d);             /* the unit people read: mm, ppi, %, … ; NULL for plain numbers */
const char *dimension_name(Dimension d, Lang l); /* "长度" / "a length" */
/* -1, 0, 1. Lengths within LENGTH_TOLERANCE are equal; every other dimension compares to 1e-9 relative. */
int measure_compare(double a, double b, Dimension d);

#endif
