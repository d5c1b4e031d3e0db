/* The rows of the checklist in the text report: what nobody proved, what a person ticks, what
 * passed. */
#include "report/text_parts.h"

#include <string.h>

static const char *row_title(const Pen *pen, const Item *item) {
    return arena_printf(pen->arena, "%d %s", item->row->number,
                        pen_safe(pen, text_in(item->row->title, pen->lang)));
}

/* What no rule measures yet is the same for every file; it is told apart from what this file or its
 * sheet left open. */
static bool is_standing(const Item *item, Text reason) {
    for (size_t i = 0; i < item->row->unproven_count; i++)
        if (streq(item->row->unproven[i].zh, reason.zh))
            return true;
    return false;
}

/* Without its full stop: several are joined into one sentence. */
static Str reason_text(const Pen *pen, Text reason) {
    static const char *const stops[] = {"。", "."};
    Str s = str_of(text_in(reason, pen->lang));
    for (size_t i = 0; i < sizeof stops / sizeof *stops; i++) {
        Str stop = str_of(stops[i]);
        if (s.n > stop.n && str_eq((Str){s.p + s.n - stop.n, stop.n}, stop))
            s.n -= stop.n;
    }
    return s;
}

/* Joined; NULL when the row has none of that kind. What a file left open is long and gets a line
 * each. */
static const char *reasons(const Pen *pen, const Report *r, const Item *item, bool standing) {
    const char *all = NULL, *joint = !standing ? "\n" : pen->lang == LANG_ZH ? "；" : "; ";
    for (size_t i = 0; i < item->reason_count; i++) {
        Str s = reason_text(pen, item->reasons[i]);
        bool said = streq(item->reasons[i].zh, r->file.unreadable.zh); /* under the verdict */
        if (!said && is_standing(item, item->reasons[i]) == standing)
            all = arena_printf(pen->arena, "%s%s%.*s", all ? all : "", all ? joint : "", (int)s.n,
                               s.p);
    }
    return all;
}

static void head_once(const Pen *pen, bool *headed, Phrase head) {
    if (!*headed)
        pen_heading(pen, TINT_BOLD, pen_phrase(pen, head));
    *headed = true;
}

static void unchecked_line(const Pen *pen, const char *what, const char *why) {
    const char *colon = pen->lang == LANG_ZH ? "：" : ": ", *line = strchr(why, '\n') ? "\n" : "";
    char *text = arena_printf(pen->arena, "%s%s%s%s", what, colon, line, why);
    pen_entry(pen, TINT_PLAIN, " ? ", 6, text, NULL);
}

static void unchecked_rows(const Pen *pen, const Report *r) {
    bool headed = false;
    for (int i = 0; i < CHECKLIST_ITEMS; i++) {
        const ChecklistItem *row = r->items[i].row;
        const char *why = reasons(pen, r, &r->items[i], false);
        if (!why)
            continue;
        head_once(pen, &headed, PHRASE_HEAD_UNCHECKED);
        unchecked_line(pen,
                       arena_printf(pen->arena, "%s  %s", text_item_label(pen, row->number),
                                    text_in(row->title, pen->lang)),
                       why);
    }
    for (size_t i = 0; i < r->unproven_count; i++) {
        head_once(pen, &headed, PHRASE_HEAD_UNCHECKED);
        unchecked_line(pen, text_in(r->unproven[i].what, pen->lang),
                       text_in(r->unproven[i].why, pen->lang));
    }
}

static void standing_rows(const Pen *pen, const Report *r) {
    bool headed = false;
    for (int i = 0; i < CHECKLIST_ITEMS; i++) {
        bool answered = r->items[i].human == HUMAN_YES || r->items[i].human == HUMAN_NA;
        const char *why = reasons(pen, r, &r->items[i], true);
        if (!why || answered)
            continue;
        head_once(pen, &headed, PHRASE_HEAD_STANDING);
        pen_entry(pen, TINT_PLAIN, arena_printf(pen->arena, " %2d  ", r->items[i].row->number), 5,
                  why, NULL);
    }
}

static void human_rows(const Pen *pen, const Report *r) {
    const char *titles[CHECKLIST_ITEMS];
    size_t n = 0;
    for (int i = 0; i < CHECKLIST_ITEMS; i++)
        if (r->items[i].human == HUMAN_PENDING)
            titles[n++] = arena_printf(pen->arena, "□ %s", row_title(pen, &r->items[i]));
    if (!n)
        return;
    pen_heading(pen, TINT_BOLD, pen_phrase(pen, PHRASE_HEAD_HUMAN));
    pen_flow(pen, 1, " ", titles, n);
}

static void row_list(const Pen *pen, const Report *r, ItemState state, Phrase head, Tint tint,
                     const char *sign) {
    const char *titles[CHECKLIST_ITEMS];
    size_t n = 0;
    for (int i = 0; i < CHECKLIST_ITEMS; i++)
        if (r->items[i].state == state)
            titles[n++] = arena_printf(pen->arena, "%s%s", sign, row_title(pen, &r->items[i]));
    if (!n)
        return;
    pen_heading(pen, tint, pen_phrase(pen, head));
    pen_flow(pen, 1, " ", titles, n);
}

void text_rows(const Pen *pen, const Report *r, bool standing) {
    unchecked_rows(pen, r);
    if (standing && !r->file.unreadable.zh)
        standing_rows(pen, r);
    if (!r->file.unreadable.zh)
        human_rows(pen, r);
    row_list(pen, r, ITEM_PASS, PHRASE_HEAD_PASS, TINT_GREEN, "✓ ");
    row_list(pen, r, ITEM_NOT_APPLICABLE, PHRASE_HEAD_NOT_APPLICABLE, TINT_DIM, "");
}

/* "不通过 3（5、9、11）"; NULL when there is nothing to say. */
static const char *sum(const Pen *pen, const Report *r, ItemState state) {
    const char *comma = pen_phrase(pen, PHRASE_PAGE_COMMA), *list = "";
    int count = 0;
    for (int i = 0; i < CHECKLIST_ITEMS; i++)
        if (r->items[i].state == state)
            list = arena_printf(pen->arena, "%s%s%d", list, count++ ? comma : "",
                                r->items[i].row->number);
    const char *name = text_in(item_state_name(state), pen->lang);
    if (!count && state != ITEM_PASS && state != ITEM_FAIL)
        return NULL;
    if (!count || state == ITEM_PASS)
        return arena_printf(pen->arena, "%s %d", name, count);
    return arena_printf(pen->arena, pen->lang == LANG_ZH ? "%s %d（%s）" : "%s %d (%s)", name,
                        count, list);
}

void text_row_sums(const Pen *pen, const Report *r, int exit_code) {
    static const ItemState shown[] = {ITEM_PASS, ITEM_FAIL, ITEM_UNCHECKED, ITEM_HUMAN,
                                      ITEM_NOT_APPLICABLE};
    const char *sums[6];
    size_t n = 0;
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
        if (sum(pen, r, shown[i]))
            sums[n++] = sum(pen, r, shown[i]);
    sums[n++] = arena_printf(pen->arena, pen_phrase(pen, PHRASE_EXIT_CODE), exit_code);
    pen_flow(pen, 6, arena_printf(pen->arena, "%s   ", pen_phrase(pen, PHRASE_ROWS)), sums, n);
}
