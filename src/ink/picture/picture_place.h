/* Where a picture falls on the device, and how its samples lie on the pixels there.
 *
 * A picture whose sides run along those of the page covers the pixels whose centres it holds, left
 * and upper borders included, as ISO 32000-1, 10.6.5 has it for images and as Ghostscript draws
 * them: so strips that an image was cut into share out the pixels between them, and no seam shows
 * where partial coverages would add up to less than one. Two kinds are covered by exact area
 * instead: a side that holds no centre at all (a hairline made as an image must not vanish), and a
 * small stencil, which as a rule is a glyph of a bitmap font, whose ink must not depend on where it
 * falls. Sides that run askew are anti-aliased. */
#ifndef CHUPIN_INK_PICTURE_PICTURE_PLACE_H
#define CHUPIN_INK_PICTURE_PICTURE_PLACE_H

#include "ink/shape/area.h"
#include "ink/picture/picture_box.h"
#include "read/pdf/paint.h"

typedef enum PlaceKind {
    PLACE_STRAIGHT, /* rows of the image are rows of the device */
    PLACE_TURNED,   /* rows of the image are columns of the device */
    PLACE_ASKEW
} PlaceKind;

/* Pixels of one axis of the device that are covered. */
typedef struct PlaceSide {
    double low, high;
    int first, end;
    bool by_area;
} PlaceSide;

typedef struct Place {
    PlaceKind kind;
    int origin_x, origin_y; /* whole pixels taken out of everything below */
    Matrix unit;            /* unit square of images to device */
    PlaceSide x, y;         /* not of PLACE_ASKEW */
    double across, down;    /* sizes of the image's width and height, pixels */
    Area wanted;            /* pixels that are drawn at most; may be empty */
} Place;

/* False: it covers nothing of `area`. */
bool place_find(Place *out, const Matrix *unit_to_device, Area area, bool stencil);
/* Columns and rows of the image on the device (straight, turned), or on a copy of it that is
 * reduced about to the size it has on the device (askew), kept to what `wanted` asks for. */
void place_axes(const Place *p, int width, int height, BoxAxis *columns, BoxAxis *rows);
/* Share of the pixel that is covered, 0 … 255. */
int place_coverage(const PlaceSide *s, int at);

#endif
