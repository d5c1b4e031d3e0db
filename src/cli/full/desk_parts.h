/* Internal to desk. */
#ifndef CHUPIN_CLI_FULL_DESK_PARTS_H
#define CHUPIN_CLI_FULL_DESK_PARTS_H

#include "cli/full/desk.h"

/* One hash a page of the file; NULL entries: not known. */
const char *const *desk_page_hashes(const Desk *d, const Report *r, size_t *count);

#endif
