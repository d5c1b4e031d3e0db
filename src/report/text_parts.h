/* Parts of the text report: report_text.c puts them in order. */
#ifndef CHUPIN_REPORT_TEXT_PARTS_H
#define CHUPIN_REPORT_TEXT_PARTS_H

#include "report/pen.h"

enum { ITEM_LABEL_COLUMNS = 8 }; /* "第 14 项", "item 14" */

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
void text_row_sums(const Pen *pen, const Report *r, int exit_code);

#endif
