/* What the samples of a raster page mean as ink.
 *
 * Two steps. Samples are composed first: laid on the paper where there is alpha, what is no ink
 * (masks, alpha itself) left out, gray that is black ink turned round. Composed pixels are bytes
 * that may be added up and divided, `channels` a pixel: the colours, then the spots. Then they
 * become tints of planes, which for CMYK and gray are the same bytes and for other colours come
 * from the press. So means of many pixels need to be converted only once. */
#ifndef CHUPIN_INK_PIXELS_PIXEL_INKS_H
#define CHUPIN_INK_PIXELS_PIXEL_INKS_H

#include "ink/press/press.h"
#include "read/raster/raster.h"

typedef struct PixelInks {
    const RasterHead *head;
    Planes planes;
    bool exact;                         /* colours are inks as they stand */
    int colours, channels;              /* of composed pixels */
    int from[MOST_RASTER_CHANNELS];     /* channel of the samples */
    int plane_of[MOST_RASTER_CHANNELS]; /* of each composed channel; when exact also of colours */
    int alpha;                          /* channel of the samples; -1: opaque */
    bool premultiplied;
    bool plain; /* samples are composed as they stand */
    const PressRows *rows;
    Paint paint;                /* planes of the colours */
    uint8_t *composed, *colour; /* rows */
    uint8_t *any, *all;         /* a channel of the samples: its bits joined by or, by and */
} PixelInks;

/* Lives in the arena of the page. */
PixelInks *pixel_inks_new(Arena *page, Press *press, const RasterHead *head);
/* A row of the file, composed; as it stands when it is so already. */
const uint8_t *pixel_inks_compose(PixelInks *inks, const uint8_t *samples);
/* How many planes there are to paint, and which; rows for pixel_inks_planes have this order. */
int pixel_inks_painted(const PixelInks *inks, int planes[FIRST_SPOT + MOST_RASTER_CHANNELS]);
void pixel_inks_planes(PixelInks *inks, const uint8_t *composed, size_t n, uint8_t *const *rows);
/* Which channels are used, and whether a pixel is not opaque. `whole`: all rows were composed; else
 * only what was seen is told. */
void pixel_inks_facts(const PixelInks *inks, Facts *facts, Raster *raster, bool whole);

#endif
