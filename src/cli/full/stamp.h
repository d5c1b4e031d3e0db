/* Who does something and when, as the command line says it. */
#ifndef CHUPIN_CLI_FULL_STAMP_H
#define CHUPIN_CLI_FULL_STAMP_H

#include "cli/cli.h"
#include "record/record.h"

/* By --by, else $CHUPIN_BY; never the user of the machine. ERR_USAGE when nobody is named. */
Result stamp_person(RecordStamp *out, const Cli *cli);
/* For what the machine does: the same, and "chupin" when nobody is named. */
RecordStamp stamp_machine(const Cli *cli);

/* A party as people write it: 总监, director … ERR_USAGE names them all. */
Result party_typed(Party *out, Arena *a, const char *typed);

/* What people sign and waive is stored or refused: exit code 1 instead of 2. */
int cli_refused(const Cli *cli, Result r);
__attribute__((format(printf, 2, 4), format(printf, 3, 4))) int cli_deny(const Cli *cli,
                                                                         const char *zh,
                                                                         const char *en, ...);
/* A line on standard error that is no failure. */
__attribute__((format(printf, 2, 4), format(printf, 3, 4))) void cli_note(const Cli *cli,
                                                                          const char *zh,
                                                                          const char *en, ...);
const char *shown(Arena *a, const char *text); /* printably; NULL as "" */

#endif
