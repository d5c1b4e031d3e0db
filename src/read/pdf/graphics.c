/* Graphics state operators and ExtGState dictionaries. */
#include "read/pdf/walk.h"

#include <math.h>
#include <string.h>

enum { LONGEST_DASH = 4096 };

static const struct BlendName {
    const char *name;
    Blend blend;
} blend_names[] = {{"Normal", BLEND_NORMAL},         {"Compatible", BLEND_NORMAL},
                   {"Multiply", BLEND_MULTIPLY},     {"Screen", BLEND_SCREEN},
                   {"Overlay", BLEND_OVERLAY},       {"Darken", BLEND_DARKEN},
                   {"Lighten", BLEND_LIGHTEN},       {"ColorDodge", BLEND_COLOR_DODGE},
                   {"ColorBurn", BLEND_COLOR_BURN},  {"HardLight", BLEND_HARD_LIGHT},
                   {"SoftLight", BLEND_SOFT_LIGHT},  {"Difference", BLEND_DIFFERENCE},
                   {"Exclusion", BLEND_EXCLUSION},   {"Hue", BLEND_HUE},
                   {"Saturation", BLEND_SATURATION}, {"Color", BLEND_COLOR},
                   {"Luminosity", BLEND_LUMINOSITY}};

bool matrix_usable(const Matrix *m) {
    double sum = m->a + m->b + m->c + m->d + m->e + m->f;
    return isfinite(sum) && isfinite(m->a * m->d) && isfinite(m->b * m->c);
}

Matrix matrix_from(PdfFile *f, const PdfObj *array) {
    static const Matrix identity = {1, 0, 0, 1, 0, 0};
    if (pdf_type(array) != PDF_ARRAY || pdf_length(array) < 6)
        return identity;
    double v[6];
    for (int i = 0; i < 6; i++)
        v[i] = pdf_number(pdf_at(f, array, i), NAN);
    Matrix m = {v[0], v[1], v[2], v[3], v[4], v[5]};
    return matrix_usable(&m) ? m : identity;
}

void op_concat(Walk *w, const Operand *v) {
    Matrix m = {v[0].number, v[1].number, v[2].number, v[3].number, v[4].number, v[5].number};
    m = matrix_multiply(&m, &w->state->gs.ctm);
    if (matrix_usable(&m))
        w->state->gs.ctm = m;
    else
        walk_damage(w, "有无效的变换矩阵", "a matrix is no usable one");
}

static void set_number(Walk *w, double *out, double value, bool valid) {
    if (valid && isfinite(value))
        *out = value;
    else
        walk_damage(w, "图形状态里有无效的数值", "a graphics state value is out of range");
}

static void set_choice(Walk *w, int *out, double value) {
    if (value >= 0 && value <= 2)
        *out = (int)value;
    else
        walk_damage(w, "图形状态里有无效的数值", "a graphics state value is out of range");
}

void op_line_width(Walk *w, const Operand *v) {
    set_number(w, &w->state->gs.line_width, v[0].number, true);
}

void op_miter_limit(Walk *w, const Operand *v) {
    set_number(w, &w->state->gs.miter_limit, v[0].number, v[0].number > 0);
}

void op_line_cap(Walk *w, const Operand *v) {
    set_choice(w, &w->state->gs.line_cap, v[0].number);
}

void op_line_join(Walk *w, const Operand *v) {
    set_choice(w, &w->state->gs.line_join, v[0].number);
}

/* Dashes of equal lengths are kept once a page. No dash, or dashes that never advance, is a solid
 * line. */
static void set_dash(Walk *w, const double *dash, int count, double phase) {
    GraphicsState *gs = &w->state->gs;
    double sum = 0;
    bool valid = isfinite(phase) && count <= LONGEST_DASH;
    for (int i = 0; i < count && valid; i++) {
        valid = dash[i] >= 0 && isfinite(dash[i]);
        sum += dash[i];
    }
    if (!valid)
        walk_damage(w, "虚线写法无效", "a dash pattern is not valid");
    if (!valid || !(sum > 0)) {
        gs->dash = NULL;
        gs->dash_count = 0;
        gs->dash_phase = 0;
        return;
    }
    size_t bytes = (size_t)count * sizeof *dash;
    double **slot =
        (double **)table_slot(&w->dashes, w->arena, hash_bytes(HASH_START, dash, bytes));
    if (!*slot)
        *slot = memcpy(arena_alloc(w->arena, bytes), dash, bytes);
    gs->dash = *slot;
    gs->dash_count = count;
    gs->dash_phase = phase;
}

void op_dash(Walk *w, const Operand *v) {
    ArenaMark mark = arena_mark(w->scratch);
    int count = v[0].count > LONGEST_DASH ? LONGEST_DASH + 1 : (int)v[0].count;
    double *dash = ARENA_ARRAY(w->scratch, double, count + 1);
    for (int i = 0; i < count; i++)
        dash[i] = operand_number(&v[0].items[i], -1);
    set_dash(w, dash, count, v[1].number);
    arena_rewind(w->scratch, mark);
}

static void set_dash_object(Walk *w, const PdfObj *pair) {
    ArenaMark mark = arena_mark(w->scratch);
    const PdfObj *array = pdf_at(w->file, pair, 0);
    int count = pdf_length(array);
    count = count > LONGEST_DASH ? LONGEST_DASH + 1 : count;
    double *dash = ARENA_ARRAY(w->scratch, double, count + 1);
    for (int i = 0; i < count; i++)
        dash[i] = pdf_number(pdf_at(w->file, array, i), -1);
    set_dash(w, dash, count, pdf_number(pdf_at(w->file, pair, 1), 0));
    arena_rewind(w->scratch, mark);
}

static Blend blend_of(Str name) {
    for (size_t i = 0; i < sizeof blend_names / sizeof *blend_names; i++)
        if (str_is(name, blend_names[i].name))
            return blend_names[i].blend;
    return BLEND_UNKNOWN;
}

/* An array names modes in order of preference. */
static void set_blend(Walk *w, const PdfObj *o) {
    Blend blend = blend_of(pdf_name(o));
    for (int i = 0; pdf_type(o) == PDF_ARRAY && !blend && i < pdf_length(o); i++)
        blend = blend_of(pdf_name(pdf_at(w->file, o, i)));
    if (!blend)
        walk_damage(w, "有不认识的混合模式", "a blend mode is unknown");
    w->state->gs.blend = blend ? blend : BLEND_NORMAL;
}

static double unit_interval(double v) {
    return fmax(0, fmin(1, v));
}

static void set_gstate_font(Walk *w, const PdfObj *pair) {
    const PdfObj *dict = pdf_at(w->file, pair, 0);
    if (pdf_type(dict) != PDF_DICT)
        return;
    w->state->text.font = font_of(w, dict, pdf_at_ref(pair, 0));
    w->state->text.size = pdf_number(pdf_at(w->file, pair, 1), 0);
}

static void set_gstate_entry(Walk *w, const PdfObj *dict, const char *key, const PdfObj *value) {
    GraphicsState *gs = &w->state->gs;
    if (streq(key, "LW"))
        gs->line_width = pdf_number(value, gs->line_width);
    else if (streq(key, "LC"))
        set_choice(w, &gs->line_cap, pdf_number(value, gs->line_cap));
    else if (streq(key, "LJ"))
        set_choice(w, &gs->line_join, pdf_number(value, gs->line_join));
    else if (streq(key, "ML"))
        gs->miter_limit = pdf_number(value, gs->miter_limit);
    else if (streq(key, "D"))
        set_dash_object(w, value);
    else if (streq(key, "Font"))
        set_gstate_font(w, value);
    else if (streq(key, "OP")) {
        gs->stroke_overprint = pdf_truth(value, false);
        if (pdf_type(pdf_lookup(w->file, dict, "op")) == PDF_NULL)
            gs->fill_overprint = gs->stroke_overprint;
    } else if (streq(key, "op"))
        gs->fill_overprint = pdf_truth(value, false);
    else if (streq(key, "OPM"))
        gs->overprint_mode = pdf_int(value, 0) == 1;
    else if (streq(key, "CA"))
        gs->stroke_alpha = unit_interval(pdf_number(value, 1));
    else if (streq(key, "ca"))
        gs->fill_alpha = unit_interval(pdf_number(value, 1));
    else if (streq(key, "BM"))
        set_blend(w, value);
    else if (streq(key, "AIS"))
        gs->alpha_is_shape = pdf_truth(value, false);
    else if (streq(key, "TK"))
        gs->text_knockout = pdf_truth(value, true);
    else if (streq(key, "TR2") || (streq(key, "TR") && !pdf_lookup(w->file, dict, "TR2")))
        gs->transfer = !pdf_is_name(value, "Identity") && !pdf_is_name(value, "Default");
    else if (streq(key, "SMask")) {
        const SoftMask *mask = pdf_type(value) == PDF_DICT ? soft_mask_of(w, value) : NULL;
        w->state->gs.soft_mask = mask;
    }
}

void op_gstate(Walk *w, const Operand *v) {
    const PdfObj *dict = resource_find(w, RESOURCE_GSTATE, operand_text(&v[0]))->object;
    if (pdf_type(dict) != PDF_DICT) {
        walk_damage(w, "图形状态资源缺失", "a graphics state resource is missing");
        return;
    }
    for (int i = 0; i < pdf_length(dict); i++) {
        const PdfObj *value = pdf_value_at(w->file, dict, i);
        if (pdf_type(value) != PDF_NULL)
            set_gstate_entry(w, dict, pdf_key_at(dict, i), value);
    }
    const GraphicsState *gs = &w->state->gs;
    if (w->painter->transparency && (gs->fill_alpha < 1 || gs->stroke_alpha < 1 ||
                                     gs->blend != BLEND_NORMAL || gs->soft_mask))
        w->painter->transparency(w->painter->self);
}
