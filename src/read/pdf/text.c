/* Text operators and the showing of strings. */
#include "read/pdf/walk.h"

#include <math.h>
#include <string.h>

#include "read/extent.h"

static const Matrix identity = {1, 0, 0, 1, 0, 0};

static void set_text_number(Walk *w, double *out, double value) {
    if (isfinite(value))
        *out = value;
    else
        walk_damage(w, "文字参数无效", "a text parameter is no usable number");
}

void op_char_space(Walk *w, const Operand *v) {
    set_text_number(w, &w->state->text.char_space, v[0].number);
}

void op_word_space(Walk *w, const Operand *v) {
    set_text_number(w, &w->state->text.word_space, v[0].number);
}

void op_text_scale(Walk *w, const Operand *v) {
    set_text_number(w, &w->state->text.scale, v[0].number / 100);
}

void op_leading(Walk *w, const Operand *v) {
    set_text_number(w, &w->state->text.leading, v[0].number);
}

void op_text_rise(Walk *w, const Operand *v) {
    set_text_number(w, &w->state->text.rise, v[0].number);
}

void op_text_mode(Walk *w, const Operand *v) {
    if (v[0].number >= 0 && v[0].number < 8)
        w->state->text.mode = (int)v[0].number;
    else
        walk_damage(w, "文字参数无效", "a text parameter is no usable number");
}

void op_font(Walk *w, const Operand *v) {
    set_text_number(w, &w->state->text.size, v[1].number);
    Resource *r = resource_find(w, RESOURCE_FONT, operand_text(&v[0]));
    if (!r->made && pdf_type(r->object) == PDF_DICT)
        r->made = font_of(w, r->object, r->ref);
    w->state->text.font = r->made;
    if (!r->made)
        walk_damage(w, "字体资源缺失", "a font resource is missing");
}

void op_begin_text(Walk *w, const Operand *) {
    Content *c = w->content;
    c->text_matrix = c->line_matrix = identity;
    c->text_clip = (Box){NAN, NAN, NAN, NAN};
}

/* Strings shown in modes 4 to 7 become one clip when the text object ends. */
void op_end_text(Walk *w, const Operand *) {
    Box box = w->content->text_clip;
    w->content->text_clip = (Box){NAN, NAN, NAN, NAN};
    if (box_known(box)) {
        Path path = {.bounds = box};
        w->state->gs.clip = clip_push(w, w->state->gs.clip, &path, false, true);
    }
    if (w->painter->text_ends)
        w->painter->text_ends(w->painter->self, &w->state->gs);
}

static void move_line(Walk *w, double x, double y) {
    Content *c = w->content;
    Matrix moved = {1, 0, 0, 1, x, y};
    moved = matrix_multiply(&moved, &c->line_matrix);
    if (matrix_usable(&moved))
        c->line_matrix = c->text_matrix = moved;
    else
        walk_damage(w, "文字参数无效", "a text parameter is no usable number");
}

void op_text_move(Walk *w, const Operand *v) {
    move_line(w, v[0].number, v[1].number);
}

void op_text_move_leading(Walk *w, const Operand *v) {
    set_text_number(w, &w->state->text.leading, -v[1].number);
    move_line(w, v[0].number, v[1].number);
}

void op_next_line(Walk *w, const Operand *) {
    move_line(w, 0, -w->state->text.leading);
}

void op_text_matrix(Walk *w, const Operand *v) {
    Matrix m = {v[0].number, v[1].number, v[2].number, v[3].number, v[4].number, v[5].number};
    if (matrix_usable(&m))
        w->content->text_matrix = w->content->line_matrix = m;
    else
        walk_damage(w, "文字参数无效", "a text parameter is no usable number");
}

/* The run of glyphs that one Tj or TJ shows. Places are in text space until it is told. */
typedef struct Run {
    ShownFont *font;
    const TextState *text;
    double pen;         /* along the writing direction, from where the string starts */
    double low, high;   /* least and greatest reach of the pen, advances included */
    double first;       /* pen at the first glyph */
    Matrix em, to_page; /* em space to text space; text space to page space */
    bool vertical;
} Run;

/* The array of code points may move while the string goes on: until its end a glyph holds the index
 * of its first. */
static void keep_code_points(Walk *w, ShownGlyphs *s, PaintGlyph *out, const PdfGlyph *g) {
    size_t first = s->point_count;
    for (int i = 0; i < g->unicode_count; i++)
        *ARENA_PUSH(w->arena, s->code_points, s->point_count, s->point_capacity) = g->unicode[i];
    out->unicode = (const uint32_t *)(uintptr_t)first;
}

static Point glyph_origin(const Run *run, const PdfGlyph *g, double pen) {
    const TextState *t = run->text;
    if (!run->vertical)
        return matrix_apply(&run->to_page, pen, t->rise);
    double x = -(double)g->origin_x * t->size * t->scale;
    return matrix_apply(&run->to_page, x, pen - (double)g->origin_y * t->size + t->rise);
}

/* Codes of one byte are remembered by the font, others are asked for. */
static inline const PdfGlyph *next_glyph(ShownFont *font, const uint8_t **p, const uint8_t *end,
                                         PdfGlyph *room) {
    const PdfGlyph *known = *p < end ? font->glyphs[**p] : NULL;
    *p += known != NULL;
    return known ? known : font_next(font, p, end, room);
}

static inline double advance_of(const Run *run, const PdfGlyph *g, bool is_space) {
    const TextState *t = run->text;
    double space = t->char_space + (is_space ? t->word_space : 0);
    double em = (double)(run->vertical ? g->rise : g->advance);
    return (em * t->size + space) * (run->vertical ? 1 : t->scale);
}

/* Where the glyphs of a string of so many bytes go; each takes a byte or more. */
static PaintGlyph *make_room(Walk *w, ShownGlyphs *s, size_t bytes) {
    size_t wanted = s->count + bytes;
    wanted = wanted < RUN_GLYPHS ? wanted : RUN_GLYPHS;
    if (wanted > s->capacity) {
        size_t larger = wanted > s->capacity * 2 ? wanted : s->capacity * 2;
        s->glyphs = arena_grow(w->arena, s->glyphs, s->capacity * sizeof *s->glyphs,
                               larger * sizeof *s->glyphs);
        s->capacity = larger;
    }
    return s->glyphs + s->count;
}

static void add_string(Walk *w, Run *run, Str text) {
    ShownGlyphs *s = &w->content->shown;
    const uint8_t *p = (const uint8_t *)text.p, *end = p + text.n;
    if (!text.n)
        return;
    PaintGlyph *out = make_room(w, s, text.n), *full = s->glyphs + RUN_GLYPHS;
    double pen = run->pen;
    if (!s->count)
        run->first = run->low = run->high = pen;
    double low = run->low, high = run->high;
    PdfGlyph room;
    for (const PdfGlyph *g; (g = next_glyph(run->font, &p, end, &room)); out++) {
        if (out == full) {
            walk_damage(w, "有太长的文字", "a string of text is too long");
            break;
        }
        *out =
            (PaintGlyph){.code = g->code, .unicode = g->unicode, .unicode_count = g->unicode_count};
        if (run->font->composite && g->unicode_count > 0)
            keep_code_points(w, s, out, g);
        if (w->painter->wants_glyphs)
            out->at = glyph_origin(run, g, pen);
        pen += advance_of(run, g, g->bytes == 1 && p[-1] == ' ');
        low = lesser(pen, low);
        high = greater(pen, high);
    }
    s->count = (size_t)(out - s->glyphs);
    run->pen = pen;
    run->low = low;
    run->high = high;
}

static void adjust(Run *run, double thousandths) {
    double by = -thousandths / 1000 * run->text->size * (run->vertical ? 1 : run->text->scale);
    if (isfinite(by))
        run->pen += by;
}

static Box run_bounds(const Run *run) {
    const TextState *t = run->text;
    double rise = t->rise;
    Box b = {run->low, run->font->descent * t->size + rise, run->high,
             run->font->ascent * t->size + rise};
    if (run->vertical) {
        double half = t->size * t->scale / 2;
        b = (Box){-half, run->low + rise, half, run->high + rise};
    }
    return box_transformed(b, &run->to_page);
}

static void place_code_points(Walk *w, const Run *run) {
    ShownGlyphs *s = &w->content->shown;
    if (!run->font->composite)
        return;
    for (size_t i = 0; i < s->count; i++)
        if (s->glyphs[i].unicode_count > 0)
            s->glyphs[i].unicode = s->code_points + (uintptr_t)s->glyphs[i].unicode;
}

/* The matrix of the first glyph: em, then text space moved to the glyph, then page. */
static Matrix glyph_matrix(const Run *run, double pen) {
    Matrix moved = {1, 0, 0, 1, run->vertical ? 0 : pen, run->vertical ? pen : 0};
    moved = matrix_multiply(&run->em, &moved);
    return matrix_multiply(&moved, &run->to_page);
}

static void paint_run_patterns(Walk *w, const PaintText *text) {
    GraphicsState *gs = &w->state->gs;
    int mode = text->mode & 3; /* 0 fill, 1 stroke, 2 both, 3 neither */
    if ((mode == 0 || mode == 2) && gs->fill.pattern != PATTERN_NONE)
        pattern_paint(w, &gs->fill, text->bounds);
    if ((mode == 1 || mode == 2) && gs->stroke.pattern != PATTERN_NONE)
        pattern_paint(w, &gs->stroke, text->bounds);
}

static void paint_procedures(Walk *w, const Run *run, const PaintText *text) {
    size_t count = w->painter->wants_glyphs ? text->count : 1;
    for (size_t i = 0; i < count && !w->stopped; i++) {
        Matrix m = text->matrix;
        if (w->painter->wants_glyphs) {
            m.e = text->glyphs[i].at.x;
            m.f = text->glyphs[i].at.y;
        }
        type3_paint(w, run->font, text->glyphs[i].code, &m);
    }
}

static void tell_run(Walk *w, Run *run) {
    Content *c = w->content;
    const TextState *t = run->text;
    place_code_points(w, run);
    PaintText text = {.font = run->font->font,
                      .font_ref = run->font->ref,
                      .font_dict = run->font->dict,
                      .size = t->size,
                      /* The mode has no effect on Type 3 glyphs: ISO 32000-1, 9.3.6. */
                      .mode = run->font->type3 ? 0 : t->mode,
                      .matrix = glyph_matrix(run, run->first),
                      .glyphs = c->shown.glyphs,
                      .count = c->shown.count,
                      .bounds = run_bounds(run)};
    text.end = run->vertical ? matrix_apply(&run->to_page, 0, run->pen + t->rise)
                             : matrix_apply(&run->to_page, run->pen, t->rise);
    if (!isfinite(text.bounds.x0 + text.bounds.y0 + text.bounds.x1 + text.bounds.y1)) {
        walk_damage(w, "文字的位置无效", "text stands at no usable place");
        return;
    }
    if (text.mode >= 4)
        c->text_clip = box_union(c->text_clip, text.bounds);
    bool pair = (text.mode & 3) == 2 && w->painter->pair;
    if (pair)
        w->painter->pair(w->painter->self, &w->state->gs, true);
    w->painter->text(w->painter->self, &w->state->gs, &text);
    paint_run_patterns(w, &text);
    if (pair)
        w->painter->pair(w->painter->self, &w->state->gs, false);
    if (run->font->type3)
        paint_procedures(w, run, &text);
}

static void show(Walk *w, const Operand *items, uint32_t count) {
    TextState text = w->state->text; /* Type 3 procedures may not change it, but garbage does */
    Content *c = w->content;
    Run run = {.font = text.font ? text.font : &w->missing_font, .text = &text};
    if (text.font)
        font_make(w, text.font);
    else
        walk_damage(w, "有文字没有字体", "text is shown without a font");
    run.vertical = run.font->vertical;
    run.em = (Matrix){text.size * text.scale, 0, 0, text.size, 0, text.rise};
    run.to_page = matrix_multiply(&c->text_matrix, &w->state->gs.ctm);
    c->shown.count = c->shown.point_count = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (items[i].type == OPERAND_STRING)
            add_string(w, &run, operand_text(&items[i]));
        else if (items[i].type == OPERAND_NUMBER)
            adjust(&run, items[i].number);
    }
    Matrix moved = {1, 0, 0, 1, run.vertical ? 0 : run.pen, run.vertical ? run.pen : 0};
    moved = matrix_multiply(&moved, &c->text_matrix);
    if (c->shown.count)
        tell_run(w, &run);
    if (matrix_usable(&moved))
        c->text_matrix = moved;
}

void op_show(Walk *w, const Operand *v) {
    show(w, v, 1);
}

void op_show_array(Walk *w, const Operand *v) {
    show(w, v[0].items, v[0].count);
}

void op_next_line_show(Walk *w, const Operand *v) {
    op_next_line(w, v);
    show(w, v, 1);
}

void op_spaced_show(Walk *w, const Operand *v) {
    op_word_space(w, v);
    op_char_space(w, v + 1);
    op_next_line(w, v);
    show(w, v + 2, 1);
}
