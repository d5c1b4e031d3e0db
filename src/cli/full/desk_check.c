/* `check` with a record, or with reports beside the artwork. */
#include "cli/full/stamp.h"
#include "cli/full/views.h"

#include <string.h>

static bool wants_record(const Desk *d, const CheckAsk *ask) {
    return ask->record || d->place.exists || d->place.source == RECORD_SHEET;
}

/* A record that cannot be used is said, and the file is checked all the same. */
static void open_record(Desk *d, const CheckAsk *ask, CheckDone *out) {
    if (wants_record(d, ask) && d->place.record)
        out->code = desk_open(d, RECORD_CREATE);
    else if (ask->record)
        (void)cli_fail(d->cli, d->place.refusal);
}

/* What was found is shown even when the record could not take it, which was said. */
static int result(Desk *d, CheckDone *out) {
    int code = desk_result(d, DESK_THIS_DAY);
    if (!code || !d->fresh)
        return code;
    desk_close(d);
    out->unstored = true;
    out->code = code;
    return EXIT_OK;
}

static int check(Desk *d, const CheckAsk *ask, CheckDone *out) {
    d->seconds = ask->seconds;
    d->compares = true;
    open_record(d, ask, out);
    d->before = ask->before;
    d->before_name = ask->before_name;
    int code = ask->against && !ask->before ? desk_against(d, ask->against) : EXIT_OK;
    if (!code)
        code = result(d, out);
    if (!code)
        code = desk_lay(d);
    if (code)
        return code;
    out->report = d->report;
    out->done = d->done;
    out->stored = arena_copy(d->arena, d->json.p, d->json.n);
    if (d->run)
        desk_sidecar(d);
    int views = views_write(d, ask, &out->written);
    out->code = views ? views : out->code;
    return EXIT_OK;
}

int desk_check(CheckDone *out, const Artwork *art, const CheckAsk *ask) {
    Desk d = {0};
    RecordStamp stamp = stamp_machine(art->cli);
    *out = (CheckDone){0};
    int code = views_ready(art->cli, ask->views);
    if (!code)
        code = desk_start(&d, art, &stamp);
    if (!code)
        code = check(&d, ask, out);
    desk_close(&d);
    return code;
}
