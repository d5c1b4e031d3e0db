/* How a colour looks before it is printed and after.
 *
 * Both are CIE Lab as a reader's eye takes them who has the sheet alone: white is the paper, and
 * the darkest black of the press is black (relative colorimetric, black point compensation, as the
 * press converts). What is left between the two is what the inks can not do. */
#ifndef CHUPIN_INK_PRESS_COLOUR_SIGHT_H
#define CHUPIN_INK_PRESS_COLOUR_SIGHT_H

#include <lcms2.h>

#include "ink/press/press.h"

typedef struct ColourSight ColourSight;
/* The press may be used for pages too, but is between pages during the calls. */
ColourSight *colour_sight_new(Arena *document, Press *press);
void colour_sight_free(ColourSight *s); /* before the press */

typedef struct SeenColour {
    double values[3]; /* RGB from 0 to 1, or Lab */
    bool is_lab;
    uint8_t inks[4]; /* C, M, Y, K, 255 full, as on plates */
    double shift;    /* CIE DE2000 */
} SeenColour;
/* A flat colour of RGB or Lab, calibrated, ICC and Indexed too. False: it is of another family or
 * can not be converted. */
bool colour_seen(ColourSight *s, const Colour *c, SeenColour *out);

#endif
