/* A report of an artwork and one of its live-text twin made into one. */
#ifndef CHUPIN_CHECK_TWIN_H
#define CHUPIN_CHECK_TWIN_H

#include "check/report.h"

/* Which page of the artwork each page of the twin looks like, from 1; 0: none. */
typedef struct TwinPages {
    const int *artwork;
    size_t count;
} TwinPages;

/* Lays over a finished report what the rules that read live text found in the twin (`twin` NULL: it
 * was not read), on the pages that look the same. On the others they are unchecked. `live` is kept.
 */
void report_take_twin(Report *r, const Report *twin, const TwinPages *pages, const LiveTwin *live,
                      const RuleSet *rules);
/* Is there anything to read in a twin? */
bool rules_read_live(const RuleSet *rules);

#endif
