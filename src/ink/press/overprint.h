/* Which planes a mark paints: overprint as a table (overprint.def). */
#ifndef CHUPIN_INK_PRESS_OVERPRINT_H
#define CHUPIN_INK_PRESS_OVERPRINT_H

#include "ink/press/press.h"

typedef enum InkSource { INK_OF_CMYK, INK_OF_PROCESS, INK_OF_NAMES, INK_SOURCES } InkSource;
typedef enum InkPlane { PLANE_IS_GIVEN, PLANE_IS_ZERO, PLANE_IS_OTHER, INK_PLANES } InkPlane;
typedef enum InkAction { PAINT_SOURCE, PAINT_NO_INK, PAINT_LEAVE } InkAction;

InkSource ink_source(Space space, BlendSpace in, MarkClass class);
InkAction overprint_action(InkSource source, InkPlane plane, Overprint o);

/* Takes the planes out of `paint` that the mark leaves alone, and says what becomes of those it
 * does not name. `zero[i]`: the colour gives exactly no ink for planes[i]; NULL for rows, whose
 * pixels differ. */
void overprint_apply(Paint *paint, const bool *zero, InkSource source, Overprint o);

#endif
