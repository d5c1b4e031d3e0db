/* A table from 64-bit keys to pointers: what the interpreter has seen before. Keys are hashes of
 * what is meant; two things with one key are taken for the same thing, which at 64 bits does not
 * happen by chance. Memory belongs to the arena passed in, always the same one for a table. */
#ifndef CHUPIN_READ_PDF_TABLE_H
#define CHUPIN_READ_PDF_TABLE_H

#include "base/text.h"

typedef struct Table {
    uint64_t *keys;
    void **values;
    size_t count, capacity;
} Table;

/* Where the value for `key` stands; *slot is NULL when it is new. Valid until the next call. */
void **table_slot(Table *t, Arena *a, uint64_t key);
void *table_find(const Table *t, uint64_t key); /* NULL if absent */

#define HASH_START 0xcbf29ce484222325u
uint64_t hash_bytes(uint64_t h, const void *p, size_t n);
uint64_t hash_number(uint64_t h, uint64_t v);

#endif
