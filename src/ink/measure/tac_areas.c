/* Ink sums of a page while its bands go by. */
#include "ink/measure/ink_sums_pixels.h"
#include "ink/measure/tac_parts.h"

/* Pixels that lie inside the box but for rounding. */
static Area pixels_inside(const Matrix *to_pixels, Box box) {
    const double most = 1 << 30, slack = 0.05;
    Box b = box_transformed(box, to_pixels);
    if (!(fabs(b.x0) < most && fabs(b.x1) < most && fabs(b.y0) < most && fabs(b.y1) < most))
        return (Area){0, 0, 0, 0};
    return (Area){(int)ceil(b.x0 - slack), (int)ceil(b.y0 - slack), (int)floor(b.x1 + slack),
                  (int)floor(b.y1 + slack)};
}

static InkSums *sums_of(const TacAreas *t) {
    const Limit *l = t->p->limit;
    double side = l->tac_square > 0 && !t->exactly ? TO_MM(l->tac_square) : 0;
    InkSums *s = ink_sums_new(t->p->arena, t->p->ppi, side, t->bleed);
    /* What rounding may have added decides nothing. */
    ink_sums_limit(s, l->tac_max + rounding_of(t, tac_inks(t)));
    ink_sums_limit(s, l->tac_warn + rounding_of(t, tac_inks(t)));
    return s;
}

static PixelSums *exact_sums_of(const TacAreas *t, const bool *counts) {
    const PixelPage *pixels = t->p->pixels;
    const PixelPlace *place = &pixels->place;
    double side = t->p->limit->tac_square > 0 && t->p->sized ? t->p->limit->tac_square : 0;
    PixelSumsPlan plan = {.inks = pixels->inks,
                          .across = pixels->across,
                          .down = pixels->down,
                          .within = pixels_inside(&place->to_pixels, t->p->page->bleed),
                          .side_x = side / 72 * place->ppi_x / pixels->across,
                          .side_y = side / 72 * place->ppi_y / pixels->down,
                          .counts = counts};
    PixelSums *s = pixel_sums_new(t->p->arena, &plan);
    pixel_drawing_sums(pixels->drawing, s);
    return s;
}

/* All planes of the page are known when its first band is told; of pixels before they are read. */
static void start(TacAreas *t, const Planes *planes, int width) {
    Arena *a = t->p->arena;
    bool unclear = false;
    t->started = true;
    t->planes = planes->count;
    t->roles = ARENA_ARRAY(a, InkRole, t->planes);
    t->names = ARENA_ARRAY(a, const char *, t->planes);
    t->counts = ARENA_ARRAY(a, bool, t->planes);
    t->counts_if_unclear = ARENA_ARRAY(a, bool, t->planes);
    for (size_t i = 0; i < t->planes; i++) {
        Str name = planes->items[i].name;
        t->names[i] = text_from_name(a, name.p, name.n);
        InkRole role = t->roles[i] = plane_role(t->p, planes, (int)i);
        t->counts[i] = role == ROLE_PROCESS || role == ROLE_SPOT;
        t->counts_if_unclear[i] = t->counts[i] || role == ROLE_UNCLEAR;
        unclear |= role == ROLE_UNCLEAR;
    }
    t->columns = ((size_t)width + TILE - 1) / TILE;
    t->row = ARENA_ARRAY(a, uint16_t, width);
    t->tints = ARENA_ARRAY(a, uint8_t, 5 * (size_t)width);
    t->watch = (InkSumsWatch){t, tac_over_tile, tac_square_look};
    if (t->p->pixels && t->p->pixels->inks->exact) {
        t->exactly = exact_sums_of(t, t->counts);
        t->exactly_if_unclear = unclear ? exact_sums_of(t, t->counts_if_unclear) : NULL;
        t->as_stored = t->p->pixels->inks->head->bits <= 8;
    }
    t->sums = sums_of(t);
    ink_sums_watch(t->sums, &t->watch);
    t->sums_if_unclear = unclear ? sums_of(t) : NULL;
}

/* Cells that are cut off by the end of the picture are as good as whole ones. */
static Area cells_around(const PixelPage *p, Area pixels) {
    return (Area){pixels.x0 / p->across, pixels.y0 / p->down,
                  (pixels.x1 + p->across - 1) / p->across, (pixels.y1 + p->down - 1) / p->down};
}

static void start_on_pixels(TacAreas *t) {
    const PixelPage *p = t->p->pixels;
    const Matrix *m = &p->place.to_pixels;
    const Area picture = {0, 0, (int)p->inks->head->width, (int)p->inks->head->height};
    int width = pixel_cells_of(p->inks->head, p->across, p->down).x1;
    t->bleed = cells_around(p, area_meet(pixels_inside(m, t->p->page->bleed), picture));
    t->trim = cells_around(p, area_meet(pixels_inside(m, t->p->page->trim), picture));
    start(t, &p->inks->planes, width);
}

TacAreas *tac_areas_new(const MeasuredPage *p) {
    TacAreas *t = ARENA_NEW(p->arena, TacAreas);
    t->p = p;
    t->bleed = pixels_inside(&p->to_device, p->page->bleed);
    t->trim = pixels_inside(&p->to_device, p->page->trim);
    tac_over_start(t);
    if (p->pixels)
        start_on_pixels(t);
    return t;
}

/* `least`: the lightest tint that counts as ink, 255ths. */
static bool tile_has_ink(const uint8_t *tile, Area part, int x, int y, uint8_t least) {
    for (int row = part.y0; row < part.y1; row++)
        for (int at = part.x0; at < part.x1; at++)
            if (tile[(row - y) * TILE + (at - x)] >= least)
                return true;
    return false;
}

static bool has_ink(const Band *band, Area within, double lightest) {
    uint8_t least = (uint8_t)fmax(1, ceil(fmin(lightest, 1) * 255));
    Area area = area_meet(band->area, within);
    for (int y = area.y0 / TILE * TILE; y < area.y1; y += TILE)
        for (int x = area.x0 / TILE * TILE; x < area.x1; x += TILE)
            for (size_t plane = 0; plane < band->planes->count; plane++) {
                const uint8_t *tile = ink_tile(band, plane, x, y);
                Area part = area_meet(area, (Area){x, y, x + TILE, y + TILE});
                if (tile && tile_has_ink(tile, part, x, y, least))
                    return true;
            }
    return false;
}

static void clear_tiles(TacAreas *t, const Band *band) {
    size_t rows = (size_t)(band->area.y1 - band->area.y0 + TILE - 1) / TILE, n = rows * t->columns;
    if (n > t->tile_room)
        t->tiles = ARENA_ARRAY(t->p->arena, uint32_t, t->tile_room = n);
    memset(t->tiles, 0, n * sizeof *t->tiles);
}

void tac_areas_add(TacAreas *t, const Band *band) {
    const Area picture = {0, 0, band->width, band->height};
    t->band = band;
    t->bleed = area_meet(t->bleed, picture);
    t->trim = area_meet(t->trim, picture);
    if (!t->started)
        start(t, band->planes, band->width);
    clear_tiles(t, band);
    ink_sums_add(t->sums, band, t->counts);
    if (t->sums_if_unclear)
        ink_sums_add(t->sums_if_unclear, band, t->counts_if_unclear);
    tac_over_band(t);
    t->inked = t->inked || has_ink(band, t->trim, t->p->limit->paint_min);
}

static void judge_blank(const TacAreas *t) {
    Page *page = t->p->page;
    bool known = t->p->limit->paint_min >= 0 && !area_empty(t->trim) &&
                 (t->inked || !measured_omits(t->p, page->trim));
    page->blank = known ? !t->inked : UNKNOWN_BOOL;
}

void tac_areas_finish(TacAreas *t) {
    InkSumsResult sums, if_unclear;
    if (!t->started)
        return;
    sums = ink_sums_finish(t->sums);
    if (t->sums_if_unclear)
        if_unclear = ink_sums_finish(t->sums_if_unclear);
    if (t->exactly) {
        sums = pixel_sums_finish(t->exactly);
        tac_square_exactly(t, sums.max_square);
    }
    if (t->exactly_if_unclear)
        if_unclear = pixel_sums_finish(t->exactly_if_unclear);
    tac_rows(t, &sums, t->sums_if_unclear ? &if_unclear : NULL);
    judge_blank(t);
}
