/* Samples to CIE Lab, as far as the lightness and the grays of a picture need it. */
#ifndef CHUPIN_INK_LOOK_TONE_LIGHT_H
#define CHUPIN_INK_LOOK_TONE_LIGHT_H

#include "ink/look/swatches.h"

typedef struct ToneLight ToneLight;
/* As tone_new. */
ToneLight *tone_light_new(Arena *a, const PixelForm *form, const uint8_t *icc, size_t icc_count);
void tone_light_free(ToneLight *l);
/* `lab`: L* over 0 … 255, a* and b* as value + 128. */
void tone_light_row(const ToneLight *l, const uint8_t *samples, uint8_t *lab, size_t count);

#endif
