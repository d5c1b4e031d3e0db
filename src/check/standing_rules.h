/* Rules over what is known only after the check: what the record knows, run when it is laid over a
 * report, and how the live-text twin compares. Internal to check. */
#ifndef CHUPIN_CHECK_STANDING_RULES_H
#define CHUPIN_CHECK_STANDING_RULES_H

#include "check/report.h"

/* Adds one, of the document as a whole. */
Finding *later_finding(Report *r, const Rule *rule, const RuleTally *tally, Outcome o);

/* Each adds its findings and puts their number into the tallies that the check left open. Nothing
 * to judge (no waiver, nothing signed) leaves them as they are. */
void standing_judge_signed(Report *r, const Standing *s, const RuleSet *rules);
void standing_judge_waivers(Report *r, const Standing *s, const RuleSet *rules);
void live_twin_judge(Report *r, const LiveTwin *live, const char *pages, const RuleSet *rules);

#endif
