/* How a job went: its versions with what people said of them, then everything in the order in which
 * it happened. */
#include "cli/full/job.h"
#include "report/write.h"

#include <string.h>

static const char *part(Arena *a, const char *label, const char *value) {
    return value && *value ? arena_printf(a, "  %s %s", label, shown(a, value)) : "";
}

static void head(Sink *to, const Desk *d, const RecordJob *job) {
    Arena *a = d->arena;
    bool zh = d->cli->lang == LANG_ZH;
    sink_format(to, "%s %s%s%s%s\n", zh ? "工作单" : "job",
                job->number && *job->number ? shown(a, job->number)
                : zh                        ? "（没有单号）"
                                            : "(no number)",
                part(a, zh ? "客户" : "client", job->client),
                part(a, zh ? "项目" : "project", job->project),
                part(a, zh ? "负责人" : "owner", job->owner));
    sink_format(to, zh ? "记录   %s\n" : "record %s\n", shown(a, d->place.record));
}

static const char *run_line(const Desk *d, const RecordRun *run) {
    Arena *a = d->arena;
    if (!run)
        return d->cli->lang == LANG_ZH ? "没有查过" : "never checked";
    VerdictState state = VERDICT_INCOMPLETE;
    for (VerdictState v = VERDICT_PASS; v <= VERDICT_CLEAN; v++)
        state = streq(verdict_word(v), run->verdict) ? v : state;
    return arena_printf(
        a,
        d->cli->lang == LANG_ZH ? "检查 %s（%s）：%s，必须改 %d，建议看 %d，没查成 %d"
                                : "run %s (%s): %s, must fix %d, look at %d, unchecked %d",
        run_short(a, run->id), run->at, text_in(verdict_short_name(state), d->cli->lang),
        run->errors, run->warnings, run->unchecked);
}

static Result answers(Sink *to, const Desk *d, const RecordSubject *subject) {
    const Answer *list[CHECKLIST_ITEMS];
    bool zh = d->cli->lang == LANG_ZH;
    Arena *a = d->arena;
    const ChecklistItem *rows = rule_data_checklist(d->art->book->data);
    TRY(record_answers(list, d->record, a, subject));
    for (int i = 0; i < CHECKLIST_ITEMS; i++) {
        if (!list[i])
            continue;
        sink_format(to, zh ? "    %2d %s：%s  %s %s  %s" : "    %2d %s: %s  %s %s  %s", i,
                    text_in(rows[i].title, d->cli->lang),
                    text_in(human_state_name(list[i]->state), d->cli->lang), shown(a, list[i]->by),
                    shown(a, list[i]->role), list[i]->at);
        if (*list[i]->note)
            sink_format(to, zh ? "（%s）" : " (%s)", shown(a, list[i]->note));
        if (list[i]->carried_from)
            sink_format(to, zh ? "，沿用第 %d 版" : ", from version %d", list[i]->carried_from);
        sink_char(to, '\n');
    }
    return OK;
}

static Result signatures(Sink *to, const Desk *d, const RecordSubject *subject) {
    const Signature *list;
    size_t count;
    Arena *a = d->arena;
    bool zh = d->cli->lang == LANG_ZH;
    TRY(record_signatures(&list, &count, d->record, a, subject));
    for (size_t i = 0; i < count; i++) {
        sink_format(to, zh ? "    签字 %s：%s  %s  %s" : "    signed %s: %s  %s  %s",
                    text_in(party_title(list[i].party), d->cli->lang),
                    text_in(decision_title(list[i].decision), d->cli->lang), shown(a, list[i].by),
                    list[i].at);
        if (list[i].note && *list[i].note)
            sink_format(to, zh ? "（%s）" : " (%s)", shown(a, list[i].note));
        if (list[i].scan_name)
            sink_format(to, zh ? "，附 %s" : ", attached %s", shown(a, list[i].scan_name));
        sink_char(to, '\n');
    }
    return OK;
}

static Result now(Sink *to, const Desk *d, const RecordVersion *v, const RecordRun *run) {
    const char *line;
    if (!run)
        return OK;
    TRY(job_now(&line, d, &v->subject, run));
    sink_format(to, d->cli->lang == LANG_ZH ? "    现在：%s\n" : "    waits for: %s\n", line);
    return OK;
}

/* Only the last version of an item is on its way. */
static Result version(Sink *to, const Desk *d, const RecordVersion *v, bool last) {
    const RecordRun *run;
    Arena *a = d->arena;
    TRY(record_last_run(&run, d->record, a, &v->subject));
    sink_format(
        to, d->cli->lang == LANG_ZH ? "  第 %d 版 %s  指纹 %.12s\n" : "  version %d %s  id %.12s\n",
        v->number, shown(a, v->name), v->subject.sha256);
    sink_format(to, "    %s\n", run_line(d, run));
    if (last)
        TRY(now(to, d, v, run));
    TRY(answers(to, d, &v->subject));
    return signatures(to, d, &v->subject);
}

static Result versions(Sink *to, const Desk *d, const RecordJob *job) {
    const RecordVersion *v;
    size_t count;
    TRY(record_versions(&v, &count, d->record, d->arena, job->number, NULL));
    for (size_t i = 0; i < count; i++) {
        if (i == 0 || v[i].number <= v[i - 1].number)
            sink_format(to, "\n%s\n", shown(d->arena, v[i].subject.item));
        TRY(version(to, d, &v[i], i + 1 == count || v[i + 1].number <= v[i].number));
    }
    return OK;
}

Result job_text(Sink *to, const Desk *d, const RecordJob *job) {
    const RecordEvent *events;
    RecordHead last;
    size_t count;
    bool zh = d->cli->lang == LANG_ZH;
    head(to, d, job);
    TRY(versions(to, d, job));
    TRY(record_events(&events, &count, d->record, d->arena, job->number));
    sink_str(to, zh ? "\n经过\n" : "\nWHAT HAPPENED\n");
    for (size_t i = 0; i < count; i++)
        sink_format(to, "  %s  %s\n", events[i].at,
                    shown(d->arena, text_in(events[i].told, d->cli->lang)));
    TRY(record_head(&last, d->record));
    sink_format(to, zh ? "\n链头 %lld %s\n" : "\nhead of the chain %lld %s\n", (long long)last.seq,
                last.hash);
    return OK;
}
