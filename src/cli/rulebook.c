#include "cli/rulebook.h"

int rulebook_open(Rulebook *out, const Cli *cli) {
    const char *dir, *profile = args_value(cli->args, OPTION_PROFILE);
    Errors errors = {.arena = cli->arena};
    *out = (Rulebook){0};
    Result r = locate_rules(&dir, cli);
    if (!r.kind)
        r = rule_data_load(&out->data, cli->arena, dir, profile ? profile : "agency", &errors);
    if (!r.kind)
        r = rules_load_to_run(&out->rules, cli->arena, dir, &errors);
    if (errors.count)
        return cli_errors(cli, &errors);
    return r.kind ? cli_fail(cli, r) : EXIT_OK;
}

void rulebook_close(Rulebook *book) {
    rules_free(&book->rules);
}
