/* Strips: programs that flatten gradients and transparency cut an area into thin bands, each
 * painted edge to edge with the one before. Three and more such bands are an area, not lines. */
#include <math.h>

#include "read/derive.h"

enum { FEWEST_STRIPS = 3 };

static bool about(float a, float b, float tolerance) {
    return fabsf(a - b) <= tolerance;
}

/* Does b go on where a ends, across their length? Bands may overlap a little, to hide the seam. */
static bool goes_on(const Fill *a, const Fill *b) {
    const float hair = 0.05f;
    if (a->thin != 1 || b->thin != 1)
        return false;
    Box32 p = a->box, q = b->box;
    bool lying = p.x1 - p.x0 > p.y1 - p.y0;
    float length = lying ? p.x1 - p.x0 : p.y1 - p.y0, slack = 0.02f * length + hair;
    bool same_length = lying ? about(p.x0, q.x0, slack) && about(p.x1, q.x1, slack)
                             : about(p.y0, q.y0, slack) && about(p.y1, q.y1, slack);
    float p0 = lying ? p.y0 : p.x0, p1 = lying ? p.y1 : p.x1;
    float q0 = lying ? q.y0 : q.x0, q1 = lying ? q.y1 : q.x1;
    bool moved = !about(p0, q0, hair / 10);
    return same_length && moved && q0 <= p1 + hair && p0 <= q1 + hair;
}

void derive_strips(const FillShape *shapes, size_t count) {
    for (size_t i = 0, next; i < count; i = next) {
        for (next = i + 1; next < count && goes_on(shapes[next - 1].fill, shapes[next].fill);)
            next++;
        for (size_t k = i; next - i >= FEWEST_STRIPS && k < next; k++) {
            shapes[k].fill->thin = 0;
            shapes[k].fill->thickness = 0;
        }
    }
}
