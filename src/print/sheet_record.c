/* What the record knows: waivers, how the file stands to the signed version and to the run before.
 */
#include "print/sheet_parts.h"
#include "report/live.h"

static const Column waiver_columns[] = {{0, 60, SAY_COLUMN_RULE},
                                        {64, 52, SAY_COLUMN_WHY},
                                        {120, 28, SAY_COLUMN_WHO},
                                        {152, 24, SAY_COLUMN_UNTIL}};
static const Column page_columns[] = {{0, 22, SAY_COLUMN_PAGE}, {26, 150, SAY_COLUMN_DIFFERENCE}};
enum { WHAT, WHY, WHO, UNTIL, WAIVER_COLUMNS, PAGE_COLUMNS = 2, NAME_LINES = 2, WHY_LINES = 8 };

static const char *waiver_state(const Sheet *s, const Waiver *w) {
    switch ((WaiverState)w->state) {
    case WAIVER_HOLDS:
        return sheet_join(s, sheet_say(s, SAY_WAIVER_HOLDS), w->places);
    case WAIVER_EXPIRED:
        return sheet_say(s, SAY_WAIVER_EXPIRED);
    case WAIVER_UNMATCHED:
        return sheet_say(s, SAY_WAIVER_UNMATCHED);
    case WAIVER_HALF:
        return sheet_say(s, SAY_WAIVER_HALF);
    case WAIVER_UNKNOWN:
    case WAIVER_WORDS:
        return sheet_say(s, SAY_WAIVER_UNKNOWN);
    }
    return "";
}

/* The words of the finding it was given for; a waiver that covers nothing has only its rule. */
static const char *waived_message(const Sheet *s, const Waiver *w) {
    for (size_t i = 0; i < s->r->finding_count; i++) {
        const Finding *f = &s->r->findings[i];
        if (streq(f->fingerprint, w->fingerprint) && streq(f->rule, w->rule))
            return f->page ? sheet_join(s, "%s  %s",
                                        sheet_join(s, sheet_say(s, SAY_PICTURE_OF), f->page),
                                        sheet_safe_in(s, f->message))
                           : sheet_safe_in(s, f->message);
    }
    return "";
}

static const char *until(const Sheet *s, const Waiver *w) {
    const char *date = w->until_date ? sheet_safe(s, w->until_date) : "";
    const char *version =
        w->until_version ? sheet_join(s, sheet_say(s, SAY_UNTIL_VERSION), w->until_version) : "";
    return sheet_after(s, date, version);
}

void sheet_waivers(Sheet *s) {
    const Standing *t = s->standing;
    if (!t->waiver_count)
        return;
    flow_heading(s, sheet_join(s, "%s  %zu", sheet_say(s, SAY_WAIVERS), t->waiver_count), "");
    table_begin(s, waiver_columns, WAIVER_COLUMNS);
    for (size_t i = 0; i < t->waiver_count; i++) {
        const Waiver *w = &t->waivers[i];
        Row *row = row_new(s, waiver_columns, WAIVER_COLUMNS);
        cell_say(&row->cells[WHAT], FACE_BODY, waived_message(s, w));
        cell_say(&row->cells[WHAT], FACE_LABEL,
                 sheet_join(s, "%s  %s", sheet_safe(s, w->rule), sheet_safe(s, w->fingerprint)));
        cell_say(&row->cells[WHAT], w->state == WAIVER_HOLDS ? FACE_LABEL : FACE_TAG,
                 waiver_state(s, w));
        cell_fit(s, &row->cells[WHY], FACE_BODY, sheet_safe(s, w->why), WHY_LINES);
        if (w->second_why)
            cell_fit(s, &row->cells[WHY], FACE_BODY, sheet_safe(s, w->second_why), WHY_LINES);
        cell_fit(s, &row->cells[WHO], FACE_BODY, sheet_safe(s, w->by), NAME_LINES);
        cell_fit(s, &row->cells[WHO], FACE_BODY, sheet_safe(s, w->second), NAME_LINES);
        cell_say(&row->cells[WHO], FACE_LABEL, sheet_day(s, w->at));
        cell_say(&row->cells[UNTIL], FACE_BODY, until(s, w));
        table_row(s, row);
    }
    table_end(s);
}

static void page_row(Sheet *s, int page, const char *what, const char *more) {
    Row *row = row_new(s, page_columns, PAGE_COLUMNS);
    cell_say(&row->cells[0], FACE_BODY,
             page ? sheet_join(s, sheet_say(s, SAY_PICTURE_OF), page)
                  : phrase(PHRASE_WHOLE_FILE, s->lang));
    cell_say(&row->cells[1], FACE_BODY, what);
    cell_say(&row->cells[1], FACE_LABEL, more);
    table_row(s, row);
}

static void difference_rows(Sheet *s, const PageDifference *items, size_t count) {
    if (!count)
        return;
    table_begin(s, page_columns, PAGE_COLUMNS);
    for (size_t i = 0; i < count; i++)
        page_row(s, items[i].page, sheet_safe_in(s, items[i].what), "");
    table_end(s);
}

static void compared_signed(Sheet *s) {
    const Standing *t = s->standing;
    flow_heading(s, sheet_say(s, SAY_COMPARED_SIGNED), "");
    flow_text(s, FACE_BODY,
              sheet_join(s, sheet_say(s, SAY_SIGNED_IS), sheet_safe(s, t->signed_version.name),
                         t->signed_version.version, sheet_safe(s, t->signed_version.by),
                         sheet_day(s, t->signed_version.at)));
    flow_facts(s, "SHA-256", sheet_safe(s, t->signed_version.sha256));
    if (t->signed_version.same_look) {
        flow_text(s, FACE_STRONG, sheet_say(s, SAY_SAME_LOOK));
    } else if (!t->signed_version.compared) {
        flow_text(
            s, FACE_STRONG,
            sheet_join(s, sheet_say(s, SAY_NOT_COMPARED), sheet_safe_in(s, t->signed_version.why)));
    } else {
        flow_text(s, FACE_STRONG,
                  sheet_join(s, sheet_say(s, SAY_DIFFERS), (int)t->difference_count));
    }
    difference_rows(s, t->differences, t->difference_count);
}

const char *sheet_live_outcome(const Sheet *s) {
    return sheet_safe(s, live_outcome(s->arena, s->r->live, s->lang));
}

static void compared_live(Sheet *s) {
    const LiveTwin *live = s->r->live;
    flow_heading(s, sheet_say(s, SAY_COMPARED_LIVE), "");
    flow_text(s, FACE_BODY, sheet_safe(s, live->name));
    if (live->sha256)
        flow_facts(s, "SHA-256", sheet_safe(s, live->sha256));
    flow_text(s, FACE_STRONG, sheet_live_outcome(s));
    difference_rows(s, live->differences, live->difference_count);
}

static void compared_before(Sheet *s) {
    const Standing *t = s->standing;
    flow_heading(
        s, sheet_say(s, SAY_COMPARED_BEFORE),
        sheet_join(s, sheet_say(s, SAY_PROGRESS), t->mended_count, t->still_count, t->new_count));
    flow_text(s, FACE_BODY,
              sheet_join(s, sheet_say(s, SAY_BEFORE_IS), sheet_safe(s, t->before.name),
                         t->before.version, sheet_safe(s, t->before.as_of)));
    if (t->doubtful_count)
        flow_text(s, FACE_STRONG, sheet_join(s, sheet_say(s, SAY_DOUBTFUL), t->doubtful_count));
    if (!t->mended_count)
        return;
    static const Column columns[] = {{0, 22, SAY_COLUMN_PAGE}, {26, 150, SAY_MENDED}};
    table_begin(s, columns, PAGE_COLUMNS);
    for (size_t i = 0; i < t->mended_count; i++)
        page_row(s, t->mended[i].page, sheet_safe_in(s, t->mended[i].message),
                 sheet_safe(s, t->mended[i].rule));
    table_end(s);
}

/* Of the signed file itself the line on the first page has said everything. */
void sheet_compared(Sheet *s) {
    if (s->standing->signed_version.name && !s->standing->signed_version.same_bytes)
        compared_signed(s);
    if (s->r->live)
        compared_live(s);
    if (s->standing->before.name)
        compared_before(s);
}
