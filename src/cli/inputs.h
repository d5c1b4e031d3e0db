/* What check and facts share: the files that are named, the job options, the limits of a worker. */
#ifndef CHUPIN_CLI_INPUTS_H
#define CHUPIN_CLI_INPUTS_H

#include "check/job.h"
#include "cli/cli.h"
#include "run/worker.h"

/* The path leads to a file that may be read. */
Result input_open(const Cli *cli, const char *path, double *bytes);
const char *input_name(const char *path); /* without folders */
Result input_options(JobOptions *out,
                     const Cli *cli); /* as_of is always set; "today" when not given */
/* Local time as strftime writes it, or the time of $SOURCE_DATE_EPOCH. Nothing else here asks the
 * clock. */
char *clock_text(Arena *a, const char *format);
Result input_seconds(double *out, const Cli *cli); /* of --timeout; 0: the default */
/* Of -j: how many workers at a time, default one a core. */
Result input_jobs(int *out, const Cli *cli, OptionId option);

#endif
