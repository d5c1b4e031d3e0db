/* Two parts of one program that take turns, each with a stack of its own: one stands still where it
 * gave its turn away while the other works. No thread: a worker is not allowed any, and nothing
 * needs a lock.
 *
 *     turns_start(&t, work, self);     // in the first: until the second gives the turn back
 *     while (!t.ended) { …; turns_pass(&t); }
 *     turns_end(&t);
 *
 *     turns_yield(&t);                 // in `work`, which ends by returning */
#ifndef CHUPIN_RUN_TURNS_H
#define CHUPIN_RUN_TURNS_H

#include <stdbool.h>
#include <stddef.h>
#include <ucontext.h>

typedef struct Turns {
    ucontext_t first, second;
    void *stack; /* of the second, and the page below it that nobody may touch; NULL: none */
    void (*work)(void *self);
    void *self;
    bool ended; /* the second has returned, or there was no memory to start it */
    struct {    /* what AddressSanitizer has to be told about stacks */
        void *first_fake, *second_fake;
        const void *first_stack;
        size_t first_bytes;
    } watched;
} Turns;

void turns_start(Turns *t, void (*work)(void *self), void *self);
void turns_pass(Turns *t);  /* the first: let the second go on, and wait for it */
void turns_yield(Turns *t); /* the second: let the first go on, and wait for it */
void turns_end(Turns *t);   /* the first, when the second has ended */

#endif
