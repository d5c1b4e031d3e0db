/* `job show` and `job list`. */
#include "base/json.h"
#include "cli/full/job.h"

#include <string.h>
#include <unistd.h>

/* The job that is meant: by number, of the artwork, of the sheet here, or the only one. */
static Result meant(const RecordJob **out, const Office *o, const char *word) {
    const Desk *d = &o->desk;
    const RecordJob *jobs;
    size_t count;
    const JobHead *head = jobs_head(o->art.jobs);
    const char *number = word && !job_is_path(word) ? word : head->number ? head->number : "";
    TRY(record_find_job(out, d->record, d->arena, number));
    if (*out)
        return OK;
    TRY(record_jobs(&jobs, &count, d->record, d->arena));
    if (count == 1 && (!word || job_is_path(word)))
        *out = &jobs[0];
    if (*out)
        return OK;
    return result_fail(
        d->arena, ERR_USAGE, (Where){0}, "记录里没有工作单“%s”；chupin job list 看有哪些",
        "the record has no job “%s”; chupin job list shows them", shown(d->arena, number));
}

static bool wants_json(const Cli *cli) {
    return streq(args_value(cli->args, OPTION_LISTING), "json");
}

static int close_out(const Cli *cli, Output *out, Result r) {
    Result closed = output_close(out, cli, !r.kind);
    r = r.kind ? r : closed;
    return r.kind ? cli_fail(cli, r) : EXIT_OK;
}

static Result show(const Office *o, const char *word, Sink *to) {
    const RecordJob *job;
    TRY(meant(&job, o, word));
    if (!wants_json(o->desk.cli))
        return job_text(to, &o->desk, job);
    Json json = json_to(to, 2);
    TRY(job_json(&json, &o->desk, job));
    sink_char(to, '\n');
    return OK;
}

int job_show(const Cli *cli, const char *word) {
    Office o;
    Output out;
    int code = job_open(&o, cli, word, RECORD_READ);
    Result r = code ? OK : output_open(&out, cli, &(Words){0});
    if (r.kind)
        code = cli_fail(cli, r);
    else if (!code)
        code = close_out(cli, &out, show(&o, word, &out.sink));
    office_close(&o);
    return code;
}

static const char *named(Arena *a, const RecordJob *job, Lang lang) {
    if (job->number && *job->number)
        return shown(a, job->number);
    return lang == LANG_ZH ? "（没有工作单号）" : "(no job number)";
}

static Result list(const Office *o, Sink *to) {
    enum { NUMBER_COLUMNS = 18 };
    const Desk *d = &o->desk;
    bool zh = d->cli->lang == LANG_ZH;
    const RecordJob *jobs;
    size_t count;
    TRY(record_jobs(&jobs, &count, d->record, d->arena));
    for (size_t i = 0; i < count; i++) {
        const char *name = named(d->arena, &jobs[i], d->cli->lang);
        int gap = NUMBER_COLUMNS - text_width(name, strlen(name));
        sink_str(to, name);
        sink_pad(to, gap > 0 ? gap : 1);
        sink_format(to, zh ? " %s  %d 件 %d 版  %s %s\n" : " %s  items %d, versions %d  %s %s\n",
                    jobs[i].at ? jobs[i].at : "", jobs[i].items, jobs[i].versions,
                    shown(d->arena, jobs[i].client), shown(d->arena, jobs[i].project));
    }
    if (!count)
        sink_str(to, zh ? "记录里还没有活\n" : "no job in the record yet\n");
    return OK;
}

static Result list_json(const Office *o, Sink *to) {
    const RecordJob *jobs;
    size_t count;
    TRY(record_jobs(&jobs, &count, o->desk.record, o->desk.arena));
    Json json = json_to(to, 2), *j = &json;
    json_open(j, '[');
    for (size_t i = 0; i < count; i++) {
        json_open(j, '{');
        json_key(j, "number"), json_str(j, jobs[i].number);
        json_key(j, "client"), json_str(j, jobs[i].client);
        json_key(j, "project"), json_str(j, jobs[i].project);
        json_key(j, "at"), json_str(j, jobs[i].at);
        json_key(j, "items"), json_int(j, jobs[i].items);
        json_key(j, "versions"), json_int(j, jobs[i].versions);
        json_close(j);
    }
    json_close(j);
    sink_char(to, '\n');
    return OK;
}

int job_list(const Cli *cli, const char *word) {
    Office o;
    Output out;
    if (word && !job_is_path(word))
        return cli_refuse(cli, "没有 %s 这个文件夹", "there is no folder %s",
                          shown(cli->arena, word));
    int code = job_open(&o, cli, word, RECORD_READ);
    Result r = code ? OK : output_open(&out, cli, &(Words){0});
    if (r.kind)
        code = cli_fail(cli, r);
    else if (!code)
        code =
            close_out(cli, &out, wants_json(cli) ? list_json(&o, &out.sink) : list(&o, &out.sink));
    office_close(&o);
    return code;
}
