/* Rules as people read them. */
#ifndef CHUPIN_CLI_RULE_TEXT_H
#define CHUPIN_CLI_RULE_TEXT_H

#include "cli/cli.h"
#include "rules/rules.h"

/* Loads all rules, or says what is wrong with them. Returns an exit code. */
int rules_open(const Cli *cli, RuleSet *out, const char *dir);
/* The rule of that name; NULL after having said that there is none, with the nearest one. */
const Rule *rule_named(const Cli *cli, const RuleSet *set, const char *id);
void rule_list(Sink *to, const Cli *cli, const RuleSet *set);
void rule_explain(Sink *to, const Cli *cli, const Rule *r);

#endif
