#include "ink/compare/compare_parts.h"

#include "read/derive.h"

#include <math.h>

Box box_of_area(Area a) {
    return (Box){a.x0, a.y0, a.x1, a.y1};
}

uint8_t byte_of_share(double share) {
    return (uint8_t)(fmin(fmax(share, 0), 1) * 255 + 0.5);
}

static bool undrawn_at(const Comparison *r, int page, Box box) {
    for (size_t i = 0; i < r->undrawn_count[page]; i++)
        if (box_known(box_meet(r->undrawn[page][i].box, box)))
            return true;
    return false;
}

void comparison_blob(const Comparison *r, ComparedBlob *b, const DifferingCell *found, double ppi,
                     const Matrix from_device[2]) {
    double px = 25.4 / ppi;
    Area at = found->box;
    b->mm = (Box){at.x0 * px, at.y0 * px, at.x1 * px, at.y1 * px};
    b->area = found->pixels * px * px;
    b->worst = found->worst / 255.0;
    for (int i = 0; i < 2; i++) {
        b->box[i] = box_transformed(box_of_area(at), &from_device[i]);
        b->unsure |= undrawn_at(r, i, b->box[i]);
    }
}

/* What is found in a place that was not drawn proves nothing. */
void comparison_conclude(Comparison *r) {
    bool differs = r->sizes_differ;
    for (size_t i = 0; i < r->blob_count; i++)
        differs |= !r->blobs[i].unsure;
    if (differs)
        r->outcome = COMPARED_DIFFERENT;
    else if (r->undrawn_count[0] || r->undrawn_count[1] || r->blobs_found)
        r->outcome = COMPARED_UNKNOWN;
}
