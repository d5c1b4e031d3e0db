/* The text report: the verdict in words first, then what must be mended, and at the end what to do
 * next. */
#include "report/text_parts.h"

static Tint verdict_tint(VerdictState s) {
    switch (s) {
    case VERDICT_PASS:
    case VERDICT_CLEAN:
        return TINT_GREEN;
    case VERDICT_INCOMPLETE:
        return TINT_YELLOW;
    case VERDICT_FAIL:
    case VERDICT_UNREADABLE:
        return TINT_RED;
    }
    return TINT_PLAIN;
}

static void verdict(const Pen *pen, const Report *r) {
    const struct {
        Phrase name;
        int count;
    } counts[] = {
        {PHRASE_COUNT_FIX, r->verdict.errors},  {PHRASE_COUNT_LOOK, r->verdict.warnings},
        {PHRASE_COUNT_INFO, r->verdict.infos},  {PHRASE_COUNT_UNCHECKED, r->verdict.unchecked},
        {PHRASE_COUNT_HUMAN, r->verdict.human}, {PHRASE_COUNT_WAIVED, r->verdict.waived}};
    const char *shown[sizeof counts / sizeof *counts];
    size_t n = 0;
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        if (counts[i].count)
            shown[n++] = arena_printf(pen->arena, pen_phrase(pen, counts[i].name), counts[i].count);
    sink_char(pen->to, '\n');
    pen_entry(pen, verdict_tint(r->verdict.state),
              arena_printf(pen->arena, "%s  %s", pen_phrase(pen, PHRASE_RESULT),
                           text_in(verdict_sentence(r), pen->lang)),
              6, "", NULL);
    if (n)
        pen_flow(pen, 6, "      ", shown, n);
    text_progress(pen, r);
    if (r->verdict.state == VERDICT_UNREADABLE) {
        pen_entry(pen, TINT_PLAIN, arena_printf(pen->arena, "%s  ", pen_phrase(pen, PHRASE_REASON)),
                  6, text_in(r->file.unreadable, pen->lang), NULL);
        if (r->page_count)
            pen_entry(pen, TINT_PLAIN, "      ", 6, pen_phrase(pen, PHRASE_FINISHED_PAGES), NULL);
    }
    sink_char(pen->to, '\n');
}

static const Finding *first_error(const Report *r) {
    for (size_t i = 0; i < r->finding_count; i++)
        if (r->findings[i].outcome == OUTCOME_FAIL && r->findings[i].severity == SEVERITY_ERROR &&
            !r->findings[i].waiver)
            return &r->findings[i];
    return NULL;
}

static const char *next_step(const Pen *pen, const Report *r) {
    const Finding *f = first_error(r);
    if (r->verdict.state == VERDICT_UNREADABLE)
        return pen_phrase(pen, PHRASE_NEXT_UNREADABLE);
    if (f)
        return arena_printf(pen->arena, pen_phrase(pen, PHRASE_NEXT_FIX), f->rule);
    if (!r->job || !r->job->present)
        return pen_phrase(pen, PHRASE_NEXT_JOB);
    if (r->verdict.state == VERDICT_PASS)
        return pen_phrase(pen, PHRASE_NEXT_PASS);
    return next_of_people(r, pen->lang);
}

static void brief(const Pen *pen, const Report *r) {
    pen_tinted(pen, verdict_tint(r->verdict.state),
               text_in(verdict_short_name(r->verdict.state), pen->lang));
    sink_format(pen->to, "  %s", pen_safe(pen, r->file.name));
    if (r->verdict.errors)
        sink_str(pen->to, "   "),
            sink_format(pen->to, pen_phrase(pen, PHRASE_COUNT_FIX), r->verdict.errors);
    if (r->verdict.warnings)
        sink_str(pen->to, "   "),
            sink_format(pen->to, pen_phrase(pen, PHRASE_COUNT_LOOK), r->verdict.warnings);
    if (r->verdict.state == VERDICT_UNREADABLE)
        sink_format(pen->to, "   %s", pen_safe(pen, text_in(r->file.unreadable, pen->lang)));
    sink_char(pen->to, '\n');
}

void report_text(const Report *r, const ReportStyle *style, Sink *to) {
    static const TextSection sections[] = {
        {SEVERITY_ERROR, PHRASE_HEAD_FIX, "✗", TINT_RED, true},
        {SEVERITY_WARNING, PHRASE_HEAD_LOOK, "!", TINT_YELLOW, true},
        {SEVERITY_INFO, PHRASE_HEAD_INFO, "·", TINT_PLAIN, false},
    };
    Arena *scratch = arena_new();
    Pen pen = {to, scratch, style->lang, style->width, style->colour};
    if (style->brief) {
        brief(&pen, r);
    } else {
        text_head(&pen, r);
        verdict(&pen, r);
        for (size_t i = 0; i < sizeof sections / sizeof *sections; i++)
            text_findings(&pen, r, &sections[i]);
        text_waived(&pen, r);
        text_mended(&pen, r);
        text_rows(&pen, r, !style->again);
        text_answers(&pen, r);
        text_signatures(&pen, r);
        sink_char(to, '\n');
        pen_entry(&pen, TINT_PLAIN, arena_printf(pen.arena, "%s  ", pen_phrase(&pen, PHRASE_NEXT)),
                  pen_columns(pen_phrase(&pen, PHRASE_NEXT)) + 2, next_step(&pen, r), NULL);
        text_row_sums(&pen, r, style->exit_code);
    }
    arena_free(scratch);
}

void report_summary(const FileLine *files, size_t count, const ReportStyle *style, Sink *to) {
    Arena *a = arena_new();
    Pen pen = {to, a, style->lang, style->width, style->colour};
    pen_heading(&pen, TINT_BOLD,
                arena_printf(a, "%s  %s", pen_phrase(&pen, PHRASE_SUMMARY),
                             arena_printf(a, pen_phrase(&pen, PHRASE_SUMMARY_FILES), (int)count)));
    for (size_t i = 0; i < count; i++) {
        const FileLine *f = &files[i];
        char *tail = arena_strdup(a, "");
        if (f->errors)
            tail = arena_printf(a, pen_phrase(&pen, PHRASE_COUNT_FIX), f->errors);
        char *lead = arena_printf(a, " %s  ", text_in(verdict_short_name(f->state), style->lang));
        pen_entry(&pen, verdict_tint(f->state), lead, 6, f->name, *tail ? tail : NULL);
    }
    arena_free(a);
}
