/* A teller that fills a Report: everything is copied into the report's arena. */
#include "check/check.h"

static Text text_copy(Arena *a, Text t) {
    return (Text){arena_strdup(a, t.zh), arena_strdup(a, t.en)};
}

static Measure measure_copy(Arena *a, Measure m) {
    m.text = arena_strdup(a, m.text);
    m.unit = arena_strdup(a, m.unit);
    m.from = text_copy(a, m.from);
    return m;
}

static void take_file(void *self, const File *file, const Document *document) {
    Report *r = self;
    Arena *a = r->arena;
    if (!r->file.name)
        r->file.name = arena_strdup(a, file->name);
    r->file.sha256 = arena_strdup(a, file->sha256);
    r->file.format = enum_word(enum_find("FileFormat"), file->format);
    r->file.bytes = file->bytes;
    r->file.pages = document && document->page_count != UNKNOWN_INT ? document->page_count : -1;
    if (file->readable == 0)
        r->file.unreadable = text_copy(a, (Text){file->unreadable_why, file->unreadable_why_en});
}

static void take_page(void *self, const PageSummary *page) {
    Report *r = self;
    PlateShare *plates = ARENA_ARRAY(r->arena, PlateShare, page->plate_count + 1);
    for (size_t i = 0; i < page->plate_count; i++)
        plates[i] =
            (PlateShare){arena_strdup(r->arena, page->plates[i].ink), page->plates[i].coverage};
    PageSummary *to = ARENA_PUSH(r->arena, r->pages, r->page_count, r->page_capacity);
    *to = *page;
    to->plates = plates;
}

static void take_profile(void *self, const UsedProfile *p) {
    Report *r = self;
    *ARENA_PUSH(r->arena, r->profiles, r->profile_count, r->profile_capacity) =
        (UsedProfile){arena_strdup(r->arena, p->name), arena_strdup(r->arena, p->sha256),
                      text_copy(r->arena, p->from)};
}

static const Place *places_copy(Arena *a, const Place *places, size_t count) {
    Place *copy = count ? ARENA_ARRAY(a, Place, count) : NULL;
    for (size_t i = 0; i < count; i++)
        copy[i] = places[i];
    return copy;
}

static void take_finding(void *self, const Finding *f) {
    Report *r = self;
    Arena *a = r->arena;
    Finding *to = ARENA_PUSH(a, r->findings, r->finding_count, r->finding_capacity);
    *to = *f;
    to->rule = arena_strdup(a, f->rule);
    to->fingerprint = arena_strdup(a, f->fingerprint);
    to->kind = arena_strdup(a, f->kind);
    to->all = places_copy(a, f->all, f->all_count);
    to->message = text_copy(a, f->message);
    to->fix = text_copy(a, f->fix);
    to->measured = measure_copy(a, f->measured);
    to->required = measure_copy(a, f->required);
}

static void take_unproven(void *self, const Unproven *line) {
    Report *r = self;
    *ARENA_PUSH(r->arena, r->unproven, r->unproven_count, r->unproven_capacity) =
        (Unproven){text_copy(r->arena, line->what), text_copy(r->arena, line->why)};
}

static void take_tally(void *self, const RuleTally *tally) {
    Report *r = self;
    RuleTally *to = ARENA_PUSH(r->arena, r->rules, r->rule_count, r->rule_capacity);
    *to = *tally;
    to->id = arena_strdup(r->arena, tally->id);
    to->title = text_copy(r->arena, tally->title);
}

CheckTeller report_teller(Report *r) {
    return (CheckTeller){r,          take_file,   take_page, take_finding, take_unproven,
                         take_tally, take_profile};
}
