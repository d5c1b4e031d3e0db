#include "cli/artwork.h"
#include "cli/inputs.h"
#include "run/check_run.h"
#include "run/live_run.h"

#include "ink/press/press.h"
#include "read/read.h"

#include <string.h>
#include <unistd.h>

static Result load_job_quietly(Artwork *art, Errors *errors) {
    TRY(jobs_load(&art->jobs, art->arena, art->book->data, art->path, art->options, errors));
    art->live = artwork_live(art);
    return jobs_check_rules(art->jobs, &art->book->rules, errors);
}

static int load_job(Artwork *art) {
    Errors errors = {.arena = art->cli->arena};
    Result r = load_job_quietly(art, &errors);
    if (errors.count)
        return cli_errors(art->cli, &errors);
    return r.kind ? cli_fail(art->cli, r) : EXIT_OK;
}

/* Whoever checks one file after another has all cores for each; watch checks several at once. */
static size_t worker_count(const Cli *cli) {
    int given;
    if (cli->args->command == COMMAND_watch)
        return 1;
    return input_jobs(&given, cli, OPTION_CHECK_JOBS).kind ? 1 : (size_t)given;
}

static Artwork artwork_at(const Cli *cli, const Rulebook *book, const JobOptions *options,
                          const char *path) {
    return (Artwork){.cli = cli,
                     .book = book,
                     .options = options,
                     .path = path,
                     .name = input_name(path),
                     .workers = worker_count(cli),
                     .arena = arena_new()};
}

/* One that the sheet names may come later; one that somebody just typed is there. */
static Result find_typed_twin(const Artwork *art) {
    const char *typed = args_value(art->cli->args, OPTION_LIVE);
    double bytes;
    return typed ? input_open(art->cli, typed, &bytes) : OK;
}

int artwork_open(Artwork *out, const Cli *cli, const Rulebook *book, const JobOptions *options,
                 const char *path) {
    *out = artwork_at(cli, book, options, path);
    out->trouble = input_open(cli, path, &out->bytes);
    if (!out->trouble.kind)
        out->trouble = find_typed_twin(out);
    return out->trouble.kind ? EXIT_NOT_CHECKED : load_job(out);
}

Result artwork_try(Artwork *out, const Cli *cli, const Rulebook *book, const JobOptions *options,
                   const char *path, Errors *errors) {
    *out = artwork_at(cli, book, options, path);
    errors->arena = out->arena;
    out->trouble = input_open(cli, path, &out->bytes);
    return out->trouble.kind ? OK : load_job_quietly(out, errors);
}

int artwork_of_folder(Artwork *out, const Cli *cli, const Rulebook *book, const JobOptions *options,
                      const char *folder) {
    size_t n = strlen(folder);
    const char *slash = n && folder[n - 1] == '/' ? "" : "/";
    *out = artwork_at(cli, book, options, arena_printf(cli->arena, "%s%s.", folder, slash));
    return load_job(out);
}

void artwork_close(Artwork *art) {
    arena_free(art->arena);
    *art = (Artwork){0};
}

Report *artwork_report(const Artwork *art) {
    Report *r = ARENA_NEW(art->arena, Report);
    r->arena = art->arena;
    r->as_of = art->options->as_of;
    r->engine = reader_versions();
    r->colour_engine = press_version();
    r->rules_sha256 = art->book->rules.sha256;
    r->profile = rule_data_profile(art->book->data);
    r->file.name = art->name;
    r->file.bytes = art->bytes;
    r->file.pages = -1;
    r->job = jobs_head(art->jobs);
    return r;
}

/* The last words of a worker that broke down, for the bug report. */
static void show_last_words(const Artwork *art, const WorkerEnd *end) {
    if (end->kind != WORKER_CRASHED || !*end->said)
        return;
    Sink err = sink_fd(art->arena, STDERR_FILENO);
    for (const char *p = end->said; *p;) {
        size_t n = strcspn(p, "\n");
        sink_format(&err, "  | %s\n", text_printable(art->arena, p, n));
        p += n + (p[n] == '\n');
    }
    sink_flush(&err);
}

static int interrupted(const Artwork *art, int signal) {
    cli_refuse(art->cli, "中断了；前面查完的结果都在",
               "interrupted; what was finished before is kept");
    return 128 + signal;
}

/* The twin may be a large file as well, and both are open when they are compared. */
int artwork_read_twin(const Artwork *art, double seconds, const CheckInput *input, Report *r) {
    double bytes = 0;
    (void)input_open(art->cli, art->live, &bytes).kind; /* live_run says what is wrong with it */
    WorkerLimits limits = worker_limits(seconds, art->bytes + bytes);
    LiveFile live = {art->live, input_name(art->live)};
    return live_run(r, input, &live, &limits);
}

int artwork_check(const Artwork *art, double seconds, Report **out, bool *done) {
    CheckInput input = {.rules = &art->book->rules,
                        .data = art->book->data,
                        .jobs = art->jobs,
                        .path = art->path,
                        .name = art->name,
                        .password = args_value(art->cli->args, OPTION_PASSWORD),
                        .part = art->live ? CHECK_BESIDE_TWIN : CHECK_ALONE};
    WorkerLimits limits = worker_limits(seconds, art->bytes);
    WorkerEnd end;
    Report *r = artwork_report(art);
    Result trouble = check_run(r, &end, &input, &limits, art->workers);
    if (end.kind == WORKER_INTERRUPTED)
        return interrupted(art, end.signal);
    if (trouble.kind)
        return cli_fail(art->cli, trouble);
    show_last_words(art, &end);
    *out = r;
    *done = end.kind == WORKER_DONE;
    int signal = art->live ? artwork_read_twin(art, seconds, &input, r) : 0;
    return signal ? interrupted(art, signal) : EXIT_OK;
}
