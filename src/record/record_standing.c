/* Where a file stands in its job, for the report that is laid over it. */
#include "record/inside.h"

#include "report/report_read.h"

/* Names of all whose approval of a version stands; NULL: nobody's. */
static const char *approvers(Arena *a, const Signature *list, size_t count) {
    Sink names = sink_memory(a);
    for (Party p = 0; p < PARTIES; p++) {
        const Signature *s = signature_standing(list, count, p);
        if (s)
            sink_format(&names, "%s%s", names.count ? "、" : "", s->by);
    }
    return names.count ? arena_copy(a, names.bytes, names.count) : NULL;
}

static Result stored_report(const Report **out, Arena *a, const RecordRun *run) {
    Report *report;
    *out = NULL;
    if (!run)
        return OK;
    TRY(report_read(&report, a, run->report, run->name));
    if (run->places.n)
        TRY(report_take_places(report, run->places));
    *out = report;
    return OK;
}

static Result earlier_versions(Standing *s, Record *r, Arena *a, const SubjectKey *key,
                               const RecordVersion *versions, size_t count) {
    EarlierVersion *list = ARENA_ARRAY(a, EarlierVersion, count + 1);
    for (size_t i = 0; i < count; i++) {
        if (key->n && versions[i].number >= key->n)
            break;
        SubjectKey then = *key;
        const Signature *signatures;
        size_t signature_count;
        const RecordRun *run;
        then.n = versions[i].number;
        TRY(signatures_of(&signatures, &signature_count, r, a, &then));
        TRY(record_run_of(&run, r, a, &then));
        EarlierVersion *e = &list[s->earlier_count++];
        e->version = (int)then.n;
        e->signed_by = approvers(a, signatures, signature_count);
        TRY(stored_report(&e->report, a, run));
        if (run) {
            s->before.name = run->name;
            s->before.run = run->id;
            s->before.as_of = run->identity.as_of;
            s->before.version = e->version;
            s->before.report = e->report;
        }
    }
    s->earlier = list;
    return OK;
}

static Result item_waivers(Standing *s, Record *r, Arena *a, const RecordSubject *subject) {
    const RecordWaiver *list;
    TRY(record_waivers(&list, &s->waiver_count, r, a, subject->job, subject->item, false));
    Waiver *waivers = ARENA_ARRAY(a, Waiver, s->waiver_count + 1);
    for (size_t i = 0; i < s->waiver_count; i++)
        waivers[i] = list[i].waiver;
    s->waivers = waivers;
    return OK;
}

static Result signed_version(Standing *s, Record *r, Arena *a, const RecordSubject *subject) {
    const RecordVersion *version;
    const Signature *signature = NULL;
    TRY(record_binding_version(&version, &signature, r, a, subject));
    if (!version)
        return OK;
    s->signed_version.name = version->name;
    s->signed_version.sha256 = version->subject.sha256;
    s->signed_version.version = version->number;
    s->signed_version.by = signature->by;
    s->signed_version.at = signature->at;
    s->signed_version.same_bytes = streq(version->subject.sha256, subject->sha256);
    return OK;
}

static Result this_version(Standing *s, Record *r, Arena *a, const SubjectKey *key,
                           const RecordSubject *subject) {
    const RecordRun *run;
    const Answer **answers = ARENA_ARRAY(a, const Answer *, CHECKLIST_ITEMS);
    TRY(record_run_of(&run, r, a, key));
    s->run = run ? run->id : NULL;
    TRY(record_answers(answers, r, a, subject));
    s->answers = answers;
    return signatures_of(&s->signatures, &s->signature_count, r, a, key);
}

static Result standing(Standing *s, Record *r, Arena *a, const RecordSubject *subject) {
    SubjectKey key;
    RecordHead head;
    const RecordVersion *versions;
    size_t count;
    TRY(record_head(&head, r));
    s->head = arena_strdup(a, head.hash);
    s->head_seq = head.seq;
    TRY(subject_key(&key, r, a, subject));
    TRY(record_versions(&versions, &count, r, a, key.job, subject->item));
    s->version = (int)key.n;
    if (!key.n)
        s->version = count ? versions[count - 1].number + 1 : 1;
    TRY(this_version(s, r, a, &key, subject));
    TRY(item_waivers(s, r, a, subject));
    TRY(earlier_versions(s, r, a, &key, versions, count));
    TRY(signed_version(s, r, a, subject));
    return s->signed_version.name ? comparison_of(s, r, a, &key) : OK;
}

Result record_standing(Standing *out, Record *r, Arena *a, const RecordSubject *subject) {
    *out = (Standing){0};
    TRY(read_begin(r));
    Result result = standing(out, r, a, subject);
    read_end(r);
    return result;
}
