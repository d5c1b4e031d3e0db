/* Checking one file: rules × job × facts, while the file is being read.
 *
 * `check_file` runs where the caller chooses (a child process in the product) and tells what it
 * finds through a CheckTeller as pages finish, so that what was found before a crash is not lost.
 * It keeps no state between calls. */
#ifndef CHUPIN_CHECK_CHECK_H
#define CHUPIN_CHECK_CHECK_H

#include "check/report.h"
#include "read/read.h"

typedef struct CheckTeller {
    void *self;
    void (*file)(void *self, const File *file, const Document *document); /* once, after opening */
    void (*page)(void *self, const PageSummary *page);
    void (*finding)(void *self, const Finding *finding);
    void (*unproven)(void *self, const Unproven *line);
    void (*tally)(void *self, const RuleTally *tally); /* once a rule, at the end */
    void (*profile)(void *self, const UsedProfile *profile);
} CheckTeller;

/* Rules that read live text belong to the twin (a file like the artwork whose text is not outlined
 * yet), all others to the artwork. */
typedef enum CheckPart {
    CHECK_ALONE,       /* there is no twin: what reads live text is unchecked */
    CHECK_BESIDE_TWIN, /* the artwork; the twin is looked at by itself */
    CHECK_TWIN         /* the twin: only what reads live text */
} CheckPart;

typedef struct CheckInput {
    const RuleSet *rules;
    const RuleData *data;
    const Jobs *jobs;
    const char *path, *name; /* name: as the report shows it */
    const char *password;
    CheckPart part;
    struct CheckShare *share; /* check/page_shares.h; NULL: one process checks all of it */
} CheckInput;

Result check_file(Arena *a, const CheckInput *input, const CheckTeller *to);

/* The plan of reading that the rules need and the listener that runs them; both live in the arena.
 * check_file is this and read_file. */
ReadListener check_listener(Arena *a, const CheckInput *input, const CheckTeller *to,
                            ReadPlan *plan);

/* Every rule id under the sheet's `checks:` is one of the set; errors with did-you-mean otherwise.
 */
Result jobs_check_rules(const Jobs *jobs, const RuleSet *rules, Errors *errors);

/* A teller that fills a Report in the same process. */
CheckTeller report_teller(Report *r);

#endif
