/* `chupin batch` from inside: its files, one after another, through workers. */
#ifndef CHUPIN_CLI_BATCH_H
#define CHUPIN_CLI_BATCH_H

#include "cli/artwork.h"
#include "report/batch.h"
#include "run/journal.h"
#include "run/ordered.h"

typedef struct BatchSlot BatchSlot; /* a file that is being checked */

/* What records know of the files. */
typedef struct BatchRecords BatchRecords;

typedef struct BatchRun {
    const Cli *cli;
    const BatchFormat *format;
    ReportStyle style;
    Severity fail_on;
    bool strict, require_sign;
    int jobs;
    double seconds; /* of --timeout */
    JobOptions options;
    Rulebook book;
    Batch batch;
    ResultCache cache;
    Journal journal;
    char rules[SHA256_HEX], run[SHA256_HEX];
    const char *tool;
    BatchRecords *records; /* NULL: no job of the batch has one */
    Ordered pieces;
    BatchSlot *slots; /* `jobs` of them */
    size_t next;      /* file to begin */
    int code;         /* the worst so far */
    const char *said; /* the last trouble with a job sheet, said once */
    /* Progress. */
    bool shows, bar; /* bar: on a terminal */
    size_t drawn;    /* columns of the bar as it stands; 0: none */
    double begun, told;
    size_t from_cache;
} BatchRun;

/* Checks what is not known yet; everything is written in its order. Returns the signal that
 * interrupted, or 0. */
int batch_check(BatchRun *run);
int batch_worse(int a, int b); /* exit codes: 2, then 3, 1, 4, 0 */

/* The print-run sheet, for --run-sheet. Returns an exit code. */
typedef int FullRunSheet(const Cli *cli, const Batch *b, const ReportStyle *style,
                         const char *as_of);
FullRunSheet *full_run_sheet(void); /* NULL in the light program */

typedef struct FullRecords {
    BatchRecords *(*open)(const Cli *cli);
    /* Lays what the record of the artwork's job knows over the report. */
    Result (*lay)(BatchRecords *self, Report *r, const Artwork *art);
    void (*close)(BatchRecords *self);
} FullRecords;
const FullRecords *full_records(void); /* NULL in the light program */

/* batch_progress.c: on standard error, after at most a tenth of a second. */
void progress_tick(BatchRun *run);
void progress_clear(BatchRun *run); /* before anything else is written to the terminal */
double progress_clock(void);

/* The file that has been checked for longest; NULL: none. */
const char *batch_slowest(const BatchRun *run, double *seconds);

#endif
