#include "read/pdf/tints.h"

#include <math.h>
#include <string.h>

const char *const process_names[PROCESS_INKS] = {
    [CYAN] = "Cyan", [MAGENTA] = "Magenta", [YELLOW] = "Yellow", [BLACK] = "Black"};

/* Tints below this are rounding, not ink: a plate of 8 bits cannot hold them. */
static const float LEAST_TINT = 0.5f / 255;

int process_ink(Str name) {
    for (int i = 0; i < PROCESS_INKS; i++)
        if (str_is(name, process_names[i]))
            return i;
    return -1;
}

static float clamped(float v) {
    return v > 1 ? 1 : v >= 0 ? v : 0;
}

static void add_process(Tints *t, int ink, float tint) {
    t->process_used[ink] |= isnan(tint) || tint >= LEAST_TINT;
    t->process[ink] = tint;
}

static void from_gray(Tints *t, const float *v) {
    t->family = FAMILY_GRAY;
    t->named = true;
    add_process(t, BLACK, v ? 1 - clamped(v[0]) : NAN);
}

static void from_cmyk(Tints *t, const float *v) {
    t->family = FAMILY_CMYK;
    t->named = true;
    for (int i = 0; i < PROCESS_INKS; i++)
        add_process(t, i, v ? clamped(v[i]) : NAN);
}

static void from_light(Tints *t, const ColourSpace *s, const float *v) {
    bool lab = s->space == SPACE_LAB || s->space == SPACE_ICC_LAB;
    t->family = lab ? FAMILY_LAB : FAMILY_RGB;
    if (!v)
        return;
    t->white = lab ? v[0] >= 100 && fabsf(v[1]) < LEAST_TINT && fabsf(v[2]) < LEAST_TINT
                   : v[0] >= 1 && v[1] >= 1 && v[2] >= 1;
    if (!lab)
        t->darkness = 1 - clamped(fmaxf(v[0], fmaxf(v[1], v[2])));
}

static void add_named(Tints *t, const ColourSpace *s, int i, const float *v) {
    float tint = v ? clamped(v[i]) : NAN;
    int process = process_ink(s->names[i]);
    if (process >= 0) {
        add_process(t, process, tint);
        return;
    }
    InkKind kind = str_is(s->names[i], "All")    ? INK_ALL
                   : str_is(s->names[i], "None") ? INK_NONE
                                                 : INK_SPOT;
    t->spots[t->spot_count++] = (Colorant){s->names[i], kind, s, tint};
    if (kind != INK_ALL)
        return;
    t->all = true;
    t->all_tint = tint;
    for (int ink = 0; ink < PROCESS_INKS; ink++)
        add_process(t, ink, tint);
}

static void from_named(Tints *t, const ColourSpace *s, const float *v) {
    t->named = true;
    t->family = FAMILY_CMYK;
    for (int i = 0; i < s->name_count && i < MAX_COLORANTS; i++) {
        add_named(t, s, i, v);
        if (process_ink(s->names[i]) < 0)
            t->family = FAMILY_SPOT;
    }
}

/* The colour an index stands for, as numbers of the base space. False when the palette cannot be
 * read. */
static bool palette_values(float *out, const ColourSpace *s, float index) {
    const ColourSpace *base = s->base;
    if (!s->palette || !base || base->components > MAX_COLORANTS)
        return false;
    int at = index > 0 ? (int)index : 0;
    at = at > s->high ? s->high : at;
    const uint8_t *p = s->palette + (size_t)at * (size_t)base->components;
    bool lab = base->space == SPACE_LAB;
    for (int i = 0; i < base->components; i++) {
        double low = lab && i > 0 ? base->range[2 * i - 2] : 0;
        double high = lab ? (i > 0 ? base->range[2 * i - 1] : 100) : 1;
        out[i] = (float)(low + p[i] * (high - low) / 255);
    }
    return true;
}

static void from_space(Tints *t, const ColourSpace *s, const float *v, int depth) {
    t->base = s->space;
    switch (s->space) {
    case SPACE_GRAY:
    case SPACE_CALGRAY:
    case SPACE_ICC_GRAY:
        from_gray(t, v);
        return;
    case SPACE_CMYK:
    case SPACE_ICC_CMYK:
        from_cmyk(t, v);
        return;
    case SPACE_RGB:
    case SPACE_CALRGB:
    case SPACE_ICC_RGB:
    case SPACE_LAB:
    case SPACE_ICC_LAB:
        from_light(t, s, v);
        return;
    case SPACE_SEPARATION:
    case SPACE_DEVICEN:
        from_named(t, s, v);
        return;
    case SPACE_INDEXED:
    case SPACE_PATTERN: {
        float values[MAX_COLORANTS];
        bool known = v && s->space == SPACE_INDEXED && palette_values(values, s, v[0]);
        if (s->base && depth < 8)
            from_space(t, s->base,
                       known                       ? values
                       : s->space == SPACE_PATTERN ? v
                                                   : NULL,
                       depth + 1);
        else if (s->space == SPACE_PATTERN)
            t->family = FAMILY_NONE;
        t->fixed &= s->space == SPACE_PATTERN || known;
        return;
    }
    case SPACE_UNKNOWN:
    case SPACE_NONE:
    case SPACE_OTHER:
    case SPACE_WORDS:
        return;
    }
}

int tints_count(const Tints *t) {
    int count = 0;
    for (int i = 0; i < PROCESS_INKS; i++)
        count += t->process_used[i];
    for (int i = 0; i < t->spot_count; i++)
        count += t->spots[i].kind == INK_SPOT &&
                 (isnan(t->spots[i].tint) || t->spots[i].tint >= LEAST_TINT);
    return count;
}

void tints_of(Tints *out, const ColourSpace *space, const float *values) {
    *out = (Tints){.white = UNKNOWN_BOOL, .darkness = NAN, .fixed = values != NULL};
    if (!space)
        return;
    from_space(out, space, values, 0);
    if (out->named && out->fixed)
        out->white = tints_count(out) == 0;
}

/* A tint is written in a few decimals and kept in a float: 0.08 is to be 0.08, as a limit of 8 %
 * says it. */
static double as_written(float tint) {
    const double decimals = 1e6;
    return isnan(tint) ? NAN : round((double)tint * decimals) / decimals;
}

void style_from_tints(Style *s, const Tints *t) {
    s->base = (uint8_t)t->base;
    s->family = (uint8_t)t->family;
    s->white = t->white;
    s->darkness = as_written(t->darkness);
    /* The 400 % are of a flat colour; of a picture only its space can be registration colour. */
    if (t->family != FAMILY_UNKNOWN)
        s->registration = !t->fixed && t->all;
    if (!t->named || !t->fixed)
        return;
    double *tints[PROCESS_INKS] = {&s->c, &s->m, &s->y, &s->k};
    double sum = 0, most = 0;
    bool full = true;
    for (int i = 0; i < PROCESS_INKS; i++) {
        *tints[i] = as_written(t->process[i]);
        sum += *tints[i];
        most = fmax(most, *tints[i]);
        full &= t->process[i] > 1 - LEAST_TINT;
    }
    for (int i = 0; i < t->spot_count; i++)
        if (t->spots[i].kind == INK_SPOT)
            most = fmax(most, as_written(t->spots[i].tint));
    s->process_sum = sum;
    s->tint = most;
    s->ink_count = tints_count(t);
    s->registration = full || (t->all && t->all_tint >= LEAST_TINT);
}
