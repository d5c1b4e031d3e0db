/* How a job went, for programs: chupin.job-record/1. */
#include "base/json.h"
#include "cli/full/job.h"
#include "report/write.h"

static void key_str(Json *j, const char *key, const char *value) {
    json_key(j, key), json_str(j, value && *value ? value : NULL);
}

static void run_json(Json *j, const RecordRun *run) {
    json_key(j, "run");
    if (!run) {
        json_none(j);
        return;
    }
    json_open(j, '{');
    key_str(j, "id", run->id);
    key_str(j, "at", run->at);
    key_str(j, "verdict", run->verdict);
    json_key(j, "errors"), json_int(j, run->errors);
    json_key(j, "warnings"), json_int(j, run->warnings);
    json_key(j, "unchecked"), json_int(j, run->unchecked);
    json_close(j);
}

static Result answers_json(Json *j, const Desk *d, const RecordSubject *subject) {
    const Answer *list[CHECKLIST_ITEMS];
    TRY(record_answers(list, d->record, d->arena, subject));
    json_key(j, "answers");
    json_open(j, '[');
    for (int i = 0; i < CHECKLIST_ITEMS; i++) {
        if (!list[i])
            continue;
        json_open(j, '{');
        json_key(j, "item"), json_int(j, i);
        key_str(j, "state", human_state_word(list[i]->state));
        key_str(j, "by", list[i]->by);
        key_str(j, "role", list[i]->role);
        key_str(j, "at", list[i]->at);
        key_str(j, "note", list[i]->note);
        if (list[i]->carried_from)
            json_key(j, "carried_from"), json_int(j, list[i]->carried_from);
        json_close(j);
    }
    json_close(j);
    return OK;
}

static Result signatures_json(Json *j, const Desk *d, const RecordSubject *subject) {
    const Signature *list;
    size_t count;
    TRY(record_signatures(&list, &count, d->record, d->arena, subject));
    json_key(j, "signatures");
    json_open(j, '[');
    for (size_t i = 0; i < count; i++) {
        json_open(j, '{');
        key_str(j, "party", party_word(list[i].party));
        key_str(j, "decision", decision_word(list[i].decision));
        key_str(j, "by", list[i].by);
        key_str(j, "at", list[i].at);
        key_str(j, "note", list[i].note);
        key_str(j, "scan", list[i].scan_name);
        key_str(j, "scan_sha256", list[i].scan_sha256);
        json_close(j);
    }
    json_close(j);
    return OK;
}

static Result version_json(Json *j, const Desk *d, const RecordVersion *v) {
    const RecordRun *run;
    TRY(record_last_run(&run, d->record, d->arena, &v->subject));
    json_open(j, '{');
    key_str(j, "item", v->subject.item);
    json_key(j, "version"), json_int(j, v->number);
    key_str(j, "name", v->name);
    key_str(j, "sha256", v->subject.sha256);
    key_str(j, "stage", v->stage);
    json_key(j, "bytes"), json_int(j, v->bytes);
    key_str(j, "at", v->at);
    run_json(j, run);
    TRY(answers_json(j, d, &v->subject));
    TRY(signatures_json(j, d, &v->subject));
    json_close(j);
    return OK;
}

static Result versions_json(Json *j, const Desk *d, const RecordJob *job) {
    const RecordVersion *v;
    size_t count;
    TRY(record_versions(&v, &count, d->record, d->arena, job->number, NULL));
    json_key(j, "versions");
    json_open(j, '[');
    for (size_t i = 0; i < count; i++)
        TRY(version_json(j, d, &v[i]));
    json_close(j);
    return OK;
}

static Result waivers_json(Json *j, const Desk *d, const RecordJob *job) {
    const RecordWaiver *list;
    size_t count;
    TRY(record_waivers(&list, &count, d->record, d->arena, job->number, NULL, true));
    json_key(j, "waivers");
    json_open(j, '[');
    for (size_t i = 0; i < count; i++) {
        const Waiver *w = &list[i].waiver;
        json_open(j, '{');
        key_str(j, "id", list[i].id);
        key_str(j, "item", list[i].subject.item);
        key_str(j, "fingerprint", w->fingerprint);
        key_str(j, "rule", w->rule);
        key_str(j, "why", w->why);
        key_str(j, "by", w->by);
        key_str(j, "second", w->second);
        key_str(j, "at", w->at);
        key_str(j, "until_date", w->until_date);
        json_key(j, "until_version");
        if (w->until_version)
            json_int(j, w->until_version);
        else
            json_none(j);
        key_str(j, "revoked_by", list[i].revoked_by);
        json_close(j);
    }
    json_close(j);
    return OK;
}

static Result events_json(Json *j, const Desk *d, const RecordJob *job) {
    const RecordEvent *events;
    size_t count;
    TRY(record_events(&events, &count, d->record, d->arena, job->number));
    json_key(j, "events");
    json_open(j, '[');
    for (size_t i = 0; i < count; i++) {
        json_open(j, '{');
        json_key(j, "seq"), json_int(j, events[i].seq);
        key_str(j, "at", events[i].at);
        key_str(j, "actor", events[i].actor);
        key_str(j, "kind", events[i].kind);
        json_key(j, "told"), json_text(j, events[i].told);
        key_str(j, "hash", events[i].hash);
        json_close(j);
    }
    json_close(j);
    return OK;
}

Result job_json(Json *j, const Desk *d, const RecordJob *job) {
    RecordHead last;
    TRY(record_head(&last, d->record));
    json_open(j, '{');
    key_str(j, "schema", "chupin.job-record/1");
    json_key(j, "job"), json_str(j, job->number);
    key_str(j, "client", job->client);
    key_str(j, "project", job->project);
    key_str(j, "owner", job->owner);
    TRY(versions_json(j, d, job));
    TRY(waivers_json(j, d, job));
    TRY(events_json(j, d, job));
    json_key(j, "head");
    json_open(j, '{');
    json_key(j, "seq"), json_int(j, last.seq);
    key_str(j, "hash", last.hash);
    json_close(j);
    json_close(j);
    return OK;
}
