/* Separation and DeviceN: colour that names its planes. */
#include "ink/press/press_parts.h"

#include <string.h>

#include "read/pdf/tints.h"

static NamedInk *find_ink(PressRows *r, const ColourSpace *s, Str name) {
    for (int i = 0; i < r->ink_count; i++)
        if (str_eq(s->names[r->inks[i].component], name))
            return &r->inks[i];
    return NULL;
}

/* Process names are inks where inks are blended; elsewhere such a component is no colorant and is
 * shown by the alternate (11.7.3), with no ink of the spots, which keep planes of their own.
 * Returns whether any component needs that. */
static bool sort_names(PressRows *r, const ColourSpace *s) {
    bool feeds = false;
    for (int i = 0; i < s->name_count; i++) {
        if (str_is(s->names[i], "None") || find_ink(r, s, s->names[i]))
            continue;
        r->feeds_tint[i] = r->in != BLENDS_IN_INKS && process_ink(s->names[i]) >= 0;
        feeds |= r->feeds_tint[i];
        if (!r->feeds_tint[i])
            r->inks[r->ink_count++] = (NamedInk){.component = i};
    }
    return feeds;
}

/* /All may stand in Separation only (8.6.6.5). A DeviceN that names it can have no planes and goes
 * by its alternate as a whole. */
static bool has_all(const ColourSpace *s) {
    for (int i = 0; i < s->name_count; i++)
        if (str_is(s->names[i], "All"))
            return true;
    return false;
}

static void route_tint(PressRows *r, const ColourSpace *s) {
    Press *p = r->press;
    Text why = {"专色的替代色彩空间不合规定", "the alternate of a spot colour is not allowed"};
    if (s->base && route_is_plain(s->base))
        r->alternate = route_of(p, s->base, r->in, &why);
    if (!r->alternate) {
        route_refuse(r, why.zh, why.en);
        return;
    }
    const PdfObj *transform = pdf_at(p->file, s->object, 3);
    r->tint = function_read_told(p->arena, p->file, transform, s->components, &why);
    if (!r->tint)
        route_refuse(r, why.zh, why.en);
    else if (function_outputs(r->tint) != s->base->components)
        route_refuse(r, "专色的色调函数与替代色彩空间不符",
                     "the tint transform of a spot colour does not fit its alternate");
}

void route_names(PressRows *r, const ColourSpace *s) {
    bool separation = s->space == SPACE_SEPARATION;
    r->route = ROUTE_NAMES;
    if (separation && has_all(s)) {
        r->route = ROUTE_ALL;
    } else if (has_all(s)) {
        memset(r->feeds_tint, true, sizeof r->feeds_tint);
        route_tint(r, s);
    } else if (sort_names(r, s)) {
        route_tint(r, s);
    } else if (r->ink_count == 0) {
        r->route = ROUTE_NOTHING;
    }
}

bool route_register(PressRows *r, Text *why) {
    if (r->page == r->press->page)
        return true;
    for (int i = 0; i < r->ink_count; i++) {
        NamedInk *ink = &r->inks[i];
        ink->plane = plane_register(r->press->planes, r->space->names[ink->component]);
        if (ink->plane < 0) {
            *why = (Text){"页面上的专色太多", "there are too many spot colours on the page"};
            return false;
        }
        look_of(r, ink, &r->press->planes->items[ink->plane]);
    }
    r->page = r->press->page;
    return true;
}

void route_planes(const PressRows *r, Paint *out) {
    int process = route_has_process(r) ? process_count(r->in) : 0;
    out->count = process + r->ink_count;
    out->all = r->route == ROUTE_ALL;
    out->keeps_others = r->route == ROUTE_NOTHING;
    for (int i = 0; i < process; i++)
        out->planes[i] = (uint16_t)process_plane(r->in, i);
    for (int i = 0; i < r->ink_count; i++)
        out->planes[process + i] = (uint16_t)r->inks[i].plane;
    if (out->all) {
        out->count = 1;
        out->planes[0] = PLANE_REST;
    }
}

void route_by_tint(const PressRows *r, const float *values, uint8_t *out) {
    double in[MAX_COLORANTS] = {0}, wide[MOST_OUTPUTS];
    float alternate[MOST_OUTPUTS];
    for (int i = 0; i < r->components; i++)
        in[i] = r->feeds_tint[i] ? (double)values[i] : 0;
    function_eval(r->tint, in, wide);
    for (int i = 0; i < r->alternate->components; i++)
        alternate[i] = (float)wide[i];
    route_process(r->alternate, alternate, out);
}
