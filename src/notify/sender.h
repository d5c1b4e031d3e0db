/* What the process of a Notifier does. Internal to notify. */
#ifndef CHUPIN_NOTIFY_SENDER_H
#define CHUPIN_NOTIFY_SENDER_H

#include "base/text.h"

enum { TOLD_BYTES = 1 << 16 }; /* of one result */

/* Takes results from the descriptor until its other end is closed. */
void sender_run(int from, Lang lang);

#endif
