#include "ink/look/swatches.h"

#include <string.h>

PixelKind pixel_kind(Space space) {
    switch (space) {
    case SPACE_GRAY:
    case SPACE_CALGRAY:
    case SPACE_ICC_GRAY:
        return PIXELS_GRAY;
    case SPACE_RGB:
    case SPACE_CALRGB:
    case SPACE_ICC_RGB:
        return PIXELS_RGB;
    case SPACE_CMYK:
    case SPACE_ICC_CMYK:
        return PIXELS_CMYK;
    case SPACE_LAB:
    case SPACE_ICC_LAB:
        return PIXELS_LAB;
    case SPACE_UNKNOWN:
    case SPACE_NONE:
    case SPACE_SEPARATION:
    case SPACE_DEVICEN:
    case SPACE_INDEXED:
    case SPACE_PATTERN:
    case SPACE_OTHER:
    case SPACE_WORDS:
        return PIXELS_INKS;
    }
    return PIXELS_INKS;
}

struct Swatches {
    PixelForm form;
    SwatchSink *sink;
    void *self;
    uint32_t across, down;
    uint8_t *light; /* one after the other, those of a row of the grid from the left */
};

static uint32_t along(uint32_t pixels) {
    uint32_t fit = 2 * (pixels / SWATCH);
    if (!fit)
        return 0;
    return fit - 1 < MOST_SWATCHES ? fit - 1 : MOST_SWATCHES;
}

/* The middle of each of `count` equal parts. */
static uint32_t start_of(uint32_t pixels, uint32_t count, uint32_t i) {
    uint64_t middle = (uint64_t)(2 * i + 1) * pixels / (2 * count);
    uint32_t start = middle > SWATCH / 2 ? (uint32_t)middle - SWATCH / 2 : 0;
    return start + SWATCH <= pixels ? start : pixels - SWATCH;
}

Swatches *swatches_new(Arena *a, const PixelForm *form, SwatchSink *sink, void *self) {
    Swatches *s = ARENA_NEW(a, Swatches);
    *s = (Swatches){.form = *form, .sink = sink, .self = self};
    s->across = along(form->width);
    s->down = along(form->height);
    s->light = arena_alloc(a, (size_t)s->across * s->down * SWATCH * SWATCH + 1);
    return s;
}

static int luma(const uint8_t *p) {
    enum { RED = 77, GREEN = 150, BLUE = 29 }; /* ITU-R BT.601, over 256 */
    return (RED * p[0] + GREEN * p[1] + BLUE * p[2]) >> 8;
}

/* Exactly a × b / 255, rounded. */
static int times(int a, int b) {
    int t = a * b + 128;
    return (t + (t >> 8)) >> 8;
}

static void cut(const PixelForm *f, uint8_t *out, const uint8_t *from) {
    const int step = f->channels;
    switch (f->kind) {
    case PIXELS_RGB:
        for (int x = 0; x < SWATCH; x++)
            out[x] = (uint8_t)luma(from + x * step);
        return;
    case PIXELS_CMYK:
        for (int x = 0; x < SWATCH; x++)
            out[x] = (uint8_t)times(255 - luma(from + x * step), 255 - from[x * step + 3]);
        return;
    case PIXELS_INKS:
        memset(out, 255, SWATCH);
        for (int i = 0; i < f->colours; i++)
            for (int x = 0; x < SWATCH; x++)
                out[x] = (uint8_t)times(out[x], 255 - from[x * step + i]);
        return;
    case PIXELS_GRAY:
    case PIXELS_LAB:
        for (int x = 0; x < SWATCH; x++)
            out[x] = from[x * step];
        return;
    }
}

void swatches_row(Swatches *s, uint32_t y, const uint8_t *samples) {
    for (uint32_t j = 0; j < s->down; j++) {
        uint32_t top = start_of(s->form.height, s->down, j);
        if (y < top || y >= top + SWATCH)
            continue;
        for (uint32_t i = 0; i < s->across; i++) {
            uint32_t left = start_of(s->form.width, s->across, i);
            uint8_t *light = s->light + (size_t)(j * s->across + i) * SWATCH * SWATCH;
            cut(&s->form, light + (size_t)(y - top) * SWATCH,
                samples + (size_t)left * (size_t)s->form.channels);
            if (y == top + SWATCH - 1)
                s->sink(s->self, &(Swatch){left, top, light});
        }
    }
}
