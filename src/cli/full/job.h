/* The verbs of `chupin job`. Internal to job. `word` is the operand after the verb, or NULL. */
#ifndef CHUPIN_CLI_FULL_JOB_H
#define CHUPIN_CLI_FULL_JOB_H

#include "cli/full/office.h"
#include "cli/full/stamp.h"

int job_show(const Cli *cli, const char *word);
int job_list(const Cli *cli, const char *word);
int job_new(const Cli *cli, const char *word);
int job_lint(const Cli *cli, const char *word);
int job_export(const Cli *cli, const char *word);
int job_import(const Cli *cli, const char *word);
int job_verify(const Cli *cli, const char *word);
int job_rebuild(const Cli *cli, const char *word);

/* The office over a file or folder with the record open; `word` may be neither (a number of a job):
 * then it is the folder we are in. */
int job_open(Office *o, const Cli *cli, const char *word, RecordMode mode);
bool job_is_path(const char *word);
/* What the version of a subject waits for, and on whom, in one line; `run` is its last one, whole. */
Result job_now(const char **out, const Desk *d, const RecordSubject *subject, const RecordRun *run);
/* Everything of one job, for people and as chupin.job-record/1. */
Result job_text(Sink *to, const Desk *d, const RecordJob *job);
Result job_json(Json *to, const Desk *d, const RecordJob *job);

#endif
