/* The records of a batch: what people answered, waived and signed is laid over each result. Nothing
 * is written: a batch looks, `check` records. */
#ifndef CHUPIN_CLI_FULL_BATCH_RECORDS_H
#define CHUPIN_CLI_FULL_BATCH_RECORDS_H

#include "cli/batch.h"

BatchRecords *batch_records_open(const Cli *cli);
Result batch_records_lay(BatchRecords *self, Report *r, const Artwork *art);
void batch_records_close(BatchRecords *self);

#endif
