/* Hits of one rule on one page (or the document): counted, with the worst, the ten worst places
 * and, for waivers, every place as long as there are not too many. A page may have hundreds of
 * thousands, so a place is only made once it is known to be kept.
 *
 *     if (hits_count(h, rank, order))
 *         hits_keep(h, a, &place, rank, row, size);
 * Internal. */
#ifndef CHUPIN_CHECK_HITS_H
#define CHUPIN_CHECK_HITS_H

#include "check/check.h"

typedef struct Hits {
    int count;
    size_t place_count;
    Place places[SHOWN_PLACES]; /* worst first; equals in the order found */
    double ranks[SHOWN_PLACES]; /* higher is worse */
    bool keeps_all;             /* set by whoever counts: every place is wanted */
    Place *all;                 /* in the order found; more than MOST_PLACES are not kept */
    size_t all_count, all_capacity;
    uint32_t order;      /* paint order of the first */
    void *worst;         /* a copy of the worst row: rows of marks are gone when the page ends */
    size_t worst_size;   /* bytes held for it: a rule over `mark` meets rows of several sizes */
    bool by_file;        /* unchecked: any of them because of the file */
    bool severe;         /* unchecked: of any of them more than a warning is open */
    Text reason, settle; /* unchecked: the first reason, and what would settle it */
    const char *unknown; /* unchecked: the path asked about last; on one page it tells the reason */
} Hits;

/* Counts a hit; true when its place is to be kept. */
bool hits_count(Hits *h, double rank, uint32_t order);
/* After hits_count said so. `row` may be NULL: nothing to copy. */
void hits_keep(Hits *h, Arena *a, const Place *place, double rank, const void *row,
               size_t row_size);
void hits_clear(Hits *h); /* keeps the memory of places and of the worst row */

#endif
