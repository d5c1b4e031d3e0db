/* A page that is pixels of a file, asked the same questions as one that is drawn. */
#include <math.h>

#include "ink/measure/asking.h"
#include "ink/pixels/pixel_border.h"
#include "read/raster/size.h"

/* Cells no finer than this: enough for what is measured on them; edges and sums of inks are
 * measured on every pixel. */
#define CELL_PPI     72.0
#define MOST_COLUMNS 65536.0 /* of all planes together */

/* Rows of more bytes than that are no picture that anybody prints. */
enum { LONGEST_ROW = 16 << 20, MOST_OTHERS = 8 };

static bool make_press(InkMeasure *m, Facts *facts, const RasterHead *head, Text *why) {
    PixelPress *p = ink_measure_pixel_press(m);
    bool inks = head->space == SPACE_CMYK;
    if (p->press)
        return true;
    if (!press_profile_carried(&p->profile, facts->document, inks ? head->icc : NULL,
                               head->icc_count, NULL, why))
        return false;
    p->press = press_new(facts->document, NULL, &p->profile);
    return true;
}

/* Why the pixels can not be measured; NULLs: they can. */
static Text obstacle(InkMeasure *m, Facts *facts, const RasterHead *head) {
    Text why = {NULL, NULL};
    if ((double)head->width * head->channels > LONGEST_ROW)
        return (Text){"画面太宽，量不了墨", "the picture is too wide to be measured"};
    make_press(m, facts, head, &why);
    return why;
}

static Plates plates_of(const MeasuredPage *p, const RasterHead *head, const RasterRead *read) {
    Area cells = pixel_cells_of(head, p->pixels->across, p->pixels->down);
    Plates plates = {.width = cells.x1, .height = cells.y1, .to_device = p->to_device};
    plates.omission_count =
        pixel_unread(&p->pixels->place, head, read, p->arena, &plates.omissions);
    plates.complete = !plates.omission_count;
    return plates;
}

static PixelPage pixel_page(Arena *a, const Page *page, Press *press, const RasterHead *head) {
    PixelPage pixels = {.place = pixel_place(page, head), .inks = pixel_inks_new(a, press, head)};
    pixel_cell(head, &pixels.place, CELL_PPI, MOST_COLUMNS / (4 + head->channels), &pixels.across,
               &pixels.down);
    return pixels;
}

/* The others still want their rows. */
static void tell_others(Raster *raster, const RasterPixels *pixels, const PixelRows *others,
                        size_t count) {
    if (!count)
        return;
    RasterRead read = pixels_tell(pixels, others, count);
    if (read.why.zh && !read.too_large)
        raster->readable = (double)read.rows / pixels->head->height;
}

/* Widths along the edges as stored become lengths along those as viewed. */
static void tell_borders(const MeasuredPage *p, const PixelBorder *border) {
    static const int edges[] = {[EDGE_UNKNOWN] = -1,
                                [EDGE_TOP] = TOP,
                                [EDGE_RIGHT] = RIGHT,
                                [EDGE_BOTTOM] = BOTTOM,
                                [EDGE_LEFT] = LEFT};
    const PixelPlace *place = &p->pixels->place;
    int widths[EDGES];
    bool known = pixel_border_widths(border, widths);
    for (size_t i = 0; known && i < facts_count(p->facts, FACT_bleed_edge); i++) {
        BleedEdge *row = facts_at(p->facts, FACT_bleed_edge, i);
        int edge = pixel_edge(place, edges[row->edge]);
        bool across = edge == TOP || edge == BOTTOM;
        if (edge >= 0)
            row->border = widths[edge] * 72 / (across ? place->ppi_y : place->ppi_x);
    }
}

static RasterRead read_all(const MeasuredPage *p, const RasterPixels *pixels,
                           const PixelRows *others, size_t count) {
    bool edges = ink_measure_plan(p->measure)->keep[FACT_bleed_edge];
    PixelBorder *border = edges ? pixel_border_new(p->arena, pixels->head) : NULL;
    PixelRows who[2 + MOST_OTHERS];
    size_t n = 0;
    who[n++] = pixel_drawing_rows(p->pixels->drawing);
    if (border)
        who[n++] = pixel_border_rows(border);
    for (size_t i = 0; i < count && i < MOST_OTHERS; i++)
        who[n++] = others[i];
    RasterRead read = pixels_tell(pixels, who, n);
    if (border)
        tell_borders(p, border);
    return read;
}

void ink_measure_pixels(InkMeasure *m, Facts *facts, Page *page, const RasterPixels *from,
                        const PixelRows *others, size_t other_count) {
    const RasterHead *head = from->head;
    Raster *raster = facts_at(facts, FACT_raster, 0);
    Text why = obstacle(m, facts, head);
    if (why.zh) {
        ink_measure_leave_out(m, page->number, why);
        tell_others(raster, from, others, other_count);
        return;
    }
    Asking a = {.page = measured_page(m, facts, page)};
    MeasuredPage *p = &a.page;
    PixelPage pixels = pixel_page(facts->page, page, ink_measure_pixel_press(m)->press, head);
    Matrix smaller = {1.0 / pixels.across, 0, 0, 1.0 / pixels.down, 0, 0};
    p->pixels = &pixels;
    p->to_device = matrix_multiply(&pixels.place.to_pixels, &smaller);
    p->ppi = fmin(sqrt(pixels.place.ppi_x / pixels.across * pixels.place.ppi_y / pixels.down), 1e5);
    p->sized = raster_fits_job(raster) || !isnan(raster->density_w);
    PixelDrawingPlan plan = {.across = pixels.across,
                             .down = pixels.down,
                             .region = pixel_cells_of(head, pixels.across, pixels.down),
                             .ppi = p->ppi,
                             .sink = asking_band,
                             .self = &a};
    pixels.drawing = pixel_drawing_new(facts->page, pixels.inks, &plan);
    asking_begin(&a);
    RasterRead read = read_all(p, from, others, other_count);
    Plates plates = plates_of(p, head, &read);
    if (!read.too_large)
        raster->readable = plates.complete ? 1 : (double)read.rows / head->height;
    pixel_inks_facts(pixels.inks, facts, raster, plates.complete);
    asking_end(&a, &plates);
    pixel_drawing_free(pixels.drawing);
}
