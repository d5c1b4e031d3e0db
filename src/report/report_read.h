/* A stored report read back: chupin.report/1 as report_json wrote it, and the places of its
 * findings.
 *
 * What is read renders in every format as the Report that was written did. Keys that are not known
 * are passed over, as are people's answers: those are the record's. Every text is copied into the
 * arena. */
#ifndef CHUPIN_REPORT_REPORT_READ_H
#define CHUPIN_REPORT_REPORT_READ_H

#include "check/report.h"

/* ERR_USAGE: no JSON, no report of ours, one of a newer schema, or one that is damaged; `name` says
 * which in the message. */
Result report_read(Report **out, Arena *a, Str json, const char *name);

/* Every place of the findings that show only some of theirs (chupin.places/1), for a record to keep
 * beside the report; empty when each shows all. */
Str report_places(Arena *a, const Report *r);
/* Puts them back into the same report. */
Result report_take_places(Report *r, Str json);

#endif
