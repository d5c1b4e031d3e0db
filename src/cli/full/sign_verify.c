/* `chupin sign verify`: is it the file that was signed? */
#include "cli/full/sign.h"
#include "report/write.h"

#include <unistd.h>

enum { EXIT_DIFFERS = 4 };

static Result signed_one(const RecordVersion **version, const Signature **signature, Desk *d) {
    TRY(record_signed_version(version, signature, d->record, d->arena, &d->subject, PARTY_CLIENT));
    if (*version)
        return OK;
    return record_signed_version(version, signature, d->record, d->arena, &d->subject, PARTIES);
}

int sign_verify(Office *o) {
    Desk *d = &o->desk;
    const RecordVersion *v;
    const Signature *s;
    Lang lang = d->cli->lang;
    bool zh = lang == LANG_ZH;
    Result r = signed_one(&v, &s, d);
    if (r.kind)
        return cli_fail(d->cli, r);
    if (!v) {
        cli_note(d->cli, "记录里这一件还没有签过的版本", "no version of this item is signed yet");
        return EXIT_NOT_CHECKED;
    }
    Sink out = sink_fd(d->arena, STDOUT_FILENO);
    sink_format(&out,
                zh ? "签过的是第 %d 版 %s（%s：%s，%s）\n"
                   : "signed is version %d, %s (%s: %s, %s)\n",
                v->number, shown(d->arena, v->name), text_in(party_title(s->party), lang),
                shown(d->arena, s->by), s->at);
    bool same = streq(v->subject.sha256, d->sha256);
    if (same)
        sink_str(&out, zh ? "一样：每个字节都相同\n" : "same: every byte agrees\n");
    else
        sink_format(&out,
                    zh ? "不一样：指纹是 %.12s，签过的是 %.12s\n"
                       : "differs: its id is %.12s, the signed one's is %.12s\n",
                    d->sha256, v->subject.sha256);
    r = sink_close(&out, d->arena);
    return r.kind ? cli_fail(d->cli, r) : same ? EXIT_OK : EXIT_DIFFERS;
}
