/* Where the page lies among the pixels of its file, and how many of them are looked at together. */
#include <math.h>

#include "ink/pixel_cells.h"
#include "ink/pixel_drawing.h"

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

static int side_of(double pixels) {
    const double hair = 0.01;
    return pixels >= 2 ? pixels < MOST_IN_CELL ? (int)(pixels + hair) : MOST_IN_CELL : 1;
}

void pixel_cell(const RasterHead *head, const PixelPlace *place, double ppi, int *across,
                int *down) {
    enum { MOST_COLUMNS = 1 << 16 }; /* of all planes together */
    double most = MOST_COLUMNS / (4 + head->channels);
    double coarser = fmax(1, head->width / most / side_of(place->ppi_x / ppi));
    *across = side_of(ceil(side_of(place->ppi_x / ppi) * coarser));
    *down = side_of(ceil(side_of(place->ppi_y / ppi) * coarser));
}
