/* Lines, fields and marks, drawn as shapes. Black and one colour, which is dark enough to stay a
 * dark grey on a black-and-white printer. */
#include "print/sheet_parts.h"

static const double tones[][3] = {
    [TONE_INK] = {0, 0, 0},   [TONE_QUIET] = {0.36, 0.36, 0.36}, [TONE_ALARM] = {0.74, 0.1, 0.1},
    [TONE_PAPER] = {1, 1, 1}, [TONE_HAIR] = {0.68, 0.68, 0.68},  [TONE_TINT] = {0.94, 0.94, 0.94},
};

void tone_set(Sheet *s, Tone tone) {
    cairo_set_source_rgb(s->cr, tones[tone][0], tones[tone][1], tones[tone][2]);
}

void rule_draw(Sheet *s, double x, double y, double width, double weight, Tone tone) {
    tone_set(s, tone);
    cairo_set_line_width(s->cr, weight);
    cairo_move_to(s->cr, x, y);
    cairo_rel_line_to(s->cr, width, 0);
    cairo_stroke(s->cr);
}

void frame_draw(Sheet *s, double x, double y, double w, double h, double weight, Tone tone) {
    tone_set(s, tone);
    cairo_set_line_width(s->cr, weight);
    cairo_rectangle(s->cr, x, y, w, h);
    cairo_stroke(s->cr);
}

void fill_draw(Sheet *s, double x, double y, double w, double h, Tone tone) {
    tone_set(s, tone);
    cairo_rectangle(s->cr, x, y, w, h);
    cairo_fill(s->cr);
}

/* Points of a mark on a square of one. */
static void path(Sheet *s, const double (*points)[2], size_t count, double x, double y,
                 double size) {
    for (size_t i = 0; i < count; i++)
        (i ? cairo_line_to : cairo_move_to)(s->cr, x + points[i][0] * size,
                                            y + points[i][1] * size);
}

static void check(Sheet *s, double x, double y, double size) {
    static const double points[][2] = {{0.12, 0.55}, {0.4, 0.82}, {0.9, 0.2}};
    path(s, points, 3, x, y, size);
    cairo_stroke(s->cr);
}

static void cross(Sheet *s, double x, double y, double size) {
    static const double fall[][2] = {{0.16, 0.16}, {0.84, 0.84}};
    static const double rise[][2] = {{0.16, 0.84}, {0.84, 0.16}};
    path(s, fall, 2, x, y, size);
    path(s, rise, 2, x, y, size);
    cairo_stroke(s->cr);
}

void icon_draw(Sheet *s, Icon icon, double x, double y, double size, Tone tone) {
    cairo_save(s->cr);
    tone_set(s, tone);
    cairo_set_line_width(s->cr, size * 0.15);
    cairo_set_line_join(s->cr, CAIRO_LINE_JOIN_MITER);
    cairo_new_path(s->cr);
    switch (icon) {
    case ICON_CHECK:
        check(s, x, y, size);
        break;
    case ICON_CROSS:
        cross(s, x, y, size);
        break;
    case ICON_QUERY:
        cairo_arc(s->cr, x + size / 2, y + size / 2, size * 0.38, 0, 2 * G_PI);
        cairo_stroke(s->cr);
        break;
    case ICON_DASH:
        cairo_move_to(s->cr, x + size * 0.15, y + size * 0.5);
        cairo_rel_line_to(s->cr, size * 0.7, 0);
        cairo_stroke(s->cr);
        break;
    case ICON_BOX_TICKED:
        cairo_set_line_width(s->cr, size * 0.17);
        check(s, x, y - size * 0.04, size);
        [[fallthrough]];
    case ICON_BOX:
        frame_draw(s, x, y, size, size, 0.7, tone);
        break;
    case ICON_DISC:
    case ICON_NONE:
        break;
    }
    cairo_restore(s->cr);
}

/* Numbers of three digits need a longer shape, so the disc grows into a lozenge with round ends. */
void disc_draw(Sheet *s, int number, double x, double y, double size, Tone tone) {
    const char *text = sheet_join(s, "%d", number);
    double width = type_width(s, FACE_TAG, text), r = size / 2;
    double stretch = width + size * 0.3 > size ? width + size * 0.3 - size : 0;
    tone_set(s, tone);
    cairo_new_path(s->cr);
    cairo_arc(s->cr, x + r, y + r, r, G_PI / 2, G_PI * 1.5);
    cairo_arc(s->cr, x + r + stretch, y + r, r, -G_PI / 2, G_PI / 2);
    cairo_fill(s->cr);
    double middle = y + r - type_leading(FACE_TAG) / 2;
    type_draw_in(s, FACE_TAG, TONE_PAPER, text, x, middle - 0.2, size + stretch, ALIGN_CENTRE);
}

double tick_width(const Sheet *s, Face f, const char *words) {
    return ICON_SIZE + 3 + type_width(s, f, words);
}

double tick_draw(Sheet *s, Face f, bool ticked, const char *words, double x, double y) {
    double top = y + (type_leading(f) - ICON_SIZE) / 2, width = type_width(s, f, words);
    icon_draw(s, ticked ? ICON_BOX_TICKED : ICON_BOX, x, top, ICON_SIZE, TONE_INK);
    type_draw(s, f, words, x + ICON_SIZE + 3, y, width + 1, ALIGN_LEFT);
    return tick_width(s, f, words);
}
