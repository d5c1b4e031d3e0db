/* Title and verdict: may the file leave the house or not. */
#include "print/sheet_parts.h"

#include <string.h>

static const double band_air = 11;

typedef struct Band {
    Icon icon;
    Tone ground, front;
    const char *words, *more[2]; /* more: "" when there is nothing to add */
} Band;

static void draw_title(Sheet *s, const void *what, double y) {
    (void)what;
    type_draw(s, FACE_TITLE, sheet_say(s, SAY_TITLE), 0, y, COLUMN_W, ALIGN_LEFT);
    double baseline = y + type_rise(FACE_TITLE);
    type_draw(s, FACE_IDENTITY, sheet_short_id(s), 0, baseline - type_rise(FACE_IDENTITY), COLUMN_W,
              ALIGN_RIGHT);
    type_draw(s, FACE_LABEL, sheet_say(s, SAY_SHORT_ID), 0,
              baseline - type_rise(FACE_IDENTITY) - type_leading(FACE_LABEL) + 2, COLUMN_W,
              ALIGN_RIGHT);
}

static Band band_look(VerdictState state) {
    switch (state) {
    case VERDICT_PASS:
    case VERDICT_CLEAN:
        return (Band){ICON_CHECK, TONE_PAPER, TONE_INK, "", {"", ""}};
    case VERDICT_INCOMPLETE:
        return (Band){ICON_QUERY, TONE_TINT, TONE_INK, "", {"", ""}};
    case VERDICT_FAIL:
    case VERDICT_UNREADABLE:
        return (Band){ICON_CROSS, TONE_ALARM, TONE_PAPER, "", {"", ""}};
    }
    return (Band){0};
}

/* The wording of all reports is "✗ 不能出片" or "○ 还不能出片：…": the sign is drawn here, and what
 * follows the colon is set smaller. */
static void band_words(Sheet *s, Band *b) {
    const char *name = text_in(verdict_name(s->r->verdict.state), s->lang);
    const char *colon = s->lang == LANG_ZH ? "：" : ": ", *words = strchr(name, ' ');
    words = words ? words + 1 : name;
    const char *rest = strstr(words, colon);
    b->words = rest ? arena_copy(s->arena, words, (size_t)(rest - words)) : words;
    b->more[0] = rest ? rest + strlen(colon) : "";
    if (s->r->verdict.state == VERDICT_UNREADABLE)
        b->more[0] = sheet_safe_in(s, s->r->file.unreadable);
}

static const char *counts(Sheet *s) {
    bool unread = s->r->verdict.state == VERDICT_UNREADABLE;
    const struct {
        Phrase name;
        int count;
    } rows[] = {{PHRASE_COUNT_FIX, s->r->verdict.errors},
                {PHRASE_COUNT_LOOK, s->r->verdict.warnings},
                {PHRASE_COUNT_UNCHECKED, s->r->verdict.unchecked},
                {PHRASE_COUNT_HUMAN, unread ? 0 : s->r->verdict.human},
                {PHRASE_COUNT_WAIVED, s->r->verdict.waived}};
    const char *all = "";
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        if (rows[i].count)
            all = sheet_join(s, "%s%s%s", all, *all ? "  ·  " : "",
                             sheet_join(s, phrase(rows[i].name, s->lang), rows[i].count));
    return all;
}

static double band_text_start(void) {
    return MM(24);
}

static double band_height(const Sheet *s, const Band *b) {
    double width = COLUMN_W - band_text_start() - MM(6);
    double height = 2 * band_air + type_height(s, FACE_VERDICT, b->words, width);
    for (size_t i = 0; i < 2; i++)
        height += type_height(s, FACE_STRONG, b->more[i], width);
    return height;
}

static void draw_band(Sheet *s, const void *what, double y) {
    const Band *b = what;
    double height = band_height(s, b), x = band_text_start(), size = MM(12);
    double width = COLUMN_W - x - MM(6);
    fill_draw(s, 0, y, COLUMN_W, height, b->ground);
    if (b->ground != TONE_ALARM)
        frame_draw(s, 0.75, y + 0.75, COLUMN_W - 1.5, height - 1.5, 1.5, TONE_INK);
    icon_draw(s, b->icon, MM(6), y + (height - size) / 2, size, b->front);
    y += band_air;
    type_draw_in(s, FACE_VERDICT, b->front, b->words, x, y, width, ALIGN_LEFT);
    y += type_height(s, FACE_VERDICT, b->words, width);
    for (size_t i = 0; i < 2; i++) {
        type_draw_in(s, FACE_STRONG, b->front, b->more[i], x, y, width, ALIGN_LEFT);
        y += type_height(s, FACE_STRONG, b->more[i], width);
    }
}

void sheet_head(Sheet *s) {
    Band *b = ARENA_NEW(s->arena, Band);
    *b = band_look(s->r->verdict.state);
    band_words(s, b);
    b->more[1] = counts(s);
    flow_add(s, type_leading(FACE_TITLE), 0, draw_title, NULL)->keep = true;
    flow_add(s, band_height(s, b), MM(2.5), draw_band, b);
}
