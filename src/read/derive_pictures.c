/* Pictures: which images of a page are large enough to be looked at as pictures, and how much of
 * each is cropped away. */
#include <math.h>

#include "read/derive.h"

/* A mark can not be placed truer than that to its box, which is stored in single precision. */
static const double HAIR = 0.02;

static bool is_large(const Image *i, const Limit *limit) {
    double wide = 72.0 * i->width / (double)i->ppi_x, high = 72.0 * i->height / (double)i->ppi_y;
    return i->width >= limit->picture_px && i->height >= limit->picture_px &&
           fmin(wide, high) >= limit->picture_size;
}

/* A stencil or one of a bit a pixel has no tones. */
static bool is_picture(const Image *i, const Limit *limit) {
    return i->visible == 1 && i->region == REGION_ART && i->mask != MASK_STENCIL && i->bits > 1 &&
           !isnan(i->ppi_x + i->ppi_y) && limit->picture_px != UNKNOWN_INT && is_large(i, limit);
}

static double area_of(Box b) {
    return box_known(b) ? (b.x1 - b.x0) * (b.y1 - b.y0) : 0;
}

static bool is_askew(const Image *i) {
    double quarter = fabs(remainder((double)i->rotation, 90));
    return quarter > 0.05 || i->skew > 0.05f;
}

static double cropped_of(const Image *i, Box shown) {
    Box box = box_of(i->box);
    bool whole = box_known(shown) && shown.x0 <= box.x0 + HAIR && shown.y0 <= box.y0 + HAIR &&
                 shown.x1 >= box.x1 - HAIR && shown.y1 >= box.y1 - HAIR;
    if (whole)
        return 0;
    return is_askew(i) ? NAN : 1 - area_of(shown) / area_of(box);
}

void derive_pictures(Facts *facts, const Page *p, const Limit *limit) {
    for (size_t k = 0; k < facts_count(facts, FACT_image); k++) {
        const Image *i = facts_at(facts, FACT_image, k);
        if (!is_picture(i, limit))
            continue;
        Picture *row = facts_add(facts, FACT_picture);
        row->image = i;
        row->raster = 0;
        row->box = box_meet(box_meet(box_of(i->box), box_of(i->clip)), p->bleed);
        row->ppi = fmin((double)i->ppi_x, (double)i->ppi_y);
        row->cropped = cropped_of(i, row->box);
        if (i->filter != FILTER_DCT && i->filter != FILTER_UNKNOWN)
            row->quality = 0;
    }
}
