#include "cli/inputs.h"
#include "run/facts_run.h"

#include <unistd.h>

static int print_schema(const Cli *cli) {
    Sink out = sink_fd(cli->arena, STDOUT_FILENO);
    facts_markdown(&out);
    Result closed = sink_close(&out, cli->arena);
    return closed.kind ? cli_fail(cli, closed) : EXIT_OK;
}

static const Job *job_of(const void *jobs, int page) {
    return jobs_job(jobs, page);
}

static const Limit *limit_of(const void *jobs, int page) {
    return jobs_limit(jobs, page);
}

static Cost cost_of(const Cli *cli) {
    const char *with = args_value(cli->args, OPTION_WITH);
    return !with ? COST_CONTENT : streq(with, "plates") ? COST_PLATES : COST_PIXELS;
}

/* Everything that can be known without drawing a page, or with it, or with its pictures' pixels. */
static ReadPlan whole_plan(const Cli *cli, const RuleData *data, const Jobs *jobs) {
    ReadPlan plan = {.cost = cost_of(cli),
                     .want_missing_glyphs = true,
                     .password = args_value(cli->args, OPTION_PASSWORD),
                     .jobs = jobs,
                     .job_of = job_of,
                     .limit_of = limit_of};
    for (int kind = 0; kind < FACT_COUNT; kind++)
        plan.keep[kind] = entity_of((FactKind)kind)->scope == SCOPE_PAGE;
    plan.ink_names = rule_data_inks(data, &plan.ink_name_count);
    plan.declared_inks = jobs_declared_inks(jobs, &plan.declared_ink_count);
    return plan;
}

static int dump(const Cli *cli, const char *path, const ReadPlan *plan,
                const WorkerLimits *limits) {
    Output out;
    WorkerEnd end;
    bool readable;
    worker_hold_signals();
    Result r = output_open(&out, cli, &cli->args->operands);
    if (r.kind)
        return cli_fail(cli, r);
    FactsInput input = {.path = path, .name = input_name(path), .plan = plan};
    Result read = facts_run(&out.sink, cli->arena, &input, limits, &end, &readable);
    r = output_close(&out, cli, end.kind != WORKER_INTERRUPTED);
    if (r.kind)
        return cli_fail(cli, r);
    if (end.kind == WORKER_INTERRUPTED)
        return 128 + end.signal;
    if (read.kind)
        return cli_fail(cli, read);
    if (end.kind != WORKER_DONE)
        return cli_fail(cli,
                        (Result){ERR_LIMIT, worker_reason(cli->arena, &end, limits), {path, 0, 0}});
    return readable ? EXIT_OK : EXIT_NOT_CHECKED;
}

int cmd_facts(const Cli *cli) {
    const Words *files = &cli->args->operands;
    const char *dir, *profile = args_value(cli->args, OPTION_PROFILE);
    JobOptions options;
    RuleData *data;
    Jobs *jobs;
    double bytes, seconds;
    Errors errors = {.arena = cli->arena};
    if (args_has(cli->args, OPTION_SCHEMA))
        return print_schema(cli);
    if (files->count != 1)
        return cli_refuse(cli, "写一个文件：chupin facts 正稿.pdf",
                          "name one file: chupin facts artwork.pdf");
    Result r = input_open(cli, files->items[0], &bytes);
    if (!r.kind)
        r = input_options(&options, cli);
    if (!r.kind)
        r = input_seconds(&seconds, cli);
    if (!r.kind)
        r = locate_rules(&dir, cli);
    if (!r.kind)
        r = rule_data_load(&data, cli->arena, dir, profile ? profile : "agency", &errors);
    if (!r.kind)
        r = jobs_load(&jobs, cli->arena, data, files->items[0], &options, &errors);
    if (errors.count)
        return cli_errors(cli, &errors);
    if (r.kind)
        return cli_fail(cli, r);
    ReadPlan plan = whole_plan(cli, data, jobs);
    WorkerLimits limits = worker_limits(seconds, bytes);
    return dump(cli, files->items[0], &plan, &limits);
}
