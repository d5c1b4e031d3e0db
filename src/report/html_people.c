/* What people said, in the web page: ticks, signatures, waivers; what was mended, and how the file
 * differs from the one that was signed. */
#include "report/html_parts.h"

static void cell(const Html *h, const char *text) {
    html_element(h, "td", NULL, text);
}

static void name_cell(const Html *h, const char *text) {
    html_raw(h, "<td>");
    html_name(h, text);
    html_raw(h, "</td>");
}

static const char *joined(const Html *h, const char *a, const char *b) {
    bool both = a && *a && b && *b;
    return arena_printf(h->arena, "%s%s%s", a ? a : "",
                        !both                ? ""
                        : h->lang == LANG_ZH ? "、"
                                             : ", ",
                        b ? b : "");
}

static const char *answered(const Html *h, const Answer *a) {
    const char *by = a->by ? a->by : "", *at = a->at ? a->at : "";
    if (a->role && *a->role)
        by = arena_printf(h->arena, h->lang == LANG_ZH ? "%s（%s）" : "%s (%s)", by, a->role);
    if (!a->carried_from)
        return arena_printf(h->arena, "%s\n%s", by, at);
    return arena_printf(h->arena, "%s\n%s\n%s", by, at,
                        arena_printf(h->arena, phrase(PHRASE_CARRIED, h->lang), a->carried_from));
}

static void checklist_row(const Html *h, const Item *item) {
    const Answer *a = item->answer;
    sink_format(h->to, "<tr><td>%d</td><td>", item->row->number);
    html_in(h, item->row->title);
    if (item->row->human && item->row->human_question.zh) {
        html_raw(h, "<br><small>");
        html_in(h, item->row->human_question);
        html_raw(h, "</small>");
    }
    sink_format(h->to, "</td><td class=\"state %s\">", machine_state_word(item->machine));
    html_in(h, machine_state_name(item->machine));
    sink_format(h->to, "</td><td class=\"state %s\">", human_state_word(item->human));
    html_text(h, item->human == HUMAN_PENDING ? "□ " : "");
    html_in(h, human_state_name(item->human));
    html_raw(h, "</td>");
    name_cell(h, a ? answered(h, a) : NULL);
    name_cell(h, a ? a->note : NULL);
    html_raw(h, "</tr>\n");
}

void html_checklist(const Html *h) {
    static const HtmlWord heads[] = {HTML_CODE,   HTML_ITEM,        HTML_MACHINE,
                                     HTML_PERSON, HTML_BY_AND_WHEN, HTML_NOTE};
    html_section(h, "checklist", HTML_CHECKLIST);
    html_table(h, heads, sizeof heads / sizeof *heads);
    for (int i = 0; i < CHECKLIST_ITEMS; i++)
        checklist_row(h, &h->r->items[i]);
    html_raw(h, "</tbody></table></div></section>\n");
}

static void signature_row(const Html *h, const Signature *g) {
    html_raw(h, "<tr>");
    cell(h, text_in(party_title(g->party), h->lang));
    cell(h, text_in(decision_title(g->decision), h->lang));
    name_cell(h, g->by);
    cell(h, g->at);
    name_cell(h, g->scan_name);
    name_cell(h, g->note);
    html_raw(h, "</tr>\n");
}

static bool is_missing(const Standing *s, Party p) {
    return (p == PARTY_DIRECTOR || (s->parties >> p & 1)) && !party_approved(s, p);
}

void html_signatures(const Html *h) {
    static const HtmlWord heads[] = {HTML_PARTY, HTML_DECISION, HTML_NAME,
                                     HTML_TIME,  HTML_SCAN,     HTML_NOTE};
    const Standing *s = h->r->standing;
    if (!s)
        return;
    html_section(h, "signatures", HTML_SIGNATURES);
    html_table(h, heads, sizeof heads / sizeof *heads);
    for (size_t i = 0; i < s->signature_count; i++)
        signature_row(h, &s->signatures[i]);
    for (Party p = PARTY_DESIGN; p < PARTIES; p++)
        if (is_missing(s, p)) {
            html_raw(h, "<tr class=\"missing\">");
            cell(h, text_in(party_title(p), h->lang));
            html_raw(h, "<td colspan=\"5\">");
            html_say(h, HTML_NOT_SIGNED);
            html_raw(h, "</td></tr>\n");
        }
    html_raw(h, "</tbody></table></div></section>\n");
}

static void waived_finding(const Html *h, const Finding *f) {
    html_raw(h, "<li><b>");
    html_format(h, phrase(PHRASE_ITEM, h->lang), f->item);
    html_raw(h, "</b><span class=\"on\">");
    html_pages_text(h, &f->page, 1);
    html_raw(h, "</span>");
    html_in(h, f->message);
    html_raw(h, "\n");
    html_name(h, arena_printf(h->arena, phrase(PHRASE_WAIVED_WHY, h->lang),
                              joined(h, f->waiver->by, f->waiver->second),
                              f->waiver->at ? f->waiver->at : "",
                              waiver_reasons(h->arena, f->waiver, h->lang)));
    html_raw(h, "</li>\n");
}

static const char *until(const Html *h, const Waiver *w) {
    if (w->until_date)
        return w->until_date;
    return w->until_version ? arena_printf(h->arena, "v%d", w->until_version) : NULL;
}

static void waiver_row(const Html *h, const Waiver *w) {
    html_raw(h, "<tr><td class=\"keep\">");
    html_text(h, enum_name(enum_find("WaiverState"), w->state, h->lang));
    html_raw(h, "</td><td>");
    html_element(h, "code", NULL, w->rule);
    html_raw(h, "</td>");
    name_cell(h, waiver_reasons(h->arena, w, h->lang));
    name_cell(h, joined(h, w->by, w->second));
    cell(h, w->at);
    cell(h, until(h, w));
    sink_format(h->to, "<td>%d</td></tr>\n", w->places);
}

void html_waivers(const Html *h) {
    static const HtmlWord heads[] = {HTML_STATE, HTML_RULE,  HTML_REASON, HTML_BY,
                                     HTML_TIME,  HTML_UNTIL, HTML_PLACES};
    const Report *r = h->r;
    const Standing *s = r->standing;
    if (!s || !s->waiver_count)
        return;
    html_section(h, "waived", HTML_WAIVERS);
    html_table(h, heads, sizeof heads / sizeof *heads);
    for (size_t i = 0; i < s->waiver_count; i++)
        waiver_row(h, &s->waivers[i]);
    html_raw(h, "</tbody></table></div>\n");
    if (r->verdict.waived) {
        html_element(h, "h3", NULL, html_word(h, HTML_WAIVED));
        html_raw(h, "\n<ul class=\"said\">\n");
        for (size_t i = 0; i < r->finding_count; i++)
            if (r->findings[i].waiver)
                waived_finding(h, &r->findings[i]);
        html_raw(h, "</ul>\n");
    }
    html_raw(h, "</section>\n");
}

void html_mended(const Html *h) {
    const Standing *s = h->r->standing;
    if (!s || !s->mended_count)
        return;
    html_section(h, "mended", HTML_MENDED);
    html_raw(h, "<ul class=\"said\">\n");
    for (size_t i = 0; i < s->mended_count; i++) {
        const Finding *f = &s->mended[i];
        html_raw(h, "<li><b>✓ ");
        html_format(h, phrase(PHRASE_ITEM, h->lang), f->item);
        html_raw(h, "</b><span class=\"on\">");
        html_pages_text(h, &f->page, 1);
        html_raw(h, "</span>");
        html_in(h, f->message);
        html_raw(h, "</li>\n");
    }
    html_raw(h, "</ul></section>\n");
}

static void differences(const Html *h, const char *id, HtmlWord title, const PageDifference *items,
                        size_t count) {
    if (!count)
        return;
    html_section(h, id, title);
    html_raw(h, "<ul class=\"said\">\n");
    for (size_t i = 0; i < count; i++) {
        html_raw(h, "<li><span class=\"on\">");
        html_pages_text(h, &items[i].page, 1);
        html_raw(h, "</span>");
        html_in(h, items[i].what);
        html_raw(h, "</li>\n");
    }
    html_raw(h, "</ul></section>\n");
}

void html_differences(const Html *h) {
    const Standing *s = h->r->standing;
    const LiveTwin *live = h->r->live;
    if (s && s->signed_version.name)
        differences(h, "differences", HTML_DIFFERENCES, s->differences, s->difference_count);
    if (live)
        differences(h, "live", HTML_LIVE_DIFFERENCES, live->differences, live->difference_count);
}
