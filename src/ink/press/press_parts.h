/* What the parts of the press share. Not for others.
 *
 * A Light is colour that is not given in inks: sRGB, an ICC profile, Cal or Lab, or the press
 * itself when inks go to RGB. It has one transform for each blend space, exact and 16 bits wide,
 * and a Grid made from it for rows. A PressRows is the way of one colour space into one blend
 * space. */
#ifndef CHUPIN_INK_PRESS_PRESS_PARTS_H
#define CHUPIN_INK_PRESS_PRESS_PARTS_H

#include <lcms2.h>

#include "base/sha256.h"
#include "ink/shading/function.h"
#include "ink/press/overprint.h"
#include "ink/press/press_grid.h"
#include "read/pdf/table.h"

enum {
    MOST_LINKS = 40, /* transforms a page may use: a grid takes up to 700 KB */
    KEPT_LINKS = 16, /* a page that starts with more of them alive starts without any */
    LARGEST_PROFILE = 16 << 20,
    PROCESS = 4,
    COLOURS_KEPT = 64,
    LOOK_BYTES = 256 * 3
};

typedef enum LightKind {
    LIGHT_PRESS,
    LIGHT_SRGB,
    LIGHT_ICC,
    LIGHT_CALGRAY,
    LIGHT_CALRGB,
    LIGHT_LAB
} LightKind;

typedef struct Link {
    cmsHTRANSFORM exact; /* NULL: not made yet, or dropped */
    Grid *grid;
    uint64_t page; /* that used it last */
} Link;

typedef struct Light {
    LightKind kind;
    Space space; /* ICC: which of them; it settles the components */
    PdfRef ref;  /* ICC: the profile's stream */
    const uint8_t *bytes; /* ICC: the profile itself, when it is in no stream; NULL: it is */
    size_t count;
    int inputs;
    double decode[4][2];     /* what samples of 0 and 255 stand for */
    double encoding[4][2];   /* what 0 and 65535 stand for in the transform */
    double white[3];         /* Cal and Lab: WhitePoint */
    double gamma[3];         /* CalGray, CalRGB */
    double matrix[9];        /* CalRGB: XYZ of A, then of B and C */
    bool other_white;        /* Lab: its white is not D50 */
    Link links[PROCESS + 1]; /* by BlendSpace */
} Light;

typedef enum Route {
    ROUTE_NONE,    /* can not be converted; `why` */
    ROUTE_NOTHING, /* /None */
    ROUTE_ALL,
    ROUTE_NAMES,
    ROUTE_GRAY,   /* DeviceGray: black ink, or the same amount of each light */
    ROUTE_INKS,   /* CMYK to inks, as it stands */
    ROUTE_LIGHTS, /* RGB to RGB, as it stands */
    ROUTE_SUM,    /* RGB or CMYK to gray, ISO 32000-1 10.3 */
    ROUTE_LIGHT   /* through lcms2 */
} Route;

typedef struct NamedInk {
    int component;
    int plane; /* on the page `page` */
    uint8_t (*look)[3];
    bool look_known;
} NamedInk;

struct PressRows {
    Press *press;
    const ColourSpace *space; /* as asked for; NULL: a device space */
    int components;
    BlendSpace in;
    Space source; /* for Table 149 */
    Route route;
    Light *light;
    /* Separation and DeviceN: the planes they name, and the way of all other components, if there
     * are any, to process values: through the tint transform. */
    int ink_count;
    NamedInk inks[MAX_COLORANTS];
    bool feeds_tint[MAX_COLORANTS];
    const Function *tint; /* NULL: every component has its plane, or none */
    const PressRows *alternate;
    uint64_t page; /* whose planes stand in `inks` */
    Text why;
};

typedef struct KeptColour {
    const Light *light;
    BlendSpace in;
    uint16_t from[4];
    uint8_t to[PROCESS];
} KeptColour;

struct Press {
    Arena *arena; /* of the document */
    PdfFile *file;
    const PressProfile *profile;
    cmsHPROFILE inks, srgb, gray; /* any may be NULL when it can not be made */
    uint8_t id[16];               /* the press profile's own; zeros: it has none */
    Light of_press, of_srgb;
    Planes *planes;
    uint64_t page;
    int links_alive, links_of_page;
    Light **lights; /* all but of_press and of_srgb, to drop their links */
    size_t light_count, light_capacity;
    Table light_of_profile; /* by content */
    Table rows_of_space;
    KeptColour kept[COLOURS_KEPT];
};

/* press.c: the colour an index stands for, as numbers of the base. False: its table can not be read
 */
bool palette_colour(const ColourSpace *s, float index, float *out);

/* press_light.c */
Light *light_of(Press *p, const ColourSpace *s, Text *why); /* NULL: its numbers are impossible */
bool light_passes(Press *p, const ColourSpace *s);          /* ICC CMYK that is the press's inks */
cmsHPROFILE light_open(Press *p, const Light *l); /* NULL: can not; to be closed with light_shut */
void light_shut(const Light *l, cmsHPROFILE profile);
Light *light_add(Press *p, const Light *l); /* a copy, known to the press */

static inline bool light_is_lab(const Light *l) {
    return l->kind == LIGHT_LAB || l->space == SPACE_ICC_LAB;
}

/* press_link.c: from a Light to a blend space. It must be linked before it is converted. */
typedef enum Linked { LINKED, LINK_LIMIT, LINK_BROKEN } Linked;
Linked light_link(Press *p, Light *l, BlendSpace in);
void light_drop(Light *l);  /* its transforms */
void lights_drop(Press *p); /* those of all but the press's own */
/* Values of the space to process tints, in the order of process_plane. */
void light_convert(Press *p, Light *l, BlendSpace in, const float *values, uint8_t *out);
cmsUInt32Number light_format(const Light *l); /* of what a transform from it is given */
void light_encode(const Light *l, double *values, uint16_t out[4]); /* `values` are spoilt */
const Grid *light_grid(Light *l, BlendSpace in);

/* press_route.c */
PressRows *route_of(Press *p, const ColourSpace *s, BlendSpace in, Text *why); /* NULL: why */
bool route_is_plain(const ColourSpace *s); /* may stand below ICCBased, Separation or DeviceN */
void route_refuse(PressRows *r, const char *zh, const char *en);
bool route_has_process(const PressRows *r); /* paints process planes */
/* Process tints of a colour. */
void route_process(const PressRows *r, const float *values, uint8_t *out);
/* What bytes of 0 and 255 stand for: the default Decode range. */
void decode_of(const ColourSpace *s, int component, double span[2]);

/* press_names.c */
void route_names(PressRows *r, const ColourSpace *s);
bool route_register(PressRows *r, Text *why); /* its names, on this page. False: too many, `why` */
/* The planes it paints, process first: count, planes, all, keeps_others. */
void route_planes(const PressRows *r, Paint *out);
void route_by_tint(const PressRows *r, const float *values, uint8_t *out);

/* press_rows.c: the first `count` components of four, each to a row of its own. */
void pixels_to_rows(const uint8_t *in, size_t n, uint8_t *const *out, int count);
/* Lights, or inks, to amounts of 1-gray; in[3] is NULL when there is no black. */
void bytes_to_gray(const uint8_t *const in[4], size_t step, bool inks, size_t n, uint8_t *out);

/* press_look.c */
void look_of(const PressRows *r, NamedInk *ink, Plane *plane);

/* Process planes of a blend space: cyan, magenta, yellow, black; 1-R, 1-G, 1-B in the first three;
 * 1-gray in black. */
static inline int process_count(BlendSpace in) {
    return (int)in;
}
static inline int process_plane(BlendSpace in, int i) {
    return in == BLENDS_IN_GRAY ? PLANE_BLACK : PLANE_CYAN + i;
}

/* Half up in decimal: 0.7f lies below 0.7, yet 178.5 of 255 is to be 179. */
static inline uint8_t tint_of(double v) {
    const double slack = 1e-4;
    return v > 0 ? v < 1 ? (uint8_t)(v * 255 + 0.5 + slack) : 255 : 0;
}

/* ISO 32000-1, 10.3.2 and 10.3.3: the gray of lights or of inks, both as amounts of ink. */
static inline double sum_of_inks(const double v[3], double black) {
    double sum = 0.3 * v[0] + 0.59 * v[1] + 0.11 * v[2] + black;
    return sum < 1 ? sum : 1;
}

#endif
