/* The pages with open findings, three side by side. */
#include "print/sheet_parts.h"

static const double picture_w = MM(56), gap = MM(4), most_height = MM(72);
enum { A_ROW = 3, MOST_PICTURES = 24 };

typedef struct Strip {
    const Thumb *pictures[A_ROW];
    int pages[A_ROW];
    size_t count;
} Strip;

static const char *numbers_on(Sheet *s, int page) {
    int *numbers = ARENA_ARRAY(s->arena, int, s->numbers.count + 1);
    size_t n = 0;
    for (int number = 1; number <= (int)s->numbers.count; number++) {
        const Line *line = &s->numbers.lines[number - 1];
        for (size_t i = 0; i < line->page_count; i++)
            if (line->pages[i] == page)
                numbers[n++] = number;
    }
    return n ? page_list(s->arena, numbers, n, phrase(PHRASE_PAGE_COMMA, s->lang)) : "";
}

static const char *caption(Sheet *s, int page) {
    const char *name = sheet_join(s, sheet_say(s, SAY_PICTURE_OF), page);
    const char *numbers = numbers_on(s, page);
    return *numbers ? sheet_join(s, "%s%s%s", name, sheet_say(s, SAY_COLON), numbers) : name;
}

/* Each with its caption under it. */
static double item_height(Sheet *s, const Strip *strip, size_t i) {
    return thumb_height(strip->pictures[i], picture_w, most_height) + 3 +
           type_height(s, FACE_TAG, caption(s, strip->pages[i]), picture_w) +
           type_height(s, FACE_LABEL, thumb_trouble(s, strip->pictures[i]), picture_w);
}

static double strip_height(Sheet *s, const Strip *strip) {
    double height = 0;
    for (size_t i = 0; i < strip->count; i++) {
        double own = item_height(s, strip, i);
        height = own > height ? own : height;
    }
    return height;
}

static void draw_strip(Sheet *s, const void *what, double y) {
    const Strip *strip = what;
    for (size_t i = 0; i < strip->count; i++) {
        const Thumb *p = strip->pictures[i];
        double x = (double)i * (picture_w + gap);
        double height = thumb_height(p, picture_w, most_height), top = y + height + 3;
        const char *words = caption(s, strip->pages[i]);
        thumb_draw(s, p, x, y, picture_w, height);
        type_draw(s, FACE_TAG, words, x, top, picture_w, ALIGN_LEFT);
        type_draw(s, FACE_LABEL, thumb_trouble(s, p), x,
                  top + type_height(s, FACE_TAG, words, picture_w), picture_w, ALIGN_LEFT);
    }
}

/* Marks each page with an open finding; those that must be mended weigh more. */
static int *pages_weighed(Sheet *s, int *last) {
    *last = 0;
    for (size_t i = 0; i < s->r->finding_count; i++)
        *last = s->r->findings[i].page > *last ? s->r->findings[i].page : *last;
    int *weights = ARENA_ARRAY(s->arena, int, *last + 1);
    for (size_t i = 0; i < s->r->finding_count; i++) {
        const Finding *f = &s->r->findings[i];
        int weight = !number_of(&s->numbers, f) ? 0 : f->severity == SEVERITY_ERROR ? 2 : 1;
        if (f->page > 0 && weight > weights[f->page])
            weights[f->page] = weight;
    }
    return weights;
}

/* Which pages are printed: those that must be mended first, as far as there is room. */
static size_t choose(const int *weights, int last, bool *chosen, size_t *all) {
    size_t shown = 0;
    *all = 0;
    for (int weight = 2; weight > 0; weight--)
        for (int page = 2; page <= last; page++) { /* the first is on the first page */
            if (weights[page] != weight)
                continue;
            (*all)++;
            chosen[page] = shown < MOST_PICTURES;
            shown += chosen[page];
        }
    return shown;
}

void sheet_thumbnails_expect(Sheet *s) {
    int last, pages[MOST_PICTURES + 1] = {1};
    int *weights = pages_weighed(s, &last);
    bool *chosen = ARENA_ARRAY(s->arena, bool, last + 1);
    size_t all, count = 1;
    choose(weights, last, chosen, &all);
    for (int page = 2; page <= last; page++)
        if (chosen[page])
            pages[count++] = page;
    thumbs_expect(s, pages, count);
}

void sheet_thumbnails(Sheet *s) {
    int last;
    int *weights = pages_weighed(s, &last);
    bool *chosen = ARENA_ARRAY(s->arena, bool, last + 1);
    size_t all, shown = choose(weights, last, chosen, &all);
    if (!s->style->pictures || !all)
        return;
    const char *aside =
        all > shown ? sheet_join(s, sheet_say(s, SAY_WHERE_MORE), (int)shown, (int)(all - shown))
                    : "";
    flow_heading(s, sheet_say(s, SAY_WHERE), aside);
    for (int page = 2; page <= last;) {
        Strip *strip = ARENA_NEW(s->arena, Strip);
        for (; page <= last && strip->count < A_ROW; page++)
            if (chosen[page]) {
                strip->pages[strip->count] = page;
                strip->pictures[strip->count++] = thumb_of(s, page);
            }
        if (strip->count)
            flow_add(s, strip_height(s, strip), s->blocks[s->block_count - 1].keep ? MM(1) : MM(5),
                     draw_strip, strip);
    }
}
