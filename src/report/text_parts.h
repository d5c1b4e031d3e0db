/* Parts of the text report: report_text.c puts them in order. */
#ifndef CHUPIN_REPORT_TEXT_PARTS_H
#define CHUPIN_REPORT_TEXT_PARTS_H

#include "report/pen.h"

enum {
    ITEM_LABEL_COLUMNS = 8, /* "第 14 项", "item 14" */
    HEAD_NAME_COLUMNS = 6,
    SHOWN_LINES = 10 /* of a section */
};

typedef struct TextSection {
    Severity severity;
    Phrase title;
    const char *sign;
    Tint tint;
    bool with_fix;
} TextSection;

char *text_item_label(const Pen *pen, int item); /* padded to ITEM_LABEL_COLUMNS */
void text_head(const Pen *pen, const Report *r); /* who, which file, what size */
void text_findings(const Pen *pen, const Report *r, const TextSection *section);
/* The rows that did not fail: unchecked, human, passed, not applicable. `standing`: also what no
 * rule measures yet. */
void text_rows(const Pen *pen, const Report *r, bool standing);
/* What the record knows; nothing where there is none. */
void text_progress(const Pen *pen, const Report *r);       /* a line under the verdict */
void text_live(const Pen *pen, const Report *r);           /* the live-text twin, if any */
void text_signed_version(const Pen *pen, const Report *r); /* a line of the head */
void text_waived(const Pen *pen, const Report *r);
void text_mended(const Pen *pen, const Report *r);
void text_answers(const Pen *pen, const Report *r);
void text_signatures(const Pen *pen, const Report *r);
char *text_head_name(const Pen *pen, Phrase p); /* padded so that the head's values stand in line */
char *text_pages(const Pen *pen, const int *pages, size_t count); /* "第 3、9–12 页", "整个文件" */
void text_row_sums(const Pen *pen, const Report *r, int exit_code);

#endif
