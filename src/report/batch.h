/* A batch: what is kept of each file once its report was written, what the files have to do with
 * each other, and the views of all of it.
 *
 * A Batch holds a row a file, never a report, so it stays small whatever the files hold. Everything
 * lives in its arena. */
#ifndef CHUPIN_REPORT_BATCH_H
#define CHUPIN_REPORT_BATCH_H

#include "base/sha256.h"
#include "report/write.h"

typedef struct BatchFile {
    const char *path;   /* as it was opened */
    const char *shown;  /* as people see it: from the folder that was named */
    const char *folder; /* of it */
    bool settled;       /* it has a report */
    VerdictState state;
    Text why; /* unreadable */
    int errors, warnings, unchecked, pages, exit_code;
    double trim_w, trim_h; /* mm of the first page as viewed; NaN: not known */
    char sha256[SHA256_HEX], look[SHA256_HEX]; /* "": not known */
    const char *sheet; /* SHA-256 of its nearest job sheet; NULL: none */
    const char *item;  /* of the job; NULL: none */
} BatchFile;

typedef struct BatchRule {
    const char *id;
    Text title;
    int item;
    Severity severity; /* the gravest it was found with */
    Who who;
    int files, findings;
    size_t last_file; /* counted already; SIZE_MAX: none */
} BatchRule;

typedef enum SetCheckId {
#define SET_CHECK(ID, id, severity, who, zh, en) SET_##ID,
#include "report/set_checks.def"
#undef SET_CHECK
    SET_CHECKS
} SetCheckId;

typedef struct SetFinding { /* on several files, or on one that is not there */
    SetCheckId check;
    const char *file;        /* the first of them, or the job sheet that asks */
    const char *const *also; /* the others */
    size_t also_count;
    Text message;
} SetFinding;

typedef struct SetWish { /* what a job sheet wants to be there */
    const char *sheet, *shown_sheet;
    const char *pattern; /* name of a file, or of a material */
    bool material;
} SetWish;

typedef struct Batch {
    Arena *arena;
    BatchFile *files;
    size_t count, settled;
    size_t passed_over; /* files that are no artwork we read */
    BatchRule *rules;   /* that found something */
    size_t rule_count, rule_capacity;
    int who_findings[WHO_WORDS], who_files[WHO_WORDS];
    SetWish *wishes;
    size_t wish_count, wish_capacity;
    SetFinding *sets;
    size_t set_count, set_capacity;
    int interrupted; /* signal; 0: it came to its end */
    JunitSums junit; /* of the files, when they were written as such */
} Batch;

/* Takes what is kept of a report. */
void batch_take(Batch *b, size_t i, const Report *r, int exit_code);
/* What the pages look like on the plates, all together: the same when the artwork was only saved
 * again. "" when one was not drawn whole, or all are blank. */
void batch_look(char look[SHA256_HEX], const Report *r);
/* What a sheet wants to be there; its files are those with the same SHA-256 of it. */
void batch_wish(Batch *b, const Jobs *jobs);
/* Once all is taken: the gravest and most frequent rules first, whatever came first. */
void batch_sort_rules(Batch *b);
/* Once all is taken and nothing is missing. */
void batch_check_sets(Batch *b);
const char *set_check_id(SetCheckId id);
Severity set_check_severity(SetCheckId id);
Who set_check_who(SetCheckId id);
Text set_check_title(SetCheckId id);

/* A view of a batch: batch_formats.def. `file` is called once a file, in any order; its pieces
 * stand in the order of the files, each parted from the one before by `between`. */
typedef struct BatchFormat {
    const char *name, *between;
    bool sums_first; /* `begin` is called last, with everything known; its output stands first */
    void (*begin)(const Batch *b, const ReportStyle *style, Sink *to);
    void (*file)(Batch *b, size_t i, Report *r, const ReportStyle *style, Sink *to);
    void (*end)(const Batch *b, const ReportStyle *style, Sink *to);
} BatchFormat;
const BatchFormat *batch_format_find(const char *name); /* NULL: there is none */

/* For people: the unreadable ones first, then by verdict, rule, who has to act, and the set. */
void batch_summary(const Batch *b, const ReportStyle *style, Sink *to);
/* chupin.batch/1. */
void batch_summary_json(const Batch *b, Sink *to);

#endif
