/* Tone: how light and dark a picture is, what of it is lost at either end, and whether its grays
 * have a colour.
 *
 * Lightness is CIE L* through the picture's profile, relative to its white and with its darkest
 * colour as black, so that newsprint is no fault of the picture. It is looked at in an even grid of
 * about MOST_SAMPLES pixels. A white or black ground that runs to the edge of the picture is left
 * out: it is paper or a backdrop, not light that was lost. Drawings and text, which have few tones,
 * lose nothing at the ends. */
#ifndef CHUPIN_INK_LOOK_TONE_H
#define CHUPIN_INK_LOOK_TONE_H

#include "ink/look/swatches.h"

enum { MOST_SAMPLES = 50000 };

typedef struct Tone Tone;
/* `icc` is the profile of the samples; NULL: sRGB, its gray; CMYK needs one. NULL is returned when
 * the colours have no meaning without more. */
Tone *tone_new(Arena *a, const PixelForm *form, const uint8_t *icc, size_t icc_count);
void tone_free(Tone *t); /* NULL is allowed */
void tone_row(Tone *t, uint32_t y, const uint8_t *samples);
/* dark, light, range and cast. */
void tone_finish(Tone *t, Picture *out);

#endif
