/* What is open: must-fix items in full, warnings shortly, and what could not be checked. */
#include "print/sheet_parts.h"

#include <math.h>

static const Column must_columns[] = {{0, 8, SAY_NOTHING},
                                      {9, 112, SAY_COLUMN_WHAT},
                                      {125, 27, SAY_COLUMN_PAGE},
                                      {156, 20, SAY_COLUMN_WHO_MENDS}};
static const Column plain_columns[] = {
    {0, 8, SAY_NOTHING}, {9, 140, SAY_COLUMN_UNCHECKED}, {153, 23, SAY_COLUMN_PAGE}};
enum { NUMBER, WHAT, PAGE, WHO, MUST_COLUMNS, PLAIN_COLUMNS = PAGE + 1 };

static const char *progress_text(const Sheet *s, const Finding *f) {
    const char *text = f->progress == PROGRESS_NEW     ? sheet_say(s, SAY_NEW)
                       : f->progress == PROGRESS_STILL ? sheet_say(s, SAY_STILL)
                                                       : "";
    if (f->since)
        text = sheet_after(s, text, sheet_join(s, sheet_say(s, SAY_SINCE), f->since));
    if (f->signed_by && *f->signed_by)
        text = sheet_after(
            s, text, sheet_join(s, sheet_say(s, SAY_SIGNED_BEFORE), sheet_safe(s, f->signed_by)));
    return text;
}

static const char *place_text(const Sheet *s, const Finding *f) {
    if (!f->page || !f->place_count || !f->places[0].boxed)
        return "";
    char x[32], y[32];
    number_format(x, sizeof x, f->places[0].box.x0, 1);
    number_format(y, sizeof y, f->places[0].box.y0, 1);
    return sheet_join(
        s, phrase(f->origin_is_trim ? PHRASE_PLACE_TRIM : PHRASE_PLACE_MEDIA, s->lang), x, y);
}

static const char *required_text(const Sheet *s, const Finding *f) {
    const char *from = f->required.present ? sheet_safe_in(s, f->required.from) : "";
    return *from ? sheet_join(s, "%s%s", phrase(PHRASE_FROM, s->lang), from) : "";
}

static void say_pages(Sheet *s, Cell *c, const Line *line) {
    cell_say(c, FACE_BODY, sheet_page_list(s, line->pages, line->page_count));
    if (line->hits > 1)
        cell_say(c, FACE_LABEL, sheet_join(s, sheet_say(s, SAY_PLACES), line->hits));
    if (!line->alike && line->page_count > 1 && line->worst->page)
        cell_say(c, FACE_LABEL, sheet_join(s, sheet_say(s, SAY_WORST_ON), line->worst->page));
}

static Row *line_row(Sheet *s, int number, Tone tone) {
    const Line *line = &s->numbers.lines[number - 1];
    const Finding *f = line->worst;
    Row *row = row_new(s, must_columns, MUST_COLUMNS);
    row->cells[NUMBER].icon = ICON_DISC, row->cells[NUMBER].number = number;
    row->cells[NUMBER].alarm = tone == TONE_ALARM;
    Cell *what = &row->cells[WHAT];
    bool must = tone == TONE_ALARM;
    const char *item = sheet_join(s, phrase(PHRASE_ITEM, s->lang), f->item);
    cell_say(what, must ? FACE_STRONG : FACE_BODY, sheet_safe_in(s, f->message));
    const char *fix = sheet_safe_in(s, f->fix);
    if (must && *fix)
        cell_say(what, FACE_NOTE, sheet_join(s, "%s%s", sheet_say(s, SAY_FIX), fix));
    if (must)
        cell_say(what, FACE_LABEL, sheet_after(s, place_text(s, f), required_text(s, f)));
    cell_say(what, FACE_LABEL, progress_text(s, f));
    cell_say(what, FACE_LABEL, sheet_join(s, "%s  %s", item, sheet_safe(s, f->rule)));
    say_pages(s, &row->cells[PAGE], line);
    cell_say(&row->cells[WHO], must ? FACE_STRONG : FACE_BODY, text_in(who_name(f->who), s->lang));
    return row;
}

void sheet_must(Sheet *s) {
    if (!s->numbers.must)
        return;
    flow_heading(s, sheet_join(s, "%s  %d", sheet_say(s, SAY_MUST), s->r->verdict.errors),
                 sheet_join(s, sheet_say(s, SAY_MUST_ASIDE), s->numbers.must));
    table_begin(s, must_columns, MUST_COLUMNS);
    for (size_t i = 0; i < s->numbers.must; i++)
        table_row(s, line_row(s, (int)i + 1, TONE_ALARM));
    table_end(s);
}

static void plain_row(Sheet *s, const char *what, const char *why, const char *pages) {
    Row *row = row_new(s, plain_columns, PLAIN_COLUMNS);
    row->cells[NUMBER].icon = ICON_QUERY;
    cell_say(&row->cells[WHAT], FACE_BODY, what);
    cell_say(&row->cells[WHAT], FACE_LABEL, why);
    cell_say(&row->cells[PAGE], FACE_BODY, pages);
    table_row(s, row);
}

static void sheet_unchecked(Sheet *s) {
    size_t counts[SEVERITY_WORDS], all = s->r->unproven_count;
    Line *lines[SEVERITY_WORDS];
    for (int v = 0; v < SEVERITY_WORDS; v++) {
        lines[v] = gather_lines(s->arena, s->r, OUTCOME_UNCHECKED, (Severity)v, &counts[v]);
        all += counts[v];
    }
    if (!all)
        return;
    const char *heading = sheet_say(s, SAY_UNCHECKED);
    int findings = s->r->verdict.unchecked;
    flow_heading(s, findings ? sheet_join(s, "%s  %d", heading, findings) : heading,
                 sheet_say(s, SAY_UNCHECKED_ASIDE));
    table_begin(s, plain_columns, PLAIN_COLUMNS);
    for (int v = 0; v < SEVERITY_WORDS; v++)
        for (size_t i = 0; i < counts[v]; i++) {
            const Line *line = &lines[v][i];
            const char *item = sheet_join(s, phrase(PHRASE_ITEM, s->lang), line->worst->item);
            plain_row(s, sheet_safe_in(s, line->worst->message),
                      sheet_join(s, "%s  %s", item, sheet_safe(s, line->worst->rule)),
                      sheet_page_list(s, line->pages, line->page_count));
        }
    for (size_t i = 0; i < s->r->unproven_count; i++)
        plain_row(s, sheet_safe_in(s, s->r->unproven[i].what),
                  sheet_safe_in(s, s->r->unproven[i].why), "");
    table_end(s);
}

void sheet_look(Sheet *s) {
    if (s->numbers.count > s->numbers.must) {
        flow_heading(s, sheet_join(s, "%s  %d", sheet_say(s, SAY_LOOK), s->r->verdict.warnings),
                     "");
        table_begin(s, must_columns, MUST_COLUMNS);
        for (size_t i = s->numbers.must; i < s->numbers.count; i++)
            table_row(s, line_row(s, (int)i + 1, TONE_INK));
        table_end(s);
    }
    sheet_unchecked(s);
}
