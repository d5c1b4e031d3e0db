/* Text as outlines: a copy that shows no text of its own needs no font, and looks the same
 * everywhere. */
#include "print/annotated_parts.h"

#include <pango/pangocairo.h>
#include <string.h>

enum { EM = 1000, DECIMALS = 4 };

static void point(Sink *to, const cairo_path_data_t *p) {
    char x[32], y[32];
    number_format(x, sizeof x, p->point.x / EM, DECIMALS);
    number_format(y, sizeof y, -p->point.y / EM, DECIMALS); /* cairo's y grows downward */
    sink_format(to, "%s %s ", x, y);
}

static void segment(Sink *to, const cairo_path_data_t *p) {
    switch (p->header.type) {
    case CAIRO_PATH_MOVE_TO:
        point(to, p + 1);
        sink_str(to, "m\n");
        break;
    case CAIRO_PATH_LINE_TO:
        point(to, p + 1);
        sink_str(to, "l\n");
        break;
    case CAIRO_PATH_CURVE_TO:
        point(to, p + 1);
        point(to, p + 2);
        point(to, p + 3);
        sink_str(to, "c\n");
        break;
    case CAIRO_PATH_CLOSE_PATH:
        sink_str(to, "h\n");
        break;
    }
}

static PangoLayout *layout_of(cairo_t *cr, const char *text, bool bold) {
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    PangoLayout *layout = pango_cairo_create_layout(cr);
    pango_cairo_context_set_font_options(pango_layout_get_context(layout), options);
    cairo_font_options_destroy(options);
    PangoFontDescription *font =
        pango_font_description_from_string(bold ? "Noto Sans CJK SC Bold" : "Noto Sans CJK SC");
    pango_font_description_set_absolute_size(font, EM * PANGO_SCALE);
    pango_layout_set_font_description(layout, font);
    pango_font_description_free(font);
    pango_layout_set_text(layout, text, -1);
    return layout;
}

TextPath text_path(Arena *a, const char *text, bool bold) {
    /* Without an end: cairo drops what it thinks lies off the surface, from paths too. */
    cairo_surface_t *nowhere = cairo_recording_surface_create(CAIRO_CONTENT_ALPHA, NULL);
    cairo_t *cr = cairo_create(nowhere);
    PangoLayout *layout = layout_of(cr, text, bold);
    PangoLayoutLine *line = pango_layout_get_line_readonly(layout, 0);
    PangoRectangle logical;
    pango_layout_line_get_extents(line, NULL, &logical);
    cairo_move_to(cr, 0, 0);
    pango_cairo_layout_line_path(cr, line);
    cairo_path_t *path = cairo_copy_path(cr);
    Sink to = sink_memory(a);
    for (int i = 0; i < path->num_data; i += path->data[i].header.length)
        segment(&to, &path->data[i]);
    sink_str(&to, "f\n");
    sink_char(&to, '\0');
    cairo_path_destroy(path);
    g_object_unref(layout);
    cairo_destroy(cr);
    cairo_surface_destroy(nowhere);
    return (TextPath){to.bytes, (double)logical.width / PANGO_SCALE / EM};
}
