/* Sending one digest over one channel. Blocks until it is sent or refused; only the process that
 * does nothing else calls it. */
#ifndef CHUPIN_NOTIFY_POST_H
#define CHUPIN_NOTIFY_POST_H

#include "notify/digest.h"

/* ERR_OUTPUT: may go better later; ERR_USAGE: the secret is not there, trying again is no use. The
 * sentence never holds an address, which is a secret. */
Result notify_post(Arena *a, const NotifyPlan *plan, NotifyKey channel, const Digest *d, Lang lang);

/* Is what the channel names there, and does its server take a connection? Nothing is sent. */
Result notify_reach(Arena *a, const NotifyPlan *plan, NotifyKey channel);

#endif
