/* The check that a watch does on one file, in its child, and the words for what it found. Private
 * to watch. */
#ifndef CHUPIN_CLI_FULL_WATCH_CHECK_H
#define CHUPIN_CLI_FULL_WATCH_CHECK_H

#include "cli/artwork.h"
#include "notify/notifier.h"
#include "notify/plan.h"
#include "watch/watch.h"

typedef struct WatchSelf {
    const Cli *cli;
    Rulebook *book;
    Arena *book_arena; /* of the rules, given back when they are read again */
    bool in_place;
    double seconds;
    const Words *views; /* of --report */
    NotifyPlan site;    /* whom to tell unless a sheet says more */
    Notifier notifier;
    const char *folder; /* that is watched */
} WatchSelf;

void watch_check(void *self, WatchFound *out, Arena *a, const char *path,
                 bool (*known)(const void *memory, const char *key), const void *memory);

/* watch_words.c: where the file belongs, and how that is told to the AE. */
void watch_judge(WatchFound *out, const Artwork *art, const Report *r, const Words *written);
/* The sheet or the rules beside the file are wrong: nothing was checked. */
void watch_refuse(WatchFound *out, const Artwork *art, const char *said);

#endif
