/* The colorants of a page. A plane is registered when it is first painted, in the middle of a page;
 * there may be any number of them that a file can mean.
 *
 * PLANE_REST stands for every spot that is not registered yet: /All paints it and everything else
 * knocks it out, so a spot that comes later starts as a copy of it and is right from the first
 * mark of the page. It is empty unless a page paints /All. */
#ifndef CHUPIN_INK_PLATES_PLANES_H
#define CHUPIN_INK_PLATES_PLANES_H

#include "facts/facts.h"

enum { PLANE_REST, PLANE_CYAN, PLANE_MAGENTA, PLANE_YELLOW, PLANE_BLACK, FIRST_SPOT };
enum { MOST_PLANES = 4096 }; /* a bomb has more */

typedef struct Plane {
    Str name; /* as written, UTF-8 where it is; Cyan, Magenta, Yellow, Black for process */
    const uint8_t (
        *look)[3]; /* sRGB of tints 0 to 255 alone on paper, from the alternate; NULL: unknown */
} Plane;

typedef struct Planes {
    Arena *arena; /* of the page */
    Plane *items;
    size_t count, capacity; /* at least FIRST_SPOT */
} Planes;

void planes_start(Planes *p, Arena *page);
int plane_find(const Planes *p, Str name); /* -1: not registered. The four process names count */
int plane_register(Planes *p, Str name);   /* finds or adds; -1: there are MOST_PLANES */

#endif
