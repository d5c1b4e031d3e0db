/* The way of a colour space into a blend space. */
#include "ink/press/press_parts.h"

#include <string.h>

void decode_of(const ColourSpace *s, int component, double span[2]) {
    span[0] = 0;
    span[1] = 1;
    bool lab = s->space == SPACE_LAB;
    bool icc = s->space == SPACE_ICC_GRAY || s->space == SPACE_ICC_RGB ||
               s->space == SPACE_ICC_CMYK || s->space == SPACE_ICC_LAB;
    if (lab && component == 0)
        span[1] = 100;
    if (s->space == SPACE_ICC_LAB) {
        span[0] = component ? -128 : 0;
        span[1] = component ? 127 : 100;
    }
    const double *range = s->range + 2 * (lab ? component - 1 : component);
    if ((icc || (lab && component > 0)) && (range[0] != 0 || range[1] != 0))
        memcpy(span, range, 2 * sizeof *span);
}

void route_refuse(PressRows *r, const char *zh, const char *en) {
    r->route = ROUTE_NONE;
    r->why = (Text){zh, en};
}

static void route_device(PressRows *r) {
    switch (r->components) {
    case 1:
        r->route = ROUTE_GRAY;
        return;
    case 3:
        r->route = r->in == BLENDS_IN_INKS  ? ROUTE_LIGHT
                   : r->in == BLENDS_IN_RGB ? ROUTE_LIGHTS
                                            : ROUTE_SUM;
        r->light = &r->press->of_srgb;
        return;
    case 4:
        r->route = r->in == BLENDS_IN_INKS  ? ROUTE_INKS
                   : r->in == BLENDS_IN_RGB ? ROUTE_LIGHT
                                            : ROUTE_SUM;
        r->light = &r->press->of_press;
        return;
    }
    route_refuse(r, "有读不懂的色彩空间", "a colour space can not be read");
}

static void route_light(PressRows *r, const ColourSpace *s) {
    Text why = {0};
    r->light = light_of(r->press, s, &why);
    r->route = ROUTE_LIGHT;
    if (!r->light)
        route_refuse(r, why.zh, why.en);
}

bool route_is_plain(const ColourSpace *s) {
    switch (s->space) {
    case SPACE_GRAY:
    case SPACE_RGB:
    case SPACE_CMYK:
    case SPACE_CALGRAY:
    case SPACE_CALRGB:
    case SPACE_LAB:
    case SPACE_ICC_GRAY:
    case SPACE_ICC_RGB:
    case SPACE_ICC_CMYK:
    case SPACE_ICC_LAB:
        return true;
    case SPACE_UNKNOWN:
    case SPACE_NONE:
    case SPACE_SEPARATION:
    case SPACE_DEVICEN:
    case SPACE_INDEXED:
    case SPACE_PATTERN:
    case SPACE_OTHER:
    case SPACE_WORDS:
        return false;
    }
    return false;
}

/* ISO 32000-1, Table 66: a profile that can not be used gives way to the Alternate; where there is
 * none, to the device space of as many components. No device space stands for Lab. */
static void route_without_profile(PressRows *r) {
    const ColourSpace *base = r->space->base;
    bool lab = r->space->space == SPACE_ICC_LAB;
    if (base && route_is_plain(base) && base->components == r->components && !base->profile.num &&
        lab == (base->space == SPACE_LAB)) {
        Text why;
        const PressRows *alternate = route_of(r->press, base, r->in, &why);
        if (!alternate) {
            route_refuse(r, why.zh, why.en);
            return;
        }
        r->route = alternate->route;
        r->light = alternate->light;
    } else if (lab) {
        route_refuse(r, "ICC 特性文件不能用", "an ICC profile can not be used");
    } else {
        route_device(r);
    }
}

static void choose(PressRows *r, const ColourSpace *s) {
    switch (s->space) {
    case SPACE_GRAY:
    case SPACE_RGB:
    case SPACE_CMYK:
        route_device(r);
        return;
    case SPACE_ICC_CMYK:
        if (light_passes(r->press, s))
            route_device(r);
        else
            route_light(r, s);
        return;
    case SPACE_CALGRAY:
    case SPACE_CALRGB:
    case SPACE_LAB:
    case SPACE_ICC_GRAY:
    case SPACE_ICC_RGB:
    case SPACE_ICC_LAB:
        route_light(r, s);
        return;
    case SPACE_SEPARATION:
    case SPACE_DEVICEN:
        route_names(r, s);
        return;
    case SPACE_UNKNOWN:
    case SPACE_NONE:
    case SPACE_INDEXED:
    case SPACE_PATTERN:
    case SPACE_OTHER:
    case SPACE_WORDS:
        route_refuse(r, "有读不懂的色彩空间", "a colour space can not be read");
        return;
    }
}

static bool is_device(Space space) {
    return space == SPACE_GRAY || space == SPACE_RGB || space == SPACE_CMYK;
}

/* Device spaces are told by their kind: they may be anybody's and live anywhere. All others are
 * interned for the document. */
static PressRows *known(Press *p, const ColourSpace *s, BlendSpace in) {
    uint64_t what = is_device(s->space) ? (uint64_t)s->space : (uint64_t)(uintptr_t)s;
    uint64_t key = hash_number(hash_number(HASH_START, what), (uint64_t)in);
    PressRows *r = table_find(&p->rows_of_space, key);
    if (r)
        return r;
    r = ARENA_NEW(p->arena, PressRows);
    *r = (PressRows){.press = p,
                     .space = is_device(s->space) ? NULL : s,
                     .components = s->components,
                     .in = in,
                     .source = s->space};
    *table_slot(&p->rows_of_space, p->arena, key) = r;
    choose(r, s);
    return r;
}

static bool link_light(PressRows *r, Text *why) {
    Linked linked = light_link(r->press, r->light, r->in);
    if (linked == LINK_BROKEN && r->light->kind == LIGHT_ICC) {
        route_without_profile(r);
        if (r->route != ROUTE_LIGHT)
            return true;
        linked = light_link(r->press, r->light, r->in);
    }
    if (linked == LINK_BROKEN)
        route_refuse(r, "颜色不能换算", "a colour can not be converted");
    if (linked == LINK_LIMIT)
        *why = (Text){"页面上的 ICC 特性文件太多", "there are too many ICC profiles on the page"};
    return linked != LINK_LIMIT;
}

/* Transforms are dropped between pages and made again here. */
PressRows *route_of(Press *p, const ColourSpace *s, BlendSpace in, Text *why) {
    PressRows *r = known(p, s, in);
    if (r->alternate && !route_of(p, s->base, in, why))
        return NULL;
    if (r->route == ROUTE_LIGHT && !link_light(r, why))
        return NULL;
    if (r->route == ROUTE_NONE)
        *why = r->why;
    return r->route != ROUTE_NONE ? r : NULL;
}

bool route_has_process(const PressRows *r) {
    switch (r->route) {
    case ROUTE_GRAY:
    case ROUTE_INKS:
    case ROUTE_LIGHTS:
    case ROUTE_SUM:
    case ROUTE_LIGHT:
        return true;
    case ROUTE_NAMES:
        return r->tint;
    case ROUTE_NONE:
    case ROUTE_NOTHING:
    case ROUTE_ALL:
        return false;
    }
    return false;
}

void route_process(const PressRows *r, const float *v, uint8_t *out) {
    int count = process_count(r->in);
    switch (r->route) {
    case ROUTE_GRAY:
        memset(out, 0, (size_t)count);
        for (int i = r->in == BLENDS_IN_INKS ? 3 : 0; i < count; i++)
            out[i] = tint_of(1 - (double)v[0]);
        return;
    case ROUTE_INKS:
        for (int i = 0; i < count; i++)
            out[i] = tint_of((double)v[i]);
        return;
    case ROUTE_LIGHTS:
        for (int i = 0; i < count; i++)
            out[i] = tint_of(1 - (double)v[i]);
        return;
    case ROUTE_SUM: {
        double inks[3];
        for (int i = 0; i < 3; i++)
            inks[i] = r->components == 3 ? 1 - (double)v[i] : (double)v[i];
        out[0] = tint_of(sum_of_inks(inks, r->components == 3 ? 0 : (double)v[3]));
        return;
    }
    case ROUTE_LIGHT:
        light_convert(r->press, r->light, r->in, v, out);
        return;
    case ROUTE_NAMES:
        if (r->tint)
            route_by_tint(r, v, out);
        return;
    case ROUTE_NONE:
    case ROUTE_NOTHING:
    case ROUTE_ALL:
        return;
    }
}
