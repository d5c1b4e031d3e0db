/* `chupin waive`: somebody takes responsibility for a finding. */
#include "cli/full/office.h"
#include "cli/full/stamp.h"

#include <string.h>
#include <unistd.h>

enum { LEAST_DIGITS = 4 }; /* of what people type for a fingerprint or an id */

/* A finding with the version whose last run has it. */
typedef struct Found {
    const Finding *finding;
    RecordSubject subject;
    const char *name;
} Found;
typedef struct Search {
    Desk *desk;
    const char *prefix; /* small hex digits */
    Found found;
    int matches; /* different fingerprints */
} Search;

static void look_into(Search *s, const Report *report, const RecordSubject *subject,
                      const char *name) {
    for (size_t i = 0; i < report->finding_count; i++) {
        const Finding *f = &report->findings[i];
        if (!f->fingerprint || strncmp(f->fingerprint, s->prefix, strlen(s->prefix)) != 0)
            continue;
        if (s->matches && streq(s->found.finding->fingerprint, f->fingerprint))
            continue; /* of a version before the one that has it too */
        s->matches++;
        s->found = (Found){f, *subject, name};
    }
}

static Result look_into_version(Search *s, const RecordSubject *subject) {
    const RecordRun *run;
    Report *report;
    TRY(record_last_run(&run, s->desk->record, s->desk->arena, subject));
    if (!run)
        return OK;
    TRY(run_report(&report, s->desk->arena, run));
    look_into(s, report, subject, run->name);
    return OK;
}

/* The last run of every version, the newest first. */
static Result look_into_job(Search *s, const char *job) {
    const RecordVersion *v;
    size_t count;
    TRY(record_versions(&v, &count, s->desk->record, s->desk->arena, job, NULL));
    while (count-- > 0)
        TRY(look_into_version(s, &v[count].subject));
    return OK;
}

static Result look_everywhere(Search *s) {
    const RecordJob *jobs;
    size_t count;
    TRY(record_jobs(&jobs, &count, s->desk->record, s->desk->arena));
    for (size_t i = 0; i < count; i++)
        TRY(look_into_job(s, jobs[i].number));
    return OK;
}

static Result find(Search *s, const Office *o, const char *typed) {
    Arena *a = s->desk->arena;
    s->prefix = text_nfkc_fold(a, typed);
    TRY(o->folder ? look_everywhere(s) : look_into_version(s, &s->desk->subject));
    if (s->matches == 1 && strlen(s->prefix) >= LEAST_DIGITS)
        return OK;
    if (s->matches > 1)
        return result_fail(a, ERR_USAGE, (Where){0}, "不止一条问题以 %s 开头；多写几位",
                           "more than one finding begins with %s; type more digits",
                           shown(a, typed));
    return result_fail(a, ERR_USAGE, (Where){0},
                       "最近的检查里没有指纹是 %s 的问题（至少写前 4 位）；chupin report 文件 "
                       "--format json 里有全部指纹",
                       "no finding of the last runs has the fingerprint %s (type at least 4 "
                       "digits); chupin report FILE --format json lists them all",
                       shown(a, typed));
}

static Result give(RecordWaiver *w, Search *s, const Office *o, const char *typed) {
    const Args *args = s->desk->cli->args;
    const char *why = args_value(args, OPTION_WHY), *until = args_value(args, OPTION_UNTIL);
    Arena *a = s->desk->arena;
    TRY(find(s, o, typed));
    TRY(waiver_of(&w->waiver, a, s->found.finding, why ? why : "", s->desk->stamp.by));
    TRY(waiver_until(&w->waiver, a, until ? until : ""));
    if (w->waiver.until_date && strcmp(w->waiver.until_date, o->options.as_of) < 0)
        return result_fail(a, ERR_USAGE, (Where){0}, "--until %s 已经过去了",
                           "--until %s is over already", w->waiver.until_date);
    w->subject = s->found.subject;
    return record_waive(s->desk->record, &s->desk->stamp, w);
}

static const char *until_text(Arena *a, const Waiver *w, Lang lang) {
    if (w->until_date)
        return arena_printf(a, lang == LANG_ZH ? "到 %s 止" : "until %s", w->until_date);
    return arena_printf(a, lang == LANG_ZH ? "到第 %d 版止" : "until version %d", w->until_version);
}

static Result standing_one(const RecordWaiver **out, const Desk *d, const RecordWaiver *given) {
    const RecordWaiver *list;
    size_t count;
    *out = given;
    TRY(record_waivers(&list, &count, d->record, d->arena, given->subject.job, given->subject.item,
                       false));
    for (size_t i = 0; i < count; i++)
        if (streq(list[i].waiver.fingerprint, given->waiver.fingerprint))
            *out = &list[i];
    return OK;
}

static int say_given(const Desk *d, const Search *s, const RecordWaiver *given) {
    const Cli *cli = d->cli;
    Arena *a = d->arena;
    bool zh = cli->lang == LANG_ZH;
    const RecordWaiver *w;
    Result r = standing_one(&w, d, given);
    if (r.kind)
        return cli_fail(cli, r);
    const Finding *f = s->found.finding;
    Sink out = sink_fd(a, STDOUT_FILENO);
    sink_format(
        &out, zh ? "记下了豁免 %s：%s [%s]，%d 处，%s\n" : "waived as %s: %s [%s], %d places, %s\n",
        w->id ? w->id : f->fingerprint, shown(a, text_in(f->message, cli->lang)), f->rule,
        (int)w->waiver.given_count, until_text(a, &w->waiver, cli->lang));
    if (f->nowaive && (!w->waiver.second || !*w->waiver.second))
        sink_format(&out,
                    zh ? "这条规则要两个人担保：请第二个人照样再写一次，--by "
                         "写他的姓名；在那之前还算没放过\n"
                       : "this rule wants two people: let the second one type the same with --by "
                         "and the own name; until then the finding stays open\n");
    sink_format(&out, zh ? "多出来的、变糟的地方仍然要改；chupin waive list 看全部豁免\n"
                         : "one more place, or a worse one, stays open; chupin waive list shows "
                           "all waivers\n");
    Result closed = sink_close(&out, a);
    return closed.kind ? cli_fail(cli, closed) : EXIT_OK;
}

static int waive(Office *o, const char *typed) {
    Search s = {.desk = &o->desk};
    RecordWaiver w = {0};
    int code = desk_open(&o->desk, RECORD_WRITE);
    if (code)
        return code;
    Result r = give(&w, &s, o, typed);
    if (r.kind)
        return cli_refused(o->desk.cli, r);
    desk_sidecar_of(&o->desk, &w.subject, s.found.name);
    return say_given(&o->desk, &s, &w);
}

/* ---- list and revoke ---- */

static void say_waiver(Sink *out, const Desk *d, const RecordWaiver *rw) {
    const Waiver *w = &rw->waiver;
    Arena *a = d->arena;
    bool zh = d->cli->lang == LANG_ZH;
    sink_format(out, "%s  [%s]  %s  %s\n", rw->id, w->rule, until_text(a, w, d->cli->lang),
                shown(a, rw->subject.item));
    sink_format(out, zh ? "    %s  %s：“%s”\n" : "    %s  %s: “%s”\n", w->at, shown(a, w->by),
                shown(a, w->why));
    if (w->second && *w->second) {
        sink_format(out, zh ? "    %s  %s 同意" : "    %s  %s agreed", rw->second_at,
                    shown(a, w->second));
        if (w->second_why && *w->second_why)
            sink_format(out, zh ? "：“%s”" : ": “%s”", shown(a, w->second_why));
        sink_char(out, '\n');
    } else if (w->two_people)
        sink_str(out, zh ? "    还差第二个人，没有生效\n"
                         : "    waits for a second person, not in force\n");
    if (rw->revoked_at && *rw->revoked_at)
        sink_format(out, zh ? "    %s  %s 撤回：“%s”\n" : "    %s  %s revoked it: “%s”\n",
                    rw->revoked_at, shown(a, rw->revoked_by), shown(a, rw->revoked_why));
}

static Result list_job(Sink *out, const Desk *d, const char *job, const char *item, size_t *total) {
    const RecordWaiver *list;
    size_t count;
    TRY(record_waivers(&list, &count, d->record, d->arena, job, item,
                       args_has(d->cli->args, OPTION_ALL)));
    for (size_t i = 0; i < count; i++)
        say_waiver(out, d, &list[i]);
    *total += count;
    return OK;
}

static Result list_all(Sink *out, const Office *o, size_t *total) {
    const Desk *d = &o->desk;
    const RecordJob *jobs;
    size_t count;
    if (!o->folder)
        return list_job(out, d, d->subject.job, d->subject.item, total);
    TRY(record_jobs(&jobs, &count, d->record, d->arena));
    for (size_t i = 0; i < count; i++)
        TRY(list_job(out, d, jobs[i].number, NULL, total));
    return OK;
}

static int list(Office *o) {
    size_t total = 0;
    int code = desk_open(&o->desk, RECORD_READ);
    if (code)
        return code;
    Sink out = sink_fd(o->desk.arena, STDOUT_FILENO);
    Result r = list_all(&out, o, &total);
    if (!r.kind && !total)
        sink_str(&out, o->desk.cli->lang == LANG_ZH ? "没有豁免\n" : "nothing is waived\n");
    Result closed = sink_close(&out, o->desk.arena);
    r = r.kind ? r : closed;
    return r.kind ? cli_fail(o->desk.cli, r) : EXIT_OK;
}

static bool begins(const char *text, const char *prefix) {
    return strlen(prefix) >= LEAST_DIGITS && strncmp(text, prefix, strlen(prefix)) == 0;
}

/* The standing waiver whose id or fingerprint begins so. */
static Result standing_waiver(const RecordWaiver **out, const Office *o, const char *typed) {
    const Desk *d = &o->desk;
    const char *prefix = text_nfkc_fold(d->arena, typed);
    const RecordJob *jobs;
    size_t count;
    *out = NULL;
    TRY(record_jobs(&jobs, &count, d->record, d->arena));
    for (size_t i = 0; i < count; i++) {
        const RecordWaiver *list;
        size_t n;
        bool here = o->folder || streq(jobs[i].number, d->subject.job);
        TRY(record_waivers(&list, &n, d->record, d->arena, jobs[i].number, NULL, false));
        for (size_t k = 0; here && k < n; k++) {
            if (!begins(list[k].id, prefix) && !begins(list[k].waiver.fingerprint, prefix))
                continue;
            if (*out)
                return result_fail(d->arena, ERR_USAGE, (Where){0},
                                   "不止一条豁免以 %s 开头；chupin waive list 里有编号",
                                   "more than one waiver begins with %s; chupin waive list shows "
                                   "their ids",
                                   shown(d->arena, typed));
            *out = &list[k];
        }
    }
    if (*out)
        return OK;
    return result_fail(
        d->arena, ERR_USAGE, (Where){0}, "没有编号或指纹是 %s 的豁免；chupin waive list 看全部",
        "there is no waiver %s; chupin waive list shows them all", shown(d->arena, typed));
}

static Result revoke_in(const Office *o, const char *typed, const char *why) {
    const Desk *d = &o->desk;
    const RecordWaiver *w;
    const RecordVersion *version;
    TRY(standing_waiver(&w, o, typed));
    TRY(record_revoke(d->record, &d->stamp, w->subject.job, w->id, why));
    TRY(record_find_version(&version, d->record, d->arena, &w->subject));
    if (version)
        desk_sidecar_of(d, &w->subject, version->name);
    return OK;
}

static int revoke_one(Office *o, const char *typed) {
    const Cli *cli = o->desk.cli;
    const char *why = args_value(cli->args, OPTION_WHY);
    if (!str_trim(str_of(why)).n)
        return cli_deny(cli, "为什么撤回？请写 --why", "why is it revoked? add --why");
    int code = desk_open(&o->desk, RECORD_WRITE);
    if (code)
        return code;
    Result r = revoke_in(o, typed, why);
    if (r.kind)
        return cli_refused(cli, r);
    Sink out = sink_fd(cli->arena, STDOUT_FILENO);
    sink_format(&out,
                cli->lang == LANG_ZH ? "撤回了豁免 %s，它放过的问题又算数了\n"
                                     : "revoked the waiver %s; what it covered counts again\n",
                shown(cli->arena, typed));
    sink_flush(&out);
    return EXIT_OK;
}

int cmd_waive(const Cli *cli) {
    const Words *w = &cli->args->operands;
    const char *first = w->count ? w->items[0] : NULL;
    bool lists = streq(first, "list"), revokes = streq(first, "revoke");
    size_t before_file = lists ? 1 : revokes ? 2 : 1;
    if (w->count < before_file || w->count > before_file + 1)
        return cli_refuse(cli,
                          "写法：chupin waive 指纹 [文件] --why … --by … --until …；waive list "
                          "[文件]；waive revoke 编号 [文件]",
                          "write: chupin waive FINGERPRINT [FILE] --why … --by … --until …; waive "
                          "list [FILE]; waive revoke ID [FILE]");
    RecordStamp stamp = stamp_machine(cli);
    Result r = lists ? OK : stamp_person(&stamp, cli);
    if (r.kind)
        return cli_refused(cli, r);
    Office o;
    int code = office_open(&o, cli, w->count > before_file ? w->items[before_file] : NULL, &stamp);
    if (!code)
        code = lists ? list(&o) : revokes ? revoke_one(&o, w->items[1]) : waive(&o, first);
    office_close(&o);
    return code;
}
