#include "ink/compare/compare.h"

#include <math.h>
#include <string.h>

#include "ink/compare/compare_parts.h"
#include "ink/draw/draw.h"
#include "read/derive.h"

enum {
    DEFAULT_BUDGET = 64 << 20,
    MOST_SIDE = 1 << 17, /* pixels */
    PAGES = 2
};

typedef struct Work {
    Arena *arena; /* of the result */
    const ComparedPage *pages;
    const ComparePlan *plan;
    Comparison *result;
    PlaneNames names;
    uint64_t inked[PAGES]; /* planes, as DifferingCell.planes */
    Omissions *undrawn[PAGES];
    Box region[PAGES];
} Work;

/* Both pages at one resolution. */
typedef struct Pass {
    Work *work;
    double ppi;
    Matrix from_device[PAGES]; /* pixels of the region as viewed to page space */
    Matrix to_device[PAGES];
    Area page;  /* pixels that both have */
    int margin; /* so many pixels around a strip are held with it */
    int level;
    bool pictures;
    Arena *strip;
    Sheet sheet[PAGES];
} Pass;

static Box region_of(const ComparedPage *p) {
    return box_known(p->region) ? p->region
                                : box_transformed(p->content->box.media, &p->content->box.to_page);
}

static void measure(Work *w) {
    for (int i = 0; i < PAGES; i++) {
        Box b = region_of(&w->pages[i]);
        bool across = w->pages[i].content->page->rotate % 180 == 0;
        w->region[i] = b;
        w->result->width[i] = TO_MM(across ? b.x1 - b.x0 : b.y1 - b.y0);
        w->result->height[i] = TO_MM(across ? b.y1 - b.y0 : b.x1 - b.x0);
        w->undrawn[i] = omissions_new(w->arena, b);
        if (w->result->width[i] > 0 && w->result->height[i] > 0)
            continue;
        omit_page(w->undrawn[i], (Text){"页面没有大小", "the page has no size"});
    }
}

static bool sizes_agree(Work *w) {
    const Comparison *r = w->result;
    double most = w->plan->tolerance.size;
    return fabs(r->width[0] - r->width[1]) <= most && fabs(r->height[0] - r->height[1]) <= most;
}

static int least_pixels(double a, double b, double ppi) {
    double n = floor(fmin(a, b) / 25.4 * ppi + 0.01);
    return n < 1 ? 1 : n > MOST_SIDE ? MOST_SIDE : (int)n;
}

static void pass_start(Pass *p, Work *w, double ppi) {
    const Comparison *r = w->result;
    *p = (Pass){.work = w, .ppi = ppi, .strip = arena_new()};
    p->page = (Area){0, 0, least_pixels(r->width[0], r->width[1], ppi),
                     least_pixels(r->height[0], r->height[1], ppi)};
    for (int i = 0; i < PAGES; i++) {
        p->to_device[i] = plates_matrix(w->pages[i].content, ppi, w->region[i]);
        p->from_device[i] = matrix_inverse(&p->to_device[i]);
    }
}

typedef struct PictureWatch {
    Sheet *sheet;
    const Matrix *to_device;
} PictureWatch;

static void watch_part(void *self, Area area) {
    (void)self, (void)area;
}

/* A stencil is painted flat and has no noise. */
static bool watch_begins(void *self, const WatchedMark *mark) {
    PictureWatch *w = self;
    if (mark->kind == MARK_IMAGE && mark->paint && !mark->paint->flat && box_known(mark->box))
        sheet_picture(w->sheet, box_transformed(mark->box, w->to_device));
    return false;
}

/* More than rounding, anywhere. */
static bool has_ink(const Sheet *s, size_t plane, uint8_t level) {
    for (int i = 0; i < s->rows * s->columns; i++) {
        const uint8_t *tile = s->planes[plane].tiles[i];
        for (int k = 0; tile && k < TILE_BYTES; k++)
            if (tile[k] > level)
                return true;
    }
    return false;
}

static void note_inks(Work *w, int i, const Sheet *s) {
    uint8_t level = byte_of_share(w->plan->tolerance.tint);
    for (size_t k = 0; k < s->plane_count && k < NAMED_PLANES; k++) {
        uint64_t plane = (uint64_t)1 << k;
        if (!(w->inked[i] & plane) && s->planes[k].tiles && has_ink(s, k, level))
            w->inked[i] |= plane;
    }
}

static void draw_sheet(Pass *p, int i, Area area, size_t budget) {
    Work *w = p->work;
    Sheet *s = &p->sheet[i];
    sheet_start(s, p->strip, &w->names, area, budget);
    PictureWatch pictures = {s, &p->to_device[i]};
    Watch watch = {.self = &pictures, .part = watch_part, .begins = watch_begins};
    if (p->pictures)
        sheet_watch_pictures(s);
    if (i) {
        s->like = &p->sheet[0];
        s->level = p->level;
    }
    PlatesPlan plan = {.ppi = p->ppi,
                       .region = box_transformed(box_of_area(area), &p->from_device[i]),
                       .watch = p->pictures ? &watch : NULL};
    Plates plates =
        plates_draw(w->pages[i].maker, p->strip, w->pages[i].content, &plan, sheet_take, s);
    for (size_t k = 0; k < plates.omission_count && !s->full; k++)
        omit(w->undrawn[i], plates.omissions[k].box, plates.omissions[k].what);
    note_inks(w, i, s);
}

static size_t budget_of(const Work *w) {
    return w->plan->budget ? w->plan->budget : DEFAULT_BUDGET;
}

/* Draws both pages within the strip and what is around; false: they do not fit. */
static bool draw_strip(Pass *p, Area strip) {
    Area around = {strip.x0 - p->margin, strip.y0 - p->margin, strip.x1 + p->margin,
                   strip.y1 + p->margin};
    Area area = area_meet(around, p->page);
    size_t budget = budget_of(p->work);
    arena_rewind(p->strip, (ArenaMark){0});
    draw_sheet(p, 0, area, budget);
    if (p->sheet[0].full)
        return false;
    draw_sheet(p, 1, area, budget - p->sheet[0].used);
    return !p->sheet[1].full;
}

/* Most tiles of a page have no ink or are equal on both: a plane for each page is what is likely.
 */
static int rows_at_first(const Pass *p, Area area) {
    size_t columns = (size_t)(area.x1 - area.x0 + TILE - 1) / TILE + 2;
    size_t rows = budget_of(p->work) / (columns * TILE_BYTES * PAGES);
    size_t all = (size_t)(area.y1 - area.y0 + TILE - 1) / TILE;
    return (int)(rows < 1 ? 1 : rows < all ? rows : all) * TILE;
}

/* Not `whole`: it did not fit, and the sheets are worth nothing. */
typedef void Look(void *self, const Pass *p, Area strip, bool whole);

/* Strips of the area from the top, as high as memory allows. */
static void each_strip(Pass *p, Area area, Look *look, void *self) {
    int rows = rows_at_first(p, area);
    for (int y = area.y0; y < area.y1;) {
        Area strip = {area.x0, y, area.x1, y + rows < area.y1 ? y + rows : area.y1};
        bool whole = draw_strip(p, strip);
        if (!whole && rows > TILE) {
            rows = rows / 2 / TILE * TILE;
            continue;
        }
        look(self, p, strip, whole);
        y = strip.y1;
    }
}

/* The first look: around what is not equal. */
static void look_for_others(void *self, const Pass *p, Area strip, bool whole) {
    Area *others = self;
    const Sheet *a = &p->sheet[0], *b = &p->sheet[1];
    if (!whole) {
        *others = area_join(*others, strip);
        return;
    }
    size_t planes = a->plane_count > b->plane_count ? a->plane_count : b->plane_count;
    for (int row = 0; row < a->rows; row++)
        for (int column = 0; column < a->columns; column++) {
            size_t i = 0;
            while (i < planes && sheet_tile(a, i, column, row) == sheet_tile(b, i, column, row))
                i++;
            int x = a->area.x0 + column * TILE, y = a->area.y0 + row * TILE;
            if (i < planes)
                *others = area_join(*others, (Area){x, y, x + TILE, y + TILE});
        }
}

/* Where there is something to compare, page space of the first page as viewed, mm. False: all of it
 * is equal. */
static bool first_look(Work *w, Box *where) {
    double ppi = w->plan->first_ppi;
    Pass p;
    Area others = {0};
    *where = (Box){0, 0, w->result->width[0], w->result->height[0]};
    if (!(ppi > 0) || ppi >= w->result->ppi)
        return true;
    pass_start(&p, w, ppi);
    p.level = 1;
    each_strip(&p, p.page, look_for_others, &others);
    arena_free(p.strip);
    double px = 25.4 / ppi;
    *where = (Box){others.x0 * px, others.y0 * px, others.x1 * px, others.y1 * px};
    return !area_empty(others);
}

typedef struct FineLook {
    TileCompare *tiles;
    Blobs *blobs;
    DifferingCell *cells; /* of a row of tiles */
    size_t width;         /* cells */
} FineLook;

static void lose_strip(const Pass *p, Area strip) {
    static const Text what = {"内容太复杂，内存不够比较",
                              "the content needs more memory than allowed"};
    for (int i = 0; i < PAGES; i++)
        omit(p->work->undrawn[i], box_transformed(box_of_area(strip), &p->from_device[i]), what);
}

static void look_finely(void *self, const Pass *p, Area strip, bool whole) {
    FineLook *f = self;
    const Sheet *a = &p->sheet[0], *b = &p->sheet[1];
    if (!whole) {
        lose_strip(p, strip);
        blobs_gap(f->blobs);
        return;
    }
    int left = (strip.x0 - a->area.x0) / TILE, columns = (int)(f->width / TILE_CELLS);
    for (int y = strip.y0; y < strip.y1; y += TILE) {
        bool differs = false;
        memset(f->cells, 0, f->width * TILE_CELLS * sizeof *f->cells);
        for (int i = 0; i < columns; i++)
            differs |= tile_compare(f->tiles, a, b, left + i, (y - a->area.y0) / TILE,
                                    f->cells + i * TILE_CELLS, f->width);
        for (size_t k = 0; differs && k < TILE_CELLS; k++)
            blobs_row(f->blobs, f->cells + k * f->width);
        if (!differs)
            blobs_gap(f->blobs);
    }
}

static TileTolerance tolerance_of(const CompareTolerance *t, double ppi) {
    double wobble = fmax(t->wobble, 0) / 25.4 * ppi, shift = fmax(t->shift, 0) / 25.4 * ppi;
    return (TileTolerance){.wobble = (int)fmin(ceil(wobble - 1e-9), MOST_SHIFT),
                           .wobble_exact = wobble,
                           .shift = (int)fmin(ceil(shift - 1e-9), MOST_SHIFT),
                           .level = byte_of_share(t->tint),
                           .edge = byte_of_share(t->edge),
                           .noise_peak = byte_of_share(t->noise_peak),
                           .noise_mean = fmax(t->noise_mean, 0) * 255};
}

static const char **name_planes(const Work *w, uint64_t planes, size_t *count) {
    size_t n = w->names.count < NAMED_PLANES ? w->names.count : NAMED_PLANES;
    const char **out = ARENA_ARRAY(w->arena, const char *, NAMED_PLANES + 1);
    for (size_t i = 0; i < n; i++)
        if (planes >> i & 1)
            out[(*count)++] = i == PLANE_REST ? "All"
                                              : text_from_name(w->arena, w->names.items[i].p,
                                                               w->names.items[i].n);
    return out;
}

static void tell_place(const Pass *p, ComparedBlob *b, const DifferingCell *found, bool pictures) {
    const Work *w = p->work;
    comparison_blob(w->result, b, found, p->ppi, p->from_device);
    b->planes = name_planes(w, found->planes, &b->plane_count);
    for (int i = 0; pictures && i < PAGES; i++)
        b->picture[i] = compared_picture(w->arena, &w->pages[i], b->box[i], w->plan->picture_margin,
                                         w->plan->picture_ppi);
}

static void tell_undrawn(const Work *w) {
    for (int i = 0; i < PAGES; i++)
        w->result->undrawn_count[i] = omissions_list(w->undrawn[i], &w->result->undrawn[i]);
}

static void tell_blobs(const Pass *p, Blobs *blobs) {
    Comparison *r = p->work->result;
    tell_undrawn(p->work);
    const DifferingCell *found = blobs_end(blobs, &r->blob_count, &r->blobs_found);
    r->blobs = ARENA_ARRAY(p->work->arena, ComparedBlob, r->blob_count + 1);
    for (size_t i = 0; i < r->blob_count; i++)
        tell_place(p, &r->blobs[i], &found[i], i < p->work->plan->most_pictures);
}

/* From whole tiles of the page on, so that the tiles of strips are those of the page. */
static Area area_of_place(const Pass *p, Box mm) {
    double s = p->ppi / 25.4;
    Box b = {mm.x0 * s - p->margin, mm.y0 * s - p->margin, mm.x1 * s + p->margin,
             mm.y1 * s + p->margin};
    Area a = area_meet(area_of_box(b), p->page);
    a.x0 -= a.x0 % TILE;
    a.y0 -= a.y0 % TILE;
    return a;
}

static void fine_look(Work *w, Box where) {
    TileTolerance tolerance = tolerance_of(&w->plan->tolerance, w->result->ppi);
    Pass p;
    pass_start(&p, w, w->result->ppi);
    p.margin = TILE;
    p.level = tolerance.level;
    p.pictures = true;
    Area area = area_of_place(&p, where);
    FineLook f = {.tiles = tile_compare_new(w->arena, &tolerance)};
    f.width = (size_t)((area.x1 - area.x0 + TILE - 1) / TILE) * TILE_CELLS;
    f.blobs = blobs_new(w->arena, f.width, w->plan->most_blobs);
    f.cells = ARENA_ARRAY(w->arena, DifferingCell, f.width * TILE_CELLS);
    each_strip(&p, area, look_finely, &f);
    tell_blobs(&p, f.blobs);
    arena_free(p.strip);
}

static double ppi_of(const Work *w) {
    const Comparison *r = w->result;
    double longest = fmax(fmax(r->width[0], r->height[0]), fmax(r->width[1], r->height[1]));
    double ppi = fmin(fmax(w->plan->ppi, 1), MOST_SIDE * 25.4 / longest);
    double shift = fmax(w->plan->tolerance.shift, w->plan->tolerance.wobble);
    return shift > 0 ? fmin(ppi, MOST_SHIFT * 25.4 / shift) : ppi;
}

Comparison compare_pages(Arena *a, const ComparedPage pages[2], const ComparePlan *plan) {
    Comparison result = {0};
    Work w = {.arena = a, .pages = pages, .plan = plan, .result = &result, .names = {.arena = a}};
    Box where;
    measure(&w);
    tell_undrawn(&w);
    bool sized = !result.undrawn_count[0] && !result.undrawn_count[1];
    result.sizes_differ = sized && !sizes_agree(&w);
    if (sized && !result.sizes_differ) {
        result.ppi = ppi_of(&w);
        if (first_look(&w, &where))
            fine_look(&w, where);
        else
            result.ppi = 0;
    }
    tell_undrawn(&w);
    for (int i = 0; i < PAGES; i++)
        result.inks[i] = name_planes(&w, w.inked[i], &result.ink_count[i]);
    comparison_conclude(&result);
    return result;
}
