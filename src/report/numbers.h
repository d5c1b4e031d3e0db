/* The numbers of findings in views that show them on pages: one for each rule that has open places,
 * what must be mended first, then what should be looked at; among these by item and first page. The
 * same number stands on the sheet, in the web page and on the annotated copy. */
#ifndef CHUPIN_REPORT_NUMBERS_H
#define CHUPIN_REPORT_NUMBERS_H

#include "report/gather.h"

typedef struct Numbers {
    Line *lines;        /* line 0 has number 1 */
    size_t count, must; /* of which so many must be mended */
} Numbers;

Numbers numbers_of(Arena *a, const Report *r);
/* Of the line that holds the finding; 0: it has no number. */
int number_of(const Numbers *n, const Finding *f);
/* Sorts lines by item and first page, the document first; lines of one rule stay together. */
void lines_by_item(Line *lines, size_t count);

#endif
