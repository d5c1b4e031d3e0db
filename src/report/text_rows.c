/* The rows of the checklist in the text report: what nobody proved, what a person ticks, what
 * passed. */
#include "report/text_parts.h"

static const char *row_title(const Pen *pen, const Item *item) {
    return arena_printf(pen->arena, "%d %s", item->row->number,
                        pen_safe(pen, text_in(item->row->title, pen->lang)));
}

static char *reasons(const Pen *pen, const Item *item) {
    char *all = arena_strdup(pen->arena, "");
    const char *stop = pen->lang == LANG_ZH ? "；" : "; ";
    for (size_t i = 0; i < item->reason_count; i++)
        all = arena_printf(pen->arena, "%s%s%s", all, i ? stop : "",
                           text_in(item->reasons[i], pen->lang));
    return all;
}

static void unchecked_rows(const Pen *pen, const Report *r) {
    bool headed = false;
    const char *colon = pen->lang == LANG_ZH ? "：" : ": ";
    for (int i = 0; i < CHECKLIST_ITEMS; i++) {
        const Item *item = &r->items[i];
        if (!item->reason_count)
            continue;
        if (!headed)
            pen_heading(pen, TINT_BOLD, pen_phrase(pen, PHRASE_HEAD_UNCHECKED));
        headed = true;
        char *text = arena_printf(pen->arena, "%s  %s%s%s", text_item_label(pen, item->row->number),
                                  text_in(item->row->title, pen->lang), colon, reasons(pen, item));
        pen_entry(pen, TINT_PLAIN, " ? ", 6, text, NULL);
    }
    for (size_t i = 0; i < r->unproven_count; i++) {
        if (!headed)
            pen_heading(pen, TINT_BOLD, pen_phrase(pen, PHRASE_HEAD_UNCHECKED));
        headed = true;
        char *text = arena_printf(pen->arena, "%s%s%s", text_in(r->unproven[i].what, pen->lang),
                                  colon, text_in(r->unproven[i].why, pen->lang));
        pen_entry(pen, TINT_PLAIN, " ? ", 6, text, NULL);
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

void text_rows(const Pen *pen, const Report *r) {
    unchecked_rows(pen, r);
    human_rows(pen, r);
    row_list(pen, r, ITEM_PASS, PHRASE_HEAD_PASS, TINT_GREEN, "✓ ");
    row_list(pen, r, ITEM_NOT_APPLICABLE, PHRASE_HEAD_NOT_APPLICABLE, TINT_DIM, "");
}

/* "不通过 3（5、9、11）" */
static const char *sum(const Pen *pen, const Report *r, ItemState state) {
    const char *comma = pen_phrase(pen, PHRASE_PAGE_COMMA), *list = "";
    int count = 0;
    for (int i = 0; i < CHECKLIST_ITEMS; i++)
        if (r->items[i].state == state)
            list = arena_printf(pen->arena, "%s%s%d", list, count++ ? comma : "",
                                r->items[i].row->number);
    const char *name = text_in(item_state_name(state), pen->lang);
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
        sums[n++] = sum(pen, r, shown[i]);
    sums[n++] = arena_printf(pen->arena, pen_phrase(pen, PHRASE_EXIT_CODE), exit_code);
    pen_flow(pen, 6, arena_printf(pen->arena, "%s   ", pen_phrase(pen, PHRASE_ROWS)), sums, n);
}
