/* Colour operators. */
#include "read/pdf/walk.h"

#include <math.h>
#include <string.h>

/* The nearest value the space allows (ISO 32000-1, 8.6.4 and following). */
static float nearest_valid(const ColourSpace *s, int i, double v) {
    double low = 0, high = 1;
    if (s->space == SPACE_LAB) {
        low = i == 0 ? 0 : s->range[2 * i - 2];
        high = i == 0 ? 100 : s->range[2 * i - 1];
    } else if (s->space == SPACE_INDEXED) {
        high = s->high;
    } else if (i < 4 && (s->range[2 * i] != 0 || s->range[2 * i + 1] != 0)) {
        low = s->range[2 * i];
        high = s->range[2 * i + 1];
    }
    return (float)(v < low ? low : v > high ? high : v == v ? v : low);
}

void colour_initial(Walk *w, Colour *c, const ColourSpace *space) {
    bool inks = space->space == SPACE_SEPARATION || space->space == SPACE_DEVICEN;
    c->space = space;
    c->pattern = PATTERN_NONE;
    c->pattern_object = NULL;
    for (int i = 0; i < space->components; i++)
        c->values[i] = inks ? 1 : nearest_valid(space, i, 0);
    if (space->space == SPACE_CMYK)
        c->values[3] = 1;
    c->serial = ++w->colour_serial;
}

void colour_below_pattern(Walk *w, Colour *out, const Colour *c) {
    *out = *c;
    out->space = c->space->base ? c->space->base : w->in->device[0];
    out->pattern = PATTERN_NONE;
    out->pattern_object = NULL;
    out->serial = ++w->colour_serial;
}

static void set_values(Walk *w, Colour *c, const ColourSpace *s, const Operand *v) {
    const ColourSpace *limits = s->space == SPACE_PATTERN ? s->base : s;
    bool same = c->space == s && s->space != SPACE_PATTERN;
    for (int i = 0; i < s->components; i++) {
        float value = nearest_valid(limits, i, v[i].number);
        same = same && value == c->values[i];
        c->values[i] = value;
    }
    if (same)
        return;
    c->space = s;
    c->pattern = PATTERN_NONE;
    c->pattern_object = NULL;
    c->serial = ++w->colour_serial;
}

static Colour *colour_of(Walk *w, bool stroke) {
    return stroke ? &w->state->gs.stroke : &w->state->gs.fill;
}

static void set_device(Walk *w, bool stroke, Space space, const Operand *v) {
    if (!w->content->uncoloured)
        set_values(w, colour_of(w, stroke), space_device(w, space), v);
}

void op_fill_gray(Walk *w, const Operand *v) {
    set_device(w, false, SPACE_GRAY, v);
}

void op_stroke_gray(Walk *w, const Operand *v) {
    set_device(w, true, SPACE_GRAY, v);
}

void op_fill_rgb(Walk *w, const Operand *v) {
    set_device(w, false, SPACE_RGB, v);
}

void op_stroke_rgb(Walk *w, const Operand *v) {
    set_device(w, true, SPACE_RGB, v);
}

void op_fill_cmyk(Walk *w, const Operand *v) {
    set_device(w, false, SPACE_CMYK, v);
}

void op_stroke_cmyk(Walk *w, const Operand *v) {
    set_device(w, true, SPACE_CMYK, v);
}

static void set_space(Walk *w, bool stroke, Str name) {
    if (w->content->uncoloured)
        return;
    const ColourSpace *s = space_from_name(w, name);
    if (s)
        colour_initial(w, colour_of(w, stroke), s);
    else
        walk_damage(w, "色彩空间资源缺失", "a colour space resource is missing");
}

void op_fill_space(Walk *w, const Operand *v) {
    set_space(w, false, operand_text(&v[0]));
}

void op_stroke_space(Walk *w, const Operand *v) {
    set_space(w, true, operand_text(&v[0]));
}

static bool all_numbers(const Operand *v, int count) {
    for (int i = 0; i < count; i++)
        if (v[i].type != OPERAND_NUMBER)
            return false;
    return true;
}

static void set_pattern(Walk *w, Colour *c, Str name, const Operand *v, int count) {
    PatternKind kind = PATTERN_NONE;
    const PdfObj *pattern = pattern_from_name(w, name, &kind);
    if (c->space->space != SPACE_PATTERN)
        c->space = w->in->pattern;
    if (!pattern) {
        walk_damage(w, "图案资源缺失", "a pattern resource is missing");
        c->pattern = PATTERN_NONE;
        c->pattern_object = NULL;
        return;
    }
    int components = c->space->components;
    if (count >= components && all_numbers(v + count - components, components)) {
        for (int i = 0; i < components; i++)
            c->values[i] = nearest_valid(c->space->base, i, v[count - components + i].number);
    } else if (kind == PATTERN_TILING &&
               pdf_int(pdf_lookup(w->file, pattern, "PaintType"), 1) == 2) {
        walk_damage(w, "颜色的参数数目不对", "a colour has the wrong number of values");
    }
    c->pattern = kind;
    c->pattern_object = pattern;
    c->serial = ++w->colour_serial;
}

static void set_colour(Walk *w, bool stroke) {
    const Reader *r = &w->content->reader;
    Colour *c = colour_of(w, stroke);
    int count = (int)r->count;
    if (w->content->uncoloured || count == 0)
        return;
    const Operand *last = &r->stack[count - 1];
    if (last->type == OPERAND_NAME) {
        set_pattern(w, c, operand_text(last), r->stack, count - 1);
        return;
    }
    int components = c->space->components;
    const Operand *v = last + 1 - components;
    if (c->space->space == SPACE_OTHER)
        return;
    if (c->space->space == SPACE_PATTERN || components > count || !all_numbers(v, components))
        walk_damage(w, "颜色的参数数目不对", "a colour has the wrong number of values");
    else
        set_values(w, c, c->space, v);
}

void op_fill_colour(Walk *w, const Operand *) {
    set_colour(w, false);
}

void op_stroke_colour(Walk *w, const Operand *) {
    set_colour(w, true);
}
