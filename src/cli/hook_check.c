#include "cli/hook.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

void hook_say(const Cli *cli, const char *zh, const char *en, const char *name) {
    Sink err = sink_fd(cli->arena, STDERR_FILENO);
    sink_format(&err, "chupin: %s: %s\n", text_printable(cli->arena, name, strlen(name)),
                cli->lang == LANG_ZH ? zh : en);
    sink_flush(&err);
}

/* What the check printed, with the paths that people know. */
static void pass_on(Arena *a, int fd, const char *prefix) {
    off_t n = lseek(fd, 0, SEEK_END);
    char *said = n > 0 ? mmap(NULL, (size_t)n, PROT_READ, MAP_PRIVATE, fd, 0) : MAP_FAILED;
    if (said == MAP_FAILED)
        return;
    Sink err = sink_fd(a, STDERR_FILENO);
    const char *end = said + n;
    size_t skip = strlen(prefix);
    for (const char *p = said; p < end;) {
        const char *next = skip ? memmem(p, (size_t)(end - p), prefix, skip) : NULL;
        sink_write(&err, p, (size_t)((next ? next : end) - p));
        p = next ? next + skip : end;
    }
    sink_flush(&err);
    munmap(said, (size_t)n);
}

static int start(pid_t *pid, const Cli *cli, const char *path, int words) {
    const char *fail_on = args_value(cli->args, OPTION_FAIL_ON);
    const char *lang = cli->lang == LANG_ZH ? "zh" : "en";
    const char *argv[12] = {"chupin", "check",     "--lang",
                            lang,     "--fail-on", fail_on ? fail_on : "error"};
    int n = 6;
    if (args_has(cli->args, OPTION_STRICT))
        argv[n++] = "--strict";
    argv[n++] = "--";
    argv[n] = path;
    return spawn_program(pid, "/proc/self/exe", argv, &(Spawn){-1, words, words});
}

int hook_check(const Cli *cli, const char *path, const char *name, const char *prefix) {
    pid_t pid;
    int words = memfd_create("chupin-words", MFD_CLOEXEC);
    int error = words < 0 ? errno : start(&pid, cli, path, words);
    if (error) {
        (void)cli_refuse(cli, "检查没能开始：%s", "the check could not be started: %s",
                         strerror(error));
        if (words >= 0)
            close(words);
        return EXIT_NOT_CHECKED;
    }
    int code = spawn_wait(pid);
    if (code == EXIT_OK) {
        hook_say(cli, "✓ 没有必须改的", "✓ nothing must be mended", name);
    } else {
        hook_say(cli, "✗ 没过，原因如下", "✗ did not pass, for these reasons", name);
        pass_on(cli->arena, words, prefix);
    }
    close(words);
    return code;
}
