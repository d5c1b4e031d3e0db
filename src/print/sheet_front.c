/* The middle of the first page: how page 1 looks, and what is wrong. */
#include "print/sheet_parts.h"

#include <string.h>

static const double picture_w = MM(50), list_x = MM(56), entry_air = 4;
static const double list_w = COLUMN_W - MM(56);
enum { FIRST_PAGE = 1 };

typedef struct Middle {
    double height;
    const Thumb *picture; /* NULL: none to be had */
} Middle;

static const char *entry_place(Sheet *s, const Line *line) {
    const char *pages = sheet_page_list(s, line->pages, line->page_count);
    if (line->pages[0] != 0)
        pages = sheet_join(s, sheet_say(s, SAY_ON_PAGE), pages);
    return sheet_join(s, sheet_say(s, SAY_PAGE_WHO), pages,
                      text_in(who_name(line->worst->who), s->lang));
}

/* Gives the height used; draws nothing where there is no room for it. */
static double entry(Sheet *s, int number, double y, double room) {
    const Line *line = &s->numbers.lines[number - 1];
    double x = list_x + MM(7), w = list_w - MM(7);
    const char *message = sheet_safe_in(s, line->worst->message), *place = entry_place(s, line);
    double words = type_height(s, FACE_STRONG, message, w);
    double height = words + type_height(s, FACE_LABEL, place, w) + entry_air;
    if (height > room)
        return 0;
    disc_draw(s, number, list_x, y + (type_leading(FACE_STRONG) - MM(4.4)) / 2, MM(4.4),
              TONE_ALARM);
    type_draw(s, FACE_STRONG, message, x, y, w, ALIGN_LEFT);
    type_draw(s, FACE_LABEL, place, x, y + words, w, ALIGN_LEFT);
    return height;
}

static void entries(Sheet *s, double y, double room) {
    double last = type_leading(FACE_BODY), end = y + room;
    for (size_t i = 0; i < s->numbers.must; i++) {
        double spare = i + 1 < s->numbers.must ? last : 0;
        double used = entry(s, (int)i + 1, y, end - y - spare);
        if (used == 0) {
            int left = (int)(s->numbers.must - i);
            type_draw(s, FACE_BODY, sheet_join(s, sheet_say(s, SAY_MORE_WRONG), left), list_x, y,
                      list_w, ALIGN_LEFT);
            return;
        }
        y += used;
    }
}

static const char *to_the_signed(const Sheet *s) {
    const Standing *t = s->standing;
    if (t->signed_version.same_bytes)
        return sheet_join(s, sheet_say(s, SAY_SAME_BYTES), t->signed_version.version,
                          sheet_safe(s, t->signed_version.by), sheet_day(s, t->signed_version.at));
    if (t->signed_version.same_look)
        return sheet_say(s, SAY_SAME_LOOK);
    if (t->signed_version.compared)
        return sheet_join(s, sheet_say(s, SAY_DIFFERS_SHORT), (int)t->difference_count);
    return sheet_join(s, sheet_say(s, SAY_NOT_COMPARED), sheet_safe_in(s, t->signed_version.why));
}

/* One line each, so that the first page says whether it got better, whether it is what was signed
 * and whether its text was read. */
static double comparisons(Sheet *s, double bottom, bool draw) {
    const char *lines[3];
    size_t n = 0;
    const Standing *t = s->standing;
    if (t->before.name)
        lines[n++] =
            sheet_join(s, "%s%s%s", sheet_say(s, SAY_COMPARED_BEFORE), sheet_say(s, SAY_COLON),
                       sheet_join(s, sheet_say(s, SAY_PROGRESS), t->mended_count, t->still_count,
                                  t->new_count));
    if (t->signed_version.name)
        lines[n++] = sheet_join(s, "%s%s%s", sheet_say(s, SAY_COMPARED_SIGNED),
                                sheet_say(s, SAY_COLON), to_the_signed(s));
    if (s->r->live)
        lines[n++] = sheet_join(s, "%s %s%s%s", sheet_say(s, SAY_COMPARED_LIVE),
                                sheet_safe(s, s->r->live->name), sheet_say(s, SAY_COLON),
                                sheet_live_outcome(s));
    double height = 0;
    for (size_t i = 0; i < n; i++)
        height += type_height(s, FACE_NOTE, lines[i], list_w);
    double y = bottom - height;
    if (draw && n)
        rule_draw(s, list_x, y - 3, list_w, HAIR, TONE_HAIR);
    for (size_t i = 0; draw && i < n; i++) {
        type_draw(s, FACE_NOTE, lines[i], list_x, y, list_w, ALIGN_LEFT);
        y += type_height(s, FACE_NOTE, lines[i], list_w);
    }
    return n ? height + 6 : 0;
}

static void draw_picture(Sheet *s, const Middle *m, double y) {
    double caption = type_leading(FACE_LABEL), room = m->height - caption - 2;
    double height = thumb_height(m->picture, picture_w, room);
    thumb_draw(s, m->picture, 0, y, picture_w, height);
    const char *trouble = thumb_trouble(s, m->picture);
    const char *name = sheet_join(s, sheet_say(s, SAY_PICTURE_OF), FIRST_PAGE);
    type_draw(s, FACE_LABEL,
              *trouble ? sheet_join(s, "%s%s%s", name, sheet_say(s, SAY_COLON), trouble) : name, 0,
              y + height + 2, picture_w, ALIGN_LEFT);
}

static void draw_no_picture(Sheet *s, const Middle *m, double y) {
    double height = m->height < MM(30) ? m->height : MM(30);
    frame_draw(s, HAIR / 2, y + HAIR / 2, picture_w - HAIR, height - HAIR, HAIR, TONE_HAIR);
    bool unread = s->r->verdict.state == VERDICT_UNREADABLE;
    type_draw(s, FACE_LABEL, sheet_say(s, unread ? SAY_NO_PICTURE : SAY_NO_PICTURES), 6, y + 6,
              picture_w - 12, ALIGN_LEFT);
}

static SheetWord heading(const Sheet *s) {
    if (s->r->verdict.state == VERDICT_UNREADABLE)
        return SAY_UNREADABLE;
    return s->numbers.must ? SAY_WRONG : SAY_NOTHING_WRONG;
}

/* Nothing to mend: then what is still to be ticked is what keeps it in the house. */
static void open_rows(Sheet *s, double y, double room) {
    int open = 0, counts[ITEM_FAIL + 1] = {0}, ticked = 0;
    double leading = type_leading(FACE_BODY), end = y + room;
    for (int i = 0; i < CHECKLIST_ITEMS; i++) {
        const Item *item = &s->r->items[i];
        if (item_is_open(item)) {
            const char *title = sheet_safe_in(s, item->row->title);
            double x = list_x + MM(7), w = list_w - MM(7), top = y + leading * (open ? 0 : 1.2);
            double height = type_height(s, FACE_BODY, title, w);
            if (open++ == 0)
                type_draw(s, FACE_BODY, sheet_say(s, SAY_STILL_OPEN), list_x, y, list_w,
                          ALIGN_LEFT);
            if (top + height > end)
                return;
            type_draw(s, FACE_STRONG, sheet_join(s, "%d", item->row->number), list_x, top, MM(6),
                      ALIGN_LEFT);
            type_draw(s, FACE_BODY, title, x, top, w, ALIGN_LEFT);
            y = top + height;
        }
        counts[item->state]++;
        ticked += item->state == ITEM_PASS && item->answer;
    }
    int none = counts[ITEM_NOT_APPLICABLE];
    if (!open)
        type_draw(s, FACE_BODY,
                  sheet_join(s, sheet_say(s, none ? SAY_ALL_DONE_SOME_NOT : SAY_ALL_DONE),
                             counts[ITEM_PASS] - ticked, ticked, none),
                  list_x, y, list_w, ALIGN_LEFT);
}

static void draw_middle(Sheet *s, const void *what, double y) {
    const Middle *m = what;
    if (m->picture)
        draw_picture(s, m, y);
    else
        draw_no_picture(s, m, y);
    double bottom = y + m->height, below = comparisons(s, bottom, true);
    type_draw(s, FACE_HEADING, sheet_say(s, heading(s)), list_x, y - 3, list_w, ALIGN_LEFT);
    y += type_leading(FACE_HEADING) + 1;
    if (s->numbers.must)
        entries(s, y, bottom - below - y);
    else if (s->r->verdict.state != VERDICT_UNREADABLE)
        open_rows(s, y, bottom - below - y);
}

void sheet_front(Sheet *s, double below) {
    enum { LEAST_MM = 34 };
    const double before = MM(5);
    Middle *m = ARENA_NEW(s->arena, Middle);
    m->height = flow_rest(s) - before - below;
    if (m->height < MM(LEAST_MM))
        m->height = MM(LEAST_MM);
    m->picture = s->style->pictures ? thumb_of(s, FIRST_PAGE) : NULL;
    flow_add(s, m->height, before, draw_middle, m);
}
