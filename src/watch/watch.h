/* Watching a folder: what is put there is checked once it is there whole.
 *
 * A hot folder (check/hot_folder.h) carries artwork from 待检 through 处理中 to the folder of its
 * verdict. In place, nothing is moved; what was checked is remembered by its bytes in 检查结果.
 *
 * One process without threads looks after the folder; every check is a child of its own, so that
 * nothing a file does stops the watch. A watcher, or a child, may be killed at any moment: artwork
 * is only ever renamed, never over another file, and what a dead watcher had in hand goes back to
 * 待检 (claims.h).
 *
 * Whoever calls gives the check, which runs in the child and says what it found. */
#ifndef CHUPIN_WATCH_WATCH_H
#define CHUPIN_WATCH_WATCH_H

#include "base/result.h"
#include "check/hot_folder.h"

enum { WATCH_WORST = 5 };

typedef enum WatchEnd {
    WATCH_DONE,  /* the verdict stands */
    WATCH_AGAIN, /* there is no result, which may be different in a moment */
    WATCH_KNOWN, /* in place: these bytes were checked before, for this job and these rules */
} WatchEnd;

typedef struct WatchFound {
    WatchEnd end;
    HotStage stage;    /* where it belongs, WATCH_DONE */
    const char *line;  /* for the log: what was found, or why there is no result */
    const char *note;  /* for 说明.txt: why it is there and what to do next; "" none */
    const char *key;   /* in place: what to remember; "" nothing */
    const char *sheet; /* name of its job sheet; "" none */
    /* Where to tell about it, as the sheet says (notify/plan.h); "" nowhere; NULL: no sheet was
     * asked. */
    const char *notify;
    size_t worst_count; /* the five worst findings, a line each */
    const char *worst[WATCH_WORST];
} WatchFound;

typedef struct WatchTold { /* one file is done, or (HOT_WAITING) does not settle */
    const WatchFound *found;
    const char *name;  /* of the artwork */
    const char *place; /* where it is now, below the folder */
} WatchTold;

typedef struct Watch {
    const char *folder;
    bool in_place, once, listen;   /* listen: inotify where the disk is local */
    double poll, settle, patience; /* seconds; patience: with what never settles */
    size_t jobs;
    double seconds; /* a child may take; 0: no limit */
    Lang lang;
    void *self;
    /* In a child. `known` says whether a key is remembered. */
    void (*check)(void *self, WatchFound *out, Arena *a, const char *path,
                  bool (*known)(const void *memory, const char *key), const void *memory);
    void (*reload)(void *self);                      /* SIGHUP */
    void (*told)(void *self, const WatchTold *told); /* NULL: nobody wants to know */
} Watch;

/* Until SIGTERM or Ctrl-C; with `once` until nothing is left to do. ERR_USAGE: this is no hot
 * folder, or not one that files can be moved in. */
Result watch_run(const Watch *w, Arena *a);

#endif
