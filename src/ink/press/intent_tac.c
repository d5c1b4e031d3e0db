#include "ink/press/intent_tac.h"

#include <lcms2.h>
#include <math.h>

enum { LARGEST_PROFILE_BYTES = 64 << 20 };

/* lcms2 separates a grid of Lab colours and takes the darkest; in per cent, 0 when it can not. */
static double tac_of(const uint8_t *p, size_t n) {
    cmsContext own = cmsCreateContext(NULL, NULL); /* errors are not written anywhere */
    cmsHPROFILE profile = own ? cmsOpenProfileFromMemTHR(own, p, (cmsUInt32Number)n) : NULL;
    double tac = 0;
    if (profile && cmsGetDeviceClass(profile) == cmsSigOutputClass &&
        cmsGetColorSpace(profile) == cmsSigCmykData)
        tac = cmsDetectTAC(profile);
    if (profile)
        cmsCloseProfile(profile);
    if (own)
        cmsDeleteContext(own);
    return tac > 0 ? tac / 100 : NAN;
}

static double tac_of_intent(PdfFile *f, const PdfObj *intent) {
    const PdfObj *stream = pdf_lookup(f, intent, "DestOutputProfile");
    if (pdf_type(stream) != PDF_STREAM)
        return NAN;
    PdfBytes bytes = pdf_stream_decoded(f, stream, LARGEST_PROFILE_BYTES);
    double tac = bytes.n && !bytes.truncated ? tac_of(bytes.p, bytes.n) : NAN;
    pdf_bytes_free(&bytes);
    return tac;
}

/* Rows are the document's PDF/X intents in their order. */
void intent_tac(Facts *facts, PdfFile *f) {
    const PdfObj *all = pdf_lookup(f, pdf_catalog(f), "OutputIntents");
    size_t row = 0, rows = facts_count(facts, FACT_output_intent);
    for (int i = 0; pdf_type(all) == PDF_ARRAY && i < pdf_length(all) && row < rows; i++) {
        const PdfObj *intent = pdf_at(f, all, i);
        if (!pdf_is_name(pdf_lookup(f, intent, "S"), "GTS_PDFX"))
            continue;
        OutputIntent *o = facts_at(facts, FACT_output_intent, row++);
        o->tac = tac_of_intent(f, intent);
    }
}
