#include "report/gather.h"

#include <math.h>

/* How far the measured value is from the required one; -1 when they are not numbers. */
static double distance(const Finding *f) {
    if (!f->measured.present || !f->required.present || f->measured.text || f->required.text)
        return -1;
    double d = fabs(f->measured.number - f->required.number);
    return isnan(d) ? -1 : d;
}

static bool same_words(const Finding *a, const Finding *b) {
    return streq(a->message.zh, b->message.zh) && streq(a->message.en, b->message.en);
}

/* One rule over many pages is one line. What is said of the document names its fonts and inks one
 * by one. */
static bool belongs(const Line *line, const Finding *f) {
    return streq(line->worst->rule, f->rule) && (f->page || same_words(line->worst, f));
}

static void add(Arena *a, Line *line, const Finding *f) {
    line->hits += f->count > 0 ? f->count : 1;
    line->waived += f->waived_places;
    if (line->worst) {
        line->progress = line->progress == f->progress ? f->progress : PROGRESS_NONE;
        line->alike = line->alike && same_words(line->worst, f);
        if (distance(f) > distance(line->worst))
            line->worst = f;
    } else {
        line->worst = f;
        line->progress = f->progress;
        line->alike = true;
    }
    if (f->progress == PROGRESS_NEW &&
        (!line->new_count || line->new_pages[line->new_count - 1] != f->page))
        *ARENA_PUSH(a, line->new_pages, line->new_count, line->new_capacity) = f->page;
    if (!line->page_count || line->pages[line->page_count - 1] != f->page)
        *ARENA_PUSH(a, line->pages, line->page_count, line->page_capacity) = f->page;
}

Line *gather_lines(Arena *a, const Report *r, Outcome outcome, Severity severity, size_t *count) {
    Line *lines = NULL;
    size_t capacity = 0;
    *count = 0;
    for (size_t i = 0; i < r->finding_count; i++) {
        const Finding *f = &r->findings[i];
        if (f->outcome != outcome || f->severity != severity || f->waiver)
            continue;
        size_t k = 0;
        while (k < *count && !belongs(&lines[k], f))
            k++;
        add(a, k < *count ? &lines[k] : ARENA_PUSH(a, lines, *count, capacity), f);
    }
    return lines;
}

char *page_list(Arena *a, const int *pages, size_t count, const char *comma) {
    char *list = arena_strdup(a, "");
    for (size_t i = 0; i < count;) {
        size_t last = i;
        while (last + 1 < count && pages[last + 1] == pages[last] + 1)
            last++;
        const char *gap = i ? comma : "";
        if (last > i + 1)
            list = arena_printf(a, "%s%s%d–%d", list, gap, pages[i], pages[last]);
        else if (last == i + 1)
            list = arena_printf(a, "%s%s%d%s%d", list, gap, pages[i], comma, pages[last]);
        else
            list = arena_printf(a, "%s%s%d", list, gap, pages[i]);
        i = last + 1;
    }
    return list;
}
