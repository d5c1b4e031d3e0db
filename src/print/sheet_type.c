/* Setting type: one family, every line on a leading of its own. */
#include "print/sheet_parts.h"

#include <string.h>

static const char family[] = "Noto Sans CJK SC";

typedef struct FaceRow {
    double size, leading;
    bool bold;
    Tone tone;
} FaceRow;

static const FaceRow faces[FACES] = {
#define FACE(ID, size, leading, bold, tone) [FACE_##ID] = {size, leading, bold, tone},
#include "print/sheet_faces.def"
#undef FACE
};

static PangoFontDescription *description(Face f) {
    PangoFontDescription *d = pango_font_description_new();
    pango_font_description_set_family_static(d, family);
    pango_font_description_set_weight(d, faces[f].bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(d, faces[f].size * PANGO_SCALE);
    return d;
}

/* Pango takes what it finds when the family is not there; the sheet does not. */
static bool is_ours(PangoFont *font) {
    if (!font)
        return false;
    PangoFontDescription *d = pango_font_describe(font);
    const char *name = pango_font_description_get_family(d);
    bool ours = name && strcmp(name, family) == 0;
    pango_font_description_free(d);
    return ours;
}

/* Widths must not depend on a screen, or lines would break elsewhere on another machine. */
static void no_hints(PangoContext *context) {
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(context, 72);
    pango_context_set_round_glyph_positions(context, FALSE);
}

bool type_load(Sheet *s) {
    s->context = pango_font_map_create_context(s->fonts);
    no_hints(s->context);
    pango_context_set_language(s->context,
                               pango_language_from_string(s->lang == LANG_ZH ? "zh-cn" : "en"));
    pango_context_set_base_dir(s->context, PANGO_DIRECTION_LTR);
    bool all = true;
    for (int f = 0; f < FACES; f++) {
        PangoFontDescription *d = description((Face)f);
        s->face[f] = pango_font_map_load_font(s->fonts, s->context, d);
        pango_font_description_free(d);
        all = is_ours(s->face[f]) && all;
    }
    return all;
}

void type_unload(Sheet *s) {
    for (int f = 0; f < FACES; f++)
        g_clear_object(&s->face[f]);
    g_clear_object(&s->context);
    g_clear_object(&s->fonts);
}

bool type_open(Sheet *s) {
    s->points = hb_set_create();
    s->fonts = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    return s->fonts && type_load(s);
}

void type_close(Sheet *s) {
    type_uncut(s);
    type_unload(s);
    hb_set_destroy(s->points);
}

PangoFont *type_font(const Sheet *s, bool bold) {
    int f = 0;
    while (faces[f].bold != bold)
        f++;
    return s->face[f];
}

bool type_has(const Sheet *s, int32_t point) {
    return pango_font_has_char(s->face[FACE_BODY], (gunichar)point);
}

double type_size(Face f) {
    return faces[f].size;
}

double type_leading(Face f) {
    return faces[f].leading;
}

/* The ideographs of the family reach 0.88 em above their baseline and 0.12 em below it. */
double type_rise(Face f) {
    return (faces[f].leading - faces[f].size) / 2 + faces[f].size * 0.88;
}

static void note_points(const Sheet *s, const char *text) {
    const char *end = text + strlen(text);
    int32_t point;
    while (text < end) {
        text_next(&text, end, &point);
        hb_set_add(s->points, (hb_codepoint_t)point);
    }
}

static PangoLayout *layout_new(const Sheet *s, Face f, const char *text, double width) {
    PangoLayout *layout = pango_layout_new(s->context);
    note_points(s, text);
    PangoFontDescription *d = description(f);
    PangoAttrList *attributes = pango_attr_list_new();
    pango_attr_list_insert(attributes, pango_attr_fallback_new(FALSE));
    pango_attr_list_insert(attributes, pango_attr_insert_hyphens_new(FALSE));
    if (s->lang == LANG_EN) /* quotes as wide as Latin letters want them */
        pango_attr_list_insert(attributes, pango_attr_font_features_new("pwid"));
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
    pango_layout_set_font_description(layout, d);
    pango_font_description_free(d);
    pango_layout_set_auto_dir(layout, FALSE);
    pango_layout_set_wrap(layout, PANGO_WRAP_WORD_CHAR);
    pango_layout_set_width(layout, width > 0 ? (int)(width * PANGO_SCALE) : -1);
    pango_layout_set_text(layout, text, -1);
    return layout;
}

double type_width(const Sheet *s, Face f, const char *text) {
    PangoLayout *layout = layout_new(s, f, text, 0);
    int width;
    pango_layout_get_size(layout, &width, NULL);
    g_object_unref(layout);
    return (double)width / PANGO_SCALE;
}

double type_height(const Sheet *s, Face f, const char *text, double width) {
    if (!*text)
        return 0;
    PangoLayout *layout = layout_new(s, f, text, width);
    int lines = pango_layout_get_line_count(layout);
    g_object_unref(layout);
    return lines * faces[f].leading;
}

static double line_start(PangoLayoutLine *line, double width, Align align) {
    PangoRectangle extent;
    pango_layout_line_get_extents(line, NULL, &extent);
    double slack = width - (double)extent.width / PANGO_SCALE;
    return align == ALIGN_LEFT ? 0 : align == ALIGN_CENTRE ? slack / 2 : slack;
}

void type_draw_in(Sheet *s, Face f, Tone tone, const char *text, double x, double y, double width,
                  Align align) {
    if (!*text)
        return;
    PangoLayout *layout = layout_new(s, f, text, width);
    tone_set(s, tone);
    int lines = pango_layout_get_line_count(layout);
    for (int i = 0; i < lines; i++) {
        PangoLayoutLine *line = pango_layout_get_line_readonly(layout, i);
        cairo_move_to(s->cr, x + line_start(line, width, align),
                      y + type_rise(f) + i * faces[f].leading);
        pango_cairo_show_layout_line(s->cr, line);
    }
    g_object_unref(layout);
}

void type_draw(Sheet *s, Face f, const char *text, double x, double y, double width, Align align) {
    type_draw_in(s, f, faces[f].tone, text, x, y, width, align);
}
