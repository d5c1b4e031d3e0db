/* A report of an artwork and one of its live-text twin made into one. */
#ifndef CHUPIN_CHECK_TWIN_H
#define CHUPIN_CHECK_TWIN_H

#include "check/report.h"

/* Lays over a finished report what the rules that read live text found in the twin (`twin` NULL: it
 * was not read). On pages that are not known to look the same they are unchecked. `live` is kept.
 */
void report_take_twin(Report *r, const Report *twin, const LiveTwin *live, const RuleSet *rules);
/* Is there anything to read in a twin? */
bool rules_read_live(const RuleSet *rules);

#endif
