/* Setting the sign-off sheet: type, lines and marks. Internal to print.
 *
 * Lengths are pt, y grows downward; x is measured from the left edge of the column. */
#ifndef CHUPIN_PRINT_SHEET_TYPE_H
#define CHUPIN_PRINT_SHEET_TYPE_H

#include "base/units.h"

#include <pango/pangocairo.h>

/* A4 with room for the holes of a folder on the left. */
#define SHEET_W     MM(210)
#define SHEET_H     MM(297)
#define COLUMN_LEFT MM(20)
#define COLUMN_W    MM(176)
#define HAIR        MM(0.2) /* the thinnest line: the house lets none thinner through */
#define BODY_TOP    MM(14)
#define BODY_BOTTOM MM(281)

typedef struct Sheet Sheet;

/* Sizes of type, made from sheet_faces.def. */
typedef enum Face {
#define FACE(ID, size, leading, bold, tone) FACE_##ID,
#include "print/sheet_faces.def"
#undef FACE
    FACES
} Face;
typedef enum Tone { TONE_INK, TONE_QUIET, TONE_ALARM, TONE_PAPER, TONE_HAIR, TONE_TINT } Tone;
enum { WEIGHTS = 2 };
typedef enum Align { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT } Align;

typedef enum Icon { /* drawn as shapes: no font has to have them */
                    ICON_NONE,
                    ICON_CHECK,
                    ICON_CROSS,
                    ICON_QUERY,
                    ICON_DASH,
                    ICON_BOX,
                    ICON_BOX_TICKED,
                    ICON_DISC /* with a number in it */
} Icon;

/* sheet_type.c: setting type. */
bool type_open(Sheet *s); /* false: the font is not installed */
void type_close(Sheet *s);
/* sheet_cut.c: from here on in fonts that hold only `points`; false: not possible. */
bool type_cut(Sheet *s);
void type_uncut(Sheet *s);
bool type_load(Sheet *s); /* the faces out of s->fonts; false: they are not there */
void type_unload(Sheet *s);
PangoFont *type_font(const Sheet *s, bool bold);
bool type_has(const Sheet *s, int32_t point);
double type_size(Face f);
double type_leading(Face f);
double type_rise(Face f); /* from the top of a text to its first baseline */
double type_width(const Sheet *s, Face f, const char *text);
double type_height(const Sheet *s, Face f, const char *text, double width);
/* The text wrapped to the width, in the tone of the face. */
void type_draw(Sheet *s, Face f, const char *text, double x, double y, double width, Align align);
void type_draw_in(Sheet *s, Face f, Tone tone, const char *text, double x, double y, double width,
                  Align align);

/* sheet_shapes.c: lines and marks. */
void tone_set(Sheet *s, Tone tone);
void rule_draw(Sheet *s, double x, double y, double width, double weight, Tone tone);
void frame_draw(Sheet *s, double x, double y, double w, double h, double weight, Tone tone);
void fill_draw(Sheet *s, double x, double y, double w, double h, Tone tone);
/* In a square of that size. */
void icon_draw(Sheet *s, Icon icon, double x, double y, double size, Tone tone);
void disc_draw(Sheet *s, int number, double x, double y, double size, Tone tone);
/* A box to tick and its words; gives the width used. */
double tick_draw(Sheet *s, Face f, bool ticked, const char *words, double x, double y);
double tick_width(const Sheet *s, Face f, const char *words);
enum { ICON_SIZE = 8 }; /* pt, beside body text */

#endif
