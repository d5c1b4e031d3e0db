/* The findings of the web page: severity, then item, then pages; each with what was measured, what
 * to do about it and where to look. */
#include "report/html_parts.h"

#include <math.h>

enum { LINES = 200, PAGE_ROWS = 40 };

static const char *measure_text(const Html *h, const Measure *m) {
    if (!m->present)
        return NULL;
    if (m->text)
        return m->text;
    const char *gap = m->unit && *m->unit ? " " : "";
    const Unit *unit = unit_find(str_of(m->unit));
    int decimals = unit && unit->decimals < REPORT_DECIMALS ? unit->decimals : REPORT_DECIMALS;
    return isnan(m->number) ? NULL
                            : arena_printf(h->arena, "%s%s%s", html_number(h, m->number, decimals),
                                           gap, m->unit ? m->unit : "");
}

static const char *required_text(const Html *h, const Finding *f) {
    const char *value = measure_text(h, &f->required), *from = text_in(f->required.from, h->lang);
    if (!value || !f->required.from.zh)
        return value;
    return arena_printf(h->arena, h->lang == LANG_ZH ? "%s（%s）" : "%s (%s)", value, from);
}

static const char *place_text(const Html *h, const Finding *f) {
    if (!f->page || !f->place_count || !f->places[0].boxed)
        return NULL;
    const Box *b = &f->places[0].box;
    return arena_printf(h->arena,
                        html_word(h, f->origin_is_trim ? HTML_PLACE_TRIM : HTML_PLACE_MEDIA),
                        html_number(h, b->x0, 1), html_number(h, b->y0, 1));
}

static const char *history_text(const Html *h, const Line *line) {
    const Finding *f = line->worst;
    const Standing *s = h->r->standing;
    const char *since = NULL;
    if (s && f->since && f->since < s->version)
        since = f->signed_by ? arena_printf(h->arena, phrase(PHRASE_SINCE_SIGNED, h->lang),
                                            f->since, f->signed_by)
                             : arena_printf(h->arena, phrase(PHRASE_SINCE, h->lang), f->since);
    if (!line->waived)
        return since;
    const char *waived = arena_printf(h->arena, phrase(PHRASE_SOME_WAIVED, h->lang), line->waived);
    return since ? arena_printf(h->arena, "%s\n%s", since, waived) : waived;
}

static void mark(const Html *h, Progress p) {
    if (p == PROGRESS_NONE)
        return;
    sink_format(h->to, "<span class=\"mark %s\">", progress_word(p));
    html_in(h, progress_name(p));
    html_raw(h, "</span>");
}

static void title(const Html *h, const Line *line, int number) {
    const Finding *f = line->worst;
    bool all = line->alike && line->pages[0];
    html_raw(h, "<h4>");
    if (number)
        sink_format(h->to, "<span class=\"disc\">%d</span>", number);
    html_raw(h, "<span><span class=\"on\">");
    html_pages_text(h, all ? line->pages : &f->page, all ? line->page_count : 1);
    html_raw(h, "</span>");
    mark(h, line->progress);
    html_in(h, f->message);
    if (line->hits > 1)
        html_format(h, phrase(PHRASE_HITS, h->lang), line->hits);
    html_raw(h, "</span></h4>\n");
}

static void crop(const Html *h, const Finding *f, const ReportPicture *p) {
    html_raw(h, "<figure><div class=\"crop\">");
    html_image(h, p, arena_printf(h->arena, html_word(h, HTML_CROP_ALT), f->page));
    if (box_known(p->mm) && p->origin_is_trim == f->origin_is_trim) {
        sink_format(h->to, "<span class=\"box b-%s\"", severity_word(f->severity));
        html_at(h, &p->mm, &f->places[0].box);
        html_raw(h, "></span>");
    }
    html_raw(h, "</div><figcaption>");
    html_format(h, html_word(h, HTML_PAGE_N), f->page);
    html_raw(h, "</figcaption></figure>");
}

static size_t crop_count(const Html *h, int number) {
    size_t n = 0;
    for (size_t i = 0; number && i < h->r->finding_count; i++)
        n += h->number[i] == number && html_crop(h, &h->r->findings[i]);
    return n;
}

static void crops(const Html *h, int number) {
    html_raw(h, "<div class=\"crops\">");
    for (size_t i = 0; i < h->r->finding_count; i++) {
        const Finding *f = &h->r->findings[i];
        const ReportPicture *p = h->number[i] == number ? html_crop(h, f) : NULL;
        if (p)
            crop(h, f, p);
    }
    html_raw(h, "</div>\n");
}

static bool of_line(const Html *h, const Line *line, size_t i, int number) {
    const Finding *f = &h->r->findings[i];
    if (number)
        return h->number[i] == number;
    return !f->waiver && f->outcome == OUTCOME_FAIL && f->severity == line->worst->severity &&
           streq(f->rule, line->worst->rule);
}

static void page_row(const Html *h, const Finding *f) {
    sink_format(h->to, "<tr><td><a href=\"#p%d\">%d</a></td><td>", f->page, f->page);
    mark(h, f->progress);
    html_in(h, f->message);
    html_raw(h, "</td>");
    html_element(h, "td", NULL, measure_text(h, &f->measured));
    sink_format(h->to, "<td>%d</td></tr>\n", f->count);
}

/* The same on several pages: each with its own figures. */
static void page_rows(const Html *h, const Line *line, int number) {
    static const HtmlWord heads[] = {HTML_PAGE, HTML_FINDING, HTML_MEASURED, HTML_PLACES};
    size_t rows = 0;
    if (line->page_count < 2)
        return;
    html_raw(h, "<details><summary>");
    html_format(h, html_word(h, HTML_EACH_PAGE), (int)line->page_count);
    html_raw(h, "</summary>");
    html_table(h, heads, sizeof heads / sizeof *heads);
    for (size_t i = 0; i < h->r->finding_count; i++)
        if (of_line(h, line, i, number) && h->r->findings[i].page && rows++ < PAGE_ROWS)
            page_row(h, &h->r->findings[i]);
    html_raw(h, "</tbody></table></div>");
    if (rows > PAGE_ROWS) {
        html_raw(h, "<p class=\"hint\">");
        html_format(h, html_word(h, HTML_MORE_PAGES), (int)(rows - PAGE_ROWS));
        html_raw(h, "</p>");
    }
    html_raw(h, "</details>\n");
}

/* What a search or a waiver needs, for those who know. */
static void codes(const Html *h, const Finding *f) {
    html_raw(h, "<p class=\"codes\">");
    html_say(h, HTML_RULE);
    html_raw(h, " ");
    html_element(h, "code", NULL, f->rule);
    if (f->fingerprint && *f->fingerprint && !finding_is_of_record(f)) {
        html_raw(h, " · ");
        html_say(h, HTML_FINGERPRINT);
        html_raw(h, " ");
        html_element(h, "code", NULL, f->fingerprint);
    }
    html_raw(h, "</p>\n");
}

static void finding(const Html *h, const Line *line, int number) {
    const Finding *f = line->worst;
    size_t pictures = crop_count(h, number);
    html_raw(h, "<article class=\"finding\"");
    if (number)
        sink_format(h->to, " id=\"f%d\"", number);
    html_raw(h, ">");
    title(h, line, number);
    html_raw(h, "<div class=\"body\"><dl>\n");
    html_pair(h, HTML_FIX, text_in(f->fix, h->lang));
    html_pair(h, HTML_WHO, text_in(who_name(f->who), h->lang));
    html_pair(h, HTML_MEASURED, measure_text(h, &f->measured));
    html_pair(h, HTML_REQUIRED, required_text(h, f));
    html_pair(h, HTML_WHERE, place_text(h, f));
    html_pair(h, HTML_HISTORY, history_text(h, line));
    html_raw(h, "</dl>\n");
    if (pictures == 1)
        crops(h, number);
    html_raw(h, "</div>\n");
    if (pictures > 1)
        crops(h, number);
    page_rows(h, line, number);
    codes(h, f);
    html_raw(h, "</article>\n");
}

static void item_head(const Html *h, int no) {
    html_raw(h, "<h3>");
    html_format(h, html_word(h, HTML_ITEM_HEAD), no);
    html_raw(h, "　");
    if (no >= 0 && no < CHECKLIST_ITEMS && h->r->items[no].row)
        html_in(h, h->r->items[no].row->title);
    html_raw(h, "</h3>\n");
}

typedef struct Section {
    const char *id;
    HtmlWord name;
    int sum; /* of findings, as in the verdict */
    const Line *lines;
    size_t count;
    int number; /* of the first; 0: none has one */
} Section;

static void section(const Html *h, const Section *s) {
    if (!s->count)
        return;
    sink_format(h->to, "<section id=\"%s\"><h2>", s->id);
    html_say(h, s->name);
    sink_format(h->to, " <span class=\"n\">%d</span></h2>\n", s->sum);
    for (size_t i = 0; i < s->count && i < LINES; i++) {
        if (!i || s->lines[i].worst->item != s->lines[i - 1].worst->item)
            item_head(h, s->lines[i].worst->item);
        finding(h, &s->lines[i], s->number ? s->number + (int)i : 0);
    }
    if (s->count > LINES) {
        html_raw(h, "<p class=\"hint\">");
        html_format(h, html_word(h, HTML_MORE_LINES), (int)(s->count - LINES));
        html_raw(h, "</p>");
    }
    html_raw(h, "</section>\n");
}

void html_findings(const Html *h) {
    const Numbers *n = &h->numbers;
    const Report *r = h->r;
    size_t infos;
    Line *info = gather_lines(h->arena, r, OUTCOME_FAIL, SEVERITY_INFO, &infos);
    lines_by_item(info, infos);
    const Section sections[] = {{"must", HTML_COUNT_FIX, r->verdict.errors, n->lines, n->must, 1},
                                {"look", HTML_COUNT_LOOK, r->verdict.warnings, n->lines + n->must,
                                 n->count - n->must, (int)n->must + 1},
                                {"info", HTML_COUNT_INFO, r->verdict.infos, info, infos, 0}};
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
        section(h, &sections[i]);
}
