/* The live-text twin as a job sheet names it: `live:`, relative to the folder of the artwork. */
#ifndef CHUPIN_CHECK_JOB_LIVE_H
#define CHUPIN_CHECK_JOB_LIVE_H

#include "base/text.h"

/* Where the twin of an artwork is; one in a stage of a hot folder has it in 待检, unless it lies
 * beside it. */
const char *live_path(Arena *a, const char *artwork, const char *live);
/* Is this file the twin of others, by the sheets that hold for it? */
bool live_is_twin(Arena *a, const char *path);

#endif
