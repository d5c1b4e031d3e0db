/* Where the record of an artwork is.
 *
 * In this order: `--record`, `record:` of the job sheet (relative to the sheet), `record:` of the
 * site configuration ($XDG_CONFIG_HOME/chupin/chupin.yaml, then /etc/chupin/chupin.yaml), else
 * chupin.sqlite beside the job sheet (or the artwork, without one; of a hot folder, inside it beside
 * 待检) when that folder is on a local disk and can be written, else $XDG_DATA_HOME/chupin/chupin.sqlite. SQLite on a network file
 * system loses what two people write at once, so it is never used there: such a folder gets
 * sidecars only, and whoever signs or waives needs a configured record.
 *
 *     RecordPlace where;
 *     TRY(record_place(&where, a, &(RecordAsk){.artwork = path, .sheet_path = sheet,
 *                                              .sheet_record = jobs_sheet(jobs)->record}));
 *     if (!where.record) return where.refusal;    // sign, waive, verify
 */
#ifndef CHUPIN_RECORD_RECORD_PLACE_H
#define CHUPIN_RECORD_RECORD_PLACE_H

#include "base/result.h"

typedef enum RecordSource {
    RECORD_OPTION,  /* --record */
    RECORD_SHEET,   /* record: of the job sheet */
    RECORD_SITE,    /* record: of the site configuration */
    RECORD_BESIDE,  /* beside the job sheet */
    RECORD_USER,    /* the user's data folder */
    RECORD_NOWHERE, /* a network folder, and nothing is configured: sidecars only */
} RecordSource;

typedef struct RecordAsk {
    const char *artwork;      /* path; its folder gets 检查结果/ */
    const char *option;       /* --record; NULL: not given */
    const char *sheet_path;   /* nearest job sheet; NULL: none */
    const char *sheet_record; /* `record:` there; NULL: not said */
    /* The environment, so that tests need none: NULL means getenv() is asked. */
    const char *(*variable)(const char *name);
    const char *system_config; /* NULL: /etc/chupin/chupin.yaml */
    /* f_type of statfs(2) for a path, -1 when it cannot be had; NULL: statfs is asked. */
    long (*file_system)(const char *path);
} RecordAsk;

typedef struct RecordPlace {
    const char *record; /* what record_open takes; NULL: RECORD_NOWHERE */
    RecordSource source;
    bool configured; /* by option, sheet or site */
    bool exists;     /* a file (or a store on another machine) is there */
    Result refusal;  /* RECORD_NOWHERE: the line that says what to write in the sheet */
} RecordPlace;

/* ERR_USAGE: a configured place is on a network file system, or the site configuration is wrong. */
Result record_place(RecordPlace *out, Arena *a, const RecordAsk *ask);
/* Is a file system of this f_type on another machine, or may it be (FUSE)? */
bool file_system_is_remote(long magic);

#endif
