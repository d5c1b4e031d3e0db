/* The numbers of findings: one for each rule that has open places, errors first, then warnings, so
 * that a number in a list is the number on a page. */
#include "print/sheet_parts.h"

static Line *open_lines(Sheet *s, Severity severity, size_t *count) {
    Report open = *s->r;
    open.findings = ARENA_ARRAY(s->arena, Finding, s->r->finding_count + 1);
    open.finding_count = 0;
    for (size_t i = 0; i < s->r->finding_count; i++)
        if (!s->r->findings[i].waiver)
            open.findings[open.finding_count++] = s->r->findings[i];
    return gather_lines(s->arena, &open, OUTCOME_FAIL, severity, count);
}

void numbers_gather(Sheet *s) {
    s->must = open_lines(s, SEVERITY_ERROR, &s->must_count);
    s->look = open_lines(s, SEVERITY_WARNING, &s->look_count);
}

static bool on_page(const Line *line, int page) {
    for (size_t i = 0; i < line->page_count; i++)
        if (line->pages[i] == page)
            return true;
    return false;
}

static bool holds(const Line *line, const Finding *f) {
    const Finding *w = line->worst;
    return w->severity == f->severity && streq(w->rule, f->rule) && on_page(line, f->page) &&
           (f->page || streq(w->message.zh, f->message.zh));
}

const Line *numbered_line(const Sheet *s, int number) {
    size_t i = (size_t)number - 1;
    return i < s->must_count ? &s->must[i] : &s->look[i - s->must_count];
}

int number_of_finding(const Sheet *s, const Finding *f) {
    int all = (int)(s->must_count + s->look_count);
    if (f->waiver || f->outcome != OUTCOME_FAIL)
        return 0;
    for (int n = 1; n <= all; n++)
        if (holds(numbered_line(s, n), f))
            return n;
    return 0;
}
