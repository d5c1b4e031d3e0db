/* Places on the device: whole pixels, row 0 at the top of the page as viewed, half open. */
#ifndef CHUPIN_INK_SHAPE_AREA_H
#define CHUPIN_INK_SHAPE_AREA_H

#include <stdbool.h>

typedef struct Area {
    int x0, y0, x1, y1;
} Area;

static inline bool area_empty(Area a) {
    return a.x0 >= a.x1 || a.y0 >= a.y1;
}

static inline Area area_meet(Area a, Area b) {
    return (Area){a.x0 > b.x0 ? a.x0 : b.x0, a.y0 > b.y0 ? a.y0 : b.y0, a.x1 < b.x1 ? a.x1 : b.x1,
                  a.y1 < b.y1 ? a.y1 : b.y1};
}

/* The least that holds both. */
static inline Area area_join(Area a, Area b) {
    if (area_empty(a) || area_empty(b))
        return area_empty(a) ? b : a;
    return (Area){a.x0 < b.x0 ? a.x0 : b.x0, a.y0 < b.y0 ? a.y0 : b.y0, a.x1 > b.x1 ? a.x1 : b.x1,
                  a.y1 > b.y1 ? a.y1 : b.y1};
}

#endif
