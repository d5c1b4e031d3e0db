/* The process that sends notifications, so that a slow or broken network never holds up a watch.
 *
 * Results are handed to it and gathered into digests, one a minute and group; a digest that cannot
 * be sent is tried again, ever less often, and takes in what comes meanwhile. When whoever feeds it
 * ends, however that happens, it sends what it has and ends too. */
#ifndef CHUPIN_NOTIFY_NOTIFIER_H
#define CHUPIN_NOTIFY_NOTIFIER_H

#include "notify/digest.h"

#include <sys/types.h>

typedef struct Notifier {
    int to; /* -1: not started */
    pid_t pid;
    Lang lang;
} Notifier;

/* Before any other thread or child is there. ERR_LIMIT: no process to be had. */
Result notifier_start(Notifier *n, Arena *a, Lang lang);
/* Never waits; when it cannot take more, the result is left out of the digests. `plan`:
 * notify_text. */
void notifier_tell(const Notifier *n, Arena *a, const char *plan, const ToldFile *file);
/* Lets it send what it has, for half a minute at most. */
void notifier_stop(Notifier *n);

#endif
