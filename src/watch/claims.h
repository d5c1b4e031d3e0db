/* Claims: what a watcher has in hand.
 *
 * Each watcher has a folder of its own in 处理中, with a pulse in it that it keeps beating. A file
 * is claimed by renaming it into that folder; of several watchers one succeeds. The folder of a
 * watcher that has died is emptied by any other one: its files go back to 待检. A watcher of this
 * machine is dead when its process is gone; one of another machine when its pulse stood still for
 * half a minute by our own clock, since the clocks of machines and shares differ. */
#ifndef CHUPIN_WATCH_CLAIMS_H
#define CHUPIN_WATCH_CLAIMS_H

#include "check/hot_folder.h"

#include <stdint.h>

enum { PULSE_SECONDS = 5, DEAD_SECONDS = 30 };
#define NOTES_NAME ".notes"

typedef struct OtherWatcher {
    const char *name;
    uint64_t beat;
    double since; /* it stands there */
} OtherWatcher;

typedef struct Claims {
    Arena *arena;
    const char *root;   /* the hot folder */
    const char *folder; /* ours in 处理中; NULL: not made yet */
    uint64_t beat;
    double beaten;
    Arena *others_arena;
    OtherWatcher *others;
    size_t other_count, other_capacity;
} Claims;

typedef void ClaimBack(void *self, const char *path); /* below 待检, put back there */

void claims_open(Claims *c, Arena *a, const char *root);
/* Beats when it is time; makes our folder when it is not there. Returns 0 or an errno. */
int claims_beat(Claims *c, double now);
/* Claims `path` (below 待检); *claim becomes where it is now. ENOENT: somebody else has it. */
int claims_take(const Claims *c, Arena *a, const char *path, const char **claim);
/* Back to 待检; *path becomes its name there. */
int claims_give_back(const Claims *c, Arena *a, const char *claim, const char **path);
/* What dead watchers had in hand goes back. */
void claims_recover(Claims *c, double now, ClaimBack *back, void *self);
/* Where the explanation waits until its artwork has arrived, below our folder. */
const char *claims_note(const Claims *c, Arena *a, HotStage stage, const char *path);
/* Removes our folder, if nothing is in hand. */
void claims_close(Claims *c);

#endif
