/* What check_file tells, over a pipe: one line a message, its kind and fields as wire.h writes
 * them.
 *
 * The child gives `transport_teller` to check_file and ends with `transport_end`; the parent hands
 * each line to `transport_take`, which tells the same to a CheckTeller of its own. A check that has
 * not told its end did not finish. */
#ifndef CHUPIN_RUN_TRANSPORT_H
#define CHUPIN_RUN_TRANSPORT_H

#include "check/check.h"

CheckTeller transport_teller(Sink *lines);
void transport_end(Sink *lines, Result r);

typedef struct Receiver {
    Arena *arena; /* what is told lives here */
    CheckTeller to;
    bool ended;
    Result result; /* how check_file returned, once ended */
} Receiver;
bool transport_take(Receiver *r, const char *line, size_t n); /* false: not a line of ours */

#endif
