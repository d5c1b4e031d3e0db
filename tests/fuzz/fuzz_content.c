/* Arbitrary bytes as the content stream of a page that has one resource of each kind: walked to its
 * end or to a budget, never a crash, and scopes told begun are told ended. */
#include "content_file.h"
#include "read/pdf/layers.h"
#include "read/pdf/paint.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n);

typedef struct Depth {
    int open;
} Depth;

static void on_path(void *self, const GraphicsState *gs, const Path *path) {
    (void)self, (void)path;
    if (!gs->clip)
        abort();
}

static void on_fill(void *self, const GraphicsState *gs, const Path *path, bool even_odd) {
    (void)even_odd;
    on_path(self, gs, path);
}

static void on_image(void *self, const GraphicsState *gs, const PaintImage *image) {
    (void)self, (void)gs, (void)image;
}

static void on_text(void *self, const GraphicsState *gs, const PaintText *text) {
    (void)self, (void)gs, (void)text;
}

static void on_shading(void *self, const GraphicsState *gs, const PdfObj *shading,
                       const ColourSpace *space, int type, const Matrix *matrix,
                       bool from_pattern) {
    (void)self, (void)gs, (void)shading, (void)space, (void)type, (void)matrix, (void)from_pattern;
}

static void on_begin(void *self, const GraphicsState *gs, const PaintScope *scope) {
    (void)gs, (void)scope;
    ((Depth *)self)->open++;
}

static void on_end(void *self, ScopeKind kind) {
    (void)kind;
    if (--((Depth *)self)->open < 0)
        abort();
}

static void on_damage(void *self, const char *zh, const char *en) {
    (void)self;
    if (!zh || !en)
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *p, size_t n) {
    Facts *facts = facts_new();
    Str bytes = file_with(facts->document, p, n);
    PdfOpening opening = {0};
    PdfFile *f = pdf_open(&opening, facts->document, (const uint8_t *)bytes.p, bytes.n, NULL);
    if (f) {
        Depth depth = {0};
        WalkBudget budget = {.operators = 200000, .bytes = 1 << 22, .depth = 12};
        Painter painter = {.self = &depth,
                           .fill = on_fill,
                           .stroke = on_path,
                           .image = on_image,
                           .text = on_text,
                           .shading = on_shading,
                           .begin = on_begin,
                           .end = on_end,
                           .damage = on_damage,
                           .wants_clip_paths = n % 2,
                           .wants_glyphs = n % 3 == 0};
        Layers *layers = layers_read(facts->document, f, facts);
        Interpreter *in = interpreter_new(facts->document, f, layers, &budget);
        const PdfObj *page = pdf_object(f, (PdfRef){3, 0});
        PageBox box = {.media = {0, 0, 200, 100}, .user_unit = 1, .to_page = {1, 0, 0, 1, 0, 0}};
        (void)interpret_page(in, facts->page, page, pdf_lookup(f, page, "Resources"), &box,
                             &painter);
        if (depth.open)
            abort();
        interpreter_free(in);
        pdf_close(f);
    }
    facts_free(facts);
    return 0;
}
