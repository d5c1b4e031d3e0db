/* What a run found, in the event of the run: the verdict and the rows of its findings, under the
 * keys they have in the report. So the tables are made, and a record is verified, without reading
 * any report again. Internal to record. */
#ifndef CHUPIN_RECORD_RUN_FOUND_H
#define CHUPIN_RECORD_RUN_FOUND_H

#include "record/body.h"
#include "record/record.h"

/* Adds "verdict" and "findings". ERR_USAGE when the report is no JSON. */
Result run_found_write(Body *b, Arena *a, const RecordRun *run);
/* Whether an event has them: the first records have them in their reports alone. */
bool run_found_in(const json_t *body);

#endif
