/* The words on every page, and what must not be left of the artwork. */
#include "print/annotated_parts.h"

#include <math.h>
#include <string.h>

#include "base/units.h"

/* A strip in the middle of the lower edge of what is seen. */
static const char *stamp_content(const Copy *c, const Frame *f, const TextPath *text) {
    Arena *a = c->arena;
    Box seen = frame_place(f, false, f->crop);
    double wide = seen.x1 - seen.x0, high = seen.y1 - seen.y0, u[6];
    double em = fmin(fmax(4, frame_side(f) * 0.018), wide * 0.92 / (text->width + 1));
    em = fmin(em, high * 0.5);
    double strip = text->width * em + em, middle = (seen.x0 + seen.x1) / 2;
    Box ground = {middle - strip / 2, seen.y1 - em * 1.5, middle + strip / 2, seen.y1};
    Box line = {middle - text->width * em / 2, seen.y1 - em * 1.4, middle, seen.y1 - em * 0.4};
    Box b = frame_box(f, false, ground);
    const double *alarm = kind_colour(KIND_MUST);
    frame_upright(f, frame_box(f, false, line), MM(em) / f->unit, u);
    return arena_printf(a, "\nQ\nq\n1 g %s %s %s %s re f\n%s %s %s rg\n%s %s %s %s %s %s cm\n%sQ\n",
                        pdf_num(a, b.x0), pdf_num(a, b.y0), pdf_num(a, b.x1 - b.x0),
                        pdf_num(a, b.y1 - b.y0), pdf_num(a, alarm[0]), pdf_num(a, alarm[1]),
                        pdf_num(a, alarm[2]), pdf_num(a, u[0]), pdf_num(a, u[1]), pdf_num(a, u[2]),
                        pdf_num(a, u[3]), pdf_num(a, u[4]), pdf_num(a, u[5]), text->content);
}

static void stamp_page(Copy *c, const Frame *f, qpdf_oh before, const TextPath *text) {
    qpdf_oh old = qpdf_oh_get_key(c->q, f->object, "/Contents"), all = qpdf_oh_new_array(c->q);
    qpdf_oh_append_item(c->q, all, before);
    if (qpdf_oh_is_array(c->q, old)) {
        int count = qpdf_oh_get_array_n_items(c->q, old);
        for (int i = 0; i < count; i++)
            qpdf_oh_append_item(c->q, all, qpdf_oh_get_array_item(c->q, old, i));
    } else if (qpdf_oh_is_stream(c->q, old)) {
        qpdf_oh_append_item(c->q, all, old);
    }
    qpdf_oh after = pdf_content(c, qpdf_oh_new_stream(c->q), stamp_content(c, f, text));
    qpdf_oh_append_item(c->q, all, after);
    qpdf_oh_replace_key(c->q, f->object, "/Contents", all);
}

void pages_stamp(Copy *c) {
    TextPath text = letters_of(c, review_words(c));
    qpdf_oh before = pdf_content(c, qpdf_oh_new_stream(c->q), "q\n");
    for (size_t i = 0; i < c->frame_count; i++)
        stamp_page(c, &c->frames[i], before, &text);
}

/* Actions go too: a copy that is mailed around must not run anything. */
void claims_remove(Copy *c) {
    static const char *const claims[] = {"/OutputIntents", "/Metadata", "/OpenAction", "/AA",
                                         "/Perms"};
    static const char *const info_claims[] = {"/GTS_PDFXVersion", "/GTS_PDFXConformance",
                                              "/GTS_PDFA1Version", "/GTS_PDFA1Conformance",
                                              "/ISO_PDFEVersion"};
    qpdf_oh catalog = qpdf_get_root(c->q), trailer = qpdf_get_trailer(c->q);
    qpdf_oh info = qpdf_oh_get_key(c->q, trailer, "/Info");
    for (size_t i = 0; i < sizeof claims / sizeof *claims; i++)
        qpdf_oh_remove_key(c->q, catalog, claims[i]);
    for (size_t i = 0; i < c->frame_count; i++) {
        qpdf_oh_remove_key(c->q, c->frames[i].object, "/OutputIntents");
        qpdf_oh_remove_key(c->q, c->frames[i].object, "/Metadata");
        qpdf_oh_remove_key(c->q, c->frames[i].object, "/AA");
    }
    if (!qpdf_oh_is_dictionary(c->q, info)) {
        info = qpdf_make_indirect_object(c->q, qpdf_oh_new_dictionary(c->q));
        qpdf_oh_replace_key(c->q, trailer, "/Info", info);
    }
    for (size_t i = 0; i < sizeof info_claims / sizeof *info_claims; i++)
        qpdf_oh_remove_key(c->q, info, info_claims[i]);
    const char *name = c->r->file.name ? c->r->file.name : "";
    const char *title = arena_printf(c->arena, note_word(NOTE_TITLE, c->style->lang),
                                     text_printable(c->arena, name, strlen(name)));
    qpdf_oh_replace_key(c->q, info, "/Title", qpdf_oh_new_unicode_string(c->q, title));
}
