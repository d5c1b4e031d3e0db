/* The sign-off sheet from inside: how it is set, the blocks its pages are made of, and the sections
 * that fill them. Internal to print.
 *
 * A section makes blocks of known height; the flow lays them on pages, and only then is anything
 * drawn, so that every page can say how many there are. Lengths are pt, y grows downward; x is
 * measured from the left edge of the column. Everything lives in the arena of the Sheet. */
#ifndef CHUPIN_PRINT_SHEET_PARTS_H
#define CHUPIN_PRINT_SHEET_PARTS_H

#include "print/sheet.h"
#include "report/gather.h"

#include <cairo.h>
#include <pango/pangocairo.h>

/* A4 with room for the holes of a folder on the left. */
#define SHEET_W     MM(210)
#define SHEET_H     MM(297)
#define COLUMN_LEFT MM(20)
#define COLUMN_W    MM(176)
#define BODY_TOP    MM(14)
#define BODY_BOTTOM MM(281)

typedef enum SheetWord {
#define SHEET_WORD(ID, zh, en) SAY_##ID,
#include "print/sheet_words.def"
#undef SHEET_WORD
    SHEET_WORDS
} SheetWord;

/* Sizes of type, made from sheet_faces.def. */
typedef enum Face {
#define FACE(ID, size, leading, bold, tone) FACE_##ID,
#include "print/sheet_faces.def"
#undef FACE
    FACES
} Face;
typedef enum Tone { TONE_INK, TONE_QUIET, TONE_ALARM, TONE_PAPER, TONE_HAIR, TONE_TINT } Tone;
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

typedef struct Block Block;
typedef struct Thumb Thumb; /* of one page, drawn once (sheet_pictures.c) */

typedef struct Sheet {
    Arena *arena;
    const Report *r;
    const ReportStyle *style;
    const Standing *standing; /* never NULL: an empty one stands for none */
    Lang lang;
    cairo_t *cr;
    PangoFontMap *fonts;
    PangoContext *context;
    PangoFont *face[FACES]; /* as loaded, to ask what they can show */
    Block *blocks;
    size_t block_count, block_capacity;
    size_t table; /* the block that is repeated on the pages a table goes on to; 0: none */
    int page, page_count;
    Line *must, *look; /* open errors and warnings; the number of a line is its place in both */
    size_t must_count, look_count;
    const char **overlong; /* in full, for the end of the sheet */
    size_t overlong_count, overlong_capacity;
    Thumb **pictures;
    size_t picture_count, picture_capacity;
} Sheet;

/* sheet_text.c: words, and text from outside made fit to be shown. */
const char *sheet_say(const Sheet *s, SheetWord w);
__attribute__((format(printf, 2, 3))) const char *sheet_join(const Sheet *s, const char *format,
                                                             ...);
const char *sheet_safe(const Sheet *s, const char *text); /* NULL gives "" */
const char *sheet_safe_in(const Sheet *s, Text t);
/* A text for a field of so many lines: one that is longer is shortened there and stands in full at
 * the end of the sheet. */
const char *sheet_fit(Sheet *s, const char *text, Face f, double width, int lines);
const char *sheet_short_id(const Sheet *s); /* "970C-7696-0244"; "" unknown */
const char *sheet_file_facts(const Sheet *s);
const char *sheet_page_list(const Sheet *s, const int *pages, size_t count);
const char *sheet_day(const Sheet *s, const char *at); /* "2026-01-17" of a time */
const char *sheet_after(const Sheet *s, const char *a,
                        const char *b); /* joined by a space if both say */

/* sheet_type.c: setting type. */
bool type_open(Sheet *s); /* false: the font is not installed */
void type_close(Sheet *s);
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

/* sheet_flow.c: blocks and pages. */
struct Block {
    double height, before; /* before: white space above, unless the block begins a page */
    bool keep;             /* never the last on its page */
    bool fresh;            /* begins a page */
    bool foot;             /* stands at the foot of its page */
    size_t repeat;         /* index of the block repeated above it on a new page; 0: none */
    void (*draw)(Sheet *s, const void *what, double y);
    const void *what;
    int page;
    double y;
};
Block *flow_add(Sheet *s, double height, double before,
                void (*draw)(Sheet *s, const void *what, double y), const void *what);
double flow_rest(const Sheet *s); /* height that is left on the first page */
void flow_lay(Sheet *s);
void flow_heading(Sheet *s, const char *title, const char *aside);
void flow_text(Sheet *s, Face f, const char *text);             /* a paragraph; "" adds nothing */
void flow_facts(Sheet *s, const char *name, const char *value); /* one line of name and value */

/* sheet_table.c: rows of cells on a grid. */
typedef struct Para {
    Face face;
    const char *text;
} Para;
enum { CELL_PARAS = 5, ROW_CELLS = 6 };
typedef struct Cell {
    double x, w;
    Align align;
    Icon icon;
    int number; /* in the disc */
    bool alarm; /* the mark and the first paragraph stand out */
    size_t count;
    Para paras[CELL_PARAS];
    bool ticks[3];             /* with `tick_words`: which are ticked */
    const char *tick_words[3]; /* boxes before the paragraphs */
} Cell;
typedef struct Row {
    double least; /* height */
    size_t count;
    Cell cells[ROW_CELLS];
} Row;
typedef struct Column {
    double x, w; /* mm */
    SheetWord title;
} Column;
void cell_say(Cell *c, Face f, const char *text);                      /* "" adds nothing */
void cell_fit(Sheet *s, Cell *c, Face f, const char *text, int lines); /* the same, fitted */
Row *row_new(Sheet *s, const Column *columns, size_t count);
double row_height(Sheet *s, const Row *row);
void row_draw(Sheet *s, const void *row, double y);
void table_begin(Sheet *s, const Column *columns, size_t count);
void table_row(Sheet *s, Row *row); /* a hairline under it */
void table_end(Sheet *s);

/* sheet_numbers.c: which findings are numbered, and how. */
void numbers_gather(Sheet *s);
int number_of_finding(const Sheet *s, const Finding *f); /* 0: it has none */
const Line *numbered_line(const Sheet *s, int number);

/* sheet_pictures.c: pages of the artwork with numbered boxes on them. */
const Thumb *thumb_of(Sheet *s, int page, int most);
double thumb_height(const Thumb *p, double width, double most);
void thumb_draw(Sheet *s, const Thumb *p, double x, double y, double width, double height);
const char *thumb_trouble(const Sheet *s, const Thumb *p); /* "" when there is none */
void thumbs_close(Sheet *s);

/* Sections, in the order of the sheet. */
void sheet_head(Sheet *s);                /* title, verdict */
void sheet_identity(Sheet *s);            /* job, file, fingerprint, QR */
void sheet_front(Sheet *s, double below); /* page 1 of the artwork, what is wrong; leaves `below` */
double sheet_actors_height(Sheet *s);
void sheet_actors(Sheet *s);
double sheet_signatures_height(Sheet *s);
const char *sheet_party_name(const Sheet *s, Party party);
void sheet_signatures(Sheet *s);
void sheet_rows(Sheet *s); /* the 15 rows */
void sheet_must(Sheet *s); /* open must-fix items */
void sheet_thumbnails(Sheet *s);
void sheet_look(Sheet *s); /* warnings, what is unchecked */
void sheet_waivers(Sheet *s);
void sheet_compared(Sheet *s); /* to the signed version, to the run before */
void sheet_overlong(Sheet *s); /* what had no room in its place */
void sheet_proof(Sheet *s);    /* versions, hashes, what the sheet is not */
void sheet_footer(Sheet *s);   /* of every page */

/* sheet_pdf.c: the finished pages with the report attached; false: cannot be put together. */
bool sheet_pdf(Str pages, const char *stored, Lang lang, Sink *to);

#endif
