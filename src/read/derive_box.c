#include "read/derive.h"

#include <math.h>

const Box BOX_UNKNOWN = {NAN, NAN, NAN, NAN};

Box box_normal(Box b) {
    return (Box){fmin(b.x0, b.x1), fmin(b.y0, b.y1), fmax(b.x0, b.x1), fmax(b.y0, b.y1)};
}

Box box_join(Box a, Box b) {
    if (!box_known(a))
        return b;
    if (!box_known(b))
        return a;
    return (Box){lesser(a.x0, b.x0), lesser(a.y0, b.y0), greater(a.x1, b.x1), greater(a.y1, b.y1)};
}

bool box_has(Box outer, Box inner) {
    const double hair = LENGTH_TOLERANCE;
    return inner.x0 >= outer.x0 - hair && inner.y0 >= outer.y0 - hair &&
           inner.x1 <= outer.x1 + hair && inner.y1 <= outer.y1 + hair;
}

/* Boxes may be written with any two opposite corners; the page space they become is not. */
Box box_to_page(const Page *p, Box user) {
    Box b = box_normal(user), media = box_normal(p->media_box);
    double unit = p->user_unit, x = media.x0, y = media.y0;
    return (Box){(b.x0 - x) * unit, (b.y0 - y) * unit, (b.x1 - x) * unit, (b.y1 - y) * unit};
}

bool box_usable(const Page *p, Box written) {
    Box media = {0, 0, p->media_w, p->media_h}, b = box_normal(written);
    return box_known(b) && b.x1 > b.x0 && b.y1 > b.y0 && boxes_overlap(box_to_page(p, b), media);
}

/* Boxes in user space are compared at the size they have on paper. */
static bool lies_in(const Page *p, Box inner, Box outer) {
    return !box_known(inner) || !box_known(outer) ||
           box_has(box_to_page(p, outer), box_to_page(p, inner));
}

void derive_boxes(Page *p) {
    p->media_w = fabs(p->media_box.x1 - p->media_box.x0) * p->user_unit;
    p->media_h = fabs(p->media_box.y1 - p->media_box.y0) * p->user_unit;
    p->trim_written = box_usable(p, p->trim_box) || box_usable(p, p->art_box);
    p->bleed_written = box_usable(p, p->bleed_box);
    /* What a CropBox has beyond the MediaBox is not there: only a smaller one crops. */
    p->crop_is_media = lies_in(p, p->media_box, p->crop_box);
    p->trim_in_bleed = lies_in(p, p->trim_box, p->bleed_box);
    p->trim_in_media = lies_in(p, p->trim_box, p->media_box);
    p->bleed_in_media = lies_in(p, p->bleed_box, p->media_box);
}
