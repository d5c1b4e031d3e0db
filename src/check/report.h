/* What a check found, ready to be written in any format: the model behind chupin.report/1 (design,
 * section 4).
 *
 * A Report is filled by what a check tells (file, pages, findings, notes, in any order), then
 * finished once: findings sorted, rows judged, verdict given. It holds text and numbers only,
 * nothing of rules or facts, so it survives the process that made it. Everything lives in the
 * report's arena. Boxes are mm from the top left of the effective trim as viewed (origin "trim"),
 * or of the media when no trim is known (origin "media"). */
#ifndef CHUPIN_CHECK_REPORT_H
#define CHUPIN_CHECK_REPORT_H

#include "check/job.h"
#include "check/standing.h"
#include "rules/rules.h"

enum {
    SHOWN_PLACES = 10,
    MOST_PLACES = 2000,       /* of a finding that are kept for waivers */
    MOST_FILE_PLACES = 40000, /* of all findings together */
    REPORT_DECIMALS = 3       /* micrometres: finer than any limit, coarser than rounding noise */
};

typedef struct Place {
    int page;     /* 0: the document */
    bool boxed;   /* box is known */
    Box box;      /* mm: x0, y0 is the top left corner, x1 − x0 the width, y1 − y0 the height */
    uint8_t edge; /* Edge, EDGE_UNKNOWN when none */
    double value; /* the measured value there in the finding's unit; NaN when none */
    uint64_t
        content; /* first 64 bits of the SHA-256 of what is there and stays the same when the
                    artwork is exported again: text, name, a value that is no number; 0: none */
} Place;

typedef struct Measure {
    bool present;
    double number;    /* NaN when the value is text */
    const char *text; /* a word or list, NULL when it is a number */
    const char *unit; /* "mm", "ppi", "%", "" */
    Text from;        /* required: the layer that asks for it; NULLs when none */
} Measure;

typedef struct Finding {
    const char *rule; /* id */
    int item;
    Severity severity;
    Outcome outcome; /* OUTCOME_FAIL, or OUTCOME_UNCHECKED */
    bool by_file;    /* unchecked: because of the file or the renderer, not because a sheet or a
                        measurement is missing */
    int page;        /* 0: the document */
    bool origin_is_trim;
    int count; /* hits on this page */
    size_t place_count;
    Place places[SHOWN_PLACES]; /* worst first */
    Measure measured, required;
    Text message, fix;
    Who who;
    const char *fingerprint;
    uint32_t order; /* paint order of the first hit */
    /* For waivers. */
    const char *kind; /* entity of the rows; NULL: not known */
    Worst worse;      /* which way its value gets worse; none: any other value is */
    bool nowaive;     /* its rule can be waived by two people only */
    const Place *all; /* every hit, in the order found; NULL: `places` has them all, or there were
                         too many (finding_places) */
    size_t all_count;
    /* From the record; unset without one. */
    const Waiver *waiver; /* every place is waived, the worst by this one; NULL: open */
    int waived_places;
    Progress progress;     /* against the run before */
    int since;             /* the first version of the item that had it; 0: not known */
    const char *signed_by; /* who had signed a version with it, as people read it; NULL: nobody */
} Finding;

typedef struct PlateShare {
    const char *ink;
    double coverage; /* 0 to 1 */
} PlateShare;

typedef struct PageSummary {
    int number;
    double trim_w, trim_h; /* mm as viewed; NaN unknown */
    uint8_t trim_source;   /* TrimSource */
    double bleed[4];       /* mm: top, right, bottom, left as viewed; NaN unknown */
    bool inked; /* its plates were made: what follows is known as far as they are whole */
    double ink_mean, ink_peak; /* sums of inks, 1 = 100 %; NaN unknown */
    size_t plate_count;
    const PlateShare *plates;
    bool looked; /* all inside its trim was drawn: what follows is a hash of those plates */
    uint64_t look_low, look_high; /* in no report: for whoever asks whether a page has changed */
} PageSummary;

typedef struct Unproven { /* a line of the report's "unchecked" list */
    Text what, why;
} Unproven;

typedef struct UsedProfile { /* an ICC profile that the plates were made with */
    const char *name, *sha256;
    Text from; /* where it comes from */
} UsedProfile;

/* The twin with live text, which was held against the artwork and whose text was read instead. */
typedef struct LiveTwin {
    const char *name, *sha256; /* sha256 NULL: it could not be read */
    bool compared, same_look;  /* as of a signed version (check/standing.h) */
    Text why;                  /* not compared */
    const int *unpaired;       /* pages whose text was not read: they differ, or nobody knows */
    size_t unpaired_count;
    const PageDifference *differences;
    size_t difference_count;
} LiveTwin;

typedef enum ItemState {
    ITEM_NOT_APPLICABLE,
    ITEM_PASS,
    ITEM_HUMAN,
    ITEM_UNCHECKED,
    ITEM_FAIL
} ItemState;
typedef enum MachineState {
    MACHINE_NONE,
    MACHINE_NOT_APPLICABLE,
    MACHINE_PASS,
    MACHINE_UNCHECKED,
    MACHINE_FAIL
} MachineState;

typedef struct Item {
    const ChecklistItem *row;
    MachineState machine;
    HumanState human;
    const Answer *answer; /* NULL: nobody answered */
    ItemState state;
    size_t finding_count; /* indexes into Report.findings */
    const size_t *findings;
    size_t reason_count; /* why it is unchecked, when it is */
    const Text *reasons;
    size_t proven; /* rules under it that ended in pass */
} Item;

typedef enum VerdictState {
    VERDICT_PASS,
    VERDICT_INCOMPLETE,
    VERDICT_FAIL,
    VERDICT_UNREADABLE,
    VERDICT_CLEAN
} VerdictState;

typedef struct RuleTally { /* how a rule ended over the whole file */
    const char *id;
    int item;
    Severity severity;
    int pass, fail, unchecked; /* rows judged */
    int lost; /* of `unchecked`: pages whose content could not be read to its end */
    bool applicable, off, softened;
    Text title;
} RuleTally;

typedef struct Report {
    Arena *arena;        /* borrowed */
    const char *version; /* of the chupin that checked; NULL: this one */
    const char *as_of;   /* yyyy-mm-dd */
    const char *engine, *colour_engine, *rules_sha256, *profile; /* versions */
    UsedProfile *profiles;
    size_t profile_count, profile_capacity;
    struct {
        const char *name, *sha256, *format;
        double bytes;
        int pages;       /* -1 unknown */
        Text unreadable; /* why it could not be read; NULLs otherwise */
    } file;
    const JobHead *job;
    const LiveTwin *live; /* NULL: there is none */
    Finding *findings;
    size_t finding_count, finding_capacity;
    PageSummary *pages;
    size_t page_count, page_capacity;
    Unproven *unproven;
    size_t unproven_count, unproven_capacity;
    RuleTally *rules;
    size_t rule_count, rule_capacity;
    Item items[CHECKLIST_ITEMS];
    struct {
        VerdictState state, machine;
        int errors, warnings, infos, unchecked, human, waived;
    } verdict;
    const Standing *standing; /* NULL: no record was asked */
} Report;

/* Rounds every number as chupin.report/1 writes it; sorts findings by page (document last), item,
 * rule and paint order, and the rest; judges rows and verdict. */
void report_finish(Report *r, const ChecklistItem *checklist);
/* Only the order of it. */
void report_order(Report *r);
/* The rows, counts and verdict again, after findings, answers or tallies changed. Every item has
 * its row, `human` and `answer`. */
void report_judge(Report *r);
/* Lays over a finished report, once, what the record knows: findings are waived, new or still
 * there; answers are set; waivers and the signed version are judged by those rules that look at the
 * record
 * (`rules`, all that were loaded); then rows and verdict are judged again. r->standing is a copy of
 * `s` with what was worked out. */
void standing_apply(Report *r, const Standing *s, const RuleSet *rules);
/* Marks every finding of `now` as new or still there and tells in `s` what was mended since
 * `before`; neither needs a record. Part of standing_apply where s->before.report is given. */
void report_progress(Report *now, const Report *before, Standing *s);
/* The finding of `in` that is the same as `f`: rule, item, page and kind agree and a place is near,
 * whatever its value. NULL: there is none. */
const Finding *report_same_finding(const Report *in, const Finding *f);

/* A person's word is missing: it failed, a tick is awaited, or nobody said anything to what the
 * machine could not check. No approving signature as long as there is one. */
bool item_is_open(const Item *item);
/* Somebody made it: by the job sheet, or because he signed as the designer or the copywriter. */
bool is_maker(const Standing *s, const char *name);
/* Who has approved and not taken it back; the director counts only when he did not make it. */
bool party_approved(const Standing *s, Party party);
/* All was checked and answered; only approving signatures are missing. */
bool report_awaits_review(const Report *r);
/* It is about what the record knows, not about the artwork: no waiver settles it. */
bool finding_is_of_record(const Finding *f);
/* Every place that was hit, as far as kept; whole: that is all of them. */
const Place *finding_places(const Finding *f, size_t *count, bool *whole);

/* Exit code of one file (design, "Verdict and exit codes"): 0, 1, 3, or 4 with `require_sign`.
 * `fail_on` is the lowest severity that counts. */
int report_exit_code(const Report *r, Severity fail_on, bool strict, bool require_sign);

#endif
