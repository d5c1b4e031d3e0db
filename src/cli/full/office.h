/* What a command around the record needs, opened and closed as one: rules, options, the artwork or
 * folder that was named, and the desk over it. */
#ifndef CHUPIN_CLI_FULL_OFFICE_H
#define CHUPIN_CLI_FULL_OFFICE_H

#include "cli/full/desk.h"

typedef struct Office {
    Rulebook book;
    JobOptions options;
    double seconds;
    Artwork art;
    Desk desk;
    bool folder; /* no artwork was named: the desk has a place and no file */
} Office;

/* `path` is an artwork, a folder, or NULL for the folder we are in. Returns 0 or an exit code after
 * having said what is wrong; office_close in any case. */
int office_open(Office *o, const Cli *cli, const char *path, const RecordStamp *stamp);
void office_close(Office *o);

#endif
