/* What a batch has finished, so that it can go on after an interruption or after the power went.
 *
 * A line says that the bytes at a path, as they were then (size, inode, time), have a certain hash
 * and that their result is in the cache. Lines are written after the results they speak of are on
 * disk. A line that is not whole is not there. */
#ifndef CHUPIN_RUN_JOURNAL_H
#define CHUPIN_RUN_JOURNAL_H

#include "run/result_cache.h"

#include <sys/stat.h>

typedef struct JournalLine {
    const char *path;
    char sha256[SHA256_HEX];
    bool unfinished; /* it could not be checked to its end: the result holds for this run only */
    int64_t size, seconds, nanoseconds;
    uint64_t inode;
} JournalLine;

typedef struct Journal {
    Arena *arena;
    const char *path; /* NULL: none is kept */
    int fd;
    const char *as_of; /* of the run that is gone on with; NULL: none is */
    JournalLine *lines;
    size_t count, capacity;
    char *held; /* lines that are not written yet */
    size_t held_bytes, held_capacity;
    double synced; /* seconds of a steady clock */
} Journal;

/* `run` names what is checked and how: the same run again finds its journal. With `resume` the
 * lines that are there are read and kept; else it begins anew. */
Journal journal_open(Arena *a, const ResultCache *cache, const char run[SHA256_HEX], bool resume);
/* Begins to write; `as_of` is of this run. */
void journal_begin(Journal *j, const char *as_of);
const JournalLine *journal_find(const Journal *j, const char *path, const struct stat *now);
void journal_add(Journal *j, const char *path, const struct stat *s, const char *sha256,
                 bool unfinished);
/* About once a second what is held is written, after the cache; `now`: whatever the time. */
void journal_sync(Journal *j, ResultCache *cache, bool now);
void journal_close(Journal *j, ResultCache *cache);

#endif
