#include "ink/glyph/glyph_bitmap.h"

#include <math.h>
#include <string.h>

enum {
    MOST_PIXELS = 128, /* on a side */
    VECTOR = 8,        /* kernels read so many bytes at a time */
    ROW_SLACK = 16     /* behind the last row, for those that read more */
};

bool glyph_place(GlyphPlace *out, const Matrix *m) {
    enum { FARTHEST = 1 << 24 };
    if (!(fabs(m->e) < FARTHEST && fabs(m->f) < FARTHEST))
        return false;
    int x = (int)floor(m->e * 4 + 0.5), y = (int)floor(m->f * 4 + 0.5);
    *out = (GlyphPlace){x >> 2, y >> 2, (uint32_t)(x & 3) | (uint32_t)(y & 3) << 2};
    return true;
}

/* Less than this much of a pixel is no coverage in 8 bits. */
#define SLIVER (1.0 / 1024)

/* The pixels that a path may touch; false: too many, or not finite. */
static bool bounds_of(Area *out, const Path *path, const Matrix *m) {
    double x0 = INFINITY, y0 = INFINITY, x1 = -INFINITY, y1 = -INFINITY;
    const Box *b = &path->bounds;
    for (int corner = 0; corner < 4; corner++) {
        Point p = matrix_apply(m, corner & 1 ? b->x1 : b->x0, corner & 2 ? b->y1 : b->y0);
        x0 = fmin(x0, p.x), x1 = fmax(x1, p.x);
        y0 = fmin(y0, p.y), y1 = fmax(y1, p.y);
    }
    /* Written so that NaN fails. */
    if (!(x1 - x0 <= MOST_PIXELS - 2 && y1 - y0 <= MOST_PIXELS - 2) || !(fabs(x0) < 1 << 20) ||
        !(fabs(y0) < 1 << 20))
        return false;
    *out = (Area){(int)floor(x0 + SLIVER), (int)floor(y0 + SLIVER), (int)ceil(x1 - SLIVER),
                  (int)ceil(y1 - SLIVER)};
    return true;
}

static void on_row(void *self, int y, int x0, int x1, uint8_t *coverage) {
    GlyphBitmap *b = self;
    memcpy(b->rows + (size_t)(y - b->area.y0) * b->stride + (size_t)(x0 - b->area.x0), coverage,
           (size_t)(x1 - x0));
}

GlyphBitmap *bitmap_of_path(GlyphCache *cache, const GlyphKey *key, Rasteriser *raster,
                            const Path *path) {
    Matrix m = {key->matrix[0], key->matrix[1],        key->matrix[2],
                key->matrix[3], (key->phase & 3) / 4., (key->phase >> 2 & 3) / 4.};
    Area area = {0};
    if (path->verb_count && !bounds_of(&area, path, &m))
        return NULL;
    raster_begin(raster, area);
    raster_path(raster, path, &m);
    if (!raster_whole(raster))
        return NULL;
    size_t stride = ((size_t)(area.x1 - area.x0) + VECTOR - 1) / VECTOR * VECTOR;
    size_t pixels = stride * (size_t)(area.y1 - area.y0);
    GlyphBitmap *b = glyph_cache_add(cache, key, sizeof *b + pixels + ROW_SLACK);
    b->area = area;
    b->stride = stride;
    if (pixels)
        raster_sweep(raster, false, on_row, b);
    return b;
}
