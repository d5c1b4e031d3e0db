/* Places as people measure them: mm from the top left of the effective trim as viewed after Rotate,
 * or of the media when no trim is known. */
#ifndef CHUPIN_CHECK_PLACE_H
#define CHUPIN_CHECK_PLACE_H

#include "facts/facts.h"

/* Whether places on this page count from the trim; else from the media. */
bool origin_is_trim(const Page *page);
Box place_box(const Page *page, Box pt);    /* of a box in page space */
Box box_of_place(const Page *page, Box mm); /* and back */

#endif
