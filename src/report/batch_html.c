/* A batch as one web page: what there is to do, then a row a file. */
#include "report/batch.h"
#include "report/html_parts.h"

static Html html_to(const ReportStyle *style, Sink *to) {
    return (Html){.to = to, .arena = arena_new(), .lang = style->lang, .style = style};
}

static const char *say(const Html *h, const char *zh, const char *en) {
    return h->lang == LANG_ZH ? zh : en;
}

/* ---- before the files ---- */

static void head(const Html *h) {
    html_raw(h, "<!DOCTYPE html>\n<html lang=\"");
    html_raw(h, say(h, "zh-CN", "en"));
    html_raw(h,
             "\"><head><meta charset=\"utf-8\">\n"
             "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
             "img-src data:; style-src 'unsafe-inline'\">\n"
             "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>");
    html_text(h, say(h, "出品检查：一批文件", "chupin: a batch"));
    html_raw(h, "</title>\n<style>\n");
    for (size_t i = 0; html_css[i]; i++)
        html_raw(h, html_css[i]);
    html_raw(h, ".batch{width:100%;border-collapse:collapse;background:var(--card)}"
                ".batch th,.batch td{text-align:left;padding:5px 10px;border-bottom:1px solid "
                "var(--line);vertical-align:top}.batch td.n,.batch th.n{text-align:right;"
                "white-space:nowrap}.batch td.s{white-space:nowrap}"
                "td.unreadable,td.fail{color:var(--fail)}td.incomplete{color:var(--open)}"
                "td.clean,td.pass{color:var(--pass)}td.look{color:var(--look)}</style></head>\n");
}

typedef struct Shown { /* a verdict in the row of counts */
    VerdictState state;
    const char *colour;
} Shown;

static const Shown shown[] = {{VERDICT_UNREADABLE, "c-fail"},
                              {VERDICT_FAIL, "c-fail"},
                              {VERDICT_INCOMPLETE, "c-open"},
                              {VERDICT_CLEAN, "c-pass"},
                              {VERDICT_PASS, "c-pass"}};

static int count_of(const Batch *b, VerdictState state) {
    int n = 0;
    for (size_t i = 0; i < b->count; i++)
        n += b->files[i].settled && b->files[i].state == state;
    return n;
}

static VerdictState worst_of(const Batch *b) {
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        if (count_of(b, shown[i].state))
            return shown[i].state;
    return VERDICT_PASS;
}

static void count_begin(const Html *h, const char *colour, int n) {
    html_raw(h, "<span class=\"");
    html_raw(h, colour);
    html_raw(h, "\"><b>");
    html_format(h, "%d", n);
    html_raw(h, "</b>");
}

static void counts(const Html *h, const Batch *b) {
    html_raw(h, "<div class=\"counts\">");
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        int n = count_of(b, shown[i].state);
        if (!n)
            continue;
        count_begin(h, shown[i].colour, n);
        html_in(h, verdict_short_name(shown[i].state));
        html_raw(h, "</span>");
    }
    if (b->settled < b->count) {
        count_begin(h, "", (int)(b->count - b->settled));
        html_text(h, say(h, "还没有轮到", "not come to yet"));
        html_raw(h, "</span>");
    }
    html_raw(h, "</div>\n");
}

static void section(const Html *h, const char *title) {
    html_raw(h, "<section><h2>");
    html_text(h, title);
    html_raw(h, "</h2><div class=\"wide\"><table class=\"batch\">");
}

static void section_end(const Html *h) {
    html_raw(h, "</tbody></table></div></section>\n");
}

static void unreadable(const Html *h, const Batch *b) {
    if (!count_of(b, VERDICT_UNREADABLE))
        return;
    section(h, say(h, "没法检查的文件", "Files that could not be checked"));
    html_raw(h, "<tbody>\n");
    for (size_t i = 0; i < b->count; i++) {
        const BatchFile *f = &b->files[i];
        if (!f->settled || f->state != VERDICT_UNREADABLE)
            continue;
        html_raw(h, "<tr><td>");
        html_name(h, f->shown);
        html_raw(h, "</td><td class=\"unreadable\">");
        html_in(h, f->why);
        html_raw(h, "</td></tr>\n");
    }
    section_end(h);
}

static void people(const Html *h, const Batch *b) {
    bool any = false;
    for (int w = 0; w < WHO_WORDS; w++) {
        if (!b->who_findings[w])
            continue;
        html_raw(h, any ? say(h, "；", "; ") : "<p class=\"next\"><b>");
        if (!any) {
            html_text(h, say(h, "该谁动手", "Who has to act"));
            html_raw(h, "</b>");
        }
        any = true;
        html_in(h, who_name((Who)w));
        html_format(h, say(h, " %d 个文件", " %d files"), b->who_files[w]);
    }
    if (any)
        html_raw(h, "</p>\n");
}

static void rules(const Html *h, const Batch *b) {
    if (!b->rule_count)
        return;
    section(h, say(h, "没做到的规则", "Rules that are not met"));
    html_raw(h, "<tbody>\n");
    for (size_t i = 0; i < b->rule_count; i++) {
        const BatchRule *r = &b->rules[i];
        html_raw(h, r->severity == SEVERITY_ERROR ? "<tr><td class=\"s fail\">"
                                                  : "<tr><td class=\"s look\">");
        html_in(h, severity_name(r->severity));
        html_raw(h, "</td><td>");
        html_in(h, r->title);
        html_raw(h, "</td><td class=\"s\">");
        html_in(h, who_name(r->who));
        html_raw(h, "</td><td class=\"n\">");
        html_format(h, say(h, "%d 个文件", "%d files"), r->files);
        html_raw(h, "</td></tr>\n");
    }
    section_end(h);
}

static void sets(const Html *h, const Batch *b) {
    if (!b->set_count)
        return;
    section(h, say(h, "这一批放在一起看", "The files taken together"));
    html_raw(h, "<tbody>\n");
    for (size_t i = 0; i < b->set_count; i++) {
        const SetFinding *f = &b->sets[i];
        html_raw(h, "<tr><td>");
        html_name(h, f->file);
        for (size_t k = 0; k < f->also_count; k++) {
            html_raw(h, "<br>");
            html_name(h, f->also[k]);
        }
        html_raw(h, "</td><td>");
        html_in(h, f->message);
        html_raw(h, "</td></tr>\n");
    }
    section_end(h);
}

static void files_begin(const Html *h) {
    const char *const heads[][2] = {
        {"", say(h, "结论", "verdict")},      {"", say(h, "文件", "file")},
        {"n", say(h, "必须改", "must fix")},  {"n", say(h, "建议看", "look at")},
        {"n", say(h, "没查成", "unchecked")}, {"n", say(h, "页数", "pages")}};
    section(h, say(h, "每个文件", "Every file"));
    html_raw(h, "<thead><tr>");
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        html_raw(h, "<th scope=\"col\" class=\"");
        html_raw(h, heads[i][0]);
        html_raw(h, "\">");
        html_text(h, heads[i][1]);
        html_raw(h, "</th>");
    }
    html_raw(h, "</tr></thead><tbody>\n");
}

void batch_html_begin(const Batch *b, const ReportStyle *style, Sink *to) {
    Html page = html_to(style, to), *h = &page;
    head(h);
    html_raw(h, "<body>\n<header class=\"");
    html_raw(h, verdict_word(worst_of(b)));
    html_raw(h, "\"><div><h1>");
    html_format(h, say(h, "一批 %d 个文件", "A batch of %d files"), (int)b->count);
    html_raw(h, "</h1>\n");
    counts(h, b);
    people(h, b);
    html_raw(h, "</div></header>\n<main>");
    unreadable(h, b);
    sets(h, b);
    files_begin(h);
    arena_free(page.arena);
}

/* ---- the files ---- */

static void number(const Html *h, int n) {
    html_raw(h, "<td class=\"n\">");
    if (n > 0)
        html_format(h, "%d", n);
    html_raw(h, "</td>");
}

void batch_html_file(Batch *b, size_t i, Report *r, const ReportStyle *style, Sink *to) {
    Html page = html_to(style, to), *h = &page;
    const BatchFile *f = &b->files[i];
    (void)r;
    html_raw(h, "<tr><td class=\"s ");
    html_raw(h, verdict_word(f->state));
    html_raw(h, "\">");
    html_in(h, verdict_short_name(f->state));
    html_raw(h, "</td><td>");
    html_name(h, f->shown);
    if (f->why.zh) {
        html_raw(h, "<br>");
        html_in(h, f->why);
    }
    html_raw(h, "</td>");
    number(h, f->errors);
    number(h, f->warnings);
    number(h, f->unchecked);
    number(h, f->pages);
    html_raw(h, "</tr>\n");
    arena_free(page.arena);
}

void batch_html_end(const Batch *b, const ReportStyle *style, Sink *to) {
    Html page = html_to(style, to), *h = &page;
    section_end(h);
    rules(h, b);
    html_raw(h, "</main></body></html>\n");
    arena_free(page.arena);
}
