/* What the record knows, in the text report: progress, waivers, ticks and signatures. */
#include "report/live.h"
#include "report/text_parts.h"

#include <string.h>

enum { INDENT = 6 };

static const char *join(const Pen *pen, const char *const *texts, size_t count) {
    const char *all = "";
    for (size_t i = 0; i < count; i++)
        all = arena_printf(pen->arena, "%s%s%s", all, i ? pen_phrase(pen, PHRASE_PAGE_COMMA) : "",
                           texts[i]);
    return all;
}

/* "比上次（v3）：改好 2、还有 1、新增 0" */
void text_progress(const Pen *pen, const Report *r) {
    const Standing *s = r->standing;
    if (!s || !s->before.name)
        return;
    const char *counts[4];
    size_t n = 0;
    counts[n++] =
        arena_printf(pen->arena, pen_phrase(pen, PHRASE_COUNT_MENDED), (int)s->mended_count);
    counts[n++] =
        arena_printf(pen->arena, pen_phrase(pen, PHRASE_COUNT_STILL), (int)s->still_count);
    counts[n++] = arena_printf(pen->arena, pen_phrase(pen, PHRASE_COUNT_NEW), (int)s->new_count);
    if (s->doubtful_count)
        counts[n++] = arena_printf(pen->arena, pen_phrase(pen, PHRASE_COUNT_DOUBTFUL),
                                   (int)s->doubtful_count);
    const char *what = join(pen, counts, n), *line;
    if (s->before.version)
        line = arena_printf(pen->arena, pen_phrase(pen, PHRASE_SINCE_VERSION),
                            arena_printf(pen->arena, "v%d", s->before.version), what);
    else
        line = arena_printf(pen->arena, pen_phrase(pen, PHRASE_SINCE_BEFORE), what);
    pen_entry(pen, TINT_PLAIN, "      ", INDENT, line, NULL);
}

static const char *comparison(const Pen *pen, const Standing *s) {
    if (s->signed_version.same_bytes)
        return pen_phrase(pen, PHRASE_SAME_BYTES);
    if (!s->signed_version.compared) {
        const char *why = text_in(s->signed_version.why, pen->lang);
        return arena_printf(pen->arena, pen_phrase(pen, PHRASE_NOT_COMPARED), pen_safe(pen, why));
    }
    if (s->signed_version.same_look)
        return pen_phrase(pen, PHRASE_SAME_LOOK);
    return arena_printf(pen->arena, pen_phrase(pen, PHRASE_DIFFERENT), (int)s->difference_count);
}

/* "对照  260115开盘画册_确认稿.pdf（v3，张总 签）  每页画面一致" */
void text_signed_version(const Pen *pen, const Report *r) {
    const Standing *s = r->standing;
    if (!s || !s->signed_version.name)
        return;
    const char *by = arena_printf(pen->arena, pen_phrase(pen, PHRASE_SIGNED_BY),
                                  arena_printf(pen->arena, "v%d", s->signed_version.version),
                                  pen_safe(pen, s->signed_version.by));
    const char *shown[] = {arena_printf(pen->arena, pen->lang == LANG_ZH ? "%s（%s）" : "%s (%s)",
                                        pen_safe(pen, s->signed_version.name), by),
                           comparison(pen, s)};
    pen_flow(pen, HEAD_NAME_COLUMNS, text_head_name(pen, PHRASE_COMPARED), shown,
             sizeof shown / sizeof *shown);
}

void text_live(const Pen *pen, const Report *r) {
    if (!r->live)
        return;
    const char *shown[] = {pen_safe(pen, r->live->name),
                           pen_safe(pen, live_outcome(pen->arena, r->live, pen->lang))};
    pen_flow(pen, HEAD_NAME_COLUMNS, text_head_name(pen, PHRASE_LIVE), shown,
             sizeof shown / sizeof *shown);
}

static const char *whole_finding(const Pen *pen, const Finding *f) {
    return arena_printf(pen->arena, "%s  %s  %s", text_item_label(pen, f->item),
                        text_pages(pen, &f->page, 1), text_in(f->message, pen->lang));
}

static const char *rule_tail(const Pen *pen, const Finding *f) {
    return arena_printf(pen->arena, "[%s]", pen_safe(pen, f->rule));
}

static void more_lines(const Pen *pen, size_t count) {
    if (count > SHOWN_LINES)
        pen_entry(
            pen, TINT_PLAIN, "   ", 3,
            arena_printf(pen->arena, pen_phrase(pen, PHRASE_MORE), (int)(count - SHOWN_LINES)),
            NULL);
}

/* "王磊 2026-01-16：“烫金厂确认可做”   到 v4 止" */
static void waived_because(const Pen *pen, const Waiver *w) {
    const char *by = pen_safe(pen, w->by), *shown[2];
    size_t n = 0;
    if (w->second && *w->second)
        by = arena_printf(pen->arena, pen_phrase(pen, PHRASE_WAIVED_TWO), by,
                          pen_safe(pen, w->second));
    shown[n++] =
        arena_printf(pen->arena, pen_phrase(pen, PHRASE_WAIVED_WHY), by, pen_safe(pen, w->at),
                     pen_safe(pen, waiver_reasons(pen->arena, w, pen->lang)));
    const char *until = w->until_date      ? w->until_date
                        : w->until_version ? arena_printf(pen->arena, "v%d", w->until_version)
                                           : NULL;
    if (until)
        shown[n++] = arena_printf(pen->arena, pen_phrase(pen, PHRASE_UNTIL), pen_safe(pen, until));
    pen_flow(pen, INDENT, "      ", shown, n);
}

void text_waived(const Pen *pen, const Report *r) {
    size_t count = 0;
    for (size_t i = 0; i < r->finding_count; i++) {
        const Finding *f = &r->findings[i];
        if (!f->waiver || count++ >= SHOWN_LINES)
            continue;
        if (count == 1)
            pen_heading(pen, TINT_PLAIN, pen_phrase(pen, PHRASE_HEAD_WAIVED));
        pen_entry(pen, TINT_PLAIN, " ○ ", INDENT, whole_finding(pen, f), rule_tail(pen, f));
        waived_because(pen, f->waiver);
    }
    more_lines(pen, count);
}

void text_mended(const Pen *pen, const Report *r) {
    const Standing *s = r->standing;
    if (!s || !s->mended_count)
        return;
    pen_heading(pen, TINT_GREEN, pen_phrase(pen, PHRASE_HEAD_MENDED));
    for (size_t i = 0; i < s->mended_count && i < SHOWN_LINES; i++)
        pen_entry(pen, TINT_PLAIN, " ✓ ", INDENT, whole_finding(pen, &s->mended[i]),
                  rule_tail(pen, &s->mended[i]));
    more_lines(pen, s->mended_count);
}

static const char *answer_sign(HumanState h) {
    switch (h) {
    case HUMAN_YES:
        return "☑";
    case HUMAN_NO:
        return "☒";
    case HUMAN_NA:
        return "－";
    case HUMAN_NONE:
    case HUMAN_PENDING:
        break;
    }
    return "□";
}

/* "王芳（AE） 2026-01-17 14:03", "沿用 v3", the note. */
static void answer_details(const Pen *pen, const Answer *answer) {
    const char *shown[4], *by = pen_safe(pen, answer->by);
    size_t n = 0;
    if (answer->role && *answer->role)
        by = arena_printf(pen->arena, pen->lang == LANG_ZH ? "%s（%s）" : "%s (%s)", by,
                          pen_safe(pen, answer->role));
    shown[n++] = arena_printf(pen->arena, "%s %s", by, pen_safe(pen, answer->at));
    if (answer->carried_from)
        shown[n++] =
            arena_printf(pen->arena, pen_phrase(pen, PHRASE_CARRIED), answer->carried_from);
    pen_flow(pen, INDENT, "      ", shown, n);
    if (answer->note && *answer->note)
        pen_entry(pen, TINT_PLAIN, "      ", INDENT, answer->note, NULL);
}

void text_answers(const Pen *pen, const Report *r) {
    bool headed = false;
    for (int i = 0; i < CHECKLIST_ITEMS; i++) {
        const Item *item = &r->items[i];
        if (!item->answer)
            continue;
        if (!headed)
            pen_heading(pen, TINT_BOLD, pen_phrase(pen, PHRASE_HEAD_ANSWERED));
        headed = true;
        const char *text = arena_printf(pen->arena, "%d %s  %s", item->row->number,
                                        text_in(item->row->title, pen->lang),
                                        text_in(human_state_name(item->human), pen->lang));
        pen_entry(pen, item->human == HUMAN_NO ? TINT_RED : TINT_PLAIN,
                  arena_printf(pen->arena, " %s ", answer_sign(item->human)), INDENT, text, NULL);
        answer_details(pen, item->answer);
    }
}

static void signature_line(const Pen *pen, const Signature *g) {
    const char *shown[5];
    size_t n = 0;
    shown[n++] = text_in(decision_title(g->decision), pen->lang);
    shown[n++] = arena_printf(pen->arena, "%s %s", pen_safe(pen, g->by), pen_safe(pen, g->at));
    if (g->scan_name)
        shown[n++] = arena_printf(pen->arena, "[%s]", pen_safe(pen, g->scan_name));
    if (g->note && *g->note)
        shown[n++] = pen_safe(pen, g->note);
    pen_flow(pen, INDENT,
             arena_printf(pen->arena, " %s   ", text_in(party_title(g->party), pen->lang)), shown,
             n);
}

void text_signatures(const Pen *pen, const Report *r) {
    const Standing *s = r->standing;
    if (!s || !s->signature_count)
        return;
    const char *missing[PARTIES];
    size_t n = 0;
    pen_heading(pen, TINT_BOLD, pen_phrase(pen, PHRASE_HEAD_SIGNED));
    for (size_t i = 0; i < s->signature_count; i++)
        signature_line(pen, &s->signatures[i]);
    for (Party p = PARTY_DESIGN; p < PARTIES; p++)
        if ((p == PARTY_DIRECTOR || (s->parties >> p & 1)) && !party_approved(s, p))
            missing[n++] = text_in(party_title(p), pen->lang);
    if (n)
        pen_entry(
            pen, TINT_YELLOW, " ", INDENT,
            arena_printf(pen->arena, pen_phrase(pen, PHRASE_SIGNED_MISSING), join(pen, missing, n)),
            NULL);
}
