/* One sidecar as it is on disk. Internal to record.
 *
 *     {"schema": "chupin.sidecar/1", "name", "sha256", "job", "item", "version",
 *      "events": [{"at", "actor", "kind", "job", "body"}, …],
 *      "contents": [{"sha256", "bytes", "text" | "base64"}, …],
 *      "report_sha256",
 *      "report":{…}
 *     }
 *
 * The report stands there as it is, so that anything that reads JSON can read it; the line that
 * begins with "report" is the last member, and no other line can begin so, since a text has no line
 * feeds. */
#ifndef CHUPIN_RECORD_SIDECAR_FILE_H
#define CHUPIN_RECORD_SIDECAR_FILE_H

#include "record/contents.h"
#include "record/sidecar.h"

#define SIDECAR_SCHEMA "chupin.sidecar/1"
#define SIDECAR_ENDING ".chupin.json"

typedef struct SidecarFile {
    const char *path;
    RecordSubject subject;
    const char *name;
    int version;
    RecordEvent *events; /* without seq, prev and hash */
    size_t count;
    Contents contents; /* with the report */
} SidecarFile;

/* What a record knows of one version. */
typedef struct Gathered {
    RecordEvent *events;
    size_t count, capacity;
    Contents contents;
    const char *report; /* hash; NULL: none */
} Gathered;

Result sidecar_gather(Gathered *g, Record *r, Arena *a, const SubjectKey *key,
                      const RecordSubject *subject);

/* ERR_FILE: not one of ours, or damaged. */
Result sidecar_read(SidecarFile *out, Arena *a, const char *path);

#endif
