/* Answers to the rows of the checklist, and those of an earlier version that may be taken over. */
#include "record/inside.h"
#include "record/people_words.h"
#include "report/write.h"

#include <string.h>

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
                                     .answer = {.state = answer_of_word(row_text(a, &row[1])),
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
