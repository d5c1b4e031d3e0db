/* Which marks lie wholly beneath an opaque box painted later. A page is gone through backwards:
 * each opaque box is added when it is met, and a mark asks whether one of those that it has not met
 * yet hides it.
 *
 * Both cost the same however many there are: boxes lie in grids of ever finer cells by their size,
 * and a cell keeps only its largest. What several boxes hide together, or a box that a crowded cell
 * let go, is not found: then a mark counts as seen, which is the careful side. */
#ifndef CHUPIN_READ_COVERS_H
#define CHUPIN_READ_COVERS_H

#include "facts/facts.h"

typedef struct Covers Covers;
Covers *covers_new(Arena *a, Box media);
void covers_add(Covers *c, Box32 box);
bool covers_hide(const Covers *c, Box32 box);

#endif
