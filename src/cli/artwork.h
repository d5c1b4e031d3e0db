/* One artwork as commands handle it: the file, its job sheet, the rules, and its check. */
#ifndef CHUPIN_CLI_ARTWORK_H
#define CHUPIN_CLI_ARTWORK_H

#include "check/check.h"
#include "check/report.h"
#include "cli/rulebook.h"
#include "record/record_place.h"

typedef struct Artwork {
    const Cli *cli;
    const Rulebook *book;
    const JobOptions *options; /* borrowed */
    const char *path, *name;   /* name: without folders */
    const char *live;          /* as artwork_live says */
    size_t workers;            /* that share out the pages of a large document, at most */
    double bytes;
    Result trouble; /* missing, a folder, not permitted: there is no job either */
    Arena *arena;   /* its own */
    Jobs *jobs;
} Artwork;

/* Loads the job before anything is checked, so that a wrong sheet is said at once. Returns an exit
 * code, where `trouble` is left for the caller to say; artwork_close in any case. */
int artwork_open(Artwork *out, const Cli *cli, const Rulebook *book, const JobOptions *options,
                 const char *path);
/* The same without a word: what is wrong with the sheets is in `errors` and in the Result. */
Result artwork_try(Artwork *out, const Cli *cli, const Rulebook *book, const JobOptions *options,
                   const char *path, Errors *errors);
/* The same for whatever lies in a folder, when there is no artwork at hand. */
int artwork_of_folder(Artwork *out, const Cli *cli, const Rulebook *book, const JobOptions *options,
                      const char *folder);
void artwork_close(Artwork *art);

/* A report on it that nothing was told to yet. */
Report *artwork_report(const Artwork *art);
/* Checked in a worker of its own. `done`: it came to its end, so that another check would find the
 * same. Returns 0 and the report, or an exit code after having said why there is none. */
int artwork_check(const Artwork *art, double seconds, Report **out, bool *done);

/* What of the check is the twin's to tell, when there is one: added to the finished report of the
 * artwork. Returns the signal that interrupted, or 0. */
int artwork_read_twin(const Artwork *art, double seconds, const CheckInput *input, Report *r);

/* Where its record is: --record PATH, the sheet, the site, or beside the sheet. */
Result artwork_place(RecordPlace *out, const Artwork *art);
/* Its live-text twin: --live FILE, or as the sheet names it beside the artwork; NULL: none. */
const char *artwork_live(const Artwork *art);

/* What a check does besides, when a record or documents for people are asked. */
typedef struct CheckAsk {
    double seconds;
    bool record;          /* the run goes into the record */
    const Words *views;   /* formats that are written beside the artwork, each a list with commas */
    const char *against;  /* a run, or an artwork with one; NULL: not asked */
    const Report *before; /* `against`, when it is a report that was read from `before_name` */
    const char *before_name;
    Severity fail_on;
    bool strict, require_sign;
} CheckAsk;
typedef struct CheckDone {
    Report *report;
    const char *stored; /* chupin.report/1, as the record has it */
    Words written;      /* paths of what was written */
    int code;           /* EXIT_OK, or of what else went wrong, which was said */
    bool done;          /* it came to its end, so that another check would find the same */
    bool unstored;      /* the record could not take it, which was said: a full disk */
} CheckDone;
typedef int FullCheck(CheckDone *out, const Artwork *art, const CheckAsk *ask);
FullCheck *full_check(void); /* NULL in the light program */

#endif
