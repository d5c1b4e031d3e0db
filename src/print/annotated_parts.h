/* The annotated copy from inside. Internal to print. Everything lives in the arena of the Copy; its
 * handles of objects go with the document. */
#ifndef CHUPIN_PRINT_ANNOTATED_PARTS_H
#define CHUPIN_PRINT_ANNOTATED_PARTS_H

#include "print/annotated.h"
#include "report/numbers.h"

#include <qpdf/qpdf-c.h>

typedef enum NoteWord {
#define NOTE_WORD(ID, zh, en) NOTE_##ID,
#include "print/annotated_words.def"
#undef NOTE_WORD
    NOTE_WORDS
} NoteWord;

typedef enum NoteKind {
    KIND_MUST,
    KIND_LOOK,
    KIND_INFO,
    KIND_UNCHECKED,
    KIND_WAIVED,
    NOTE_KINDS
} NoteKind;

/* A page as it lies in the file. */
typedef struct Frame {
    qpdf_oh object;
    Page page;       /* only what place.h reads */
    double unit;     /* UserUnit */
    Box media, crop; /* user space */
    int notes;       /* that have no place of their own, so far */
    Box *labels;     /* so far, user space */
    size_t label_count, label_capacity;
    qpdf_oh annots; /* an array */
} Frame;

typedef struct Copy {
    Arena *arena;
    const Report *r;
    const ReportStyle *style;
    Numbers numbers;
    qpdf_data q;
    Frame *frames;
    size_t frame_count;
    const Box *shown; /* raster artwork: what each page shows, mm; NULL: of a PDF */
    struct DrawnWords *letters;
    size_t letter_count, letter_capacity;
} Copy;

Result copy_trouble(const Copy *c, const char *zh, const char *en);
/* Reads the artwork and makes the copy; the bytes belong to the document. */
Result copy_make(Copy *c, Str *out);
/* What of the artwork has to be seen for that. */
PictureWish *copy_wishes(const Copy *c, size_t *count);

/* annotated_run.c: copy_make in a worker. */
Result copy_run(Copy *c, Sink *to);

/* annotated_words.c */
const char *note_word(NoteWord w, Lang lang);
NoteKind note_kind(const Finding *f);
NoteWord kind_word(NoteKind k);
const double *kind_colour(NoteKind k); /* red, green, blue */
/* What stands in the popup: both languages, the reader's first. */
const char *note_text(const Copy *c, const Finding *f);
/* "3", "?" for what is not checked, "i" for what is for information, "–" for what is waived. */
const char *note_label(const Copy *c, const Finding *f);

/* annotated_frame.c: where places lie. */
void frames_read(Copy *c);
Frame *frame_of(const Copy *c, int page); /* NULL: the file has no such page */
/* A place of a finding in user space. */
Box frame_box(const Frame *f, bool from_trim, Box mm);
/* Draws upright as viewed from the lower left corner of a box on; all in user space. */
void frame_upright(const Frame *f, Box box, double scale, double matrix[6]);
Box frame_place(const Frame *f, bool from_trim, Box user); /* and back */
double frame_side(const Frame *f);                         /* the longer one of what is seen, mm */

/* annotated_path.c: text as outlines, so that no font is needed. */
typedef struct TextPath {
    const char *content; /* operators that fill it; the baseline starts at 0, 0, an em is 1 */
    double width;        /* em */
} TextPath;
TextPath text_path(Arena *a, const char *text, bool bold);

/* annotated_letters.c: all the copy says in outlines, made before the artwork is opened. */
void letters_ready(Copy *c);
TextPath letters_of(const Copy *c, const char *text);
const char *review_words(const Copy *c); /* on every page */

/* annotated_marks.c */
void marks_add(Copy *c);

/* annotated_outline.c: bookmarks. */
void outline_add(Copy *c);

/* annotated_pages.c: the words on every page, and what must not be left of the artwork. */
void pages_stamp(Copy *c);
void claims_remove(Copy *c);

/* annotated_raster.c: pages with the picture of raster artwork. */
Result raster_pages(Copy *c);

/* Numbers for content and objects: no locale, no trailing zeros. */
const char *pdf_num(Arena *a, double value);
const char *pdf_rect(Arena *a, Box b);       /* "[x0 y0 x1 y1]" */
qpdf_oh pdf_dict(Copy *c, const char *text); /* of direct values only */
qpdf_oh pdf_content(Copy *c, qpdf_oh dict_stream, const char *content);

#endif
