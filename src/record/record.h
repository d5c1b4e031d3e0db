/* The job record: which bytes were checked against what, what the machine proved, what people
 * answered, waived and signed.
 *
 * A record is a chain of events (record/event.h). Every other table is made from them by one
 * function per kind of event (record/events.def), so that what is stored can be made again and
 * compared: record_verify. Nothing is ever changed or taken back but by another event.
 *
 * A Record lives in the arena it was opened in until record_close. Every call that writes is one
 * transaction of its own, or part of the one between record_begin and record_commit; it either
 * stands whole on the disk when it returns OK or has not happened. Results are one line for the
 * operator: the record is busy, full, read-only, from a newer chupin, no record at all.
 *
 * The record never asks the clock: `at` is local time, "2026-01-17 14:03".
 *
 *     Record *r;
 *     TRY(record_open(&r, a, place.record, RECORD_WRITE, &now));
 *     TRY(record_answer(r, &now, &subject, 8, &(Answer){.state = HUMAN_YES, .note = ""}));
 *     TRY(record_standing(&standing, r, a, &subject));
 *     record_close(r);
 */
#ifndef CHUPIN_RECORD_RECORD_H
#define CHUPIN_RECORD_RECORD_H

#include "base/sha256.h"
#include "check/waive.h"

typedef struct Record Record;
typedef enum RecordMode {
    RECORD_READ,   /* it has to be there */
    RECORD_VERIFY, /* the same, for record_verify alone: tables may be missing or altered */
    RECORD_WRITE,  /* it has to be there */
    RECORD_CREATE, /* made when it is not there, with an event that says by whom and when */
} RecordMode;

/* Who does something, and when. */
typedef struct RecordStamp {
    const char *at;   /* "2026-01-17 14:03", local time */
    const char *by;   /* name; never empty */
    const char *role; /* as people say it (AE, 设计 …); "" or NULL: not said */
} RecordStamp;

/* `stamp` is used when the record is made; RECORD_READ may leave it NULL. */
Result record_open(Record **out, Arena *a, const char *place, RecordMode mode,
                   const RecordStamp *stamp);
void record_close(Record *r); /* NULL is allowed; what was not committed has not happened */
/* Several writes as one, such as the rows of a sheet typed in: nobody else writes meanwhile. */
Result record_begin(Record *r);
Result record_commit(Record *r);
void record_rollback(Record *r);

/* ---- what it is about ---- */

/* One version of one item of a job. A new hash is a new version: it begins without answers and
 * signatures. */
typedef struct RecordSubject {
    const char *job;  /* number of the job; "": the artwork has no job sheet */
    const char *item; /* as people write it; versions belong together when name_key() of it does */
    const char *sha256; /* of the artwork */
} RecordSubject;
/* The subject of an artwork: job number and item of the sheet; where the sheet says no item, the
 * title in the file's name (file_name_facts), so that 260117开盘画册_正稿_v5.pdf follows _v4. */
RecordSubject record_subject(Arena *a, const JobHead *job, const char *file_name,
                             const char *sha256);

typedef struct RecordJob {
    const char *number, *client, *project, *owner; /* NULL or "": not known */
    const char *sheet_name, *sheet_sha256;
    const char *at; /* first seen; ignored when it is put */
    int items, versions;
} RecordJob;
/* Writes nothing when all of it is known already. record_add_run does this by itself. */
Result record_put_job(Record *r, const RecordStamp *stamp, const RecordJob *job);
Result record_jobs(const RecordJob **out, size_t *count, Record *r, Arena *a);
Result record_find_job(const RecordJob **out, Record *r, Arena *a,
                       const char *number); /* or NULL */

typedef struct RecordVersion {
    RecordSubject subject;
    int number; /* from 1 in its item */
    const char *name, *stage, *format;
    int64_t bytes;
    const char *at, *by;
    const char *run; /* id of its last run; NULL: none */
} RecordVersion;
/* Of one item, or with `item` NULL of the whole job: by item, oldest first. */
Result record_versions(const RecordVersion **out, size_t *count, Record *r, Arena *a,
                       const char *job, const char *item);
/* NULL: these bytes are not known there. */
Result record_find_version(const RecordVersion **out, Record *r, Arena *a,
                           const RecordSubject *subject);
/* Every job and item that these bytes are a version of, newest first. */
Result record_find_bytes(const RecordVersion **out, size_t *count, Record *r, Arena *a,
                         const char *sha256);

/* ---- runs ---- */

enum { RUN_SHORT = 8 }; /* hex digits of a run's id as people see and type it */

/* What a result belongs to (design, section 1, rule 3). NULL and "" are the same: there is none. */
typedef struct RunIdentity {
    const char *file, *live, *confirmed; /* SHA-256 of the bytes */
    const char *job;                     /* of the effective job's canonical form */
    const char *rules;                   /* of the rule set */
    const char *as_of;                   /* yyyy-mm-dd */
    const char *tool;                    /* own version, poppler, lcms2, hashes of profiles */
} RunIdentity;
/* The id of a run: SHA-256 of its identity. */
void run_id(const RunIdentity *identity, char id[SHA256_HEX]);

typedef struct RecordRun {
    RunIdentity identity;
    RecordSubject subject;             /* its sha256 is identity.file */
    const char *name, *stage, *format; /* of the artwork, as shown; stage "": not known */
    int64_t bytes;
    Str report; /* chupin.report/1 as written by report_json: comes back byte for byte */
    Str places; /* report_places() of it */
    size_t page_count;
    const char *const *pages; /* hash of the content of each page, for carrying answers over to
                                 pages that did not change; NULL entries: not known */
    /* Filled when it is read back. */
    const char *id, *at, *by;
    int version;
    const char *verdict; /* of the machine, as in the report */
    int errors, warnings, unchecked;
} RecordRun;
/* Makes job and version known as well. A run that is there already is left alone: `added` false.
 * `job` may be NULL. */
Result record_add_run(Record *r, const RecordStamp *stamp, const RecordRun *run,
                      const RecordJob *job, bool *added);
/* A repeated check: NULL when it was never made. */
Result record_find_run(const RecordRun **out, Record *r, Arena *a, const RunIdentity *identity);
/* By the id, or at least its first 4 digits in any case: RUN as people type it. ERR_USAGE says when
 * there is none or more than one. */
Result record_run(const RecordRun **out, Record *r, Arena *a, const char *typed);
/* The last run of these bytes in that job and item; NULL: none. */
Result record_last_run(const RecordRun **out, Record *r, Arena *a, const RecordSubject *subject);
/* The last run of the version before; NULL: none. */
Result record_run_before(const RecordRun **out, Record *r, Arena *a, const RecordSubject *subject);
/* Newest first; reports and places are left out. `job` NULL: all. `limit` 0: no limit. */
Result record_runs(const RecordRun **out, size_t *count, Record *r, Arena *a, const char *job,
                   size_t limit);

/* ---- what people say ---- */

/* Of one row (0 to 14) for one version; the last one given counts. `answer`'s by, role and at are
 * ignored: the stamp says them. With carried_from it is the answer of that version, taken over. */
Result record_answer(Record *r, const RecordStamp *stamp, const RecordSubject *subject, int row,
                     const Answer *answer);
/* Those that count: 15 entries, NULL where nobody answered. */
Result record_answers(const Answer **out, Record *r, Arena *a, const RecordSubject *subject);

/* Answers of the version before that may be taken over. */
typedef struct RecordCarry {
    int row, version;       /* whose answer it is */
    const Answer *answer;   /* as it was given there */
    size_t unchanged_count; /* pages that are the same in both */
    size_t changed_count;   /* pages that are not, or are not known to be; 0: carry it as it is */
    const int *changed;     /* their numbers */
} RecordCarry;
Result record_carries(const RecordCarry **out, size_t *count, Record *r, Arena *a,
                      const RecordSubject *subject);

typedef struct RecordWaiver {
    Waiver waiver;         /* as waiver_of and waiver_until make it; read back: all but `state` and
                              `places`, which depend on the file */
    RecordSubject subject; /* the version it was given for; it covers later ones too */
    const char *id;        /* read back: 12 hex digits, as people type it */
    const char *second_at; /* read back: "" while nobody seconded it */
    const char *revoked_by, *revoked_at, *revoked_why; /* read back: "": it stands */
} RecordWaiver;
/* Giving the same fingerprint again by another person while the second one is missing is the second
 * signature; ERR_USAGE when the same person tries, or a waiver of it stands already. */
Result record_waive(Record *r, const RecordStamp *stamp, const RecordWaiver *waiver);
/* By id or fingerprint: ERR_USAGE when none stands. */
Result record_revoke(Record *r, const RecordStamp *stamp, const char *job, const char *typed,
                     const char *why);
/* Of one item (NULL: of the whole job), oldest first; with the revoked ones when `all`. */
Result record_waivers(const RecordWaiver **out, size_t *count, Record *r, Arena *a, const char *job,
                      const char *item, bool all);

typedef struct RecordScan { /* what is attached: a photo of a signature, a message */
    const char *name;       /* of the file, without folders */
    Str bytes;
} RecordScan;
enum { RECORD_SCAN_LIMIT = 64 << 20 };
/* `by` and `at` of the signature are ignored: the stamp says them. scan may be NULL. */
Result record_sign(Record *r, const RecordStamp *stamp, const RecordSubject *subject,
                   const Signature *signature, const RecordScan *scan);
/* All of one version, oldest first; the last of a party counts. */
Result record_signatures(const Signature **out, size_t *count, Record *r, Arena *a,
                         const RecordSubject *subject);
/* The newest version of the item that the party approved as it is and did not reject since;
 * PARTIES: any party. NULL: none. `signature` may be NULL. */
Result record_signed_version(const RecordVersion **out, const Signature **signature, Record *r,
                             Arena *a, const RecordSubject *subject, Party party);
/* The one that later files are held against: the client's; while he has signed nothing the
 * director's, and only then anybody's. */
Result record_binding_version(const RecordVersion **out, const Signature **signature, Record *r,
                              Arena *a, const RecordSubject *subject);

typedef struct RecordAttachment {
    const char *kind, *name, *sha256, *at, *by;
    int64_t bytes;
} RecordAttachment;
Result record_attach(Record *r, const RecordStamp *stamp, const RecordSubject *subject,
                     const char *kind, const RecordScan *file);
Result record_attachments(const RecordAttachment **out, size_t *count, Record *r, Arena *a,
                          const RecordSubject *subject);
/* What is stored under a hash: a report, places, a scan. ERR_FILE when it is not there. */
Result record_content(Str *out, Record *r, Arena *a, const char *sha256);

/* ---- all of it together ---- */

/* Where a file stands, for standing_apply: answers, waivers of the item, signatures, the last run
 * of the version before and those of all earlier ones, the signed version, the head of the chain.
 * What the job sheet says (makers, parties, today) and what the pictures say (same_look, compared,
 * differences) is left to the caller. A file that the record does not know stands as the version
 * after the last one. */
Result record_standing(Standing *out, Record *r, Arena *a, const RecordSubject *subject);

/* Keeps signed_version.compared, same_look, made_with and the differences of a standing, once both
 * files were looked at; nothing to keep when they were not. */
Result record_put_comparison(Record *r, const RecordStamp *stamp, const RecordSubject *subject,
                             const Standing *s);

/* ---- the chain ---- */

typedef struct RecordHead {
    int64_t seq; /* 0: no event yet */
    char hash[SHA256_HEX];
} RecordHead;
Result record_head(RecordHead *out, Record *r);

typedef struct RecordEvent {
    int64_t seq;
    const char *at, *actor, *kind, *job, *body_json, *prev, *hash;
    Text told; /* one sentence of what happened */
} RecordEvent;
/* Of one job (NULL: all), oldest first. */
Result record_events(const RecordEvent **out, size_t *count, Record *r, Arena *a, const char *job);

typedef struct RecordVerdict {
    bool intact;
    int64_t events, rows; /* looked at */
    RecordHead head;
    int64_t seq;       /* of the first broken event; 0: the chain is whole */
    const char *table; /* of the first broken row; NULL: every row is as the events say */
    const char *key;   /* of that row, as "job=J-1 item=画册 n=2"; "": the table itself */
    Text what;         /* what is wrong, one sentence */
} RecordVerdict;
/* Compares tables and triggers with those that a record has, recomputes the chain, makes every row
 * again from the events and compares.
 * With `head` (at least its first 8 digits, NULL: not asked) the chain must hold an event with that
 * hash: a tail that was cut off has none. A Result is trouble with reading, not a broken record. */
Result record_verify(RecordVerdict *out, Record *r, Arena *a, const char *head);

#endif
