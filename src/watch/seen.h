/* What lies in the watched folder, look after look, and since when it has not changed. */
#ifndef CHUPIN_WATCH_SEEN_H
#define CHUPIN_WATCH_SEEN_H

#include "base/text.h"

#include <sys/stat.h>
#include <time.h>

typedef struct Look { /* what tells that a file has changed */
    off_t size;
    struct timespec written;
    ino_t inode;
} Look;

typedef enum Wholeness { WHOLE_UNKNOWN, WHOLE, CUT_SHORT } Wholeness;

typedef struct Seen {
    const char *path; /* below the folder */
    Look look;
    int looks;           /* that found it unchanged */
    double first, since; /* seconds of the steady clock: found, unchanged since */
    double not_before;   /* put back: leave it until then */
    Wholeness whole;     /* as it is now */
    bool told;           /* that it does not settle */
    bool done;           /* in place: checked as it is */
} Seen;

typedef struct SeenList {
    Arena *arena;
    Seen *items; /* by path */
    size_t count, capacity;
    uint64_t sheets; /* changes with any job sheet there */
    int error;       /* errno: the folder could not be looked through */
} SeenList;

typedef struct SeenAsk {
    const char *folder;
    bool art_only; /* only what is named like artwork */
    bool counted;  /* this look counts as a poll */
    double now;
    void (*folder_seen)(void *self, const char *path); /* NULL: not wanted */
    void *self;
} SeenAsk;

Look file_look(const struct stat *s);
bool file_look_same(const Look *a, const Look *b);
double steady_clock(void); /* seconds; runs on whatever happens to the date */

/* Looks through the folder; the list made before is given back. When the folder cannot be read the
 * list stays as it was, with the error. */
void seen_look(SeenList *list, const SeenAsk *ask);
Seen *seen_find(const SeenList *list, const char *path);
void seen_free(SeenList *list);

#endif
