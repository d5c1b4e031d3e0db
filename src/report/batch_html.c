/* A batch as one web page: a row a file, the summary after them. */
#include "report/batch.h"
#include "report/html_parts.h"

static Html html_to(const ReportStyle *style, Sink *to) {
    return (Html){.to = to, .arena = arena_new(), .lang = style->lang, .style = style};
}

static const char *say(const Html *h, const char *zh, const char *en) {
    return h->lang == LANG_ZH ? zh : en;
}

void batch_html_begin(const Batch *b, const ReportStyle *style, Sink *to) {
    Html page = html_to(style, to), *h = &page;
    (void)b;
    html_raw(h, "<!doctype html>\n<html lang=\"");
    html_raw(h, say(h, "zh-CN", "en"));
    html_raw(h, "\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
                "content=\"width=device-width\"><title>");
    html_text(h, say(h, "出品检查：一批文件", "chupin: a batch"));
    html_raw(h, "</title><style>");
    for (size_t i = 0; html_css[i]; i++)
        html_raw(h, html_css[i]);
    html_raw(h, "table.batch{width:100%;border-collapse:collapse;background:var(--card)}"
                ".batch th,.batch td{text-align:left;padding:5px 10px;border-bottom:1px solid "
                "var(--line);vertical-align:top}.batch td.n{text-align:right}"
                "td.unreadable{color:var(--fail)}td.incomplete{color:var(--open)}"
                "td.clean{color:var(--pass)}</style></head><body>\n<header><div><h1>");
    html_text(h, say(h, "出品检查：一批文件", "A batch of artwork"));
    html_raw(h, "</h1></div></header><main><section><div class=\"wide\"><table class=\"batch\">"
                "<thead><tr>");
    const char *const heads[] = {say(h, "结论", "verdict"),     say(h, "文件", "file"),
                                 say(h, "必须改", "must fix"),  say(h, "建议看", "look at"),
                                 say(h, "没查成", "unchecked"), say(h, "页数", "pages")};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
        html_raw(h, "<th scope=\"col\">");
        html_text(h, heads[i]);
        html_raw(h, "</th>");
    }
    html_raw(h, "</tr></thead><tbody>\n");
    arena_free(page.arena);
}

static void number(const Html *h, int n) {
    html_raw(h, "<td class=\"n\">");
    if (n > 0)
        html_format(h, "%d", n);
    html_raw(h, "</td>");
}

void batch_html_file(const Batch *b, size_t i, Report *r, const ReportStyle *style, Sink *to) {
    Html page = html_to(style, to), *h = &page;
    const BatchFile *f = &b->files[i];
    (void)r;
    html_raw(h, "<tr><td class=\"state ");
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

static void rules(const Html *h, const Batch *b) {
    if (!b->rule_count)
        return;
    html_raw(h, "<section><h2>");
    html_text(h, say(h, "按规则", "By rule"));
    html_raw(h, "</h2><table class=\"batch\"><tbody>\n");
    for (size_t i = 0; i < b->rule_count; i++) {
        const BatchRule *r = &b->rules[i];
        html_raw(h, r->severity == SEVERITY_ERROR ? "<tr><td class=\"state fail\">"
                                                  : "<tr><td class=\"state\">");
        html_in(h, severity_name(r->severity));
        html_raw(h, "</td><td>");
        html_in(h, r->title);
        html_raw(h, "</td><td>");
        html_in(h, who_name(r->who));
        html_format(h, say(h, "改，%d 个文件", ", %d files"), r->files);
        html_raw(h, "</td></tr>\n");
    }
    html_raw(h, "</tbody></table></section>\n");
}

static void sets(const Html *h, const Batch *b) {
    if (!b->set_count)
        return;
    html_raw(h, "<section><h2>");
    html_text(h, say(h, "这一批放在一起看", "The files taken together"));
    html_raw(h, "</h2><table class=\"batch\"><tbody>\n");
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
    html_raw(h, "</tbody></table></section>\n");
}

void batch_html_end(const Batch *b, const ReportStyle *style, Sink *to) {
    Html page = html_to(style, to), *h = &page;
    html_raw(h, "</tbody></table></div></section>\n<section><h2>");
    html_format(h, say(h, "汇总  %d 个文件", "Summary  %d files"), (int)b->settled);
    html_raw(h, "</h2></section>\n");
    sets(h, b);
    rules(h, b);
    html_raw(h, "</main></body></html>\n");
    arena_free(page.arena);
}
