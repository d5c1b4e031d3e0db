/* The middle of the first page: how page 1 looks, what is wrong, who acts. */
#include "print/sheet_parts.h"

#include <string.h>

static const double picture_w = MM(50), list_x = MM(56), entry_air = 4;
static const double list_w = COLUMN_W - MM(56);
enum { PICTURE_PIXELS = 420, ACTORS = 7, ACTORS_A_ROW = 4, FIRST_PAGE = 1 };

typedef struct Middle {
    double height;
    const Thumb *picture; /* NULL: none to be had */
} Middle;

typedef struct Actor {
    const char *name, *task;
} Actor;
typedef struct Actors {
    Actor rows[ACTORS];
    size_t count;
} Actors;

static const char *entry_place(Sheet *s, const Line *line) {
    const char *pages = pages_of(s, line->pages, line->page_count);
    if (line->pages[0] != 0)
        pages = join(s, say(s, SAY_ON_PAGE), pages);
    return join(s, say(s, SAY_PAGE_WHO), pages, text_in(who_name(line->worst->who), s->lang));
}

/* Gives the height used; draws nothing where there is no room for it. */
static double entry(Sheet *s, int number, double y, double room) {
    const Line *line = list_line(s, number);
    double x = list_x + MM(7), w = list_w - MM(7);
    const char *message = safe_in(s, line->worst->message), *place = entry_place(s, line);
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
    for (size_t i = 0; i < s->must_count; i++) {
        double spare = i + 1 < s->must_count ? last : 0;
        double used = entry(s, (int)i + 1, y, end - y - spare);
        if (used == 0) {
            int left = (int)(s->must_count - i);
            type_draw(s, FACE_BODY, join(s, say(s, SAY_MORE_WRONG), left), list_x, y, list_w,
                      ALIGN_LEFT);
            return;
        }
        y += used;
    }
}

/* One line each, so that the first page says whether it got better and whether it is what was
 * signed. */
static double comparisons(Sheet *s, double bottom, bool draw) {
    const char *lines[2];
    size_t n = 0;
    const Standing *t = s->standing;
    if (t->before.name)
        lines[n++] =
            join(s, "%s%s%s", say(s, SAY_COMPARED_BEFORE), say(s, SAY_COLON),
                 join(s, say(s, SAY_PROGRESS), t->mended_count, t->still_count, t->new_count));
    if (s->standing->signed_version.name) {
        const char *how =
            s->standing->signed_version.same_bytes  ? say(s, SAY_SAME_BYTES)
            : s->standing->signed_version.same_look ? say(s, SAY_SAME_LOOK)
            : s->standing->signed_version.compared
                ? join(s, say(s, SAY_DIFFERS), (int)s->standing->difference_count)
                : join(s, say(s, SAY_NOT_COMPARED), safe_in(s, s->standing->signed_version.why));
        lines[n++] = join(s, "%s%s%s", say(s, SAY_COMPARED_SIGNED), say(s, SAY_COLON), how);
    }
    double height = 0;
    for (size_t i = 0; i < n; i++)
        height += type_height(s, FACE_NOTE, lines[i], list_w);
    double y = bottom - height;
    if (draw && n)
        rule_draw(s, list_x, y - 3, list_w, 0.35, TONE_HAIR);
    for (size_t i = 0; draw && i < n; i++) {
        type_draw(s, FACE_NOTE, lines[i], list_x, y, list_w, ALIGN_LEFT);
        y += type_height(s, FACE_NOTE, lines[i], list_w);
    }
    return n ? height + 6 : 0;
}

static void draw_picture(Sheet *s, const Middle *m, double y) {
    double caption = type_leading(FACE_LABEL), room = m->height - caption - 2;
    double height = picture_height(m->picture, picture_w, room);
    picture_draw(s, m->picture, 0, y, picture_w, height);
    const char *trouble = picture_trouble(s, m->picture);
    const char *name = join(s, say(s, SAY_PICTURE_OF), FIRST_PAGE);
    type_draw(s, FACE_LABEL, *trouble ? join(s, "%s%s%s", name, say(s, SAY_COLON), trouble) : name,
              0, y + height + 2, picture_w, ALIGN_LEFT);
}

static void draw_no_picture(Sheet *s, const Middle *m, double y) {
    double height = m->height < MM(30) ? m->height : MM(30);
    frame_draw(s, 0.25, y + 0.25, picture_w - 0.5, height - 0.5, 0.5, TONE_HAIR);
    type_draw(s, FACE_LABEL, say(s, SAY_NO_PICTURES), 6, y + 6, picture_w - 12, ALIGN_LEFT);
}

static void draw_middle(Sheet *s, const void *what, double y) {
    const Middle *m = what;
    if (m->picture)
        draw_picture(s, m, y);
    else
        draw_no_picture(s, m, y);
    double bottom = y + m->height, below = comparisons(s, bottom, true);
    type_draw(s, FACE_HEADING, say(s, s->must_count ? SAY_WRONG : SAY_NOTHING_WRONG), list_x, y - 3,
              list_w, ALIGN_LEFT);
    y += type_leading(FACE_HEADING) + 1;
    entries(s, y, bottom - below - y);
}

static void act(Sheet *s, Actors *a, const char *name, SheetWord task, const char *numbers) {
    (void)s;
    if (*numbers)
        a->rows[a->count++] = (Actor){name, join(s, say(s, task), numbers)};
}

static const char *listed(Sheet *s, const int *numbers, size_t count) {
    return count ? page_list(s->arena, numbers, count, phrase(PHRASE_PAGE_COMMA, s->lang)) : "";
}

static const char *to_mend(Sheet *s, Who who) {
    int *numbers = ARENA_ARRAY(s->arena, int, s->must_count + 1);
    size_t n = 0;
    for (size_t i = 0; i < s->must_count; i++)
        if (s->must[i].worst->who == who)
            numbers[n++] = (int)i + 1;
    return listed(s, numbers, n);
}

/* Failed rows are for those who mend. */
static const char *rows_open(Sheet *s) {
    int numbers[CHECKLIST_ITEMS];
    size_t n = 0;
    for (int i = 0; i < CHECKLIST_ITEMS; i++)
        if (s->r->items[i].state != ITEM_FAIL && item_is_open(&s->r->items[i]))
            numbers[n++] = i;
    return listed(s, numbers, n);
}

static const char *parties_due(Sheet *s) {
    const char *all = "";
    for (int p = 0; p < PARTIES; p++)
        if (p != PARTY_DIRECTOR && s->standing->parties & 1u << p &&
            !party_approved(s->standing, (Party)p))
            all = join(s, "%s%s%s", all, *all ? phrase(PHRASE_PAGE_COMMA, s->lang) : "",
                       party_name(s, (Party)p));
    return all;
}

static Actors *actors_of(Sheet *s) {
    Actors *a = ARENA_NEW(s->arena, Actors);
    for (int who = 0; who < WHO_WORDS; who++)
        act(s, a, text_in(who_name((Who)who), s->lang), SAY_FIX_NUMBERS, to_mend(s, (Who)who));
    act(s, a, say(s, SAY_TICKS), SAY_ITEMS, rows_open(s));
    if (!party_approved(s->standing, PARTY_DIRECTOR))
        a->rows[a->count++] = (Actor){say(s, SAY_REVIEW), say(s, SAY_REVIEW_DUE)};
    if (*parties_due(s))
        a->rows[a->count++] = (Actor){say(s, SAY_SIGN_DUE), parties_due(s)};
    return a;
}

static double actor_w(const Actors *a) {
    size_t columns = a->count < ACTORS_A_ROW ? a->count : ACTORS_A_ROW;
    return (COLUMN_W - MM(4) * (double)(columns - 1)) / (double)columns;
}

static double actors_row_height(Sheet *s, const Actors *a, size_t first) {
    double height = 0;
    for (size_t i = first; i < a->count && i < first + ACTORS_A_ROW; i++) {
        double task = type_height(s, FACE_BODY, a->rows[i].task, actor_w(a));
        height = task > height ? task : height;
    }
    return height + type_leading(FACE_STRONG) + 8;
}

static double actors_height(Sheet *s, const Actors *a) {
    double height = 0;
    for (size_t i = 0; i < a->count; i += ACTORS_A_ROW)
        height += actors_row_height(s, a, i);
    return height ? height + type_leading(FACE_HEADING) + 6 : 0;
}

static void draw_actors(Sheet *s, const void *what, double y) {
    const Actors *a = what;
    rule_draw(s, 0, y, COLUMN_W, 1.1, TONE_INK);
    type_draw(s, FACE_HEADING, say(s, SAY_ACTS), 0, y + 3, COLUMN_W, ALIGN_LEFT);
    y += type_leading(FACE_HEADING) + 6;
    double w = actor_w(a);
    for (size_t i = 0; i < a->count; i++) {
        double x = (double)(i % ACTORS_A_ROW) * (w + MM(4));
        if (i && i % ACTORS_A_ROW == 0)
            y += actors_row_height(s, a, i - ACTORS_A_ROW);
        rule_draw(s, x, y, w, 0.35, TONE_HAIR);
        type_draw(s, FACE_STRONG, a->rows[i].name, x, y + 3, w, ALIGN_LEFT);
        type_draw(s, FACE_BODY, a->rows[i].task, x, y + 3 + type_leading(FACE_STRONG), w,
                  ALIGN_LEFT);
    }
}

void sheet_front(Sheet *s, double below) {
    enum { LEAST_MM = 34 };
    const double before = MM(5), air = MM(3);
    Actors *a = actors_of(s);
    Middle *m = ARENA_NEW(s->arena, Middle);
    double under = actors_height(s, a);
    m->height = flow_rest(s) - before - (under > 0 ? under + air : 0) - below;
    if (m->height < MM(LEAST_MM))
        m->height = MM(LEAST_MM);
    m->picture = s->style->pictures ? picture_of(s, FIRST_PAGE, PICTURE_PIXELS) : NULL;
    flow_add(s, m->height, before, draw_middle, m);
    if (a->count)
        flow_add(s, under, air, draw_actors, a);
}
