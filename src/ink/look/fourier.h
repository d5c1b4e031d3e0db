/* The Fourier transform of rows of SWATCH real numbers, two at a time. */
#ifndef CHUPIN_INK_LOOK_FOURIER_H
#define CHUPIN_INK_LOOK_FOURIER_H

#include "base/arena.h"

enum { FOURIER = 256, FOURIER_BINS = FOURIER / 2 + 1 };

typedef struct Complex {
    float re, im;
} Complex;

typedef struct Fourier Fourier;
Fourier *fourier_new(Arena *a);
/* FOURIER_BINS of each of the two rows. */
void fourier_pair(const Fourier *f, const float *a, const float *b, Complex *of_a, Complex *of_b);

#endif
