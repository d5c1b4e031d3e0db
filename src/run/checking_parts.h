/* What several workers tell about one file. Internal to checking. */
#ifndef CHUPIN_RUN_CHECKING_PARTS_H
#define CHUPIN_RUN_CHECKING_PARTS_H

#include "check/check.h"

typedef struct ToldPart { /* about the document before its pages, about a page, or at the end */
    const Finding **findings;
    size_t finding_count, finding_capacity;
    const Unproven **unproven;
    size_t unproven_count, unproven_capacity;
    const PageSummary *page; /* NULL: not about a page */
} ToldPart;

typedef struct ToldShare { /* by one worker */
    Arena *arena;          /* what is told lives here */
    const File *file;
    const Document *document;
    ToldPart opening, closing;
    bool closed; /* it judges the document */
    bool unsure;
    ToldPart *pages;
    size_t page_count, page_capacity;
    ToldPart page; /* that is not whole yet */
    const RuleTally **tallies;
    size_t tally_count, tally_capacity;
    const UsedProfile *profile;
} ToldShare;

/* Keeps what is told, without copying it. */
CheckTeller told_teller(ToldShare *share);
/* Every page is told once and the document once, by workers that read the same bytes. */
bool told_whole(const ToldShare *shares, size_t count, Arena *a);
/* Tells all of it on as one worker would have told it. `told_whole`, or one share alone. */
void told_join(const ToldShare *shares, size_t count, Arena *a, const CheckTeller *to);

#endif
