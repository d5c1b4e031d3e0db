/* Form XObjects, transparency groups, and the groups of soft masks. */
#include "read/pdf/walk.h"

static void enter_group(Walk *w, const PdfObj *form, const PdfObj *group, const PaintScope *around,
                        const SoftMask *mask) {
    GraphicsState *gs = &w->state->gs;
    const PdfObj *space = pdf_lookup(w->file, group, "CS");
    PaintScope scope = *around;
    scope.kind = SCOPE_IS_GROUP;
    scope.object = form;
    scope.isolated = pdf_truth(pdf_lookup(w->file, group, "I"), false);
    scope.knockout = pdf_truth(pdf_lookup(w->file, group, "K"), false);
    scope.for_soft_mask = mask;
    scope.mask = mask;
    scope.space = space ? space_from_object(w, space, pdf_lookup_ref(group, "CS")) : NULL;
    w->painter->begin(w->painter->self, gs, &scope);
    /* What applies to the group as a whole does not apply again to what is in it. */
    gs->fill_alpha = gs->stroke_alpha = 1;
    gs->blend = BLEND_NORMAL;
    gs->soft_mask = NULL;
}

static bool is_group(PdfFile *f, const PdfObj *group) {
    return pdf_is_name(pdf_lookup(f, group, "S"), "Transparency");
}

void form_paint(Walk *w, const FormUse *use) {
    Nested nested = {.stream = use->form,
                     .resources = pdf_lookup(w->file, use->form, "Resources"),
                     .ref = use->ref};
    Matrix m = matrix_from(w->file, pdf_lookup(w->file, use->form, "Matrix"));
    m = matrix_multiply(&m, &use->placed);
    if (!matrix_usable(&m) || nested_refused(w, &nested) || !walk_save(w))
        return;
    nested.base = m;
    GraphicsState *gs = &w->state->gs;
    gs->ctm = m;
    Box box = box_of_object(w->file, pdf_lookup(w->file, use->form, "BBox"));
    PaintScope scope = {.kind = SCOPE_IS_FORM,
                        .name = use->name,
                        .object = use->form,
                        .ref = use->ref,
                        .box = box_known(box) ? box_transformed(box, &m) : box,
                        .matrix = m};
    if (box_known(box))
        gs->clip = clip_box(w, gs->clip, box, &m);
    const PdfObj *group = pdf_lookup(w->file, use->form, "Group");
    bool grouped = use->mask || is_group(w->file, group);
    if (!use->mask)
        w->painter->begin(w->painter->self, gs, &scope);
    if (grouped)
        enter_group(w, use->form, group, &scope, use->mask);
    run_nested(w, &nested);
    if (grouped)
        w->painter->end(w->painter->self, SCOPE_IS_GROUP);
    if (!use->mask)
        w->painter->end(w->painter->self, SCOPE_IS_FORM);
    walk_restore(w);
}

/* The mask stands before its group is walked, so that a group masked by itself finds it and ends.
 */
const SoftMask *soft_mask_of(Walk *w, const PdfObj *dict) {
    const PdfObj *form = pdf_lookup(w->file, dict, "G");
    PdfRef ref = pdf_lookup_ref(dict, "G");
    Matrix ctm = w->state->gs.ctm;
    if (pdf_type(form) != PDF_STREAM) {
        walk_damage(w, "软蒙版缺失", "a soft mask is missing");
        return NULL;
    }
    uint64_t key = hash_number(hash_identity(form, ref), (uintptr_t)dict);
    key = hash_bytes(key, &ctm, sizeof ctm);
    SoftMask **slot = (SoftMask **)table_slot(&w->masks, w->arena, key);
    if (*slot)
        return *slot;
    SoftMask *mask = ARENA_NEW(w->arena, SoftMask);
    *slot = mask;
    *mask = (SoftMask){.serial = ++w->mask_serial,
                       .luminosity = pdf_is_name(pdf_lookup(w->file, dict, "S"), "Luminosity"),
                       .group = form,
                       .object = dict,
                       .ctm = ctm};
    if (!walk_save(w))
        return mask;
    walk_initial_state(w, w->state, &ctm, w->page_clip);
    form_paint(w, &(FormUse){form, ref, STR(""), ctm, mask});
    walk_restore(w);
    return mask;
}

void op_xobject(Walk *w, const Operand *v) {
    Str name = operand_text(&v[0]);
    Resource *r = resource_find(w, RESOURCE_XOBJECT, name);
    if (pdf_type(r->object) != PDF_STREAM) {
        walk_damage(w, "置入的对象缺失", "an XObject is missing");
        return;
    }
    LayerState layer = w->layer;
    const PdfObj *oc = pdf_lookup(w->file, r->object, "OC");
    if (oc)
        walk_set_layer(
            w, layers_enter(w->in->layers, w->file, layer, pdf_lookup_ref(r->object, "OC"), oc));
    const PdfObj *subtype = pdf_lookup(w->file, r->object, "Subtype");
    if (pdf_is_name(subtype, "Image"))
        image_paint(w, r);
    else if (pdf_is_name(subtype, "Form"))
        form_paint(w, &(FormUse){r->object, r->ref, name, w->state->gs.ctm, NULL});
    else
        walk_damage(w, "有不认识的置入对象", "an XObject is of an unknown kind");
    if (oc)
        walk_set_layer(w, layer);
}
