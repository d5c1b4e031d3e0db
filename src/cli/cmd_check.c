#include "cli/inputs.h"
#include "report/write.h"
#include "run/check_run.h"

#include "ink/press.h"
#include "read/read.h"

#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

/* One file of the run. Its job is loaded before anything is checked, so that a wrong sheet stops
 * the run at once. */
typedef struct Input {
    const char *path, *name;
    double bytes;
    bool refused; /* missing, a folder, not permitted: said already, no report */
    Arena *arena;
    Jobs *jobs;
} Input;

typedef struct CheckRun {
    const Cli *cli;
    const ReportFormat *format;
    ReportStyle style;
    Severity fail_on;
    bool strict;
    double seconds;
    JobOptions options;
    RuleData *data;
    RuleSet rules;
    Input *inputs;
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
    run->fail_on = SEVERITY_ERROR;
    for (int s = 0; fail_on && s < SEVERITY_WORDS; s++)
        if (streq(severity_word((Severity)s), fail_on))
            run->fail_on = (Severity)s;
    run->strict = args_has(cli->args, OPTION_STRICT);
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
    TRY(input_options(&run->options, cli));
    return input_seconds(&run->seconds, cli);
}

static int load_rules(CheckRun *run) {
    const Cli *cli = run->cli;
    const char *dir, *profile = args_value(cli->args, OPTION_PROFILE);
    Errors errors = {.arena = cli->arena};
    Result r = locate_rules(&dir, cli);
    if (!r.kind)
        r = rule_data_load(&run->data, cli->arena, dir, profile ? profile : "agency", &errors);
    if (!r.kind)
        r = rules_load_to_run(&run->rules, cli->arena, dir, &errors);
    if (errors.count)
        return cli_errors(cli, &errors);
    return r.kind ? cli_fail(cli, r) : EXIT_OK;
}

static int load_input(CheckRun *run, Input *in, const char *path) {
    Errors errors = {.arena = run->cli->arena};
    *in = (Input){.path = path, .name = input_name(path), .arena = arena_new()};
    Result r = input_open(run->cli, path, &in->bytes);
    if (r.kind) {
        in->refused = true;
        return cli_fail(run->cli, r);
    }
    r = jobs_load(&in->jobs, in->arena, run->data, path, &run->options, &errors);
    if (!r.kind)
        r = jobs_check_rules(in->jobs, &run->rules, &errors);
    if (errors.count)
        return cli_errors(run->cli, &errors);
    return r.kind ? cli_fail(run->cli, r) : EXIT_OK;
}

static Report *new_report(const CheckRun *run, const Input *in) {
    Report *r = ARENA_NEW(in->arena, Report);
    r->arena = in->arena;
    r->as_of = run->options.as_of;
    r->engine = reader_versions();
    r->colour_engine = press_version();
    r->rules_sha256 = run->rules.sha256;
    r->profile = rule_data_profile(run->data);
    r->file.name = in->name;
    r->file.bytes = in->bytes;
    r->file.pages = -1;
    r->job = jobs_head(in->jobs);
    return r;
}

/* The last words of a worker that broke down, for the bug report. */
static void show_last_words(const Input *in, const WorkerEnd *end) {
    if (end->kind != WORKER_CRASHED || !*end->said)
        return;
    Sink err = sink_fd(in->arena, STDERR_FILENO);
    for (const char *p = end->said; *p;) {
        size_t n = strcspn(p, "\n");
        sink_format(&err, "  | %s\n", text_printable(in->arena, p, n));
        p += n + (p[n] == '\n');
    }
    sink_flush(&err);
}

static int interrupted(const CheckRun *run, const WorkerEnd *end) {
    cli_refuse(run->cli, "中断了；前面查完的结果都在",
               "interrupted; what was finished before is kept");
    return 128 + end->signal;
}

static void write_report(CheckRun *run, const Report *r, int code) {
    bool apart = run->line_count && streq(run->format->name, "text") && !run->style.brief;
    run->style.exit_code = code;
    run->style.again = run->line_count > 0;
    if (apart)
        sink_char(&run->out.sink, '\n');
    run->format->write(r, &run->style, &run->out.sink);
    sink_flush(&run->out.sink);
    run->lines[run->line_count++] = (FileLine){.name = r->file.name,
                                               .state = r->verdict.state,
                                               .errors = r->verdict.errors,
                                               .warnings = r->verdict.warnings,
                                               .unchecked = r->verdict.unchecked,
                                               .exit_code = code};
}

static int check_input(CheckRun *run, Input *in) {
    CheckInput input = {.rules = &run->rules,
                        .data = run->data,
                        .jobs = in->jobs,
                        .path = in->path,
                        .name = in->name,
                        .password = args_value(run->cli->args, OPTION_PASSWORD)};
    WorkerLimits limits = worker_limits(run->seconds, in->bytes);
    WorkerEnd end;
    Report *r = new_report(run, in);
    Result trouble = check_run(r, &end, &input, &limits);
    if (end.kind == WORKER_INTERRUPTED)
        return interrupted(run, &end);
    if (trouble.kind)
        return cli_fail(run->cli, trouble);
    show_last_words(in, &end);
    int code = report_exit_code(r, run->fail_on, run->strict, false);
    write_report(run, r, code);
    return code;
}

static int check_all(CheckRun *run, int code) {
    for (size_t i = 0; i < run->count && code < 128; i++) {
        Input *in = &run->inputs[i];
        if (!in->refused) {
            int one = check_input(run, in);
            code = one >= 128 ? one : worse(code, one);
        }
        arena_free(in->arena);
        in->arena = NULL;
    }
    if (run->count > 1 && streq(run->format->name, "text") && !run->style.brief) {
        sink_char(&run->out.sink, '\n');
        report_summary(run->lines, run->line_count, &run->style, &run->out.sink);
    }
    return code;
}

static int check_inputs(CheckRun *run) {
    const Cli *cli = run->cli;
    int code = load_rules(run);
    if (code)
        return code;
    for (size_t i = 0; i < run->count; i++) {
        int one = load_input(run, &run->inputs[i], cli->args->operands.items[i]);
        code = worse(code, one);
    }
    if (code == EXIT_REFUSED)
        return code;
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
    run.inputs = ARENA_ARRAY(cli->arena, Input, run.count);
    run.lines = ARENA_ARRAY(cli->arena, FileLine, run.count);
    int code = check_inputs(&run);
    for (size_t i = 0; i < run.count; i++)
        arena_free(run.inputs[i].arena);
    rules_free(&run.rules);
    return code;
}
