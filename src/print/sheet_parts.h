/* The sign-off sheet from inside: what is carried along while one is made, and the sections that
 * fill its pages. Internal to print. Everything lives in the arena of the Sheet. */
#ifndef CHUPIN_PRINT_SHEET_PARTS_H
#define CHUPIN_PRINT_SHEET_PARTS_H

#include "print/sheet.h"
#include "print/sheet_flow.h"
#include "report/numbers.h"

#include <fontconfig/fontconfig.h>
#include <hb.h>

typedef struct Thumb Thumb; /* of one page, drawn once (sheet_pictures.c) */

typedef struct SheetTitle {
    const char *title, *subject, *day; /* day: yyyy-mm-dd, of the document */
} SheetTitle;

struct Sheet {
    Arena *arena;
    const void *subject;       /* what `compose` sets */
    void (*compose)(Sheet *s); /* makes the blocks, from scratch each time */
    void (*footer)(Sheet *s);  /* of every page */
    SheetTitle (*title)(Sheet *s);
    const Report *r;
    const ReportStyle *style;
    const Standing *standing; /* never NULL: an empty one stands for none */
    Lang lang;
    cairo_t *cr;
    PangoFontMap *fonts;
    FcConfig *own;    /* the cut fonts and nothing else; NULL: the installed ones */
    int cut[WEIGHTS]; /* files of the cut fonts */
    hb_set_t *points; /* every code point that is set */
    PangoContext *context;
    PangoFont *face[FACES]; /* as loaded, to ask what they can show */
    Block *blocks;
    size_t block_count, block_capacity;
    size_t table; /* the block that is repeated on the pages a table goes on to; 0: none */
    int page, page_count;
    Numbers numbers;       /* as in every view */
    const char **overlong; /* in full, for the end of the sheet */
    size_t overlong_count, overlong_capacity;
    Thumb **pictures;
    size_t picture_count, picture_capacity;
};

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

/* sheet_pictures.c: pages of the artwork with numbered boxes on them. */
void thumbs_expect(Sheet *s, const int *pages, size_t count);
const Thumb *thumb_of(Sheet *s, int page);
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
void sheet_thumbnails_expect(Sheet *s); /* says which pages will be shown */
void sheet_look(Sheet *s);              /* warnings, what is unchecked */
void sheet_waivers(Sheet *s);
/* To the signed version, to the live-text twin, to the run before. */
void sheet_compared(Sheet *s);
const char *sheet_live_outcome(const Sheet *s); /* in one line */
void sheet_overlong(Sheet *s);                  /* what had no room in its place */
void sheet_proof(Sheet *s);                     /* versions, hashes, what the sheet is not */
void sheet_footer(Sheet *s);                    /* of every page */

/* sheet.c: sets it, twice: the first time for nobody, to learn which letters are needed. False: it
 * cannot be made, and to->error says so. */
bool sheet_make(Sheet *s, const char *stored, Sink *to);

/* sheet_pdf.c: the finished pages with the report attached; false: cannot be put together. */
bool sheet_pdf(Str pages, const char *stored, Lang lang, Sink *to);

#endif
