/* Runs: what the machine proved, found again by what it was proven for. */
#include "record/inside.h"
#include "record/run_found.h"

#include <ctype.h>
#include <string.h>

void run_id(const RunIdentity *i, char id[SHA256_HEX]) {
    const char *const parts[] = {i->file,  i->live,  i->confirmed, i->job,
                                 i->rules, i->as_of, i->tool};
    Sha256 h;
    sha256_start(&h);
    for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
        Str part = str_of(parts[k]);
        sha256_add(&h, part.n ? part.p : "", part.n);
        sha256_add(&h, "\n", 1);
    }
    sha256_end(&h, id);
}

static void write_pages(Body *b, const RecordRun *run) {
    if (!run->page_count)
        return;
    json_key(&b->json, "pages");
    json_open(&b->json, '[');
    for (size_t i = 0; i < run->page_count; i++)
        json_str(&b->json, run->pages[i]);
    json_close(&b->json);
}

static Result write_run(Record *r, const RecordStamp *stamp, const RecordRun *run, const char *id) {
    char report[SHA256_HEX], places[SHA256_HEX] = "";
    TRY(record_put_content(r, run->report, report));
    if (run->places.n)
        TRY(record_put_content(r, run->places, places));
    Body b = subject_body(r, &run->subject);
    body_text(&b, "run", id);
    body_text(&b, "live", run->identity.live);
    body_text(&b, "confirmed", run->identity.confirmed);
    body_text(&b, "job_form", run->identity.job);
    body_text(&b, "rules", run->identity.rules);
    body_text(&b, "as_of", run->identity.as_of);
    body_text(&b, "tool", run->identity.tool);
    body_text(&b, "name", run->name);
    body_text(&b, "report", report);
    body_text(&b, "places", places);
    write_pages(&b, run);
    TRY(run_found_write(&b, r->arena, run));
    return record_append(r, stamp, EVENT_run_added, run->subject.job, body_close(&b));
}

static Result add_run(Record *r, const RecordStamp *stamp, const RecordRun *run,
                      const RecordJob *job, bool *added) {
    char id[SHA256_HEX];
    run_id(&run->identity, id);
    const StoreValue *known;
    StoreValue key = store_text(id);
    TRY(store_one(&known, r->scratch, r->store, "SELECT seq FROM run WHERE id = ?", 1, 1, &key));
    *added = !known;
    if (known)
        return OK;
    if (job)
        TRY(record_write_job(r, stamp, job));
    TRY(record_write_version(r, stamp, run));
    return write_run(r, stamp, run, id);
}

Result record_add_run(Record *r, const RecordStamp *stamp, const RecordRun *run,
                      const RecordJob *job, bool *added) {
    if (!streq(run->identity.file, run->subject.sha256))
        return result_usage(r, "检查的文件与要记的文件不是同一个",
                            "the run is of other bytes than its subject");
    TRY(write_begin(r, stamp));
    Result result = write_end(r, add_run(r, stamp, run, job, added));
    *added = *added && !result.kind;
    return result;
}

#define SELECT_RUNS                                                                                \
    "SELECT u.id, u.job, v.item_name, u.n, u.file, u.live, u.confirmed, u.job_form, u.rules, "     \
    "u.as_of, u.tool, u.name, v.stage, f.format, f.bytes, u.verdict, u.errors, u.warnings, "       \
    "u.unchecked, u.at, u.by, u.report, u.places FROM run u "                                      \
    "JOIN version v ON v.job = u.job AND v.item = u.item AND v.n = u.n "                           \
    "JOIN asset f ON f.sha256 = u.file "

/* With the hashes of report and places where their bytes belong. */
static void make_run(void *item, Arena *a, const StoreValue *row) {
    RecordRun *run = item;
    *run = (RecordRun){.id = row_text(a, &row[0]),
                       .version = (int)row[3].number,
                       .name = row_text(a, &row[11]),
                       .stage = row_text(a, &row[12]),
                       .format = row_text(a, &row[13]),
                       .bytes = row[14].number,
                       .verdict = row_text(a, &row[15]),
                       .errors = (int)row[16].number,
                       .warnings = (int)row[17].number,
                       .unchecked = (int)row[18].number,
                       .at = row_text(a, &row[19]),
                       .by = row_text(a, &row[20])};
    run->identity = (RunIdentity){.file = row_text(a, &row[4]),
                                  .live = row_text(a, &row[5]),
                                  .confirmed = row_text(a, &row[6]),
                                  .job = row_text(a, &row[7]),
                                  .rules = row_text(a, &row[8]),
                                  .as_of = row_text(a, &row[9]),
                                  .tool = row_text(a, &row[10])};
    run->subject = (RecordSubject){row_text(a, &row[1]), row_text(a, &row[2]), run->identity.file};
    run->report = str_of(row_text(a, &row[21]));
    run->places = str_of(row_text(a, &row[22]));
}

static Result runs(RowReader *list, Record *r, Arena *a, const char *sql, size_t count,
                   const StoreValue *values) {
    *list = (RowReader){.item_size = sizeof(RecordRun), .make = make_run};
    return read_rows(list, r, a, sql, count, values);
}

typedef struct PageRow {
    int64_t number;
    const char *sha256;
} PageRow;

static void make_page(void *item, Arena *a, const StoreValue *row) {
    *(PageRow *)item = (PageRow){row[0].number, row_text(a, &row[1])};
}

static Result read_pages(RecordRun *run, Record *r, Arena *a) {
    enum { MOST_PAGES = 1000000 };
    RowReader list = {.item_size = sizeof(PageRow), .make = make_page};
    StoreValue key[] = {store_text(run->id), store_int(MOST_PAGES)};
    TRY(read_rows(&list, r, a,
                  "SELECT number, sha256 FROM page WHERE run = ? AND number BETWEEN 1 AND ? "
                  "ORDER BY number",
                  2, key));
    const PageRow *rows = list.items;
    run->page_count = list.count ? (size_t)rows[list.count - 1].number : 0;
    const char **pages = ARENA_ARRAY(a, const char *, run->page_count + 1);
    for (size_t i = 0; i < list.count; i++)
        pages[rows[i].number - 1] = rows[i].sha256;
    run->pages = pages;
    return OK;
}

/* The first run of a list whole; NULL when it is empty. */
static Result first(const RecordRun **out, Record *r, Arena *a, const RowReader *list) {
    *out = NULL;
    if (!list->count)
        return OK;
    RecordRun *run = list->items;
    TRY(record_content(&run->report, r, a, run->report.p));
    if (run->places.n)
        TRY(record_content(&run->places, r, a, run->places.p));
    TRY(read_pages(run, r, a));
    *out = run;
    return OK;
}

Result record_find_run(const RecordRun **out, Record *r, Arena *a, const RunIdentity *identity) {
    char id[SHA256_HEX];
    run_id(identity, id);
    RowReader list;
    StoreValue key = store_text(id);
    TRY(runs(&list, r, a, SELECT_RUNS "WHERE u.id = ?", 1, &key));
    return first(out, r, a, &list);
}

/* Digits in any case, with or without dashes between them; NULL: no part of an id. */
static const char *typed_digits(Arena *a, const char *typed) {
    char *digits = arena_strdup(a, typed), *to = digits;
    for (const char *p = typed; *p; p++)
        if (isxdigit((unsigned char)*p))
            *to++ = (char)tolower((unsigned char)*p);
        else if (*p != '-')
            return NULL;
    *to = '\0';
    return to - digits >= 4 && to - digits < SHA256_HEX ? digits : NULL;
}

Result record_run(const RecordRun **out, Record *r, Arena *a, const char *typed) {
    const char *digits = typed_digits(a, typed);
    RowReader list = {0};
    if (digits)
        TRY(runs(&list, r, a, SELECT_RUNS "WHERE u.id >= ? AND u.id < ? ORDER BY u.id LIMIT 2", 2,
                 (StoreValue[]){store_text(digits), store_text(arena_printf(a, "%sg", digits))}));
    if (!list.count)
        return result_fail(
            r->arena, ERR_USAGE, (Where){0},
            "没有检查 %s；chupin job show 列出检查编号（至少写前 4 位）",
            "there is no run %s; chupin job show lists them (type at least 4 digits)", typed);
    if (list.count > 1)
        return result_fail(r->arena, ERR_USAGE, (Where){0}, "不止一次检查以 %s 开头；多写几位",
                           "more than one run begins with %s; type more digits", typed);
    return first(out, r, a, &list);
}

Result record_last_run(const RecordRun **out, Record *r, Arena *a, const RecordSubject *subject) {
    SubjectKey key;
    TRY(subject_key(&key, r, a, subject));
    return record_run_of(out, r, a, &key);
}

Result record_run_of(const RecordRun **out, Record *r, Arena *a, const SubjectKey *key) {
    RowReader list;
    TRY(runs(&list, r, a,
             SELECT_RUNS "WHERE u.job = ? AND u.item = ? AND u.n = ? ORDER BY u.seq DESC LIMIT 1",
             3, (StoreValue[]){store_text(key->job), store_text(key->item), store_int(key->n)}));
    return first(out, r, a, &list);
}

Result record_run_before(const RecordRun **out, Record *r, Arena *a, const RecordSubject *subject) {
    SubjectKey key;
    TRY(subject_key(&key, r, a, subject));
    RowReader list;
    TRY(runs(&list, r, a,
             SELECT_RUNS "WHERE u.job = ? AND u.item = ? AND u.n < ? "
                         "ORDER BY u.n DESC, u.seq DESC LIMIT 1",
             3,
             (StoreValue[]){store_text(key.job), store_text(key.item),
                            store_int(key.n ? key.n : INT64_MAX)}));
    return first(out, r, a, &list);
}

Result record_runs(const RecordRun **out, size_t *count, Record *r, Arena *a, const char *job,
                   size_t limit) {
    StoreValue most = store_int(limit ? (int64_t)limit : INT64_MAX);
    RowReader list;
    if (job)
        TRY(runs(&list, r, a, SELECT_RUNS "WHERE u.job = ? ORDER BY u.seq DESC LIMIT ?", 2,
                 (StoreValue[]){store_text(job), most}));
    else
        TRY(runs(&list, r, a, SELECT_RUNS "ORDER BY u.seq DESC LIMIT ?", 1, &most));
    for (size_t i = 0; i < list.count; i++)
        ((RecordRun *)list.items)[i].report = ((RecordRun *)list.items)[i].places = (Str){0};
    *out = list.items;
    *count = list.count;
    return OK;
}
