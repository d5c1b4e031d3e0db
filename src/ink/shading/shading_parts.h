/* Inside of shadings: what all types share. */
#ifndef CHUPIN_INK_SHADING_SHADING_PARTS_H
#define CHUPIN_INK_SHADING_SHADING_PARTS_H

#include <string.h>

#include "ink/shading/shading.h"

/* Colours over the parametric variable, looked up by its place 0 … 1 in its domain. Cells are
 * filled when they are first asked for; within a cell colours differ by a level at most, and where
 * they do not the function is asked each time. */
typedef struct Ramp {
    const struct Shade *shading;
    double from, to; /* the domain */
    uint8_t *state;
    uint8_t *colours;
    uint8_t ends[2][MAX_COLORANTS], exact[MAX_COLORANTS];
    int components;
} Ramp;
enum { RAMP_CELLS = 4096 };
enum { RAMP_UNKNOWN, RAMP_EVEN, RAMP_STEEP };

typedef struct Shade {
    Arena *arena;
    PdfFile *file;
    const PdfObj *object;
    Matrix to_device, from_device;
    Area area;

    const ColourSpace *space;                        /* as written */
    int values;                                      /* numbers of a colour in that space */
    int components;                                  /* of a sample; of the base when Indexed */
    double low[MAX_COLORANTS], scale[MAX_COLORANTS]; /* (value - low) × scale is 0 … 255 */
    const Function *function;                        /* NULL: none */
    const uint8_t *background;                       /* a sample; NULL: none */
    const double *box;                               /* BBox as written; NULL: none */

    uint8_t *shape, *samples; /* a row each, for whoever needs one */
    uint8_t *mixed_shape;     /* the row as it is told, when box or background change it */
    uint8_t *mixed_samples;
    ShadingSink *sink;
    void *self;
    int64_t *steps_left; /* of functions and pixels; below 0: give up */
    bool *wrong;         /* the function ran wrong somewhere */
    Text *why;
} Shade;

/* A coordinate along a row: `at` for the first pixel's centre, `step` to the next; a pixel covers
 * `reach` of it. */
typedef struct Cut {
    double at, step, reach, low, high;
} Cut;

bool shading_refuse(const Shade *s, const char *zh, const char *en); /* false */
/* The first `count` numbers under a key; NULL when they are not there. */
const double *shading_numbers(const Shade *s, const char *key, int count);
bool shading_truth_at(const Shade *s, const char *key, int i);
/* Numbers of the space to a sample. */
void shading_sample(const Shade *s, const double *values, uint8_t *out);
/* What the function, which there must be, gives for its inputs. */
void shading_evaluate(const Shade *s, const double *in, uint8_t *out);
/* The inverse; false and `why` when there is none. */
bool shading_invert(const Shade *s, const Matrix *m, Matrix *out);
/* Are all steps used up? Then `why` says so. */
bool shading_spent(const Shade *s);
/* What of the area BBox can show. */
Area shading_area_of_box(const Shade *s);
/* Cuts the shape of `n` pixels to low … high along one axis of the shading. */
void shading_cut(uint8_t *shape, int n, Cut cut);
/* Tells a row. */
void shading_row(const Shade *s, int y, int x0, int x1, const uint8_t *shape,
                 const uint8_t *samples);
/* When nothing but the background is painted. */
void shading_rows_empty(const Shade *s, int y0, int y1);

bool shading_of_function(Shade *s); /* type 1 */
bool shading_axial(Shade *s);       /* type 2 */
bool shading_radial(Shade *s);      /* type 3 */
bool shading_mesh(Shade *s, int type);

Ramp *ramp_new(const Shade *s, double from, double to);
const uint8_t *ramp_look(Ramp *r, double place); /* valid until the next look */

static inline const uint8_t *ramp_at(Ramp *r, double place) {
    if (!(place > 0))
        return r->ends[0];
    if (place >= 1)
        return r->ends[1];
    size_t cell = (size_t)(int)(place * RAMP_CELLS);
    if (r->state[cell] == RAMP_EVEN)
        return r->colours + cell * (size_t)r->components;
    return ramp_look(r, place);
}

static inline void sample_put(uint8_t *out, const uint8_t *sample, int components) {
    if (components == 4)
        memcpy(out, sample, 4);
    else if (components == 1)
        *out = *sample;
    else
        for (int i = 0; i < components; i++)
            out[i] = sample[i];
}

static inline uint8_t level_byte(double level) {
    return level > 0 ? level < 255 ? (uint8_t)(level + 0.5) : 255 : 0;
}

#endif
