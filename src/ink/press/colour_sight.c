#include "ink/press/colour_sight.h"

#include <string.h>

#include "ink/press/press_parts.h"

enum { MOST_LOOKS = 16 }; /* transforms kept; a file that uses more profiles makes them again */

typedef struct Look {
    const Light *light;
    cmsHTRANSFORM to_lab;
} Look;

struct ColourSight {
    Press *press;
    cmsHPROFILE lab;
    cmsHTRANSFORM of_inks; /* process inks to Lab; NULL: the profile does not lead there */
    Look looks[MOST_LOOKS];
    int look_count;
};

static cmsHTRANSFORM to_lab(const ColourSight *s, cmsHPROFILE from, cmsUInt32Number format) {
    if (!from || !s->lab)
        return NULL;
    return cmsCreateTransform(from, format, s->lab, TYPE_Lab_DBL, INTENT_RELATIVE_COLORIMETRIC,
                              cmsFLAGS_BLACKPOINTCOMPENSATION | cmsFLAGS_NOOPTIMIZE);
}

ColourSight *colour_sight_new(Arena *document, Press *press) {
    ColourSight *s = ARENA_NEW(document, ColourSight);
    s->press = press;
    s->lab = cmsCreateLab4Profile(NULL);
    s->of_inks = to_lab(s, s->press->inks, TYPE_CMYK_16);
    return s;
}

static void drop_looks(ColourSight *s) {
    for (int i = 0; i < s->look_count; i++)
        if (s->looks[i].to_lab)
            cmsDeleteTransform(s->looks[i].to_lab);
    s->look_count = 0;
}

void colour_sight_free(ColourSight *s) {
    if (!s)
        return;
    drop_looks(s);
    if (s->of_inks)
        cmsDeleteTransform(s->of_inks);
    if (s->lab)
        cmsCloseProfile(s->lab);
}

static cmsHTRANSFORM look_of_light(ColourSight *s, const Light *l) {
    for (int i = 0; i < s->look_count; i++)
        if (s->looks[i].light == l)
            return s->looks[i].to_lab;
    if (s->look_count == MOST_LOOKS)
        drop_looks(s);
    cmsHPROFILE from = light_open(s->press, l);
    Look *look = &s->looks[s->look_count++];
    *look = (Look){l, to_lab(s, from, light_format(l))};
    light_shut(l, from);
    return look->to_lab;
}

static bool of_light(Space space) {
    return space == SPACE_RGB || space == SPACE_CALRGB || space == SPACE_ICC_RGB ||
           space == SPACE_LAB || space == SPACE_ICC_LAB;
}

static bool is_lab_space(Space space) {
    return space == SPACE_LAB || space == SPACE_ICC_LAB;
}

/* As people read them in their program: RGB as shares of full light, Lab as it is. */
static void read_values(const ColourSpace *space, const float *values, SeenColour *out) {
    out->is_lab = is_lab_space(space->space);
    for (int i = 0; i < 3; i++) {
        double span[2];
        decode_of(space, i, span);
        double v = (double)values[i];
        out->values[i] =
            out->is_lab || span[1] == span[0] ? v : (v - span[0]) / (span[1] - span[0]);
    }
}

/* What the light itself looks like against what its inks look like. */
static bool see(ColourSight *s, Light *light, const float *values, SeenColour *out) {
    cmsHTRANSFORM before = look_of_light(s, light);
    if (!before || !s->of_inks)
        return false;
    double wide[4] = {(double)values[0], (double)values[1], (double)values[2]};
    uint16_t from[4] = {0}, inks[4];
    light_encode(light, wide, from);
    light_convert(s->press, light, BLENDS_IN_INKS, values, out->inks);
    for (int i = 0; i < PROCESS; i++)
        inks[i] = (uint16_t)(out->inks[i] * 257);
    cmsCIELab seen, printed;
    cmsDoTransform(before, from, &seen, 1);
    cmsDoTransform(s->of_inks, inks, &printed, 1);
    out->shift = cmsCIE2000DeltaE(&seen, &printed, 1, 1, 1);
    return true;
}

bool colour_seen(ColourSight *s, const Colour *c, SeenColour *out) {
    const ColourSpace *space = c->space;
    const float *values = c->values;
    float looked_up[MAX_COLORANTS];
    if (space && space->space == SPACE_INDEXED) {
        if (!palette_colour(space, values[0], looked_up))
            return false;
        space = space->base;
        values = looked_up;
    }
    if (!space || !of_light(space->space) || space->components != 3)
        return false;
    Text why;
    press_page(s->press, NULL); /* no plane is named, and limits of a page are not met here */
    const PressRows *way = route_of(s->press, space, BLENDS_IN_INKS, &why);
    if (!way || way->route != ROUTE_LIGHT)
        return false;
    read_values(space, values, out);
    return see(s, way->light, values, out);
}
