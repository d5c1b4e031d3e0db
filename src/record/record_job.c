/* Jobs and versions: what a record is about. */
#include "record/inside.h"

#include "check/job_sheet.h"
#include "read/read.h"

#include <string.h>

RecordSubject record_subject(Arena *a, const JobHead *job, const char *file_name,
                             const char *sha256) {
    RecordSubject s = {.job = "", .item = "", .sha256 = sha256};
    if (job && job->present) {
        s.job = job->number ? job->number : "";
        s.item = job->item ? job->item : "";
    }
    if (!*s.item) {
        File file = {0};
        file_name_facts(&file, a, file_name);
        s.item = file.name_title && *file.name_title ? file.name_title : file_name;
    }
    return s;
}

static const char *item_key(Arena *a, const char *item) {
    return name_key(a, item ? item : "");
}

Result subject_key(SubjectKey *out, Record *r, Arena *a, const RecordSubject *subject) {
    *out =
        (SubjectKey){.job = subject->job ? subject->job : "", .item = item_key(a, subject->item)};
    const StoreValue *row;
    TRY(store_one(
        &row, a, r->store, "SELECT n FROM version WHERE job = ? AND item = ? AND sha256 = ?", 1, 3,
        (StoreValue[]){store_text(out->job), store_text(out->item), store_text(subject->sha256)}));
    out->n = row ? row[0].number : 0;
    return OK;
}

Result subject_known(SubjectKey *out, Record *r, Arena *a, const RecordSubject *subject) {
    TRY(subject_key(out, r, a, subject));
    if (out->n)
        return OK;
    return result_usage(r, "记录里还没有检查过这个文件；先用 chupin check --record 检查一次",
                        "the record holds no check of this file yet; check it first with chupin "
                        "check --record");
}

Body subject_body(Record *r, const RecordSubject *subject) {
    Body b = body_open(r->scratch);
    body_text(&b, "item", item_key(r->scratch, subject->item));
    body_text(&b, "sha256", subject->sha256);
    return b;
}

static bool says(const char *a, const StoreValue *b) {
    return str_eq(str_of(a), (Str){b->bytes, b->count});
}

Result record_write_job(Record *r, const RecordStamp *stamp, const RecordJob *job) {
    const StoreValue *row;
    StoreValue key = store_text(job->number ? job->number : "");
    TRY(store_one(&row, r->scratch, r->store,
                  "SELECT client, project, owner, sheet_name, sheet_sha256 FROM job "
                  "WHERE number = ?",
                  5, 1, &key));
    if (row && says(job->client, &row[0]) && says(job->project, &row[1]) &&
        says(job->owner, &row[2]) && says(job->sheet_name, &row[3]) &&
        says(job->sheet_sha256, &row[4]))
        return OK;
    Body b = body_open(r->scratch);
    body_text(&b, "number", job->number);
    body_text(&b, "client", job->client);
    body_text(&b, "project", job->project);
    body_text(&b, "owner", job->owner);
    body_text(&b, "sheet_name", job->sheet_name);
    body_text(&b, "sheet_sha256", job->sheet_sha256);
    return record_append(r, stamp, EVENT_job_put, job->number, body_close(&b));
}

Result record_put_job(Record *r, const RecordStamp *stamp, const RecordJob *job) {
    TRY(write_begin(r, stamp));
    return write_end(r, record_write_job(r, stamp, job));
}

Result record_write_version(Record *r, const RecordStamp *stamp, const RecordRun *run) {
    SubjectKey key;
    TRY(subject_key(&key, r, r->scratch, &run->subject));
    if (key.n)
        return OK;
    const StoreValue *row;
    TRY(store_one(&row, r->scratch, r->store,
                  "SELECT COALESCE(MAX(n), 0) FROM version WHERE job = ? AND item = ?", 1, 2,
                  (StoreValue[]){store_text(key.job), store_text(key.item)}));
    Body b = subject_body(r, &run->subject);
    body_text(&b, "item_name", run->subject.item);
    body_int(&b, "n", row[0].number + 1);
    body_text(&b, "name", run->name);
    body_text(&b, "stage", run->stage);
    body_text(&b, "format", run->format);
    body_int(&b, "bytes", run->bytes);
    return record_append(r, stamp, EVENT_version_added, key.job, body_close(&b));
}

static void make_job(void *item, Arena *a, const StoreValue *row) {
    *(RecordJob *)item = (RecordJob){.number = row_text(a, &row[0]),
                                     .client = row_text(a, &row[1]),
                                     .project = row_text(a, &row[2]),
                                     .owner = row_text(a, &row[3]),
                                     .sheet_name = row_text(a, &row[4]),
                                     .sheet_sha256 = row_text(a, &row[5]),
                                     .at = row_text(a, &row[6]),
                                     .items = (int)row[7].number,
                                     .versions = (int)row[8].number};
}

/* Jobs that only a version names (artwork without a sheet) are jobs as well, and so are those that
 * nothing was checked for yet. */
#define SELECT_JOBS                                                                                \
    "SELECT k.number, COALESCE(j.client, ''), COALESCE(j.project, ''), COALESCE(j.owner, ''), "    \
    "COALESCE(j.sheet_name, ''), COALESCE(j.sheet_sha256, ''), COALESCE(j.at, MIN(v.at)), "        \
    "COUNT(DISTINCT v.item), COUNT(v.n) "                                                          \
    "FROM (SELECT number FROM job UNION SELECT job FROM version) k "                               \
    "LEFT JOIN job j ON j.number = k.number LEFT JOIN version v ON v.job = k.number "
#define GROUP_JOBS                                                                                 \
    "GROUP BY k.number, j.client, j.project, j.owner, j.sheet_name, j.sheet_sha256, j.at "         \
    "ORDER BY k.number"

Result record_jobs(const RecordJob **out, size_t *count, Record *r, Arena *a) {
    RowReader list = {.item_size = sizeof(RecordJob), .make = make_job};
    TRY(read_rows(&list, r, a, SELECT_JOBS GROUP_JOBS, 0, NULL));
    *out = list.items;
    *count = list.count;
    return OK;
}

Result record_find_job(const RecordJob **out, Record *r, Arena *a, const char *number) {
    RowReader list = {.item_size = sizeof(RecordJob), .make = make_job};
    StoreValue key = store_text(number);
    TRY(read_rows(&list, r, a, SELECT_JOBS "WHERE k.number = ? " GROUP_JOBS, 1, &key));
    *out = list.count ? list.items : NULL;
    return OK;
}

static void make_version(void *item, Arena *a, const StoreValue *row) {
    const char *sha256 = row_text(a, &row[3]);
    *(RecordVersion *)item = (RecordVersion){
        .subject = {.job = row_text(a, &row[0]), .item = row_text(a, &row[1]), .sha256 = sha256},
        .number = (int)row[2].number,
        .name = row_text(a, &row[4]),
        .stage = row_text(a, &row[5]),
        .at = row_text(a, &row[6]),
        .by = row_text(a, &row[7]),
        .format = row_text(a, &row[8]),
        .bytes = row[9].number,
        .run = row[10].type == STORE_TEXT ? row_text(a, &row[10]) : NULL};
}

#define SELECT_VERSIONS                                                                            \
    "SELECT v.job, v.item_name, v.n, v.sha256, v.name, v.stage, v.at, v.by, f.format, f.bytes, "   \
    "(SELECT id FROM run WHERE run.job = v.job AND run.item = v.item AND run.n = v.n "             \
    "ORDER BY run.seq DESC LIMIT 1) FROM version v JOIN asset f ON f.sha256 = v.sha256 "

static Result versions(const RecordVersion **out, size_t *count, Record *r, Arena *a,
                       const char *sql, size_t values_count, const StoreValue *values) {
    RowReader list = {.item_size = sizeof(RecordVersion), .make = make_version};
    TRY(read_rows(&list, r, a, sql, values_count, values));
    *out = list.items;
    *count = list.count;
    return OK;
}

Result record_versions(const RecordVersion **out, size_t *count, Record *r, Arena *a,
                       const char *job, const char *item) {
    StoreValue values[] = {store_text(job ? job : ""), store_text(item_key(a, item))};
    if (item)
        return versions(out, count, r, a,
                        SELECT_VERSIONS "WHERE v.job = ? AND v.item = ? ORDER BY v.n", 2, values);
    return versions(out, count, r, a, SELECT_VERSIONS "WHERE v.job = ? ORDER BY v.item, v.n", 1,
                    values);
}

Result record_find_version(const RecordVersion **out, Record *r, Arena *a,
                           const RecordSubject *subject) {
    size_t count;
    TRY(versions(
        out, &count, r, a, SELECT_VERSIONS "WHERE v.job = ? AND v.item = ? AND v.sha256 = ?", 3,
        (StoreValue[]){store_text(subject->job ? subject->job : ""),
                       store_text(item_key(a, subject->item)), store_text(subject->sha256)}));
    if (!count)
        *out = NULL;
    return OK;
}

Result record_find_bytes(const RecordVersion **out, size_t *count, Record *r, Arena *a,
                         const char *sha256) {
    StoreValue key = store_text(sha256);
    return versions(out, count, r, a, SELECT_VERSIONS "WHERE v.sha256 = ? ORDER BY v.seq DESC", 1,
                    &key);
}
