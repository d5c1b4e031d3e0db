/* A file of a batch: what its result belongs to, what is kept of it, and how it is told. */
#include "cli/batch_slot.h"
#include "cli/inputs.h"

#include "check/identity.h"
#include "report/report_read.h"

#include <string.h>

/* ---- what a result belongs to ---- */

static void result_key(const BatchSlot *slot, const char *sha256, bool unfinished,
                       char key[SHA256_HEX]) {
    const BatchRun *run = slot->run;
    const JobHead *head = jobs_head(slot->art.jobs);
    /* A report carries the head of its sheet along. */
    const char *const parts[] = {sha256,
                                 slot->live,
                                 slot->job,
                                 run->rules,
                                 run->options.as_of,
                                 run->tool,
                                 head->sheet_sha256,
                                 head->sheet_name,
                                 head->number,
                                 head->client,
                                 head->project,
                                 head->item,
                                 head->version,
                                 head->stage,
                                 unfinished ? run->run : NULL};
    cache_key(key, parts, sizeof parts / sizeof *parts);
}

Str slot_known(const BatchSlot *slot, const char *sha256, bool unfinished) {
    char key[SHA256_HEX];
    result_key(slot, sha256, unfinished, key);
    return cache_get(&slot->run->cache, slot->art.arena, key);
}

void slot_keep(BatchSlot *slot, bool unfinished) {
    BatchRun *run = slot->run;
    char key[SHA256_HEX];
    batch_look(slot->look, slot->report);
    if (!run->cache.folder || !*slot->sha256)
        return;
    Sink json = sink_memory(slot->art.arena);
    report_json(slot->report, &(ReportStyle){0}, &json);
    /* Waivers hold for places, of which a report shows some; and no report tells its look. */
    Str places = report_places(slot->art.arena, slot->report);
    sink_char(&json, '\0');
    sink_format(&json, "%-*s", SHA256_HEX, slot->look);
    sink_write(&json, places.p, places.n);
    result_key(slot, slot->sha256, unfinished, key);
    cache_put(&run->cache, key, sink_text(&json));
}

/* ---- a file is done ---- */

/* One sheet, or one record, over a thousand files is wrong once. */
static void say_once(const BatchSlot *slot, const Errors *errors, Result r) {
    BatchRun *run = slot->run;
    const Cli *cli = run->cli;
    bool many = errors && errors->count;
    const char *text =
        many ? errors_render(slot->art.arena, errors, cli->lang) : text_in(r.text, cli->lang);
    if (run->said && streq(run->said, text))
        return;
    run->said = arena_strdup(cli->arena, text);
    progress_clear(run);
    if (many)
        (void)cli_errors(cli, errors);
    else
        (void)cli_fail(cli, r);
}

/* Answers, waivers and signatures: after any cache, never in it. */
static void lay_record(BatchSlot *slot) {
    BatchRun *run = slot->run;
    Result r = run->records && slot->art.jobs
                   ? full_records()->lay(run->records, slot->report, &slot->art)
                   : OK;
    if (!r.kind)
        return;
    run->code = batch_worse(run->code, EXIT_REFUSED);
    say_once(slot, NULL, r);
}

void slot_settle(BatchSlot *slot, int code) {
    BatchRun *run = slot->run;
    Report *r = slot->report;
    lay_record(slot);
    Sink piece = sink_memory(slot->art.arena);
    if (!code)
        code = report_exit_code(r, run->fail_on, run->strict, run->require_sign);
    run->style.exit_code = code;
    batch_take(&run->batch, slot->item, r, code);
    memcpy(run->batch.files[slot->item].look, slot->look, SHA256_HEX);
    run->format->file(&run->batch, slot->item, r, &run->style, &piece);
    if (run->bar)
        progress_clear(run);
    ordered_put(&run->pieces, slot->item, sink_text(&piece));
    run->code = batch_worse(run->code, code);
    artwork_close(&slot->art);
    slot->busy = false;
}

void slot_refuse(BatchSlot *slot, Text why, int code) {
    const BatchRun *run = slot->run;
    if (!slot->art.jobs) { /* there is a report all the same */
        static const JobHead none = {0};
        slot->report = ARENA_NEW(slot->art.arena, Report);
        *slot->report = (Report){.arena = slot->art.arena,
                                 .as_of = run->options.as_of,
                                 .rules_sha256 = run->book.rules.sha256,
                                 .profile = rule_data_profile(run->book.data),
                                 .job = &none};
        slot->report->file.name = slot->art.name;
        slot->report->file.bytes = slot->art.bytes;
        slot->report->file.pages = -1;
    }
    slot->report->file.unreadable = why;
    report_finish(slot->report, rule_data_checklist(run->book.data));
    slot_settle(slot, code);
}

bool slot_take_known(BatchSlot *slot, Str kept) {
    Report *r;
    const char *end = kept.p ? memchr(kept.p, '\0', kept.n) : NULL;
    size_t json = end ? (size_t)(end - kept.p) : 0, more = end ? kept.n - json - 1 : 0;
    if (more < SHA256_HEX ||
        report_read(&r, slot->art.arena, (Str){kept.p, json}, slot->art.name).kind)
        return false;
    Str places = {end + 1 + SHA256_HEX, more - SHA256_HEX};
    if (places.n && report_take_places(r, places).kind)
        return false;
    memcpy(slot->look, end + 1, SHA256_HEX - 1);
    slot->look[strcspn(slot->look, " ")] = '\0';
    slot->report = r;
    slot->run->from_cache++;
    return true;
}

/* ---- a file is begun ---- */

bool slot_open(BatchSlot *slot) {
    static const Text sheet = {"工作单写错了，改好再查（哪一行见错误信息）",
                               "its job sheet is wrong; mend it and check again (the messages say "
                               "which line)"};
    BatchRun *run = slot->run;
    const BatchFile *f = &run->batch.files[slot->item];
    Errors errors = {0};
    Result r = artwork_try(&slot->art, run->cli, &run->book, &run->options, f->path, &errors);
    if (slot->art.trouble.kind) {
        slot_refuse(slot, slot->art.trouble.text, EXIT_NOT_CHECKED);
        return false;
    }
    if (r.kind || errors.count) {
        say_once(slot, &errors, r);
        slot->art.jobs = NULL;
        slot_refuse(slot, sheet, EXIT_REFUSED);
        return false;
    }
    const JobHead *head = jobs_head(slot->art.jobs);
    if (head->present)
        run->batch.files[slot->item].sheet = arena_strdup(run->batch.arena, head->sheet_sha256);
    batch_wish(&run->batch, slot->art.jobs);
    job_identity(slot->art.jobs, args_value(run->cli->args, OPTION_PASSWORD), slot->job);
    if (slot->art.live && !batch_hash(slot->art.live, slot->live))
        *slot->live = '\0';
    return true;
}

bool slot_goes_on(BatchSlot *slot) {
    BatchRun *run = slot->run;
    const char *path = run->batch.files[slot->item].path;
    bool there = stat(path, &slot->at) == 0;
    const JournalLine *line = there ? journal_find(&run->journal, path, &slot->at) : NULL;
    if (!line || !slot_take_known(slot, slot_known(slot, line->sha256, line->unfinished)))
        return false;
    slot_settle(slot, EXIT_OK);
    return true;
}
