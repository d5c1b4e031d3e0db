/* The desk: an artwork with its job sheet, its record and what was found in it, as everybody who
 * answers, signs, waives or looks something up needs it.
 *
 *     Desk d;
 *     int code = desk_start(&d, art, &stamp);
 *     if (!code)
 *         code = desk_open(&d, RECORD_CREATE);
 *     if (!code)
 *         code = desk_result(&d, DESK_ANY_DAY);
 *     if (!code)
 *         code = desk_lay(&d);             // d.report with the standing over it
 *     …
 *     desk_close(&d);
 *
 * Everything it makes lives in the arena of the artwork. Functions that return int return 0 or an
 * exit code after having said what is wrong. */
#ifndef CHUPIN_CLI_FULL_DESK_H
#define CHUPIN_CLI_FULL_DESK_H

#include "cli/artwork.h"
#include "record/record.h"
#include "run/compare_run.h"

typedef struct Desk {
    const Cli *cli;
    const Artwork *art;
    Arena *arena; /* of the artwork */
    RecordStamp stamp;
    char sha256[SHA256_HEX];
    RunIdentity identity;
    RecordSubject subject;
    RecordPlace place;
    Record *record; /* NULL: there is none */
    /* Of the result. */
    Str json, places;     /* of the run as stored */
    const char *run;      /* id; NULL: it is in no record */
    bool fresh;           /* checked just now, not found in the record */
    bool done;            /* another check would find the same */
    bool compares;        /* pages are compared with the signed version; else only what is stored */
    double seconds;       /* a worker may take; 0: the default */
    const Report *before; /* what it is compared with; NULL: the version before */
    const char *before_name, *before_run;
    int before_version;
    Report *report; /* the standing laid over it */
} Desk;

typedef enum DeskDay {
    DESK_THIS_DAY, /* a run of just this identity */
    DESK_ANY_DAY   /* one of another day is as good: nothing but the date differs */
} DeskDay;

/* The file, its job and the place of its record, which is not opened yet. */
int desk_start(Desk *d, const Artwork *art, const RecordStamp *stamp);
/* Only the place of the record: for a folder, or whatever is not there. */
int desk_place(Desk *d, const Artwork *art, const RecordStamp *stamp);
/* RECORD_READ and RECORD_WRITE say so when there is none. */
int desk_open(Desk *d, RecordMode mode);
void desk_close(Desk *d);

/* The stored run of these bytes for this job, these rules and this build; else a check, which goes
 * into the record when that is open. */
int desk_result(Desk *d, DeskDay day);
/* What the result is compared with instead of the version before: a run as typed, or an artwork. */
int desk_against(Desk *d, const char *typed);
/* What the record knows of the subject laid over a report of it. */
Result desk_stand(Desk *d, Report *report);
/* d->report from the stored bytes, with what the record knows laid over it. */
int desk_lay(Desk *d);
/* 检查结果/…chupin.json; what goes wrong is said and changes nothing in the record. */
void desk_sidecar(const Desk *d);
/* Of another version, whose file is looked for under its name beside the artwork or in the folder;
 * nothing is written when it is not there. */
void desk_sidecar_of(const Desk *d, const RecordSubject *subject, const char *name);
/* The path of these bytes beside the artwork, under that name or any other; NULL: they are not
 * there. */
const char *desk_find_file(const Desk *d, const char *name, const char *sha256);

/* This file held against another one, page by page. */
Result desk_compare(ComparedFiles *out, const Desk *d, const char *path, const char *name);
void desk_differences(Standing *s, const ComparedFiles *c);

/* SHA-256 of a file's bytes. */
Result file_sha256(char hex[SHA256_HEX], Arena *a, const char *path);
Result file_bytes(Str *out, Arena *a, const char *path, size_t most);
/* The report of a run, with all its places. */
Result run_report(Report **out, Arena *a, const RecordRun *run);
/* Its id as people see it. */
const char *run_short(Arena *a, const char *id);

FullCheck desk_check;

#endif
