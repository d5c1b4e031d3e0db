/* Where a file stands in its job: what people answered, waived and signed, and how it compares with
 * the run before and with what was signed.
 *
 * The record (src/record) knows all this; it is laid over a finished Report and never stored with
 * one, so that a report of the machine stays the same bytes whoever signs it. Everything lives in
 * the report's arena. Times are local, "2026-01-17 14:03". */
#ifndef CHUPIN_CHECK_STANDING_H
#define CHUPIN_CHECK_STANDING_H

#include "base/result.h"
#include "facts/facts.h"

#include <stddef.h>
#include <stdint.h>

typedef enum HumanState { HUMAN_NONE, HUMAN_PENDING, HUMAN_YES, HUMAN_NO, HUMAN_NA } HumanState;

typedef struct Answer { /* of one row of the checklist */
    HumanState state;   /* HUMAN_YES, HUMAN_NO or HUMAN_NA */
    const char *by, *role, *at;
    const char *note; /* "" when none */
    int carried_from; /* version whose answer was taken over; 0: given for this one */
} Answer;

struct Place;
typedef struct Waiver { /* check/waive.h gives and matches them */
    const char *fingerprint, *rule;
    uint8_t state;                      /* WaiverState of enums.def; worked out by standing_apply */
    const char *why, *by, *second, *at; /* second: "" unless the rule wants two people */
    const char *second_why;             /* NULL or "": not known */
    const char *until_date;             /* yyyy-mm-dd; NULL: not by date */
    int until_version;                  /* 0: not by version */
    int places;                         /* that it covers in this file */
    /* What it was given for (waiver_take_places). */
    const char *kind;    /* entity of the rows */
    bool origin_is_trim; /* of the boxes */
    bool two_people;     /* its rule is marked nowaive */
    uint8_t worse;       /* Worst: which way a value gets worse */
    const struct Place *given;
    size_t given_count;
} Waiver;

typedef enum Party {
    PARTY_DESIGN,
    PARTY_COPY,
    PARTY_DIRECTOR,
    PARTY_AE,
    PARTY_CLIENT,
    PARTY_PRINTER,
    PARTIES
} Party;
typedef enum Decision { DECISION_APPROVE, DECISION_WITH_CHANGES, DECISION_REJECT } Decision;
typedef struct Signature {
    Party party;
    Decision decision;
    const char *by, *at, *note;          /* note: "" when none */
    const char *scan_name, *scan_sha256; /* NULL: nothing attached */
} Signature;

/* A finding against the run before of the same item. Mended ones are gone, and were looked for. */
typedef enum Progress { PROGRESS_NONE, PROGRESS_NEW, PROGRESS_STILL } Progress;

typedef struct PageDifference { /* to the signed version */
    int page;                   /* 0: the document */
    Text what;
    bool boxed;
    double x, y, w, h; /* mm, as places of findings */
} PageDifference;

struct Finding;
struct Report;

typedef struct EarlierVersion { /* of the same item */
    int version;
    const struct Report *report; /* of its last run */
    const char *signed_by;       /* who approved it, as people read it; NULL: nobody */
} EarlierVersion;

/* What the record fills in is read by standing_apply; what standing_apply works out is marked. */
typedef struct Standing {
    const char *run;  /* id of the run that is shown; NULL: it was not recorded */
    int version;      /* of the item, from 1; 0: not recorded */
    const char *head; /* hash of the last event of the record; NULL: no record */
    int64_t head_seq;
    const char *today; /* yyyy-mm-dd by which waivers expire; NULL: as_of of the report */
    const Answer *const *answers; /* one a row of the checklist, NULL where nobody answered; NULL:
                                     nobody answered at all */
    const Waiver *waivers;        /* of the item; worked out: their state and places */
    size_t waiver_count;
    const char *const *makers; /* who made it, by the job sheet: none of them can review it */
    size_t maker_count;
    unsigned parties; /* 1 << Party: who has to approve besides the director */
    const Signature *signatures;
    size_t signature_count;
    struct {
        const char *name, *run, *as_of; /* name NULL: there was none */
        int version;
        const struct Report *report; /* what it found; NULL: not to be had */
    } before;
    const EarlierVersion *earlier; /* in which a finding may have come in, oldest first */
    size_t earlier_count;
    const struct Finding *mended; /* worked out: of the run before, gone in this one */
    size_t mended_count, still_count, new_count;
    size_t doubtful_count; /* gone, but what found them could not be checked this time */
    struct {
        const char *name, *sha256, *by, *at; /* name NULL: nothing is signed yet */
        int version;
        bool same_bytes, same_look; /* same_look: every page looks the same */
        bool compared;              /* false: could not be compared; `why` */
        Text why;
        const char *made_with; /* tool, job and rules of the comparison; "" where nobody noted them,
                                  NULL: there is none */
    } signed_version;
    const PageDifference *differences;
    size_t difference_count;
} Standing;

#endif
