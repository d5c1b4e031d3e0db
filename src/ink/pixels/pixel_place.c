/* Where the page lies among the pixels of its file, and how many of them are looked at together. */
#include <math.h>

#include "ink/pixels/pixel_cells.h"
#include "ink/pixels/pixel_drawing.h"
#include "read/derive.h"

PixelPlace pixel_place(const Page *page, const RasterHead *head) {
    RasterTurn turn = raster_turn(head);
    double across = turn.width / page->media_w, down = turn.height / page->media_h;
    /* As viewed, y down. */
    Matrix m = {across, 0, 0, -down, 0, turn.height};
    if (turn.flip_x) {
        Matrix flip = {-1, 0, 0, 1, turn.width, 0};
        m = matrix_multiply(&m, &flip);
    }
    if (turn.flip_y) {
        Matrix flip = {1, 0, 0, -1, 0, turn.height};
        m = matrix_multiply(&m, &flip);
    }
    if (turn.swap) {
        Matrix swap = {0, 1, 1, 0, 0, 0};
        m = matrix_multiply(&m, &swap);
    }
    return (PixelPlace){m, 72 * (turn.swap ? down : across), 72 * (turn.swap ? across : down)};
}

int pixel_edge(const PixelPlace *place, int edge) {
    static const double out[EDGES][2] = {
        [TOP] = {0, 1}, [RIGHT] = {1, 0}, [BOTTOM] = {0, -1}, [LEFT] = {-1, 0}};
    if (edge < 0)
        return edge;
    const Matrix *m = &place->to_pixels;
    double x = m->a * out[edge][0] + m->c * out[edge][1];
    double y = m->b * out[edge][0] + m->d * out[edge][1];
    return fabs(x) > fabs(y) ? x > 0 ? RIGHT : LEFT : y > 0 ? BOTTOM : TOP;
}

static int side_of(double pixels) {
    const double hair = 0.01;
    return (int)fmax(1, fmin(pixels + hair, MOST_IN_CELL));
}

void pixel_cell(const RasterHead *head, const PixelPlace *place, double ppi, double most,
                int *across, int *down) {
    double coarser = fmax(1, head->width / most / side_of(place->ppi_x / ppi));
    *across = side_of(ceil(side_of(place->ppi_x / ppi) * coarser));
    *down = side_of(ceil(side_of(place->ppi_y / ppi) * coarser));
}

static int cells_in(uint32_t pixels, int side) {
    return (int)((pixels + (uint32_t)side - 1) / (uint32_t)side);
}

Area pixel_cells_of(const RasterHead *head, int across, int down) {
    return (Area){0, 0, cells_in(head->width, across), cells_in(head->height, down)};
}

size_t pixel_unread(const PixelPlace *place, const RasterHead *head, const RasterRead *read,
                    Arena *page, Omission **out) {
    static const Text torn = {"有些行读不出来", "some rows can not be read"};
    if (read->rows >= head->height)
        return 0;
    Matrix to_page = matrix_inverse(&place->to_pixels);
    Box rows = {0, read->rows, head->width, head->height};
    *out = ARENA_NEW(page, Omission);
    **out = (Omission){box_transformed(rows, &to_page), read->why.zh ? read->why : torn};
    return 1;
}
