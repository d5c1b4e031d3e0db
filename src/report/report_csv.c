/* A table for spreadsheets: one finding a row, and one row for a file without any. UTF-8 with a
 * byte order mark, without which Excel takes Chinese for GBK; quoting and CRLF as in RFC 4180.
 *
 * A field that a spreadsheet would run as a formula begins with an apostrophe. */
#include "report/write.h"

#include <math.h>
#include <string.h>

typedef enum Column {
#define COLUMN(ID, zh, en) COLUMN_##ID,
#include "report/csv_columns.def"
#undef COLUMN
    COLUMNS
} Column;

typedef struct Row {
    Sink *to;
    Arena *arena;
    Lang lang;
    const Report *r;
    const char *cells[COLUMNS]; /* NULL: empty */
} Row;

/* As they are typed, and in the full-width forms that Chinese spreadsheets take as well. A number
 * is none. */
static bool is_formula(const char *text) {
    static const char *const starts[] = {"=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"};
    double value;
    Str s = str_of(text);
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (str_starts(s, starts[i]))
            return number_parse(s, &value) != s.n;
    return false;
}

/* Line ends stay, all else that could disturb is shown. */
static void field(const Row *row, const char *text) {
    sink_char(row->to, '"');
    if (is_formula(text))
        sink_char(row->to, '\'');
    while (*text) {
        size_t n = strcspn(text, "\n");
        for (const char *p = text_printable(row->arena, text, n); *p; p++) {
            if (*p == '"')
                sink_char(row->to, '"');
            sink_char(row->to, *p);
        }
        text += n;
        if (*text == '\n')
            sink_char(row->to, *text++);
    }
    sink_char(row->to, '"');
}

static void row_write(const Row *row) {
    for (int i = 0; i < COLUMNS; i++) {
        if (i)
            sink_char(row->to, ',');
        if (row->cells[i] && *row->cells[i])
            field(row, row->cells[i]);
    }
    sink_str(row->to, "\r\n");
}

static void heads(Row row) {
    static const Text names[COLUMNS] = {
#define COLUMN(ID, zh, en) [COLUMN_##ID] = {zh, en},
#include "report/csv_columns.def"
#undef COLUMN
    };
    for (int i = 0; i < COLUMNS; i++)
        row.cells[i] = text_in(names[i], row.lang);
    sink_str(row.to, "\xef\xbb\xbf");
    row_write(&row);
}

static const char *number(const Row *row, double value) {
    enum { DIGITS = 40 };
    char *out = arena_alloc(row->arena, DIGITS);
    number_format(out, DIGITS, value, REPORT_DECIMALS);
    return out;
}

static const char *whole(const Row *row, int value) {
    return value ? arena_printf(row->arena, "%d", value) : NULL;
}

static const char *measure(const Row *row, const Measure *m) {
    if (!m->present)
        return NULL;
    return m->text ? m->text : number(row, m->number);
}

static void finding_place(Row *row, const Finding *f) {
    if (!f->place_count || !f->places[0].boxed)
        return;
    const Box *b = &f->places[0].box;
    row->cells[COLUMN_ORIGIN] = f->origin_is_trim ? "trim" : "media";
    row->cells[COLUMN_X] = number(row, b->x0);
    row->cells[COLUMN_Y] = number(row, b->y0);
    row->cells[COLUMN_W] = number(row, b->x1 - b->x0);
    row->cells[COLUMN_H] = number(row, b->y1 - b->y0);
}

static void finding(Row row, const Finding *f) {
    const Item *item = &row.r->items[f->item];
    bool open = f->outcome == OUTCOME_UNCHECKED;
    row.cells[COLUMN_SEVERITY] = text_in(severity_name(f->severity), row.lang);
    row.cells[COLUMN_OUTCOME] =
        text_in(item_state_name(open ? ITEM_UNCHECKED : ITEM_FAIL), row.lang);
    row.cells[COLUMN_ITEM] = arena_printf(row.arena, "%d", f->item);
    row.cells[COLUMN_TITLE] = item->row ? text_in(item->row->title, row.lang) : NULL;
    row.cells[COLUMN_PAGE] = whole(&row, f->page);
    row.cells[COLUMN_COUNT] = whole(&row, f->count);
    row.cells[COLUMN_MESSAGE] = text_in(f->message, row.lang);
    row.cells[COLUMN_MEASURED] = measure(&row, &f->measured);
    row.cells[COLUMN_REQUIRED] = measure(&row, &f->required);
    row.cells[COLUMN_UNIT] = f->measured.present ? f->measured.unit : f->required.unit;
    row.cells[COLUMN_FROM] = f->required.present ? text_in(f->required.from, row.lang) : NULL;
    row.cells[COLUMN_FIX] = text_in(f->fix, row.lang);
    row.cells[COLUMN_WHO] = text_in(who_name(f->who), row.lang);
    row.cells[COLUMN_PROGRESS] = text_in(progress_name(f->progress), row.lang);
    row.cells[COLUMN_SINCE] = whole(&row, f->since);
    row.cells[COLUMN_WAIVED_BY] = f->waiver ? f->waiver->by : NULL;
    row.cells[COLUMN_WAIVED_WHY] = f->waiver ? f->waiver->why : NULL;
    row.cells[COLUMN_RULE] = f->rule;
    row.cells[COLUMN_FINGERPRINT] = f->fingerprint;
    finding_place(&row, f);
    row_write(&row);
}

void report_csv(const Report *r, const ReportStyle *style, Sink *to) {
    Row row = {.to = to, .arena = arena_new(), .lang = style->lang, .r = r};
    if (!style->again)
        heads(row);
    row.cells[COLUMN_FILE] = r->file.name;
    row.cells[COLUMN_VERDICT] = text_in(verdict_short_name(r->verdict.state), row.lang);
    row.cells[COLUMN_SHA256] = r->file.sha256;
    for (size_t i = 0; i < r->finding_count; i++)
        finding(row, &r->findings[i]);
    if (!r->finding_count) {
        row.cells[COLUMN_MESSAGE] =
            text_in(r->file.unreadable.zh ? r->file.unreadable : verdict_sentence(r), row.lang);
        row_write(&row);
    }
    arena_free(row.arena);
}
