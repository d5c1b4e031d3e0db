#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static Result cannot_write(const Cli *cli, const char *path, int error) {
    return result_fail(cli->arena, ERR_OUTPUT, (Where){path, 0, 0}, "写不进去：%s",
                       "cannot be written: %s", strerror(error));
}

static bool is_input(const struct stat *target, const Words *inputs) {
    struct stat s;
    for (size_t i = 0; i < inputs->count; i++)
        if (stat(inputs->items[i], &s) == 0 && s.st_dev == target->st_dev &&
            s.st_ino == target->st_ino)
            return true;
    return false;
}

static void file_mode(int fd) {
    mode_t mask = umask(0);
    umask(mask);
    fchmod(fd, 0666 & ~mask);
}

Result output_open(Output *out, const Cli *cli, const Words *inputs) {
    *out = (Output){.fd = STDOUT_FILENO};
    const char *path = args_value(cli->args, OPTION_OUTPUT);
    struct stat s;
    bool there = path && stat(path, &s) == 0;
    if (there && is_input(&s, inputs))
        return result_fail(cli->arena, ERR_USAGE, (Where){path, 0, 0},
                           "这是要检查的文件，不能往里写",
                           "this is the artwork itself, which is never written to");
    if (there && !S_ISREG(s.st_mode)) { /* a device or a pipe: there is nothing to replace */
        out->fd = open(path, O_WRONLY | O_CLOEXEC);
        out->path = path;
    } else if (path) {
        char *temporary = arena_printf(cli->arena, "%s.XXXXXX", path);
        out->fd = mkostemp(temporary, O_CLOEXEC);
        out->path = path, out->temporary = temporary;
        if (out->fd >= 0)
            file_mode(out->fd);
    }
    if (out->fd < 0)
        return cannot_write(cli, path, errno);
    out->sink = sink_fd(cli->arena, out->fd);
    return OK;
}

Result output_close(Output *out, const Cli *cli, bool keep) {
    const char *shown = out->path ? out->path : "standard output";
    sink_flush(&out->sink);
    int error = out->sink.error;
    if (out->path && close(out->fd) && !error)
        error = errno;
    if (out->temporary && keep && !error && rename(out->temporary, out->path))
        error = errno;
    if (out->temporary && (!keep || error))
        unlink(out->temporary);
    return error ? cannot_write(cli, shown, error) : OK;
}
