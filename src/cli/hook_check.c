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

/* ---- several at a time ---- */

typedef struct Running {
    pid_t pid; /* −1: it could not be started, which was said */
    int words; /* what it prints, a file in memory */
} Running;

static size_t most_at_a_time(void) {
    enum { MOST = 64 };
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores < 1 ? 1 : cores > MOST ? MOST : (size_t)cores;
}

static Running begin(const Cli *cli, const HookArtwork *file) {
    Running r = {.pid = -1, .words = memfd_create("chupin-words", MFD_CLOEXEC)};
    int error = r.words < 0 ? errno : start(&r.pid, cli, file->path, r.words);
    if (!error)
        return r;
    (void)cli_refuse(cli, "检查没能开始：%s", "the check could not be started: %s",
                     strerror(error));
    r.pid = -1;
    return r;
}

static int finish(const Cli *cli, const HookArtwork *file, const Running *r, const char *prefix) {
    int code = r->pid < 0 ? EXIT_NOT_CHECKED : spawn_wait(r->pid);
    if (code == EXIT_OK) {
        hook_say(cli, "✓ 没有必须改的", "✓ nothing must be mended", file->name);
    } else if (r->pid >= 0) {
        hook_say(cli, "✗ 没过，原因如下", "✗ did not pass, for these reasons", file->name);
        pass_on(cli->arena, r->words, prefix);
    }
    if (r->words >= 0)
        close(r->words);
    return code;
}

void hook_check(const Cli *cli, const HookArtworks *files, const char *prefix,
                void (*ended)(void *self, int code), void *self) {
    size_t most = most_at_a_time(), begun = 0;
    Running *running = ARENA_ARRAY(cli->arena, Running, most);
    bool broken_off = false;
    for (size_t done = 0; done < files->count && !(broken_off && done == begun); done++) {
        for (; begun < files->count && begun - done < most && !broken_off; begun++)
            running[begun % most] = begin(cli, &files->items[begun]);
        int code = finish(cli, &files->items[done], &running[done % most], prefix);
        broken_off |= code >= 128;
        ended(self, code);
    }
}
