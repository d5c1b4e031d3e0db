/* `job new` and `job lint`: the sheet, and the record that goes with it. */
#include "check/job_sheet.h"
#include "cli/folder.h"
#include "cli/full/job.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static Result write_sheet(const char *path, const Cli *cli, bool *made) {
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    *made = fd >= 0;
    if (fd < 0 && errno == EEXIST)
        return OK;
    if (fd < 0)
        return result_fail(cli->arena, ERR_OUTPUT, (Where){path, 0, 0}, "写不进去：%s",
                           "cannot be written: %s", strerror(errno));
    Sink to = sink_fd(cli->arena, fd);
    job_sheet_template(&to, cli->lang);
    Result r = sink_close(&to, cli->arena);
    close(fd);
    return r;
}

static Result put_job(Office *o) {
    Desk *d = &o->desk;
    const JobHead *head = jobs_head(o->art.jobs);
    if (!head->number || !*head->number)
        return OK; /* the first check puts it in, under the number it has by then */
    return record_put_job(d->record, &d->stamp,
                          &(RecordJob){.number = head->number ? head->number : "",
                                       .client = head->client,
                                       .project = head->project,
                                       .owner = jobs_sheet(o->art.jobs)->owner,
                                       .sheet_name = head->sheet_name,
                                       .sheet_sha256 = head->sheet_sha256});
}

static int say_new(const Office *o, const char *sheet, bool made) {
    const Cli *cli = o->desk.cli;
    bool zh = cli->lang == LANG_ZH;
    Sink out = sink_fd(cli->arena, STDOUT_FILENO);
    sink_format(&out,
                made ? (zh ? "工作单  %s，写好了：填好单号、尺寸、出血、页数、纸张\n"
                           : "sheet   %s, written: fill in number, size, bleed, pages, paper\n")
                     : (zh ? "工作单  %s，已经有了，没有动它\n"
                           : "sheet   %s, which was there and stays as it is\n"),
                shown(cli->arena, sheet));
    sink_format(&out, zh ? "记录    %s\n" : "record  %s\n",
                shown(cli->arena, o->desk.place.record));
    Result r = sink_close(&out, cli->arena);
    return r.kind ? cli_fail(cli, r) : EXIT_OK;
}

int job_new(const Cli *cli, const char *word) {
    const char *folder = word ? word : ".";
    bool made;
    Result r = folder_make(cli->arena, folder);
    const char *sheet = arena_printf(cli->arena, "%s/chupin.yaml", folder);
    if (!r.kind)
        r = write_sheet(sheet, cli, &made);
    if (r.kind)
        return cli_fail(cli, r);
    Office o;
    int code = job_open(&o, cli, folder, RECORD_CREATE);
    r = code ? OK : put_job(&o);
    if (r.kind)
        code = cli_fail(cli, r);
    if (!code)
        code = say_new(&o, sheet, made);
    office_close(&o);
    return code;
}

/* Loading is the check: by now every error has been said. */
int job_lint(const Cli *cli, const char *word) {
    if (word && !job_is_path(word))
        return cli_refuse(cli, "没有 %s 这个文件或文件夹", "there is no file or folder %s",
                          shown(cli->arena, word));
    size_t n = word ? strlen(word) : 0;
    static const char ending[] = ".yaml";
    bool is_sheet = n > sizeof ending && streq(word + n - (sizeof ending - 1), ending);
    Office o;
    RecordStamp stamp = stamp_machine(cli);
    Args args = *cli->args;
    Cli own = *cli;
    if (is_sheet) { /* the sheet itself was named: as --job */
        *ARENA_PUSH(cli->arena, args.options[OPTION_JOB].items, args.options[OPTION_JOB].count,
                    args.options[OPTION_JOB].capacity) = word;
        own.args = &args;
        word = NULL;
    }
    int code = office_open(&o, &own, word, &stamp);
    const JobHead *head = code ? NULL : jobs_head(o.art.jobs);
    if (head && !head->present)
        code = cli_refuse(cli, "没有找到工作单；chupin job new 放一张",
                          "no job sheet was found; chupin job new makes one");
    if (!code) {
        Sink out = sink_fd(cli->arena, STDOUT_FILENO);
        for (size_t i = 0; i < head->note_count; i++)
            sink_format(&out, "! %s\n", shown(cli->arena, text_in(head->notes[i], cli->lang)));
        sink_format(&out, cli->lang == LANG_ZH ? "%s 没有写错的地方\n" : "%s: nothing wrong\n",
                    shown(cli->arena, head->sheet_name));
        sink_flush(&out);
    }
    office_close(&o);
    return code;
}
