/* Sidecars: what a record knows of one version, beside the artwork, where people can see it.
 *
 *     检查结果/<name of the artwork>.<first 8 of its hash>.chupin.json
 *
 * A visible folder next to the artwork. The file (chupin.sidecar/1) holds the events of the version
 * without their chain, what they name by hash, and as its last member the report, byte for byte:
 * what people said there is found again by record_rebuild even when the record is lost. It is
 * written beside its place, brought to the disk, then renamed, so that a reader sees the old one or
 * the new one; a file there that is not ours is never overwritten. */
#ifndef CHUPIN_RECORD_SIDECAR_H
#define CHUPIN_RECORD_SIDECAR_H

#include "record/record.h"

#define SIDECAR_FOLDER "检查结果"

/* 检查结果 beside the artwork; in a hot folder, the place of its job in the 检查结果 there. */
const char *sidecar_folder(Arena *a, const char *artwork);
/* The path of a result of this artwork: …/<name>.<sha8><ending>, as ".chupin.json" or "_批注.pdf".
 */
const char *sidecar_path(Arena *a, const char *artwork, const char *sha256, const char *ending);

/* What the record knows of the version. `path` (may be NULL) says where it was written. */
Result sidecar_write(Record *r, Arena *a, const char *artwork, const RecordSubject *subject,
                     const char **path);
/* Without a record (RECORD_NOWHERE): the run joins what the sidecar there says already. */
Result sidecar_add_run(Arena *a, const char *artwork, const RecordStamp *stamp,
                       const RecordRun *run, const RecordJob *job, const char **path);

typedef struct RecordRebuild {
    int sidecars, events;
    size_t trouble_count; /* files that are no sidecars or are damaged: the others are taken */
    const Text *troubles;
} RecordRebuild;
/* Makes a new record from the sidecars under `folder` (itself or any folder below it). The chain
 * begins anew, which its first events say. ERR_USAGE when a record is there already. */
Result record_rebuild(RecordRebuild *out, Arena *a, const char *place, const char *folder,
                      const RecordStamp *stamp);

#endif
