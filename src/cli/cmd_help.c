#include "cli/cli.h"

#include <unistd.h>

int cmd_help(const Cli *cli) {
    Sink out = sink_fd(cli->arena, STDOUT_FILENO);
    const Words *names = &cli->args->operands;
    bool sheet = names->count && streq(names->items[0], "chupin-yaml");
    if (args_has(cli->args, OPTION_MAN) && sheet) {
        help_man_sheet(&out, cli->lang);
    } else if (args_has(cli->args, OPTION_MAN)) {
        help_man(&out, cli->arena, cli->lang);
    } else if (!names->count) {
        help_overview(&out, cli->lang);
    } else {
        Args named;
        char *argv[] = {"chupin", (char *)names->items[0], NULL};
        Result r = args_parse(&named, cli->arena, 2, argv);
        if (r.kind)
            return cli_fail(cli, r);
        help_command(&out, cli->arena, named.command, cli->lang);
    }
    Result closed = sink_close(&out, cli->arena);
    return closed.kind ? cli_fail(cli, closed) : EXIT_OK;
}
