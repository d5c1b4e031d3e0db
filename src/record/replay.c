#include "record/replay.h"

Result replay(const Tables *to, Store *from, Arena *a, int64_t *events) {
    StoreRows *rows;
    TRY(store_select(&rows, from,
                     "SELECT seq, at, actor, kind, job, body_json, prev, hash FROM event "
                     "ORDER BY seq",
                     0, NULL));
    const StoreValue *row;
    Result result;
    Applier applier = {to, from, a};
    for (*events = 0; !(result = store_next(rows, &row)).kind && row; ++*events) {
        RecordEvent e = event_of_row(row);
        result = event_apply(&applier, &e);
        if (result.kind)
            break;
    }
    store_done(rows);
    return result;
}
