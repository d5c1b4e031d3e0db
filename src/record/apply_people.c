/* What people say and show: answers, waivers, signatures, attachments, comparisons. */
#include "record/apply.h"
#include "record/people_words.h"

static Result carried_from(const Applier *p, const RecordEvent *e, const json_t *body, int64_t *n) {
    *n = 0;
    if (!*body_read_text(body, "carried_from"))
        return OK;
    return apply_number(p, "SELECT n FROM version WHERE job = ? AND item = ? AND sha256 = ?", 3,
                        (StoreValue[]){store_text(e->job), apply_text(body, "item"),
                                       apply_text(body, "carried_from")},
                        0, n);
}

Result apply_answer_given(const Applier *p, const RecordEvent *e, const json_t *body) {
    int64_t n, from;
    int64_t row = body_read_int(body, "row");
    if (answer_of_word(body_read_text(body, "state")) < 0 || row < 0 || row >= CHECKLIST_ITEMS)
        return apply_fail(p, e, "不是一个答案", "it is no answer");
    TRY(apply_version_of(p, e, body, &n));
    TRY(carried_from(p, e, body, &from));
    StoreValue key[] = {store_text(e->job), apply_text(body, "item"), store_int(n),
                        apply_int(body, "row")};
    TRY(store_exec(p->to->store,
                   "DELETE FROM answer WHERE job = ? AND item = ? AND n = ? AND no = ?", 4, key));
    return TABLE_PUT(p->to, answer, key[0], key[1], key[2], key[3], apply_text(body, "state"),
                     store_text(e->actor), apply_text(body, "role"), store_text(e->at),
                     apply_text(body, "note"), store_int(from), store_int(e->seq));
}

Result apply_waiver_given(const Applier *p, const RecordEvent *e, const json_t *body) {
    int64_t n;
    TRY(apply_version_of(p, e, body, &n));
    return TABLE_PUT(p->to, waiver, apply_text(body, "waiver"), store_text(e->job),
                     apply_text(body, "item"), store_int(n), apply_text(body, "fingerprint"),
                     apply_text(body, "rule"), apply_text(body, "covers"), apply_text(body, "why"),
                     store_text(e->actor), store_text(e->at), apply_text(body, "until_date"),
                     apply_int(body, "until_version"), apply_int(body, "two_people"),
                     store_text(""), store_text(""), store_text(""), store_text(""), store_text(""),
                     store_int(e->seq));
}

static Result known_waiver(const Applier *p, const RecordEvent *e, const json_t *body) {
    int64_t seq;
    StoreValue id = apply_text(body, "waiver");
    TRY(apply_number(p, "SELECT seq FROM waiver WHERE id = ?", 1, &id, 0, &seq));
    return seq ? OK : apply_fail(p, e, "没有这条豁免", "there is no such waiver");
}

Result apply_waiver_seconded(const Applier *p, const RecordEvent *e, const json_t *body) {
    TRY(known_waiver(p, e, body));
    return store_exec(
        p->to->store, "UPDATE waiver SET second = ?, second_at = ? WHERE id = ?", 3,
        (StoreValue[]){store_text(e->actor), store_text(e->at), apply_text(body, "waiver")});
}

Result apply_waiver_revoked(const Applier *p, const RecordEvent *e, const json_t *body) {
    TRY(known_waiver(p, e, body));
    return store_exec(p->to->store,
                      "UPDATE waiver SET revoked_by = ?, revoked_at = ?, revoked_why = ? "
                      "WHERE id = ?",
                      4,
                      (StoreValue[]){store_text(e->actor), store_text(e->at),
                                     apply_text(body, "why"), apply_text(body, "waiver")});
}

Result apply_signature_given(const Applier *p, const RecordEvent *e, const json_t *body) {
    int64_t n;
    if (party_of_word(body_read_text(body, "party")) < 0 ||
        decision_of_word(body_read_text(body, "decision")) < 0)
        return apply_fail(p, e, "不是一个签字", "it is no signature");
    TRY(apply_version_of(p, e, body, &n));
    return TABLE_PUT(p->to, signature, store_int(e->seq), store_text(e->job),
                     apply_text(body, "item"), store_int(n), apply_text(body, "party"),
                     apply_text(body, "decision"), store_text(e->actor), store_text(e->at),
                     apply_text(body, "note"), apply_text(body, "scan_name"),
                     apply_text(body, "scan"));
}

Result apply_file_attached(const Applier *p, const RecordEvent *e, const json_t *body) {
    int64_t n;
    TRY(apply_version_of(p, e, body, &n));
    return TABLE_PUT(p->to, attachment, store_int(e->seq), store_text(e->job),
                     apply_text(body, "item"), store_int(n), apply_text(body, "purpose"),
                     apply_text(body, "file"), apply_text(body, "content"),
                     apply_int(body, "bytes"), store_text(e->at), store_text(e->actor));
}

Result apply_comparison_made(const Applier *p, const RecordEvent *e, const json_t *body) {
    int64_t n;
    TRY(apply_version_of(p, e, body, &n));
    StoreValue key[] = {store_text(e->job), apply_text(body, "item"), store_int(n),
                        apply_text(body, "with")};
    TRY(store_exec(p->to->store,
                   "DELETE FROM comparison WHERE job = ? AND item = ? AND n = ? AND other = ?", 4,
                   key));
    return TABLE_PUT(p->to, comparison, key[0], key[1], key[2], key[3],
                     apply_int(body, "same_look"), apply_text(body, "differences"),
                     store_text(e->at), store_text(e->actor), store_int(e->seq));
}
