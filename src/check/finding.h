/* From hits to a Finding: geometry as people measure it, values with units, reasons, fingerprints.
 * Internal. */
#ifndef CHUPIN_CHECK_FINDING_H
#define CHUPIN_CHECK_FINDING_H

#include "check/hits.h"
#include "check/place.h"

/* Where a row of this kind is on its page (NULL: the document) and what was measured there. */
Place place_of(const Page *page, FactKind kind, const void *row, Value measured);
Measure measure_of(Arena *a, Value v, Text from);

typedef struct Reason {
    Text text;
    Text settle; /* what would settle it; NULLs: nothing known */
    bool by_file;
} Reason;
/* Why a rule could not be decided: the field at `path` (rule_unknown_path) was not known. */
Reason reason_of(Arena *a, Text path, const RuleEnv *env);

/* 12 hex digits that stay the same as long as rule, item, page, kind, place (to 1 mm) and value
 * do. */
const char *fingerprint_of(Arena *a, const Rule *rule, int item, int page, const Place *worst,
                           const Measure *measured);

/* A rule that could not be decided: outcome, message, what would settle it. Measured is nothing. */
void finding_leave_open(Arena *a, Finding *f, const Rule *rule, const Reason *why);

#endif
