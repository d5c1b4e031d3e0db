/* Areas over the limits and flat colours, in those rows of tiles that have so much ink at all. */
#include "ink/measure/ink_sums_pixels.h"
#include "ink/measure/tac_parts.h"

double tac_limit_of(const Limit *l, OverLimit over) {
    return over == OVER_MAX ? l->tac_max : l->tac_warn;
}

/* A sum of bytes is over a limit when rounding alone can not have brought it there. */
static uint32_t bytes_over(const TacAreas *t, double limit) {
    double bytes = limit * 255 + (double)tac_inks(t);
    return bytes >= 0 && bytes < UINT16_MAX ? (uint32_t)bytes : UINT32_MAX;
}

void tac_over_start(TacAreas *t) {
    Arena *a = t->p->arena;
    for (int i = 0; i < OVER_LIMITS; i++)
        t->over[i] = regions_new(a, 1);
}

void tac_over_tile(void *areas, Area part, uint32_t most) {
    TacAreas *t = areas;
    size_t row = (size_t)(part.y0 - t->band->area.y0) / TILE, column = (size_t)part.x0 / TILE;
    t->tiles[row * t->columns + column] = most;
}

/* Runs of pixels over a limit. */
static void add_over(Regions *r, uint32_t least, int x0, const uint16_t *sums, int n) {
    for (int x = 0; x < n; x++) {
        int from = x;
        while (x < n && sums[x] > least)
            x++;
        if (x > from)
            regions_run(r, 0, x0 + from, x0 + x, sums + from);
    }
}

static const ExactColour *flat_at(const ExactColours *e, const uint8_t *const planes[4], int x,
                                  unsigned sum) {
    const uint8_t tints[4] = {planes[0][x], planes[1][x], planes[2][x], planes[3][x]};
    if ((unsigned)tints[0] + tints[1] + tints[2] + tints[3] != sum)
        return NULL; /* a spot lies there too */
    const ExactColour *c = exact_find(e, tints);
    return c && c->class != NO_CLASS ? c : NULL;
}

static bool same_bytes(const uint8_t *const planes[4], int a, int b) {
    return planes[0][a] == planes[0][b] && planes[1][a] == planes[1][b] &&
           planes[2][a] == planes[2][b] && planes[3][a] == planes[3][b];
}

/* Runs of one flat colour. */
static void add_flat(TacAreas *t, const InkPixels *p, Area row, const uint16_t *sums) {
    const ExactColours *e = exact_colours(t);
    int n = row.x1 - row.x0;
    double least = (e->least - rounding_of(t, 4)) * 255;
    const uint8_t *planes[4];
    for (size_t i = 0; i < 4; i++) {
        uint8_t *to = t->tints + i * (size_t)n;
        ink_pixels_row(p, PLANE_CYAN + i, row.y0, row.x0, row.x1, to);
        planes[i] = to;
    }
    for (int x = 0; x < n;) {
        int from = x++;
        const ExactColour *c = sums[from] < least ? NULL : flat_at(e, planes, from, sums[from]);
        if (!c)
            continue;
        while (x < n && sums[x] == sums[from] && same_bytes(planes, x, from))
            x++;
        regions_run(t->flat, c->class, row.x0 + from, row.x0 + x, NULL);
    }
}

typedef struct Least { /* bytes from which a row is looked at */
    uint32_t over[OVER_LIMITS], flat;
} Least;

/* A stretch of tiles in a row that may have so much ink. */
static void look_at_row(TacAreas *t, const InkPixels *p, Area row, uint32_t most,
                        const Least *least) {
    ink_pixels_read(p, row, t->row);
    for (int i = 0; i < OVER_LIMITS; i++)
        if (most > least->over[i])
            add_over(t->over[i], least->over[i], row.x0, t->row, row.x1 - row.x0);
    if (t->flat && most >= least->flat)
        add_flat(t, p, row, t->row);
}

static Least least_of(TacAreas *t, uint32_t most) {
    const Limit *l = t->p->limit;
    Least least = {.flat = UINT32_MAX};
    for (int i = 0; i < OVER_LIMITS; i++)
        least.over[i] = bytes_over(t, tac_limit_of(l, (OverLimit)i));
    double flat = (fmin(l->solid_warn, l->solid_max) - rounding_of(t, 4)) * 255;
    if (!(most >= flat))
        return least;
    const ExactColours *e = exact_colours(t);
    if (!t->flat && e->class_count)
        t->flat = regions_new(t->p->arena, e->class_count);
    if (t->flat)
        least.flat = (uint32_t)fmax(0, (e->least - rounding_of(t, 4)) * 255);
    return least;
}

/* Rows of one row of tiles, stretch by stretch from the left. */
static void look_at_tiles(TacAreas *t, const InkPixels *p, Area rows, const uint32_t *tiles) {
    uint32_t most = 0;
    for (size_t i = 0; i < t->columns; i++)
        most = most > tiles[i] ? most : tiles[i];
    Least least = least_of(t, most);
    uint32_t any = least.flat;
    for (int i = 0; i < OVER_LIMITS; i++)
        any = any < least.over[i] ? any : least.over[i];
    for (int y = rows.y0; most >= any && y < rows.y1; y++) {
        for (int i = 0; i < OVER_LIMITS; i++)
            regions_row(t->over[i], y);
        if (t->flat)
            regions_row(t->flat, y);
        for (size_t from = 0, to; from < t->columns; from = to) {
            for (to = from + 1; to < t->columns && (tiles[to] >= any) == (tiles[from] >= any);)
                to++;
            Area row = {(int)from * TILE, y, (int)to * TILE, y + 1};
            row = area_meet(row, rows);
            if (tiles[from] >= any && !area_empty(row))
                look_at_row(t, p, row, most, &least);
        }
    }
}

void tac_over_band(TacAreas *t) {
    InkPixels p = {.band = t->band, .counts = t->counts};
    Area band = t->band->area;
    for (int y = band.y0; y < band.y1; y += TILE) {
        Area rows = area_meet(t->bleed, (Area){0, y, t->band->width, y + TILE});
        rows = area_meet(rows, band);
        const uint32_t *tiles = t->tiles + (size_t)(y - band.y0) / TILE * t->columns;
        if (!area_empty(rows))
            look_at_tiles(t, &p, rows, tiles);
    }
}
