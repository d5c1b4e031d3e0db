#include "check/job_find.h"
#include "check/job_live.h"
#include "check/job_sheet.h"
#include "cli/artwork.h"

/* Is this the key `record`, however people write it? */
static bool says_record(Arena *a, const YamlNode *root) {
    for (size_t i = 0; root && root->kind == YAML_MAP && i < root->count; i++) {
        const KeyDesc *k = key_find(map_of(MAP_SHEET), a, root->keys[i]->scalar);
        if (k && streq(k->name, "record"))
            return true;
    }
    return false;
}

Result artwork_place(RecordPlace *out, const Artwork *art) {
    Arena *a = art->arena;
    FoundSheets sheets = {0};
    Errors errors = {.arena = a};
    const char *record = jobs_sheet(art->jobs)->record, *sheet = NULL;
    sheets_find(&sheets, a, art->path, art->options->job_sheet, &errors);
    if (sheets.count)
        sheet = sheets.items[0].path;
    /* A path is relative to the sheet that says it. */
    for (size_t i = sheets.count; record && i-- > 0;)
        if (says_record(a, sheets.items[i].root))
            sheet = sheets.items[i].path;
    return record_place(out, a,
                        &(RecordAsk){.artwork = art->path,
                                     .option = args_value(art->cli->args, OPTION_RECORD),
                                     .sheet_path = sheet,
                                     .sheet_record = record});
}

const char *artwork_live(const Artwork *art) {
    const char *typed = args_value(art->cli->args, OPTION_LIVE);
    const char *live = typed ? typed : jobs_sheet(art->jobs)->live;
    if (!live || !*live)
        return NULL;
    return typed ? live : live_path(art->arena, art->path, live);
}
