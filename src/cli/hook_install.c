/* The files that git calls. They hold a few lines of shell that hand over to `chupin hook run`;
 * what another program put there stays, and is called afterwards when that was asked for. */
#include "cli/hook.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char mark[] = "# chupin hook: ";
static const char before[] = ".before-chupin";

typedef struct HookFile {
    const char *path, *kept; /* kept: what was there before */
    bool there, ours;
} HookFile;

static Result hooks_folder(const char **out, Arena *a) {
    /* Knows about core.hooksPath and about working copies that share one repository. */
    static const char *const arguments[] = {"rev-parse", "--path-format=absolute", "--git-path",
                                            "hooks", NULL};
    if (git_ask_line(out, a, arguments))
        return OK;
    return result_fail(a, ERR_USAGE, (Where){0},
                       "这里不是 git 仓库；到仓库的文件夹里再运行 chupin hook install",
                       "this is no git repository; run chupin hook install inside of one");
}

static HookFile look_at(Arena *a, const char *folder, HookKind kind) {
    HookFile h = {.path = arena_printf(a, "%s/%s", folder, hook_name(kind))};
    char text[256];
    struct stat s;
    h.kept = arena_printf(a, "%s%s", h.path, before);
    h.there = lstat(h.path, &s) == 0;
    int fd = open(h.path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? 0 : read(fd, text, sizeof text);
    h.ours = n > 0 && memmem(text, (size_t)n, mark, sizeof mark - 1);
    if (fd >= 0)
        close(fd);
    return h;
}

/* ---- what stands in it ---- */

static void quoted(Sink *to, const char *text) {
    sink_char(to, '\'');
    for (const char *p = text; *p; p++)
        sink_format(to, *p == '\'' ? "'\\''" : "%c", *p);
    sink_char(to, '\'');
}

static void write_call(Sink *to, const Cli *cli, HookKind kind) {
    const char *fail_on = args_value(cli->args, OPTION_FAIL_ON),
               *lang = args_value(cli->args, OPTION_LANG);
    sink_format(to, "\"$chupin\" hook run %s", hook_name(kind));
    if (fail_on)
        sink_format(to, " --fail-on %s", fail_on);
    if (args_has(cli->args, OPTION_STRICT))
        sink_str(to, " --strict");
    if (lang)
        sink_format(to, " --lang %s", lang);
    sink_str(to, " -- \"$@\" || exit\n");
}

static void write_script(Sink *to, const Cli *cli, HookKind kind) {
    char self[4096];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
    self[n > 0 ? n : 0] = 0;
    const char *bypass = kind == HOOK_PRE_PUSH ? "git push --no-verify" : "git commit --no-verify";
    sink_format(to,
                "#!/bin/sh\n%sartwork is checked before it gets on. 稿子先查再放行。\n"
                "# Once without it 这一次不查: %s\n# For good 以后都不查: chupin hook uninstall\n"
                "chupin=",
                mark, bypass);
    quoted(to, self);
    sink_format(
        to,
        "\n[ -x \"$chupin\" ] || chupin=$(command -v chupin) || {\n"
        "    echo 'chupin: 这台机器没有装 chupin，稿子没有查 is not installed here, nothing was "
        "checked; %s' >&2\n    exit 1\n}\nnext=$(dirname \"$0\")/%s%s\n",
        bypass, hook_name(kind), before);
    if (kind == HOOK_PRE_PUSH) /* two may read what git says: the check, and what was there */
        sink_str(to, "pushed=$(cat; echo .)\nsay() { printf %s \"${pushed%.}\"; }\nsay | ");
    write_call(to, cli, kind);
    sink_format(to, "[ ! -x \"$next\" ] || %s \"$next\" \"$@\"\n",
                kind == HOOK_PRE_PUSH ? "say |" : "exec");
}

static Result write_hook(const Cli *cli, const HookFile *h, HookKind kind) {
    Arena *a = cli->arena;
    char *temporary = arena_printf(a, "%s.XXXXXX", h->path);
    int fd = mkostemp(temporary, O_CLOEXEC);
    if (fd < 0)
        return result_fail(a, ERR_OUTPUT, (Where){h->path, 0, 0}, "写不进去：%s",
                           "cannot be written: %s", strerror(errno));
    Sink to = sink_fd(a, fd);
    write_script(&to, cli, kind);
    sink_flush(&to);
    int error = to.error;
    if (!error && (fchmod(fd, 0755) || fsync(fd)))
        error = errno;
    if (close(fd) && !error)
        error = errno;
    if (!error && rename(temporary, h->path))
        error = errno;
    if (!error)
        return OK;
    unlink(temporary);
    return result_fail(a, ERR_OUTPUT, (Where){h->path, 0, 0}, "写不进去：%s",
                       "cannot be written: %s", strerror(error));
}

/* ---- the two verbs ---- */

static void say(const Cli *cli, const char *zh, const char *en, const char *path) {
    Sink out = sink_fd(cli->arena, STDOUT_FILENO);
    sink_format(&out, "%s: %s\n", text_printable(cli->arena, path, strlen(path)),
                cli->lang == LANG_ZH ? zh : en);
    sink_flush(&out);
}

static int there_already(const Cli *cli, const HookFile *h, HookKind kind) {
    const char *path = text_printable(cli->arena, h->path, strlen(h->path));
    (void)cli_refuse(cli,
                     "%s 已经有了，不去动它。要两个都跑：chupin hook install --chain %s；"
                     "或者自己在里面加一行：chupin hook run %s \"$@\" || exit 1",
                     "%s is there already and stays as it is. To run both: chupin hook install "
                     "--chain %s; or add the line: chupin hook run %s \"$@\" || exit 1",
                     path, hook_name(kind), hook_name(kind));
    return EXIT_FOUND;
}

static int install_one(const Cli *cli, const char *folder, HookKind kind) {
    HookFile h = look_at(cli->arena, folder, kind);
    struct stat s;
    bool keep = h.there && !h.ours;
    if (keep && !args_has(cli->args, OPTION_CHAIN))
        return there_already(cli, &h, kind);
    if (keep && lstat(h.kept, &s) == 0)
        return cli_refuse(cli, "%s 也有了，不去动它；先看看哪个还要",
                          "%s is there too and stays as it is; see which of them is wanted",
                          text_printable(cli->arena, h.kept, strlen(h.kept)));
    if (keep && rename(h.path, h.kept))
        return cli_refuse(cli, "%s 改不了名：%s", "%s cannot be renamed: %s",
                          text_printable(cli->arena, h.path, strlen(h.path)), strerror(errno));
    Result r = write_hook(cli, &h, kind);
    if (r.kind && keep)
        (void)!rename(h.kept, h.path);
    if (r.kind)
        return cli_fail(cli, r);
    say(cli, keep ? "装好了；原来的改名为 *.before-chupin，查完接着跑它" : "装好了",
        keep ? "installed; what was there is now *.before-chupin and runs after the check"
             : "installed",
        h.path);
    return EXIT_OK;
}

static int uninstall_one(const Cli *cli, const char *folder, HookKind kind) {
    HookFile h = look_at(cli->arena, folder, kind);
    if (!h.ours)
        return EXIT_OK;
    bool back = access(h.kept, F_OK) == 0;
    if (back ? rename(h.kept, h.path) : unlink(h.path))
        return cli_refuse(cli, "%s 去不掉：%s", "%s cannot be removed: %s",
                          text_printable(cli->arena, h.path, strlen(h.path)), strerror(errno));
    say(cli, back ? "去掉了，原来的放回来了" : "去掉了",
        back ? "removed, what was there before is back" : "removed", h.path);
    return EXIT_OK;
}

static int each_named(const Cli *cli, const Words *names,
                      int (*one)(const Cli *cli, const char *folder, HookKind kind)) {
    const char *folder;
    int code = EXIT_OK;
    Result r = hooks_folder(&folder, cli->arena);
    if (r.kind)
        return cli_fail(cli, r);
    for (size_t i = 0; i < names->count; i++)
        if (!streq(names->items[i], hook_name(HOOK_PRE_COMMIT)) &&
            !streq(names->items[i], hook_name(HOOK_PRE_PUSH)))
            return cli_refuse(cli, "只有 pre-commit 和 pre-push 两种",
                              "there are pre-commit and pre-push");
    if (mkdir(folder, 0777) && errno != EEXIST)
        return cli_refuse(cli, "建不了文件夹 %s：%s", "the folder %s cannot be made: %s", folder,
                          strerror(errno));
    for (int kind = 0; kind < HOOK_KINDS; kind++) {
        bool named = !names->count;
        for (size_t i = 0; i < names->count; i++)
            named |= streq(names->items[i], hook_name((HookKind)kind));
        int now = named ? one(cli, folder, (HookKind)kind) : EXIT_OK;
        code = now > code ? now : code;
    }
    return code;
}

int hook_install(const Cli *cli, const Words *names) {
    return each_named(cli, names, install_one);
}

int hook_uninstall(const Cli *cli, const Words *names) {
    return each_named(cli, names, uninstall_one);
}
