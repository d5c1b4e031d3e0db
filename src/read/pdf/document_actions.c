/* What a print file should not have: scripts, form fields, media and attachments, wherever they
 * hang. */
#include "read/pdf/document.h"

enum { DEEPEST = 32 };

typedef struct Search {
    Gather *g;
    PdfFile *file;
    Document *document;
    Table seen; /* of indirect objects by number: each counts once */
} Search;

static bool seen_before(Search *s, PdfRef ref) {
    if (!ref.num)
        return false;
    void **slot = table_slot(&s->seen, s->g->arena, (uint64_t)ref.num);
    bool seen = *slot;
    *slot = s;
    return seen;
}

static void search_action(Search *s, PdfRef ref, const PdfObj *o, int depth) {
    if (depth > DEEPEST || seen_before(s, ref))
        return;
    if (pdf_type(o) == PDF_ARRAY && depth > 0) {
        for (int i = 0; i < pdf_length(o); i++)
            search_action(s, pdf_at_ref(o, i), pdf_at(s->file, o, i), depth + 1);
        return;
    }
    if (pdf_type(o) != PDF_DICT)
        return;
    if (pdf_is_name(pdf_lookup(s->file, o, "S"), "JavaScript") || pdf_lookup(s->file, o, "JS"))
        s->document->scripts++;
    search_action(s, pdf_lookup_ref(o, "Next"), pdf_lookup(s->file, o, "Next"), depth + 1);
}

/* /A or /OpenAction is one action, /AA a dictionary of them. */
static void search_actions_of(Search *s, const PdfObj *o, const char *one) {
    search_action(s, pdf_lookup_ref(o, one), pdf_lookup(s->file, o, one), 0);
    const PdfObj *all = pdf_lookup(s->file, o, "AA");
    for (int i = 0; i < pdf_length(all) && pdf_type(all) == PDF_DICT; i++)
        search_action(s, pdf_value_ref_at(all, i), pdf_value_at(s->file, all, i), 0);
}

static void search_name_tree(Search *s, PdfRef ref, const PdfObj *node, int32_t *leaves,
                             bool actions, int depth) {
    if (pdf_type(node) != PDF_DICT || depth > DEEPEST || seen_before(s, ref))
        return;
    const PdfObj *names = pdf_lookup(s->file, node, "Names");
    for (int i = 1; i < pdf_length(names) && pdf_type(names) == PDF_ARRAY; i += 2) {
        if (actions)
            search_action(s, pdf_at_ref(names, i), pdf_at(s->file, names, i), 0);
        else
            ++*leaves;
    }
    const PdfObj *kids = pdf_lookup(s->file, node, "Kids");
    for (int i = 0; i < pdf_length(kids) && pdf_type(kids) == PDF_ARRAY; i++)
        search_name_tree(s, pdf_at_ref(kids, i), pdf_at(s->file, kids, i), leaves, actions,
                         depth + 1);
}

/* A field is terminal when its kids, if any, are mere widgets: they have no name of their own. */
static void search_field(Search *s, PdfRef ref, const PdfObj *o, int depth) {
    if (pdf_type(o) != PDF_DICT || depth > DEEPEST || seen_before(s, ref))
        return;
    search_actions_of(s, o, "A");
    const PdfObj *kids = pdf_lookup(s->file, o, "Kids");
    bool terminal = true;
    for (int i = 0; i < pdf_length(kids) && pdf_type(kids) == PDF_ARRAY; i++) {
        const PdfObj *kid = pdf_at(s->file, kids, i);
        if (!pdf_lookup(s->file, kid, "T"))
            continue;
        terminal = false;
        search_field(s, pdf_at_ref(kids, i), kid, depth + 1);
    }
    s->document->form_fields += terminal;
}

static void search_annotation(Search *s, PdfRef ref, const PdfObj *o) {
    static const char *const media[] = {"Sound", "Movie", "Screen", "RichMedia", "3D"};
    const PdfObj *subtype = pdf_lookup(s->file, o, "Subtype");
    for (size_t i = 0; i < sizeof media / sizeof *media; i++)
        s->document->media += pdf_is_name(subtype, media[i]);
    s->document->attachments += pdf_is_name(subtype, "FileAttachment");
    if (!seen_before(s, ref))
        search_actions_of(s, o, "A");
}

static void search_pages(Search *s, const PageList *pages) {
    enum { PAGES_BETWEEN_TRIMS = 32 };
    for (size_t n = 0; n < pages->count; n++) {
        const PdfObj *page = page_object(s->file, &pages->items[n].at);
        search_actions_of(s, page, "A");
        const PdfObj *all = pdf_lookup(s->file, page, "Annots");
        for (int i = 0; i < pdf_length(all) && pdf_type(all) == PDF_ARRAY; i++)
            search_annotation(s, pdf_at_ref(all, i), pdf_at(s->file, all, i));
        if (n % PAGES_BETWEEN_TRIMS == PAGES_BETWEEN_TRIMS - 1)
            pdf_trim(s->file);
    }
}

void document_actions(Gather *g, const PageList *pages) {
    Document *d = facts_at(g->facts, FACT_document, 0);
    Search s = {.g = g, .file = g->file, .document = d};
    d->scripts = d->form_fields = d->media = d->attachments = 0;
    const PdfObj *catalog = pdf_catalog(g->file);
    search_actions_of(&s, catalog, "OpenAction");
    const PdfObj *names = pdf_lookup(g->file, catalog, "Names");
    search_name_tree(&s, pdf_lookup_ref(names, "JavaScript"),
                     pdf_lookup(g->file, names, "JavaScript"), NULL, true, 0);
    search_name_tree(&s, pdf_lookup_ref(names, "EmbeddedFiles"),
                     pdf_lookup(g->file, names, "EmbeddedFiles"), &d->attachments, false, 0);
    const PdfObj *fields = pdf_lookup(g->file, pdf_lookup(g->file, catalog, "AcroForm"), "Fields");
    for (int i = 0; i < pdf_length(fields) && pdf_type(fields) == PDF_ARRAY; i++)
        search_field(&s, pdf_at_ref(fields, i), pdf_at(g->file, fields, i), 0);
    search_pages(&s, pages);
}
