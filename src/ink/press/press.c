#include "ink/press/press_parts.h"

#include <stdlib.h>
#include <string.h>

/* 2140 is 2.14. */
const char *press_version(void) {
    enum { MAJOR = LCMS_VERSION / 1000, MINOR = LCMS_VERSION % 1000 / 10 };
    static const char version[] = {'0' + MAJOR, '.', '0' + MINOR / 10, '0' + MINOR % 10, 0};
    return version;
}

Press *press_new(Arena *document, PdfFile *f, const PressProfile *profile) {
    Press *p = ARENA_NEW(document, Press);
    p->arena = document;
    p->file = f;
    p->profile = profile;
    p->inks = cmsOpenProfileFromMem(profile->bytes, (cmsUInt32Number)profile->count);
    p->srgb = cmsCreate_sRGBProfile();
    /* A blend space of gray is the gray axis of sRGB. */
    cmsToneCurve *curve = p->srgb ? cmsReadTag(p->srgb, cmsSigGreenTRCTag) : NULL;
    p->gray = curve ? cmsCreateGrayProfile(cmsD50_xyY(), curve) : NULL;
    if (p->inks)
        cmsGetHeaderProfileID(p->inks, p->id);
    p->of_press = (Light){.kind = LIGHT_PRESS, .space = SPACE_CMYK, .inputs = 4};
    p->of_srgb = (Light){.kind = LIGHT_SRGB, .space = SPACE_RGB, .inputs = 3};
    for (int i = 0; i < 4; i++)
        p->of_press.decode[i][1] = p->of_press.encoding[i][1] = p->of_srgb.decode[i][1] =
            p->of_srgb.encoding[i][1] = 1;
    return p;
}

void press_free(Press *p) {
    if (!p)
        return;
    lights_drop(p);
    light_drop(&p->of_press);
    light_drop(&p->of_srgb);
    cmsHPROFILE profiles[] = {p->inks, p->srgb, p->gray};
    for (size_t i = 0; i < sizeof profiles / sizeof *profiles; i++)
        if (profiles[i])
            cmsCloseProfile(profiles[i]);
}

void press_page(Press *p, Planes *planes) {
    p->planes = planes;
    p->page++;
    p->links_of_page = 0;
    if (p->links_alive > KEPT_LINKS)
        lights_drop(p);
}

/* The colour an index stands for, as numbers of the base (ISO 32000-1, 8.6.6.3). */
bool palette_colour(const ColourSpace *s, float index, float *out) {
    if (!s->palette || !s->base)
        return false;
    int at = index > 0 ? index < (float)s->high ? (int)index : s->high : 0;
    const uint8_t *entry = s->palette + (size_t)at * (size_t)s->base->components;
    for (int i = 0; i < s->base->components; i++) {
        double span[2];
        decode_of(s->base, i, span);
        out[i] = (float)(span[0] + entry[i] * (span[1] - span[0]) / 255);
    }
    return true;
}

/* Fills in the tints; `zero`: no ink, exactly, where the colour is given in inks. */
static void fill(const PressRows *r, const float *values, Paint *out, bool *zero) {
    int process = route_has_process(r) ? process_count(r->in) : 0;
    if (process)
        route_process(r, values, out->values);
    for (int i = 0; i < process; i++)
        zero[i] = r->route == ROUTE_INKS ? !(values[i] > 0) : out->values[i] == 0;
    for (int i = 0; i < r->ink_count; i++) {
        float v = values[r->inks[i].component];
        out->values[process + i] = tint_of((double)v);
        zero[process + i] = !(v > 0);
    }
}

bool press_colour(Press *p, Paint *out, bool *nothing, const Colour *c, BlendSpace in, Overprint o,
                  Text *why) {
    const ColourSpace *s = c->space;
    const float *values = c->values;
    float looked_up[MAX_COLORANTS];
    bool zero[MOST_PAINTED], indexed = s->space == SPACE_INDEXED;
    if (indexed) {
        if (!palette_colour(s, values[0], looked_up)) {
            *why = (Text){"索引色的色表读不出来", "the table of an indexed space can not be read"};
            return false;
        }
        s = s->base;
        values = looked_up;
    }
    PressRows *r = route_of(p, s, in, why);
    if (!r || !route_register(r, why))
        return false;
    route_planes(r, out);
    out->flat = true;
    *nothing = r->route == ROUTE_NOTHING;
    if (r->route == ROUTE_ALL)
        out->values[0] = tint_of((double)values[0]);
    if (*nothing || out->all)
        return true;
    fill(r, values, out, zero);
    /* A colour out of a table is not given directly. */
    overprint_apply(out, zero, ink_source(r->source, in, indexed ? CLASS_IMAGE : CLASS_MARK), o);
    return true;
}
