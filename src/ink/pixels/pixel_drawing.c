#include "ink/pixels/pixel_drawing.h"

#include <string.h>

#include "ink/measure/ink_sums_pixels.h"
#include "ink/pixels/pixel_cells.h"

struct PixelDrawing {
    PixelInks *inks;
    PixelDrawingPlan plan;
    PixelStrip strips[MOST_STRIPS];
    PixelSums *sums[MOST_PIXEL_SUMS];
    size_t strip_count, sums_count;
    int width, height; /* pixels */
    int columns, rows; /* cells */
    uint16_t *pending; /* sums of columns of pixels, in the row of cells at hand */
    int pending_rows;
    uint32_t *cells;
    uint8_t *means;
    int row;                                           /* of cells */
    uint8_t *tints[FIRST_SPOT + MOST_RASTER_CHANNELS]; /* rows, as wide as those of the file */
    PixelBands *bands;
};

PixelDrawing *pixel_drawing_new(Arena *page, PixelInks *inks, const PixelDrawingPlan *plan) {
    PixelDrawing *d = ARENA_NEW(page, PixelDrawing);
    *d = (PixelDrawing){.inks = inks, .plan = *plan};
    d->width = (int)inks->head->width;
    d->height = (int)inks->head->height;
    Area all = pixel_cells_of(inks->head, plan->across, plan->down), region = plan->region;
    d->columns = all.x1;
    d->rows = all.y1;
    size_t samples = (size_t)d->width * (size_t)inks->channels;
    size_t means = (size_t)d->columns * (size_t)inks->channels;
    d->pending = ARENA_ARRAY(page, uint16_t, samples);
    d->cells = ARENA_ARRAY(page, uint32_t, means);
    d->means = arena_alloc(page, means);
    int planes[FIRST_SPOT + MOST_RASTER_CHANNELS], painted = pixel_inks_painted(inks, planes);
    for (int i = 0; i < painted; i++)
        d->tints[i] = arena_alloc(page, (size_t)d->width);
    d->bands = pixel_bands_new(page, &(PixelBandsPlan){.inks = inks,
                                                       .width = region.x1 - region.x0,
                                                       .height = region.y1 - region.y0,
                                                       .turn = plan->turn,
                                                       .ppi = plan->ppi,
                                                       .sink = plan->sink,
                                                       .self = plan->self});
    return d;
}

void pixel_drawing_free(PixelDrawing *d) {
    if (d)
        pixel_bands_free(d->bands);
}

void pixel_drawing_strip(PixelDrawing *d, const PixelStrip *strip) {
    if (d->strip_count < MOST_STRIPS)
        d->strips[d->strip_count++] = *strip;
}

void pixel_drawing_sums(PixelDrawing *d, PixelSums *sums) {
    if (d->sums_count < MOST_PIXEL_SUMS)
        d->sums[d->sums_count++] = sums;
}

static void tell_strip(PixelDrawing *d, const PixelStrip *s, int y, const uint8_t *composed) {
    Area part = area_meet(s->area, (Area){0, y, d->width, y + 1});
    if (area_empty(part))
        return;
    size_t n = (size_t)(part.x1 - part.x0);
    const uint8_t *from = composed + (size_t)part.x0 * (size_t)d->inks->channels;
    pixel_inks_planes(d->inks, from, n, d->tints);
    s->tints(s->self, y, part.x0, part.x1, (const uint8_t *const *)d->tints);
}

/* To the nearest. Sums of a cell fit the 24 bits of a float. */
static void find_means(PixelDrawing *d) {
    size_t channels = (size_t)d->inks->channels, n = (size_t)d->columns * channels;
    int rest = d->width % d->plan.across;
    float whole = 1.0F / (float)(d->plan.across * d->pending_rows);
    for (size_t i = 0; i < n; i++)
        d->means[i] = (uint8_t)(int)((float)d->cells[i] * whole + 0.5F);
    for (size_t i = n - channels; rest && i < n; i++)
        d->means[i] = (uint8_t)((d->cells[i] * 2 + (uint32_t)(rest * d->pending_rows)) /
                                (uint32_t)(2 * rest * d->pending_rows));
}

static void put_means(PixelDrawing *d) {
    const uint8_t *rows[FIRST_SPOT + MOST_RASTER_CHANNELS] = {NULL};
    Area region = d->plan.region;
    if (d->row < region.y0 || d->row >= region.y1)
        return;
    size_t skip = (size_t)region.x0 * (size_t)d->inks->channels;
    pixel_inks_planes(d->inks, d->means + skip, (size_t)(region.x1 - region.x0), d->tints);
    memcpy(rows, d->tints, sizeof rows);
    pixel_bands_row(d->bands, rows);
}

/* The row of cells at hand is whole, or what there is of it. */
static void end_cells(PixelDrawing *d) {
    if (d->pending_rows) {
        size_t samples = (size_t)d->width * (size_t)d->inks->channels;
        pixel_cells(d->pending, (size_t)d->width, d->inks->channels, d->plan.across,
                    d->pending_rows, d->cells);
        for (size_t i = 0; i < d->sums_count; i++)
            pixel_sums_cells(d->sums[i], d->row, d->cells);
        find_means(d);
        put_means(d);
        memset(d->pending, 0, samples * sizeof *d->pending);
        d->pending_rows = 0;
    } else if (d->row >= d->plan.region.y0 && d->row < d->plan.region.y1) {
        pixel_bands_row(d->bands, NULL);
    }
    d->row++;
}

static bool take_row(void *self, uint32_t y, const uint8_t *samples) {
    PixelDrawing *d = self;
    const uint8_t *composed = pixel_inks_compose(d->inks, samples);
    for (size_t i = 0; i < d->strip_count; i++)
        tell_strip(d, &d->strips[i], (int)y, composed);
    for (size_t i = 0; i < d->sums_count; i++)
        pixel_sums_row(d->sums[i], (int)y, composed);
    ink_sums_add_row(d->pending, composed, (size_t)d->width * (size_t)d->inks->channels);
    d->pending_rows++;
    if (((int)y + 1) % d->plan.down == 0 || (int)y + 1 == d->height)
        end_cells(d);
    return true;
}

static void take_end(void *self, const RasterRead *read) {
    PixelDrawing *d = self;
    (void)read;
    while (d->row < d->rows)
        end_cells(d);
}

PixelRows pixel_drawing_rows(PixelDrawing *d) {
    return (PixelRows){d, take_row, take_end};
}
