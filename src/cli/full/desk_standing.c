/* Where a file stands: what the record knows, what the job sheet says of people, and how it
 * compares with the version that was signed. */
#include "check/job_sheet.h"
#include "cli/full/desk_parts.h"
#include "cli/full/stamp.h"
#include "report/report_read.h"

static void add_names(const char **names, size_t *count, const Strs *more) {
    for (size_t i = 0; more && i < more->count; i++)
        names[(*count)++] = more->items[i];
}

static void say_people(Standing *s, const Desk *d) {
    const People *p = &jobs_sheet(d->art->jobs)->people;
    size_t most =
        (p->designer ? p->designer->count : 0) + (p->copywriter ? p->copywriter->count : 0);
    const char **makers = ARENA_ARRAY(d->arena, const char *, most + 1);
    add_names(makers, &s->maker_count, p->designer);
    add_names(makers, &s->maker_count, p->copywriter);
    s->makers = makers;
    s->today = d->art->options->as_of;
    if (p->client_signer && p->client_signer->count)
        s->parties |= 1u << PARTY_CLIENT;
}

/* ---- against the signed version ---- */

void desk_differences(Standing *s, const ComparedFiles *c) {
    s->signed_version.compared = c->compared;
    s->signed_version.same_look = c->same_look;
    s->signed_version.why = c->why;
    s->differences = c->differences;
    s->difference_count = c->difference_count;
}

Result desk_compare(ComparedFiles *out, const Desk *d, const char *path, const char *name) {
    const char *password = args_value(d->cli->args, OPTION_PASSWORD);
    CompareInput in = {.now = {d->art->path, d->art->name, password},
                       .then = {path, name, password},
                       .other = {"签过的文件", "the signed file"},
                       .jobs = d->art->jobs};
    WorkerLimits limits = worker_limits(d->seconds, d->art->bytes);
    return compare_run(out, d->arena, &in, &limits);
}

static Text not_at_hand(const Desk *d, const char *name) {
    return (Text){arena_printf(d->arena, "签过的 %s 不在稿件旁边", shown(d->arena, name)),
                  arena_printf(d->arena, "the signed file %s does not lie beside the artwork",
                               shown(d->arena, name))};
}

/* What another build, other tolerances or other rules would see differently. */
static const char *made_with(const Desk *d) {
    return arena_printf(d->arena, "%s\n%s\n%s", d->identity.tool, d->identity.job,
                        d->identity.rules);
}

static void drop_comparison(Standing *s) {
    s->signed_version.compared = s->signed_version.same_look = false;
    s->differences = NULL;
    s->difference_count = 0;
}

/* What was compared once is in the record, as far as it was made with the same; only a check looks
 * at both files. */
static Result hold_against_signed(Desk *d, Standing *s) {
    if (!s->signed_version.name || s->signed_version.same_bytes)
        return OK;
    const char *with = made_with(d);
    if (d->compares && s->signed_version.compared && !streq(s->signed_version.made_with, with))
        drop_comparison(s);
    if (s->signed_version.compared)
        return OK;
    const char *path = desk_find_file(d, s->signed_version.name, s->signed_version.sha256);
    if (!path || !d->compares) {
        s->signed_version.why = path ? (Text){"还没有对过画面", "not compared yet"}
                                     : not_at_hand(d, s->signed_version.name);
        return OK;
    }
    ComparedFiles c;
    TRY(desk_compare(&c, d, path, s->signed_version.name));
    if (c.interrupted)
        return OK;
    desk_differences(s, &c);
    s->signed_version.made_with = with;
    return d->run ? record_put_comparison(d->record, &d->stamp, &d->subject, s) : OK;
}

/* ---- all of it ---- */

static Result lay(Desk *d) {
    Report *report;
    TRY(report_read(&report, d->arena, d->json, d->art->name));
    if (d->places.n)
        TRY(report_take_places(report, d->places));
    d->report = report;
    return desk_stand(d, report);
}

Result desk_stand(Desk *d, Report *report) {
    Standing s = {0};
    if (d->record)
        TRY(record_standing(&s, d->record, d->arena, &d->subject));
    if (d->run)
        s.run = d->run;
    if (d->before) {
        s.before.name = d->before_name;
        s.before.run = d->before_run;
        s.before.as_of = d->before->as_of;
        s.before.version = d->before_version;
        s.before.report = d->before;
    }
    say_people(&s, d);
    TRY(hold_against_signed(d, &s));
    if (d->record || d->before)
        standing_apply(report, &s, &d->art->book->rules);
    return OK;
}

int desk_lay(Desk *d) {
    Result r = lay(d);
    return r.kind ? cli_fail(d->cli, r) : EXIT_OK;
}
