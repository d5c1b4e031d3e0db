/* A record as one JSON file, to hand over, to keep, and to read back (chupin.bundle/1):
 *
 *     {"schema": "chupin.bundle/1", "whole": true, "head": {"seq", "hash"},
 *      "events": [{"seq", "at", "actor", "kind", "job", "body", "prev", "hash"}, …],
 *      "contents": [{"sha256", "bytes", "text" | "base64"}, …]}
 *
 * `body` is the text of body_json, so that each hash can be computed from what is there. Contents
 * are what the events name by hash: reports, places, scans. */
#ifndef CHUPIN_RECORD_BUNDLE_H
#define CHUPIN_RECORD_BUNDLE_H

#include "base/sink.h"
#include "record/record.h"

#define BUNDLE_SCHEMA "chupin.bundle/1"

/* `job` NULL: the whole record. One job alone has gaps in its chain: "whole" is false. */
Result record_export(Record *r, Arena *a, const char *job, Sink *to);

typedef struct RecordImport {
    int64_t events, known; /* taken in, and those that were there already */
    bool same_chain;       /* the chain was taken over as it is: its head is the bundle's */
} RecordImport;
/* Every hash is computed before anything is written. A record that is not there yet, or that the
 * bundle goes on from, takes the chain as it is; any other takes each event that it does not know
 * yet as one of its own that holds the original. A second time changes nothing. */
Result record_import(RecordImport *out, Arena *a, const char *place, const RecordStamp *stamp,
                     const char *path);

#endif
