#include "check/twin.h"
#include "check/finding.h"
#include "check/standing_rules.h"

#include <math.h>
#include <string.h>

bool rules_read_live(const RuleSet *rules) {
    for (size_t i = 0; i < rules->count; i++)
        if (rules->items[i].reads == READS_LIVE)
            return true;
    return false;
}

static RuleTally *tally_in(const Report *r, const char *rule, int item) {
    for (size_t i = 0; i < r->rule_count; i++)
        if (streq(r->rules[i].id, rule) && r->rules[i].item == item)
            return &r->rules[i];
    return NULL;
}

/* As a job sheet writes pages, "3,9-12": the same in either language. */
static const char *page_list(Arena *a, const int *pages, size_t count) {
    enum { MOST_NAMED = 12 };
    Sink out = sink_memory(a);
    size_t i = 0;
    for (int named = 0; i < count && named < MOST_NAMED; named++, i++) {
        size_t first = i;
        while (i + 1 < count && pages[i + 1] == pages[i] + 1)
            i++;
        sink_format(&out, named ? ",%d" : "%d", pages[first]);
        if (i > first)
            sink_format(&out, "-%d", pages[i]);
    }
    sink_str(&out, i < count ? " …" : "");
    sink_char(&out, '\0');
    return out.bytes;
}

/* Pages that are proven to differ: others may only be unknown. */
static const char *differing_pages(Arena *a, const LiveTwin *live) {
    int *pages = ARENA_ARRAY(a, int, live->difference_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < live->difference_count; i++) {
        int page = live->differences[i].page;
        if (page > 0 && (!count || pages[count - 1] != page))
            pages[count++] = page;
    }
    return page_list(a, pages, count);
}

/* Why not all of it was read; NULLs: all was. */
static Text reason_not_read(Arena *a, const LiveTwin *live) {
    const char *name = text_printable(a, live->name, strlen(live->name));
    if (!live->sha256)
        return (Text){
            arena_printf(a, "未转曲稿 %s 读不了：%s", name, live->why.zh),
            arena_printf(a, "the live-text twin %s cannot be read: %s", name, live->why.en)};
    if (live->same_look)
        return (Text){NULL, NULL};
    Text more = live->why;
    if (live->compared && live->difference_count)
        more = live->differences[0].what;
    if (!live->unpaired_count)
        return (Text){arena_printf(a, "和未转曲稿 %s 对不上：%s", name, more.zh),
                      arena_printf(a, "not the same as the live-text twin %s: %s", name, more.en)};
    return (Text){arena_printf(a, "第 %s 页和未转曲稿 %s 对不上：%s",
                               page_list(a, live->unpaired, live->unpaired_count), name, more.zh),
                  arena_printf(a, "page %s is not the same in the live-text twin %s: %s",
                               page_list(a, live->unpaired, live->unpaired_count), name, more.en)};
}

static void leave_unchecked(Report *r, const Rule *rule, RuleTally *tally, Text why) {
    Reason reason = {why,
                     {"从同一份原稿重新导出正稿和未转曲稿，再查。",
                      "Export artwork and twin from the same original again, then check."},
                     true};
    tally->unchecked++;
    finding_leave_open(r->arena, later_finding(r, rule, tally, OUTCOME_UNCHECKED), rule, &reason);
}

static void take_rule(Report *r, const Report *twin, const Rule *rule, int item, Text why) {
    RuleTally *own = tally_in(r, rule->id, item);
    const RuleTally *read = twin ? tally_in(twin, rule->id, item) : NULL;
    if (!own || own->off)
        return;
    if (read)
        *own = *read;
    else
        own->applicable = true;
    if (own->applicable && why.zh)
        leave_unchecked(r, rule, own, why);
}

/* 0: the page is not in the artwork. */
static int page_in_artwork(const TwinPages *pages, int page) {
    return page >= 1 && (size_t)page <= pages->count ? pages->artwork[page - 1] : 0;
}

static void move_places(Place *places, size_t count, const TwinPages *pages) {
    for (size_t i = 0; i < count; i++)
        places[i].page = page_in_artwork(pages, places[i].page);
}

/* The fingerprint is that of the twin's: it is the twin that says so. */
static void take_finding(Report *r, const Finding *from, const TwinPages *pages) {
    Finding *f = ARENA_PUSH(r->arena, r->findings, r->finding_count, r->finding_capacity);
    *f = *from;
    f->page = page_in_artwork(pages, from->page);
    move_places(f->places, f->place_count, pages);
    if (!from->all)
        return;
    Place *all = ARENA_ARRAY(r->arena, Place, from->all_count + 1);
    memcpy(all, from->all, from->all_count * sizeof *all);
    move_places(all, from->all_count, pages);
    f->all = all;
}

static void take_findings(Report *r, const Report *twin, const TwinPages *pages) {
    for (size_t i = 0; i < twin->finding_count; i++) {
        const Finding *f = &twin->findings[i];
        if (!f->page || page_in_artwork(pages, f->page))
            take_finding(r, f, pages);
    }
}

/* Text that is pixels. */
static bool reads_pictured_text(const Rule *rule) {
    for (size_t i = 0; rule->each == FACT_raster && i < rule->field_count; i++)
        if (streq(rule->fields[i]->name, "text"))
            return true;
    return false;
}

static void drop_unchecked(Report *r, const Rule *rule) {
    size_t kept = 0;
    for (size_t i = 0; i < r->finding_count; i++)
        if (r->findings[i].outcome != OUTCOME_UNCHECKED || !streq(r->findings[i].rule, rule->id))
            r->findings[kept++] = r->findings[i];
    r->finding_count = kept;
}

/* What nobody could read is in the twin, as letters. */
static void settle_pictured_text(Report *r, const Rule *rule) {
    for (size_t k = 0; k < rule->item_count; k++) {
        RuleTally *own = tally_in(r, rule->id, rule->items[k].number);
        if (!own)
            continue;
        own->unchecked = 0;
        own->applicable = own->pass || own->fail;
    }
    drop_unchecked(r, rule);
}

void report_take_twin(Report *r, const Report *twin, const TwinPages *pages, const LiveTwin *live,
                      const RuleSet *rules) {
    Text why = reason_not_read(r->arena, live);
    r->live = live;
    for (size_t i = 0; i < rules->count; i++)
        for (size_t k = 0; rules->items[i].reads == READS_LIVE && k < rules->items[i].item_count;
             k++)
            take_rule(r, twin, &rules->items[i], rules->items[i].items[k].number, why);
    for (size_t i = 0; live->same_look && i < rules->count; i++)
        if (reads_pictured_text(&rules->items[i]))
            settle_pictured_text(r, &rules->items[i]);
    if (twin)
        take_findings(r, twin, pages);
    if (why.zh)
        *ARENA_PUSH(r->arena, r->unproven, r->unproven_count, r->unproven_capacity) =
            (Unproven){{"未转曲稿", "the live-text twin"}, why};
    live_twin_judge(r, live, differing_pages(r->arena, live), rules);
    report_order(r);
    report_judge(r);
}
