/* Pieces of single reports that the views of a batch put together. */
#ifndef CHUPIN_REPORT_BATCH_PARTS_H
#define CHUPIN_REPORT_BATCH_PARTS_H

#include "base/json.h"
#include "report/write.h"

#define SARIF_SCHEMA  "https://json.schemastore.org/sarif-2.1.0.json"
#define SARIF_VERSION "2.1.0"

JunitSums junit_sums(const Report *r);
void junit_begin(const JunitSums *sums, Sink *to);                     /* <testsuites> */
void junit_suite(const Report *r, const ReportStyle *style, Sink *to); /* one <testsuite> */
void sarif_run(Json *json, const Report *r, Lang lang);                /* one run */

#endif
