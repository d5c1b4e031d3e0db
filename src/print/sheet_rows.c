/* The 15 rows: what the machine proved, what a person answered or has yet to tick. */
#include "print/sheet_parts.h"

static const Column columns[] = {
    {0, 6, SAY_NOTHING},        {7, 62, SAY_COLUMN_ITEM},       {71, 22, SAY_COLUMN_MACHINE},
    {95, 34, SAY_COLUMN_HUMAN}, {130, 24, SAY_COLUMN_WHO_WHEN}, {155, 21, SAY_COLUMN_NOTE}};
enum {
    NUMBER,
    TITLE,
    MACHINE,
    HUMAN,
    WHO_WHEN,
    NOTE,
    COLUMNS,
    LEAST_MM = 8, /* room for a pen */
    SHOWN_REASONS = 3,
    NAME_LINES = 2,
    NOTE_LINES = 4
};

static Icon machine_icon(MachineState m) {
    switch (m) {
    case MACHINE_PASS:
        return ICON_CHECK;
    case MACHINE_FAIL:
        return ICON_CROSS;
    case MACHINE_UNCHECKED:
        return ICON_QUERY;
    case MACHINE_NONE:
    case MACHINE_NOT_APPLICABLE:
        return ICON_DASH;
    }
    return ICON_NONE;
}

static void say_title(Sheet *s, Cell *c, const Item *item) {
    cell_say(c, FACE_STRONG, sheet_safe_in(s, item->row->title));
    if (item->row->human)
        cell_say(c, FACE_NOTE, sheet_safe_in(s, item->row->human_question));
    for (size_t i = 0; i < item->reason_count && i < SHOWN_REASONS; i++)
        cell_say(c, FACE_LABEL, sheet_safe_in(s, item->reasons[i]));
}

static const char *numbers_under(Sheet *s, const Item *item) {
    const char *all = "";
    int all_numbers = (int)s->numbers.count;
    for (int n = 1; n <= all_numbers; n++)
        if (s->numbers.lines[n - 1].worst->item == item->row->number)
            all = sheet_join(s, "%s%s%d", all, *all ? phrase(PHRASE_PAGE_COMMA, s->lang) : "", n);
    return all;
}

static void say_machine(Sheet *s, Cell *c, const Item *item) {
    c->icon = machine_icon(item->machine);
    c->alarm = item->machine == MACHINE_FAIL;
    cell_say(c, c->alarm ? FACE_STRONG : FACE_BODY,
             text_in(machine_state_name(item->machine), s->lang));
    const char *numbers = numbers_under(s, item);
    if (*numbers)
        cell_say(c, FACE_LABEL, sheet_join(s, sheet_say(s, SAY_SEE_NUMBERS), numbers));
}

static void say_human(Sheet *s, Row *row, const Item *item) {
    Cell *c = &row->cells[HUMAN], *who = &row->cells[WHO_WHEN], *note = &row->cells[NOTE];
    const Answer *a = item->answer;
    if (item->human == HUMAN_NONE && item->state != ITEM_UNCHECKED && !a) {
        cell_say(c, FACE_LABEL, sheet_say(s, SAY_NOBODY));
        return;
    }
    c->tick_words[0] = sheet_say(s, SAY_YES), c->ticks[0] = a && a->state == HUMAN_YES;
    c->tick_words[1] = sheet_say(s, SAY_NO), c->ticks[1] = a && a->state == HUMAN_NO;
    c->tick_words[2] = sheet_say(s, SAY_NA), c->ticks[2] = a && a->state == HUMAN_NA;
    if (!a)
        return;
    cell_fit(s, who, FACE_STRONG, sheet_after(s, sheet_safe(s, a->by), sheet_safe(s, a->role)),
             NAME_LINES);
    cell_say(who, FACE_LABEL, sheet_safe(s, a->at));
    cell_fit(s, note, FACE_NOTE, sheet_safe(s, a->note), NOTE_LINES);
    if (a->carried_from)
        cell_say(note, FACE_LABEL, sheet_join(s, sheet_say(s, SAY_CARRIED), a->carried_from));
}

void sheet_rows(Sheet *s) {
    flow_heading(s, sheet_say(s, SAY_ROWS), sheet_say(s, SAY_ROWS_ASIDE));
    s->blocks[s->block_count - 1].fresh = true;
    table_begin(s, columns, COLUMNS);
    for (int i = 0; i < CHECKLIST_ITEMS; i++) {
        const Item *item = &s->r->items[i];
        Row *row = row_new(s, columns, COLUMNS);
        row->least = MM(LEAST_MM);
        cell_say(&row->cells[NUMBER], FACE_STRONG, sheet_join(s, "%d", item->row->number));
        say_title(s, &row->cells[TITLE], item);
        say_machine(s, &row->cells[MACHINE], item);
        say_human(s, row, item);
        table_row(s, row);
    }
    table_end(s);
}
