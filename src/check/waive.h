/* Waivers: what somebody takes responsibility for, place by place (design, section 4).
 *
 * A waiver is given for one finding and holds every place that was hit there. Later a place is
 * waived if rule, page and kind agree, the box is within 0.5 mm, the value is no worse than the one
 * waived and the content, where both know it, is the same. Each place that was waived covers one
 * hit and no more, so that a second hit on the same spot keeps the finding open. The fingerprint is
 * only the handle that a person types. */
#ifndef CHUPIN_CHECK_WAIVE_H
#define CHUPIN_CHECK_WAIVE_H

#include "check/report.h"

/* A waiver for all of `f`: fingerprint, rule, and what it covers. Refused: a finding that is not
 * broken but unchecked, one with more places than were kept, a reason of less than four characters
 * or of nothing but the rule's id, nobody's name. */
Result waiver_of(Waiver *out, Arena *a, const Finding *f, const char *why, const char *by);
/* `typed` is a date (2026-02-01) or a version (v4, 4); sets the one and clears the other. */
Result waiver_until(Waiver *w, Arena *a, const char *typed);

/* What it covers, as text for a record (chupin.places/1), and back into kind, worse … given. */
Str waiver_places(Arena *a, const Waiver *w);
Result waiver_take_places(Waiver *w, Arena *a, Str text);

/* Matches waivers against the findings of `r`: sets Finding.waiver and waived_places, and state and
 * places of each waiver. `today`: yyyy-mm-dd; version 0: not known. */
void waivers_match(Report *r, Waiver *waivers, size_t count, const char *today, int version);

#endif
