#include "report/html_parts.h"

#include <string.h>

const char *html_word(const Html *h, HtmlWord w) {
    static const Text words[HTML_WORDS] = {
#define HTML_WORD(ID, zh, en) [HTML_##ID] = {zh, en},
#include "report/html_words.def"
#undef HTML_WORD
    };
    return text_in(words[w], h->lang);
}

void html_raw(const Html *h, const char *markup) {
    sink_str(h->to, markup);
}

static void escape(Sink *to, const char *text) {
    static const char special[] = "&<>\"'";
    while (*text) {
        size_t plain = strcspn(text, special);
        sink_write(to, text, plain);
        text += plain;
        if (*text)
            sink_format(to, "&#%d;", *text++);
    }
}

void html_text(const Html *h, const char *text) {
    while (text && *text) {
        size_t n = strcspn(text, "\n");
        escape(h->to, text_printable(h->arena, text, n));
        text += n;
        if (*text) {
            sink_char(h->to, '\n');
            text++;
        }
    }
}

void html_in(const Html *h, Text t) {
    html_text(h, text_in(t, h->lang));
}

void html_say(const Html *h, HtmlWord w) {
    html_text(h, html_word(h, w));
}

void html_format(const Html *h, const char *format, ...) {
    va_list args;
    va_start(args, format);
    html_text(h, arena_vprintf(h->arena, format, args));
    va_end(args);
}

void html_element(const Html *h, const char *tag, const char *class, const char *text) {
    sink_format(h->to, class ? "<%s class=\"%s\">" : "<%s>", tag, class);
    html_text(h, text);
    sink_format(h->to, "</%s>", tag);
}

void html_name(const Html *h, const char *text) {
    html_element(h, "bdi", NULL, text);
}

void html_section(const Html *h, const char *id, HtmlWord title) {
    sink_format(h->to, "<section id=\"%s\"><h2>", id);
    html_say(h, title);
    html_raw(h, "</h2>\n");
}

void html_table(const Html *h, const HtmlWord *heads, size_t count) {
    html_raw(h, "<div class=\"wide\"><table><thead><tr>");
    for (size_t i = 0; i < count; i++) {
        html_raw(h, "<th scope=\"col\">");
        html_say(h, heads[i]);
        html_raw(h, "</th>");
    }
    html_raw(h, "</tr></thead><tbody>\n");
}

void html_pages_text(const Html *h, const int *pages, size_t count) {
    if (!count || pages[0] == 0) {
        html_text(h, phrase(PHRASE_WHOLE_FILE, h->lang));
        return;
    }
    const char *list = page_list(h->arena, pages, count, phrase(PHRASE_PAGE_COMMA, h->lang));
    html_format(h, phrase(count == 1 ? PHRASE_ON_PAGE : PHRASE_ON_PAGES, h->lang), list);
}

const char *html_number(const Html *h, double value, int decimals) {
    enum { DIGITS = 40 };
    char *out = arena_alloc(h->arena, DIGITS);
    number_format(out, DIGITS, value, decimals);
    return out;
}

void html_pair(const Html *h, HtmlWord name, const char *value) {
    if (!value || !*value)
        return;
    html_element(h, "dt", NULL, html_word(h, name));
    html_raw(h, "<dd>");
    html_name(h, value);
    html_raw(h, "</dd>\n");
}
