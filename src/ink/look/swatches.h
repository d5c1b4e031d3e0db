/* Swatches: squares of lightness cut out of a picture while its rows go by, for whoever measures
 * how sharp it is. They lie in an even grid, at most MOST_SWATCHES along each side, so that a
 * poster costs no more to look at than a leaflet; in a small picture they overlap.
 *
 * Lightness is a weighted mean of the colours in 0 … 255: good for differences between neighbours,
 * not a measure of colour. */
#ifndef CHUPIN_INK_LOOK_SWATCHES_H
#define CHUPIN_INK_LOOK_SWATCHES_H

#include "base/arena.h"
#include "facts/facts.h"

enum { SWATCH = 256, MOST_SWATCHES = 6 };

typedef enum PixelKind { PIXELS_GRAY, PIXELS_RGB, PIXELS_CMYK, PIXELS_LAB, PIXELS_INKS } PixelKind;
PixelKind pixel_kind(Space space); /* of colours in it, wherever they come from */

/* How the pixels of a picture come: rows of 8 bits, interleaved, as read/raster/raster.h says. */
typedef struct PixelForm {
    uint32_t width, height;
    PixelKind kind;
    int colours;  /* that count; they come first */
    int channels; /* from pixel to pixel */
} PixelForm;

typedef struct Swatch {
    uint32_t x, y;
    const uint8_t *light; /* SWATCH rows of SWATCH bytes */
} Swatch;
typedef void SwatchSink(void *self, const Swatch *swatch);

typedef struct Swatches Swatches;
Swatches *swatches_new(Arena *a, const PixelForm *form, SwatchSink *sink, void *self);
void swatches_row(Swatches *s, uint32_t y, const uint8_t *samples);

#endif
