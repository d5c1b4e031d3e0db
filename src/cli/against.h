/* `check --against`: what was mended, what is still there, what is new, without a record. */
#ifndef CHUPIN_CLI_AGAINST_H
#define CHUPIN_CLI_AGAINST_H

#include "cli/artwork.h"

/* The report at that path; `none` when the file holds no JSON at all. The bytes are as they are on
 * disk. */
Result report_file_read(Report **out, Str *json, bool *none, Arena *a, const char *path);

/* --against: a path that leads to a report is read; anything else is left for the record. */
Result against_read(CheckAsk *ask, const Cli *cli);
/* Lays the earlier report over this one. */
void against_lay(const CheckAsk *ask, Report *r, const RuleSet *rules);

#endif
