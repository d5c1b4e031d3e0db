/* Colours along an axis, circles or the variable of a mesh. */
#include <stdlib.h>

#include "ink/shading/shading_parts.h"

static void evaluate(const Ramp *r, double place, uint8_t *out) {
    double t = r->from + place * (r->to - r->from);
    shading_evaluate(r->shading, &t, out);
}

Ramp *ramp_new(const Shade *s, double from, double to) {
    Ramp *r = ARENA_NEW(s->arena, Ramp);
    r->shading = s;
    r->from = from;
    r->to = to;
    r->components = s->components;
    r->state = arena_alloc(s->arena, RAMP_CELLS);
    r->colours = arena_alloc(s->arena, (size_t)s->components * RAMP_CELLS);
    evaluate(r, 0, r->ends[0]);
    evaluate(r, 1, r->ends[1]);
    return r;
}

static bool near(const uint8_t *a, const uint8_t *b, int n) {
    for (int i = 0; i < n; i++)
        if (abs(a[i] - b[i]) > 1)
            return false;
    return true;
}

static void fill_cell(Ramp *r, int cell) {
    double low = (double)cell / RAMP_CELLS, high = (double)(cell + 1) / RAMP_CELLS;
    double span = r->to - r->from;
    uint8_t *middle = r->colours + (size_t)cell * (size_t)r->components;
    uint8_t before[MAX_COLORANTS], after[MAX_COLORANTS];
    r->state[cell] = RAMP_STEEP;
    if (!function_smooth(r->shading->function, r->from + low * span, r->from + high * span))
        return;
    evaluate(r, low, before);
    evaluate(r, high, after);
    evaluate(r, (low + high) / 2, middle);
    if (near(before, middle, r->components) && near(middle, after, r->components) &&
        near(before, after, r->components))
        r->state[cell] = RAMP_EVEN;
}

const uint8_t *ramp_look(Ramp *r, double place) {
    int cell = (int)(place * RAMP_CELLS);
    if (r->state[cell] == RAMP_UNKNOWN)
        fill_cell(r, cell);
    if (r->state[cell] == RAMP_EVEN)
        return r->colours + (size_t)cell * (size_t)r->components;
    evaluate(r, place, r->exact);
    return r->exact;
}
