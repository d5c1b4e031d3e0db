#include "cli/full/stamp.h"
#include "cli/full/views.h"
#include "cli/full/watch_check.h"
#include "cli/inputs.h"

#include <limits.h>
#include <math.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_JOBS = 64 };

/* ---- rules ---- */

/* Those that are at work stay when the new ones are wrong, which has been said. */
static void reload(void *owner) {
    WatchSelf *self = owner;
    Cli cli = *self->cli;
    Rulebook fresh;
    cli.arena = arena_new();
    if (rulebook_open(&fresh, &cli)) {
        cli_note(&cli, "规则有错，仍用原来的规则查",
                 "the rules are wrong; those of before stay in use");
        rulebook_close(&fresh);
        arena_free(cli.arena);
        return;
    }
    rulebook_close(self->book);
    arena_free(self->book_arena);
    *self->book = fresh;
    self->book_arena = cli.arena;
    cli_note(self->cli, "规则重新读过了（%.8s）", "the rules were read again (%.8s)",
             fresh.rules.sha256);
}

static int open_rules(WatchSelf *self) {
    Cli cli = *self->cli;
    cli.arena = self->book_arena = arena_new();
    return rulebook_open(self->book, &cli);
}

/* ---- notifications ---- */

static void told(void *owner, const WatchTold *file) {
    const WatchSelf *self = owner;
    const WatchFound *found = file->found;
    Arena *a = arena_new();
    ToldFile about = {.name = file->name,
                      .place = file->place,
                      .stage = hot_stage_folder(found->stage),
                      .line = found->line,
                      .folder = self->folder,
                      .worst_count = found->worst_count};
    _Static_assert((int)DIGEST_WORST == (int)WATCH_WORST, "the same five");
    for (size_t i = 0; i < found->worst_count; i++)
        about.worst[i] = found->worst[i];
    const char *whom = found->notify                ? found->notify
                       : notify_wanted(&self->site) ? notify_text(a, &self->site)
                                                    : "";
    notifier_tell(&self->notifier, a, whom, &about);
    arena_free(a);
}

static Result start_notifier(WatchSelf *self) {
    char real[PATH_MAX];
    Arena *a = self->cli->arena;
    const char *typed = self->cli->args->operands.items[0];
    self->folder = arena_strdup(a, realpath(typed, real) ? real : typed);
    TRY(notify_site(&self->site, a));
    return notifier_start(&self->notifier, a, self->cli->lang);
}

/* ---- options ---- */

static Result seconds(double *out, const Cli *cli, OptionId id, double given_none, double least) {
    const char *given = args_value(cli->args, id);
    *out = given_none;
    if (!given)
        return OK;
    Str s = str_of(given);
    size_t used = number_parse(s, out);
    if (used && used == s.n && *out >= least && *out <= 86400)
        return OK;
    return result_fail(cli->arena, ERR_USAGE, (Where){0}, "--%s 要写秒数（%g 到 86400），“%s”不行",
                       "--%s takes seconds (%g to 86400), not “%s”", option_row(id)->name, least,
                       shown(cli->arena, given));
}

static size_t cores(void) {
    cpu_set_t set;
    int count = sched_getaffinity(0, sizeof set, &set) ? 1 : CPU_COUNT(&set);
    return (size_t)(count < 1 ? 1 : count > MOST_JOBS ? MOST_JOBS : count);
}

static Result jobs(size_t *out, const Cli *cli) {
    const char *given = args_value(cli->args, OPTION_WATCH_JOBS);
    double count = (double)cores();
    Str s = str_of(given);
    if (given && (number_parse(s, &count) != s.n || !s.n || count < 1 || count > MOST_JOBS ||
                  floor(count) < count))
        return result_fail(cli->arena, ERR_USAGE, (Where){0}, "-j 要写 1 到 %d 的整数，“%s”不行",
                           "-j takes a whole number from 1 to %d, not “%s”", MOST_JOBS,
                           shown(cli->arena, given));
    *out = (size_t)count;
    return OK;
}

static Result read_options(Watch *w, WatchSelf *self, const Cli *cli) {
    const double poll = 2, settle = 10, patience = 1800;
    const Words *folders = &cli->args->operands;
    if (folders->count != 1)
        return result_fail(cli->arena, ERR_USAGE, (Where){0},
                           "看着哪一个文件夹？例如 chupin watch 出品",
                           "which folder is to be watched? For example: chupin watch DIR");
    *w = (Watch){.folder = folders->items[0],
                 .in_place = args_has(cli->args, OPTION_IN_PLACE),
                 .once = args_has(cli->args, OPTION_ONCE),
                 .listen = !args_has(cli->args, OPTION_NO_INOTIFY),
                 .lang = cli->lang,
                 .self = self,
                 .check = watch_check,
                 .reload = reload,
                 .told = told};
    TRY(seconds(&w->poll, cli, OPTION_POLL, poll, 0.05));
    TRY(seconds(&w->settle, cli, OPTION_SETTLE, settle, 0));
    TRY(seconds(&w->patience, cli, OPTION_PATIENCE, patience, 1));
    TRY(jobs(&w->jobs, cli));
    return input_seconds(&self->seconds, cli);
}

/* A check keeps its own time limits; this is for one that hangs all the same. */
static double longest(double limit) {
    const double usual = 120, rounds = 10;
    return rounds * (limit > 0 ? limit : usual);
}

int cmd_watch(const Cli *cli) {
    static const char *usual[] = {"html,sheet"};
    const Words default_views = {.items = usual, .count = 1};
    Rulebook book = {0};
    WatchSelf self = {.cli = cli,
                      .book = &book,
                      .views = &cli->args->options[OPTION_REPORT],
                      .notifier = {.to = -1}};
    Watch w;
    Result r = read_options(&w, &self, cli);
    if (r.kind)
        return cli_fail(cli, r);
    self.in_place = w.in_place;
    self.views = self.views->count ? self.views : &default_views;
    w.seconds = longest(self.seconds);
    int code = views_ready(cli, self.views);
    if (!code)
        code = open_rules(&self);
    if (!code) {
        r = start_notifier(&self);
        if (!r.kind)
            r = watch_run(&w, cli->arena);
        code = r.kind ? cli_fail(cli, r) : EXIT_OK;
    }
    notifier_stop(&self.notifier);
    rulebook_close(&book);
    arena_free(self.book_arena);
    return code;
}
