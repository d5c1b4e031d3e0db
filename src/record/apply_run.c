/* A run: its row, and the rows of its findings and pages. */
#include "record/apply.h"
#include "record/run_found.h"

static Result content_json(json_t **out, const Applier *p, const RecordEvent *e,
                           const char *sha256) {
    StoreValue key = store_text(sha256);
    StoreRows *rows;
    TRY(store_select(&rows, p->contents, "SELECT bytes FROM content WHERE sha256 = ?", 1, &key));
    const StoreValue *row;
    Result result = store_next(rows, &row);
    *out = !result.kind && row ? json_loadb(row[0].bytes, row[0].count, 0, NULL) : NULL;
    store_done(rows);
    if (result.kind || *out)
        return result;
    return apply_fail(p, e, "它的报告不在记录里，或读不出",
                      "its report is not in the record, or can not be read");
}

static Result put_findings(const Applier *p, const char *run, const json_t *found) {
    size_t i;
    const json_t *f;
    json_array_foreach(json_object_get(found, "findings"), i, f) {
        TRY(TABLE_PUT(p->to, finding, store_text(run), store_int((int64_t)i), apply_text(f, "rule"),
                      apply_int(f, "item"), apply_text(f, "severity"), apply_text(f, "outcome"),
                      apply_int(f, "page"), apply_int(f, "count"), apply_text(f, "fingerprint")));
    }
    return OK;
}

static Result put_pages(const Applier *p, const char *run, const json_t *pages) {
    size_t i;
    const json_t *page;
    json_array_foreach(pages, i, page) {
        const char *sha256 = json_string_value(page);
        if (sha256)
            TRY(TABLE_PUT(p->to, page, store_text(run), store_int((int64_t)i + 1),
                          store_text(sha256)));
    }
    return OK;
}

static Result put_run(const Applier *p, const RecordEvent *e, const json_t *body,
                      const json_t *found) {
    int64_t n;
    TRY(apply_version_of(p, e, body, &n));
    const json_t *verdict = json_object_get(found, "verdict");
    const char *run = body_read_text(body, "run");
    TRY(TABLE_PUT(
        p->to, run, store_text(run), store_text(e->job), apply_text(body, "item"), store_int(n),
        apply_text(body, "sha256"), apply_text(body, "live"), apply_text(body, "confirmed"),
        apply_text(body, "job_form"), apply_text(body, "rules"), apply_text(body, "as_of"),
        apply_text(body, "tool"), apply_text(body, "name"), apply_text(verdict, "machine"),
        apply_int(verdict, "errors"), apply_int(verdict, "warnings"),
        apply_int(verdict, "unchecked"), apply_text(body, "report"), apply_text(body, "places"),
        store_text(e->at), store_text(e->actor), store_int(e->seq)));
    TRY(put_findings(p, run, found));
    return put_pages(p, run, json_object_get(body, "pages"));
}

Result apply_run_added(const Applier *p, const RecordEvent *e, const json_t *body) {
    int64_t known;
    StoreValue run = apply_text(body, "run");
    TRY(apply_number(p, "SELECT seq FROM run WHERE id = ?", 1, &run, 0, &known));
    if (known) /* two records checked the same */
        return OK;
    if (run_found_in(body))
        return put_run(p, e, body, body);
    json_t *report;
    TRY(content_json(&report, p, e, body_read_text(body, "report")));
    Result result = put_run(p, e, body, report);
    json_decref(report);
    return result;
}
