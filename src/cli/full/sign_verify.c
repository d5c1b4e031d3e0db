/* `chupin sign verify`: is it the file that was signed? */
#include "cli/full/sign.h"
#include "report/write.h"

#include <string.h>
#include <unistd.h>

enum { EXIT_DIFFERS = 4 };

typedef struct Signed {
    const RecordVersion *version;
    const Signature *signature;
} Signed;

static Result signed_of(Signed *out, const Desk *d, const RecordSubject *subject) {
    return record_binding_version(&out->version, &out->signature, d->record, d->arena, subject);
}

/* By job and item; a file that came back under another name or without its sheet, by its bytes. */
static Result find_signed(Signed *out, const Desk *d) {
    const RecordVersion *same;
    size_t count;
    TRY(signed_of(out, d, &d->subject));
    TRY(record_find_bytes(&same, &count, d->record, d->arena, d->sha256));
    for (size_t i = 0; i < count && !out->version; i++)
        TRY(signed_of(out, d, &same[i].subject));
    return OK;
}

/* The signed file: as named, or beside the one at hand. */
static Result signed_path(const char **path, const Desk *d, const RecordVersion *v) {
    const char *named = args_value(d->cli->args, OPTION_SIGNED_FILE);
    char hex[SHA256_HEX];
    *path = named ? named : desk_find_file(d, v->name, v->subject.sha256);
    if (!named)
        return OK;
    TRY(file_sha256(hex, d->arena, named));
    if (streq(hex, v->subject.sha256))
        return OK;
    return result_fail(d->arena, ERR_FILE, (Where){named, 0, 0}, "这不是签过的文件：指纹不是 %.12s",
                       "this is not the signed file: its id is not %.12s", v->subject.sha256);
}

static void tell_difference(Sink *out, const Desk *d, const PageDifference *p) {
    bool zh = d->cli->lang == LANG_ZH;
    if (p->page)
        sink_format(out, zh ? "  第 %d 页  " : "  p. %d  ", p->page);
    else
        sink_str(out, zh ? "  整个文件  " : "  whole file  ");
    sink_str(out, shown(d->arena, text_in(p->what, d->cli->lang)));
    if (p->boxed) {
        char x[32], y[32];
        number_format(x, sizeof x, p->x, 1);
        number_format(y, sizeof y, p->y, 1);
        sink_format(out,
                    zh ? "（离左边 %s mm，离上边 %s mm）"
                       : " (%s mm from the left, %s mm from the top)",
                    x, y);
    }
    sink_char(out, '\n');
}

static int tell_pages(Sink *out, const Desk *d, const ComparedFiles *c) {
    bool zh = d->cli->lang == LANG_ZH;
    if (!c->compared) {
        sink_format(out, zh ? "没能对完：%s\n" : "could not be compared: %s\n",
                    shown(d->arena, text_in(c->why, d->cli->lang)));
        return EXIT_NOT_CHECKED;
    }
    if (c->same_look) {
        sink_str(out, zh ? "一样：字节不同，每一页的框、油墨、画面都一致\n"
                         : "same: other bytes, but boxes, inks and picture of every page agree\n");
        return EXIT_OK;
    }
    sink_format(out, zh ? "不一样，%zu 处：\n" : "differs in %zu places:\n", c->difference_count);
    for (size_t i = 0; i < c->difference_count; i++)
        tell_difference(out, d, &c->differences[i]);
    return EXIT_DIFFERS;
}

static int compare(Sink *out, Desk *d, const Signed *s) {
    bool zh = d->cli->lang == LANG_ZH;
    const RecordVersion *v = s->version;
    const char *path;
    ComparedFiles c = {0};
    Result r = signed_path(&path, d, v);
    if (!r.kind && path)
        r = desk_compare(&c, d, path, v->name);
    if (r.kind)
        return cli_fail(d->cli, r);
    if (c.interrupted)
        return 128 + c.interrupted;
    if (path)
        return tell_pages(out, d, &c);
    sink_format(
        out,
        zh ? "指纹不一样：这个是 %.12s，签过的是 %.12s\n签过的文件不在旁边，没有逐页对；用 "
             "--against "
             "文件 指给我\n"
           : "other bytes: this one's id is %.12s, the signed one's is %.12s\nthe signed file "
             "does not lie beside it, so pages were not compared; name it with --against\n",
        d->sha256, v->subject.sha256);
    return EXIT_DIFFERS;
}

int sign_verify(Office *o) {
    Desk *d = &o->desk;
    Signed s = {0};
    Lang lang = d->cli->lang;
    bool zh = lang == LANG_ZH;
    Result r = find_signed(&s, d);
    if (r.kind)
        return cli_fail(d->cli, r);
    if (!s.version) {
        cli_note(d->cli, "记录里这一件还没有签过的版本", "no version of this item is signed yet");
        return EXIT_NOT_CHECKED;
    }
    Sink out = sink_fd(d->arena, STDOUT_FILENO);
    sink_format(&out,
                zh ? "签过的是第 %d 版 %s（%s：%s，%s）\n"
                   : "signed is version %d, %s (%s: %s, %s)\n",
                s.version->number, shown(d->arena, s.version->name),
                text_in(party_title(s.signature->party), lang), shown(d->arena, s.signature->by),
                s.signature->at);
    int code = EXIT_OK;
    if (streq(s.version->subject.sha256, d->sha256))
        sink_str(&out, zh ? "一样：每个字节都相同\n" : "same: every byte agrees\n");
    else
        code = compare(&out, d, &s);
    r = sink_close(&out, d->arena);
    return r.kind ? cli_fail(d->cli, r) : code;
}
