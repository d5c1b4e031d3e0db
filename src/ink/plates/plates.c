/* Plates of one page: the whole page at once where the budget allows it, else in bands from the
 * top, each a walk of its own. */
#include "ink/plates/plates.h"

#include <math.h>
#include <string.h>

#include "ink/draw/draw.h"
#include "ink/plates/page_blend.h"

enum {
    DEFAULT_BUDGET = 48 << 20,
    PICTURE_BUDGET = 12 << 20,
    LIKELY_PLANES = 6,
    HOPELESS = 10,          /* times the memory, if all of the page had ink in those */
    LARGEST_SIDE = 1 << 20, /* pixels */
    SCOUT_PIXELS = 256      /* the longer side of the pass that only finds the colorants */
};

struct PlateMaker {
    Arena *document;
    PdfFile *file;
    PressProfile profile;
    Press *press;
    Glyphs *glyphs;
    Pictures *pictures;
    Rasteriser *raster;
    TilePool *pool;
    Arena *band, *scratch;
    size_t budget;
};

PlateMaker *plate_maker_new(Arena *document, PdfFile *f, const PlateMakerPlan *plan, Text *why) {
    PlateMaker *m = ARENA_NEW(document, PlateMaker);
    m->document = document;
    m->file = f;
    m->budget = plan && plan->budget ? plan->budget : DEFAULT_BUDGET;
    if (!press_profile(&m->profile, document, f, plan ? plan->profile : NULL, why))
        return NULL;
    m->press = press_new(document, f, &m->profile);
    m->glyphs = glyphs_new(document, f);
    m->pictures = pictures_new(document, f, PICTURE_BUDGET);
    m->raster = raster_new();
    m->pool = pool_new(m->budget);
    m->band = arena_new();
    m->scratch = arena_new();
    return m;
}

void plate_maker_free(PlateMaker *m) {
    if (!m)
        return;
    press_free(m->press);
    glyphs_free(m->glyphs);
    pictures_free(m->pictures);
    raster_free(m->raster);
    pool_free(m->pool);
    arena_free(m->band);
    arena_free(m->scratch);
}

const PressProfile *plate_maker_profile(const PlateMaker *m) {
    return &m->profile;
}

Press *plate_maker_press(PlateMaker *m) {
    return m->press;
}

/* A page on its way. */
typedef struct Work {
    PlateMaker *maker;
    Arena *page;
    const PageContent *content;
    BandSink *sink;
    void *self;
    double ppi;
    Planes *planes;
    Omissions *omissions;
    Plates *plates;
    const Watch *watch;
    BlendSpace space;
    bool blends; /* known after a band was begun without alpha */
} Work;

/* Page space, y up, to the page as viewed, y down, clockwise turned by /Rotate. */
static Matrix viewed(const Page *p, Box region, double scale) {
    double w = region.x1 - region.x0, h = region.y1 - region.y0, s = scale;
    Matrix to_region = {1, 0, 0, 1, -region.x0, -region.y0}, turn;
    switch (p->rotate) {
    case 90:
        turn = (Matrix){0, s, s, 0, 0, 0};
        break;
    case 180:
        turn = (Matrix){-s, 0, 0, s, w * s, 0};
        break;
    case 270:
        turn = (Matrix){0, -s, -s, 0, h * s, w * s};
        break;
    default:
        turn = (Matrix){s, 0, 0, -s, 0, h * s};
    }
    return matrix_multiply(&to_region, &turn);
}

static int pixels_of(double points, double scale) {
    double n = floor(points * scale + 0.5);
    return n < 1 ? 1 : n > LARGEST_SIDE ? LARGEST_SIDE : (int)n;
}

/* Draws one band; false: what was drawn is worth nothing, for want of memory or of alpha.
 *
 * The backdrop of a page is transparent (ISO 32000-1, 11.4.7): what is blended on bare paper is
 * painted as it is. That needs the alpha of the page, and only pages that blend pay for it. */
static bool try_band(Work *w, Area area, const Matrix *to_device, const Watch *watch,
                     Surface **out) {
    PlateMaker *m = w->maker;
    pool_reset(m->pool);
    arena_rewind(m->band, (ArenaMark){0});
    Drawing *d = ARENA_NEW(m->band, Drawing);
    *d = (Drawing){.press = m->press,
                   .glyphs = m->glyphs,
                   .pictures = m->pictures,
                   .raster = m->raster,
                   .pool = m->pool,
                   .arena = m->band,
                   .scratch = m->scratch,
                   .file = m->file,
                   .planes = w->planes,
                   .to_device = *to_device,
                   .omissions = w->omissions,
                   .watch = watch,
                   .opaque = !w->blends};
    *out = w->blends ? surface_alone(m->pool, w->planes, area, w->space)
                     : surface_page(m->pool, w->planes, area, w->space);
    drawing_start(d, *out);
    if (d->watch)
        d->watch->part(d->watch->self, area);
    Painter painter = drawing_painter(d);
    ArenaMark mark = arena_mark(w->content->arena);
    page_content_walk(w->content, &painter);
    arena_rewind(w->content->arena, mark);
    drawing_end(d);
    PressBridge bridge = {m->press, w->space, BLENDS_IN_INKS};
    /* ISO 32000-1, 11.4.7: the page is mixed with the paper in its own space, and then converted.
     */
    surface_on_paper(*out);
    if (w->space != BLENDS_IN_INKS)
        surface_to_inks(*out, press_bridge, &bridge);
    bool again = d->blends && !w->blends;
    w->blends |= d->blends;
    return !d->lost && !again;
}

static bool draw_band(Work *w, Area area, const Matrix *to_device, const Watch *watch,
                      Surface **out) {
    bool knew = w->blends;
    return try_band(w, area, to_device, watch, out) ||
           (w->blends && !knew && try_band(w, area, to_device, watch, out));
}

static void tell_band(Work *w, const Surface *s) {
    Band band = {s, surface_area(s), w->plates->width, w->plates->height, w->planes, w->ppi};
    w->sink(w->self, &band);
}

/* Colorants first, from a small picture of the whole page: a plane that came up in a later band
 * would be missing from the first. */
static void scout(Work *w) {
    double most = w->plates->width > w->plates->height ? w->plates->width : w->plates->height;
    double s = fmin(1, SCOUT_PIXELS / most);
    Matrix smaller = {s, 0, 0, s, 0, 0};
    smaller = matrix_multiply(&w->plates->to_device, &smaller);
    Area area = {0, 0, (int)ceil(w->plates->width * s), (int)ceil(w->plates->height * s)};
    Surface *unused;
    draw_band(w, area, &smaller, NULL, &unused);
}

static int rows_within(const Work *w) {
    size_t tiles = ((size_t)w->plates->width + TILE - 1) / TILE;
    size_t rows = w->maker->budget / 4 * 3 / (tiles * TILE_BYTES * LIKELY_PLANES);
    return rows < 1 ? TILE : rows > LARGEST_SIDE / TILE ? LARGEST_SIDE : (int)rows * TILE;
}

static void draw_bands(Work *w, int rows) {
    static const Text too_much = {"内容太复杂，内存不够画",
                                  "the content needs more memory than allowed"};
    scout(w);
    for (int y = 0; y < w->plates->height;) {
        int end = y + rows < w->plates->height ? y + rows : w->plates->height;
        Surface *s;
        Area area = {0, y, w->plates->width, end};
        bool whole = draw_band(w, area, &w->plates->to_device, w->watch, &s);
        if (!whole && rows > TILE) {
            rows = rows / 2 / TILE * TILE;
            continue;
        }
        if (!whole)
            omit_page(w->omissions, too_much);
        tell_band(w, s);
        y = end;
    }
}

/* At once where that may fit, for most pages have bare tiles and few planes; in bands when it did
 * not. */
static void draw_page(Work *w) {
    Plates *p = w->plates;
    Surface *s;
    int rows = rows_within(w);
    Area all = {0, 0, p->width, p->height};
    bool hopeless = p->height / rows >= HOPELESS;
    if (hopeless || !draw_band(w, all, &p->to_device, w->watch, &s))
        draw_bands(w, rows < p->height ? rows : (p->height / 2 / TILE + 1) * TILE);
    else
        tell_band(w, s);
}

static Box region_of(const PageContent *content, Box region) {
    return box_known(region) ? region : box_transformed(content->box.media, &content->box.to_page);
}

Matrix plates_matrix(const PageContent *content, double ppi, Box region) {
    return viewed(content->page, region_of(content, region), ppi / 72);
}

Plates plates_draw(PlateMaker *m, Arena *page, const PageContent *content, const PlatesPlan *plan,
                   BandSink *sink, void *self) {
    static const Text too_long = {"页面太长，只画了一段",
                                  "the page is too long; only a part was drawn"};
    Box region = region_of(content, plan->region);
    double scale = plan->ppi / 72;
    bool across = content->page->rotate % 180 == 0;
    double w = across ? region.x1 - region.x0 : region.y1 - region.y0;
    double h = across ? region.y1 - region.y0 : region.x1 - region.x0;
    Plates plates = {.width = pixels_of(w, scale),
                     .height = pixels_of(h, scale),
                     .to_device = viewed(content->page, region, scale)};
    Planes planes = {0};
    planes_start(&planes, page);
    press_page(m->press, &planes);
    Work work = {.maker = m,
                 .page = page,
                 .content = content,
                 .sink = sink,
                 .self = self,
                 .ppi = plan->ppi,
                 .planes = &planes,
                 .omissions = omissions_new(page, region),
                 .plates = &plates,
                 .watch = plan->watch,
                 .space = page_blend_space(content)};
    if (fmax(w, h) * scale > LARGEST_SIDE)
        omit_page(work.omissions, too_long);
    draw_page(&work);
    plates.omission_count = omissions_list(work.omissions, &plates.omissions);
    plates.complete = !plates.omission_count;
    return plates;
}
