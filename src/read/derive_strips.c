/* Strips: programs that flatten gradients and transparency cut an area into thin bands, each
 * painted edge to edge with the one before. Three and more such bands are an area, not lines. */
#include <math.h>

#include "read/derive.h"

enum { FEWEST_STRIPS = 3, FEWEST_STEPS = 4 };
static const double LARGEST_STEP = 0.06; /* of one ink, between two shapes of a blend */

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

/* Is b one step further: another colour, hardly different in any ink, painted where a is or edge to
 * edge with it? */
static bool steps_on(const Fill *a, const Fill *b) {
    const Style *s = a->style, *t = b->style;
    const double hair = 0.1;
    if (s == t || isnan(s->tint) || isnan(t->tint) || s->space != t->space)
        return false;
    const double by[] = {s->c - t->c, s->m - t->m, s->y - t->y, s->k - t->k, s->tint - t->tint};
    bool moved = false;
    for (size_t i = 0; i < sizeof by / sizeof *by; i++) {
        if (fabs(by[i]) > LARGEST_STEP)
            return false;
        moved |= fabs(by[i]) > 0;
    }
    Box p = box_of(a->box);
    Box near = {p.x0 - hair, p.y0 - hair, p.x1 + hair, p.y1 + hair};
    return moved && boxes_overlap(near, box_of(b->box));
}

void derive_steps(const FillShape *shapes, size_t count) {
    for (size_t i = 0, next; i < count; i = next) {
        for (next = i + 1; next < count && steps_on(shapes[next - 1].fill, shapes[next].fill);)
            next++;
        for (size_t k = i; next - i >= FEWEST_STEPS && k < next; k++)
            shapes[k].fill->stepped = 1;
    }
}
