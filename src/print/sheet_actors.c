/* Who acts: what each has to do before the file may leave the house. */
#include "print/sheet_parts.h"

static const double air = MM(3);
enum { ACTORS = 7, ACTORS_A_ROW = 5 };

typedef struct Actor {
    const char *name, *task;
} Actor;
typedef struct Actors {
    Actor rows[ACTORS];
    size_t count;
} Actors;

static void act(Sheet *s, Actors *a, const char *name, SheetWord task, const char *numbers) {
    if (*numbers)
        a->rows[a->count++] = (Actor){name, sheet_join(s, sheet_say(s, task), numbers)};
}

static const char *listed(Sheet *s, const int *numbers, size_t count) {
    return count ? page_list(s->arena, numbers, count, phrase(PHRASE_PAGE_COMMA, s->lang)) : "";
}

static const char *to_mend(Sheet *s, Who who) {
    int *numbers = ARENA_ARRAY(s->arena, int, s->numbers.must + 1);
    size_t n = 0;
    for (size_t i = 0; i < s->numbers.must; i++)
        if (s->numbers.lines[i].worst->who == who)
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
            all = sheet_join(s, "%s%s%s", all, *all ? phrase(PHRASE_PAGE_COMMA, s->lang) : "",
                             sheet_party_name(s, (Party)p));
    return all;
}

static Actors *actors_of(Sheet *s) {
    Actors *a = ARENA_NEW(s->arena, Actors);
    for (int who = 0; who < WHO_WORDS; who++)
        act(s, a, text_in(who_name((Who)who), s->lang), SAY_FIX_NUMBERS, to_mend(s, (Who)who));
    /* There is nothing to look at in what could not be read. */
    if (s->r->verdict.state == VERDICT_UNREADABLE)
        return a;
    act(s, a, sheet_say(s, SAY_TICKS), SAY_ITEMS, rows_open(s));
    if (!party_approved(s->standing, PARTY_DIRECTOR))
        a->rows[a->count++] = (Actor){sheet_say(s, SAY_REVIEW), sheet_say(s, SAY_REVIEW_DUE)};
    if (*parties_due(s))
        a->rows[a->count++] = (Actor){sheet_say(s, SAY_SIGN_DUE), parties_due(s)};
    return a;
}

static double actor_w(const Actors *a) {
    size_t columns = a->count < ACTORS_A_ROW ? a->count : ACTORS_A_ROW;
    return (COLUMN_W - MM(4) * (double)(columns - 1)) / (double)columns;
}

static double name_height(Sheet *s, const Actors *a, size_t i) {
    return type_height(s, FACE_STRONG, a->rows[i].name, actor_w(a));
}

static double actors_row_height(Sheet *s, const Actors *a, size_t first) {
    double height = 0;
    for (size_t i = first; i < a->count && i < first + ACTORS_A_ROW; i++) {
        double own = name_height(s, a, i) + type_height(s, FACE_BODY, a->rows[i].task, actor_w(a));
        height = own > height ? own : height;
    }
    return height + 8;
}

static double height_of(Sheet *s, const Actors *a) {
    double height = 0;
    for (size_t i = 0; i < a->count; i += ACTORS_A_ROW)
        height += actors_row_height(s, a, i);
    return height ? height + type_leading(FACE_HEADING) + 6 : 0;
}

static void draw_actors(Sheet *s, const void *what, double y) {
    const Actors *a = what;
    rule_draw(s, 0, y, COLUMN_W, 1.1, TONE_INK);
    type_draw(s, FACE_HEADING, sheet_say(s, SAY_ACTS), 0, y + 3, COLUMN_W, ALIGN_LEFT);
    y += type_leading(FACE_HEADING) + 6;
    double w = actor_w(a);
    for (size_t i = 0; i < a->count; i++) {
        double x = (double)(i % ACTORS_A_ROW) * (w + MM(4));
        if (i && i % ACTORS_A_ROW == 0)
            y += actors_row_height(s, a, i - ACTORS_A_ROW);
        rule_draw(s, x, y, w, HAIR, TONE_HAIR);
        type_draw(s, FACE_STRONG, a->rows[i].name, x, y + 3, w, ALIGN_LEFT);
        type_draw(s, FACE_BODY, a->rows[i].task, x, y + 3 + name_height(s, a, i), w, ALIGN_LEFT);
    }
}

double sheet_actors_height(Sheet *s) {
    double height = height_of(s, actors_of(s));
    return height > 0 ? height + air : 0;
}

void sheet_actors(Sheet *s) {
    Actors *a = actors_of(s);
    if (a->count)
        flow_add(s, height_of(s, a), air, draw_actors, a);
}
