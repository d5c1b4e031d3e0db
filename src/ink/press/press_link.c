/* Transforms from a Light to a blend space: relative colorimetric, black point compensation. */
#include "ink/press/press_parts.h"

#include <string.h>

cmsUInt32Number light_format(const Light *l) {
    switch (l->inputs) {
    case 1:
        return TYPE_GRAY_16;
    case 4:
        return TYPE_CMYK_16;
    case 3:
        break;
    }
    return light_is_lab(l) ? TYPE_Lab_16 : TYPE_RGB_16;
}

static cmsHTRANSFORM make(Press *p, const Light *l, BlendSpace in, cmsHPROFILE from) {
    cmsHPROFILE to = in == BLENDS_IN_INKS ? p->inks : in == BLENDS_IN_RGB ? p->srgb : p->gray;
    cmsUInt32Number format = in == BLENDS_IN_INKS  ? TYPE_CMYK_16
                             : in == BLENDS_IN_RGB ? TYPE_RGB_16
                                                   : TYPE_GRAY_16;
    if (!from || !to)
        return NULL;
    return cmsCreateTransform(from, light_format(l), to, format, INTENT_RELATIVE_COLORIMETRIC,
                              cmsFLAGS_BLACKPOINTCOMPENSATION | cmsFLAGS_NOOPTIMIZE);
}

/* The press's own are not counted: what ends a group has no way to fail. What counts is how many a
 * page uses, not how many are alive, so that a page is drawn alike after any other page. */
Linked light_link(Press *p, Light *l, BlendSpace in) {
    Link *link = &l->links[in];
    if (link->exact && link->page == p->page)
        return LINKED;
    bool counts = l->kind != LIGHT_PRESS && l->kind != LIGHT_SRGB;
    if (counts && p->links_of_page >= MOST_LINKS)
        return LINK_LIMIT;
    if (!link->exact) {
        cmsHPROFILE from = light_open(p, l);
        link->exact = make(p, l, in, from);
        light_shut(l, from);
        if (!link->exact)
            return LINK_BROKEN;
        p->links_alive += counts;
    }
    link->page = p->page;
    p->links_of_page += counts;
    return LINKED;
}

void light_drop(Light *l) {
    for (int i = 0; i <= PROCESS; i++) {
        if (l->links[i].exact)
            cmsDeleteTransform(l->links[i].exact);
        grid_free(l->links[i].grid);
        l->links[i] = (Link){0};
    }
}

void lights_drop(Press *p) {
    for (size_t i = 0; i < p->light_count; i++)
        light_drop(p->lights[i]);
    p->links_alive = 0;
    memset(p->kept, 0, sizeof p->kept);
}

static uint16_t word_of(double share) {
    return share > 0 ? share < 1 ? (uint16_t)(share * 65535 + 0.5) : 65535 : 0;
}

/* Lab under another white: to D50 by way of XYZ. */
static void adapt(const Light *l, double *lab) {
    const cmsCIEXYZ white = {l->white[0], l->white[1], l->white[2]};
    cmsCIELab from = {lab[0], lab[1], lab[2]}, to;
    cmsCIEXYZ xyz, adapted;
    cmsLab2XYZ(&white, &xyz, &from);
    if (!cmsAdaptToIlluminant(&adapted, &white, cmsD50_XYZ(), &xyz))
        return;
    cmsXYZ2Lab(cmsD50_XYZ(), &to, &adapted);
    lab[0] = to.L;
    lab[1] = to.a;
    lab[2] = to.b;
}

void light_encode(const Light *l, double *values, uint16_t out[4]) {
    if (l->other_white)
        adapt(l, values);
    for (int i = 0; i < l->inputs; i++) {
        const double *span = l->encoding[i];
        out[i] = word_of((values[i] - span[0]) / (span[1] - span[0]));
    }
}

static bool is_white(const Light *l, const uint16_t *from) {
    static const uint16_t lab[3] = {65535, 128 * 257, 128 * 257};
    for (int i = 0; i < l->inputs; i++) {
        if (from[i] != (l->inputs == 4 ? 0 : light_is_lab(l) ? lab[i] : 65535))
            return false;
    }
    return true;
}

/* To amounts of ink. White is paper: many profiles leave a trace of ink there, up to 2 %, which no
 * press would print and which would fill every empty tile. */
static void run(const Light *l, BlendSpace in, const uint16_t *from, uint16_t out[4]) {
    enum { TRACE = 65535 / 50 };
    cmsDoTransform(l->links[in].exact, from, out, 1);
    bool trace = true;
    for (int i = 0; i < process_count(in); i++) {
        if (in != BLENDS_IN_INKS)
            out[i] = (uint16_t)(65535 - out[i]);
        trace &= out[i] <= TRACE;
    }
    if (trace && is_white(l, from))
        memset(out, 0, sizeof(uint16_t) * 4);
}

void light_convert(Press *p, Light *l, BlendSpace in, const float *values, uint8_t *out) {
    double wide[4] = {0};
    uint16_t from[4] = {0}, to[4] = {0};
    for (int i = 0; i < l->inputs; i++)
        wide[i] = (double)values[i];
    light_encode(l, wide, from);
    uint64_t hash = hash_bytes((uint64_t)(uintptr_t)l + (uint64_t)in, from, sizeof from);
    KeptColour *kept = &p->kept[hash % COLOURS_KEPT];
    if (kept->light != l || kept->in != in || memcmp(kept->from, from, sizeof from)) {
        run(l, in, from, to);
        *kept = (KeptColour){.light = l, .in = in};
        memcpy(kept->from, from, sizeof from);
        for (int i = 0; i < process_count(in); i++)
            kept->to[i] = (uint8_t)((to[i] * 255u + 32767) / 65535);
    }
    memcpy(out, kept->to, (size_t)process_count(in));
}

typedef struct Sampled {
    const Light *light;
    BlendSpace in;
} Sampled;

static void truth(void *self, const double *in, uint16_t out[4]) {
    const Sampled *s = self;
    double values[4];
    uint16_t from[4];
    for (int i = 0; i < s->light->inputs; i++) {
        const double *span = s->light->decode[i];
        values[i] = span[0] + in[i] * (span[1] - span[0]) / 255;
    }
    light_encode(s->light, values, from);
    run(s->light, s->in, from, out);
}

const Grid *light_grid(Light *l, BlendSpace in) {
    Link *link = &l->links[in];
    Sampled s = {l, in};
    if (!link->grid)
        link->grid = grid_new(l->inputs, truth, &s);
    return link->grid;
}
