#include "cli/batch.h"
#include "cli/folder.h"
#include "cli/inputs.h"

#include "check/identity.h"
#include "run/file_list.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

static bool wants_colour(const Cli *cli) {
    const char *given = args_value(cli->args, OPTION_COLOR), *off = getenv("NO_COLOR");
    if (given && !streq(given, "auto"))
        return streq(given, "always");
    return !(off && *off) && isatty(STDOUT_FILENO) && !streq(getenv("TERM"), "dumb") &&
           !args_has(cli->args, OPTION_OUTPUT);
}

static int terminal_width(void) {
    enum { LEAST = 80, MOST = 100 };
    struct winsize size;
    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) || size.ws_col > MOST)
        return MOST;
    return size.ws_col < LEAST ? LEAST : size.ws_col;
}

static Result read_options(BatchRun *run) {
    const Cli *cli = run->cli;
    const char *format = args_value(cli->args, OPTION_BATCH_FORMAT),
               *fail_on = args_value(cli->args, OPTION_FAIL_ON);
    run->format = batch_format_find(format ? format : "text");
    run->strict = args_has(cli->args, OPTION_STRICT);
    run->require_sign = args_has(cli->args, OPTION_REQUIRE_SIGN);
    run->fail_on = SEVERITY_ERROR;
    for (int s = 0; fail_on && s < SEVERITY_WORDS; s++)
        if (streq(severity_word((Severity)s), fail_on))
            run->fail_on = (Severity)s;
    run->shows = !args_has(cli->args, OPTION_BATCH_QUIET);
    run->bar = run->shows && isatty(STDERR_FILENO) && !streq(getenv("TERM"), "dumb");
    run->style =
        (ReportStyle){.lang = cli->lang, .colour = wants_colour(cli), .width = terminal_width()};
    if (args_has(cli->args, OPTION_RESUME) && args_has(cli->args, OPTION_NO_CACHE))
        return result_fail(cli->arena, ERR_USAGE, (Where){0},
                           "--resume 靠留下的结果接着查，不能和 --no-cache 一起用",
                           "--resume goes on from kept results; it does not go with --no-cache");
    if (!cli->args->operands.count)
        return result_fail(
            cli->arena, ERR_USAGE, (Where){0},
            "要检查哪一批？例如 chupin batch 文件夹，或 chupin batch 清单.txt",
            "which files? For example: chupin batch FOLDER, or chupin batch list.txt");
    TRY(input_jobs(&run->jobs, cli, OPTION_BATCH_JOBS));
    TRY(input_options(&run->options, cli));
    return input_seconds(&run->seconds, cli);
}

/* A folder that was named alone is left out of what people see of its files. */
static const char *shown_path(const Cli *cli, const char *path) {
    const Words *operands = &cli->args->operands;
    size_t n = strlen(operands->items[0]);
    if (operands->count != 1 || strncmp(path, operands->items[0], n))
        return path;
    while (path[n] == '/')
        n++;
    return path[n] ? path + n : path;
}

static Result find_files(BatchRun *run) {
    const Cli *cli = run->cli;
    FileList list = {.arena = cli->arena};
    for (size_t i = 0; i < cli->args->operands.count; i++)
        TRY(file_list_add(&list, cli->args->operands.items[i],
                          args_has(cli->args, OPTION_STDIN_LIST0)));
    file_list_sort(&list);
    Batch *b = &run->batch;
    b->arena = cli->arena;
    b->files = ARENA_ARRAY(cli->arena, BatchFile, list.count + 1);
    b->count = list.count;
    b->passed_over = list.passed_over;
    for (size_t i = 0; i < list.count; i++) {
        const char *path = list.paths[i], *slash = strrchr(path, '/');
        b->files[i].path = path;
        b->files[i].shown = shown_path(cli, path);
        b->files[i].folder = slash ? arena_copy(cli->arena, path, (size_t)(slash - path)) : ".";
    }
    return OK;
}

/* The same files checked in the same way are the same run. */
static void name_run(BatchRun *run) {
    static const OptionId same[] = {OPTION_RULES,   OPTION_JOB,   OPTION_PROFILE, OPTION_SIZE,
                                    OPTION_BLEED,   OPTION_PAGES, OPTION_PAPER,   OPTION_PROCESS,
                                    OPTION_INK,     OPTION_TEXT,  OPTION_DEEP,    OPTION_AS_OF,
                                    OPTION_PASSWORD};
    const Args *args = run->cli->args;
    Arena *a = run->cli->arena;
    Words parts = {0};
    char *here = getcwd(NULL, 0);
    *ARENA_PUSH(a, parts.items, parts.count, parts.capacity) = here;
    for (size_t i = 0; i < args->operands.count; i++)
        *ARENA_PUSH(a, parts.items, parts.count, parts.capacity) = args->operands.items[i];
    for (size_t k = 0; k < sizeof same / sizeof *same; k++)
        for (size_t i = 0; i < args->options[same[k]].count; i++) {
            *ARENA_PUSH(a, parts.items, parts.count, parts.capacity) =
                arena_printf(a, "%d", (int)k);
            *ARENA_PUSH(a, parts.items, parts.count, parts.capacity) =
                args->options[same[k]].items[i];
        }
    cache_key(run->run, parts.items, parts.count);
    free(here);
}

static void open_cache(BatchRun *run) {
    const Cli *cli = run->cli;
    run->cache = (ResultCache){.fd = -1};
    run->journal = (Journal){.arena = cli->arena, .fd = -1};
    name_run(run);
    if (args_has(cli->args, OPTION_NO_CACHE))
        return;
    run->cache = cache_open(cli->arena);
    run->journal =
        journal_open(cli->arena, &run->cache, run->run, args_has(cli->args, OPTION_RESUME));
    if (run->journal.as_of && !args_has(cli->args, OPTION_AS_OF))
        run->options.as_of = run->journal.as_of;
    journal_begin(&run->journal, run->options.as_of);
}

static int write_summary(const BatchRun *run, const char *path) {
    const Cli *cli = run->cli;
    Words values = {.items = (const char *[]){path}, .count = 1};
    Args args = *cli->args;
    args.options[OPTION_OUTPUT] = values;
    Cli own = *cli;
    own.args = &args;
    Output out;
    Result r = output_open(&out, &own, &cli->args->operands);
    if (!r.kind) {
        batch_summary_json(&run->batch, &out.sink);
        r = output_close(&out, &own, true);
    }
    return r.kind ? cli_fail(cli, r) : EXIT_OK;
}

/* Findings of the set count as those of files do. */
static int set_code(const BatchRun *run) {
    for (size_t i = 0; i < run->batch.set_count; i++)
        if (set_check_severity(run->batch.sets[i].check) <= run->fail_on)
            return EXIT_FOUND;
    return EXIT_OK;
}

static void sum_up(BatchRun *run, int signal) {
    run->batch.interrupted = signal;
    batch_sort_rules(&run->batch);
    if (signal)
        return;
    batch_check_sets(&run->batch);
    run->code = batch_worse(run->code, set_code(run));
}

static int conclude(BatchRun *run, Output *out, int signal) {
    const Cli *cli = run->cli;
    Sink err = sink_fd(cli->arena, STDERR_FILENO);
    if (run->format->end)
        run->format->end(&run->batch, &run->style, &out->sink);
    if (!streq(run->format->name, "text") && run->shows)
        batch_summary(&run->batch, &run->style, &err);
    sink_flush(&err);
    Result r = output_close(out, cli, true);
    int code = r.kind ? batch_worse(run->code, cli_fail(cli, r)) : run->code;
    const char *summary = args_value(cli->args, OPTION_SUMMARY);
    if (summary)
        code = batch_worse(code, write_summary(run, summary));
    FullRunSheet *sheet = full_run_sheet();
    if (args_has(cli->args, OPTION_RUN_SHEET) && sheet)
        code = batch_worse(code, sheet(cli, &run->batch, &run->style, run->options.as_of));
    if (!signal)
        return code;
    cli_refuse(cli, "中断了，查完 %d 个，共 %d 个；接着查：同一条命令加 --resume",
               "interrupted; %d of %d are done; to go on, run the same command with --resume",
               (int)run->batch.settled, (int)run->batch.count);
    return 128 + signal;
}

static int run_batch(BatchRun *run) {
    const Cli *cli = run->cli;
    Output out;
    Words inputs = {.items = ARENA_ARRAY(cli->arena, const char *, run->batch.count + 1),
                    .count = run->batch.count};
    for (size_t i = 0; i < inputs.count; i++)
        inputs.items[i] = run->batch.files[i].path;
    Result r = output_open(&out, cli, &inputs);
    if (r.kind)
        return cli_fail(cli, r);
    worker_hold_signals();
    open_cache(run);
    rules_identity(&run->book.rules, run->book.data, run->rules);
    run->tool = tool_identity(cli->arena);
    if (run->format->begin && !run->format->sums_first)
        run->format->begin(&run->batch, &run->style, &out.sink);
    run->pieces = ordered_open(cli->arena, &out.sink, run->batch.count);
    run->pieces.between = run->format->between;
    run->pieces.holds = run->format->sums_first;
    int signal = batch_check(run);
    journal_close(&run->journal, &run->cache);
    cache_close(&run->cache);
    sum_up(run, signal);
    if (run->format->begin && run->format->sums_first)
        run->format->begin(&run->batch, &run->style, &out.sink);
    ordered_close(&run->pieces, !signal || run->format->sums_first);
    return conclude(run, &out, signal);
}

/* Sheets that name a record lie in the folder, further up, or beside the file itself. */
static bool may_have_own_record(const Cli *cli, const BatchFile *f, const BatchFile *before) {
    return !before || !streq(f->folder, before->folder) ||
           access(arena_printf(cli->arena, "%s.chupin.yaml", f->path), F_OK) == 0;
}

static bool has_record(const BatchRun *run, const BatchFile *f) {
    Artwork art;
    RecordPlace place;
    Errors errors = {0};
    Result r = artwork_try(&art, run->cli, &run->book, &run->options, f->path, &errors);
    bool has = !r.kind && !errors.count && !art.trouble.kind && !artwork_place(&place, &art).kind &&
               place.record && place.exists;
    artwork_close(&art);
    return has;
}

static bool any_record(const BatchRun *run) {
    for (size_t i = 0; i < run->batch.count; i++)
        if (may_have_own_record(run->cli, &run->batch.files[i],
                                i ? &run->batch.files[i - 1] : NULL) &&
            has_record(run, &run->batch.files[i]))
            return true;
    return false;
}

/* The light program becomes the full one where a job has a record. */
static int run_with_records(BatchRun *run) {
    bool recorded = any_record(run);
    if (recorded && !cli_is_full())
        return cli_become_full(run->cli);
    if (recorded)
        run->records = full_records()->open(run->cli);
    int code = run_batch(run);
    if (run->records)
        full_records()->close(run->records);
    return code;
}

int cmd_batch(const Cli *cli) {
    BatchRun run = {.cli = cli};
    if (args_has(cli->args, OPTION_RUN_SHEET) && !cli_is_full())
        return cli_become_full(cli);
    Result r = read_options(&run);
    if (!r.kind)
        r = find_files(&run);
    if (r.kind)
        return cli_fail(cli, r);
    if (!run.batch.count)
        return cli_fail(cli, result_fail(cli->arena, ERR_FILE,
                                         (Where){cli->args->operands.items[0], 0, 0},
                                         "里面没有能检查的稿子（PDF、AI、TIFF、PNG、JPEG）",
                                         "there is no artwork in it (PDF, AI, TIFF, PNG, JPEG)"));
    int code = rulebook_open(&run.book, cli);
    if (!code)
        code = run_with_records(&run);
    rulebook_close(&run.book);
    return code;
}
