/* Detail: whether a picture was enlarged, and by how much, told by its pixels.
 *
 * Interpolation makes every row of N times as many pixels out of fewer: what lies beyond the
 * highest frequency of the old pixels, 1 / 2N, is the mirror image of what lies below it, seen
 * through the kernel. So in an enlarged picture the components at f and 1/N - f keep a fixed phase
 * from row to row, whatever the picture shows and whichever kernel was used; in one that was not
 * they have nothing to do with each other. (The same fact makes the variance of second differences
 * periodic, which is how A. C. Gallagher, "Detection of linear and cubic interpolation in JPEG
 * compressed images", 2005, and B. Mahdian and S. Saic, "Blind authentication using periodic
 * properties of interpolation", 2008, find it; the coherence above the cut-off tells 1.5 from 3
 * and enlarging from reducing as well.)
 *
 * Pixels doubled without interpolation have neighbours that are equal at regular places. */
#ifndef CHUPIN_INK_LOOK_DETAIL_H
#define CHUPIN_INK_LOOK_DETAIL_H

#include "ink/look/swatches.h"

typedef struct Detail Detail;
Detail *detail_new(Arena *a);
void detail_swatch(Detail *d, const Swatch *s);
/* Share of the stored resolution that is used: below 1 of an enlarged picture. NaN: too little
 * detail to tell. `gridded`: blocks of JPEG can be seen, whose steps are coherent too. */
double detail_found(Detail *d, bool gridded);

#endif
