/* What conversion of colour tells, as facts: what RGB and Lab become in the inks of the press, and
 * how far ICC profiles are from the output intent. lcms2 converts.
 *
 *     ColourFacts *c = colour_facts_new(document, measure);
 *     colour_facts_style(c, facts, style, colour);           ReadListener.style
 *     colour_facts_profile(c, profile, data);                ReadListener.profile
 */
#ifndef CHUPIN_INK_MEASURE_COLOUR_FACTS_H
#define CHUPIN_INK_MEASURE_COLOUR_FACTS_H

#include "ink/measure/measure.h"

typedef struct ColourFacts ColourFacts; /* for one document, in its arena */
/* Converts with the press that `measure` draws pages with. */
ColourFacts *colour_facts_new(Arena *document, InkMeasure *measure);
void colour_facts_free(ColourFacts *c); /* before `measure` */

/* Sets written, becomes and shift. They stay unknown when the colour can not be converted
 * truthfully. */
void colour_facts_style(ColourFacts *c, Facts *facts, Style *style, const StyleColour *colour);
/* Sets delta, delta_max and black_light; those of anything but CMYK stay unknown. */
void colour_facts_profile(ColourFacts *c, Profile *profile, const ProfileData *data);

#endif
