/* Signatures: who may sign for whom, and when. */
#include "check/job_sheet.h"
#include "cli/full/sign.h"
#include "report/write.h"

#include <string.h>
#include <unistd.h>

static bool is_name(Arena *a, const char *x, const char *y) {
    return streq(name_key(a, x), name_key(a, y));
}

static bool is_one_of(Arena *a, const Strs *names, const char *name) {
    for (size_t i = 0; names && i < names->count; i++)
        if (is_name(a, names->items[i], name))
            return true;
    return false;
}

static const People *people(const Desk *d) {
    return &jobs_sheet(d->art->jobs)->people;
}

static Result deny(const Desk *d, const char *zh, const char *en) {
    return result_fail(d->arena, ERR_USAGE, (Where){0}, "%s", "%s",
                       d->cli->lang == LANG_ZH ? zh : en);
}

static Result decision_of(Decision *out, const Desk *d) {
    const Args *args = d->cli->args;
    bool yes = args_has(args, OPTION_APPROVE), changes = args_has(args, OPTION_WITH_CHANGES),
         no = args_has(args, OPTION_REJECT);
    if (yes + changes + no != 1)
        return deny(d, "--approve、--approve-with-changes、--reject 只能写一个",
                    "write one of --approve, --approve-with-changes, --reject");
    *out = yes ? DECISION_APPROVE : changes ? DECISION_WITH_CHANGES : DECISION_REJECT;
    return OK;
}

/* 审核 is no maker's, by the sheet or because he signed as one, and a director's where the sheet
 * names any. */
static Result director_may(const Desk *d) {
    Arena *a = d->arena;
    const char *by = d->stamp.by;
    const Strs *directors = people(d)->director;
    if (is_maker(d->report->standing, by))
        return result_fail(a, ERR_USAGE, (Where){0}, "%s 是做这件活的人，审核要由另一个人签",
                           "%s made this job; the review has to be signed by somebody else",
                           shown(a, by));
    if (!directors || !directors->count || is_one_of(a, directors, by))
        return OK;
    return result_fail(a, ERR_USAGE, (Where){0},
                       "总监审核这一栏由 %s 签（工作单上的总监），不能是 %s",
                       "the review is signed by %s, the director of the job sheet, not by %s",
                       shown(a, directors->items[0]), shown(a, by));
}

static bool is_ae(const Desk *d) {
    const char *role = d->stamp.role;
    Party party;
    if (is_one_of(d->arena, people(d)->ae, d->stamp.by))
        return true;
    Result r = role && *role ? party_typed(&party, d->arena, role) : (Result){.kind = ERR_USAGE};
    return !r.kind && party == PARTY_AE;
}

/* Nobody signs for the client. */
static Result client_may(const Desk *d, const RecordScan *scan) {
    Arena *a = d->arena;
    const Strs *signers = people(d)->client_signer;
    if (is_ae(d))
        return result_fail(a, ERR_USAGE, (Where){0},
                           "%s 是 AE，不能替客户签；请客户签字人自己签，附上签字的照片或消息",
                           "%s is the AE, who cannot sign for the client; the client signer has to "
                           "sign, with a photo or message attached",
                           shown(a, d->stamp.by));
    if (!signers || !signers->count)
        return deny(d, "工作单上没有客户签字人；在 chupin.yaml 的 人员 里写上 客户签字人",
                    "the job sheet names no client signer; add client_signer under people in "
                    "chupin.yaml");
    if (!is_one_of(a, signers, d->stamp.by))
        return result_fail(
            a, ERR_USAGE, (Where){0}, "客户这一栏只能由 %s 签（工作单上的客户签字人），不能是 %s",
            "only %s, the client signer of the job sheet, signs for the client, not %s",
            shown(a, signers->items[0]), shown(a, d->stamp.by));
    return scan ? OK
                : deny(d, "客户签字要附上凭据：--scan 签字的照片、扫描件或消息截图",
                       "the client's signature needs its proof: --scan with a photo, a scan or the "
                       "message");
}

static Result may_decide(const Desk *d, const Signature *s) {
    const char *open = s->decision == DECISION_APPROVE ? sign_rows(d, sign_is_open) : NULL;
    if (open)
        return result_fail(d->arena, ERR_USAGE, (Where){0},
                           "还有没了结的项，不能同意：%s。先改稿，或用 chupin sign 逐项回答",
                           "rows are still open, so it cannot be approved: %s. Mend the artwork or "
                           "answer them with chupin sign",
                           open);
    if (s->decision == DECISION_REJECT && !str_trim(str_of(s->note)).n)
        return deny(d, "不同意要说为什么：--note", "a rejection says why: --note");
    return OK;
}

/* Nobody else writes between the look at the rows and the signature. */
static Result sign_now(Desk *d, const Signature *s, const RecordScan *scan) {
    if (desk_lay(d))
        return deny(d, "没有签", "nothing was signed");
    TRY(may_decide(d, s));
    if (s->party == PARTY_DIRECTOR)
        TRY(director_may(d));
    if (s->party == PARTY_CLIENT)
        TRY(client_may(d, scan));
    return record_sign(d->record, &d->stamp, &d->subject, s, scan);
}

static Result sign(Desk *d, Signature *s) {
    const Args *args = d->cli->args;
    const RecordScan *scan;
    TRY(decision_of(&s->decision, d));
    TRY(party_typed(&s->party, d->arena, args_value(args, OPTION_PARTY)));
    s->note = args_value(args, OPTION_NOTE);
    s->note = s->note ? s->note : "";
    TRY(sign_scan(&scan, d));
    TRY(record_begin(d->record));
    Result r = sign_now(d, s, scan);
    if (!r.kind)
        return record_commit(d->record);
    record_rollback(d->record);
    return r;
}

static int tell(Desk *d, const Signature *s) {
    Lang lang = d->cli->lang;
    bool zh = lang == LANG_ZH;
    int code = desk_lay(d);
    if (code)
        return code;
    desk_sidecar(d);
    Sink out = sink_fd(d->arena, STDOUT_FILENO);
    sink_format(&out, zh ? "签了  %s：%s  %s  %s\n" : "signed  %s: %s  %s  %s\n",
                text_in(party_title(s->party), lang), text_in(decision_title(s->decision), lang),
                shown(d->arena, d->stamp.by), d->stamp.at);
    sink_format(&out,
                zh ? "只对这个文件有效：%s 第 %d 版  指纹 %.12s  记录 %lld %.12s\n"
                   : "holds for this file only: %s version %d  id %.12s  record %lld %.12s\n",
                shown(d->arena, d->art->name), d->report->standing->version, d->sha256,
                (long long)d->report->standing->head_seq, d->report->standing->head);
    sink_format(&out, zh ? "结论  %s\n" : "RESULT  %s\n",
                text_in(verdict_sentence(d->report), lang));
    Result r = sink_close(&out, d->arena);
    return r.kind ? cli_fail(d->cli, r) : EXIT_OK;
}

int sign_party(Office *o) {
    Desk *d = &o->desk;
    Signature s = {0};
    Result r = sign(d, &s);
    return r.kind ? cli_refused(d->cli, r) : tell(d, &s);
}
