/* What `chupin plates` says and writes of its result. */
#ifndef CHUPIN_CLI_PLATES_TEXT_H
#define CHUPIN_CLI_PLATES_TEXT_H

#include "cli/folder.h"
#include "run/plates_run.h"

/* Pages with their inks on standard output; what could not be drawn on standard error. */
void plates_say(const Cli *cli, const PlatesResult *r, const char *dir);
/* coverage.json: what stands on every plate, in the order of pages. */
Result plates_coverage(const Cli *cli, const PlatesResult *r, const Folder *folder);

#endif
