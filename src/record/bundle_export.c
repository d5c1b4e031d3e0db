#include "record/bundle.h"
#include "record/contents.h"

static Result write_events(Json *j, Contents *contents, Record *r, Arena *a, const char *job) {
    StoreRows *rows;
    const StoreValue *row;
    Result result;
    StoreValue key = store_text(job);
    TRY(store_select(&rows, r->store,
                     job ? "SELECT seq, at, actor, kind, job, body_json, prev, hash FROM event "
                           "WHERE job = ? ORDER BY seq"
                         : r->tables.select[TABLE_event],
                     job ? 1 : 0, &key));
    json_key(j, "events");
    json_open(j, '[');
    while (!(result = store_next(rows, &row)).kind && row) {
        RecordEvent e = event_of_row(row);
        event_write(j, &e);
        contents_note(contents, a, &e);
    }
    json_close(j);
    store_done(rows);
    return result;
}

static Result export(Record *r, Arena *a, const char *job, Sink *to) {
    Json json = json_to(to, 1), *j = &json;
    Contents contents = {0};
    RecordHead head;
    TRY(record_head(&head, r));
    json_open(j, '{');
    json_key(j, "schema");
    json_str(j, BUNDLE_SCHEMA);
    json_key(j, "whole");
    json_bool(j, !job);
    json_key(j, "head");
    json_open(j, '{');
    json_key(j, "seq");
    json_int(j, head.seq);
    json_key(j, "hash");
    json_str(j, head.hash);
    json_close(j);
    TRY(write_events(j, &contents, r, a, job));
    json_key(j, "contents");
    TRY(contents_write(j, r, &contents, NULL));
    json_close(j);
    sink_char(to, '\n');
    return OK;
}

Result record_export(Record *r, Arena *a, const char *job, Sink *to) {
    if (job) {
        const RecordJob *known;
        TRY(record_find_job(&known, r, a, job));
        if (!known)
            return result_fail(r->arena, ERR_USAGE, (Where){0},
                               "记录里没有工作单 %s；chupin job list 列出所有工作单",
                               "the record holds no job %s; chupin job list lists them", job);
    }
    TRY(read_begin(r));
    Result result = export(r, a, job, to);
    read_end(r);
    return result;
}
