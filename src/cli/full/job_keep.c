/* `job export`, `import`, `verify` and `rebuild`: a record handed over, looked over, made anew. */
#include "cli/full/job.h"
#include "record/bundle.h"
#include "record/sidecar.h"

#include <string.h>
#include <unistd.h>

enum { EXIT_BROKEN = 1 };

static int finish(const Cli *cli, Sink *out) {
    Result r = sink_close(out, cli->arena);
    return r.kind ? cli_fail(cli, r) : EXIT_OK;
}

static int export_to(const Office *o, const char *word, Output *out) {
    const Desk *d = &o->desk;
    const RecordJob *job = NULL;
    const char *number = word && !job_is_path(word) ? word : NULL;
    Result r = OK;
    if (number)
        r = record_find_job(&job, d->record, d->arena, number);
    if (!r.kind && number && !job)
        r = result_fail(
            d->arena, ERR_USAGE, (Where){0}, "记录里没有工作单“%s”；chupin job list 看有哪些",
            "the record has no job “%s”; chupin job list shows them", shown(d->arena, number));
    if (!r.kind)
        r = record_export(d->record, d->arena, number, &out->sink);
    Result closed = output_close(out, d->cli, !r.kind);
    r = r.kind ? r : closed;
    return r.kind ? cli_fail(d->cli, r) : EXIT_OK;
}

int job_export(const Cli *cli, const char *word) {
    Office o;
    Output out;
    int code = job_open(&o, cli, word, RECORD_READ);
    if (!code) {
        Words inputs = {0};
        *ARENA_PUSH(cli->arena, inputs.items, inputs.count, inputs.capacity) = o.desk.place.record;
        Result r = output_open(&out, cli, &inputs);
        code = r.kind ? cli_fail(cli, r) : export_to(&o, word, &out);
    }
    office_close(&o);
    return code;
}

int job_import(const Cli *cli, const char *word) {
    if (!word)
        return cli_refuse(cli, "收进哪个文件？chupin job import 文件.json",
                          "import which file? chupin job import FILE.json");
    Office o;
    RecordImport done = {0};
    RecordStamp stamp = stamp_machine(cli);
    int code = office_open(&o, cli, NULL, &stamp);
    if (!code && !o.desk.place.record)
        code = cli_fail(cli, o.desk.place.refusal);
    if (!code) {
        Result r = record_import(&done, o.desk.arena, o.desk.place.record, &stamp, word);
        code = r.kind ? cli_fail(cli, r) : EXIT_OK;
    }
    if (!code) {
        bool zh = cli->lang == LANG_ZH;
        Sink out = sink_fd(cli->arena, STDOUT_FILENO);
        sink_format(&out,
                    zh ? "收进了 %lld 条，%lld 条早就有了；记录在 %s\n"
                       : "took in %lld events, %lld were there already; the record is %s\n",
                    (long long)done.events, (long long)done.known,
                    shown(cli->arena, o.desk.place.record));
        if (done.same_chain)
            sink_str(&out,
                     zh ? "链原样接上，链头不变\n" : "the chain is taken over with its head\n");
        code = finish(cli, &out);
    }
    office_close(&o);
    return code;
}

/* ---- verify ---- */

static int say_broken(const Cli *cli, Sink *out, const RecordVerdict *v) {
    bool zh = cli->lang == LANG_ZH;
    Arena *a = cli->arena;
    if (v->seq)
        sink_format(out, zh ? "✗ 记录被改过，坏在第 %lld 条：" : "✗ broken at event %lld: ",
                    (long long)v->seq);
    else if (v->table && (!v->key || !*v->key))
        sink_format(out, zh ? "✗ 记录被改过，坏在表 %s：" : "✗ broken in table %s: ", v->table);
    else if (v->table)
        sink_format(out, zh ? "✗ 记录被改过，坏在表 %s 的 %s：" : "✗ broken in table %s, row %s: ",
                    v->table, shown(a, v->key));
    else
        sink_str(out, zh ? "✗ 记录被动过：" : "✗ broken: ");
    sink_format(out, "%s\n", shown(a, text_in(v->what, cli->lang)));
    sink_str(out, zh ? "  先把这份记录另存，不要再写；用最近的备份或 chupin job rebuild 对照\n"
                     : "  keep a copy of this record and write nothing; compare with a backup or "
                       "with chupin job rebuild\n");
    int code = finish(cli, out);
    return code ? code : EXIT_BROKEN;
}

static bool is_hash(const char *typed) {
    size_t n = strlen(typed);
    return n >= RUN_SHORT && n < SHA256_HEX && strspn(typed, "0123456789abcdefABCDEF") == n;
}

static int verify(const Office *o) {
    const Cli *cli = o->desk.cli;
    RecordVerdict v;
    const char *head = args_value(cli->args, OPTION_HEAD);
    if (head && !is_hash(head))
        return cli_refuse(cli, "--head 后面写检查单上印的链头，至少前 %d 位：0 到 9、a 到 f",
                          "--head takes the head printed on a sheet, its first %d digits at "
                          "least: 0 to 9, a to f",
                          RUN_SHORT);
    Result r = record_verify(&v, o->desk.record, o->desk.arena, head);
    if (r.kind)
        return cli_fail(cli, r);
    Sink out = sink_fd(cli->arena, STDOUT_FILENO);
    if (!v.intact)
        return say_broken(cli, &out, &v);
    bool zh = cli->lang == LANG_ZH;
    sink_format(&out,
                zh ? "✓ 完整：%lld 条，%lld 行都对得上；链头 %lld %s\n"
                   : "✓ intact: %lld events, %lld rows agree; head of the chain %lld %s\n",
                (long long)v.events, (long long)v.rows, (long long)v.head.seq, v.head.hash);
    if (!head)
        sink_str(&out, zh ? "  尾巴有没有被截掉，要和纸上印的链头对：--head 链头\n"
                          : "  whether its tail was cut off is told by the head on paper: --head "
                            "HASH\n");
    return finish(cli, &out);
}

int job_verify(const Cli *cli, const char *word) {
    Office o;
    if (word && !job_is_path(word))
        return cli_refuse(cli, "没有 %s 这个文件或文件夹", "there is no file or folder %s",
                          shown(cli->arena, word));
    int code = job_open(&o, cli, word, RECORD_VERIFY);
    if (!code)
        code = verify(&o);
    office_close(&o);
    return code;
}

/* ---- rebuild ---- */

static int say_rebuilt(const Cli *cli, const RecordRebuild *done, const char *place) {
    bool zh = cli->lang == LANG_ZH;
    for (size_t i = 0; i < done->trouble_count; i++)
        cli_note(cli, "%s", "%s", text_in(done->troubles[i], cli->lang));
    Sink out = sink_fd(cli->arena, STDOUT_FILENO);
    sink_format(&out,
                zh ? "从 %d 份 检查结果 重建了 %d 条：%s\n"
                   : "made anew from %d sidecars, %d events: %s\n",
                done->sidecars, done->events, shown(cli->arena, place));
    sink_str(&out, zh ? "链从头开始，和以前印在纸上的链头对不上\n"
                      : "the chain begins anew; heads printed before do not fit it\n");
    int code = finish(cli, &out);
    return code ? code : done->trouble_count ? EXIT_FOUND : EXIT_OK;
}

int job_rebuild(const Cli *cli, const char *word) {
    Office o;
    RecordRebuild done = {0};
    RecordStamp stamp = stamp_machine(cli);
    int code = office_open(&o, cli, word, &stamp);
    if (!code && !o.folder)
        code = cli_refuse(cli, "从哪个文件夹重建？", "rebuild from which folder?");
    if (!code && !o.desk.place.record)
        code = cli_fail(cli, o.desk.place.refusal);
    if (!code) {
        Result r =
            record_rebuild(&done, o.desk.arena, o.desk.place.record, word ? word : ".", &stamp);
        code = r.kind ? cli_fail(cli, r) : say_rebuilt(cli, &done, o.desk.place.record);
    }
    office_close(&o);
    return code;
}
