/* The print-run sheet 印件单: every file of a batch with its verdict, what the files have to do
 * with each other, and what has to be mended most, as an A4 PDF in the type of the sign-off sheet.
 */
#ifndef CHUPIN_PRINT_RUN_SHEET_H
#define CHUPIN_PRINT_RUN_SHEET_H

#include "report/batch.h"

/* Writes nothing and sets to->error when it cannot be made. */
void run_sheet(const Batch *b, const ReportStyle *style, const char *as_of, Sink *to);

#endif
