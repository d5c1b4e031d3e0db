/* The sign-off sheet 出品检查单: a finished Report and its Standing as an A4 PDF that is printed,
 * ticked, signed and filed.
 *
 * The same report gives the same bytes: dates come from it, names of subsets and the identifier of
 * the file from the content. The report as the record keeps it (style->stored) goes along as an
 * attachment, byte for byte. The sheet is set in Noto Sans CJK SC and in nothing else; what that
 * font cannot show stands as an escape. */
#ifndef CHUPIN_PRINT_SHEET_H
#define CHUPIN_PRINT_SHEET_H

#include "report/write.h"

/* Is the font of the sheet installed? The Result says what to install. */
Result sheet_ready(Arena *a);

/* Writes nothing and sets to->error when the sheet cannot be made. */
void report_sheet(const Report *r, const ReportStyle *style, Sink *to);

#endif
