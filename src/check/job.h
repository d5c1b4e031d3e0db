/* The job 工作单: what is asked for, as it holds for each page of one file.
 *
 * A Jobs is made once a file from layers, later ones winning: profile < paper < project sheet < job
 * sheet < item < part < command line. It knows where every value came from, so that a report can
 * name the layer. All of it lives in the arena it was loaded in and is never changed afterwards. */
#ifndef CHUPIN_CHECK_JOB_H
#define CHUPIN_CHECK_JOB_H

#include "base/sink.h"
#include "facts/facts.h"

/* The data files beside the rules: papers.yaml, sizes.yaml, inks.yaml, checklist.yaml,
 * profiles/<name>.yaml. */
typedef struct RuleData RuleData;
Result rule_data_load(RuleData **out, Arena *a, const char *rules_dir, const char *profile,
                      Errors *errors);

/* One of the 15 rows of the checklist. */
typedef struct ChecklistItem {
    int number;
    Text title;
    bool human;          /* a person ticks it as well */
    Text human_question; /* what the person answers; empty when !human */
    size_t
        unproven_count; /* what no rule measures yet: the machine never passes the row, a person's
                           answer may */
    const Text *unproven;
    const char *const *settled_by; /* for each of them the rule that proves it once there is a
                                      record to look at, or NULL; NULL: for none */
} ChecklistItem;
enum { CHECKLIST_ITEMS = 15 };
const ChecklistItem *rule_data_checklist(const RuleData *d); /* CHECKLIST_ITEMS rows, 0 to 14 */
const InkName *rule_data_inks(const RuleData *d, size_t *count);
const char *rule_data_profile(const RuleData *d); /* name */

/* What the command line says; NULL means it says nothing. Text as typed, so errors can quote it. */
typedef struct JobOptions {
    const char *job_sheet; /* --job SHEET instead of looking one up */
    const char *size, *bleed, *pages, *paper, *process, *text, *as_of;
    const char *const *inks; /* --ink, repeated */
    size_t ink_count;
    bool deep; /* --deep */
} JobOptions;

typedef struct Jobs Jobs;
/* Looks up the sheets for the artwork at `path` and makes its jobs. Every error of every sheet is
 * added to `errors`; the Result is then ERR_USAGE. No sheet is no error. */
Result jobs_load(Jobs **out, Arena *a, const RuleData *data, const char *path,
                 const JobOptions *options, Errors *errors);

/* Pages count from 1; a page no part names gets the sheet's own values. Never NULL. */
const Job *jobs_job(const Jobs *jobs, int page);
const Limit *jobs_limit(const Jobs *jobs, int page);
const Paper *jobs_paper(const Jobs *jobs,
                        int page); /* every field unknown when no paper is known */
/* The layer a limit came from: {"工作单 chupin.yaml", "job sheet chupin.yaml"}, {"默认规则 agency",
 * …}. */
Text jobs_limit_source(const Jobs *jobs, int page, const FieldDesc *limit_field);
/* Rules that are switched off or have another severity, by id; severity word "off", "error",
 * "warning", "info" or NULL. */
const char *jobs_severity(const Jobs *jobs, const char *rule_id);
/* How many different jobs the pages of this file have; at least 1. */
size_t jobs_parts(const Jobs *jobs);
const DeclaredInk *jobs_declared_inks(const Jobs *jobs, size_t *count);
/* Once a sheet is there: its path as shown to people (file name only), its SHA-256, its prose for
 * the report head. */
typedef struct JobHead {
    bool present;
    const char *sheet_name, *sheet_sha256;
    const char *number, *client, *project, *item, *version, *stage;
    size_t note_count; /* such as "the sheet is GBK; it was read as such" or a paper that matches no
                          row */
    const Text *notes;
} JobHead;
const JobHead *jobs_head(const Jobs *jobs);
/* All that the sheets say, typed: prose, facts, people … (check/job_sheet.h). */
typedef struct Sheet Sheet;
const Sheet *jobs_sheet(const Jobs *jobs);

/* `chupin init`: a commented sheet in the given language. */
void job_sheet_template(Sink *to, Lang lang);

#endif
