#include "ink/pixels/pixel_plates.h"

#include <math.h>

enum { MOST_COLUMNS = 1 << 20 }; /* of all planes together */

/* Cells of the picture that the box touches. */
static Area cells_in(const RasterHead *head, const PixelPlace *place, Box box, int across,
                     int down) {
    Area all = pixel_cells_of(head, across, down);
    if (!box_known(box))
        return all;
    const double hair = 0.01;
    Box b = box_transformed(box, &place->to_pixels);
    Area touched = {
        (int)fmax(0, floor(b.x0 / across + hair)), (int)fmax(0, floor(b.y0 / down + hair)),
        (int)fmin(all.x1, ceil(b.x1 / across - hair)), (int)fmin(all.y1, ceil(b.y1 / down - hair))};
    return area_meet(all, touched);
}

static Text too_large(const PixelInks *inks, const RasterTurn *turn, Area cells) {
    double width = cells.x1 - cells.x0, height = cells.y1 - cells.y0;
    int planes[FIRST_SPOT + MOST_RASTER_CHANNELS], painted = pixel_inks_painted(inks, planes);
    bool kept = !turn_is_none(turn);
    if ((kept && painted * width * height > (double)MOST_TURNED_BYTES) ||
        fmax(width, height) * painted > MOST_COLUMNS)
        return (Text){"像素太多画不了，请用 --ppi 降低精度或用 --region 只画一块",
                      "too many pixels: lower --ppi, or draw only a --region"};
    return (Text){NULL, NULL};
}

Plates pixel_plates_draw(Press *press, Arena *page, const Page *facts, const RasterPixels *pixels,
                         const PlatesPlan *plan, BandSink *sink, void *self, Text *why) {
    const RasterHead *head = pixels->head;
    PixelPlace place = pixel_place(facts, head);
    RasterTurn turn = raster_turn(head);
    PixelInks *inks = pixel_inks_new(page, press, head);
    PixelDrawingPlan how = {.turn = turn, .sink = sink, .self = self};
    pixel_cell(head, &place, plan->ppi, MOST_COLUMNS / (4.0 + head->channels), &how.across,
               &how.down);
    how.region = cells_in(head, &place, plan->region, how.across, how.down);
    how.ppi = sqrt(place.ppi_x / how.across * place.ppi_y / how.down);
    int width = how.region.x1 - how.region.x0, height = how.region.y1 - how.region.y0;
    Matrix smaller = {1.0 / how.across, 0, 0, 1.0 / how.down, 0, 0};
    Plates plates = {.width = turn.swap ? height : width,
                     .height = turn.swap ? width : height,
                     .to_device = matrix_multiply(&place.to_pixels, &smaller)};
    *why = too_large(inks, &turn, how.region);
    if (why->zh)
        return plates;
    PixelDrawing *drawing = pixel_drawing_new(page, inks, &how);
    PixelRows rows = pixel_drawing_rows(drawing);
    RasterRead read = pixels_tell(pixels, &rows, 1);
    plates.omission_count = pixel_unread(&place, head, &read, page, &plates.omissions);
    plates.complete = !plates.omission_count;
    pixel_drawing_free(drawing);
    return plates;
}
