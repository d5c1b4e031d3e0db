/* Signatures of a version, and what people attach to it. */
#include "record/inside.h"
#include "record/people_words.h"
#include "report/write.h"

static Result put_file(Record *r, const RecordScan *file, char sha256[SHA256_HEX]) {
    if (file->bytes.n > RECORD_SCAN_LIMIT)
        return result_fail(r->arena, ERR_USAGE, (Where){0},
                           "附件 %s 超过 %d MB；换一张小一点的扫描件",
                           "the attachment %s is over %d MB; take a smaller scan", file->name,
                           RECORD_SCAN_LIMIT >> 20);
    if (!file->bytes.n)
        return result_fail(r->arena, ERR_USAGE, (Where){0}, "附件 %s 是空的",
                           "the attachment %s is empty", file->name);
    return record_put_content(r, file->bytes, sha256);
}

static Result attach(Record *r, const RecordStamp *stamp, const RecordSubject *subject,
                     const char *kind, const RecordScan *file) {
    SubjectKey key;
    char sha256[SHA256_HEX];
    TRY(subject_known(&key, r, r->scratch, subject));
    TRY(put_file(r, file, sha256));
    Body b = subject_body(r, subject);
    body_text(&b, "purpose", kind);
    body_text(&b, "file", file->name);
    body_int(&b, "bytes", (int64_t)file->bytes.n);
    body_text(&b, "content", sha256);
    return record_append(r, stamp, EVENT_file_attached, key.job, body_close(&b));
}

Result record_attach(Record *r, const RecordStamp *stamp, const RecordSubject *subject,
                     const char *kind, const RecordScan *file) {
    TRY(write_begin(r, stamp));
    return write_end(r, attach(r, stamp, subject, kind, file));
}

static void make_attachment(void *item, Arena *a, const StoreValue *row) {
    *(RecordAttachment *)item = (RecordAttachment){.kind = row_text(a, &row[0]),
                                                   .name = row_text(a, &row[1]),
                                                   .sha256 = row_text(a, &row[2]),
                                                   .bytes = row[3].number,
                                                   .at = row_text(a, &row[4]),
                                                   .by = row_text(a, &row[5])};
}

Result record_attachments(const RecordAttachment **out, size_t *count, Record *r, Arena *a,
                          const RecordSubject *subject) {
    SubjectKey key;
    TRY(subject_key(&key, r, a, subject));
    RowReader list = {.item_size = sizeof(RecordAttachment), .make = make_attachment};
    TRY(read_rows(&list, r, a,
                  "SELECT kind, name, sha256, bytes, at, by FROM attachment "
                  "WHERE job = ? AND item = ? AND n = ? ORDER BY seq",
                  3, (StoreValue[]){store_text(key.job), store_text(key.item), store_int(key.n)}));
    *out = list.items;
    *count = list.count;
    return OK;
}

static Result sign(Record *r, const RecordStamp *stamp, const RecordSubject *subject,
                   const Signature *s, const RecordScan *scan) {
    SubjectKey key;
    char sha256[SHA256_HEX] = "";
    TRY(subject_known(&key, r, r->scratch, subject));
    if (scan)
        TRY(put_file(r, scan, sha256));
    Body b = subject_body(r, subject);
    body_text(&b, "party", party_word(s->party));
    body_text(&b, "decision", decision_word(s->decision));
    body_text(&b, "role", stamp->role);
    body_text(&b, "note", s->note);
    body_text(&b, "scan_name", scan ? scan->name : "");
    body_text(&b, "scan", sha256);
    return record_append(r, stamp, EVENT_signature_given, key.job, body_close(&b));
}

Result record_sign(Record *r, const RecordStamp *stamp, const RecordSubject *subject,
                   const Signature *signature, const RecordScan *scan) {
    TRY(write_begin(r, stamp));
    return write_end(r, sign(r, stamp, subject, signature, scan));
}

static void make_signature(void *item, Arena *a, const StoreValue *row) {
    const char *scan = row_text(a, &row[6]);
    *(Signature *)item = (Signature){.party = party_of_word(row_text(a, &row[0])),
                                     .decision = decision_of_word(row_text(a, &row[1])),
                                     .by = row_text(a, &row[2]),
                                     .at = row_text(a, &row[3]),
                                     .note = row_text(a, &row[4]),
                                     .scan_name = *scan ? row_text(a, &row[5]) : NULL,
                                     .scan_sha256 = *scan ? scan : NULL};
}

Result signatures_of(const Signature **out, size_t *count, Record *r, Arena *a,
                     const SubjectKey *key) {
    RowReader list = {.item_size = sizeof(Signature), .make = make_signature};
    TRY(read_rows(&list, r, a,
                  "SELECT party, decision, by, at, note, scan_name, scan FROM signature "
                  "WHERE job = ? AND item = ? AND n = ? ORDER BY seq",
                  3,
                  (StoreValue[]){store_text(key->job), store_text(key->item), store_int(key->n)}));
    *out = list.items;
    *count = list.count;
    return OK;
}

Result record_signatures(const Signature **out, size_t *count, Record *r, Arena *a,
                         const RecordSubject *subject) {
    SubjectKey key;
    TRY(subject_key(&key, r, a, subject));
    return signatures_of(out, count, r, a, &key);
}

const Signature *signature_standing(const Signature *list, size_t count, Party party) {
    const Signature *last = NULL;
    for (size_t i = 0; i < count; i++)
        if (list[i].party == party)
            last = &list[i];
    return last && last->decision != DECISION_REJECT ? last : NULL;
}

/* What is approved with changes is to be changed: nothing is held against it. */
static const Signature *approval(const Signature *list, size_t count, Party party) {
    const Signature *found = NULL;
    for (Party p = 0; p < PARTIES; p++) {
        const Signature *s =
            party == PARTIES || party == p ? signature_standing(list, count, p) : NULL;
        if (s && s->decision == DECISION_APPROVE && (!found || s > found))
            found = s;
    }
    return found;
}

Result record_signed_version(const RecordVersion **out, const Signature **signature, Record *r,
                             Arena *a, const RecordSubject *subject, Party party) {
    const RecordVersion *versions;
    size_t count;
    SubjectKey key;
    *out = NULL;
    TRY(subject_key(&key, r, a, subject));
    TRY(record_versions(&versions, &count, r, a, key.job, subject->item));
    while (count-- > 0) {
        const Signature *list;
        size_t signatures;
        key.n = versions[count].number;
        TRY(signatures_of(&list, &signatures, r, a, &key));
        const Signature *s = approval(list, signatures, party);
        if (!s)
            continue;
        *out = &versions[count];
        if (signature)
            *signature = s;
        return OK;
    }
    return OK;
}

Result record_binding_version(const RecordVersion **out, const Signature **signature, Record *r,
                              Arena *a, const RecordSubject *subject) {
    static const Party order[] = {PARTY_CLIENT, PARTY_DIRECTOR, PARTIES};
    *out = NULL;
    for (size_t i = 0; i < sizeof order / sizeof *order && !*out; i++)
        TRY(record_signed_version(out, signature, r, a, subject, order[i]));
    return OK;
}
