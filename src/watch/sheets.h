/* A job sheet of one file, <name>.chupin.yaml in 待检, when that file gets another name. Internal
 * to watch. */
#ifndef CHUPIN_WATCH_SHEETS_H
#define CHUPIN_WATCH_SHEETS_H

#include "base/text.h"

/* Artwork that was `path` below 待检 is `now` from here on: the sheet that is its own goes along as
 * a copy, since another file may still have the first name. One that is there already stays, and
 * nothing happens where there is no sheet. Returns 0 or an errno. */
int sheet_goes_along(Arena *a, const char *root, const char *path, const char *now);

#endif
