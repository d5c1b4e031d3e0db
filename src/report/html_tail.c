/* The end of the web page: what was not checked, inks and profiles, the rules that ran, and what
 * binds all this to the bytes of one file. */
#include "report/html_parts.h"

#include <math.h>
#include <string.h>

/* What no rule measures yet is the same for every file. */
static bool is_standing(const Item *item, Text reason) {
    for (size_t i = 0; i < item->row->unproven_count; i++)
        if (streq(item->row->unproven[i].zh, reason.zh))
            return true;
    return false;
}

static bool has_reason(const Report *r, const Item *item, bool standing) {
    for (size_t i = 0; i < item->reason_count; i++)
        if (is_standing(item, item->reasons[i]) == standing &&
            !streq(item->reasons[i].zh, r->file.unreadable.zh))
            return true;
    return false;
}

static void reasons(const Html *h, const Item *item, bool standing) {
    bool first = true;
    for (size_t i = 0; i < item->reason_count; i++) {
        if (is_standing(item, item->reasons[i]) != standing)
            continue;
        html_raw(h, first ? "" : "\n");
        html_in(h, item->reasons[i]);
        first = false;
    }
}

static void row(const Html *h, const char *what, const Item *item, bool standing, Text why) {
    html_raw(h, "<tr><th scope=\"row\">");
    html_text(h, what);
    html_raw(h, "</th><td>");
    if (item)
        reasons(h, item, standing);
    else
        html_in(h, why);
    html_raw(h, "</td></tr>\n");
}

static const char *item_name(const Html *h, const Item *item) {
    return arena_printf(h->arena, "%d %s", item->row->number, text_in(item->row->title, h->lang));
}

static bool any_reason(const Report *r, bool standing) {
    bool any = !standing && r->unproven_count;
    for (int i = 0; i < CHECKLIST_ITEMS; i++)
        any |= has_reason(r, &r->items[i], standing);
    return any;
}

static void table_of(const Html *h, bool standing) {
    static const HtmlWord heads[] = {HTML_WHAT, HTML_WHY};
    static const Text none = {NULL, NULL};
    html_table(h, heads, sizeof heads / sizeof *heads);
    for (int i = 0; i < CHECKLIST_ITEMS; i++)
        if (has_reason(h->r, &h->r->items[i], standing))
            row(h, item_name(h, &h->r->items[i]), &h->r->items[i], standing, none);
    for (size_t i = 0; !standing && i < h->r->unproven_count; i++)
        row(h, text_in(h->r->unproven[i].what, h->lang), NULL, false, h->r->unproven[i].why);
    html_raw(h, "</tbody></table></div>\n");
}

void html_unchecked(const Html *h) {
    bool file = any_reason(h->r, false), always = any_reason(h->r, true);
    if (!file && !always)
        return;
    html_section(h, "unchecked", HTML_UNCHECKED);
    html_element(h, "p", "hint", html_word(h, HTML_UNCHECKED_HINT));
    if (file)
        table_of(h, false);
    if (always) {
        html_element(h, "h3", NULL, html_word(h, HTML_STANDING));
        table_of(h, true);
    }
    html_raw(h, "</section>\n");
}

typedef struct InkUse {
    const char *ink;
    double sum, most;
    int fullest, *pages;
    size_t page_count, page_capacity;
    int known; /* pages of which its share is known */
} InkUse;

typedef struct InkUses {
    InkUse *items;
    size_t count, capacity;
} InkUses;

static InkUse *use_of(const Html *h, InkUses *uses, const char *ink) {
    size_t i = 0;
    while (i < uses->count && !streq(uses->items[i].ink, ink))
        i++;
    if (i == uses->count)
        ARENA_PUSH(h->arena, uses->items, uses->count, uses->capacity)->ink = ink;
    return &uses->items[i];
}

static void add_page(const Html *h, InkUses *uses, const PageSummary *p) {
    for (size_t i = 0; i < p->plate_count; i++) {
        InkUse *use = use_of(h, uses, p->plates[i].ink);
        double share = p->plates[i].coverage;
        use->known += !isnan(share);
        if (!(share > 0))
            continue;
        use->sum += share;
        if (share > use->most)
            use->most = share, use->fullest = p->number;
        *ARENA_PUSH(h->arena, use->pages, use->page_count, use->page_capacity) = p->number;
    }
}

static const char *percent(const Html *h, double share) {
    return arena_printf(h->arena, "%s %%", html_number(h, 100 * share, 1));
}

static void ink_row(const Html *h, const InkUse *use) {
    html_raw(h, "<tr><td>");
    html_name(h, use->ink);
    html_raw(h, "</td><td>");
    if (use->page_count)
        html_pages_text(h, use->pages, use->page_count);
    else
        html_say(h, use->known ? HTML_NOTHING : HTML_NOT_CHECKED);
    html_raw(h, "</td>");
    html_element(h, "td", NULL, use->known ? percent(h, use->sum / use->known) : "–");
    html_raw(h, "<td>");
    if (use->fullest)
        html_format(h, h->lang == LANG_ZH ? "%s（第 %d 页）" : "%s (p. %d)", percent(h, use->most),
                    use->fullest);
    html_raw(h, "</td></tr>\n");
}

static void ink_table(const Html *h, const InkUses *uses, const PageSummary *peak) {
    static const HtmlWord heads[] = {HTML_INK, HTML_ON_PAGES, HTML_COVERAGE, HTML_MOST};
    html_section(h, "inks", HTML_INKS);
    html_table(h, heads, sizeof heads / sizeof *heads);
    for (size_t i = 0; i < uses->count; i++)
        ink_row(h, &uses->items[i]);
    html_raw(h, "</tbody></table></div>\n");
    if (peak) {
        html_raw(h, "<p class=\"hint\">");
        html_format(h, html_word(h, HTML_PAGE_PEAK), html_number(h, 100 * peak->ink_peak, 0),
                    peak->number);
        html_raw(h, "</p>");
    }
    html_raw(h, "</section>\n");
}

static void profiles(const Html *h) {
    static const HtmlWord heads[] = {HTML_NAME, HTML_FROM, HTML_SHORT_ID};
    const Report *r = h->r;
    if (!r->profile_count)
        return;
    html_section(h, "profiles", HTML_PROFILES);
    html_table(h, heads, sizeof heads / sizeof *heads);
    for (size_t i = 0; i < r->profile_count; i++) {
        html_raw(h, "<tr><td>");
        html_name(h, r->profiles[i].name);
        html_raw(h, "</td><td>");
        html_in(h, r->profiles[i].from);
        html_raw(h, "</td><td>");
        html_element(h, "code", NULL, r->profiles[i].sha256);
        html_raw(h, "</td></tr>\n");
    }
    html_raw(h, "</tbody></table></div></section>\n");
}

void html_inks(const Html *h) {
    InkUses uses = {0};
    const PageSummary *peak = NULL;
    for (size_t i = 0; i < h->r->page_count; i++) {
        const PageSummary *p = &h->r->pages[i];
        if (p->inked)
            add_page(h, &uses, p);
        if (p->inked && !isnan(p->ink_peak) && (!peak || p->ink_peak > peak->ink_peak))
            peak = p;
    }
    if (uses.count)
        ink_table(h, &uses, peak);
    profiles(h);
}

static void tally_row(const Html *h, const RuleTally *t) {
    html_raw(h, "<tr><td>");
    html_in(h, t->title);
    html_raw(h, "<br>");
    html_element(h, "code", NULL, t->id);
    sink_format(h->to, "</td><td>%d</td>", t->item);
    const int counts[] = {t->pass, t->fail, t->unchecked};
    bool ran = t->applicable && !t->off;
    for (size_t i = 0; ran && i < sizeof counts / sizeof *counts; i++)
        sink_format(h->to, "<td>%d</td>", counts[i]);
    if (!ran) {
        html_raw(h, "<td colspan=\"3\">");
        html_say(h, t->off ? HTML_RULE_OFF : HTML_RULE_NONE);
        html_raw(h, "</td>");
    }
    html_raw(h, "<td>");
    if (t->softened && !t->off)
        html_say(h, HTML_RULE_SOFT);
    html_raw(h, "</td></tr>\n");
}

void html_rules(const Html *h) {
    static const HtmlWord heads[] = {HTML_RULE,   HTML_ITEM,        HTML_PASSED,
                                     HTML_FAILED, HTML_NOT_CHECKED, HTML_NOTE};
    const Report *r = h->r;
    if (!r->rule_count)
        return;
    html_raw(h, "<section id=\"rules\"><h2>");
    html_say(h, HTML_RULES);
    sink_format(h->to, "</h2><details><summary>%zu</summary>", r->rule_count);
    html_table(h, heads, sizeof heads / sizeof *heads);
    for (size_t i = 0; i < r->rule_count; i++)
        tally_row(h, &r->rules[i]);
    html_raw(h, "</tbody></table></div></details></section>\n");
}

static void hash(const Html *h, HtmlWord name, const char *text) {
    if (!text || !*text)
        return;
    html_element(h, "dt", NULL, html_word(h, name));
    html_raw(h, "<dd>");
    html_element(h, "code", NULL, text);
    html_raw(h, "</dd>\n");
}

void html_foot(const Html *h) {
    const Report *r = h->r;
    const Standing *s = r->standing;
    html_raw(h, "</main>\n<footer><p>");
    html_say(h, HTML_BINDING);
    html_raw(h, "</p>\n<dl>\n");
    hash(h, HTML_SHORT_ID, r->file.sha256);
    html_pair(h, HTML_TOOLS,
              arena_printf(h->arena, "chupin %s · poppler %s · lcms2 %s",
                           r->version ? r->version : CHUPIN_VERSION, r->engine ? r->engine : "–",
                           r->colour_engine ? r->colour_engine : "–"));
    if (r->rules_sha256)
        hash(h, HTML_RULE_SET,
             arena_printf(h->arena, "%s %s", r->profile ? r->profile : "", r->rules_sha256));
    if (r->job && r->job->present)
        hash(h, HTML_JOB_SHEET, r->job->sheet_sha256);
    if (s && s->run)
        html_pair(h, HTML_RUN,
                  arena_printf(h->arena, "%s · %s", s->run,
                               arena_printf(h->arena, html_word(h, HTML_VERSION_N), s->version)));
    if (s && s->head)
        hash(h, HTML_CHAIN, arena_printf(h->arena, "%s (%lld)", s->head, (long long)s->head_seq));
    html_raw(h, "</dl></footer>\n");
}
