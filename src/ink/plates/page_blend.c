#include "ink/plates/page_blend.h"

/* Walks a page that has a group of another space than inks, and looks for transparency. */
typedef struct Look {
    BlendSpace space;
    bool transparent;
} Look;

static void see_group(void *self, bool, bool, const ColourSpace *space) {
    int n = space ? space->components : 0;
    ((Look *)self)->space = n == 1 ? BLENDS_IN_GRAY : n == 3 ? BLENDS_IN_RGB : BLENDS_IN_INKS;
}

static void see_transparency(void *self) {
    ((Look *)self)->transparent = true;
}

static void see_scope(void *self, const GraphicsState *, const PaintScope *scope) {
    ((Look *)self)->transparent |= scope->kind == SCOPE_IS_GROUP;
}

static void see_image(void *self, const GraphicsState *, const PaintImage *image) {
    ((Look *)self)->transparent |= image->mask == MASK_SOFT;
}

static void pass_fill(void *, const GraphicsState *, const Path *, bool) {
}

static void pass_stroke(void *, const GraphicsState *, const Path *) {
}

static void pass_text(void *, const GraphicsState *, const PaintText *) {
}

static void pass_shading(void *, const GraphicsState *, const PdfObj *, const ColourSpace *, int,
                         const Matrix *, bool) {
}

static void pass_end(void *, ScopeKind) {
}

static void pass_damage(void *, const char *, const char *) {
}

BlendSpace page_blend_space(const PageContent *content) {
    const PdfObj *group = pdf_lookup(content->file, content->object, "Group");
    const PdfObj *space = pdf_lookup(content->file, group, "CS");
    if (pdf_type(space) == PDF_NULL || pdf_is_name(space, "DeviceCMYK"))
        return BLENDS_IN_INKS;
    Look look = {BLENDS_IN_INKS, false};
    Painter painter = {.self = &look,
                       .fill = pass_fill,
                       .stroke = pass_stroke,
                       .image = see_image,
                       .text = pass_text,
                       .shading = pass_shading,
                       .begin = see_scope,
                       .end = pass_end,
                       .damage = pass_damage,
                       .transparency = see_transparency,
                       .page_group = see_group};
    ArenaMark mark = arena_mark(content->arena);
    page_content_walk(content, &painter);
    arena_rewind(content->arena, mark);
    return look.transparent ? look.space : BLENDS_IN_INKS;
}
