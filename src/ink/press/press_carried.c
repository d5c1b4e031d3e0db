/* The way of colour into inks for files that are no PDF: no colour space object tells it, only the
 * kind of samples and a profile. */
#include "ink/press/press_parts.h"

#include <string.h>

static void set_spans(Light *l, bool lab) {
    for (int i = 0; i < l->inputs; i++) {
        double low = lab && i ? -128 : 0, high = !lab ? 1 : i ? 127 : 100;
        l->decode[i][0] = l->encoding[i][0] = low;
        l->decode[i][1] = l->encoding[i][1] = high;
    }
}

/* Pages of one file often carry the same profile. */
static Light *known(const Press *p, Space space, const uint8_t *icc, size_t n) {
    for (size_t i = 0; i < p->light_count; i++) {
        Light *l = p->lights[i];
        if (l->bytes && l->space == space && l->count == n && !memcmp(l->bytes, icc, n))
            return l;
    }
    return NULL;
}

/* NULL: the profile can not be used. */
static Light *of_profile(Press *p, Space space, const uint8_t *icc, size_t n) {
    bool gray = space == SPACE_GRAY;
    Light l = {.kind = LIGHT_ICC,
               .space = gray ? SPACE_ICC_GRAY : SPACE_ICC_RGB,
               .inputs = gray ? 1 : 3,
               .bytes = icc,
               .count = n};
    if (!icc || n > LARGEST_PROFILE)
        return NULL;
    set_spans(&l, false);
    Light *added = known(p, l.space, icc, n);
    added = added ? added : light_add(p, &l);
    return added && light_link(p, added, BLENDS_IN_INKS) == LINKED ? added : NULL;
}

static Light *of_lab(Press *p) {
    Light l = {.kind = LIGHT_LAB, .space = SPACE_LAB, .inputs = 3};
    set_spans(&l, true);
    Light *added = light_add(p, &l);
    return light_link(p, added, BLENDS_IN_INKS) == LINKED ? added : NULL;
}

const PressRows *press_rows_carried(Press *p, Space space, const uint8_t *icc, size_t n) {
    PressRows *r = ARENA_NEW(p->arena, PressRows);
    *r = (PressRows){.press = p, .in = BLENDS_IN_INKS, .source = space, .page = p->page};
    r->components = space == SPACE_GRAY ? 1 : space == SPACE_CMYK ? 4 : 3;
    if (space == SPACE_CMYK) {
        r->route = ROUTE_INKS;
        return r;
    }
    r->light = space == SPACE_LAB ? of_lab(p) : of_profile(p, space, icc, n);
    r->route = ROUTE_LIGHT;
    if (!r->light && space == SPACE_GRAY) {
        r->route = ROUTE_GRAY;
    } else if (!r->light) {
        r->light = &p->of_srgb;
        (void)light_link(p, r->light, BLENDS_IN_INKS);
    }
    return r;
}
