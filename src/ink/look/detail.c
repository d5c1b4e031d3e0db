#include "ink/look/detail.h"

#include "ink/look/coherence.h"

#include <math.h>
#include <stdlib.h>

enum { MOST_LOOKS = 2 * MOST_SWATCHES * MOST_SWATCHES, FEWEST_LOOKS = 4 };

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
/* Rows of a picture that have nothing to do with each other are as coherent as this by chance; less
 * is a pitch that goes across both axes (a screen), whose phase turns from row to row. */
static const double LEAST_GROUND = 0.08;
/* Pixels that were repeated say so themselves. */
static const double CONTRAST_REPEATED = 1.6, OFF_REPEATED = 0.04;
/* Over the coherence that the borders of blocks have at other eighths. */
static const double OVER_GRID_HALF = 1.1, OVER_GRID = 1.3;
/* Mean step between neighbours below which a swatch shows nothing. */
static const double LEAST_TEXTURE = 1.2;
/* Energy near the highest frequency, over that of rounding, that only a sharp picture has. */
static const double SHARP = 3;
/* Lines of which so much is the same as the line before repeat it: noise and gradients too, which a
 * drawing does not. Their share from which on pixels were repeated. */
static const double SAME_LINE = 0.98, LEAST_REPEATED = 0.18;

typedef struct Look { /* one swatch, its rows or its columns */
    float coherence[RATIOS];
    float high;        /* energy of the upper third of frequencies, that of rounding being 1 */
    float repeated;    /* share of lines that repeat the one before */
    int strong, clean; /* steps that stand out, and those of one pixel between level ones */
    bool across;       /* its rows */
} Look;

struct Detail {
    Spectra *spectra;
    Look *looks;
    int count;
};

Detail *detail_new(Arena *a) {
    Detail *d = ARENA_NEW(a, Detail);
    d->spectra = spectra_new(a);
    d->looks = ARENA_ARRAY(a, Look, MOST_LOOKS);
    return d;
}

static bool is_flat(const uint8_t *first, size_t line) {
    for (size_t k = 1; k < SWATCH; k++)
        if (first[k * line] != first[0])
            return false;
    return true;
}

/* Mean step from line to line along an axis, and how many lines repeat the one before: of those
 * that show something, since the paper between lines of type repeats itself everywhere. */
static double steps_of(const uint8_t *light, size_t step, size_t line, float *repeated) {
    double sum = 0;
    int lines = 0, same_lines = 0;
    for (size_t i = 0; i + 1 < SWATCH; i++) {
        int total_step = 0, same = 0;
        for (size_t k = 0; k < SWATCH; k++) {
            int by = abs(light[(i + 1) * step + k * line] - light[i * step + k * line]);
            total_step += by;
            same += by == 0;
        }
        sum += (double)total_step / SWATCH;
        if (total_step == 0 && is_flat(light + i * step, line))
            continue;
        lines++;
        same_lines += same >= SAME_LINE * SWATCH;
    }
    *repeated = lines ? (float)same_lines / (float)lines : 0;
    return sum / (SWATCH - 1);
}

static void count_steps(Look *l, const uint8_t *light, size_t step, size_t line) {
    l->strong = l->clean = 0;
    for (size_t row = 0; row < SWATCH; row += LINE_EVERY)
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
    l->across = step == 1;
    count_steps(l, light, step, line);
    spectra_take(d->spectra, light, step, line);
    l->high = spectra_high(d->spectra);
    for (int i = 0; i < RATIOS; i++)
        l->coherence[i] = spectra_coherence(d->spectra, LOWEST + i);
}

void detail_swatch(Detail *d, const Swatch *s) {
    look(d, s->light, 1, SWATCH);
    look(d, s->light, SWATCH, 1);
}

/* The middle of what the looks along one axis say. */
static double middle_along(const Detail *d, int ratio, bool across) {
    float values[MOST_LOOKS];
    int n = 0;
    for (int i = 0; i < d->count; i++)
        if (d->looks[i].across == across)
            values[n++] = d->looks[i].coherence[ratio];
    return n ? sorted_share(values, n, 0.5) : 0;
}

/* Enlarging goes along both axes; a pitch (of lines, of letters) has its own along each. */
static double middle_of(const Detail *d, int ratio) {
    return fmin(middle_along(d, ratio, true), middle_along(d, ratio, false));
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
    return sorted_share(around, n, 0.5);
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
    double around = ground(coherence, at);
    return c >= least && c >= contrast * around && around >= LEAST_GROUND &&
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
    double repeated = sorted_share(values, d->count, 0.5);
    double found = enlarged(coherence, repeated, gridded, has_clean_steps(d));
    if (!isnan(found))
        return found;
    for (int i = 0; i < d->count; i++)
        values[i] = d->looks[i].high;
    return sorted_share(values, d->count, 0.9) >= SHARP ? 1 : NAN;
}
