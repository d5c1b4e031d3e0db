/* Small ICC profiles made by lcms2, as bytes in an arena. */
#ifndef CHUPIN_TESTS_TINY_PROFILE_H
#define CHUPIN_TESTS_TINY_PROFILE_H

#include <lcms2.h>

#include "base/text.h"

typedef struct Bytes {
    uint8_t *p;
    size_t n;
} Bytes;

static inline Bytes tiny_saved(Arena *a, cmsHPROFILE profile) {
    cmsUInt32Number n = 0;
    (void)cmsSaveProfileToMem(profile, NULL, &n);
    Bytes bytes = {arena_alloc(a, n), n};
    (void)cmsSaveProfileToMem(profile, bytes.p, &n);
    cmsCloseProfile(profile);
    return bytes;
}

/* Inks darken the paper, each by its share; 16-bit Lab of version 2 profiles: L 100 is ff00. */
static inline cmsInt32Number tiny_inks_to_lab(const cmsUInt16Number *in, cmsUInt16Number *out,
                                              void *) {
    double dark = (0.3 * in[0] + 0.4 * in[1] + 0.1 * in[2] + 0.9 * in[3]) / 65535;
    out[0] = (cmsUInt16Number)(0xff00 * (1 - (dark < 1 ? dark : 1)));
    out[1] = out[2] = 0x8000;
    return 1;
}

/* Dark colours become `*share` of black, the rest of each of the others. */
static inline cmsInt32Number tiny_lab_to_inks(const cmsUInt16Number *in, cmsUInt16Number *out,
                                              void *share) {
    double dark = in[0] < 0xff00 ? 1 - in[0] / (double)0xff00 : 0, k = *(const double *)share;
    out[0] = out[1] = out[2] = (cmsUInt16Number)(65535 * dark * (1 - k));
    out[3] = (cmsUInt16Number)(65535 * dark * k);
    return 1;
}

static inline void tiny_table(cmsHPROFILE profile, cmsTagSignature tag, cmsUInt32Number in,
                              cmsUInt32Number out, cmsSAMPLER16 sampler, double *share) {
    enum { POINTS = 5 };
    cmsPipeline *table = cmsPipelineAlloc(NULL, in, out);
    cmsStage *clut = cmsStageAllocCLut16bit(NULL, POINTS, in, out, NULL);
    (void)cmsStageSampleCLut16bit(clut, sampler, share, 0);
    (void)cmsPipelineInsertStage(table, cmsAT_END, clut);
    (void)cmsWriteTag(profile, tag, table);
    cmsPipelineFree(table);
}

/* A CMYK output profile; profiles of different black shares differ. */
static inline Bytes tiny_cmyk(Arena *a, const char *name, double black_share) {
    cmsHPROFILE profile = cmsCreateProfilePlaceholder(NULL);
    cmsMLU *text = cmsMLUalloc(NULL, 1);
    (void)cmsMLUsetASCII(text, "en", "US", name);
    cmsSetProfileVersion(profile, 2.1);
    cmsSetDeviceClass(profile, cmsSigOutputClass);
    cmsSetColorSpace(profile, cmsSigCmykData);
    cmsSetPCS(profile, cmsSigLabData);
    (void)cmsWriteTag(profile, cmsSigProfileDescriptionTag, text);
    (void)cmsWriteTag(profile, cmsSigMediaWhitePointTag, cmsD50_XYZ());
    tiny_table(profile, cmsSigAToB0Tag, 4, 3, tiny_inks_to_lab, NULL);
    tiny_table(profile, cmsSigBToA0Tag, 3, 4, tiny_lab_to_inks, &black_share);
    cmsMLUfree(text);
    return tiny_saved(a, profile);
}

/* lcms2 makes its Lab profile an abstract one, which a PDF may not hold (ISO 32000-1, Table 67). */
static inline Bytes tiny_lab(Arena *a) {
    cmsHPROFILE profile = cmsCreateLab4Profile(NULL);
    cmsSetDeviceClass(profile, cmsSigColorSpaceClass);
    return tiny_saved(a, profile);
}

static inline Bytes tiny_rgb(Arena *a) {
    return tiny_saved(a, cmsCreate_sRGBProfile());
}

#endif
