/* Where a version stands on its way through the house: what it waits for, and on whom. */
#include "cli/full/job.h"
#include "report/gather.h"
#include "report/write.h"

static void add(Arena *a, const char **all, bool zh, const char *one) {
    if (*one)
        *all = **all ? arena_printf(a, "%s%s%s", *all, zh ? "；" : "; ", one) : one;
}

static const char *to_mend(const Desk *d, const Report *r, bool zh) {
    int counts[WHO_WORDS] = {0};
    const char *all = "";
    for (size_t i = 0; i < r->finding_count; i++) {
        const Finding *f = &r->findings[i];
        if (f->severity == SEVERITY_ERROR && f->outcome == OUTCOME_FAIL && !f->waiver)
            counts[f->who]++;
    }
    for (int who = 0; who < WHO_WORDS; who++)
        if (counts[who])
            all = arena_printf(d->arena, "%s%s%s %d", all, *all ? (zh ? "、" : ", ") : "",
                               text_in(who_name((Who)who), d->cli->lang), counts[who]);
    return *all ? arena_printf(d->arena, zh ? "等修改：%s" : "mending: %s", all) : "";
}

/* Said no to: a row by whoever answered it, the whole by whoever was to sign. */
static const char *refused(const Desk *d, const Report *r, bool zh) {
    int rows[CHECKLIST_ITEMS];
    size_t n = 0;
    const char *all = "";
    for (int i = 0; i < CHECKLIST_ITEMS; i++)
        if (r->items[i].human == HUMAN_NO)
            rows[n++] = i;
    if (n)
        all = arena_printf(d->arena, zh ? "人工没通过：第 %s 项" : "answered no: items %s",
                           page_list(d->arena, rows, n, zh ? "、" : ", "));
    for (Party p = PARTY_DESIGN; p < PARTIES; p++) {
        const Signature *last = NULL;
        for (size_t i = 0; i < r->standing->signature_count; i++)
            if (r->standing->signatures[i].party == p)
                last = &r->standing->signatures[i];
        if (last && last->decision == DECISION_REJECT)
            add(d->arena, &all, zh,
                arena_printf(d->arena, zh ? "%s不同意：%s" : "rejected by %s: %s",
                             text_in(party_title(p), d->cli->lang), shown(d->arena, last->note)));
    }
    return all;
}

static const char *to_tick(const Desk *d, const Report *r, bool zh) {
    int rows[CHECKLIST_ITEMS];
    size_t n = 0;
    for (int i = 0; i < CHECKLIST_ITEMS; i++)
        if (r->items[i].state != ITEM_FAIL && item_is_open(&r->items[i]))
            rows[n++] = i;
    return n ? arena_printf(d->arena, zh ? "等打勾：第 %s 项" : "ticks: items %s",
                            page_list(d->arena, rows, n, zh ? "、" : ", "))
             : "";
}

static const char *to_sign(const Desk *d, const Report *r, bool zh) {
    const Standing *s = r->standing;
    const char *all = "";
    for (Party p = PARTY_DESIGN; p < PARTIES; p++) {
        bool due = p == PARTY_DIRECTOR || (s->parties >> p & 1u);
        if (due && !party_approved(s, p))
            all = arena_printf(d->arena, "%s%s%s", all, *all ? (zh ? "、" : ", ") : "",
                               text_in(party_title(p), d->cli->lang));
    }
    return *all ? arena_printf(d->arena, zh ? "等签字：%s" : "signatures: %s", all) : "";
}

static const char *waits(const Desk *d, const Report *r) {
    bool zh = d->cli->lang == LANG_ZH;
    const char *all = "";
    if (r->verdict.state == VERDICT_UNREADABLE)
        return zh ? "等重新交文件" : "another file";
    if (r->verdict.state == VERDICT_PASS)
        return text_in(verdict_short_name(VERDICT_PASS), d->cli->lang);
    add(d->arena, &all, zh, to_mend(d, r, zh));
    add(d->arena, &all, zh, refused(d, r, zh));
    add(d->arena, &all, zh, to_tick(d, r, zh));
    add(d->arena, &all, zh, to_sign(d, r, zh));
    return all;
}

Result job_now(const char **out, const Desk *d, const RecordSubject *subject,
               const RecordRun *run) {
    Desk one = *d;
    Report *report;
    one.subject = *subject;
    one.run = run->id;
    one.compares = false;
    TRY(run_report(&report, d->arena, run));
    TRY(desk_stand(&one, report));
    *out = waits(d, report);
    return OK;
}
