#include "ink/look/fourier.h"

#include <math.h>
#include <stdint.h>

enum { LEVELS = 8 }; /* 2^8 is FOURIER */

struct Fourier {
    Complex turn[FOURIER / 2];
    uint8_t mirrored[FOURIER]; /* bits of the index in reverse */
};

Fourier *fourier_new(Arena *a) {
    Fourier *f = ARENA_NEW(a, Fourier);
    for (int i = 0; i < FOURIER / 2; i++) {
        double angle = -2 * M_PI * i / FOURIER;
        f->turn[i] = (Complex){(float)cos(angle), (float)sin(angle)};
    }
    for (int i = 0; i < FOURIER; i++)
        for (int bit = 0; bit < LEVELS; bit++)
            f->mirrored[i] |= (uint8_t)((i >> bit & 1) << (LEVELS - 1 - bit));
    return f;
}

static void butterflies(const Fourier *f, Complex *z) {
    for (int half = 1; half < FOURIER; half *= 2) {
        int step = FOURIER / 2 / half;
        for (int start = 0; start < FOURIER; start += 2 * half)
            for (int k = 0; k < half; k++) {
                Complex w = f->turn[k * step], *low = &z[start + k], *high = low + half;
                Complex t = {w.re * high->re - w.im * high->im, w.re * high->im + w.im * high->re};
                *high = (Complex){low->re - t.re, low->im - t.im};
                *low = (Complex){low->re + t.re, low->im + t.im};
            }
    }
}

/* Both rows as one of complex numbers: the spectrum of real numbers is symmetric, so they come
 * apart again. */
void fourier_pair(const Fourier *f, const float *a, const float *b, Complex *of_a, Complex *of_b) {
    Complex z[FOURIER];
    for (int i = 0; i < FOURIER; i++)
        z[f->mirrored[i]] = (Complex){a[i], b[i]};
    butterflies(f, z);
    for (int k = 0; k < FOURIER_BINS; k++) {
        Complex p = z[k], q = z[(FOURIER - k) % FOURIER];
        of_a[k] = (Complex){(p.re + q.re) / 2, (p.im - q.im) / 2};
        of_b[k] = (Complex){(p.im + q.im) / 2, (q.re - p.re) / 2};
    }
}
