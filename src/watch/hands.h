/* The files in hand, each with its child. Internal to watch. */
#ifndef CHUPIN_WATCH_HANDS_H
#define CHUPIN_WATCH_HANDS_H

#include "watch/memory.h"
#include "watch/seen.h"
#include "watch/watch.h"

#include <sys/types.h>

typedef enum HandState {
    HAND_FREE,
    HAND_CHECKING, /* in its child */
    HAND_WAITING,  /* to be checked again at `at` */
    HAND_MOVING    /* found; to be put into its folder, at `at` again when that failed */
} HandState;

typedef struct Hand {
    HandState state;
    Arena *arena;     /* of this file */
    const char *path; /* below the folder */
    const char *file; /* where it is now */
    Look look;        /* as it was taken */
    pid_t pid;
    int told;           /* what the child tells, a file in memory; -1: none */
    int crashes, tries; /* of its child; without a result */
    int error;          /* said already */
    double began, at;   /* steady clock */
    WatchFound found;
} Hand;

/* Starts a child for the file in hand. Returns 0 or an errno. */
int hand_start(Hand *h, const Watch *w, const Memory *memory);
/* What the child told, once it has ended with that status; false: nothing that can be used. */
bool hand_read(Hand *h, int status);
void hand_free(Hand *h);

#endif
