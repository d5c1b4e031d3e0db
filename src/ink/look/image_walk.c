#include "ink/look/image_walk.h"

static void on_stroke(void *self, const GraphicsState *gs, const Path *path) {
    (void)self, (void)gs, (void)path;
}

static void on_fill(void *self, const GraphicsState *gs, const Path *path, bool even_odd) {
    (void)self, (void)gs, (void)path, (void)even_odd;
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
    (void)self, (void)gs, (void)scope;
}

static void on_end(void *self, ScopeKind kind) {
    (void)self, (void)kind;
}

static void on_damage(void *self, const char *zh, const char *en) {
    (void)self, (void)zh, (void)en;
}

void image_walk(const PageContent *content, ImageSink *sink, void *self) {
    Painter painter = {.self = self,
                       .fill = on_fill,
                       .stroke = on_stroke,
                       .image = sink,
                       .text = on_text,
                       .shading = on_shading,
                       .begin = on_begin,
                       .end = on_end,
                       .damage = on_damage};
    page_content_walk(content, &painter);
}
