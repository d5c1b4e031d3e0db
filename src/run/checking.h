/* One file being checked, by one worker or by several that share out its pages.
 *
 * The first worker opens the file; when it turns out to be a document of many pages, more of them
 * may begin, as many as the caller has room for. What they tell is put together so that the report
 * is, byte for byte, that of one worker alone. Where that is not certain, because one of them broke
 * down or the file needed repair, checking_end says so and the file is to be checked by one.
 *
 *     Checking *c = checking_new(&plan);
 *     while (…) {                              in a WorkerFeed (worker.h):
 *         task = checking_next(c);             next
 *         if (checking_ended(c, task, &end))   ended
 *             outcome = checking_end(c, &end);
 *     }
 *     checking_free(c);
 */
#ifndef CHUPIN_RUN_CHECKING_H
#define CHUPIN_RUN_CHECKING_H

#include "check/check.h"
#include "run/worker.h"

typedef struct CheckingPlan {
    const CheckInput *input;
    const WorkerLimits *limits; /* of each worker */
    Report *report;             /* pristine */
    size_t workers;             /* at most; 1: nothing is shared out */
    /* What the first worker tells before it begins to read: what a file can do to it, it can not do
     * to that. A line of one's own, taken as the first or not at all; false ends the worker. NULL:
     * nothing. */
    void *self;
    void (*before)(void *self, Sink *line);
    bool (*told)(void *self, const char *line, size_t n);
} CheckingPlan;

typedef enum CheckingEnd {
    CHECKING_DONE,  /* the report is filled; `end` tells whether the worker got done */
    CHECKING_ALONE, /* it has to be checked by one worker; the report is as it was */
} CheckingEnd;

typedef struct Checking Checking;
Checking *checking_new(const CheckingPlan *plan);
void checking_free(Checking *c);
const WorkerTask *checking_next(Checking *c); /* NULL: none now */
/* The Checking that the task belongs to. */
Checking *checking_of(const WorkerTask *task);
void *checking_self(const Checking *c);
/* True: that was the last one that ran. */
bool checking_ended(Checking *c, const WorkerTask *task, const WorkerEnd *end);
/* `result`: trouble of the operator's; then the report is not filled. */
CheckingEnd checking_end(Checking *c, WorkerEnd *end, Result *result);

#endif
