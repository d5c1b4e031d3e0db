/* Colour that is not given in inks: what its space says, and the profile made of it. */
#include "ink/press/press_parts.h"

#include <math.h>
#include <string.h>

static const double d50[3] = {0.9642, 1, 0.8249};

static const Text impossible = {"校准色彩空间的参数不对",
                                "a calibrated colour space has impossible numbers"};

/* Numbers of an array, or `usual` for those that are not there. */
static void read_numbers(PdfFile *f, const PdfObj *array, double *out, const double *usual, int n) {
    for (int i = 0; i < n; i++)
        out[i] = pdf_number(pdf_at(f, array, i), usual[i]);
}

static bool read_white(Light *l, PdfFile *f, const PdfObj *dict) {
    static const double none[3];
    read_numbers(f, pdf_lookup(f, dict, "WhitePoint"), l->white, none, 3);
    bool possible = true;
    for (int i = 0; i < 3; i++)
        possible &= l->white[i] > 0.1 && l->white[i] < 10;
    return possible;
}

static bool read_calibration(Light *l, PdfFile *f, const PdfObj *dict) {
    static const double ones[3] = {1, 1, 1}, unit[9] = {1, 0, 0, 0, 1, 0, 0, 0, 1};
    const PdfObj *gamma = pdf_lookup(f, dict, "Gamma");
    if (l->kind == LIGHT_CALGRAY)
        l->gamma[0] = pdf_number(gamma, 1);
    else
        read_numbers(f, gamma, l->gamma, ones, 3);
    read_numbers(f, pdf_lookup(f, dict, "Matrix"), l->matrix, unit, 9);
    bool possible = true;
    for (int i = 0; i < l->inputs; i++)
        possible &= l->gamma[i] > 0 && l->gamma[i] < 100;
    for (int i = 0; i < 9; i++)
        possible &= fabs(l->matrix[i]) < 10;
    return possible;
}

static void set_span(double span[2], double low, double high) {
    span[0] = low;
    span[1] = high;
}

/* The numbers of Lab are Lab; any other component runs over its Range (ISO 32000-1, Table 66),
 * which is what the profile takes from none to full. A Lab profile without a Range takes Lab, as
 * Ghostscript has it and writers mean it; the default of 0 … 1 would leave it black and white. */
static void set_spans(Light *l, const ColourSpace *s) {
    bool lab = l->kind == LIGHT_LAB || l->space == SPACE_ICC_LAB;
    for (int i = 0; i < l->inputs; i++) {
        decode_of(s, i, l->decode[i]);
        if (!lab)
            memcpy(l->encoding[i], l->decode[i], sizeof l->encoding[i]);
        else if (i == 0)
            set_span(l->encoding[i], 0, 100);
        else
            set_span(l->encoding[i], -128, 127);
    }
}

Light *light_add(Press *p, const Light *l) {
    Light *copy = ARENA_NEW(p->arena, Light);
    *copy = *l;
    *ARENA_PUSH(p->arena, p->lights, p->light_count, p->light_capacity) = copy;
    return copy;
}

static Light *calibrated(Press *p, const ColourSpace *s, LightKind kind, Text *why) {
    Light l = {.kind = kind, .space = s->space, .inputs = kind == LIGHT_CALGRAY ? 1 : 3};
    const PdfObj *dict = pdf_at(p->file, s->object, 1);
    if (!read_white(&l, p->file, dict) ||
        (kind != LIGHT_LAB && !read_calibration(&l, p->file, dict))) {
        *why = impossible;
        return NULL;
    }
    for (int i = 0; i < 3; i++)
        l.other_white |= kind == LIGHT_LAB && fabs(l.white[i] - d50[i]) > 0.002;
    set_spans(&l, s);
    return light_add(p, &l);
}

static PdfBytes profile_bytes(Press *p, PdfRef ref) {
    return pdf_stream_decoded(p->file, pdf_object(p->file, ref), LARGEST_PROFILE);
}

/* What stands in the file decides which light it is: programs write one profile many times. */
static Light *of_profile(Press *p, const ColourSpace *s) {
    Light l = {.kind = LIGHT_ICC, .space = s->space, .ref = s->profile, .inputs = s->components};
    set_spans(&l, s);
    PdfBytes bytes = profile_bytes(p, s->profile);
    char digest[SHA256_HEX];
    sha256_of(bytes.p, bytes.n, digest);
    pdf_bytes_free(&bytes);
    uint64_t key = hash_bytes((uint64_t)s->space, digest, sizeof digest);
    key = hash_bytes(key, l.decode, sizeof l.decode);
    Light **slot = (Light **)table_slot(&p->light_of_profile, p->arena, key);
    if (!*slot)
        *slot = light_add(p, &l);
    return *slot;
}

static bool same_id(const Press *p, const uint8_t *profile, size_t n) {
    enum { ID = 84 };
    static const uint8_t none[sizeof p->id];
    return n >= ID + sizeof none && memcmp(p->id, none, sizeof none) &&
           !memcmp(p->id, profile + ID, sizeof none);
}

bool light_passes(Press *p, const ColourSpace *s) {
    if (p->profile->source != PRESS_OF_INTENT && p->profile->source != PRESS_CARRIED)
        return true;
    PdfBytes bytes = profile_bytes(p, s->profile);
    bool same = same_id(p, bytes.p, bytes.n) ||
                (bytes.n == p->profile->count && !memcmp(bytes.p, p->profile->bytes, bytes.n));
    pdf_bytes_free(&bytes);
    return same;
}

Light *light_of(Press *p, const ColourSpace *s, Text *why) {
    if (s->space == SPACE_CALGRAY)
        return calibrated(p, s, LIGHT_CALGRAY, why);
    if (s->space == SPACE_CALRGB)
        return calibrated(p, s, LIGHT_CALRGB, why);
    return s->space == SPACE_LAB ? calibrated(p, s, LIGHT_LAB, why) : of_profile(p, s);
}

static cmsHPROFILE open_gray(const Light *l) {
    cmsToneCurve *curve = cmsBuildGamma(NULL, l->gamma[0]);
    cmsHPROFILE profile = curve ? cmsCreateGrayProfile(cmsD50_xyY(), curve) : NULL;
    if (curve)
        cmsFreeToneCurve(curve);
    return profile;
}

/* The matrix of CalRGB leads to XYZ under its own white: adapted to D50 column by column, since its
 * columns need not add up to the white. */
static bool write_matrix(cmsHPROFILE profile, const Light *l) {
    static const cmsTagSignature tags[] = {cmsSigRedColorantTag, cmsSigGreenColorantTag,
                                           cmsSigBlueColorantTag};
    const cmsCIEXYZ white = {l->white[0], l->white[1], l->white[2]};
    for (int i = 0; i < 3; i++) {
        const double *m = l->matrix + 3 * i;
        cmsCIEXYZ column = {m[0], m[1], m[2]}, adapted;
        if (!cmsAdaptToIlluminant(&adapted, &white, cmsD50_XYZ(), &column) ||
            !cmsWriteTag(profile, tags[i], &adapted))
            return false;
    }
    return true;
}

static bool write_curves(cmsHPROFILE profile, const Light *l) {
    static const cmsTagSignature tags[] = {cmsSigRedTRCTag, cmsSigGreenTRCTag, cmsSigBlueTRCTag};
    for (int i = 0; i < 3; i++) {
        cmsToneCurve *curve = cmsBuildGamma(NULL, l->gamma[i]);
        bool written = curve && cmsWriteTag(profile, tags[i], curve);
        if (curve)
            cmsFreeToneCurve(curve);
        if (!written)
            return false;
    }
    return true;
}

static cmsHPROFILE open_rgb(const Light *l) {
    cmsHPROFILE profile = cmsCreateProfilePlaceholder(NULL);
    if (!profile)
        return NULL;
    cmsSetProfileVersion(profile, 4.3);
    cmsSetDeviceClass(profile, cmsSigDisplayClass);
    cmsSetColorSpace(profile, cmsSigRgbData);
    cmsSetPCS(profile, cmsSigXYZData);
    if (cmsWriteTag(profile, cmsSigMediaWhitePointTag, cmsD50_XYZ()) && write_matrix(profile, l) &&
        write_curves(profile, l))
        return profile;
    cmsCloseProfile(profile);
    return NULL;
}

static bool is_of_space(cmsHPROFILE profile, Space space) {
    cmsProfileClassSignature class = cmsGetDeviceClass(profile);
    if (class != cmsSigInputClass && class != cmsSigDisplayClass && class != cmsSigOutputClass &&
        class != cmsSigColorSpaceClass)
        return false;
    cmsColorSpaceSignature found = cmsGetColorSpace(profile);
    return space == SPACE_ICC_GRAY  ? found == cmsSigGrayData
           : space == SPACE_ICC_RGB ? found == cmsSigRgbData
           : space == SPACE_ICC_LAB ? found == cmsSigLabData
                                    : found == cmsSigCmykData;
}

static cmsHPROFILE open_icc(Press *p, const Light *l) {
    cmsHPROFILE profile = NULL;
    if (l->bytes) {
        profile = cmsOpenProfileFromMem(l->bytes, (cmsUInt32Number)l->count);
    } else {
        PdfBytes bytes = profile_bytes(p, l->ref);
        if (bytes.n && !bytes.truncated)
            profile = cmsOpenProfileFromMem(bytes.p, (cmsUInt32Number)bytes.n);
        pdf_bytes_free(&bytes);
    }
    if (profile && !is_of_space(profile, l->space)) {
        cmsCloseProfile(profile);
        profile = NULL;
    }
    return profile;
}

cmsHPROFILE light_open(Press *p, const Light *l) {
    switch (l->kind) {
    case LIGHT_PRESS:
        return p->inks;
    case LIGHT_SRGB:
        return p->srgb;
    case LIGHT_ICC:
        return open_icc(p, l);
    case LIGHT_CALGRAY:
        return open_gray(l);
    case LIGHT_CALRGB:
        return open_rgb(l);
    case LIGHT_LAB:
        return cmsCreateLab4Profile(NULL);
    }
    return NULL;
}

void light_shut(const Light *l, cmsHPROFILE profile) {
    if (profile && l->kind != LIGHT_PRESS && l->kind != LIGHT_SRGB)
        cmsCloseProfile(profile);
}
