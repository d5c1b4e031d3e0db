/* What a result belongs to besides the bytes of the file (design, section 1, rule 3): two runs
 * whose parts are the same give the same report.
 *
 * The record puts them together into the id of a run. A run that ended because time or memory ran
 * out has these parts too, but another try may end better: it answers for no other. */
#ifndef CHUPIN_CHECK_IDENTITY_H
#define CHUPIN_CHECK_IDENTITY_H

#include "base/sha256.h"
#include "check/job.h"
#include "rules/rules.h"

/* The effective job in one form, however it was written: all layers and options are in it,
 * resolved; keys stand in one order, lengths in one unit, pairs sorted. In it as well are the name
 * of the artwork, because rules read it, and where each limit comes from, because reports say it;
 * not in it what changes no result: where the record is, whom to notify. */
void job_canonical(Sink *to, const Jobs *jobs);
/* SHA-256 of that, and of the password that the file was opened with (NULL: none). */
void job_identity(const Jobs *jobs, const char *password, char hex[SHA256_HEX]);
/* Of all rules and of the data beside them: papers, sizes, inks, checklist, profile. */
void rules_identity(const RuleSet *rules, const RuleData *data, char hex[SHA256_HEX]);
/* "chupin 0.1.0, poppler 22.12.0, lcms2 2.14, press 5f3a…": the last is the profile that plates are
 * made with when neither file nor job names one. */
const char *tool_identity(Arena *a);

#endif
