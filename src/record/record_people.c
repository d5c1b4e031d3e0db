/* What people say of a version: answers, signatures, what they attach. */
#include "record/inside.h"

#include "report/write.h"

#include <string.h>

static const char *const party_words[PARTIES] = {
    [PARTY_DESIGN] = "design", [PARTY_COPY] = "copy",     [PARTY_DIRECTOR] = "director",
    [PARTY_AE] = "ae",         [PARTY_CLIENT] = "client", [PARTY_PRINTER] = "printer",
};
static const char *const decision_words[] = {
    [DECISION_APPROVE] = "approve",
    [DECISION_WITH_CHANGES] = "changes",
    [DECISION_REJECT] = "reject",
};
enum { DECISIONS = sizeof decision_words / sizeof *decision_words };

static int word_index(const char *const *words, size_t count, const StoreValue *word) {
    for (size_t i = 0; i < count; i++)
        if (str_is((Str){word->bytes, word->count}, words[i]))
            return (int)i;
    return 0;
}

static HumanState state_of_word(const char *word) {
    for (HumanState s = HUMAN_YES; s < HUMAN_NA; s++)
        if (streq(human_state_word(s), word))
            return s;
    return HUMAN_NA;
}

/* ---- answers ---- */

static Result carried_sha256(const char **out, Record *r, const RecordSubject *subject, int n) {
    SubjectKey key;
    TRY(subject_key(&key, r, r->scratch, subject));
    const StoreValue *row;
    TRY(store_one(&row, r->scratch, r->store,
                  "SELECT sha256 FROM version WHERE job = ? AND item = ? AND n = ?", 1, 3,
                  (StoreValue[]){store_text(key.job), store_text(key.item), store_int(n)}));
    *out = row ? row[0].bytes : "";
    return row ? OK
               : result_usage(r, "要沿用的那一版不在记录里",
                              "the version whose answer is taken over is not in the record");
}

static Result answer(Record *r, const RecordStamp *stamp, const RecordSubject *subject, int row,
                     const Answer *given) {
    SubjectKey key;
    TRY(subject_known(&key, r, r->scratch, subject));
    const char *from = "";
    if (given->carried_from)
        TRY(carried_sha256(&from, r, subject, given->carried_from));
    Body b = subject_body(r, subject);
    body_int(&b, "row", row);
    body_text(&b, "state", human_state_word(given->state));
    body_text(&b, "role", stamp->role);
    body_text(&b, "note", given->note);
    body_text(&b, "carried_from", from);
    return record_append(r, stamp, EVENT_answer_given, key.job, body_close(&b));
}

Result record_answer(Record *r, const RecordStamp *stamp, const RecordSubject *subject, int row,
                     const Answer *given) {
    if (row < 0 || row >= CHECKLIST_ITEMS || given->state < HUMAN_YES)
        return result_usage(r, "答案要写是哪一项（0 到 14），和 是、否 或 不适用",
                            "an answer names a row (0 to 14) and says yes, no or na");
    TRY(write_begin(r, stamp));
    return write_end(r, answer(r, stamp, subject, row, given));
}

typedef struct AnswerRow {
    int row;
    Answer answer;
} AnswerRow;

static void make_answer(void *item, Arena *a, const StoreValue *row) {
    *(AnswerRow *)item = (AnswerRow){.row = (int)row[0].number,
                                     .answer = {.state = state_of_word(row_text(a, &row[1])),
                                                .by = row_text(a, &row[2]),
                                                .role = row_text(a, &row[3]),
                                                .at = row_text(a, &row[4]),
                                                .note = row_text(a, &row[5]),
                                                .carried_from = (int)row[6].number}};
}

static Result answers_of(const Answer **out, Record *r, Arena *a, const SubjectKey *key) {
    RowReader list = {.item_size = sizeof(AnswerRow), .make = make_answer};
    memset(out, 0, CHECKLIST_ITEMS * sizeof *out);
    TRY(read_rows(&list, r, a,
                  "SELECT no, state, by, role, at, note, carried_from FROM answer "
                  "WHERE job = ? AND item = ? AND n = ?",
                  3,
                  (StoreValue[]){store_text(key->job), store_text(key->item), store_int(key->n)}));
    for (size_t i = 0; i < list.count; i++) {
        const AnswerRow *row = (const AnswerRow *)list.items + i;
        if (row->row >= 0 && row->row < CHECKLIST_ITEMS)
            out[row->row] = &row->answer;
    }
    return OK;
}

Result record_answers(const Answer **out, Record *r, Arena *a, const RecordSubject *subject) {
    SubjectKey key;
    TRY(subject_key(&key, r, a, subject));
    return answers_of(out, r, a, &key);
}

/* ---- taking answers over ---- */

/* The newest version before `key` that somebody answered; 0: none. */
static Result answered_before(int64_t *n, Record *r, Arena *a, const SubjectKey *key) {
    const StoreValue *row;
    TRY(store_one(&row, a, r->store,
                  "SELECT n FROM answer WHERE job = ? AND item = ? AND n < ? ORDER BY n DESC "
                  "LIMIT 1",
                  1, 3,
                  (StoreValue[]){store_text(key->job), store_text(key->item),
                                 store_int(key->n ? key->n : INT64_MAX)}));
    *n = row ? row[0].number : 0;
    return OK;
}

static void compare_pages(RecordCarry *carry, Arena *a, const RecordRun *then,
                          const RecordRun *now) {
    size_t pages = now && then && now->page_count == then->page_count ? now->page_count : 0;
    int *changed = ARENA_ARRAY(a, int, pages + 1);
    for (size_t i = 0; i < pages; i++)
        if (now->pages[i] && streq(now->pages[i], then->pages[i]))
            carry->unchanged_count++;
        else
            changed[carry->changed_count++] = (int)i + 1;
    carry->changed = changed;
}

Result record_carries(const RecordCarry **out, size_t *count, Record *r, Arena *a,
                      const RecordSubject *subject) {
    SubjectKey key;
    const Answer *now[CHECKLIST_ITEMS], *then[CHECKLIST_ITEMS];
    const RecordRun *run_now, *run_then;
    *count = 0;
    TRY(subject_key(&key, r, a, subject));
    SubjectKey before = key;
    TRY(answered_before(&before.n, r, a, &key));
    if (!before.n)
        return OK;
    TRY(answers_of(now, r, a, &key));
    TRY(answers_of(then, r, a, &before));
    TRY(record_run_of(&run_now, r, a, &key));
    TRY(record_run_of(&run_then, r, a, &before));
    RecordCarry same = {.version = (int)before.n};
    compare_pages(&same, a, run_then, run_now);
    RecordCarry *list = ARENA_ARRAY(a, RecordCarry, CHECKLIST_ITEMS);
    /* Where no page is known to be the same there is nothing to go by. */
    for (int i = 0; same.unchanged_count && i < CHECKLIST_ITEMS; i++)
        if (then[i] && !now[i]) {
            list[*count] = same;
            list[*count].row = i;
            list[(*count)++].answer = then[i];
        }
    *out = list;
    return OK;
}

/* ---- attachments ---- */

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

/* ---- signatures ---- */

static Result sign(Record *r, const RecordStamp *stamp, const RecordSubject *subject,
                   const Signature *s, const RecordScan *scan) {
    SubjectKey key;
    char sha256[SHA256_HEX] = "";
    TRY(subject_known(&key, r, r->scratch, subject));
    if (scan)
        TRY(put_file(r, scan, sha256));
    Body b = subject_body(r, subject);
    body_text(&b, "party", party_words[s->party]);
    body_text(&b, "decision", decision_words[s->decision]);
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
    *(Signature *)item =
        (Signature){.party = (Party)word_index(party_words, PARTIES, &row[0]),
                    .decision = (Decision)word_index(decision_words, DECISIONS, &row[1]),
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

static const Signature *approval(const Signature *list, size_t count, Party party) {
    if (party != PARTIES)
        return signature_standing(list, count, party);
    const Signature *found = NULL;
    for (Party p = 0; p < PARTIES; p++) {
        const Signature *s = signature_standing(list, count, p);
        if (s && (!found || s > found))
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
