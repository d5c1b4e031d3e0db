/* The annotated copy …_批注.pdf: the artwork with a numbered square on every finding, a note to
 * each, bookmarks by severity, rule and page, and on every page that it is for review and not for
 * print.
 *
 * It is another file: the artwork is only read. Nothing of it that claims to be ready for print is
 * left (output intents, PDF/X keys, XMP). Raster artwork becomes pages with its picture. The same
 * report and artwork give the same bytes. */
#ifndef CHUPIN_PRINT_ANNOTATED_H
#define CHUPIN_PRINT_ANNOTATED_H

#include "report/write.h"

/* Reads style->artwork; raster artwork is shown by style->pictures. The Result says why there is no
 * copy: no artwork at hand, other bytes than were checked, encrypted, damaged. */
Result annotated_write(Arena *a, const Report *r, const ReportStyle *style, Sink *to);
/* The same for a table of formats: sets to->error when there is no copy. */
void report_annotated(const Report *r, const ReportStyle *style, Sink *to);

#endif
