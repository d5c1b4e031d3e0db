#include "ink/plates/preview.h"

#include <string.h>

enum { PROCESS_INKS = FIRST_SPOT - PLANE_CYAN };

struct Preview {
    Press *press;
    size_t width;
    uint8_t *paper; /* a row without ink */
    bool *inked;    /* tiles of the row of tiles that hold any ink */
    const Band *band;
    int tile_row; /* that `inked` is of */
    uint8_t *inks[PROCESS_INKS], *tints;
    uint32_t *pixels, *runs; /* the four inks of each; where runs of equal ones end */
    uint8_t *distinct[PROCESS_INKS], *colours; /* each run once */
};

Preview *preview_new(Arena *a, Press *press, int width) {
    Preview *v = ARENA_NEW(a, Preview);
    size_t n = (size_t)width;
    v->press = press;
    v->width = n;
    v->paper = arena_alloc(a, 3 * n);
    v->inked = ARENA_ARRAY(a, bool, n / TILE + 1);
    v->tints = arena_alloc(a, n);
    v->colours = arena_alloc(a, 3 * n);
    v->pixels = ARENA_ARRAY(a, uint32_t, n);
    v->runs = ARENA_ARRAY(a, uint32_t, n);
    for (int i = 0; i < PROCESS_INKS; i++) {
        v->inks[i] = arena_alloc(a, n);
        v->distinct[i] = arena_alloc(a, n);
    }
    const uint8_t *const none[] = {v->inks[0], v->inks[1], v->inks[2], v->inks[3]};
    press_preview(press, none, n, v->paper);
    return v;
}

static void find_ink(Preview *v, const Band *band, int tile_y) {
    for (size_t column = 0; column * TILE < v->width; column++) {
        v->inked[column] = false;
        for (size_t plane = PLANE_CYAN; plane < band->planes->count && !v->inked[column]; plane++)
            v->inked[column] =
                surface_tile(band->surface, (int)plane, (int)column * TILE, tile_y) != NULL;
    }
    v->band = band;
    v->tile_row = tile_y;
}

/* Runs of equal pixels: most of a page is flat, and one conversion does for all of a run. */
static size_t find_runs(Preview *v, size_t n) {
    const uint8_t *c = v->inks[0], *m = v->inks[1], *y = v->inks[2], *k = v->inks[3];
    size_t count = 0;
    for (size_t x = 0; x < n; x++)
        v->pixels[x] = c[x] | (uint32_t)m[x] << 8 | (uint32_t)y[x] << 16 | (uint32_t)k[x] << 24;
    for (size_t x = 0, end; x < n; x = end) {
        uint32_t pixel = v->pixels[x];
        for (end = x + 1; end < n && v->pixels[end] == pixel;)
            end++;
        for (int i = 0; i < PROCESS_INKS; i++)
            v->distinct[i][count] = v->inks[i][x];
        v->runs[count++] = (uint32_t)end;
    }
    return count;
}

static void paint_process(Preview *v, size_t n, uint8_t *rgb) {
    const uint8_t *const distinct[] = {v->distinct[0], v->distinct[1], v->distinct[2],
                                       v->distinct[3]};
    size_t count = find_runs(v, n), x = 0;
    press_preview(v->press, distinct, count, v->colours);
    for (size_t i = 0; i < count; i++)
        for (const uint8_t *colour = v->colours + 3 * i; x < v->runs[i]; x++)
            memcpy(rgb + 3 * x, colour, 3);
}

static void paint_spot(const uint8_t *tints, const uint8_t (*look)[3], size_t n, uint8_t *rgb) {
    for (size_t x = 0; x < n; x++) {
        uint8_t tint = tints[x], veil = (uint8_t)(255 - tint / 2);
        for (size_t k = 0; tint && k < 3; k++)
            rgb[3 * x + k] = times(rgb[3 * x + k], look ? look[tint][k] : veil);
    }
}

static void paint(Preview *v, const Band *band, int y, int x0, int x1, uint8_t *rgb) {
    size_t n = (size_t)(x1 - x0);
    bool process = false;
    for (int i = 0; i < PROCESS_INKS; i++)
        process |= surface_read(band->surface, PLANE_CYAN + i, y, x0, x1, v->inks[i]);
    if (process)
        paint_process(v, n, rgb);
    else
        memcpy(rgb, v->paper, 3 * n);
    for (size_t plane = FIRST_SPOT; plane < band->planes->count; plane++)
        if (surface_read(band->surface, (int)plane, y, x0, x1, v->tints))
            paint_spot(v->tints, band->planes->items[plane].look, n, rgb);
}

void preview_row(Preview *v, const Band *band, int y, uint8_t *rgb) {
    int tile_y = y - (y - surface_area(band->surface).y0) % TILE;
    if (v->band != band || v->tile_row != tile_y)
        find_ink(v, band, tile_y);
    for (size_t x = 0, end; x < v->width; x = end) {
        bool inked = v->inked[x / TILE];
        for (end = x; end < v->width && v->inked[end / TILE] == inked;)
            end += TILE;
        end = end < v->width ? end : v->width;
        if (inked)
            paint(v, band, y, (int)x, (int)end, rgb + 3 * x);
        else
            memcpy(rgb + 3 * x, v->paper, 3 * (end - x));
    }
}
