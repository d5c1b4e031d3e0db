/* The rules with the data beside them, loaded to judge artwork with. */
#ifndef CHUPIN_CLI_RULEBOOK_H
#define CHUPIN_CLI_RULEBOOK_H

#include "check/job.h"
#include "cli/cli.h"
#include "rules/rules.h"

typedef struct Rulebook {
    RuleData *data;
    RuleSet rules;
} Rulebook;

/* Says what is wrong with them; returns an exit code. */
int rulebook_open(Rulebook *out, const Cli *cli);
void rulebook_close(Rulebook *book);

#endif
