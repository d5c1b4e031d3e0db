#include "cli/cli.h"

#include <unistd.h>

int cmd_completion(const Cli *cli) {
    const Words *shells = &cli->args->operands;
    Sink out = sink_fd(cli->arena, STDOUT_FILENO);
    if (shells->count != 1 || !completion_write(&out, cli->arena, shells->items[0], cli->lang))
        return cli_refuse(cli, "写明是哪种命令行：chupin completion bash、zsh 或 fish",
                          "name the shell: chupin completion bash, zsh or fish");
    Result closed = sink_close(&out, cli->arena);
    return closed.kind ? cli_fail(cli, closed) : EXIT_OK;
}
