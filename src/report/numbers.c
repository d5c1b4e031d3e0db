#include "report/numbers.h"

#include <stdlib.h>
#include <string.h>

static int by_item(const void *a, const void *b) {
    const Line *x = a, *y = b;
    if (x->worst->item != y->worst->item)
        return x->worst->item - y->worst->item;
    if (x->pages[0] != y->pages[0])
        return x->pages[0] - y->pages[0];
    int order = strcmp(x->worst->rule, y->worst->rule);
    return order ? order : strcmp(x->worst->message.en, y->worst->message.en);
}

void lines_by_item(Line *lines, size_t count) {
    if (count)
        qsort(lines, count, sizeof *lines, by_item);
}

Numbers numbers_of(Arena *a, const Report *r) {
    size_t must, look;
    Line *first = gather_lines(a, r, OUTCOME_FAIL, SEVERITY_ERROR, &must);
    Line *second = gather_lines(a, r, OUTCOME_FAIL, SEVERITY_WARNING, &look);
    lines_by_item(first, must);
    lines_by_item(second, look);
    Numbers n = {.count = must + look, .must = must};
    n.lines = ARENA_ARRAY(a, Line, n.count + 1);
    for (size_t i = 0; i < n.count; i++)
        n.lines[i] = i < must ? first[i] : second[i - must];
    return n;
}

static bool on_page(const Line *line, int page) {
    for (size_t i = 0; i < line->page_count; i++)
        if (line->pages[i] == page)
            return true;
    return false;
}

static bool holds(const Line *line, const Finding *f) {
    const Finding *w = line->worst;
    return w->severity == f->severity && streq(w->rule, f->rule) && on_page(line, f->page) &&
           (f->page ||
            (streq(w->message.zh, f->message.zh) && streq(w->message.en, f->message.en)));
}

int number_of(const Numbers *n, const Finding *f) {
    if (f->waiver || f->outcome != OUTCOME_FAIL)
        return 0;
    for (size_t i = 0; i < n->count; i++)
        if (holds(&n->lines[i], f))
            return (int)i + 1;
    return 0;
}
