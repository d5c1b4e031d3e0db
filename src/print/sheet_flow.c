/* A page as a column of blocks. */
#include "print/sheet_parts.h"

#include <string.h>

Block *flow_add(Sheet *s, double height, double before,
                void (*draw)(Sheet *s, const void *what, double y), const void *what) {
    Block *b = ARENA_PUSH(s->arena, s->blocks, s->block_count, s->block_capacity);
    *b =
        (Block){.height = height, .before = before, .draw = draw, .what = what, .repeat = s->table};
    return b;
}

double flow_rest(const Sheet *s) {
    double used = 0;
    for (size_t i = 0; i < s->block_count; i++)
        used += s->blocks[i].height + (i ? s->blocks[i].before : 0);
    return BODY_BOTTOM - BODY_TOP - used;
}

/* What must stay on one page with the block: itself and, while it may not be last, the next. */
static double run_height(const Sheet *s, size_t i) {
    double height = s->blocks[i].height;
    while (s->blocks[i].keep && i + 1 < s->block_count && !s->blocks[i + 1].fresh) {
        i++;
        height += s->blocks[i].before + s->blocks[i].height;
    }
    return height;
}

void flow_lay(Sheet *s) {
    const double room = BODY_BOTTOM - BODY_TOP;
    double y = BODY_TOP;
    s->page_count = 1;
    for (size_t i = 0; i < s->block_count; i++) {
        Block *b = &s->blocks[i];
        bool first = y <= BODY_TOP;
        double need = run_height(s, i);
        if (need > room)
            need = b->height;
        bool full = y + b->before + need > BODY_BOTTOM + 0.01;
        if (!first && (b->fresh || full)) {
            s->page_count++;
            y = BODY_TOP;
            first = true;
            if (b->repeat)
                y += s->blocks[b->repeat].height;
        }
        if (!first)
            y += b->before;
        if (b->foot && y + b->height < BODY_BOTTOM)
            y = BODY_BOTTOM - b->height;
        b->page = s->page_count;
        b->y = y;
        y += b->height;
    }
}

static void draw_heading(Sheet *s, const void *what, double y) {
    const char *const *texts = what;
    double aside = COLUMN_W - type_width(s, FACE_HEADING, texts[0]) - MM(4);
    double drop = type_rise(FACE_HEADING) - type_rise(FACE_LABEL);
    rule_draw(s, 0, y, COLUMN_W, 1.1, TONE_INK);
    type_draw(s, FACE_HEADING, texts[0], 0, y + 4, COLUMN_W, ALIGN_LEFT);
    type_draw(s, FACE_LABEL, texts[1], COLUMN_W - aside, y + 4 + drop, aside, ALIGN_RIGHT);
}

void flow_heading(Sheet *s, const char *title, const char *aside) {
    const char **texts = ARENA_ARRAY(s->arena, const char *, 2);
    texts[0] = title, texts[1] = aside;
    double height = type_leading(FACE_HEADING) + 8;
    flow_add(s, height, MM(5), draw_heading, texts)->keep = true;
}

static void draw_para(Sheet *s, const void *what, double y) {
    const Para *p = what;
    type_draw(s, p->face, p->text, 0, y, COLUMN_W, ALIGN_LEFT);
}

void flow_text(Sheet *s, Face f, const char *text) {
    if (!*text)
        return;
    Para *p = ARENA_NEW(s->arena, Para);
    *p = (Para){f, text};
    flow_add(s, type_height(s, f, text, COLUMN_W), MM(0.8), draw_para, p);
}

void flow_facts(Sheet *s, const char *name, const char *value) {
    if (!*value)
        return;
    Row *row = ARENA_NEW(s->arena, Row);
    row->count = 2;
    row->cells[0] = (Cell){.x = 0, .w = MM(22)};
    row->cells[1] = (Cell){.x = MM(24), .w = COLUMN_W - MM(24)};
    cell_say(&row->cells[0], FACE_LABEL, name);
    cell_say(&row->cells[1], FACE_NOTE, value);
    flow_add(s, row_height(s, row), 0.6, row_draw, row);
}
