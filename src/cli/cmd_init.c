#include "check/job.h"
#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

int cmd_init(const Cli *cli) {
    const Words *dirs = &cli->args->operands;
    if (dirs->count > 1)
        return cli_refuse(cli, "一次只写一个文件夹", "name one folder");
    const char *path =
        arena_printf(cli->arena, "%s/chupin.yaml", dirs->count ? dirs->items[0] : ".");
    const char *shown = text_printable(cli->arena, path, strlen(path));
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd < 0 && errno == EEXIST)
        return cli_refuse(cli, "%s 已经有了，不去动它", "%s is there already and stays as it is",
                          shown);
    if (fd < 0)
        return cli_refuse(cli, "写不了 %s：%s", "cannot write %s: %s", shown, strerror(errno));
    Sink to = sink_fd(cli->arena, fd);
    job_sheet_template(&to, cli->lang);
    Result r = sink_close(&to, cli->arena);
    close(fd);
    if (r.kind)
        return cli_fail(cli, r);
    Sink out = sink_fd(cli->arena, STDOUT_FILENO);
    sink_format(&out,
                cli->lang == LANG_ZH
                    ? "写好了 %s：填好尺寸、出血、页数、纸张，再查正稿\n"
                    : "wrote %s: fill in size, bleed, pages and paper, then check the artwork\n",
                shown);
    sink_flush(&out);
    return EXIT_OK;
}
