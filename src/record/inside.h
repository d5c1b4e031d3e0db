/* The inside of a Record. Internal to record.
 *
 * Whoever writes begins with write_begin, appends events, and ends with write_end, which commits,
 * or undoes everything when something failed. Inside a group of the caller's nothing is committed;
 * a group in which a write failed half way can only be undone. Whoever reads brackets several
 * statements with read_begin and read_end, so that they see one state. */
#ifndef CHUPIN_RECORD_INSIDE_H
#define CHUPIN_RECORD_INSIDE_H

#include "record/body.h"
#include "record/event.h"

enum { RECORD_VERSION = 1 }; /* of tables.def */
#define RECORD_FORMAT "chupin.record/1"

struct Record {
    Arena *arena;   /* Results live here */
    Arena *scratch; /* of one write; its own */
    Store *store;
    Tables tables;
    const char *place;
    RecordMode mode;
    bool group;   /* between record_begin and record_commit */
    bool reading; /* a read transaction is open */
    bool touched; /* this write has appended */
    bool broken;  /* the group can only be undone */
};

/* record_open with a word for where its events come from ("sidecars"); NULL: a record that has to
 * be made stays without any table, for its first events to come from a bundle. */
Result record_open_as(Record **out, Arena *a, const char *place, RecordMode mode,
                      const RecordStamp *stamp, const char *origin);
/* The tables of a record without any, and the event that it was made. Within a write. */
Result record_make_tables(Record *r);
Result record_make(Record *r, const RecordStamp *stamp, const char *origin);
Result write_begin(Record *r, const RecordStamp *stamp);
Result write_end(Record *r, Result so_far);
Result read_begin(Record *r);
void read_end(Record *r);

/* Appends an event and makes its rows. `body` as of body_close. */
Result record_append(Record *r, const RecordStamp *stamp, EventKind kind, const char *job,
                     const char *body);
Result record_append_event(Record *r, RecordEvent *e);     /* seq, prev and hash are filled in */
Result record_take_event(Record *r, const RecordEvent *e); /* as it is */
/* Stores bytes under their hash. Only within a write. */
Result record_put_content(Record *r, Str bytes, char sha256[SHA256_HEX]);
Result record_write_version(Record *r, const RecordStamp *stamp, const RecordRun *run);
Result record_write_job(Record *r, const RecordStamp *stamp, const RecordJob *job);

/* Rows as a growing list in an arena: `make` fills an item from a row. */
typedef struct RowReader {
    size_t item_size, count;
    void *items;
    void (*make)(void *item, Arena *a, const StoreValue *row);
} RowReader;
Result read_rows(RowReader *list, Record *r, Arena *a, const char *sql, size_t count,
                 const StoreValue *values);
const char *row_text(Arena *a, const StoreValue *v); /* never NULL */

/* Subject as the key of its rows, and its version; ERR_USAGE when these bytes were never added. */
typedef struct SubjectKey {
    const char *job, *item;
    int64_t n; /* 0: not known */
} SubjectKey;
Result subject_key(SubjectKey *out, Record *r, Arena *a, const RecordSubject *subject);
Result subject_known(SubjectKey *out, Record *r, Arena *a, const RecordSubject *subject);
/* The last run of a version; NULL: none. */
Result record_run_of(const RecordRun **out, Record *r, Arena *a, const SubjectKey *key);
/* What is stored of the comparison with s->signed_version. */
Result comparison_of(Standing *s, Record *r, Arena *a, const SubjectKey *key);
/* Signatures of a version, and the one of a party that stands: its last, when that approves. */
Result signatures_of(const Signature **out, size_t *count, Record *r, Arena *a,
                     const SubjectKey *key);
const Signature *signature_standing(const Signature *list, size_t count, Party party);
Result result_usage(const Record *r, const char *zh, const char *en); /* plain sentences */
/* A body that begins with the item and bytes of a subject. */
Body subject_body(Record *r, const RecordSubject *subject);

#endif
