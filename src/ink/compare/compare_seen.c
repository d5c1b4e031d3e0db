#include "ink/compare/compare_seen.h"

#include <math.h>
#include <string.h>

#include "ink/compare/compare_parts.h"
#include "ink/draw/draw.h"
#include "ink/pixels/pixel_plates.h"
#include "ink/plates/preview.h"
#include "read/derive.h"

enum {
    PAGES = 2,
    BUDGET = 192 << 20,    /* bytes of held tiles, of both pages together */
    MOST_PIXELS = 25 << 20 /* an A3 page at 300 ppi has 17 million */
};

Plates seen_draw(const SeenPage *p, Arena *a, double ppi, BandSink *sink, void *self, Text *why) {
    PlatesPlan plan = {.ppi = ppi, .region = p->region};
    *why = (Text){NULL, NULL};
    if (p->content)
        return plates_draw(p->maker, a, p->content, &plan, sink, self);
    plan.region = (Box){0, 0, p->page->media_w, p->page->media_h};
    return pixel_plates_draw(p->press, a, p->page, p->pixels, &plan, sink, self, why);
}

Press *seen_press(const SeenPage *p) {
    return p->content ? plate_maker_press(p->maker) : p->press;
}

typedef struct Work {
    Arena *arena; /* of the result */
    const SeenPage *pages;
    const ComparePlan *plan;
    Comparison *result;
    PlaneNames names;
    uint8_t level;
    Sheet sheet[PAGES];
    Plates plates[PAGES];
} Work;

/* One page on its way to its sheet. */
typedef struct Eye {
    Work *work;
    int side;
    Arena *arena; /* of the drawing */
    Preview *preview;
    uint8_t *rows; /* of a row of tiles */
} Eye;

static void begin_sheet(Eye *e, const Band *band) {
    Work *w = e->work;
    Sheet *s = &w->sheet[e->side], *other = &w->sheet[1 - e->side];
    Area area = {0, 0, band->width, band->height};
    sheet_start(s, w->arena, &w->names, area, BUDGET - other->used);
    e->preview = preview_new(e->arena, seen_press(&w->pages[e->side]), band->width);
    e->rows = arena_alloc(e->arena, (size_t)TILE * 3 * (size_t)band->width);
    if (other->columns) {
        s->like = other;
        s->level = w->level;
    }
}

static void take_band(void *self, const Band *band) {
    Eye *e = self;
    size_t row = 3 * (size_t)band->width;
    if (!e->preview)
        begin_sheet(e, band);
    for (int y = band->area.y0; y < band->area.y1; y += TILE) {
        int count = band->area.y1 - y < TILE ? band->area.y1 - y : TILE;
        for (int k = 0; k < count; k++)
            preview_row(e->preview, band, y + k, e->rows + row * (size_t)k);
        sheet_take_rgb(&e->work->sheet[e->side], y / TILE, e->rows, count);
    }
}

static void draw_side(Work *w, int side, double ppi, Text *why) {
    static const Text empty = {"画出来是空的", "nothing came out of drawing it"};
    Eye e = {.work = w, .side = side, .arena = arena_new()};
    w->plates[side] = seen_draw(&w->pages[side], e.arena, ppi, take_band, &e, why);
    if (!e.preview && !why->zh)
        *why = empty;
    Omissions *undrawn = omissions_new(w->arena, w->pages[side].region);
    for (size_t i = 0; i < w->plates[side].omission_count; i++)
        omit(undrawn, w->plates[side].omissions[i].box, w->plates[side].omissions[i].what);
    w->result->undrawn_count[side] = omissions_list(undrawn, &w->result->undrawn[side]);
    arena_free(e.arena);
}

static double width_as_viewed(const SeenPage *p) {
    bool across = p->page->rotate % 180 == 0;
    return across ? p->region.x1 - p->region.x0 : p->region.y1 - p->region.y0;
}

static double height_as_viewed(const SeenPage *p) {
    bool across = p->page->rotate % 180 == 0;
    return across ? p->region.y1 - p->region.y0 : p->region.x1 - p->region.x0;
}

static double ppi_of(const Work *w, const SeenPage *pixels) {
    double inches = width_as_viewed(pixels) * height_as_viewed(pixels) / (72.0 * 72);
    return fmin(w->plan->ppi, sqrt(MOST_PIXELS / inches));
}

/* What is laid on each other may be off by a pixel as a whole, for grids begin anywhere. */
static TileTolerance tolerance_of(const Work *w, double ppi) {
    const CompareTolerance *t = &w->plan->tolerance;
    double apart = fmax(fabs(w->result->width[0] - w->result->width[1]),
                        fabs(w->result->height[0] - w->result->height[1]));
    return (TileTolerance){.shift = (int)fmin(ceil(apart / 25.4 * ppi) + 1, MOST_SHIFT),
                           .edge = byte_of_share(t->edge)};
}

/* Edges may fall on either of two pixels, softened or not. */
static TileTolerance lenient_of(const Work *w, double ppi) {
    TileTolerance t = tolerance_of(w, ppi);
    t.wobble = 1;
    t.level = w->level;
    return t;
}

/* A pixel of wobble would hide the gap of a 6, which is no wider in small type: no pixel may lie so
 * far off. Figures from 20 pixels an em on that become others do, edges that were not softened
 * hardly. */
static TileTolerance strict_of(const Work *w, double ppi) {
    TileTolerance t = tolerance_of(w, ppi);
    t.level = byte_of_share(2 * w->plan->tolerance.seen);
    return t;
}

enum { LENIENT, STRICT, TOLERANCES };

/* Tiles laid on each other with either tolerance. */
typedef struct Laying {
    TileCompare *how[TOLERANCES];
    Blobs *blobs[TOLERANCES];
    DifferingCell *cells; /* of a row of tiles */
    size_t width;         /* cells */
} Laying;

static Laying laying_new(const Work *w, double ppi) {
    Laying l = {.width = (size_t)w->sheet[0].columns * TILE_CELLS};
    const TileTolerance tolerances[] = {
        [LENIENT] = lenient_of(w, ppi), [STRICT] = strict_of(w, ppi)};
    for (int i = 0; i < TOLERANCES; i++) {
        l.how[i] = tile_compare_new(w->arena, &tolerances[i]);
        l.blobs[i] = blobs_new(w->arena, l.width, w->plan->most_blobs);
    }
    l.cells = ARENA_ARRAY(w->arena, DifferingCell, l.width * TILE_CELLS);
    return l;
}

/* A row of tiles with one of the tolerances. */
static void lay_row(Laying *l, int how, const Sheet *a, const Sheet *b, int row) {
    DifferingCell *cells = l->cells;
    bool differs = false;
    memset(cells, 0, l->width * TILE_CELLS * sizeof *cells);
    for (int column = 0; column < a->columns; column++)
        differs |=
            tile_compare(l->how[how], a, b, column, row, cells + column * TILE_CELLS, l->width);
    for (size_t k = 0; differs && k < TILE_CELLS; k++)
        blobs_row(l->blobs[how], cells + k * l->width);
    if (!differs)
        blobs_gap(l->blobs[how]);
}

/* What only the strict tolerance finds may be an edge that was drawn otherwise. */
static void lay_on_each_other(Work *w, double ppi) {
    Comparison *r = w->result;
    Laying l = laying_new(w, ppi);
    const Matrix from_device[PAGES] = {matrix_inverse(&w->plates[0].to_device),
                                       matrix_inverse(&w->plates[1].to_device)};
    for (int row = 0; row < w->sheet[0].rows; row++)
        for (int how = 0; how < TOLERANCES; how++)
            lay_row(&l, how, &w->sheet[0], &w->sheet[1], row);
    for (int how = 0; how < TOLERANCES && !r->blobs_found; how++) {
        const DifferingCell *found = blobs_end(l.blobs[how], &r->blob_count, &r->blobs_found);
        r->blobs = ARENA_ARRAY(w->arena, ComparedBlob, r->blob_count + 1);
        for (size_t i = 0; i < r->blob_count; i++) {
            comparison_blob(r, &r->blobs[i], &found[i], ppi, from_device);
            r->blobs[i].unsure |= how == STRICT;
        }
    }
}

static bool too_many(Work *w, Text *why) {
    static const Text full = {"内容太复杂，内存不够比较",
                              "the content needs more memory than allowed"};
    if (w->sheet[0].full || w->sheet[1].full)
        *why = full;
    return why->zh;
}

/* The pixels first: what the other page is drawn on are cells of them. */
Comparison compare_seen(Arena *a, const SeenPage pages[2], const ComparePlan *plan, Text *why) {
    Comparison result = {0};
    Work w = {.arena = a, .pages = pages, .plan = plan, .result = &result, .names = {.arena = a}};
    int first = pages[0].pixels ? 0 : 1;
    w.level = byte_of_share(plan->tolerance.seen);
    for (int i = 0; i < PAGES; i++) {
        result.width[i] = TO_MM(width_as_viewed(&pages[i]));
        result.height[i] = TO_MM(height_as_viewed(&pages[i]));
    }
    draw_side(&w, first, ppi_of(&w, &pages[first]), why);
    if (why->zh)
        return result;
    int cells = w.sheet[first].area.x1;
    result.ppi = cells * 72 / width_as_viewed(&pages[1 - first]);
    draw_side(&w, 1 - first, result.ppi, why);
    if (why->zh || too_many(&w, why))
        return result;
    lay_on_each_other(&w, result.ppi);
    comparison_conclude(&result);
    return result;
}
