/* The pulse of a watcher: who it is, and a number that grows as long as it lives. Internal to
 * watch. */
#ifndef CHUPIN_WATCH_PULSE_H
#define CHUPIN_WATCH_PULSE_H

#include "base/text.h"

typedef enum PulseState {
    PULSE_BEATS,   /* a process of this machine that runs */
    PULSE_STOPPED, /* one of this machine that is gone */
    PULSE_UNSURE   /* of another machine, or none at all: what counts is whether it moves */
} PulseState;

#define PULSE_NAME ".pulse"

const char *pulse_watcher_name(Arena *a); /* of this process; no two have the same */
int pulse_write(Arena *a, const char *folder, uint64_t beat); /* 0 or an errno */
PulseState pulse_read(Arena *a, const char *folder, uint64_t *beat);

#endif
