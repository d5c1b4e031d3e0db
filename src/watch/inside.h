/* A watch from inside. Internal to watch. */
#ifndef CHUPIN_WATCH_INSIDE_H
#define CHUPIN_WATCH_INSIDE_H

#include "watch/claims.h"
#include "watch/hands.h"

typedef struct Watching {
    const Watch *w;
    Arena *arena;
    const char *root, *folder; /* folder: that is looked through; the root itself in place */
    SeenList seen;
    Claims claims;
    Memory memory;
    Hand *hands;
    int signals, ears; /* descriptors */
    bool stop, hurry;  /* hurry: a second signal, nothing is waited for */
    bool lost;         /* the folder can not be read */
    bool full;         /* the disk was full the last time */
    int claim_error;   /* said already */
    size_t unsettled;  /* files there that may still settle */
    double next_look, next_poll, next_recovery;
} Watching;

/* One line of the log, with the time. */
__attribute__((format(printf, 2, 4), format(printf, 3, 4))) void watch_say(const Watch *w,
                                                                           const char *zh,
                                                                           const char *en, ...);
const char *path_shown(Arena *a, const char *path);
const char *path_name(const char *path); /* without folders */

/* look.c: looks through the folder, takes what is ready into free hands. */
void watch_look(Watching *x, bool counted);
void watch_fill(Watching *x);

/* carry.c: what becomes of a file in hand. */
void hand_ended(Watching *x, Hand *h, int status); /* its child has */
void hand_again(Watching *x, Hand *h);             /* `at` has come */
void hand_give_back(Watching *x, Hand *h, double delay);

#endif
