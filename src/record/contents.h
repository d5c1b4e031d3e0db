/* Contents in files: the bytes that events name by hash, in a JSON array of {"sha256", "bytes",
 * "text" | "base64"}. Internal to record. */
#ifndef CHUPIN_RECORD_CONTENTS_H
#define CHUPIN_RECORD_CONTENTS_H

#include "record/inside.h"

typedef struct Content {
    const char *sha256;
    Str bytes;
} Content;

typedef struct Contents { /* once each, in the order in which they were named */
    Content *items;
    size_t count, capacity;
} Contents;

const Content *contents_find(const Contents *c, const char *sha256);
/* Notes what the body of an event names; the bytes stay empty. */
void contents_note(Contents *c, Arena *a, const RecordEvent *e);
/* Writes all of them but `without` (a hash, NULL: none) as one array. */
Result contents_write(Json *j, Record *r, const Contents *c, const char *without);
/* ERR_FILE when one does not match its hash. */
Result contents_read(Contents *c, Arena *a, const json_t *array, const char *file);
/* Puts what an event names into the record; ERR_FILE when neither it nor `c` has it. Only within a
 * write. */
Result contents_put(const Contents *c, Record *r, const RecordEvent *e);

#endif
