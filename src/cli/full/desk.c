#include "check/identity.h"
#include "check/job_sheet.h"
#include "cli/full/desk_parts.h"
#include "cli/full/stamp.h"
#include "record/sidecar.h"
#include "report/report_read.h"
#include "report/write.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The bytes of the twin with live text belong to what a result is about. */
static const char *live_sha256(const Desk *d) {
    if (!d->art->live)
        return NULL;
    char *hex = arena_alloc(d->arena, SHA256_HEX);
    Result r = file_sha256(hex, d->arena, d->art->live);
    return r.kind ? NULL : hex; /* that it is not there is the check's to say */
}

static RunIdentity identity_of(const Desk *d) {
    Arena *a = d->arena;
    char *job = arena_alloc(a, SHA256_HEX), *rules = arena_alloc(a, SHA256_HEX);
    job_identity(d->art->jobs, args_value(d->cli->args, OPTION_PASSWORD), job);
    rules_identity(&d->art->book->rules, d->art->book->data, rules);
    return (RunIdentity){.file = d->sha256,
                         .live = live_sha256(d),
                         .confirmed = jobs_sheet(d->art->jobs)->confirmed.sha256,
                         .job = job,
                         .rules = rules,
                         .as_of = d->art->options->as_of,
                         .tool = tool_identity(a)};
}

int desk_place(Desk *d, const Artwork *art, const RecordStamp *stamp) {
    *d = (Desk){.cli = art->cli, .art = art, .arena = art->arena, .stamp = *stamp};
    Result r = art->trouble.kind ? art->trouble : artwork_place(&d->place, art);
    return r.kind ? cli_fail(d->cli, r) : EXIT_OK;
}

int desk_start(Desk *d, const Artwork *art, const RecordStamp *stamp) {
    int code = desk_place(d, art, stamp);
    if (code)
        return code;
    Result r = file_sha256(d->sha256, d->arena, art->path);
    if (r.kind)
        return cli_fail(d->cli, r);
    d->identity = identity_of(d);
    d->subject = record_subject(d->arena, jobs_head(art->jobs), art->name, d->sha256);
    return EXIT_OK;
}

int desk_open(Desk *d, RecordMode mode) {
    if (!d->place.record) { /* nothing to look over, or nowhere to write */
        int code = cli_fail(d->cli, d->place.refusal);
        return mode == RECORD_CREATE ? code : EXIT_NOT_CHECKED;
    }
    if (!d->place.exists && mode != RECORD_CREATE) {
        cli_note(d->cli, "还没有出品记录（%s）；先运行 chupin check --record 文件",
                 "there is no record yet (%s); run chupin check --record FILE first",
                 shown(d->arena, d->place.record));
        return EXIT_NOT_CHECKED;
    }
    Result r = record_open(&d->record, d->arena, d->place.record, mode, &d->stamp);
    if (!r.kind)
        return EXIT_OK;
    d->record = NULL;
    return cli_fail(d->cli, r);
}

void desk_close(Desk *d) {
    record_close(d->record);
    d->record = NULL;
}

/* ---- the result ---- */

static void take_run(Desk *d, const RecordRun *run) {
    d->json = run->report;
    d->places = run->places;
    d->run = run->id;
    d->done = true;
}

static bool same(const char *a, const char *b) {
    return streq(a ? a : "", b ? b : "");
}

static bool differs_by_day(const RunIdentity *a, const RunIdentity *b) {
    return same(a->file, b->file) && same(a->live, b->live) && same(a->confirmed, b->confirmed) &&
           same(a->job, b->job) && same(a->rules, b->rules) && same(a->tool, b->tool);
}

static Result find_any_day(const RecordRun **out, const Desk *d) {
    const RecordRun *runs;
    size_t count;
    TRY(record_runs(&runs, &count, d->record, d->arena, d->subject.job, 0));
    for (size_t i = 0; i < count; i++)
        if (differs_by_day(&runs[i].identity, &d->identity))
            return record_find_run(out, d->record, d->arena, &runs[i].identity);
    return OK;
}

static Result find_run(Desk *d, DeskDay day) {
    const RecordRun *run = NULL;
    TRY(record_find_run(&run, d->record, d->arena, &d->identity));
    if (!run && day == DESK_ANY_DAY)
        TRY(find_any_day(&run, d));
    /* What the identity names may be the same for two items; this one may not have it yet. */
    if (run && streq(run->subject.job, d->subject.job) &&
        streq(name_key(d->arena, run->subject.item), name_key(d->arena, d->subject.item)))
        take_run(d, run);
    return OK;
}

static RecordRun run_of(const Desk *d, const Report *r) {
    const JobHead *head = jobs_head(d->art->jobs);
    return (RecordRun){.identity = d->identity,
                       .subject = d->subject,
                       .name = d->art->name,
                       .stage = head->stage,
                       .format = r->file.format,
                       .bytes = (int64_t)d->art->bytes,
                       .report = d->json,
                       .places = d->places};
}

static Result store_run(Desk *d, const Report *r) {
    const JobHead *head = jobs_head(d->art->jobs);
    RecordJob job = {.number = d->subject.job,
                     .client = head->client,
                     .project = head->project,
                     .owner = jobs_sheet(d->art->jobs)->owner,
                     .sheet_name = head->sheet_name,
                     .sheet_sha256 = head->sheet_sha256};
    RecordRun run = run_of(d, r);
    run.pages = desk_page_hashes(d, r, &run.page_count);
    if (!d->record)
        return sidecar_add_run(d->arena, d->art->path, &d->stamp, &run, &job, NULL);
    bool added;
    TRY(record_add_run(d->record, &d->stamp, &run, &job, &added));
    char *id = arena_alloc(d->arena, SHA256_HEX);
    run_id(&d->identity, id);
    d->run = id;
    return OK;
}

/* Answers and signatures hold for bytes: those that were checked have to be those that were hashed.
 */
static Result same_bytes(const Desk *d, const Report *r) {
    if (!r->file.sha256 || !*r->file.sha256 || streq(r->file.sha256, d->sha256))
        return OK;
    return result_fail(d->arena, ERR_FILE, (Where){d->art->path, 0, 0},
                       "检查的时候文件变了；等它传完、存完再查一次",
                       "the file changed while it was checked; wait until it is whole, then check "
                       "again");
}

static int check_now(Desk *d) {
    Report *r;
    int code = artwork_check(d->art, d->seconds, &r, &d->done);
    if (code)
        return code;
    Result trouble = same_bytes(d, r);
    if (trouble.kind)
        return cli_fail(d->cli, trouble);
    Sink json = sink_memory(d->arena);
    report_json(r, &(ReportStyle){.lang = d->cli->lang}, &json);
    d->json = sink_text(&json);
    d->places = report_places(d->arena, r);
    d->fresh = true;
    bool asked =
        args_has(d->cli->args, OPTION_RECORD_RUN) || d->cli->args->command == COMMAND_watch;
    bool nowhere = d->place.source == RECORD_NOWHERE && asked;
    if (!d->record && !nowhere)
        return EXIT_OK;
    if (!d->done) {
        cli_note(d->cli, "%s 没能查完，没有记入记录",
                 "%s could not be checked to its end and "
                 "was not recorded",
                 shown(d->arena, d->art->name));
        return EXIT_OK;
    }
    trouble = store_run(d, r);
    return trouble.kind ? cli_fail(d->cli, trouble) : EXIT_OK;
}

int desk_result(Desk *d, DeskDay day) {
    if (d->record) {
        Result r = find_run(d, day);
        if (r.kind)
            return cli_fail(d->cli, r);
    }
    return d->run ? EXIT_OK : check_now(d);
}

/* ---- what it is compared with ---- */

static Result against(Desk *d, const char *typed) {
    struct stat s;
    const RecordRun *run = NULL;
    if (stat(typed, &s) == 0 && S_ISREG(s.st_mode)) {
        char sha256[SHA256_HEX];
        const RecordVersion *versions;
        size_t count;
        TRY(file_sha256(sha256, d->arena, typed));
        TRY(record_find_bytes(&versions, &count, d->record, d->arena, sha256));
        for (size_t i = 0; i < count && !run; i++)
            TRY(record_last_run(&run, d->record, d->arena, &versions[i].subject));
        if (!run)
            return result_fail(
                d->arena, ERR_USAGE, (Where){typed, 0, 0},
                "记录里没有查过这个文件；先 chupin check --record 它",
                "this file has no run in the record; chupin check --record it first");
    } else {
        TRY(record_run(&run, d->record, d->arena, typed));
    }
    Report *report;
    TRY(run_report(&report, d->arena, run));
    d->before = report;
    d->before_name = run->name;
    d->before_run = run->id;
    d->before_version = run->version;
    return OK;
}

int desk_against(Desk *d, const char *typed) {
    if (!d->record) {
        int code = desk_open(d, RECORD_READ);
        if (code)
            return code;
    }
    Result r = against(d, typed);
    return r.kind ? cli_fail(d->cli, r) : EXIT_OK;
}

static void write_sidecar(const Desk *d, const char *path, const RecordSubject *subject) {
    Result r = sidecar_write(d->record, d->arena, path, subject, NULL);
    if (!r.kind)
        return;
    (void)cli_fail(d->cli, r);
    cli_note(d->cli, "记录本身已经存好（%s）", "the record itself is stored (%s)",
             shown(d->arena, d->place.record));
}

void desk_sidecar(const Desk *d) {
    if (d->record)
        write_sidecar(d, d->art->path, &d->subject);
}

void desk_sidecar_of(const Desk *d, const RecordSubject *subject, const char *name) {
    const char *path = desk_find_file(d, name, subject->sha256);
    if (path)
        write_sidecar(d, path, subject);
}
