#include "print/run_sheet.h"
#include "print/sheet_parts.h"

#include <math.h>
#include <string.h>

enum { FILE_LINES = 2, REASON_LINES = 3, NARROW_FILE = 88 };

typedef struct Run {
    const Batch *batch;
    const char *as_of;
} Run;

static const Column file_columns[] = {{0, 8, SAY_NOTHING},       {9, NARROW_FILE, SAY_RUN_FILE},
                                      {99, 26, SAY_RUN_VERDICT}, {126, 24, SAY_RUN_SIZE},
                                      {151, 10, SAY_RUN_PAGES},  {162, 14, SAY_RUN_MUST}};
enum { FILE_NUMBER, FILE_NAME, FILE_VERDICT, FILE_SIZE, FILE_PAGES, FILE_MUST, FILE_COLUMNS };

static const Column rule_columns[] = {
    {0, 110, SAY_RUN_RULE}, {112, 24, SAY_RUN_WHO}, {138, 38, SAY_RUN_FOUND_IN}};
enum { RULE_TITLE, RULE_WHO, RULE_FILES, RULE_COLUMNS };

static Icon verdict_icon(VerdictState v) {
    switch (v) {
    case VERDICT_PASS:
    case VERDICT_CLEAN:
        return ICON_CHECK;
    case VERDICT_FAIL:
        return ICON_CROSS;
    case VERDICT_INCOMPLETE:
        return ICON_DASH;
    case VERDICT_UNREADABLE:
        return ICON_QUERY;
    }
    return ICON_NONE;
}

/* "可以出片" of "✓ 可以出片": the mark is drawn. */
static const char *verdict_words(const Sheet *s, VerdictState v) {
    const char *name = text_in(verdict_short_name(v), s->lang), *space = strchr(name, ' ');
    return space ? space + 1 : name;
}

static const char *size_words(const Sheet *s, const BatchFile *f) {
    char w[32], h[32];
    if (isnan(f->trim_w) || isnan(f->trim_h))
        return "";
    number_format(w, sizeof w, f->trim_w, 1);
    number_format(h, sizeof h, f->trim_h, 1);
    return sheet_join(s, "%s×%s", w, h);
}

static const char *count_words(const Sheet *s, int n) {
    return n > 0 ? sheet_join(s, "%d", n) : "";
}

static void file_row(Sheet *s, const BatchFile *f, int number) {
    Row *row = row_new(s, file_columns, FILE_COLUMNS);
    Cell *verdict = &row->cells[FILE_VERDICT];
    bool bad = f->state == VERDICT_FAIL || f->state == VERDICT_UNREADABLE;
    cell_say(&row->cells[FILE_NUMBER], FACE_LABEL, sheet_join(s, "%d", number));
    cell_fit(s, &row->cells[FILE_NAME], FACE_BODY, sheet_safe(s, f->shown), FILE_LINES);
    cell_fit(s, &row->cells[FILE_NAME], FACE_LABEL, sheet_safe_in(s, f->why), REASON_LINES);
    verdict->icon = verdict_icon(f->state);
    verdict->alarm = bad;
    cell_say(verdict, bad ? FACE_STRONG : FACE_BODY, verdict_words(s, f->state));
    cell_say(&row->cells[FILE_SIZE], FACE_BODY, size_words(s, f));
    cell_say(&row->cells[FILE_PAGES], FACE_BODY, count_words(s, f->pages));
    cell_say(&row->cells[FILE_MUST], FACE_BODY, count_words(s, f->errors));
    table_row(s, row);
}

static void files(Sheet *s, const Batch *b) {
    int number = 0;
    flow_heading(s, sheet_say(s, SAY_RUN_FILES), "");
    table_begin(s, file_columns, FILE_COLUMNS);
    for (size_t i = 0; i < b->count; i++)
        if (b->files[i].settled)
            file_row(s, &b->files[i], ++number);
    table_end(s);
}

static void rules(Sheet *s, const Batch *b) {
    if (!b->rule_count)
        return;
    flow_heading(s, sheet_say(s, SAY_RUN_RULES), "");
    table_begin(s, rule_columns, RULE_COLUMNS);
    for (size_t i = 0; i < b->rule_count; i++) {
        const BatchRule *r = &b->rules[i];
        Row *row = row_new(s, rule_columns, RULE_COLUMNS);
        row->cells[RULE_TITLE].alarm = r->severity == SEVERITY_ERROR;
        cell_say(&row->cells[RULE_TITLE], FACE_BODY, sheet_safe_in(s, r->title));
        cell_say(&row->cells[RULE_WHO], FACE_BODY, text_in(who_name(r->who), s->lang));
        cell_say(&row->cells[RULE_FILES], FACE_BODY, sheet_join(s, "%d", r->files));
        table_row(s, row);
    }
    table_end(s);
}

static void sets(Sheet *s, const Batch *b) {
    if (!b->set_count)
        return;
    flow_heading(s, sheet_say(s, SAY_RUN_SETS), "");
    for (size_t i = 0; i < b->set_count; i++) {
        const SetFinding *f = &b->sets[i];
        const char *text =
            sheet_join(s, "%s  %s", sheet_safe(s, f->file), sheet_safe_in(s, f->message));
        for (size_t k = 0; k < f->also_count && k < SHOWN_PLACES; k++)
            text = sheet_join(s, "%s\n%s", text, sheet_safe(s, f->also[k]));
        flow_text(s, FACE_BODY, text);
    }
}

static void draw_title(Sheet *s, const void *what, double y) {
    (void)what;
    const Run *run = s->subject;
    type_draw(s, FACE_TITLE, sheet_say(s, SAY_RUN_TITLE), 0, y, COLUMN_W, ALIGN_LEFT);
    type_draw(s, FACE_BODY,
              sheet_join(s, sheet_say(s, SAY_RUN_COUNTS), (int)run->batch->settled,
                         sheet_safe(s, run->as_of)),
              0, y + type_leading(FACE_TITLE), COLUMN_W, ALIGN_LEFT);
}

static void sums(Sheet *s, const Batch *b) {
    static const VerdictState order[] = {VERDICT_UNREADABLE, VERDICT_FAIL, VERDICT_INCOMPLETE,
                                         VERDICT_CLEAN, VERDICT_PASS};
    for (size_t k = 0; k < sizeof order / sizeof *order; k++) {
        int n = 0;
        for (size_t i = 0; i < b->count; i++)
            n += b->files[i].settled && b->files[i].state == order[k];
        if (n)
            flow_facts(s, verdict_words(s, order[k]), sheet_join(s, "%d", n));
    }
}

static void compose(Sheet *s) {
    const Batch *b = ((const Run *)s->subject)->batch;
    flow_add(s, type_leading(FACE_TITLE) + type_leading(FACE_BODY), 0, draw_title, NULL);
    sums(s, b);
    sets(s, b);
    files(s, b);
    rules(s, b);
    sheet_overlong(s);
    flow_lay(s);
}

static void footer(Sheet *s) {
    const double y = BODY_BOTTOM + MM(3);
    rule_draw(s, 0, y, COLUMN_W, HAIR, TONE_HAIR);
    type_draw(s, FACE_LABEL, "chupin " CHUPIN_VERSION, 0, y + 3, COLUMN_W, ALIGN_LEFT);
    type_draw(s, FACE_LABEL, sheet_join(s, sheet_say(s, SAY_PAGE_OF), s->page, s->page_count), 0,
              y + 3, COLUMN_W, ALIGN_RIGHT);
}

static SheetTitle title(Sheet *s) {
    return (SheetTitle){sheet_say(s, SAY_RUN_TITLE), "", ((const Run *)s->subject)->as_of};
}

void run_sheet(const Batch *b, const ReportStyle *style, const char *as_of, Sink *to) {
    static const Standing none = {0};
    static const Report nothing = {0};
    Run run = {b, as_of};
    Sheet s = {.arena = arena_new(),
               .subject = &run,
               .compose = compose,
               .footer = footer,
               .title = title,
               .r = &nothing,
               .style = style,
               .standing = &none,
               .lang = style->lang};
    sheet_make(&s, NULL, to);
    arena_free(s.arena);
}
