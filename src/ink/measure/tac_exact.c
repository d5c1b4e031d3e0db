/* Flat colours as the file gives them: what plates show of one is rounded, ink by ink. */
#include "ink/measure/tac_parts.h"

/* Values are floats of decimal numbers: half a byte counts as half also where the float lies below.
 */
static const double HALF_UP = 0.5 + 1e-4;
/* Sums are told to the millionth, so that floats of 80 % and 90 % make 170 %. */
static const double STEPS = 1e6;

static uint64_t key_of(const uint8_t t[4]) {
    uint64_t bytes = (uint64_t)t[0] << 24 | (uint64_t)t[1] << 16 | (uint64_t)t[2] << 8 | t[3];
    return hash_number(HASH_START, bytes);
}

/* One colour that goes to the plates as it stands. */
static bool is_flat(const Style *s) {
    return s->process_sum > 0 && s->pattern == PATTERN_NONE && s->alpha >= 1 &&
           s->blend == BLEND_NORMAL && s->soft_mask != 1;
}

static void add_class(TacAreas *t, ExactColours *e, ExactColour *c) {
    const Limit *l = t->p->limit;
    double least = fmin(l->solid_warn, l->solid_max); /* one that is not known does not count */
    if (!(c->sum > least) || c->class != NO_CLASS)
        return;
    c->class = e->class_count;
    *ARENA_PUSH(t->p->arena, e->classes, e->class_count, e->class_capacity) = c;
    e->least = fmin(e->least, c->sum);
}

/* Two colours with the same bytes: the lighter one, so that rounding never makes an error. */
static void add_style(TacAreas *t, ExactColours *e, const Style *s) {
    const double inks[4] = {s->c, s->m, s->y, s->k};
    double sum = round(s->process_sum * STEPS) / STEPS;
    uint8_t tints[4];
    for (int i = 0; i < 4; i++)
        tints[i] = (uint8_t)fmin(255, fmax(0, inks[i] * 255 + HALF_UP));
    void **slot = table_slot(&e->table, t->p->arena, key_of(tints));
    ExactColour *c = *slot;
    if (!c) {
        *slot = c = ARENA_NEW(t->p->arena, ExactColour);
        *c = (ExactColour){{tints[0], tints[1], tints[2], tints[3]}, sum, NO_CLASS};
    }
    c->sum = fmin(c->sum, sum);
}

const ExactColours *exact_colours(TacAreas *t) {
    if (t->exact)
        return t->exact;
    ExactColours *e = t->exact = ARENA_NEW(t->p->arena, ExactColours);
    const Facts *f = t->p->facts;
    e->least = INFINITY;
    for (size_t i = 0; i < facts_count(f, FACT_style); i++) {
        const Style *s = facts_at(f, FACT_style, i);
        if (is_flat(s))
            add_style(t, e, s);
    }
    for (size_t i = 0; i < e->table.capacity; i++)
        if (e->table.values[i])
            add_class(t, e, e->table.values[i]);
    return e;
}

const ExactColour *exact_find(const ExactColours *e, const uint8_t tints[4]) {
    return table_find(&e->table, key_of(tints));
}
