#include "cli/hook.h"
#include "cli/inputs.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

const char *hook_name(HookKind kind) {
    switch (kind) {
    case HOOK_PRE_COMMIT:
        return "pre-commit";
    case HOOK_PRE_PUSH:
        return "pre-push";
    case HOOK_KINDS:
        break;
    }
    return "";
}

typedef struct HookRun {
    const Cli *cli;
    HookKind kind; /* HOOK_KINDS: files that were named */
    HookTally tally;
    HookArtworks files; /* to be checked */
    int code;
    Words seen; /* commits */
} HookRun;

static void count(void *self, int code) {
    HookRun *run = self;
    run->tally.checked++;
    if (code == EXIT_OK)
        return;
    run->tally.refused++;
    /* What could not be checked weighs more than what is wrong, as everywhere. */
    run->code = code >= 128 || run->code < code ? code : run->code;
}

static void pointer(HookRun *run, const char *name) {
    hook_say(run->cli, "这是 Git LFS 的指针，稿子还没下载，没法查；先运行 git lfs pull",
             "this is a pointer of Git LFS, the artwork is not here and cannot be checked; run git "
             "lfs pull first",
             name);
    run->tally.pointers++;
    run->code = run->code < EXIT_NOT_CHECKED ? EXIT_NOT_CHECKED : run->code;
}

static void add(HookRun *run, const char *path, const char *name) {
    HookArtworks *files = &run->files;
    *ARENA_PUSH(run->cli->arena, files->items, files->count, files->capacity) =
        (HookArtwork){path, name};
}

static void check(HookRun *run, const char *prefix) {
    hook_check(run->cli, &run->files, prefix, count, run);
    run->files.count = 0;
}

static Result run_change(HookRun *run, HookDesk *d, const GitEntry *entry) {
    HookFound found;
    const char *path;
    TRY(hook_lay(&found, &path, d, entry));
    switch (found) {
    case FOUND_NOTHING:
        break;
    case FOUND_POINTER:
        pointer(run, entry->path);
        break;
    case FOUND_ARTWORK:
        add(run, path, entry->path);
        break;
    }
    return OK;
}

static Result run_changes(HookRun *run, const HookChanges *changes) {
    HookDesk d;
    Arena *a = run->cli->arena;
    run->tally.exempt += changes->exempt;
    if (!changes->count)
        return OK;
    Result r = hook_desk_open(&d, run->cli, a);
    d.changes = changes;
    for (size_t i = 0; i < changes->count && !r.kind; i++)
        r = run_change(run, &d, changes->items[i]);
    if (!r.kind)
        check(run, d.temporary);
    hook_desk_close(&d);
    return r;
}

static Result run_staged(HookRun *run) {
    HookChanges changes;
    TRY(hook_staged(&changes, run->cli->arena));
    return run_changes(run, &changes);
}

/* The same commit may go to two branches. */
static bool is_new(HookRun *run, const char *commit) {
    for (size_t i = 0; i < run->seen.count; i++)
        if (streq(run->seen.items[i], commit))
            return false;
    *ARENA_PUSH(run->cli->arena, run->seen.items, run->seen.count, run->seen.capacity) = commit;
    return true;
}

static Result run_pushed(HookRun *run, const char *remote) {
    char *line = NULL;
    size_t room = 0;
    Result r = OK;
    while (!r.kind && run->code < 128 && getline(&line, &room, stdin) > 0) {
        HookChanges changes;
        r = hook_pushed(&changes, run->cli->arena, line, remote);
        if (!r.kind && changes.commit && is_new(run, changes.commit))
            r = run_changes(run, &changes);
    }
    free(line);
    return r;
}

static bool is_pointer_file(const char *path) {
    char head[BLOB_HEAD], oid[65];
    FILE *f = fopen(path, "re");
    size_t n = f ? fread(head, 1, sizeof head, f) : 0;
    if (f)
        fclose(f);
    return lfs_pointer(oid, head, n);
}

static void run_files(HookRun *run, const Words *words, size_t from) {
    for (size_t i = from; i < words->count; i++) {
        const char *path = words->items[i];
        if (is_pointer_file(path))
            pointer(run, path);
        else
            add(run, path, path);
    }
    check(run, "");
}

/* The last line: may it go on, and what to do when not. */
static void conclude(const HookRun *run) {
    const HookTally *t = &run->tally;
    Sink err = sink_fd(run->cli->arena, STDERR_FILENO);
    bool zh = run->cli->lang == LANG_ZH, push = run->kind == HOOK_PRE_PUSH;
    const char *command = push ? "git push" : "git commit";
    int open = t->refused + t->pointers;
    if (t->exempt)
        sink_format(&err,
                    zh ? "chupin: 有 %d 个文件按 .gitattributes（-chupin）不查\n"
                       : "chupin: %d not looked at, as .gitattributes says (-chupin)\n",
                    t->exempt);
    if (open && run->kind == HOOK_KINDS)
        sink_format(&err, zh ? "chupin: %d 件没过\n" : "chupin: %d did not pass\n", open);
    else if (open && zh)
        sink_format(&err,
                    "chupin: 不让%s：%d 件没过，原因在上面。改好后%s；"
                    "确实要先这样存：%s --no-verify\n",
                    push ? "推送" : "提交", open, push ? "提交再推" : " git add 再提交", command);
    else if (open)
        sink_format(&err,
                    "chupin: not %s: %d did not pass, see above. Mend, %s; to do it "
                    "all the same: %s --no-verify\n",
                    push ? "pushed" : "committed", open,
                    push ? "commit and push again" : "git add and commit again", command);
    else if (t->checked)
        sink_format(&err,
                    zh ? "chupin: 查了 %d 件，没有必须改的\n"
                       : "chupin: %d checked, nothing must be mended\n",
                    t->checked);
    sink_flush(&err);
}

/* Ctrl-C ends the check at hand; we ourselves clean up first. A git that breaks off is told by its
 * exit. */
static void hold_signals(void) {
    sigset_t held;
    sigemptyset(&held);
    sigaddset(&held, SIGINT);
    sigaddset(&held, SIGTERM);
    sigaddset(&held, SIGHUP);
    sigaddset(&held, SIGPIPE);
    sigprocmask(SIG_BLOCK, &held, NULL);
}

/* Where git itself calls hooks: names it is asked about count from there. */
static void go_to_top(Arena *a) {
    static const char *const arguments[] = {"rev-parse", "--show-toplevel", NULL};
    const char *top;
    if (git_ask_line(&top, a, arguments))
        (void)!chdir(top);
}

static int run_hook(const Cli *cli) {
    const Words *words = &cli->args->operands;
    const char *what = words->count > 1 ? words->items[1] : "";
    HookRun run = {.cli = cli, .kind = HOOK_KINDS};
    Result r = OK;
    hold_signals();
    if (streq(what, hook_name(HOOK_PRE_COMMIT))) {
        run.kind = HOOK_PRE_COMMIT;
        go_to_top(cli->arena);
        r = run_staged(&run);
    } else if (streq(what, hook_name(HOOK_PRE_PUSH))) {
        run.kind = HOOK_PRE_PUSH;
        go_to_top(cli->arena);
        r = run_pushed(&run, words->count > 2 ? words->items[2] : "");
    } else if (streq(what, "files")) {
        run_files(&run, words, 2);
    } else {
        return cli_refuse(cli, "hook run 后面是 pre-commit、pre-push 或 files",
                          "hook run takes pre-commit, pre-push or files");
    }
    if (r.kind)
        return cli_fail(cli, r);
    if (run.code < 128)
        conclude(&run);
    return run.code;
}

int cmd_hook(const Cli *cli) {
    const Words *words = &cli->args->operands;
    const char *verb = words->count ? words->items[0] : "";
    Words rest = {.items = words->items + 1, .count = words->count ? words->count - 1 : 0};
    if (streq(verb, "install"))
        return hook_install(cli, &rest);
    if (streq(verb, "uninstall"))
        return hook_uninstall(cli, &rest);
    if (streq(verb, "run"))
        return run_hook(cli);
    return cli_refuse(cli, "hook 后面是 install、uninstall 或 run",
                      "hook takes install, uninstall or run");
}
