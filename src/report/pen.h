/* A pen writes lines for a terminal: indented, wrapped by display width, coloured when asked.
 *
 * Every text that comes from outside goes through `pen_safe`, so that nothing in a file can move
 * the cursor. */
#ifndef CHUPIN_REPORT_PEN_H
#define CHUPIN_REPORT_PEN_H

#include "report/write.h"

typedef enum Tint { TINT_PLAIN, TINT_BOLD, TINT_RED, TINT_YELLOW, TINT_GREEN, TINT_DIM } Tint;

typedef struct Pen {
    Sink *to;
    Arena *arena; /* scratch */
    Lang lang;
    int width;
    bool colour;
} Pen;

const char *pen_safe(const Pen *pen, const char *text); /* NULL gives "" */
const char *pen_phrase(const Pen *pen, Phrase p);
void pen_tinted(const Pen *pen, Tint tint, const char *text);
void pen_heading(const Pen *pen, Tint tint, const char *title); /* title and a rule to the edge */
/* `lead`, then `text` wrapped under itself, then `tail` at the right edge if there is room, else on
 * a line of its own. `text` may hold line ends; each starts a line at `indent`, the column where
 * all but the first line begin. */
void pen_entry(const Pen *pen, Tint tint, const char *lead, int indent, const char *text,
               const char *tail);
/* Short texts side by side, wrapped between them; lines after the first begin at `indent`. */
void pen_flow(const Pen *pen, int indent, const char *lead, const char *const *texts, size_t count);

int pen_columns(const char *text); /* display width of a whole string */

#endif
