/* The grid of 8 × 8 pixels that JPEG leaves: how much steeper the steps at its borders are than
 * those beside them, wherever the grid lies (a crop shifts it) and however well the file was saved
 * afterwards. 1: no grid. */
#ifndef CHUPIN_INK_LOOK_BLOCKS_H
#define CHUPIN_INK_LOOK_BLOCKS_H

#include "ink/look/swatches.h"

typedef struct Blocks Blocks;
Blocks *blocks_new(Arena *a);
void blocks_swatch(Blocks *b, const Swatch *s);
double blocks_found(const Blocks *b); /* NaN: the picture is too small */
/* Is there a grid at all, plain to the eye or not? */
bool blocks_gridded(const Blocks *b);

#endif
