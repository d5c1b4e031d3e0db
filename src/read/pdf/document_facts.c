/* Versions, PDF/X claim, titles and output intents. */
#include "read/pdf/document.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_METADATA = 4 << 20 };

/* "1.7" of "%PDF-1.7" or of /Version; "" when there is none. */
static const char *version_text(Arena *a, const char *p, size_t n) {
    size_t length = 0;
    while (length < n && length < 4 && (isdigit((unsigned char)p[length]) || p[length] == '.'))
        length++;
    return arena_copy(a, p, length);
}

static const char *pdf_version_of(Gather *g, const ReaderInput *in) {
    size_t head = in->count < 1024 + 8 ? in->count : 1024 + 8;
    const char *mark = memmem(in->bytes, head, "%PDF-", 5), *header = "", *catalog = "";
    if (mark)
        header = version_text(g->arena, mark + 5,
                              in->count - (size_t)(mark + 5 - (const char *)in->bytes));
    Str name = pdf_name(pdf_lookup(g->file, pdf_catalog(g->file), "Version"));
    if (name.n)
        catalog = version_text(g->arena, name.p, name.n);
    return strcmp(catalog, header) > 0 ? catalog : header;
}

/* XMP writes a property as an attribute or as an element: name="value" or <name>value</name>. */
static const char *xmp_value(Arena *a, Str xmp, const char *name) {
    const char *end = xmp.p + xmp.n, *at = xmp.p;
    size_t length = strlen(name);
    while ((at = memmem(at, (size_t)(end - at), name, length))) {
        const char *p = at + length;
        at = p;
        while (p < end && isspace((unsigned char)*p))
            p++;
        if (p == end || (*p != '=' && *p != '>'))
            continue;
        char close = '<';
        if (*p++ == '=') {
            while (p < end && *p != '"' && *p != '\'')
                p++;
            if (p == end)
                return "";
            close = *p++;
        }
        const char *stop = memchr(p, close, (size_t)(end - p));
        if (!stop)
            return "";
        Str value = str_trim((Str){p, (size_t)(stop - p)});
        return arena_copy(a, value.p, value.n);
    }
    return "";
}

static Str metadata(Gather *g) {
    const PdfObj *stream = pdf_lookup(g->file, pdf_catalog(g->file), "Metadata");
    PdfBytes bytes = pdf_stream_decoded(g->file, stream, MOST_METADATA);
    Str text = {arena_copy(g->arena, (const char *)bytes.p, bytes.n), bytes.n};
    if (bytes.n > 2 && bytes.p[0] == 0xfe && bytes.p[1] == 0xff)
        text = str_of(text_from_utf16be(g->arena, bytes.p + 2, bytes.n - 2));
    pdf_bytes_free(&bytes);
    return text;
}

static const struct {
    const char *prefix;
    PdfX part;
} pdfx_parts[] = {
    {"PDF/X-1", PDFX_X1A}, {"PDF/X-3", PDFX_X3}, {"PDF/X-4", PDFX_X4},
    {"PDF/X-5", PDFX_X5},  {"PDF/X-6", PDFX_X6}, {"PDF/X", PDFX_OTHER},
};

static PdfX pdfx_part(const char *claim) {
    if (!*claim)
        return PDFX_NONE;
    for (size_t i = 0; i < sizeof pdfx_parts / sizeof *pdfx_parts; i++)
        if (str_starts(str_of(claim), pdfx_parts[i].prefix))
            return pdfx_parts[i].part;
    return PDFX_OTHER;
}

/* X-1a and X-3 stand in Info; X-4 and later only in XMP. GTS_PDFXConformance is the finer name of
 * an X-1 file. */
static const char *pdfx_claim(Gather *g, const PdfObj *info) {
    const char *version = pdf_text(pdf_lookup(g->file, info, "GTS_PDFXVersion"), g->arena);
    const char *finer = pdf_text(pdf_lookup(g->file, info, "GTS_PDFXConformance"), g->arena);
    if (*finer && str_starts(str_of(finer), "PDF/X"))
        return finer;
    if (*version)
        return version;
    return xmp_value(g->arena, metadata(g), "GTS_PDFXVersion");
}

void document_facts(Gather *g, const ReaderInput *in) {
    Document *d = facts_add(g->facts, FACT_document);
    const PdfObj *info = pdf_lookup(g->file, pdf_trailer(g->file), "Info");
    d->pdf_version = pdf_version_of(g, in);
    d->pdfx_name = pdfx_claim(g, info);
    d->pdfx = (uint8_t)pdfx_part(d->pdfx_name);
    d->title = pdf_text(pdf_lookup(g->file, info, "Title"), g->arena);
    d->producer = pdf_text(pdf_lookup(g->file, info, "Producer"), g->arena);
    d->creator = pdf_text(pdf_lookup(g->file, info, "Creator"), g->arena);
}

static const char *const cmyk_conditions[] = {
#define CONDITION(prefix) prefix,
#include "read/pdf/conditions.def"
#undef CONDITION
};

static bool names_cmyk(Arena *a, const char *condition) {
    Str folded = str_of(text_nfkc_fold(a, condition));
    for (size_t i = 0; i < sizeof cmyk_conditions / sizeof *cmyk_conditions; i++)
        if (str_starts(folded, cmyk_conditions[i]))
            return true;
    return false;
}

static void add_intent(Gather *g, const PdfObj *o) {
    OutputIntent *row = facts_add(g->facts, FACT_output_intent);
    row->condition = pdf_text(pdf_lookup(g->file, o, "OutputConditionIdentifier"), g->arena);
    row->registry = pdf_text(pdf_lookup(g->file, o, "RegistryName"), g->arena);
    row->info = pdf_text(pdf_lookup(g->file, o, "OutputCondition"), g->arena);
    if (!*row->info)
        row->info = pdf_text(pdf_lookup(g->file, o, "Info"), g->arena);
    const PdfObj *stream = pdf_lookup(g->file, o, "DestOutputProfile");
    row->embedded = pdf_type(stream) == PDF_STREAM;
    if (row->embedded == 1) {
        int declared = pdf_int(pdf_lookup(g->file, stream, "N"), 0);
        row->profile = profile_of(g, pdf_lookup_ref(o, "DestOutputProfile"), stream, declared);
        row->space = row->profile->space;
    } else if (names_cmyk(g->arena, row->condition)) {
        row->space = FAMILY_CMYK;
    }
}

void output_intents(Gather *g) {
    const PdfObj *all = pdf_lookup(g->file, pdf_catalog(g->file), "OutputIntents");
    for (int i = 0; i < pdf_length(all) && pdf_type(all) == PDF_ARRAY; i++) {
        const PdfObj *o = pdf_at(g->file, all, i);
        if (pdf_is_name(pdf_lookup(g->file, o, "S"), "GTS_PDFX"))
            add_intent(g, o);
    }
    Document *d = facts_at(g->facts, FACT_document, 0);
    d->output_intents = (int32_t)facts_count(g->facts, FACT_output_intent);
}
