/* "name.pdf:7: error: sentence [rule-id]": editors jump to it, log readers count it. The number is
 * the page. */
#include "report/write.h"

#include <string.h>

static const char *level(const Finding *f) {
    if (f->outcome == OUTCOME_UNCHECKED || f->waiver)
        return "note";
    switch (f->severity) {
    case SEVERITY_ERROR:
        return "error";
    case SEVERITY_WARNING:
        return "warning";
    case SEVERITY_INFO:
    case SEVERITY_WORDS:
        return "note";
    }
    return "note";
}

static void line(Sink *to, Arena *a, const Report *r, int page, const char *word, const char *text,
                 const char *rule) {
    sink_str(to, text_printable(a, r->file.name, str_of(r->file.name).n));
    if (page > 0)
        sink_format(to, ":%d", page);
    sink_format(to, ": %s: %s", word, text_printable(a, text, str_of(text).n));
    if (rule)
        sink_format(to, " [%s]", rule);
    sink_char(to, '\n');
}

/* A finding may say the same; it is not said twice. */
static bool reason_is_found(const Report *r) {
    for (size_t i = 0; i < r->finding_count; i++)
        if (strstr(r->findings[i].message.zh, r->file.unreadable.zh))
            return true;
    return false;
}

void report_gcc(const Report *r, const ReportStyle *style, Sink *to) {
    Arena *a = arena_new();
    if (r->file.unreadable.zh && !reason_is_found(r))
        line(to, a, r, 0, "error", text_in(r->file.unreadable, style->lang), "unreadable");
    for (size_t i = 0; i < r->finding_count; i++) {
        const Finding *f = &r->findings[i];
        const char *text = text_in(f->message, style->lang);
        if (f->outcome == OUTCOME_UNCHECKED)
            text = arena_printf(a, "%s%s", phrase(PHRASE_UNCHECKED_FINDING, style->lang), text);
        if (f->waiver)
            text = arena_printf(a, phrase(PHRASE_WAIVED_FINDING, style->lang), f->waiver->by, text);
        line(to, a, r, f->page, level(f), text, f->rule);
    }
    arena_free(a);
}
