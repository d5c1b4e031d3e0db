/* Blend modes (ISO 32000-1, 11.3.5) on rows of ink: 255 is full ink, so a blend function sees
 * 1 - ink, in RGB and gray groups as in inks. */
#ifndef CHUPIN_INK_SURFACE_BLEND_H
#define CHUPIN_INK_SURFACE_BLEND_H

#include <stdbool.h>
#include <stddef.h>

#include "facts/facts.h"

/* White on white stays white, and each component minds its own business: only such modes reach
 * spots, others are Normal there (11.7.4.2). */
bool blend_is_separable(Blend mode);
bool blend_keeps_white(Blend mode);

/* out = B(backdrop, source) of a separable mode. `out` may be `source`. */
void blend_row(Blend mode, uint8_t *out, const uint8_t *backdrop, const uint8_t *source, size_t n);
/* The same of one that is not: three rows, cyan, magenta and yellow as the complement of RGB. */
void blend_rows_jointly(Blend mode, uint8_t *const out[3], const uint8_t *const backdrop[3],
                        const uint8_t *const source[3], size_t n);
/* Black in such a mode is the source's in Luminosity, else the backdrop's (11.3.5.3). What a gray
 * group gets when its grays are taken as RGB is the same. */
bool blend_takes_black_of_source(Blend mode);

#endif
