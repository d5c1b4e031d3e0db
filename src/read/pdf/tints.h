/* What a colour means in ink: which colorants, how much of each. Pure: a colour space and numbers
 * in, tints out. */
#ifndef CHUPIN_READ_PDF_TINTS_H
#define CHUPIN_READ_PDF_TINTS_H

#include "read/pdf/paint.h"

enum { CYAN, MAGENTA, YELLOW, BLACK, PROCESS_INKS };
extern const char *const process_names[PROCESS_INKS];

typedef struct Colorant {
    Str name; /* raw bytes as in the file */
    InkKind kind;
    const ColourSpace *space; /* the Separation or DeviceN that names it */
    float tint;               /* NaN: it varies, as in a picture */
} Colorant;

typedef struct Tints {
    Family family;
    Space base;                  /* below Indexed and Pattern */
    bool named;                  /* the space names its colorants, or is gray or CMYK */
    bool fixed;                  /* one colour, not a picture or a gradient */
    Tri white;                   /* no ink at all in its own space */
    float darkness;              /* of one RGB colour; else NaN */
    float process[PROCESS_INKS]; /* when named and fixed; else NaN for those that may print */
    bool process_used[PROCESS_INKS];
    bool all; /* Separation All */
    float all_tint;
    Colorant spots[MAX_COLORANTS]; /* spot, All and None colorants */
    int spot_count;
} Tints;

/* `values`: space->components numbers, or NULL when there is not one colour. A NULL space gives
 * nothing known. */
void tints_of(Tints *out, const ColourSpace *space, const float *values);
/* The facts of a style that follow from its tints; not its inks, which the ink table names. */
void style_from_tints(Style *s, const Tints *t);
/* How many colorants have a tint above 0; All counts as the four process inks. */
int tints_count(const Tints *t);
/* -1, or which process ink a colorant name is. */
int process_ink(Str name);

#endif
