/* What people are shown of a blob. */
#include <math.h>

#include "ink/compare/compare.h"
#include "ink/plates/preview.h"

static const double MOST_PIXELS = 1 << 22; /* a blob of a whole page is shown smaller */

typedef struct Crop {
    Arena *arena;
    Press *press;
    Preview *preview;
    ComparedPicture picture;
} Crop;

static void take_band(void *self, const Band *band) {
    Crop *c = self;
    size_t row = 3 * (size_t)band->width;
    if (!c->preview) {
        c->preview = preview_new(c->arena, c->press, band->width);
        c->picture = (ComparedPicture){band->width, band->height,
                                       arena_alloc(c->arena, row * (size_t)band->height)};
    }
    for (int y = band->area.y0; y < band->area.y1; y++)
        preview_row(c->preview, band, y, c->picture.rgb + (size_t)y * row);
}

ComparedPicture compared_picture(Arena *a, const ComparedPage *page, Box box, double margin_mm,
                                 double ppi) {
    double m = MM(fmax(margin_mm, 0));
    PlatesPlan plan = {.ppi = ppi, .region = {box.x0 - m, box.y0 - m, box.x1 + m, box.y1 + m}};
    double width = plan.region.x1 - plan.region.x0, height = plan.region.y1 - plan.region.y0;
    double pixels = width * height * (ppi / 72) * (ppi / 72);
    Crop c = {.arena = a, .press = plate_maker_press(page->maker)};
    if (!(pixels > 0) || !(width > 0) || !isfinite(pixels))
        return c.picture;
    if (pixels > MOST_PIXELS)
        plan.ppi *= sqrt(MOST_PIXELS / pixels);
    plates_draw(page->maker, a, page->content, &plan, take_band, &c);
    return c.picture;
}
