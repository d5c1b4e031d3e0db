#include "ink/pixels/pixel_bands.h"

#include <string.h>

enum { POOL = 64 << 20 };

struct PixelBands {
    PixelBandsPlan plan;
    int painted, planes[FIRST_SPOT + MOST_RASTER_CHANNELS];
    int width, height; /* as told */
    int row;           /* that is told next */
    uint8_t *solid;
    TilePool *pool;
    Surface *surface;
    Area band;
    uint8_t *kept; /* of a turned picture: planes as told */
    int kept_rows; /* as put */
};

PixelBands *pixel_bands_new(Arena *page, const PixelBandsPlan *plan) {
    PixelBands *b = ARENA_NEW(page, PixelBands);
    *b = (PixelBands){.plan = *plan};
    b->painted = pixel_inks_painted(plan->inks, b->planes);
    b->width = plan->turn.swap ? plan->height : plan->width;
    b->height = plan->turn.swap ? plan->width : plan->height;
    b->solid = arena_alloc(page, (size_t)b->width);
    memset(b->solid, 255, (size_t)b->width);
    b->pool = pool_new(POOL);
    if (!turn_is_none(&plan->turn))
        b->kept = arena_alloc(page, (size_t)b->painted * (size_t)b->width * (size_t)b->height);
    return b;
}

void pixel_bands_free(PixelBands *b) {
    if (b)
        pool_free(b->pool);
}

static void begin_band(PixelBands *b) {
    int end = b->row + TILE < b->height ? b->row + TILE : b->height;
    b->band = (Area){0, b->row, b->width, end};
    pool_reset(b->pool);
    b->surface = surface_page(b->pool, &b->plan.inks->planes, b->band, BLENDS_IN_INKS);
}

static void tell_row(PixelBands *b, const uint8_t *const *rows) {
    if (b->row % TILE == 0)
        begin_band(b);
    Paint paint = {.count = b->painted, .alpha = 255, .blend = BLEND_NORMAL};
    for (int i = 0; rows && i < b->painted; i++) {
        paint.planes[i] = (uint16_t)b->planes[i];
        paint.rows[i] = rows[i];
    }
    if (rows)
        surface_row(b->surface, b->row, 0, b->width, b->solid, NULL, &paint);
    if (++b->row < b->band.y1)
        return;
    Band band = {b->surface, b->band, b->width, b->height, &b->plan.inks->planes, b->plan.ppi};
    b->plan.sink(b->plan.self, &band);
}

static uint8_t *kept_plane(const PixelBands *b, int i) {
    return b->kept + (size_t)i * (size_t)b->width * (size_t)b->height;
}

/* RasterTurn: swapped first, then counted from the other end. */
static void keep_row(PixelBands *b, int y, const uint8_t *const *rows) {
    const RasterTurn *t = &b->plan.turn;
    for (int x = 0; x < b->plan.width; x++) {
        int u = t->swap ? y : x, v = t->swap ? x : y;
        u = t->flip_x ? b->width - 1 - u : u;
        v = t->flip_y ? b->height - 1 - v : v;
        for (int i = 0; i < b->painted; i++)
            kept_plane(b, i)[(size_t)v * (size_t)b->width + (size_t)u] = rows[i][x];
    }
}

static void tell_kept(PixelBands *b) {
    const uint8_t *rows[FIRST_SPOT + MOST_RASTER_CHANNELS];
    for (int v = 0; v < b->height; v++) {
        for (int i = 0; i < b->painted; i++)
            rows[i] = kept_plane(b, i) + (size_t)v * (size_t)b->width;
        tell_row(b, rows);
    }
}

void pixel_bands_row(PixelBands *b, const uint8_t *const *rows) {
    if (!b->kept) {
        tell_row(b, rows);
        return;
    }
    if (rows)
        keep_row(b, b->kept_rows, rows);
    if (++b->kept_rows == b->plan.height)
        tell_kept(b);
}
