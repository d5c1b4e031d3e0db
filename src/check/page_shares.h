/* One document checked by several processes at once, page by page.
 *
 * Each of them reads the whole content, in order, so that each knows the document as one process
 * alone would: fonts, inks, styles, what was damaged. What costs most, the plates of a page and the
 * rules over it, is done by whoever comes to the page first. The process that comes to the end last
 * judges the document, with what the others found out about their pages.
 *
 * The parent maps PageShares before it starts them. A process that dies never comes to the end, so
 * nobody closes the document and the parent can tell. Nothing that is read here is believed more
 * than what the same processes write into their pipes. */
#ifndef CHUPIN_CHECK_PAGE_SHARES_H
#define CHUPIN_CHECK_PAGE_SHARES_H

#include "facts/facts.h"

#include <stdatomic.h>

enum { MOST_SHARED_PAGES = 4096, LEAST_SHARED_PAGES = 8 };

typedef struct PageLook { /* what pages that look the same have in common */
    bool known;
    uint64_t hash[2];
} PageLook;

typedef struct SharedPage {
    atomic_bool taken;
    Page facts; /* holds numbers and words only, no pointers */
    PageLook look;
} SharedPage;

typedef struct PageShares {
    atomic_int readers; /* processes that have begun and not come to the end */
    atomic_bool closed; /* somebody has come to the end, or nothing is to be shared */
    SharedPage pages[MOST_SHARED_PAGES];
} PageShares;

typedef struct CheckShare { /* one process' part */
    PageShares *all;
    bool first;  /* judges what is known before any page; there is one. The others begin only once
                    page_shares_fit said so. */
    bool unsure; /* set by the check: one process alone might find something else */
    /* What is told from now on is about the document as a whole. */
    void *self;
    void (*closing)(void *self);
} CheckShare;

PageShares *page_shares_new(void); /* NULL: no memory */
void page_shares_free(PageShares *s);

/* Whether sharing is worth the while, and right: what has to be repaired while it is read may
 * depend on what was read before, so one process reads it. */
bool page_shares_fit(const File *file, const Document *document);

bool page_share_begin(CheckShare *s); /* false: it is all done already */
bool page_share_take(CheckShare *s, int page);
void page_share_done(CheckShare *s, const Page *page, PageLook look);
bool page_share_arrive(CheckShare *s); /* true: this process closes the document */
/* Pages of others become known in `facts`, and which look like an earlier one in all of them. */
void page_share_join(const CheckShare *s, const Facts *facts);

#endif
