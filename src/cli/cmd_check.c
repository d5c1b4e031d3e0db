#include "cli/against.h"
#include "cli/artwork.h"
#include "cli/inputs.h"
#include "cli/pictures.h"
#include "report/write.h"
#include "run/worker.h"

#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

typedef struct CheckRun {
    const Cli *cli;
    const ReportFormat *format;
    ReportStyle style;
    CheckAsk ask;
    JobOptions options;
    Rulebook book;
    Artwork *inputs;
    size_t count;
    FileLine *lines; /* for the summary; one a report */
    size_t line_count;
    Output out;
} CheckRun;

/* Of all files: 2, then 3, then 1, then 4, then 0. */
static int worse(int a, int b) {
    static const int order[] = {EXIT_OK, 4, EXIT_FOUND, EXIT_NOT_CHECKED, EXIT_REFUSED};
    int rank_a = 0, rank_b = 0;
    for (int i = 0; i < (int)(sizeof order / sizeof *order); i++) {
        rank_a = order[i] == a ? i : rank_a;
        rank_b = order[i] == b ? i : rank_b;
    }
    return rank_a > rank_b ? a : b;
}

static bool wants_colour(const Cli *cli) {
    const char *given = args_value(cli->args, OPTION_COLOR), *off = getenv("NO_COLOR");
    const char *term = getenv("TERM");
    if (given && !streq(given, "auto"))
        return streq(given, "always");
    return !(off && *off) && isatty(STDOUT_FILENO) && !streq(term, "dumb") &&
           !args_has(cli->args, OPTION_OUTPUT);
}

static int terminal_width(void) {
    enum { LEAST = 80, MOST = 100 };
    struct winsize size;
    if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) || size.ws_col > MOST)
        return MOST;
    return size.ws_col < LEAST ? LEAST : size.ws_col;
}

static Result read_options(CheckRun *run) {
    const Cli *cli = run->cli;
    const char *format = args_value(cli->args, OPTION_FORMAT),
               *fail_on = args_value(cli->args, OPTION_FAIL_ON);
    run->format = report_format_find(format ? format : "text");
    run->ask = (CheckAsk){.fail_on = SEVERITY_ERROR,
                          .strict = args_has(cli->args, OPTION_STRICT),
                          .require_sign = args_has(cli->args, OPTION_REQUIRE_SIGN),
                          .record = args_has(cli->args, OPTION_RECORD_RUN),
                          .views = &cli->args->options[OPTION_REPORT]};
    for (int s = 0; fail_on && s < SEVERITY_WORDS; s++)
        if (streq(severity_word((Severity)s), fail_on))
            run->ask.fail_on = (Severity)s;
    run->style = (ReportStyle){.lang = cli->lang,
                               .colour = wants_colour(cli),
                               .brief = args_has(cli->args, OPTION_QUIET),
                               .width = terminal_width()};
    if (!run->count)
        return result_fail(cli->arena, ERR_USAGE, (Where){0},
                           "要检查哪个文件？例如 chupin check 正稿.pdf",
                           "which file? For example: chupin check artwork.pdf");
    if (!run->format->many && run->count > 1)
        return result_fail(cli->arena, ERR_USAGE, (Where){0},
                           "--format %s 只收一个文件；几个文件请用 jsonl",
                           "--format %s takes one file; for several use jsonl", run->format->name);
    int jobs;
    TRY(input_jobs(&jobs, cli, OPTION_CHECK_JOBS));
    TRY(input_options(&run->options, cli));
    TRY(against_read(&run->ask, cli));
    return input_seconds(&run->ask.seconds, cli);
}

/* The record of the job is there, or the sheet wants one. */
static bool has_record(const Artwork *in) {
    RecordPlace place;
    return !in->trouble.kind && (artwork_place(&place, in).kind || place.exists ||
                                 (place.configured && place.source == RECORD_SHEET));
}

/* By what was asked alone; what the files need besides is known once their sheets were read. */
static bool asks_for_more(const CheckRun *run) {
    return run->ask.record || run->ask.views->count || (run->ask.against && !run->ask.before);
}

static void write_report(CheckRun *run, const Report *r, int code) {
    bool apart = run->line_count && streq(run->format->name, "text") && !run->style.brief;
    run->style.exit_code = code;
    run->style.again = run->line_count > 0;
    if (apart)
        sink_char(&run->out.sink, '\n');
    run->format->write(r, &run->style, &run->out.sink);
    sink_flush(&run->out.sink);
    run->lines[run->line_count++] = (FileLine){.name = arena_strdup(run->cli->arena, r->file.name),
                                               .state = r->verdict.state,
                                               .errors = r->verdict.errors,
                                               .warnings = r->verdict.warnings,
                                               .unchecked = r->verdict.unchecked,
                                               .exit_code = code};
}

/* Where more was written, under a text; beside anything else, for a person only. */
static void say_written(CheckRun *run, const CheckDone *done) {
    bool text = streq(run->format->name, "text"), zh = run->cli->lang == LANG_ZH;
    Sink err = sink_fd(run->cli->arena, STDERR_FILENO), *to = text ? &run->out.sink : &err;
    for (size_t i = 0; i < done->written.count; i++) {
        const char *path = done->written.items[i];
        sink_format(to, "%s  %s\n",
                    i    ? "    "
                    : zh ? "报告"
                         : "also",
                    text_printable(run->cli->arena, path, strlen(path)));
    }
    sink_flush(to);
}

static int check_plainly(CheckRun *run, Artwork *in, CheckDone *out) {
    bool done;
    int code = artwork_check(in, run->ask.seconds, &out->report, &done);
    if (!code && run->ask.before)
        against_lay(&run->ask, out->report, &run->book.rules);
    return code;
}

static int check_input(CheckRun *run, Artwork *in) {
    CheckDone done = {0};
    FullCheck *full = full_check();
    bool more = full && (asks_for_more(run) || has_record(in));
    int code = more ? full(&done, in, &run->ask) : check_plainly(run, in, &done);
    if (code)
        return code;
    const CheckAsk *ask = &run->ask;
    code = report_exit_code(done.report, ask->fail_on, ask->strict, ask->require_sign);
    run->style.stored = done.stored;
    run->style.pictures = artwork_pictures(in, done.report, ask->seconds);
    write_report(run, done.report, code);
    say_written(run, &done);
    return worse(code, done.code);
}

static int check_all(CheckRun *run, int code) {
    for (size_t i = 0; i < run->count && code < 128; i++) {
        Artwork *in = &run->inputs[i];
        if (!in->trouble.kind) {
            int one = check_input(run, in);
            code = one >= 128 ? one : worse(code, one);
        }
        artwork_close(in);
    }
    if (run->count > 1 && streq(run->format->name, "text") && !run->style.brief) {
        sink_char(&run->out.sink, '\n');
        report_summary(run->lines, run->line_count, &run->style, &run->out.sink);
    }
    return code;
}

static int check_inputs(CheckRun *run) {
    const Cli *cli = run->cli;
    int code = rulebook_open(&run->book, cli);
    if (code)
        return code;
    for (size_t i = 0; i < run->count; i++)
        code = worse(code, artwork_open(&run->inputs[i], cli, &run->book, &run->options,
                                        cli->args->operands.items[i]));
    if (code == EXIT_REFUSED)
        return code;
    for (size_t i = 0; i < run->count && !cli_is_full(); i++)
        if (has_record(&run->inputs[i]))
            return cli_become_full(cli);
    for (size_t i = 0; i < run->count; i++)
        if (run->inputs[i].trouble.kind)
            (void)cli_fail(cli, run->inputs[i].trouble);
    worker_hold_signals();
    Result r = output_open(&run->out, cli, &cli->args->operands);
    if (r.kind)
        return cli_fail(cli, r);
    code = check_all(run, code);
    r = output_close(&run->out, cli, run->line_count > 0);
    return r.kind ? worse(code, cli_fail(cli, r)) : code;
}

int cmd_check(const Cli *cli) {
    CheckRun run = {.cli = cli, .count = cli->args->operands.count};
    Result r = read_options(&run);
    if (r.kind)
        return cli_fail(cli, r);
    if (!cli_is_full() && asks_for_more(&run))
        return cli_become_full(cli);
    run.inputs = ARENA_ARRAY(cli->arena, Artwork, run.count);
    run.lines = ARENA_ARRAY(cli->arena, FileLine, run.count);
    int code = check_inputs(&run);
    for (size_t i = 0; i < run.count; i++)
        artwork_close(&run.inputs[i]);
    rulebook_close(&run.book);
    return code;
}
