/* Rules against a file while it is read. Internal to check.
 *
 * Rules over marks that need only their own row run as marks arrive; rules over a page when it
 * ends; the rest when the file is opened or closed. Passing rows allocate nothing. */
#ifndef CHUPIN_CHECK_RUNNER_H
#define CHUPIN_CHECK_RUNNER_H

#include "check/finding.h"
#include "check/page_shares.h"
#include "read/read.h"

typedef enum RunAt {
    RUN_OPEN,
    RUN_MARK,
    RUN_PAGE,
    RUN_CLOSE,
    RUN_LATER /* over what the record knows: standing_apply runs it, only its tally is made here */
} RunAt;

typedef struct RuleRun { /* a rule under one of its items */
    const Rule *rule;
    const RuleItem *item;
    RunAt at;
    RuleTally tally;
    Outcome applies; /* on the page at hand, or to the document */
    Hits failed, warned, unchecked;
} RuleRun;

typedef struct CaseSet CaseSet;

typedef struct Runner {
    Arena *arena;
    const CheckInput *input;
    const CheckTeller *to;
    RuleRun *runs;
    size_t run_count;
    RuleRun **by_kind[FACT_COUNT]; /* RUN_MARK and not ruled out by the job, for each kind of mark;
                                      those over `mark` are in every one */
    size_t kind_count[FACT_COUNT];
    RuleRun **active[FACT_COUNT]; /* those of them whose `when` holds on the page at hand */
    size_t active_count[FACT_COUNT];
    CaseSet *case_sets, *cases; /* of all jobs met so far, and of the job of the page at hand */
    RuleEnv env;
    struct InkMeasure *ink; /* NULL: no rule needs plates, or nothing was drawn yet */
    struct ColourFacts *colours; /* NULL: likewise, or no colour was met yet */
    struct PictureLooks *looks; /* NULL: no picture was looked at yet */
    const ReadPlan *plan;
    Facts *facts;     /* of the page at hand, when it was drawn */
    const Page *page; /* at hand; NULL between pages */
    size_t places; /* kept for waivers so far */
    bool readable, opened;
    /* Of a document that several processes check. */
    int asked;       /* page that was come to last */
    bool mine;       /* and whether it is ours */
    size_t undrawn;  /* lines of what could not be drawn that were told */
} Runner;

void runner_prepare(Runner *r, ReadPlan *plan); /* runner_plan.c */
void runner_open(Runner *r, Facts *facts);
void runner_mark(Runner *r, FactKind kind, const Page *page, const void *mark);
void runner_page(Runner *r, Page *page);
void runner_close(Runner *r, Facts *facts);

/* runner_share.c: a document that several processes check, each its pages. */
bool runner_takes_new(Runner *r, int page);
static inline bool runner_takes(Runner *r, const Page *page) {
    if (!r->input->share)
        return true;
    return r->asked == page->number ? r->mine : runner_takes_new(r, page->number);
}
void runner_pass_by(Runner *r, const Page *page); /* a page of somebody else's */
void runner_share_page(Runner *r, const Page *page);
bool runner_share_close(Runner *r, const Facts *facts); /* true: the document is ours to judge */

/* runner_ink.c: the plates of a page, when a loaded rule needs them. */
void runner_draw(Runner *r, Facts *facts, Page *page, const PageContent *content);
void runner_pixels(Runner *r, Facts *facts, Page *page, const RasterPixels *pixels);
void runner_pass_drawing(Runner *r, Facts *facts, const PageContent *content);
void runner_tell_undrawn(Runner *r); /* what was not told yet */
const PlateShare *ink_shares(Runner *r, size_t *count); /* of the page at hand */
/* What only conversion of colour tells of a style or a profile. */
void runner_style(Runner *r, Facts *facts, Style *style, const StyleColour *colour);
void runner_profile(Runner *r, Profile *profile, const ProfileData *data);
void runner_ink_close(Runner *r);

/* runner.c, for the other parts of the runner. */
void runner_bind_job(Runner *r, int page);
/* Whether the rule is to be run on the page or document at hand, which is counted. */
bool runner_applies(Runner *r, RuleRun *run);
/* Whether the rule asks for a live-text twin that there is not. */
bool runner_lacks_twin(const Runner *r, const RuleRun *run);
/* Whether the file at hand is the one that the rule reads: artwork or live-text twin. */
bool runner_reads(const Runner *r, const Rule *rule);
/* What came out for the row that is bound: counted, and kept when it is a hit. */
void runner_count(Runner *r, RuleRun *run, FactKind kind, const void *row, Outcome o);

/* runner_mark.c: rules over marks, as marks arrive. */
void runner_begin_page(Runner *r, const Page *page);

/* runner_cases.c: rules worked out for marks that are alike (rules/case.h). */
void cases_begin_page(Runner *r);
/* Runs the active rules on the mark that is bound; false: nothing was run, there are too many
 * cases. */
bool cases_run(Runner *r, FactKind kind, const Mark *mark);
void cases_end(Runner *r); /* adds what was counted for many marks together to the tallies */

/* runner_tell.c: the hits of one rule on the page at hand, or on the document, become findings. */
void runner_tell(Runner *r, RuleRun *run);
void runner_tell_damage(Runner *r, const Document *d);
void runner_tell_page(Runner *r, const Page *page);

#endif
