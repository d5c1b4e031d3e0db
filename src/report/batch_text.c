/* A batch as text: one line a file while it goes on, the summary at the end. */
#include "report/batch.h"
#include "report/pen.h"

enum { MOST_RULES = 20 };

static Tint state_tint(VerdictState s) {
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

static Pen pen_to(const ReportStyle *style, Sink *to) {
    return (Pen){to, arena_new(), style->lang, style->width, style->colour};
}

void batch_text_file(Batch *b, size_t i, Report *r, const ReportStyle *style, Sink *to) {
    const BatchFile *f = &b->files[i];
    Pen pen = pen_to(style, to);
    (void)r;
    pen_tinted(&pen, state_tint(f->state), text_in(verdict_short_name(f->state), style->lang));
    sink_format(to, "  %s", pen_safe(&pen, f->shown));
    if (f->errors)
        sink_str(to, "   "), sink_format(to, pen_phrase(&pen, PHRASE_COUNT_FIX), f->errors);
    if (f->warnings)
        sink_str(to, "   "), sink_format(to, pen_phrase(&pen, PHRASE_COUNT_LOOK), f->warnings);
    if (f->state == VERDICT_UNREADABLE)
        sink_format(to, "   %s", pen_safe(&pen, text_in(f->why, style->lang)));
    sink_char(to, '\n');
    arena_free(pen.arena);
}

static const char *say(const Pen *pen, const char *zh, const char *en) {
    return pen->lang == LANG_ZH ? zh : en;
}

static void unreadable(const Pen *pen, const Batch *b) {
    bool any = false;
    for (size_t i = 0; i < b->count; i++) {
        const BatchFile *f = &b->files[i];
        if (!f->settled || f->state != VERDICT_UNREADABLE)
            continue;
        if (!any)
            pen_heading(pen, TINT_RED,
                        say(pen, "没法检查的文件", "Files that could not be checked"));
        any = true;
        pen_entry(pen, TINT_RED, " ✗ ", 3,
                  arena_printf(pen->arena, "%s\n%s", pen_safe(pen, f->shown),
                               pen_safe(pen, text_in(f->why, pen->lang))),
                  NULL);
    }
}

static void verdicts(const Pen *pen, const Batch *b) {
    static const VerdictState order[] = {VERDICT_UNREADABLE, VERDICT_FAIL, VERDICT_INCOMPLETE,
                                         VERDICT_CLEAN, VERDICT_PASS};
    pen_heading(pen, TINT_BOLD,
                arena_printf(pen->arena, say(pen, "汇总  %d 个文件", "Summary  %d files"),
                             (int)b->settled));
    for (size_t k = 0; k < sizeof order / sizeof *order; k++) {
        int n = 0;
        for (size_t i = 0; i < b->count; i++)
            n += b->files[i].settled && b->files[i].state == order[k];
        if (!n)
            continue;
        sink_format(pen->to, " %6d  ", n);
        pen_tinted(pen, state_tint(order[k]), text_in(verdict_short_name(order[k]), pen->lang));
        sink_char(pen->to, '\n');
    }
    if (b->passed_over)
        sink_format(pen->to, say(pen, " %6d  不是稿子，没有看\n", " %6d  no artwork, left alone\n"),
                    (int)b->passed_over);
    if (b->settled < b->count)
        sink_format(pen->to, say(pen, " %6d  还没有轮到\n", " %6d  not come to yet\n"),
                    (int)(b->count - b->settled));
}

static void rules(const Pen *pen, const Batch *b) {
    if (!b->rule_count)
        return;
    pen_heading(pen, TINT_BOLD, say(pen, "没做到的规则", "Rules that are not met"));
    for (size_t i = 0; i < b->rule_count && i < MOST_RULES; i++) {
        const BatchRule *r = &b->rules[i];
        char *lead = arena_printf(pen->arena, say(pen, " %6d 个文件  ", " %6d files  "), r->files);
        pen_entry(pen, r->severity == SEVERITY_ERROR ? TINT_RED : TINT_YELLOW, lead,
                  pen_columns(lead), text_in(r->title, pen->lang),
                  arena_printf(pen->arena, "[%s]", r->id));
    }
    if (b->rule_count > MOST_RULES)
        sink_format(pen->to, say(pen, "        还有 %d 条规则\n", "        %d more rules\n"),
                    (int)(b->rule_count - MOST_RULES));
}

static void people(const Pen *pen, const Batch *b) {
    bool any = false;
    for (int w = 0; w < WHO_WORDS; w++) {
        if (!b->who_findings[w])
            continue;
        if (!any)
            pen_heading(pen, TINT_BOLD, say(pen, "该谁动手", "Who has to act"));
        any = true;
        sink_format(pen->to, say(pen, " %6d 个文件  %s，%d 条\n", " %6d files  %s, %d findings\n"),
                    b->who_files[w], text_in(who_name((Who)w), pen->lang), b->who_findings[w]);
    }
}

static void sets(const Pen *pen, const Batch *b) {
    if (!b->set_count)
        return;
    pen_heading(pen, TINT_YELLOW, say(pen, "这一批放在一起看", "The files taken together"));
    for (size_t i = 0; i < b->set_count; i++) {
        const SetFinding *f = &b->sets[i];
        bool error = set_check_severity(f->check) == SEVERITY_ERROR;
        Sink text = sink_memory(pen->arena);
        sink_format(&text, "%s  %s", pen_safe(pen, f->file), text_in(f->message, pen->lang));
        for (size_t k = 0; k < f->also_count && k < SHOWN_PLACES; k++)
            sink_format(&text, "\n%s", pen_safe(pen, f->also[k]));
        if (f->also_count > SHOWN_PLACES)
            sink_format(&text, say(pen, "\n还有 %d 个", "\n%d more"),
                        (int)(f->also_count - SHOWN_PLACES));
        pen_entry(pen, error ? TINT_RED : TINT_YELLOW, error ? " ✗ " : " ! ", 3,
                  arena_copy(pen->arena, sink_text(&text).p, sink_text(&text).n),
                  arena_printf(pen->arena, "[%s]", set_check_id(f->check)));
    }
}

void batch_summary(const Batch *b, const ReportStyle *style, Sink *to) {
    Pen pen = pen_to(style, to);
    sink_char(to, '\n');
    unreadable(&pen, b);
    verdicts(&pen, b);
    rules(&pen, b);
    people(&pen, b);
    sets(&pen, b);
    arena_free(pen.arena);
}
