#include "ink/look/coherence.h"

#include "ink/look/fourier.h"

#include <math.h>
#include <string.h>

enum { ROWS = SWATCH / LINE_EVERY, LANES = 8 };
/* Variance of rounding to whole levels: nothing can be said about what is weaker. */
static const float ROUNDING = 1.0f / 12;

/* Eight rows at once; what is added up so is the same however wide the vectors of a machine are. */
typedef float Lanes __attribute__((vector_size(LANES * sizeof(float)), aligned(16)));
struct Spectra {
    Fourier *fourier;
    float window[SWATCH];
    /* of ROWS rows, bin by bin */
    Lanes re[FOURIER_BINS][ROWS / LANES], im[FOURIER_BINS][ROWS / LANES],
        size[FOURIER_BINS][ROWS / LANES];
};

Spectra *spectra_new(Arena *a) {
    Spectra *s = ARENA_NEW(a, Spectra);
    double energy = 0;
    s->fourier = fourier_new(a);
    for (int i = 0; i < SWATCH; i++) { /* Hann's window, of unit energy */
        s->window[i] = (float)(0.5 - 0.5 * cos(2 * M_PI * i / SWATCH));
        energy += (double)s->window[i] * (double)s->window[i];
    }
    for (int i = 0; i < SWATCH; i++)
        s->window[i] /= (float)sqrt(energy);
    return s;
}

static void take_line(const Spectra *s, float *out, const uint8_t *first, size_t step) {
    float mean = 0;
    for (int i = 0; i < SWATCH; i++)
        mean += out[i] = first[(size_t)i * step];
    mean /= SWATCH;
    for (int i = 0; i < SWATCH; i++)
        out[i] = (out[i] - mean) * s->window[i];
}

void spectra_take(Spectra *s, const uint8_t *light, size_t step, size_t line) {
    float a[SWATCH], b[SWATCH];
    Complex both[2][FOURIER_BINS];
    for (int row = 0; row < ROWS; row += 2) {
        take_line(s, a, light + (size_t)(row * LINE_EVERY) * line, step);
        take_line(s, b, light + (size_t)((row + 1) * LINE_EVERY) * line, step);
        fourier_pair(s->fourier, a, b, both[0], both[1]);
        for (int k = 0; k < FOURIER_BINS; k++)
            for (int i = 0; i < 2; i++) {
                Complex c = both[i][k];
                s->re[k][(row + i) / LANES][(row + i) % LANES] = c.re;
                s->im[k][(row + i) / LANES][(row + i) % LANES] = c.im;
                s->size[k][(row + i) / LANES][(row + i) % LANES] = sqrtf(c.re * c.re + c.im * c.im);
            }
    }
}

static float total(const Lanes *lanes) {
    float sum = 0;
    for (int i = 0; i < LANES; i++)
        sum += (*lanes)[i];
    return sum;
}

/* There are dozens at most. */
float sorted_share(float *values, int count, double share) {
    for (int i = 1; i < count; i++) {
        float value = values[i];
        int at = i;
        for (; at > 0 && values[at - 1] > value; at--)
            values[at] = values[at - 1];
        values[at] = value;
    }
    return values[(int)(share * (count - 1) + 0.5)];
}

/* How steady the phase of bin a times bin b is over the rows, and how much energy there is. */
static void steadiness(const Spectra *s, int a, int b, float *steady, float *energy) {
    Lanes re = {0}, im = {0}, size = {0};
    for (int i = 0; i < ROWS / LANES; i++) {
        re += s->re[a][i] * s->re[b][i] - s->im[a][i] * s->im[b][i];
        im += s->re[a][i] * s->im[b][i] + s->im[a][i] * s->re[b][i];
        size += s->size[a][i] * s->size[b][i];
    }
    float x = total(&re), y = total(&im);
    *steady = sqrtf(x * x + y * y);
    *energy = total(&size) + ROWS * ROUNDING;
}

/* About the middle one: of a few that are spread over all. */
static float usual(const float *energy, int count) {
    enum { FEW = 7 };
    float some[FEW];
    for (int i = 0; i < FEW; i++)
        some[i] = energy[(2 * i + 1) * count / (2 * FEW)];
    return sorted_share(some, FEW, 0.5);
}

/* Over the frequencies just beyond the cut-off of this ratio, as far as a kernel lets them pass.
 * None counts for more than the usual: what a pitch repeats (lines of type, a grid of windows)
 * stands in a few of them, and keeps its phase without any enlarging. */
float spectra_coherence(const Spectra *s, int ratio) {
    float steady[FOURIER_BINS], energy[FOURIER_BINS], sum = 0, weights = 0;
    int count = 0, last = ratio * 7 / 10 < FOURIER / 2 ? ratio * 7 / 10 : FOURIER / 2;
    for (int bin = (ratio + 1) / 2 + 2; bin <= last; bin++, count++)
        steadiness(s, bin, ratio - bin, &steady[count], &energy[count]);
    float most = usual(energy, count);
    for (int i = 0; i < count; i++) {
        float weight = fminf(energy[i], most);
        sum += weight * steady[i] / energy[i];
        weights += weight;
    }
    return sum / weights;
}

float spectra_high(const Spectra *s) {
    const int first = FOURIER * 35 / 100;
    float sum = 0;
    for (int bin = first; bin < FOURIER_BINS; bin++)
        for (int i = 0; i < ROWS / LANES; i++) {
            Lanes squares = s->size[bin][i] * s->size[bin][i];
            sum += total(&squares);
        }
    return sum / (float)(ROWS * (FOURIER_BINS - first)) / ROUNDING;
}
