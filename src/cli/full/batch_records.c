#include "cli/full/batch_records.h"
#include "cli/full/desk.h"
#include "cli/full/stamp.h"

/* Files of one job follow each other, so one record is held open. */
struct BatchRecords {
    Arena *arena; /* of the record that is open */
    RecordStamp stamp;
    const char *place;
    Record *record; /* NULL: none is open */
};

BatchRecords *batch_records_open(const Cli *cli) {
    BatchRecords *b = ARENA_NEW(cli->arena, BatchRecords);
    *b = (BatchRecords){.arena = arena_new(), .stamp = stamp_machine(cli)};
    return b;
}

static void close_one(BatchRecords *b) {
    record_close(b->record);
    b->record = NULL;
    b->place = NULL;
}

static Result open_one(BatchRecords *b, const char *place) {
    if (b->place && streq(b->place, place))
        return OK;
    close_one(b);
    arena_rewind(b->arena, (ArenaMark){0});
    Result r = record_open(&b->record, b->arena, place, RECORD_READ, &b->stamp);
    if (!r.kind)
        b->place = arena_strdup(b->arena, place);
    return r;
}

Result batch_records_lay(BatchRecords *b, Report *r, const Artwork *art) {
    RecordPlace place;
    TRY(artwork_place(&place, art));
    if (!place.record || !place.exists || !r->file.sha256)
        return OK;
    TRY(open_one(b, place.record));
    Desk d = {.cli = art->cli,
              .art = art,
              .arena = art->arena,
              .stamp = b->stamp,
              .place = place,
              .record = b->record,
              .subject =
                  record_subject(art->arena, jobs_head(art->jobs), art->name, r->file.sha256)};
    return desk_stand(&d, r);
}

void batch_records_close(BatchRecords *b) {
    if (!b)
        return;
    close_one(b);
    arena_free(b->arena);
}
