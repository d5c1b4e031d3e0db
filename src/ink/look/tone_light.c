#include "ink/look/tone_light.h"

#include <lcms2.h>
#include <string.h>

/* A table of nine steps along each ink is made in no time and right to a fraction of L*. */
enum { LARGEST_PROFILE = 16 << 20, STEPS = 9 };

struct ToneLight {
    cmsHTRANSFORM transform; /* NULL: samples are Lab already */
};

static cmsColorSpaceSignature signature_of(PixelKind kind) {
    return kind == PIXELS_GRAY   ? cmsSigGrayData
           : kind == PIXELS_CMYK ? cmsSigCmykData
                                 : cmsSigRgbData;
}

static cmsUInt32Number form_of(PixelKind kind) {
    return kind == PIXELS_GRAY ? TYPE_GRAY_8 : kind == PIXELS_CMYK ? TYPE_CMYK_8 : TYPE_RGB_8;
}

static cmsHPROFILE usual_profile(PixelKind kind) {
    /* IEC 61966-2-1 */
    const cmsFloat64Number srgb[] = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
    if (kind == PIXELS_RGB)
        return cmsCreate_sRGBProfile();
    if (kind != PIXELS_GRAY)
        return NULL;
    cmsToneCurve *curve = cmsBuildParametricToneCurve(NULL, 4, srgb);
    cmsHPROFILE profile = curve ? cmsCreateGrayProfile(cmsD50_xyY(), curve) : NULL;
    if (curve)
        cmsFreeToneCurve(curve);
    return profile;
}

static cmsHPROFILE given_profile(PixelKind kind, const uint8_t *icc, size_t n) {
    if (!icc || n > LARGEST_PROFILE)
        return NULL;
    cmsHPROFILE profile = cmsOpenProfileFromMem(icc, (cmsUInt32Number)n);
    if (profile && cmsGetColorSpace(profile) != signature_of(kind)) {
        cmsCloseProfile(profile);
        return NULL;
    }
    return profile;
}

static cmsHTRANSFORM to_lab(cmsHPROFILE from, PixelKind kind) {
    cmsHPROFILE lab = from ? cmsCreateLab4Profile(NULL) : NULL;
    cmsHTRANSFORM t =
        lab ? cmsCreateTransform(
                  from, form_of(kind), lab, TYPE_Lab_8, INTENT_RELATIVE_COLORIMETRIC,
                  cmsFLAGS_BLACKPOINTCOMPENSATION |
                      (cmsUInt32Number)cmsFLAGS_GRIDPOINTS(kind == PIXELS_CMYK ? STEPS : 0))
            : NULL;
    if (lab)
        cmsCloseProfile(lab);
    if (from)
        cmsCloseProfile(from);
    return t;
}

ToneLight *tone_light_new(Arena *a, const PixelForm *form, const uint8_t *icc, size_t icc_count) {
    PixelKind kind = form->kind;
    if (kind == PIXELS_INKS)
        return NULL;
    cmsHTRANSFORM transform = NULL;
    if (kind != PIXELS_LAB) {
        transform = to_lab(given_profile(kind, icc, icc_count), kind);
        if (!transform)
            transform = to_lab(usual_profile(kind), kind);
        if (!transform)
            return NULL;
    }
    ToneLight *l = ARENA_NEW(a, ToneLight);
    l->transform = transform;
    return l;
}

void tone_light_free(ToneLight *l) {
    if (l->transform)
        cmsDeleteTransform(l->transform);
    l->transform = NULL;
}

void tone_light_row(const ToneLight *l, const uint8_t *samples, uint8_t *lab, size_t count) {
    if (l->transform)
        cmsDoTransform(l->transform, samples, lab, (cmsUInt32Number)count);
    else
        memcpy(lab, samples, 3 * count);
}
