/* The workers' side of `chupin plates`. Internal to plates_run.
 *
 * A line is a letter, then a record as wire.h writes it. Pages are taken by number from a counter
 * that all workers share; who has taken one begins it, tells its plates and losses, and ends it. */
#ifndef CHUPIN_RUN_PLATES_CHILD_H
#define CHUPIN_RUN_PLATES_CHILD_H

#include <stdatomic.h>

#include "run/plates_run.h"

enum {
    TOLD_FILE = 'f',
    TOLD_PROFILE = 'i',
    TOLD_BEGIN = 'b',
    TOLD_PLATE = 'p',
    TOLD_LOSS = 'l',
    TOLD_DONE = 'd',
    TOLD_TRIM = 't',
    TOLD_ROLE = 'r',
    TOLD_END = 'z', /* a WireResult: the worker has come to its end */
};

typedef struct PlatesRun {
    const PlatesInput *in;
    Arena *arena;
    PlatesResult *out;
    atomic_int *next; /* page to take, in memory that the workers share */
    ToldTrim *trims;  /* one a page of `out`; NULL: no content was read */
    ToldRole *roles;
    size_t role_count, role_capacity;
} PlatesRun;

/* The place of a page among those wanted; they are without gaps. */
static inline size_t page_place(const PlatesResult *r, int number) {
    return r->count ? (size_t)(number - r->pages[0].number) : 0;
}

void plates_child_draw(const PlatesRun *run, Sink *lines);
/* Reads the content of the wanted pages: their trim where it is not written, and what inks are for.
 */
void plates_child_survey(const PlatesRun *run, Sink *lines);

#endif
