/* Answers that the command line gives. */
#include "cli/full/sign.h"
#include "cli/inputs.h"
#include "report/write.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

HumanState sign_answer_given(const Args *args) {
    bool yes = args_has(args, OPTION_YES), no = args_has(args, OPTION_NO),
         na = args_has(args, OPTION_NA);
    if (yes + no + na != 1)
        return HUMAN_NONE;
    return yes ? HUMAN_YES : no ? HUMAN_NO : HUMAN_NA;
}

const char *sign_state(HumanState s, Lang lang) {
    return text_in(human_state_name(s), lang);
}

Result sign_scan(const RecordScan **scan, const Desk *d) {
    const char *path = args_value(d->cli->args, OPTION_SCAN);
    *scan = NULL;
    if (!path)
        return OK;
    RecordScan *s = ARENA_NEW(d->arena, RecordScan);
    s->name = input_name(path);
    TRY(file_bytes(&s->bytes, d->arena, path, RECORD_SCAN_LIMIT));
    *scan = s;
    return OK;
}

static Result store_all(Desk *d, const Given *list, size_t count, const RecordScan *scan) {
    for (size_t i = 0; i < count; i++)
        TRY(record_answer(d->record, &d->stamp, &d->subject, list[i].row, &list[i].answer));
    return scan ? record_attach(d->record, &d->stamp, &d->subject, "ticks", scan) : OK;
}

Result sign_store(Desk *d, const Given *list, size_t count, const RecordScan *scan) {
    TRY(record_begin(d->record));
    Result r = store_all(d, list, count, scan);
    if (!r.kind)
        return record_commit(d->record);
    record_rollback(d->record);
    return r;
}

/* ---- what was stored and what is left ---- */

static void tell_given(Sink *out, const Desk *d, const Given *g) {
    bool zh = d->cli->lang == LANG_ZH;
    sink_format(out, zh ? "记下了  %s：%s" : "stored  %s: %s",
                sign_row(d, &d->report->items[g->row]), sign_state(g->answer.state, d->cli->lang));
    if (g->answer.note && *g->answer.note)
        sink_format(out, zh ? "（%s）" : " (%s)", shown(d->arena, g->answer.note));
    if (g->answer.carried_from)
        sink_format(out, zh ? "，沿用第 %d 版" : ", from version %d", g->answer.carried_from);
    sink_char(out, '\n');
}

static void tell_rest(Sink *out, const Desk *d) {
    bool zh = d->cli->lang == LANG_ZH;
    int count = 0;
    const char *list = "", *name = shown(d->arena, d->art->path);
    for (int i = 0; i < CHECKLIST_ITEMS; i++)
        if (sign_is_open(d->report, &d->report->items[i]))
            list = arena_printf(d->arena, "%s%s%d", list, count++ ? (zh ? "、" : ", ") : "", i);
    if (count)
        sink_format(out, zh ? "还有 %d 项没有了结：%s\n" : "%d rows are still open: %s\n", count,
                    list);
    else
        sink_format(
            out,
            zh ? "各项都答完了，可以签：chupin sign %s --approve --party 总监 --by 姓名\n"
               : "every row is answered; sign it: chupin sign %s --approve --party director "
                 "--by NAME\n",
            name);
}

int sign_tell(Office *o, const Given *list, size_t count) {
    Desk *d = &o->desk;
    int code = desk_lay(d);
    if (code)
        return code;
    desk_sidecar(d);
    Sink out = sink_fd(d->arena, STDOUT_FILENO);
    for (size_t i = 0; i < count; i++)
        tell_given(&out, d, &list[i]);
    tell_rest(&out, d);
    Result r = sink_close(&out, d->arena);
    return r.kind ? cli_fail(d->cli, r) : EXIT_OK;
}

/* ---- --item and --all ---- */

static int no_answer(const Desk *d) {
    return cli_deny(d->cli, "怎么答？写 --yes、--no、--na 里的一个",
                    "which answer? write one of --yes, --no, --na");
}

static int row_of(const char *typed) {
    double number;
    Str s = str_trim(str_of(typed));
    bool whole = s.n && number_parse(s, &number) == s.n && number == (double)(int)number;
    return whole && number >= 0 && number < CHECKLIST_ITEMS ? (int)number : -1;
}

static Answer answer_of(const Desk *d, HumanState state) {
    const char *note = args_value(d->cli->args, OPTION_NOTE);
    return (Answer){.state = state, .note = note ? note : ""};
}

static int store_and_tell(Office *o, const Given *list, size_t count) {
    const RecordScan *scan;
    Result r = sign_scan(&scan, &o->desk);
    if (!r.kind)
        r = sign_store(&o->desk, list, count, scan);
    return r.kind ? cli_refused(o->desk.cli, r) : sign_tell(o, list, count);
}

static void warn_of_errors(const Desk *d, const Item *item) {
    if (!sign_open_errors(d->report, item))
        return;
    if (sign_settles(d->report, item))
        cli_note(d->cli, "%s 和签过的那一版不一样：在这一版上重新签字，才算通过",
                 "%s: it differs from the version that was signed, and passes once this one is "
                 "signed anew",
                 sign_row(d, item));
    else
        cli_note(d->cli, "%s 还有必须改的，打了勾也不算通过",
                 "%s still has must-fix findings: the tick does not make it pass",
                 sign_row(d, item));
}

int sign_items(Office *o) {
    Desk *d = &o->desk;
    const Words *typed = &d->cli->args->options[OPTION_ITEM];
    HumanState state = sign_answer_given(d->cli->args);
    if (state == HUMAN_NONE)
        return no_answer(d);
    Given *list = ARENA_ARRAY(d->arena, Given, typed->count);
    for (size_t i = 0; i < typed->count; i++) {
        int row = row_of(typed->items[i]);
        if (row < 0)
            return cli_deny(d->cli, "清单上没有第 %s 项，只有 0 到 14",
                            "the list has no item %s, only 0 to 14",
                            shown(d->arena, typed->items[i]));
        if (state == HUMAN_YES)
            warn_of_errors(d, &d->report->items[row]);
        list[i] = (Given){row, answer_of(d, state)};
    }
    return store_and_tell(o, list, typed->count);
}

/* What a person can still settle: a question that waits, or what no rule measures. */
static bool awaits_answer(const Item *item) {
    return item->human == HUMAN_PENDING || (item->human == HUMAN_NONE && item_is_open(item));
}

int sign_all(Office *o) {
    Desk *d = &o->desk;
    HumanState state = sign_answer_given(d->cli->args);
    if (state == HUMAN_NONE)
        return no_answer(d);
    Given *list = ARENA_ARRAY(d->arena, Given, CHECKLIST_ITEMS);
    size_t count = 0;
    const char *refused = sign_rows(d, sign_open_errors);
    for (int i = 0; i < CHECKLIST_ITEMS; i++)
        if (awaits_answer(&d->report->items[i]))
            list[count++] = (Given){i, answer_of(d, state)};
    if (refused)
        return cli_deny(
            d->cli, "有必须改的，不能一起打勾：%s。先改稿，或者一项一项答（--item）；什么都没有记",
            "there is something that must be fixed, so not all can be ticked at once: "
            "%s. Mend it, or answer one by one (--item); nothing was stored",
            refused);
    if (!count)
        return cli_deny(d->cli, "没有等着回答的项", "no row awaits an answer");
    return store_and_tell(o, list, count);
}

/* ---- --carry ---- */

static void show_carry(Sink *out, const Desk *d, const RecordCarry *c) {
    bool zh = d->cli->lang == LANG_ZH;
    const Answer *answer = c->answer;
    sink_format(out, zh ? "%s：%s  第 %d 版 %s %s" : "%s: %s  version %d %s %s",
                sign_row(d, &d->report->items[c->row]), sign_state(answer->state, d->cli->lang),
                c->version, shown(d->arena, answer->by), answer->at);
    if (*answer->note)
        sink_format(out, zh ? "（%s）" : " (%s)", shown(d->arena, answer->note));
    sink_char(out, '\n');
}

static void show_pages(Sink *out, const Desk *d, const RecordCarry *c) {
    bool zh = d->cli->lang == LANG_ZH;
    sink_format(out,
                zh ? "和第 %d 版比：%zu 页没有变" : "against version %d: %zu pages did not change",
                c->version, c->unchanged_count);
    for (size_t i = 0; i < c->changed_count; i++)
        sink_format(out,
                    i    ? "%s%d"
                    : zh ? "，变了的页：%s%d"
                         : ", changed: %s%d",
                    i ? (zh ? "、" : ", ") : "", c->changed[i]);
    sink_char(out, '\n');
}

/* Each page that changed has to be looked at again, which only a person can promise. */
static int offer(const Desk *d, const RecordCarry *offered, size_t count) {
    bool zh = d->cli->lang == LANG_ZH;
    Sink out = sink_fd(d->arena, STDOUT_FILENO);
    show_pages(&out, d, &offered[0]);
    for (size_t i = 0; i < count; i++)
        show_carry(&out, d, &offered[i]);
    if (offered[0].changed_count)
        sink_str(&out, zh ? "变了的页看过、上面这些都还对，就加 --yes 记下；现在什么都没有记\n"
                          : "when the changed pages were looked at and all of this still holds, "
                            "add --yes; nothing was stored yet\n");
    else
        sink_str(&out, zh ? "上面这些都还对，就加 --yes 记下；现在什么都没有记\n"
                          : "when all of this still holds, add --yes; nothing was stored yet\n");
    Result r = sink_close(&out, d->arena);
    return r.kind ? cli_fail(d->cli, r) : EXIT_OK;
}

/* What must be mended here was not there when people answered: that row is answered anew. */
static Result offers(const RecordCarry **out, size_t *count, const Desk *d) {
    const RecordCarry *all;
    size_t n;
    TRY(record_carries(&all, &n, d->record, d->arena, &d->subject));
    RecordCarry *kept = ARENA_ARRAY(d->arena, RecordCarry, n + 1);
    *count = 0;
    for (size_t i = 0; i < n; i++)
        if (!sign_open_errors(d->report, &d->report->items[all[i].row]))
            kept[(*count)++] = all[i];
    *out = kept;
    return OK;
}

int sign_carry(Office *o) {
    Desk *d = &o->desk;
    const RecordCarry *offered;
    size_t count;
    Result r = offers(&offered, &count, d);
    if (r.kind)
        return cli_fail(d->cli, r);
    if (!count)
        return cli_deny(d->cli, "没有可以沿用的回答：没有上一版，或者没有哪一页和上一版一样",
                        "there is no answer to take over: no version before, or no page that is "
                        "the same");
    if (!args_has(d->cli->args, OPTION_YES))
        return offer(d, offered, count);
    Given *list = ARENA_ARRAY(d->arena, Given, count);
    for (size_t i = 0; i < count; i++) {
        list[i] = (Given){offered[i].row, *offered[i].answer};
        list[i].answer.carried_from = offered[i].version;
    }
    return store_and_tell(o, list, count);
}
