/* Making every row again from the events. Internal to record. */
#ifndef CHUPIN_RECORD_REPLAY_H
#define CHUPIN_RECORD_REPLAY_H

#include "record/event.h"

/* Applies the events of `from` to the tables `to`, in their order; contents are read in `from`. */
Result replay(const Tables *to, Store *from, Arena *a, int64_t *events);

#endif
