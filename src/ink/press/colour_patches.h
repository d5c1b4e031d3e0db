/* A printing condition by a few hundred colours: what the inks look like alone and together.
 *
 * The patches are all sums of up to 300 % of the process inks at 0, 40, 70 and 100 %: paper, the
 * middle and the dark tones where presses differ, solids, overprints, and gray balance by the way.
 * More ink than that is not printed. Looks are CIE Lab under D50 as an instrument measures them
 * (absolute colorimetric), so that another paper is another condition. */
#ifndef CHUPIN_INK_PRESS_COLOUR_PATCHES_H
#define CHUPIN_INK_PRESS_COLOUR_PATCHES_H

#include <lcms2.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PATCH_STEPS = 4, MOST_PATCHES = PATCH_STEPS * PATCH_STEPS * PATCH_STEPS * PATCH_STEPS };

typedef struct Patches {
    size_t count;
    cmsCIELab looks[MOST_PATCHES];
    double black_light; /* L* of solid black ink */
} Patches;

/* False: it is no CMYK profile that leads to Lab. */
bool patches_of(Patches *out, const uint8_t *profile, size_t n);

typedef struct PatchDelta {
    double mean, most; /* CIE DE2000 */
} PatchDelta;
PatchDelta patches_compare(const Patches *a, const Patches *b);

#endif
