/* What the pages of the sign-off sheet are made of: blocks of known height, and rows of cells.
 * Internal to print.
 *
 * A section makes blocks; the flow lays them on pages: a block is never cut, a heading stays with
 * what follows it, a table repeats its heading. Only then is anything drawn, so that every page can
 * say how many there are. Everything lives in the arena of the Sheet. */
#ifndef CHUPIN_PRINT_SHEET_FLOW_H
#define CHUPIN_PRINT_SHEET_FLOW_H

#include "print/sheet_type.h"

typedef enum SheetWord {
#define SHEET_WORD(ID, zh, en) SAY_##ID,
#include "print/sheet_words.def"
#undef SHEET_WORD
    SHEET_WORDS
} SheetWord;

/* sheet_flow.c: blocks and pages. */
typedef struct Block {
    double height, before; /* before: white space above, unless the block begins a page */
    bool keep;             /* never the last on its page */
    bool fresh;            /* begins a page */
    bool foot;             /* stands at the foot of its page */
    size_t repeat;         /* index of the block repeated above it on a new page; 0: none */
    void (*draw)(Sheet *s, const void *what, double y);
    const void *what;
    int page;
    double y;
} Block;
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

#endif
