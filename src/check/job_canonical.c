/* The effective job in its canonical form: compact JSON in the order of the tables. */
#include "check/identity.h"
#include "check/job_jobs.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { PLACES = 4 }; /* 0.0001 pt is 35 nm */

static void map_json(Json *j, MapId id, const void *row);

static void list_json(Json *j, MapId id, const SheetList *list) {
    const char *items = list->items;
    json_open(j, '[');
    for (size_t i = 0; i < list->count; i++)
        map_json(j, id, items + i * map_of(id)->size);
    json_close(j);
}

static void texts_json(Json *j, const Strs *texts) {
    if (!texts) {
        json_none(j);
        return;
    }
    json_open(j, '[');
    for (size_t i = 0; i < texts->count; i++)
        json_str(j, texts->items[i]);
    json_close(j);
}

static int by_key(const void *a, const void *b) {
    const Text *x = a, *y = b;
    int c = strcmp(x->zh, y->zh);
    return c ? c : strcmp(x->en, y->en);
}

/* Their order on the sheet means nothing. */
static void pairs_json(Json *j, const SheetPairs *pairs) {
    Arena *scratch = arena_new();
    Text *sorted = ARENA_ARRAY(scratch, Text, pairs->count);
    for (size_t i = 0; i < pairs->count; i++)
        sorted[i] =
            (Text){pairs->keys[i] ? pairs->keys[i] : "", pairs->values[i] ? pairs->values[i] : ""};
    if (pairs->count)
        qsort(sorted, pairs->count, sizeof *sorted, by_key);
    json_open(j, '[');
    for (size_t i = 0; i < pairs->count; i++) {
        json_open(j, '[');
        json_str(j, sorted[i].zh);
        json_str(j, sorted[i].en);
        json_close(j);
    }
    json_close(j);
    arena_free(scratch);
}

static void size_json(Json *j, const SheetSize *size) {
    json_open(j, '[');
    json_num(j, size->w, PLACES);
    json_num(j, size->h, PLACES);
    json_str(j, size->name);
    json_close(j);
}

static void edges_json(Json *j, const SheetEdges *edges) {
    json_open(j, '[');
    for (int i = 0; i < SIDES; i++)
        json_num(j, edges->side[i], PLACES);
    json_close(j);
}

static void paper_json(Json *j, const SheetPaper *paper) {
    json_open(j, '[');
    json_str(j, paper->all);
    json_str(j, paper->cover);
    json_str(j, paper->inner);
    json_close(j);
}

static void count_json(Json *j, int32_t count) {
    if (count == UNKNOWN_INT)
        json_none(j);
    else
        json_int(j, count);
}

static void form_json(Json *j, const KeyDesc *k, const void *value) {
    switch (k->form) {
    case FORM_TEXT:
    case FORM_PROSE:
    case FORM_SCHEMA:
        json_str(j, *(const char *const *)value);
        return;
    case FORM_LENGTH:
    case FORM_SCALE:
    case FORM_BYTES:
        json_num(j, *(const double *)value, PLACES);
        return;
    case FORM_COUNT:
        count_json(j, *(const int32_t *)value);
        return;
    case FORM_YES:
        json_int(j, *(const Tri *)value);
        return;
    case FORM_SIZE:
        size_json(j, value);
        return;
    case FORM_EDGES:
        edges_json(j, value);
        return;
    case FORM_PAPER:
        paper_json(j, value);
        return;
    case FORM_PAGES:
        map_json(j, MAP_PAGES, value);
        return;
    case FORM_TEXTS:
        texts_json(j, *(const Strs *const *)value);
        return;
    case FORM_PAIRS:
    case FORM_SEVERITIES:
        pairs_json(j, value);
        return;
    case FORM_WORD:
        json_str(j, enum_word(enum_find(k->domain), *(const uint8_t *)value));
        return;
    case FORM_MAP:
        map_json(j, (MapId)k->target, value);
        return;
    case FORM_LIST:
        list_json(j, (MapId)k->target, value);
        return;
    case FORM_LIMIT:   /* among the limits of each part */
    case FORM_LIMITS:  /* the same */
    case FORM_ENTRIES: /* resolved: what they say of this file is in its parts */
        json_none(j);
        return;
    }
}

static void map_json(Json *j, MapId id, const void *row) {
    static const char *const of_no_effect[] = {"schema", "waivers", "notify", "record", "root"};
    const MapDesc *m = map_of(id);
    json_open(j, '{');
    for (size_t i = 0; i < m->count; i++) {
        const KeyDesc *k = &m->keys[i];
        bool skipped = false;
        for (size_t n = 0; n < sizeof of_no_effect / sizeof *of_no_effect; n++)
            skipped |= id == MAP_SHEET && streq(k->name, of_no_effect[n]);
        if (skipped)
            continue;
        json_key(j, k->name);
        form_json(j, k, (const char *)row + k->offset);
    }
    json_close(j);
}

static void limits_json(Json *j, const PageLimits *limits) {
    json_open(j, '[');
    row_json(j, entity_of(FACT_limit), &limits->row);
    for (size_t i = 0; i < FIELDS_OF_Limit; i++)
        json_str(j, limits->sources[i].en);
    json_close(j);
}

static int by_page(const void *a, const void *b) {
    const VariantRange *x = a, *y = b;
    return x->first < y->first ? -1 : x->first > y->first;
}

/* "1、2" and "1-2" are the same pages. */
static size_t pages_of(Arena *a, VariantRange **out, const Jobs *jobs, size_t variant) {
    VariantRange *ranges = ARENA_ARRAY(a, VariantRange, jobs->range_count);
    size_t count = 0, merged = 0;
    for (size_t i = 0; i < jobs->range_count; i++)
        if (jobs->ranges[i].variant == variant)
            ranges[count++] = jobs->ranges[i];
    if (count)
        qsort(ranges, count, sizeof *ranges, by_page);
    for (size_t i = 0; i < count; i++) {
        if (merged && ranges[merged - 1].last + 1 == ranges[i].first)
            ranges[merged - 1].last = ranges[i].last;
        else
            ranges[merged++] = ranges[i];
    }
    *out = ranges;
    return merged;
}

static void pages_json(Json *j, const Jobs *jobs, size_t variant) {
    Arena *scratch = arena_new();
    VariantRange *ranges;
    size_t count = pages_of(scratch, &ranges, jobs, variant);
    json_open(j, '[');
    for (size_t i = 0; i < count; i++) {
        json_open(j, '[');
        json_int(j, ranges[i].first);
        json_int(j, ranges[i].last);
        json_close(j);
    }
    json_close(j);
    arena_free(scratch);
}

static void variant_json(Json *j, const Jobs *jobs, size_t i) {
    const JobVariant *v = &jobs->variants[i];
    json_open(j, '{');
    json_key(j, "pages"), pages_json(j, jobs, i);
    json_key(j, "job"), row_json(j, entity_of(FACT_job), &v->job);
    json_key(j, "paper"), row_json(j, entity_of(FACT_paper), v->paper);
    json_key(j, "odd"), limits_json(j, &v->limits[0]);
    json_key(j, "even"), limits_json(j, &v->limits[1]);
    json_key(j, "sheet"), map_json(j, MAP_SHEET, &v->sheet);
    json_close(j);
}

void job_canonical(Sink *to, const Jobs *jobs) {
    Json json = json_to(to, 0), *j = &json;
    json_open(j, '{');
    json_key(j, "schema"), json_str(j, "chupin.job.canonical/1");
    json_key(j, "file"), json_str(j, jobs->file);
    json_key(j, "parts");
    json_open(j, '[');
    for (size_t i = 0; i < jobs->variant_count; i++)
        variant_json(j, jobs, i);
    json_close(j);
    json_key(j, "inks");
    json_open(j, '[');
    for (size_t i = 0; i < jobs->ink_count; i++)
        row_json(j, entity_of(FACT_declared_ink), &jobs->inks[i]);
    json_close(j);
    json_close(j);
}
