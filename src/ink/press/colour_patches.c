#include "ink/press/colour_patches.h"

#include <math.h>

enum { INKS = 4, MOST_INK = 300, LARGEST = 16 << 20 };

static const double steps[PATCH_STEPS] = {0, 40, 70, 100};

/* In per cent, as TYPE_CMYK_DBL takes them. Paper is the first. */
static size_t all_inks(double out[MOST_PATCHES][INKS]) {
    size_t count = 0;
    for (int at = 0; at < MOST_PATCHES; at++) {
        double sum = 0;
        for (int i = 0, rest = at; i < INKS; i++, rest /= PATCH_STEPS) {
            out[count][i] = steps[rest % PATCH_STEPS];
            sum += out[count][i];
        }
        count += sum <= MOST_INK;
    }
    return count;
}

static cmsHTRANSFORM open_transform(const uint8_t *bytes, size_t n) {
    cmsHPROFILE profile = n <= LARGEST ? cmsOpenProfileFromMem(bytes, (cmsUInt32Number)n) : NULL;
    cmsHPROFILE lab = cmsCreateLab4Profile(NULL);
    cmsHTRANSFORM t = NULL;
    if (profile && lab && cmsGetColorSpace(profile) == cmsSigCmykData)
        t = cmsCreateTransform(profile, TYPE_CMYK_DBL, lab, TYPE_Lab_DBL,
                               INTENT_ABSOLUTE_COLORIMETRIC, cmsFLAGS_NOOPTIMIZE);
    if (lab)
        cmsCloseProfile(lab);
    if (profile)
        cmsCloseProfile(profile);
    return t;
}

bool patches_of(Patches *out, const uint8_t *profile, size_t n) {
    cmsHTRANSFORM t = open_transform(profile, n);
    if (!t)
        return false;
    double inks[MOST_PATCHES][INKS];
    const double black[INKS] = {0, 0, 0, 100};
    cmsCIELab look;
    out->count = all_inks(inks);
    cmsDoTransform(t, inks, out->looks, (cmsUInt32Number)out->count);
    cmsDoTransform(t, black, &look, 1);
    cmsDeleteTransform(t);
    out->black_light = look.L;
    bool finite = isfinite(look.L);
    for (size_t i = 0; i < out->count; i++)
        finite &=
            isfinite(out->looks[i].L) && isfinite(out->looks[i].a) && isfinite(out->looks[i].b);
    return finite;
}

PatchDelta patches_compare(const Patches *a, const Patches *b) {
    PatchDelta d = {0, 0};
    for (size_t i = 0; i < a->count; i++) {
        double delta = cmsCIE2000DeltaE(&a->looks[i], &b->looks[i], 1, 1, 1);
        d.mean += delta / (double)a->count;
        d.most = fmax(d.most, delta);
    }
    return d;
}
