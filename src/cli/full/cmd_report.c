/* `chupin report`: a stored result in another form, without checking again. */
#include "cli/against.h"
#include "cli/full/office.h"
#include "cli/full/stamp.h"
#include "cli/full/views.h"
#include "cli/inputs.h"
#include "cli/pictures.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The job of a run may not be that of the folder we are in: the subject says where it stands. */
static void take(Desk *d, const RecordRun *run) {
    d->subject = run->subject;
    d->json = run->report;
    d->places = run->places;
    d->run = run->id;
    strncpy(d->sha256, run->identity.file, SHA256_HEX - 1);
}

static Result last_of_bytes(const RecordRun **run, Desk *d) {
    const RecordVersion *versions;
    size_t count;
    TRY(record_last_run(run, d->record, d->arena, &d->subject));
    TRY(record_find_bytes(&versions, &count, d->record, d->arena, d->sha256));
    for (size_t i = 0; i < count && !*run; i++)
        TRY(record_last_run(run, d->record, d->arena, &versions[i].subject));
    if (*run)
        return OK;
    return result_fail(d->arena, ERR_FILE, (Where){d->art->path, 0, 0},
                       "记录里还没有查过这个文件；先运行 chupin check --record",
                       "this file has no run in the record yet; run chupin check --record first");
}

static Result find(Office *o, const char *typed) {
    Desk *d = &o->desk;
    const RecordRun *run = NULL;
    if (o->folder)
        TRY(record_run(&run, d->record, d->arena, typed));
    else
        TRY(last_of_bytes(&run, d));
    take(d, run);
    return OK;
}

/* The artwork of the run, when it lies where it was named, or beside the sheet. */
static const char *find_artwork(Office *o) {
    if (!o->folder)
        return o->art.path;
    Desk *d = &o->desk;
    const char *path = d->record ? desk_find_file(d, d->report->file.name, d->sha256) : NULL;
    if (path)
        o->art.path = path, o->art.name = input_name(path);
    return path;
}

static int write_out(Office *o, const View *v, const Report *r, Str stored) {
    const Cli *cli = o->desk.cli;
    Words inputs = {0};
    const char *artwork = find_artwork(o);
    if (artwork)
        *ARENA_PUSH(cli->arena, inputs.items, inputs.count, inputs.capacity) = artwork;
    if (v->binary && !args_has(cli->args, OPTION_OUTPUT) && isatty(STDOUT_FILENO))
        return cli_refuse(cli, "%s 是 PDF，请写 -o 文件.pdf", "%s is a PDF; add -o FILE.pdf",
                          v->name);
    Output out;
    Result result = output_open(&out, cli, &inputs);
    if (result.kind)
        return cli_fail(cli, result);
    enum { COLUMNS = 100 };
    ReportStyle style = {.lang = cli->lang,
                         .width = COLUMNS,
                         .exit_code = report_exit_code(r, SEVERITY_ERROR, false, false),
                         .stored = arena_copy(cli->arena, stored.p, stored.n),
                         .pictures = artwork ? artwork_pictures(&o->art, r, o->seconds) : NULL,
                         .artwork = artwork};
    result = view_write(v, cli->arena, r, &style, stored, &out.sink);
    Result closed = output_close(&out, cli, !result.kind);
    result = result.kind ? result : closed;
    return result.kind ? cli_fail(cli, result) : EXIT_OK;
}

/* A report in a file stands for itself: no record is asked. */
static int from_file(const Cli *cli, const View *v, const Report *r, Str json) {
    Office o = {.folder = true, .desk = {.cli = cli}};
    return write_out(&o, v, r, json);
}

static int from_record(const Cli *cli, const View *v, const char *typed) {
    Office o;
    struct stat s;
    RecordStamp stamp = stamp_machine(cli);
    const char *path = stat(typed, &s) == 0 ? typed : NULL;
    int code = office_open(&o, cli, path, &stamp);
    if (!code && o.folder && path)
        code = cli_refuse(cli, "%s 是文件夹；请写检查编号、稿件或 JSON 报告",
                          "%s is a folder; name a run, an artwork or a JSON report",
                          shown(cli->arena, path));
    if (!code)
        code = desk_open(&o.desk, RECORD_READ);
    Result r = code ? OK : find(&o, typed);
    if (r.kind)
        code = cli_fail(cli, r);
    if (!code)
        code = desk_lay(&o.desk);
    if (!code)
        code = write_out(&o, v, o.desk.report, o.desk.json);
    office_close(&o);
    return code;
}

int cmd_report(const Cli *cli) {
    const Words *words = &cli->args->operands;
    const char *format = args_value(cli->args, OPTION_VIEW);
    if (words->count != 1)
        return cli_refuse(cli, "写一个检查编号、稿件或 JSON 报告，例如 chupin report 正稿.pdf",
                          "name one run, artwork or JSON report, as in chupin report artwork.pdf");
    View v = view_find(cli->arena, str_of(format ? format : "text"));
    Report *r = NULL;
    Str json = {0};
    bool none = true;
    Result result = view_ready(&v, cli->arena);
    if (!result.kind)
        result = report_file_read(&r, &json, &none, cli->arena, words->items[0]);
    if (result.kind)
        return cli_fail(cli, result);
    return none ? from_record(cli, &v, words->items[0]) : from_file(cli, &v, r, json);
}
