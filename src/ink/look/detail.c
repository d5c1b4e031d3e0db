#include "ink/look/detail.h"
#include "ink/look/fourier.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
    EVERY = 4, /* rows between those that are looked at */
    ROWS = SWATCH / EVERY,
    LANES = 8,
    /* Ratios that are looked for, over FOURIER: 1 / 4.3 to 1 / 1.24. Less would need a kernel
     * sharper than any there is, more is seen by anybody. */
    LOWEST = 60,
    HIGHEST = 206,
    RATIOS = HIGHEST - LOWEST + 1,
    MOST_LOOKS = 2 * MOST_SWATCHES * MOST_SWATCHES,
    FEWEST_LOOKS = 4
};

/* Found on photographs of several cameras, sharp and soft, grainy, compressed and reduced, and on
 * what the kernels of the usual programs make of them. Without enlarging, coherence stays below
 * 0.26 and hardly rises above its neighbourhood; a compressed picture that was reduced without
 * softening comes nearest, at ratios above MILD. */
static const double LEAST_COHERENCE = 0.28, MILD = 0.6, CONTRAST = 2.2, CONTRAST_MILD = 2.9;
/* One that still shows the blocks was not reduced, but compressing has weakened the traces. */
static const double COHERENCE_GRIDDED = 0.22, CONTRAST_GRIDDED = 1.8;
/* No kernel leaves a step of one pixel between pixels that are level: a picture that has many was
 * drawn or taken at this size, whatever keeps its phase in it (a pitch, a screen, a grid of
 * windows). */
enum { STRONG_STEP = 24, LEVEL = 8, FEWEST_STEPS = 24 };
static const double MOST_CLEAN = 0.4;
/* Pixels that were repeated say so themselves. */
static const double CONTRAST_REPEATED = 1.6, OFF_REPEATED = 0.04;
/* Over the coherence that the borders of blocks have at other eighths. */
static const double OVER_GRID_HALF = 1.1, OVER_GRID = 1.3;
/* Mean step between neighbours below which a swatch shows nothing. */
static const double LEAST_TEXTURE = 1.2;
/* Variance of rounding to whole levels: nothing can be said about what is weaker. */
static const float ROUNDING = 1.0f / 12;
/* Energy near the highest frequency, over that of rounding, that only a sharp picture has. */
static const double SHARP = 3;
/* Lines of which so much is the same as the line before repeat it: noise and gradients too, which a
 * drawing does not. Their share from which on pixels were repeated. */
static const double SAME_LINE = 0.98, LEAST_REPEATED = 0.18;

typedef struct Look { /* one swatch, its rows or its columns */
    float coherence[RATIOS];
    float high;        /* energy of the upper third of frequencies, that of rounding being 1 */
    float repeated;    /* share of places where all neighbours are equal */
    int strong, clean; /* steps that stand out, and those of one pixel between level ones */
} Look;

/* Eight rows at once; what is added up so is the same however wide the vectors of a machine are. */
typedef float Lanes __attribute__((vector_size(LANES * sizeof(float)), aligned(16)));
typedef struct Spectra { /* of ROWS rows, bin by bin */
    Lanes re[FOURIER_BINS][ROWS / LANES], im[FOURIER_BINS][ROWS / LANES],
        size[FOURIER_BINS][ROWS / LANES];
} Spectra;

struct Detail {
    Fourier *fourier;
    float window[SWATCH];
    Spectra *spectra;
    Look *looks;
    int count;
};

Detail *detail_new(Arena *a) {
    Detail *d = ARENA_NEW(a, Detail);
    double energy = 0;
    d->fourier = fourier_new(a);
    d->spectra = ARENA_NEW(a, Spectra);
    d->looks = ARENA_ARRAY(a, Look, MOST_LOOKS);
    for (int i = 0; i < SWATCH; i++) { /* Hann's window, of unit energy */
        d->window[i] = (float)(0.5 - 0.5 * cos(2 * M_PI * i / SWATCH));
        energy += (double)d->window[i] * (double)d->window[i];
    }
    for (int i = 0; i < SWATCH; i++)
        d->window[i] /= (float)sqrt(energy);
    return d;
}

static void take_line(const Detail *d, float *out, const uint8_t *first, size_t step) {
    float mean = 0;
    for (int i = 0; i < SWATCH; i++)
        mean += out[i] = first[(size_t)i * step];
    mean /= SWATCH;
    for (int i = 0; i < SWATCH; i++)
        out[i] = (out[i] - mean) * d->window[i];
}

static void take_spectra(Detail *d, const uint8_t *light, size_t step, size_t line) {
    Spectra *s = d->spectra;
    float a[SWATCH], b[SWATCH];
    Complex both[2][FOURIER_BINS];
    for (int row = 0; row < ROWS; row += 2) {
        take_line(d, a, light + (size_t)(row * EVERY) * line, step);
        take_line(d, b, light + (size_t)((row + 1) * EVERY) * line, step);
        fourier_pair(d->fourier, a, b, both[0], both[1]);
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

/* How steady the phase of bin a times bin b is over the rows, and how much energy there is. */
static void steadiness(const Spectra *s, int a, int b, float *steady, float *energy) {
    Lanes re = {0}, im = {0}, size = {0};
    for (int i = 0; i < ROWS / LANES; i++) {
        re += s->re[a][i] * s->re[b][i] - s->im[a][i] * s->im[b][i];
        im += s->re[a][i] * s->im[b][i] + s->im[a][i] * s->re[b][i];
        size += s->size[a][i] * s->size[b][i];
    }
    float x = total(&re), y = total(&im);
    *steady += sqrtf(x * x + y * y);
    *energy += total(&size) + ROWS * ROUNDING;
}

/* Over the frequencies just beyond the cut-off of this ratio, as far as a kernel lets them pass. */
static float coherence(const Spectra *s, int ratio) {
    float steady = 0, energy = 0;
    int last = ratio * 7 / 10 < FOURIER / 2 ? ratio * 7 / 10 : FOURIER / 2;
    for (int bin = (ratio + 1) / 2 + 2; bin <= last; bin++)
        steadiness(s, bin, ratio - bin, &steady, &energy);
    return steady / energy;
}

static float high_energy(const Spectra *s) {
    const int first = FOURIER * 35 / 100;
    float sum = 0;
    for (int bin = first; bin < FOURIER_BINS; bin++)
        for (int i = 0; i < ROWS / LANES; i++) {
            Lanes squares = s->size[bin][i] * s->size[bin][i];
            sum += total(&squares);
        }
    return sum / (float)(ROWS * (FOURIER_BINS - first)) / ROUNDING;
}

static int by_size(const void *a, const void *b) {
    const float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

static double at_share(float *values, int count, double share) {
    qsort(values, (size_t)count, sizeof *values, by_size);
    return (double)values[(int)(share * (count - 1) + 0.5)];
}

/* Mean step from line to line along an axis, and how many lines repeat the one before. */
static double steps_of(const uint8_t *light, size_t step, size_t line, float *repeated) {
    double sum = 0;
    int same_lines = 0;
    for (size_t i = 0; i + 1 < SWATCH; i++) {
        int total_step = 0, same = 0;
        for (size_t k = 0; k < SWATCH; k++) {
            int by = abs(light[(i + 1) * step + k * line] - light[i * step + k * line]);
            total_step += by;
            same += by == 0;
        }
        same_lines += same >= SAME_LINE * SWATCH;
        sum += (double)total_step / SWATCH;
    }
    *repeated = (float)same_lines / (SWATCH - 1);
    return sum / (SWATCH - 1);
}

static void count_steps(Look *l, const uint8_t *light, size_t step, size_t line) {
    l->strong = l->clean = 0;
    for (size_t row = 0; row < SWATCH; row += EVERY)
        for (size_t i = 1; i + 2 < SWATCH; i++) {
            const uint8_t *p = light + row * line + i * step;
            int by = abs(p[step] - p[0]);
            if (by < STRONG_STEP)
                continue;
            int before = abs(p[0] - *(p - step)), after = abs(p[2 * step] - p[step]);
            if (by < before || by < after)
                continue;
            l->strong++;
            l->clean += before * LEVEL <= by && after * LEVEL <= by;
        }
}

static void look(Detail *d, const uint8_t *light, size_t step, size_t line) {
    Look *l = &d->looks[d->count];
    if (d->count == MOST_LOOKS || steps_of(light, step, line, &l->repeated) < LEAST_TEXTURE)
        return;
    d->count++;
    count_steps(l, light, step, line);
    take_spectra(d, light, step, line);
    l->high = high_energy(d->spectra);
    for (int i = 0; i < RATIOS; i++)
        l->coherence[i] = coherence(d->spectra, LOWEST + i);
}

void detail_swatch(Detail *d, const Swatch *s) {
    look(d, s->light, 1, SWATCH);
    look(d, s->light, SWATCH, 1);
}

static double middle_of(const Detail *d, int ratio) {
    float values[MOST_LOOKS];
    for (int i = 0; i < d->count; i++)
        values[i] = d->looks[i].coherence[ratio];
    return at_share(values, d->count, 0.5);
}

/* The neighbourhood of a ratio, without what the window smears into it. */
static double ground(const double *coherence, int at) {
    float around[16];
    int n = 0;
    for (int off = 4; off <= 10; off++) {
        if (at - off >= 0)
            around[n++] = (float)coherence[at - off];
        if (at + off < RATIOS)
            around[n++] = (float)coherence[at + off];
    }
    return at_share(around, n, 0.5);
}

/* Borders of blocks are coherent at every eighth, most of all at the higher ones: those mean
 * nothing, a lower one something only when it stands out. */
static bool is_of_grid(const double *coherence, int at) {
    enum { EIGHTH = FOURIER / 8, HALF = 4 };
    int ratio = at + LOWEST, which = (ratio + EIGHTH / 2) / EIGHTH;
    if (abs(ratio - which * EIGHTH) > 2)
        return false;
    double others = 0;
    for (int k = 2; k <= 6; k++)
        if (k != which)
            others = fmax(others, coherence[k * EIGHTH - LOWEST]);
    return which > HALF || coherence[at] < (which == HALF ? OVER_GRID_HALF : OVER_GRID) * others;
}

/* Where the peak really lies, between the ratios that were tried. */
static double peak_at(const double *c, int at) {
    if (at == 0 || at == RATIOS - 1)
        return at;
    double bend = c[at - 1] - 2 * c[at] + c[at + 1];
    return bend < 0 ? at + 0.5 * (c[at - 1] - c[at + 1]) / bend : at;
}

static bool is_peak(const double *coherence, int at, double least, double contrast) {
    double c = coherence[at];
    return c >= least && c >= contrast * ground(coherence, at) &&
           (at == 0 || c >= coherence[at - 1]) && (at == RATIOS - 1 || c >= coherence[at + 1]);
}

static bool has_clean_steps(const Detail *d) {
    int strong = 0, clean = 0;
    for (int i = 0; i < d->count; i++) {
        strong += d->looks[i].strong;
        clean += d->looks[i].clean;
    }
    return strong >= FEWEST_STEPS && clean >= MOST_CLEAN * strong;
}

/* The ratio an enlarged picture uses; NaN: it was not. `repeated` is the share of lines that repeat
 * the one before: when pixels were repeated, all that the ratio leaves. `clean`: only repeating
 * leaves such steps. */
static double enlarged(const double *coherence, double repeated, bool gridded, bool clean) {
    bool copies = repeated >= LEAST_REPEATED && !gridded; /* quantised blocks are flat too */
    int best = -1;
    for (int i = 0; i < RATIOS; i++) {
        double ratio = (double)(i + LOWEST) / FOURIER;
        bool fits = copies && fabs(ratio - (1 - repeated)) <= OFF_REPEATED;
        double least = gridded ? COHERENCE_GRIDDED : LEAST_COHERENCE;
        double contrast = fits           ? CONTRAST_REPEATED
                          : gridded      ? CONTRAST_GRIDDED
                          : ratio > MILD ? CONTRAST_MILD
                                         : CONTRAST;
        if (!is_peak(coherence, i, least, contrast) || (gridded && is_of_grid(coherence, i)) ||
            (clean && !fits))
            continue;
        if (fits)
            return (LOWEST + peak_at(coherence, i)) / FOURIER;
        if (best < 0 || coherence[i] > coherence[best])
            best = i;
    }
    return best < 0 ? NAN : (LOWEST + peak_at(coherence, best)) / FOURIER;
}

double detail_found(Detail *d, bool gridded) {
    double coherence[RATIOS];
    float values[MOST_LOOKS];
    if (d->count < FEWEST_LOOKS)
        return NAN;
    for (int i = 0; i < RATIOS; i++)
        coherence[i] = middle_of(d, i);
    for (int i = 0; i < d->count; i++)
        values[i] = d->looks[i].repeated;
    double repeated = at_share(values, d->count, 0.5);
    double found = enlarged(coherence, repeated, gridded, has_clean_steps(d));
    if (!isnan(found))
        return found;
    for (int i = 0; i < d->count; i++)
        values[i] = d->looks[i].high;
    return at_share(values, d->count, 0.9) >= SHARP ? 1 : NAN;
}
