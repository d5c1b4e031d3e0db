#include "ink/surface/blend.h"

#include <math.h>

#include "ink/surface/surface_mix.h"

bool blend_is_separable(Blend mode) {
    switch (mode) {
    case BLEND_UNKNOWN:
    case BLEND_NORMAL:
    case BLEND_MULTIPLY:
    case BLEND_SCREEN:
    case BLEND_OVERLAY:
    case BLEND_DARKEN:
    case BLEND_LIGHTEN:
    case BLEND_COLOR_DODGE:
    case BLEND_COLOR_BURN:
    case BLEND_HARD_LIGHT:
    case BLEND_SOFT_LIGHT:
    case BLEND_DIFFERENCE:
    case BLEND_EXCLUSION:
        return true;
    case BLEND_HUE:
    case BLEND_SATURATION:
    case BLEND_COLOR:
    case BLEND_LUMINOSITY:
    case BLEND_WORDS:
        return false;
    }
    return true;
}

bool blend_keeps_white(Blend mode) {
    return mode != BLEND_DIFFERENCE && mode != BLEND_EXCLUSION;
}

/* Two kinds of light, b of the backdrop and s of the source, 0 … 255, to light. */
static unsigned multiply(unsigned b, unsigned s) {
    return scale_byte(b, s);
}

static unsigned screen(unsigned b, unsigned s) {
    return 255 - scale_byte(255 - b, 255 - s);
}

static unsigned darken(unsigned b, unsigned s) {
    return b < s ? b : s;
}

static unsigned lighten(unsigned b, unsigned s) {
    return b > s ? b : s;
}

static unsigned hard_light(unsigned b, unsigned s) {
    return s < 128 ? multiply(b, 2 * s) : screen(b, 2 * s - 255);
}

static unsigned overlay(unsigned b, unsigned s) {
    return hard_light(s, b);
}

/* ISO 32000-1 leaves black under a white dodge and white over a black burn to its general case,
 * against its own claim that both modes keep white; ISO 32000-2 mends it, and so did everybody. */
static unsigned color_dodge(unsigned b, unsigned s) {
    if (!b)
        return 0;
    return b >= 255 - s ? 255 : (510 * b + (255 - s)) / (2 * (255 - s));
}

static unsigned color_burn(unsigned b, unsigned s) {
    return 255 - color_dodge(255 - b, 255 - s);
}

static unsigned soft_light(unsigned b, unsigned s) {
    float cb = (float)b / 255, cs = (float)s / 255, light;
    if (cs <= 0.5F) {
        light = cb - (1 - 2 * cs) * cb * (1 - cb);
    } else {
        float d = cb <= 0.25F ? ((16 * cb - 12) * cb + 4) * cb : sqrtf(cb);
        light = cb + (2 * cs - 1) * (d - cb);
    }
    return (unsigned)(light * 255 + 0.5F);
}

static unsigned difference(unsigned b, unsigned s) {
    return b > s ? b - s : s - b;
}

static unsigned exclusion(unsigned b, unsigned s) {
    return over_255(b * (255 - s) + s * (255 - b));
}

#define BLEND_LOOP(function)                                                                       \
    for (size_t i = 0; i < n; i++)                                                                 \
        out[i] =                                                                                   \
            (uint8_t)(255 - function(255 - (unsigned)backdrop[i], 255 - (unsigned)source[i]));     \
    return

void blend_row(Blend mode, uint8_t *out, const uint8_t *backdrop, const uint8_t *source, size_t n) {
    switch (mode) {
    case BLEND_MULTIPLY:
        BLEND_LOOP(multiply);
    case BLEND_SCREEN:
        BLEND_LOOP(screen);
    case BLEND_OVERLAY:
        BLEND_LOOP(overlay);
    case BLEND_DARKEN:
        BLEND_LOOP(darken);
    case BLEND_LIGHTEN:
        BLEND_LOOP(lighten);
    case BLEND_COLOR_DODGE:
        BLEND_LOOP(color_dodge);
    case BLEND_COLOR_BURN:
        BLEND_LOOP(color_burn);
    case BLEND_HARD_LIGHT:
        BLEND_LOOP(hard_light);
    case BLEND_SOFT_LIGHT:
        BLEND_LOOP(soft_light);
    case BLEND_DIFFERENCE:
        BLEND_LOOP(difference);
    case BLEND_EXCLUSION:
        BLEND_LOOP(exclusion);
    case BLEND_UNKNOWN:
    case BLEND_NORMAL:
    case BLEND_HUE:
    case BLEND_SATURATION:
    case BLEND_COLOR:
    case BLEND_LUMINOSITY:
    case BLEND_WORDS:
        memmove(out, source, n);
    }
}
#undef BLEND_LOOP

typedef struct Rgb {
    float c[3];
} Rgb;

static float lum(Rgb a) {
    return 0.3F * a.c[0] + 0.59F * a.c[1] + 0.11F * a.c[2];
}

static float least(Rgb a) {
    return fminf(a.c[0], fminf(a.c[1], a.c[2]));
}

static float most(Rgb a) {
    return fmaxf(a.c[0], fmaxf(a.c[1], a.c[2]));
}

/* ClipColor: what left 0 … 1 is drawn towards its luminosity. */
static Rgb clip_colour(Rgb a) {
    float l = lum(a), low = least(a), high = most(a);
    if (low < 0)
        for (int i = 0; i < 3; i++)
            a.c[i] = l + (a.c[i] - l) * l / (l - low);
    if (high > 1)
        for (int i = 0; i < 3; i++)
            a.c[i] = l + (a.c[i] - l) * (1 - l) / (high - l);
    return a;
}

static Rgb set_lum(Rgb a, float l) {
    float d = l - lum(a);
    for (int i = 0; i < 3; i++)
        a.c[i] += d;
    return clip_colour(a);
}

static Rgb set_sat(Rgb a, float saturation) {
    float low = least(a), spread = most(a) - low;
    for (int i = 0; i < 3; i++)
        a.c[i] = spread > 0 ? (a.c[i] - low) * saturation / spread : 0;
    return a;
}

static float sat(Rgb a) {
    return most(a) - least(a);
}

static Rgb blend_jointly(Blend mode, Rgb b, Rgb s) {
    if (mode == BLEND_HUE)
        return set_lum(set_sat(s, sat(b)), lum(b));
    if (mode == BLEND_SATURATION)
        return set_lum(set_sat(b, sat(s)), lum(b));
    if (mode == BLEND_COLOR)
        return set_lum(s, lum(b));
    return set_lum(b, lum(s));
}

void blend_rows_jointly(Blend mode, uint8_t *const out[3], const uint8_t *const backdrop[3],
                        const uint8_t *const source[3], size_t n) {
    for (size_t x = 0; x < n; x++) {
        Rgb b, s;
        for (int i = 0; i < 3; i++) {
            b.c[i] = 1 - (float)backdrop[i][x] / 255;
            s.c[i] = 1 - (float)source[i][x] / 255;
        }
        Rgb r = blend_jointly(mode, b, s);
        for (int i = 0; i < 3; i++)
            out[i][x] = (uint8_t)(255 - (unsigned)(fminf(fmaxf(r.c[i], 0), 1) * 255 + 0.5F));
    }
}

bool blend_takes_black_of_source(Blend mode) {
    return mode == BLEND_LUMINOSITY;
}
