/* Which profile the press has. */
#include "ink/press/press_parts.h"

#include <stdlib.h>
#include <string.h>

Text press_source_text(PressSource s) {
    switch (s) {
    case PRESS_OF_INTENT:
        return (Text){"文件的输出意图", "output intent of the file"};
    case PRESS_CARRIED:
        return (Text){"文件里嵌入的", "embedded in the file"};
    case PRESS_OF_JOB:
        return (Text){"工作单", "job sheet"};
    case PRESS_BUILT_IN:
        return (Text){"文件没有写，用默认的", "the file names none: the default"};
    }
    return (Text){"", ""};
}

#include "read/icc.h"

enum { MOST_INTENTS = 16 };

/* Where Debian, other packagings of Ghostscript and a copy by hand put it. */
static const char *const folders[] = {"/usr/share/color/icc/ghostscript",
                                      "/usr/share/ghostscript/iccprofiles",
                                      "/usr/local/share/color/icc/ghostscript"};
static const char default_name[] = "default_cmyk.icc";

static bool converts(cmsHPROFILE from, cmsUInt32Number in, cmsHPROFILE to, cmsUInt32Number out) {
    cmsHTRANSFORM t =
        cmsCreateTransform(from, in, to, out, INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_NOOPTIMIZE);
    if (t)
        cmsDeleteTransform(t);
    return t;
}

/* That both transforms can be made is what counts: a profile may have the right header and no table
 * of one direction, and where groups end nothing can fail any more. */
static bool is_press(const uint8_t *p, size_t n) {
    cmsHPROFILE profile =
        n <= LARGEST_PROFILE ? cmsOpenProfileFromMem(p, (cmsUInt32Number)n) : NULL;
    cmsHPROFILE srgb = cmsCreate_sRGBProfile();
    bool usable = profile && srgb && cmsGetDeviceClass(profile) == cmsSigOutputClass &&
                  cmsGetColorSpace(profile) == cmsSigCmykData &&
                  converts(srgb, TYPE_RGB_16, profile, TYPE_CMYK_16) &&
                  converts(profile, TYPE_CMYK_16, srgb, TYPE_RGB_16);
    if (srgb)
        cmsCloseProfile(srgb);
    if (profile)
        cmsCloseProfile(profile);
    return usable;
}

bool press_profile_read(PressProfile *out, Arena *a, const uint8_t *p, size_t n, PressSource source,
                        Text *why) {
    IccProfile icc;
    icc_read(&icc, a, p, n);
    if (!icc.valid) {
        *why = icc.fault;
        return false;
    }
    if (!is_press(p, n)) {
        *why = (Text){"不是可用的 CMYK 输出特性文件", "it is no usable CMYK output profile"};
        return false;
    }
    *out = (PressProfile){.name = *icc.description ? icc.description : "ICC",
                          .source = source,
                          .bytes = p,
                          .count = n};
    sha256_of(p, n, out->sha256);
    return true;
}

static bool read_intent(PressProfile *out, Arena *a, PdfFile *f, const PdfObj *intent) {
    const PdfObj *stream = pdf_lookup(f, intent, "DestOutputProfile");
    if (pdf_type(stream) != PDF_STREAM)
        return false;
    PdfBytes bytes = pdf_stream_decoded(f, stream, LARGEST_PROFILE);
    Text why;
    bool usable = false;
    if (bytes.n && !bytes.truncated) {
        usable = press_profile_read(out, a, bytes.p, bytes.n, PRESS_OF_INTENT, &why);
        if (usable)
            out->bytes = (const uint8_t *)arena_copy(a, (const char *)bytes.p, bytes.n);
    }
    pdf_bytes_free(&bytes);
    return usable;
}

/* The intent of PDF/X before those of PDF/A and others: they may stand side by side, and what is
 * printed is PDF/X. */
static bool of_intent(PressProfile *out, Arena *a, PdfFile *f) {
    const PdfObj *intents = pdf_lookup(f, pdf_catalog(f), "OutputIntents");
    int count = pdf_type(intents) == PDF_ARRAY ? pdf_length(intents) : 0;
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < count && i < MOST_INTENTS; i++) {
            const PdfObj *intent = pdf_at(f, intents, i);
            bool is_x = pdf_is_name(pdf_lookup(f, intent, "S"), "GTS_PDFX");
            if (is_x == (pass == 0) && read_intent(out, a, f, intent))
                return true;
        }
    }
    return false;
}

static uint8_t *read_file(Arena *a, const char *path, size_t *n) {
    FILE *file = fopen(path, "rbe");
    if (!file)
        return NULL;
    uint8_t *bytes = NULL;
    long size = fseek(file, 0, SEEK_END) ? -1 : ftell(file);
    if (size > 0 && size <= LARGEST_PROFILE && !fseek(file, 0, SEEK_SET)) {
        *n = (size_t)size;
        bytes = arena_alloc(a, *n);
        if (fread(bytes, 1, *n, file) != *n)
            bytes = NULL;
    }
    fclose(file);
    return bytes;
}

static bool built_in_at(PressProfile *out, Arena *a, const char *folder) {
    size_t n = 0;
    Text why;
    uint8_t *bytes = read_file(a, arena_printf(a, "%s/%s", folder, default_name), &n);
    return bytes && press_profile_read(out, a, bytes, n, PRESS_BUILT_IN, &why);
}

/* A folder named by the environment is the only one looked at: what was asked for is not replaced
 * by something else in silence. */
static bool built_in(PressProfile *out, Arena *a) {
    const char *named = getenv("CHUPIN_PROFILE_DIR");
    if (named && *named)
        return built_in_at(out, a, named);
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        if (built_in_at(out, a, folders[i]))
            return true;
    return false;
}

static bool without_intent(PressProfile *out, Arena *document, const PressProfile *job, Text *why) {
    if (job) {
        *out = *job;
        out->source = PRESS_OF_JOB;
        return true;
    }
    if (built_in(out, document))
        return true;
    *why = (Text){"找不到默认的 CMYK 特性文件 default_cmyk.icc（软件包 libgs-common）",
                  "the default CMYK profile default_cmyk.icc was not found (package libgs-common)"};
    return false;
}

bool press_profile(PressProfile *out, Arena *document, PdfFile *f, const PressProfile *job,
                   Text *why) {
    return of_intent(out, document, f) || without_intent(out, document, job, why);
}

bool press_profile_carried(PressProfile *out, Arena *document, const uint8_t *p, size_t n,
                           const PressProfile *job, Text *why) {
    Text unfit;
    return (p && press_profile_read(out, document, p, n, PRESS_CARRIED, &unfit)) ||
           without_intent(out, document, job, why);
}
