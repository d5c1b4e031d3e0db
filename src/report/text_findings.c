/* The findings of the text report: one line a rule, what to do under it. */
#include "report/gather.h"
#include "report/text_parts.h"

#include <string.h>

enum { INDENT = 6 };

char *text_item_label(const Pen *pen, int item) {
    char *label = arena_printf(pen->arena, pen_phrase(pen, PHRASE_ITEM), item);
    return arena_printf(pen->arena, "%s%*s", label, ITEM_LABEL_COLUMNS - pen_columns(label), "");
}

char *text_pages(const Pen *pen, const int *pages, size_t count) {
    const char *comma = pen_phrase(pen, PHRASE_PAGE_COMMA);
    if (!count || pages[0] == 0)
        return arena_strdup(pen->arena, pen_phrase(pen, PHRASE_WHOLE_FILE));
    return arena_printf(pen->arena, pen_phrase(pen, count == 1 ? PHRASE_ON_PAGE : PHRASE_ON_PAGES),
                        page_list(pen->arena, pages, count, comma));
}

static const char *millimetres(const Pen *pen, double value) {
    char *out = arena_alloc(pen->arena, 32);
    number_format(out, 32, value, 1);
    return out;
}

/* Where the worst hit is, for whoever has to find a hair on a poster; NULL when it has no box. */
static const char *where(const Pen *pen, const Finding *f) {
    if (f->page == 0 || !f->place_count || !f->places[0].boxed)
        return NULL;
    const Box *box = &f->places[0].box;
    return arena_printf(pen->arena,
                        pen_phrase(pen, f->origin_is_trim ? PHRASE_PLACE_TRIM : PHRASE_PLACE_MEDIA),
                        millimetres(pen, box->x0), millimetres(pen, box->y0));
}

/* "从 v2 起就有，张总 签过"; NULL when it came in with this version, or nobody knows. */
static const char *came_in(const Pen *pen, const Report *r, const Finding *f) {
    if (!r->standing || !f->since || f->since >= r->standing->version)
        return NULL;
    if (f->signed_by)
        return arena_printf(pen->arena, pen_phrase(pen, PHRASE_SINCE_SIGNED), f->since,
                            pen_safe(pen, f->signed_by));
    return arena_printf(pen->arena, pen_phrase(pen, PHRASE_SINCE), f->since);
}

static void details(const Pen *pen, const Report *r, const Line *line) {
    const Finding *f = line->worst;
    const char *shown[6];
    size_t n = 0;
    shown[n++] = arena_printf(pen->arena, "%s%s", pen_phrase(pen, PHRASE_WHO),
                              text_in(who_name(f->who), pen->lang));
    if (where(pen, f))
        shown[n++] = where(pen, f);
    const char *from = f->required.present ? text_in(f->required.from, pen->lang) : NULL;
    if (from)
        shown[n++] =
            arena_printf(pen->arena, "%s%s", pen_phrase(pen, PHRASE_FROM), pen_safe(pen, from));
    if (came_in(pen, r, f))
        shown[n++] = came_in(pen, r, f);
    if (line->waived)
        shown[n++] = arena_printf(pen->arena, pen_phrase(pen, PHRASE_SOME_WAIVED), line->waived);
    bool can_be_waived = r->standing && r->standing->run && f->outcome == OUTCOME_FAIL &&
                         !finding_is_of_record(f);
    if (can_be_waived && !f->waiver)
        shown[n++] = arena_printf(pen->arena, pen_phrase(pen, PHRASE_FINGERPRINT),
                                  pen_safe(pen, f->fingerprint));
    pen_flow(pen, INDENT, "      ", shown, n);
}

/* The words belong to one page; the others are named under it. */
static void other_pages(const Pen *pen, const Line *line) {
    int *others = ARENA_ARRAY(pen->arena, int, line->page_count);
    size_t n = 0;
    for (size_t i = 0; i < line->page_count; i++)
        if (line->pages[i] != line->worst->page && line->pages[i] != 0)
            others[n++] = line->pages[i];
    if (n)
        pen_entry(pen, TINT_PLAIN,
                  arena_printf(pen->arena, "      %s", pen_phrase(pen, PHRASE_SAME_ON)), INDENT,
                  text_pages(pen, others, n), NULL);
}

/* "新 " or "仍有 " before the sentence; nothing without a run before. */
static const char *mark(const Pen *pen, const Line *line) {
    const char *name = text_in(progress_name(line->progress), pen->lang);
    return *name ? arena_printf(pen->arena, pen->lang == LANG_ZH ? "〔%s〕" : "[%s] ", name) : "";
}

/* Some pages had it before, others did not. */
static void new_pages(const Pen *pen, const Line *line) {
    if (line->progress == PROGRESS_NONE && line->new_count)
        pen_entry(pen, TINT_PLAIN,
                  arena_printf(pen->arena, "      %s", pen_phrase(pen, PHRASE_NEW_ON)), INDENT,
                  text_pages(pen, line->new_pages, line->new_count), NULL);
}

static void finding_line(const Pen *pen, const Report *r, const Line *line,
                         const TextSection *section) {
    const Finding *f = line->worst;
    bool all_pages = line->alike && line->pages[0] != 0;
    char *lead = arena_printf(pen->arena, " %s ", section->sign);
    char *where_text =
        all_pages ? text_pages(pen, line->pages, line->page_count) : text_pages(pen, &f->page, 1);
    const char *hits =
        line->hits > 1 ? arena_printf(pen->arena, pen_phrase(pen, PHRASE_HITS), line->hits) : "";
    char *text = arena_printf(pen->arena, "%s  %s  %s%s%s", text_item_label(pen, f->item),
                              where_text, mark(pen, line), text_in(f->message, pen->lang), hits);
    pen_entry(pen, section->tint, lead, INDENT, text, arena_printf(pen->arena, "[%s]", f->rule));
    if (!all_pages)
        other_pages(pen, line);
    new_pages(pen, line);
    const char *fix = text_in(f->fix, pen->lang);
    if (fix && *fix && section->with_fix)
        pen_entry(pen, TINT_PLAIN,
                  arena_printf(pen->arena, "      %s", pen_phrase(pen, PHRASE_FIX)),
                  INDENT + pen_columns(pen_phrase(pen, PHRASE_FIX)), fix, NULL);
    details(pen, r, line);
}

void text_findings(const Pen *pen, const Report *r, const TextSection *section) {
    size_t count;
    Line *lines = gather_lines(pen->arena, r, OUTCOME_FAIL, section->severity, &count);
    if (!count)
        return;
    pen_heading(pen, section->tint, pen_phrase(pen, section->title));
    for (size_t i = 0; i < count && i < SHOWN_LINES; i++)
        finding_line(pen, r, &lines[i], section);
    if (count > SHOWN_LINES) {
        char *more =
            arena_printf(pen->arena, pen_phrase(pen, PHRASE_MORE), (int)(count - SHOWN_LINES));
        pen_entry(pen, TINT_PLAIN, "   ", 3, more, NULL);
    }
}
