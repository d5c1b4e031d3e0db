#include "cli/cli.h"

#include <unistd.h>

static int run(const Cli *cli) {
    static CommandFunction *const here[COMMAND_COUNT] = {
#define HERE(id) [COMMAND_##id] = cmd_##id,
#define FULL(id)
#define COMMAND(id, home, synopsis, zh, en, more_zh, more_en) home(id)
#include "cli/commands.def"
#undef COMMAND
#undef FULL
#undef HERE
    };
    const Args *args = cli->args;
    Sink out = sink_fd(cli->arena, STDOUT_FILENO);
    if (args_has(args, OPTION_VERSION))
        sink_format(&out, "chupin %s\n", CHUPIN_VERSION);
    else if (args->command == COMMAND_COUNT)
        help_overview(&out, cli->lang);
    else if (args_has(args, OPTION_HELP))
        help_command(&out, cli->arena, args->command, cli->lang);
    else if (here[args->command])
        return here[args->command](cli);
    else if (full_command(args->command))
        return full_command(args->command)(cli);
    else
        return cli_become_full(cli);
    sink_flush(&out);
    bool asked = args_has(args, OPTION_VERSION) || args_has(args, OPTION_HELP);
    return asked ? EXIT_OK : EXIT_REFUSED;
}

int main(int argc, char **argv) {
    Arena *a = arena_new();
    Args args;
    Cli cli = {.arena = a, .lang = cli_language(argc, argv), .args = &args, .argv = argv};
    Result r = args_parse(&args, a, argc, argv);
    int code = r.kind ? cli_fail(&cli, r) : run(&cli);
    arena_free(a);
    return code;
}
