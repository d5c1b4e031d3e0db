/* Rows of cells: a mark, boxes to tick, and paragraphs under each other. A row is never cut. */
#include "print/sheet_parts.h"

static const double row_air = 3.0; /* above and below the text, pt */
static const double icon_room = ICON_SIZE + 4;

void cell_say(Cell *c, Face f, const char *text) {
    if (*text && c->count < CELL_PARAS)
        c->paras[c->count++] = (Para){f, text};
}

static double text_start(const Cell *c) {
    if (c->icon == ICON_NONE)
        return 0;
    return c->icon == ICON_DISC ? MM(7) : icon_room;
}

void cell_fit(Sheet *s, Cell *c, Face f, const char *text, int lines) {
    cell_say(c, f, sheet_fit(s, text, f, c->w - text_start(c), lines));
}

static double ticks_height(const Cell *c) {
    return c->tick_words[0] ? type_leading(FACE_BODY) : 0;
}

static double cell_height(const Sheet *s, const Cell *c) {
    double height = ticks_height(c);
    for (size_t i = 0; i < c->count; i++)
        height += type_height(s, c->paras[i].face, c->paras[i].text, c->w - text_start(c));
    return height;
}

/* Cells of different size share the baseline of their first line. */
static double first_rise(const Cell *c) {
    if (c->tick_words[0])
        return type_rise(FACE_BODY);
    return c->count ? type_rise(c->paras[0].face) : 0;
}

static double row_rise(const Row *row) {
    double rise = 0;
    for (size_t i = 0; i < row->count; i++)
        rise = first_rise(&row->cells[i]) > rise ? first_rise(&row->cells[i]) : rise;
    return rise;
}

double row_height(Sheet *s, const Row *row) {
    double height = 0, rise = row_rise(row);
    for (size_t i = 0; i < row->count; i++) {
        const Cell *c = &row->cells[i];
        double drop = c->count || c->tick_words[0] ? rise - first_rise(c) : 0;
        double needed = drop + cell_height(s, c);
        height = needed > height ? needed : height;
    }
    return height > row->least ? height : row->least;
}

static void draw_icon(Sheet *s, const Cell *c, double y) {
    Tone tone = c->alarm ? TONE_ALARM : TONE_INK;
    double leading = c->count ? type_leading(c->paras[0].face) : type_leading(FACE_BODY);
    if (c->icon == ICON_DISC)
        disc_draw(s, c->number, c->x, y + (leading - MM(4.4)) / 2, MM(4.4), tone);
    else
        icon_draw(s, c->icon, c->x, y + (leading - ICON_SIZE) / 2, ICON_SIZE, tone);
}

static double draw_ticks(Sheet *s, const Cell *c, double y) {
    double x = c->x;
    for (size_t i = 0; i < 3 && c->tick_words[i]; i++)
        x += tick_draw(s, FACE_BODY, c->ticks[i], c->tick_words[i], x, y) + MM(2.6);
    return ticks_height(c);
}

static void draw_cell(Sheet *s, const Cell *c, double y) {
    if (c->icon != ICON_NONE)
        draw_icon(s, c, y);
    if (c->tick_words[0])
        y += draw_ticks(s, c, y);
    double x = c->x + text_start(c), w = c->w - text_start(c);
    for (size_t i = 0; i < c->count; i++) {
        const Para *p = &c->paras[i];
        if (i == 0 && c->alarm)
            type_draw_in(s, p->face, TONE_ALARM, p->text, x, y, w, c->align);
        else
            type_draw(s, p->face, p->text, x, y, w, c->align);
        y += type_height(s, p->face, p->text, w);
    }
}

void row_draw(Sheet *s, const void *what, double y) {
    const Row *row = what;
    double rise = row_rise(row);
    for (size_t i = 0; i < row->count; i++) {
        const Cell *c = &row->cells[i];
        double drop = c->count || c->tick_words[0] ? rise - first_rise(c) : 0;
        draw_cell(s, c, y + drop);
    }
}

Row *row_new(Sheet *s, const Column *columns, size_t count) {
    Row *row = ARENA_NEW(s->arena, Row);
    row->count = count;
    for (size_t i = 0; i < count; i++)
        row->cells[i] = (Cell){.x = MM(columns[i].x), .w = MM(columns[i].w)};
    return row;
}

static void draw_head(Sheet *s, const void *what, double y) {
    const Row *row = what;
    row_draw(s, row, y + 2);
    rule_draw(s, 0, y + row_height(s, row) + 5, COLUMN_W, 0.7, TONE_INK);
}

void table_begin(Sheet *s, const Column *columns, size_t count) {
    Row *row = row_new(s, columns, count);
    for (size_t i = 0; i < count; i++)
        if (columns[i].title != SAY_NOTHING)
            cell_say(&row->cells[i], FACE_LABEL, sheet_say(s, columns[i].title));
    s->table = 0;
    flow_add(s, row_height(s, row) + 5.5, 1, draw_head, row)->keep = true;
    s->table = s->block_count - 1;
}

static void draw_ruled(Sheet *s, const void *what, double y) {
    const Row *row = what;
    row_draw(s, row, y + row_air);
    rule_draw(s, 0, y + row_height(s, row) + 2 * row_air, COLUMN_W, HAIR, TONE_HAIR);
}

void table_row(Sheet *s, Row *row) {
    flow_add(s, row_height(s, row) + 2 * row_air, 0, draw_ruled, row);
}

void table_end(Sheet *s) {
    s->table = 0;
}
