/* What was checked in place: keys, each the SHA-256 (64 digits) of everything a result depends on.
 * A file of lines, one a key, that only grows; what a killed writer left of its last line is no
 * key. */
#ifndef CHUPIN_WATCH_MEMORY_H
#define CHUPIN_WATCH_MEMORY_H

#include "base/text.h"

typedef struct Memory {
    Arena *arena;
    const char *path;
    uint64_t *keys; /* their first 64 bits, by open addressing; 0: empty */
    size_t count, size;
} Memory;

void memory_open(Memory *m, const char *path);
bool memory_knows(const void *memory, const char *key);
int memory_add(Memory *m, const char *key); /* 0 or an errno */
void memory_close(Memory *m);

#endif
