/* The print-run sheet of a batch, written to --run-sheet FILE. */
#ifndef CHUPIN_CLI_FULL_BATCH_SHEET_H
#define CHUPIN_CLI_FULL_BATCH_SHEET_H

#include "cli/batch.h"

FullRunSheet batch_sheet;

#endif
