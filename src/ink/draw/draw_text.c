/* Text: glyphs by their coverage where they are filled and small, by their outlines otherwise. */
#include "ink/draw/draw.h"

#include <math.h>
#include <string.h>

typedef struct Shown { /* a string on its way */
    Drawing *d;
    const GraphicsState *gs;
    const PaintText *text;
    const ClipShape *clip;
    Area area;
    FlatMark *flat; /* when glyphs are painted as such */
    bool not_embedded, bad_program, missing;
} Shown;

static Matrix glyph_to_page(const PaintText *text, const PaintGlyph *g) {
    Matrix m = text->matrix;
    m.e = g->at.x;
    m.f = g->at.y;
    return m;
}

static void note_trouble(Shown *s, GlyphTrouble t) {
    s->not_embedded |= t == GLYPH_NOT_EMBEDDED;
    s->bad_program |= t == GLYPH_BAD_PROGRAM;
    s->missing |= t == GLYPH_MISSING;
}

static void tell_trouble(const Shown *s) {
    static const Text not_embedded = {"文字的字体没有嵌入，画不出真实的样子",
                                      "text is in a font that is not embedded"};
    static const Text bad_program = {"文字的字体损坏，画不出来",
                                     "text is in a font that is damaged"};
    static const Text missing = {"字体里缺字，画不出来", "a font lacks glyphs that are shown"};
    if (s->not_embedded)
        omit(s->d->omissions, s->text->bounds, not_embedded);
    if (s->bad_program)
        omit(s->d->omissions, s->text->bounds, bad_program);
    if (s->missing)
        omit(s->d->omissions, s->text->bounds, missing);
}

/* For a glyph that is missing every renderer paints .notdef. */
static bool is_painted(GlyphTrouble t) {
    return t == GLYPH_DRAWN || t == GLYPH_MISSING;
}

static bool get_outline(Shown *s, const PaintGlyph *g, Path *out) {
    const PaintText *t = s->text;
    GlyphTrouble trouble =
        glyph_outline(s->d->glyphs, t->font, t->font_ref, t->font_dict, g->code, out);
    note_trouble(s, trouble);
    return is_painted(trouble) && out->verb_count;
}

static bool area_within(Area a, Area outer) {
    return a.x0 >= outer.x0 && a.y0 >= outer.y0 && a.x1 <= outer.x1 && a.y1 <= outer.y1;
}

/* The rows of a glyph that is kept as coverage. */
static void bitmap_rows(Shown *s, const Mask *bitmap, RowSink *sink, void *to) {
    enum { BEHIND_RUN = 16 }; /* zeros, as a RowSink is promised */
    Area a = area_meet(bitmap->area, s->area);
    uint8_t *row = s->d->coverage_row;
    size_t n = a.x0 < a.x1 ? (size_t)(a.x1 - a.x0) : 0;
    for (int y = a.y0; y < a.y1 && n; y++) {
        memcpy(row, mask_row(bitmap, y) + (a.x0 - bitmap->area.x0), n);
        memset(row + n, 0, BEHIND_RUN);
        sink(to, y, a.x0, a.x1, row);
    }
}

static void fill_glyphs(Shown *s, RowSink *sink, void *to) {
    Drawing *d = s->d;
    const PaintText *t = s->text;
    for (size_t i = 0; i < t->count; i++) {
        Matrix m = glyph_to_page(t, &t->glyphs[i]);
        m = matrix_multiply(&m, &d->to_device);
        Mask bitmap;
        GlyphTrouble trouble = GLYPH_DRAWN;
        if (glyph_bitmap(d->glyphs, t->font, t->font_ref, t->font_dict, t->glyphs[i].code, &m,
                         &bitmap, &trouble)) {
            note_trouble(s, trouble);
            if (!is_painted(trouble))
                continue;
            if (s->flat && area_within(bitmap.area, s->area))
                flat_mark_mask(s->flat, &bitmap);
            else
                bitmap_rows(s, &bitmap, sink, to);
            continue;
        }
        Path outline;
        if (!get_outline(s, &t->glyphs[i], &outline))
            continue;
        raster_begin(d->raster, s->area);
        raster_path(d->raster, &outline, &m);
        drawing_whole(d, t->bounds);
        raster_sweep(d->raster, false, sink, to);
    }
}

/* The pen of a stroked glyph is in user space, so its outline has to be in page space. */
static void stroke_glyphs(Shown *s, RowSink *sink, void *to) {
    static const Text too_complex = {"文字的描边太复杂，没有画完",
                                     "the stroke of text is too complex to be drawn"};
    Drawing *d = s->d;
    const PaintText *t = s->text;
    StrokeStyle style = stroke_style(s->gs);
    ArenaMark mark = arena_mark(d->scratch);
    for (size_t i = 0; i < t->count; i++, arena_rewind(d->scratch, mark)) {
        Path outline;
        if (!get_outline(s, &t->glyphs[i], &outline))
            continue;
        Matrix m = glyph_to_page(t, &t->glyphs[i]);
        Point *points = ARENA_ARRAY(d->scratch, Point, outline.point_count);
        for (size_t k = 0; k < outline.point_count; k++)
            points[k] = matrix_apply(&m, outline.points[k].x, outline.points[k].y);
        outline.points = points;
        outline.bounds = box_transformed(outline.bounds, &m);
        raster_begin(d->raster, s->area);
        if (!raster_stroke(d->raster, &outline, &style, &s->gs->ctm, &d->to_device))
            omit(d->omissions, t->bounds, too_complex);
        raster_sweep(d->raster, false, sink, to);
    }
}

static void paint_glyphs(Shown *s, bool stroke) {
    const GraphicsState *gs = s->gs;
    void (*tell)(Shown *, RowSink *, void *) = stroke ? stroke_glyphs : fill_glyphs;
    if ((stroke ? &gs->stroke : &gs->fill)->pattern != PATTERN_NONE) {
        Pending *p = pending_add(s->d, gs, s->text->bounds, s->area, stroke);
        if (p)
            tell(s, pending_row, p->mask);
        return;
    }
    const Paint *paint = flat_paint(s->d, gs, stroke, s->text->bounds);
    if (!paint)
        return;
    Brush brush = brush_of(s->d, gs, s->clip, paint);
    const Matrix *m = &s->text->matrix;
    brush_watch(&brush, &(WatchedMark){.kind = MARK_GLYPH_RUN,
                                       .gs = gs,
                                       .stroke = stroke,
                                       .box = s->text->bounds,
                                       .size = hypot(m->c, m->d),
                                       .paint = paint,
                                       .to_device = &s->d->to_device});
    FlatMark flat;
    BrushSinks to = brush_sinks(&brush, s->area, &flat);
    s->flat = to.row == flat_mark_row && paint->alpha == 255 ? &flat : NULL;
    tell(s, to.row, to.self);
    s->flat = NULL;
    brush_watched(&brush);
}

/* Glyphs reach beyond the box of their advances; how far, the font does not tell truthfully. */
static Box generous(const PaintText *t, const GraphicsState *gs) {
    const Matrix *m = &t->matrix, *u = &gs->ctm;
    double em = fmax(hypot(m->a, m->b), hypot(m->c, m->d));
    double pen = fmax(hypot(u->a, u->b), hypot(u->c, u->d)) * fabs(gs->line_width);
    double by = 1.5 * em + (t->mode & 3 ? pen * fmax(gs->miter_limit, 1) : 0);
    Box b = t->bounds;
    return (Box){b.x0 - by, b.y0 - by, b.x1 + by, b.y1 + by};
}

/* ISO 32000-1, 9.3.8: the glyphs of a text object count as one shape. */
static void knock_out(Drawing *d, const GraphicsState *gs, const ClipShape *clip) {
    if (composes(gs) && gs->text_knockout && d->top->kind != LEVEL_TEXT &&
        d->top->kind != LEVEL_PAIR)
        level_push_group(d, LEVEL_TEXT, NULL, clip->area, (GroupKind){.knockout = true});
}

/* ISO 32000-1, 9.3.6: the outlines, whatever the mode paints. */
static void add_to_clip(Shown *s) {
    Drawing *d = s->d;
    if (!d->text_clip)
        d->text_clip = mask_new(d, s->clip->area, 0);
    if (!d->text_clip)
        return;
    s->area = d->text_clip->area;
    fill_glyphs(s, pending_row, d->text_clip);
}

/* A Type 3 font has no outlines: its procedures are walked after this. */
void draw_text(void *self, const GraphicsState *gs, const PaintText *text) {
    Drawing *d = self;
    Shown s = {.d = d, .gs = gs, .text = text};
    int mode = text->mode & 3; /* 0 fill, 1 stroke, 2 both, 3 neither */
    bool clips = text->mode >= 4;
    pending_drop(d);
    bool shows = drawing_area(d, gs, generous(text, gs), &s.clip, &s.area);
    if (drawing_skips(d, gs) || (!shows && !clips))
        return;
    bool type3 = text->font && pdf_font_is_type3(text->font);
    if (mode != 3 && shows)
        knock_out(d, gs, s.clip);
    if (!type3 && mode != 3 && shows && mode != 1)
        paint_glyphs(&s, false);
    if (!type3 && (mode == 1 || mode == 2) && shows)
        paint_glyphs(&s, true);
    if (clips && !type3)
        add_to_clip(&s);
    tell_trouble(&s);
}

void draw_text_ends(void *self, const GraphicsState *gs) {
    Drawing *d = self;
    while (d->top->kind == LEVEL_TEXT)
        level_pop(d);
    if (d->text_clip && gs->clip->text)
        *table_slot(&d->text_clips, d->arena, (uintptr_t)gs->clip) = d->text_clip;
    d->text_clip = NULL;
}
