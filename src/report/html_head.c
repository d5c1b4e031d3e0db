/* The head of the web page: the verdict in words, which file and job, and the 15 items at a
 * glance. */
#include "report/html_parts.h"
#include "report/live.h"

#include <math.h>
#include <string.h>

enum { IDENTITY_DIGITS = 12, IDENTITY_GROUP = 4 };

static void counts(const Html *h) {
    const Report *r = h->r;
    bool unreadable = r->file.unreadable.zh; /* then there is nothing to tick yet */
    const struct {
        HtmlWord name;
        int count;
        const char *class, *to;
    } shown[] = {{HTML_COUNT_FIX, r->verdict.errors, "c-fail", "must"},
                 {HTML_COUNT_LOOK, r->verdict.warnings, "c-look", "look"},
                 {HTML_COUNT_INFO, r->verdict.infos, "c-none", "info"},
                 {HTML_COUNT_UNCHECKED, r->verdict.unchecked, "c-open", "unchecked"},
                 {HTML_COUNT_HUMAN, unreadable ? 0 : r->verdict.human, "c-open", "checklist"},
                 {HTML_COUNT_WAIVED, r->verdict.waived, "c-none", "waived"}};
    html_raw(h, "<div class=\"counts\">");
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        if (!shown[i].count && i)
            continue;
        const char *class = shown[i].count ? shown[i].class : "c-none";
        sink_format(h->to, shown[i].count ? "<a class=\"%s\" href=\"#%s\">" : "<span class=\"%s\">",
                    class, shown[i].to);
        sink_format(h->to, "<b>%d</b>", shown[i].count);
        html_say(h, shown[i].name);
        html_raw(h, shown[i].count ? "</a>" : "</span>");
    }
    html_raw(h, "</div>\n");
}

static const char *next_step(const Html *h) {
    const Report *r = h->r;
    if (r->verdict.state == VERDICT_UNREADABLE)
        return phrase(PHRASE_NEXT_UNREADABLE, h->lang);
    if (r->verdict.errors)
        return html_word(h, HTML_NEXT_FIX);
    if (!r->job || !r->job->present)
        return phrase(PHRASE_NEXT_JOB, h->lang);
    if (r->verdict.state == VERDICT_PASS)
        return phrase(PHRASE_NEXT_PASS, h->lang);
    return next_of_people(r, h->lang);
}

static void labelled(const Html *h, const char *class, const char *name, const char *text) {
    sink_format(h->to, "<p class=\"%s\">", class);
    html_element(h, "b", NULL, name);
    html_text(h, text);
    html_raw(h, "</p>\n");
}

/* "改好 2、还有 1、新增 0" */
static void since(const Html *h) {
    const Standing *s = h->r->standing;
    if (!s || !s->before.name)
        return;
    const struct {
        Phrase name;
        size_t count;
    } sums[] = {{PHRASE_COUNT_MENDED, s->mended_count},
                {PHRASE_COUNT_STILL, s->still_count},
                {PHRASE_COUNT_NEW, s->new_count},
                {PHRASE_COUNT_DOUBTFUL, s->doubtful_count}};
    const char *line = "";
    for (size_t i = 0; i < sizeof sums / sizeof *sums; i++)
        if (sums[i].count || sums[i].name != PHRASE_COUNT_DOUBTFUL)
            line = arena_printf(
                h->arena, "%s%s%s", line, i ? phrase(PHRASE_PAGE_COMMA, h->lang) : "",
                arena_printf(h->arena, phrase(sums[i].name, h->lang), (int)sums[i].count));
    const char *name = html_word(h, HTML_BEFORE);
    if (s->before.version)
        name = arena_printf(h->arena, h->lang == LANG_ZH ? "%s（v%d）" : "%s (v%d)", name,
                            s->before.version);
    labelled(h, "since", name, line);
}

static const char *identity(const Html *h, const char *sha256) {
    char *out = arena_alloc(h->arena, (size_t)2 * IDENTITY_DIGITS);
    size_t n = 0;
    for (size_t i = 0; sha256 && i < IDENTITY_DIGITS && sha256[i]; i++) {
        if (i && i % IDENTITY_GROUP == 0)
            out[n++] = '-';
        char c = sha256[i];
        out[n++] = c >= 'a' && c <= 'f' ? (char)(c - 'a' + 'A') : c;
    }
    return out;
}

static const char *file_size(const Html *h) {
    static const char *const suffixes[] = {"GB", "MB", "KB", "B"};
    enum { SUFFIXES = sizeof suffixes / sizeof *suffixes };
    if (isnan(h->r->file.bytes))
        return NULL;
    int i = 0;
    while (i + 1 < SUFFIXES && h->r->file.bytes < unit_find(str_of(suffixes[i]))->factor)
        i++;
    const Unit *u = unit_find(str_of(suffixes[i]));
    return arena_printf(h->arena, "%s %s",
                        html_number(h, h->r->file.bytes / u->factor, u->decimals), u->suffix);
}

static bool same_size(const PageSummary *a, const PageSummary *b) {
    return measure_compare(MM(a->trim_w), MM(b->trim_w), DIM_LENGTH) == 0 &&
           measure_compare(MM(a->trim_h), MM(b->trim_h), DIM_LENGTH) == 0;
}

static const char *trim_size(const Html *h) {
    const Report *r = h->r;
    if (!r->page_count || isnan(r->pages[0].trim_w) || isnan(r->pages[0].trim_h))
        return NULL;
    for (size_t i = 1; i < r->page_count; i++)
        if (!same_size(&r->pages[0], &r->pages[i]))
            return phrase(PHRASE_TRIM_MIXED, h->lang);
    return arena_printf(h->arena, "%s × %s mm", html_number(h, r->pages[0].trim_w, 1),
                        html_number(h, r->pages[0].trim_h, 1));
}

/* "260115开盘画册_确认稿.pdf（v3，张总 签）：每页画面一致" */
static const char *signed_file(const Html *h) {
    const Standing *s = h->r->standing;
    if (!s || !s->signed_version.name)
        return NULL;
    const char *by = arena_printf(h->arena, phrase(PHRASE_SIGNED_BY, h->lang),
                                  arena_printf(h->arena, "v%d", s->signed_version.version),
                                  s->signed_version.by ? s->signed_version.by : "");
    const char *how;
    if (s->signed_version.same_bytes)
        how = phrase(PHRASE_SAME_BYTES, h->lang);
    else if (!s->signed_version.compared)
        how = arena_printf(h->arena, phrase(PHRASE_NOT_COMPARED, h->lang),
                           s->signed_version.why.zh ? text_in(s->signed_version.why, h->lang) : "");
    else if (s->signed_version.same_look)
        how = phrase(PHRASE_SAME_LOOK, h->lang);
    else
        how = arena_printf(h->arena, phrase(PHRASE_DIFFERENT, h->lang), (int)s->difference_count);
    return arena_printf(h->arena, h->lang == LANG_ZH ? "%s（%s）：%s" : "%s (%s): %s",
                        s->signed_version.name, by, how);
}

static const char *live_file(const Html *h) {
    const LiveTwin *live = h->r->live;
    if (!live)
        return NULL;
    return arena_printf(h->arena, h->lang == LANG_ZH ? "%s：%s" : "%s: %s", live->name,
                        live_outcome(h->arena, live, h->lang));
}

static void fact(const Html *h, const char *name, const char *value) {
    enum { SHORT_COLUMNS = 40 };
    if (!value || !*value)
        return;
    bool lengthy = text_width(value, strlen(value)) > SHORT_COLUMNS;
    html_raw(h, lengthy ? "<div class=\"whole\">" : "<div>");
    html_element(h, "dt", NULL, name);
    html_raw(h, "<dd>");
    html_name(h, value);
    html_raw(h, "</dd></div>\n");
}

static void job_facts(const Html *h, const JobHead *job) {
    const char *number = job->number && *job->number ? job->number : job->sheet_name;
    fact(h, phrase(PHRASE_JOB, h->lang), number);
    fact(h, html_word(h, HTML_CLIENT), job->client);
    fact(h, html_word(h, HTML_PROJECT), job->project);
    fact(h, html_word(h, HTML_JOB_ITEM), job->item);
    fact(h, html_word(h, HTML_STAGE), job->stage);
}

static void facts(const Html *h) {
    const Report *r = h->r;
    html_raw(h, "<dl class=\"facts\">\n");
    if (r->job && r->job->present)
        job_facts(h, r->job);
    else
        fact(h, phrase(PHRASE_JOB, h->lang), phrase(PHRASE_NO_JOB, h->lang));
    fact(h, phrase(PHRASE_TRIM, h->lang), trim_size(h));
    if (r->file.pages >= 0)
        fact(h, html_word(h, HTML_PAGE_COUNT), arena_printf(h->arena, "%d", r->file.pages));
    fact(h, html_word(h, HTML_SIZE), file_size(h));
    fact(h, html_word(h, HTML_SHORT_ID), identity(h, r->file.sha256));
    fact(h, phrase(PHRASE_AS_OF, h->lang), r->as_of);
    if (r->profile_count)
        fact(h, phrase(PHRASE_PRESS, h->lang), r->profiles[0].name);
    fact(h, html_word(h, HTML_SIGNED_FILE), signed_file(h));
    fact(h, html_word(h, HTML_LIVE_TWIN), live_file(h));
    for (size_t i = 0; r->job && i < r->job->note_count; i++)
        fact(h, html_word(h, HTML_SHEET_NOTE), text_in(r->job->notes[i], h->lang));
    html_raw(h, "</dl>\n");
}

static const char *state_sign(ItemState s) {
    switch (s) {
    case ITEM_FAIL:
        return "✗";
    case ITEM_UNCHECKED:
        return "?";
    case ITEM_HUMAN:
        return "□";
    case ITEM_PASS:
        return "✓";
    case ITEM_NOT_APPLICABLE:
        return "–";
    }
    return "";
}

static void items(const Html *h) {
    html_section(h, "items", HTML_ITEMS);
    html_raw(h, "<ol class=\"items\">\n");
    for (int i = 0; i < CHECKLIST_ITEMS; i++) {
        const Item *item = &h->r->items[i];
        sink_format(h->to, "<li class=\"%s\"><span class=\"t\"><b>%d</b>",
                    item_state_word(item->state), item->row->number);
        html_in(h, item->row->title);
        sink_format(h->to, "</span><span class=\"s\">%s ", state_sign(item->state));
        html_in(h, item_state_name(item->state));
        html_raw(h, "</span></li>\n");
    }
    html_raw(h, "</ol></section>\n");
}

void html_head(const Html *h) {
    const Report *r = h->r;
    sink_format(h->to, "<header class=\"%s\"><div>\n", verdict_word(r->verdict.state));
    html_element(h, "h1", NULL, text_in(verdict_sentence(r), h->lang));
    html_raw(h, "\n<p class=\"file\">");
    html_name(h, r->file.name);
    html_raw(h, "</p>\n");
    if (r->file.unreadable.zh)
        labelled(h, "cause", arena_printf(h->arena, "%s ", phrase(PHRASE_REASON, h->lang)),
                 text_in(r->file.unreadable, h->lang));
    if (r->file.unreadable.zh && r->page_count)
        html_element(h, "p", "hint", phrase(PHRASE_FINISHED_PAGES, h->lang));
    counts(h);
    labelled(h, "next", html_word(h, HTML_NEXT), next_step(h));
    since(h);
    facts(h);
    html_raw(h, "</div></header>\n<main>\n");
    items(h);
}
