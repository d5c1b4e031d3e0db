/* Type 3 fonts: glyphs that are content streams. */
#include "read/pdf/walk.h"

/* From code to procedure, for one font on one page. */
typedef struct GlyphProcedures {
    const PdfObj *streams[256];
    PdfRef refs[256];
    const char *names[256];
    Matrix matrix;
    const PdfObj *resources;
} GlyphProcedures;

static void find_procedure(Walk *w, GlyphProcedures *g, const PdfObj *all, int code, Str name) {
    for (int i = 0; code >= 0 && code < 256 && i < pdf_length(all); i++) {
        if (!str_is(name, pdf_key_at(all, i)))
            continue;
        const PdfObj *o = pdf_value_at(w->file, all, i);
        g->streams[code] = pdf_type(o) == PDF_STREAM ? o : NULL;
        g->refs[code] = pdf_value_ref_at(all, i);
        g->names[code] = pdf_key_at(all, i);
        return;
    }
}

/* /Differences is required of a Type 3 font and names every glyph it has. */
static GlyphProcedures *procedures_of(Walk *w, ShownFont *font) {
    if (font->procedures)
        return font->procedures;
    GlyphProcedures *g = ARENA_NEW(w->arena, GlyphProcedures);
    g->matrix = matrix_from(w->file, pdf_lookup(w->file, font->dict, "FontMatrix"));
    g->resources = pdf_lookup(w->file, font->dict, "Resources");
    const PdfObj *all = pdf_lookup(w->file, font->dict, "CharProcs");
    const PdfObj *encoding = pdf_lookup(w->file, font->dict, "Encoding");
    const PdfObj *differences = pdf_lookup(w->file, encoding, "Differences");
    int code = 0;
    for (int i = 0; i < pdf_length(differences); i++) {
        const PdfObj *o = pdf_at(w->file, differences, i);
        if (pdf_is_number(o))
            code = pdf_int(o, 0);
        else if (code < 256)
            find_procedure(w, g, all, code++, pdf_name(o));
    }
    return font->procedures = g;
}

/* A procedure begins with d0, and has colours of its own, or with d1, and takes the colour of the
 * text. */
static bool has_own_colours(Walk *w, const PdfObj *stream) {
    PdfBytes *bytes = walk_decoded(w, stream);
    Reader r = {0};
    Str name;
    ArenaMark mark = arena_mark(w->scratch);
    reader_start(&r, bytes->p, bytes->n, w->scratch, w->scratch);
    bool coloured = !(reader_next(&r, &name) && str_is(name, "d1"));
    arena_rewind(w->scratch, mark);
    walk_release(w, bytes);
    return coloured;
}

void type3_paint(Walk *w, ShownFont *font, uint32_t code, const Matrix *text_to_page) {
    GlyphProcedures *g = procedures_of(w, font);
    const PdfObj *stream = code < 256 ? g->streams[code] : NULL;
    if (!stream)
        return;
    Nested nested = {.stream = stream, .resources = g->resources, .ref = g->refs[code]};
    nested.base = matrix_multiply(&g->matrix, text_to_page);
    if (!matrix_usable(&nested.base) || nested_refused(w, &nested) || !walk_save(w))
        return;
    PaintScope scope = {.kind = SCOPE_IS_TYPE3,
                        .name = str_of(g->names[code]),
                        .object = stream,
                        .ref = nested.ref,
                        .box = {0},
                        .coloured = has_own_colours(w, stream),
                        .matrix = nested.base};
    Box box = box_of_object(w->file, pdf_lookup(w->file, font->dict, "FontBBox"));
    scope.box = box_known(box) ? box_transformed(box, &nested.base) : box;
    nested.uncoloured = !scope.coloured;
    GraphicsState *gs = &w->state->gs;
    gs->ctm = nested.base;
    if (nested.uncoloured)
        gs->stroke = gs->fill;
    w->painter->begin(w->painter->self, gs, &scope);
    w->state->text = (TextState){.scale = 1};
    run_nested(w, &nested);
    w->painter->end(w->painter->self, SCOPE_IS_TYPE3);
    walk_restore(w);
}
