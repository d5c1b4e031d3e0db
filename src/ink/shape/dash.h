/* Dashes: cuts the pieces of a path by the lengths of a dash array (ISO 32000-1, 8.4.3.6) and tells
 * the rest to the outliner. For stroke.c only.
 *
 * Lengths are in user space. Each subpath begins the pattern anew. What can not be seen is stepped
 * over without its dashes, with the phase kept. */
#ifndef CHUPIN_INK_SHAPE_DASH_H
#define CHUPIN_INK_SHAPE_DASH_H

#include "ink/shape/stroke_outline.h"

enum {
    MOST_DASH_ELEMENTS = 256, /* no program writes more than a dozen, and each piece may cost a
                                 look at all of them */
    MOST_DASHES = 1000000     /* of one stroke, that show: a second's work */
};

typedef struct Dasher {
    Outliner *out;
    Box view;            /* pen space; beyond it nothing shows */
    bool uneven;         /* pen space is stretched against user space */
    Matrix to_user;      /* when uneven */
    double user_per_pen; /* otherwise */
    const double *lengths;
    int count;
    double total; /* after which the pattern repeats */
    int first_index;
    double first_left;
    bool first_on;
    int changes; /* left before the limit */

    int index;
    double left;      /* of the element in work */
    bool on, open;    /* open: its outline has begun */
    bool holds_first; /* of a closed subpath: the dash at its start comes last, joined to the end */
    bool only_first;  /* the second pass, which draws it */
    bool finished;    /* … and has drawn it */
} Dasher;

/* False: `lengths` is no dash array but that of a solid line. */
bool dash_pattern(Dasher *d, const double *lengths, int count, double phase);
double dash_user_length(const Dasher *d, double dx, double dy);
void dash_begin(Dasher *d, bool closed);
void dash_piece(Dasher *d, const Piece *p);
void dash_skip(Dasher *d, double length);
/* After the first pass over a closed subpath. True: a second pass is wanted, which draws the dash
 * at its start; when all of it is one dash, it is to be drawn solid: `*solid`. */
bool dash_again(Dasher *d, bool *solid);
void dash_end(Dasher *d);
static inline bool dash_whole(const Dasher *d) {
    return d->changes > 0;
}

#endif
