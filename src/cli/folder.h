/* Folders that results are written into: made with those above them, with a hidden folder inside
 * for what is not finished. */
#ifndef CHUPIN_CLI_FOLDER_H
#define CHUPIN_CLI_FOLDER_H

#include "cli/cli.h"

typedef struct Folder {
    const char *path, *temporary;
} Folder;

/* With those above it; one that is there is fine. */
Result folder_make(Arena *a, const char *path);
Result folder_open(Folder *out, const Cli *cli, const char *path);
/* Removes what was not finished. */
void folder_close(const Folder *f, const Cli *cli);

#endif
