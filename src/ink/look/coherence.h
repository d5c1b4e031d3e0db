/* How far components of a picture keep their phase from line to line: what detail.h judges by.
 *
 * Lines are the rows or the columns of a swatch, every LINE_EVERY-th of them. A ratio is that of
 * old pixels to new ones, over FOURIER. */
#ifndef CHUPIN_INK_LOOK_COHERENCE_H
#define CHUPIN_INK_LOOK_COHERENCE_H

#include "ink/look/fourier.h"
#include "ink/look/swatches.h"

enum {
    LINE_EVERY = 4,
    /* Ratios that are looked for: 1 / 4.3 to 1 / 1.24. Less would need a kernel sharper than any
     * there is, more is seen by anybody. */
    LOWEST = 60,
    HIGHEST = 206,
    RATIOS = HIGHEST - LOWEST + 1
};

typedef struct Spectra Spectra;
Spectra *spectra_new(Arena *a);
/* `step` goes along a line of the swatch, `line` from line to line. */
void spectra_take(Spectra *s, const uint8_t *light, size_t step, size_t line);
/* 0 … 1 at one ratio: about 0.1 by chance. */
float spectra_coherence(const Spectra *s, int ratio);
/* Energy of the upper third of frequencies, that of rounding being 1. */
float spectra_high(const Spectra *s);

/* Sorts them; the value that this share of them does not exceed. */
float sorted_share(float *values, int count, double share);

#endif
