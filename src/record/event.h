/* The chain of events. Internal to record.
 *
 * Each event is one row of the table `event`, numbered from 1 without gaps. Its hash is the
 * SHA-256, in small hex digits, of these seven texts one after another:
 *
 *     prev  seq  at  actor  kind  job  body_json
 *
 * each written as a netstring: its length in bytes as a decimal number, a colon, its bytes, a comma
 * (https://cr.yp.to/proto/netstrings.txt), seq as a decimal number. `prev` is the hash of the event
 * before, 64 zeros for the first one. body_json is hashed as it is stored: one JSON object without
 * spaces. Nothing depends on the store, the machine or the version of a library.
 *
 * An event and the rows that it means are written in one transaction. */
#ifndef CHUPIN_RECORD_EVENT_H
#define CHUPIN_RECORD_EVENT_H

#include "base/json.h"
#include "record/record.h"
#include "record/tables.h"

#include <jansson.h>

typedef enum EventKind {
#define EVENT(id, kind, zh, en) EVENT_##id,
#include "record/events.def"
#undef EVENT
    EVENT_KINDS
} EventKind;

const char *event_kind_word(EventKind kind);
void event_hash(const RecordEvent *e, char hash[SHA256_HEX]);
extern const char event_no_prev[SHA256_HEX]; /* 64 zeros */

/* An event as a row of the table: its texts are those of the row. */
RecordEvent event_of_row(const StoreValue *row);
Text event_told(Arena *a, const RecordEvent *e);
/* What another record's event that was taken over says itself; `e` itself when it is none. Copies
 * in the arena. */
RecordEvent event_original(Arena *a, const RecordEvent *e);
/* From {"seq", "at", "actor", "kind", "job", "body", "prev", "hash"}, and into it. */
RecordEvent event_of_json(Arena *a, const json_t *object);
void event_write(Json *j, const RecordEvent *e);
bool event_is(const RecordEvent *e, EventKind kind);
/* The hashes of contents that a body names; NULLs fill the rest. */
enum { EVENT_CONTENTS = 4 };
void event_contents(const json_t *body, const char *hashes[EVENT_CONTENTS]);

/* Where the rows go that events mean. */
typedef struct Applier {
    const Tables *to;
    Store *contents; /* where contents are read; with another store than `to` their keys are noted
                        there, so that each can be found to be named by an event */
    Arena *arena;    /* for Results */
} Applier;
/* ERR_FILE: the body is not what an event of its kind holds. */
Result event_apply(const Applier *p, const RecordEvent *e);

#define EVENT(id, kind, zh, en)                                                                    \
    Result apply_##id(const Applier *p, const RecordEvent *e, const json_t *body);
#include "record/events.def"
#undef EVENT

#endif
