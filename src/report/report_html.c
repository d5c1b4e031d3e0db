/* The web page: one file without scripts that an account executive understands at a glance and a
 * designer works from. Nothing in it is fetched from anywhere. */
#include "report/html_parts.h"

static void begin(const Html *h) {
    sink_format(h->to,
                "<!DOCTYPE html>\n<html lang=\"%s\"><head><meta charset=\"utf-8\">\n"
                "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                "img-src data:; style-src 'unsafe-inline'\">\n"
                "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                "<meta name=\"referrer\" content=\"no-referrer\">\n<title>",
                h->lang == LANG_ZH ? "zh-CN" : "en");
    html_in(h, verdict_short_name(h->r->verdict.state));
    html_text(h, " · ");
    html_text(h, h->r->file.name);
    html_text(h, " · ");
    html_say(h, HTML_TITLE);
    html_raw(h, "</title>\n<style>\n");
    for (const char *const *piece = html_css; *piece; piece++)
        html_raw(h, *piece);
    html_raw(h, "</style></head>\n<body>\n<a class=\"skip\" href=\"#items\">");
    html_say(h, HTML_SKIP);
    html_raw(h, "</a>\n");
}

static const int *number_findings(const Html *h) {
    int *numbers = ARENA_ARRAY(h->arena, int, h->r->finding_count + 1);
    for (size_t i = 0; i < h->r->finding_count; i++)
        numbers[i] = number_of(&h->numbers, &h->r->findings[i]);
    return numbers;
}

void report_html(const Report *r, const ReportStyle *style, Sink *to) {
    Arena *scratch = arena_new();
    Html h = {.to = to, .arena = scratch, .lang = style->lang, .r = r, .style = style};
    h.numbers = numbers_of(scratch, r);
    h.number = number_findings(&h);
    html_album_open(&h);
    begin(&h);
    html_head(&h);
    html_pages(&h);
    html_findings(&h);
    html_unchecked(&h);
    html_checklist(&h);
    html_signatures(&h);
    html_waivers(&h);
    html_mended(&h);
    html_differences(&h);
    html_inks(&h);
    html_rules(&h);
    html_foot(&h);
    html_raw(&h, "</body></html>\n");
    arena_free(scratch);
}
