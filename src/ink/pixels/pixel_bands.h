/* Rows of tints become bands of plates, as whoever asks for plates expects them. */
#ifndef CHUPIN_INK_PIXELS_PIXEL_BANDS_H
#define CHUPIN_INK_PIXELS_PIXEL_BANDS_H

#include "ink/pixels/pixel_inks.h"
#include "ink/plates/plates.h"

typedef struct PixelBandsPlan {
    PixelInks *inks;
    int width, height; /* rows that are put */
    RasterTurn turn;   /* how they are told; only swap and flips count */
    double ppi;
    BandSink *sink;
    void *self;
} PixelBandsPlan;

/* A picture that is turned is kept until its last row. */
static const size_t MOST_TURNED_BYTES = (size_t)32 << 20;
static inline bool turn_is_none(const RasterTurn *t) {
    return !t->swap && !t->flip_x && !t->flip_y;
}

typedef struct PixelBands PixelBands;
PixelBands *pixel_bands_new(Arena *page, const PixelBandsPlan *plan);
void pixel_bands_free(PixelBands *b); /* NULL is allowed */
/* From the top; rows in the order of pixel_inks_painted. NULL: without ink. */
void pixel_bands_row(PixelBands *b, const uint8_t *const *rows);

#endif
