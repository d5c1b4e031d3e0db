/* How the live-text twin came out, in one line for every view. */
#ifndef CHUPIN_REPORT_LIVE_H
#define CHUPIN_REPORT_LIVE_H

#include "check/report.h"

/* "第 2、5 页和正稿对不上，那几页的文字没有核对". As it came: what the file says in it is not
 * escaped. */
const char *live_outcome(Arena *a, const LiveTwin *live, Lang lang);

#endif
