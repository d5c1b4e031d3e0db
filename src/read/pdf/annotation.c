/* Annotations: each is a scope of its own, with the walk of its appearance inside when it has one.
 */
#include "read/pdf/walk.h"

enum { FLAG_HIDDEN = 1 << 1, FLAG_PRINT = 1 << 2 };

/* The normal appearance: a stream, or the one among several that /AS names. */
static const PdfObj *appearance_of(Walk *w, const PdfObj *annotation, PdfRef *ref) {
    const PdfObj *all = pdf_lookup(w->file, annotation, "AP");
    const PdfObj *normal = pdf_lookup(w->file, all, "N");
    if (pdf_type(normal) == PDF_STREAM) {
        *ref = pdf_lookup_ref(all, "N");
        return normal;
    }
    Str state = pdf_name(pdf_lookup(w->file, annotation, "AS"));
    for (int i = 0; state.n && i < pdf_length(normal); i++) {
        if (!str_is(state, pdf_key_at(normal, i)))
            continue;
        *ref = pdf_value_ref_at(normal, i);
        const PdfObj *found = pdf_value_at(w->file, normal, i);
        return pdf_type(found) == PDF_STREAM ? found : NULL;
    }
    return NULL;
}

/* ISO 32000-1, 12.5.5: the box of the appearance, as its matrix turns it, is fitted into the
 * annotation's rectangle. */
static Matrix fitted(Walk *w, const PdfObj *appearance, Box rect) {
    Matrix m = matrix_from(w->file, pdf_lookup(w->file, appearance, "Matrix"));
    Box box = box_of_object(w->file, pdf_lookup(w->file, appearance, "BBox"));
    if (!box_known(box) || !box_known(rect))
        return (Matrix){1, 0, 0, 1, 0, 0};
    box = box_transformed(box, &m);
    double width = box.x1 - box.x0, height = box.y1 - box.y0;
    double x = width > 0 ? (rect.x1 - rect.x0) / width : 1;
    double y = height > 0 ? (rect.y1 - rect.y0) / height : 1;
    return (Matrix){x, 0, 0, y, rect.x0 - box.x0 * x, rect.y0 - box.y0 * y};
}

static void paint_annotation(Walk *w, const PdfObj *o, PdfRef ref) {
    Box rect = box_of_object(w->file, pdf_lookup(w->file, o, "Rect"));
    const Matrix *page = &w->box->to_page;
    int flags = pdf_int(pdf_lookup(w->file, o, "F"), 0);
    PdfRef appearance_ref = {0, 0};
    const PdfObj *appearance = appearance_of(w, o, &appearance_ref);
    PaintScope scope = {.kind = SCOPE_IS_ANNOTATION,
                        .name = pdf_name(pdf_lookup(w->file, o, "Subtype")),
                        .object = o,
                        .ref = ref,
                        .box = box_known(rect) ? box_transformed(rect, page) : rect,
                        .prints = flags & FLAG_PRINT,
                        .hidden = flags & FLAG_HIDDEN,
                        .has_appearance = appearance,
                        .matrix = *page};
    w->painter->begin(w->painter->self, &w->state->gs, &scope);
    if (appearance) {
        Matrix placed = fitted(w, appearance, rect);
        placed = matrix_multiply(&placed, page);
        form_paint(w, &(FormUse){appearance, appearance_ref, STR("AP"), placed, NULL});
    }
    w->painter->end(w->painter->self, SCOPE_IS_ANNOTATION);
}

void annotations_paint(Walk *w, const PdfObj *page) {
    const PdfObj *all = pdf_lookup(w->file, page, "Annots");
    for (int i = 0; i < pdf_length(all) && pdf_type(all) == PDF_ARRAY && !w->stopped; i++) {
        const PdfObj *o = pdf_at(w->file, all, i);
        if (pdf_type(o) != PDF_DICT) {
            walk_damage(w, "有批注读不到", "an annotation is not there");
            continue;
        }
        if (pdf_is_name(pdf_lookup(w->file, o, "Subtype"), "Popup"))
            continue;
        LayerState layer = w->layer;
        const PdfObj *oc = pdf_lookup(w->file, o, "OC");
        if (oc)
            walk_set_layer(
                w, layers_enter(w->in->layers, w->file, layer, pdf_lookup_ref(o, "OC"), oc));
        paint_annotation(w, o, pdf_at_ref(all, i));
        walk_set_layer(w, layer);
    }
}
