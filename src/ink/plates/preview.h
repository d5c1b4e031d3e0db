/* What plates look like to people: process inks in sRGB through the press profile, spots multiplied
 * in by the look of their alternate. A spot whose look nobody described is a gray veil: 50 % black
 * where it is full. For eyes, not for measuring. */
#ifndef CHUPIN_INK_PLATES_PREVIEW_H
#define CHUPIN_INK_PLATES_PREVIEW_H

#include "ink/plates/plates.h"

typedef struct Preview Preview;
/* For pictures of that width; lives in the arena. */
Preview *preview_new(Arena *a, Press *press, int width);
/* Row `y` of the band, 3 bytes a pixel. Rows of one tile after another cost least. */
void preview_row(Preview *v, const Band *band, int y, uint8_t *rgb);

#endif
