/* The live text of two pages: lines of one that the other does not have. */
#include "run/compare_child.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "read/derive.h"

typedef struct Piece {           /* what was shown at once, or a line of such */
    double angle, along, across; /* of its baseline, in its own direction */
    double size;
    Box box;
    const char *text;
} Piece;

struct PageText {
    Arena *arena;
    Piece *pieces;
    size_t count, capacity;
    double smallest; /* visible type, pt; 0: there is none */
    bool unknown;    /* there is text whose letters the font does not tell */
};

PageText *page_text_new(Arena *a) {
    PageText *t = ARENA_NEW(a, PageText);
    t->arena = arena_new();
    return t;
}

void page_text_clear(PageText *t) {
    arena_rewind(t->arena, (ArenaMark){0});
    *t = (PageText){.arena = t->arena};
}

double page_text_smallest(const PageText *t) {
    return t->smallest;
}

void page_text_free(PageText *t) {
    arena_free(t->arena);
}

static char *without_spaces(Arena *a, const char *text) {
    char *out = arena_strdup(a, text), *to = out;
    const char *p = text, *end = text + strlen(text);
    while (p < end) {
        int32_t point;
        const char *from = p;
        text_next(&p, end, &point);
        bool space = point <= ' ' || point == 0xA0 || point == 0x3000 ||
                     (point >= 0x2000 && point <= 0x200B);
        size_t n = space ? 0 : (size_t)(p - from);
        memmove(to, from, n);
        to += n;
    }
    *to = '\0';
    return out;
}

void page_text_add(PageText *t, const GlyphRun *run) {
    if (run->visible != 1 || run->glyphs <= 0)
        return;
    if (run->size > 0 && (!(t->smallest > 0) || run->size < t->smallest))
        t->smallest = run->size;
    if (!run->text || !*run->text) {
        t->unknown = true;
        return;
    }
    double turn = run->angle * M_PI / 180, c = cos(turn), s = sin(turn);
    *ARENA_PUSH(t->arena, t->pieces, t->count, t->capacity) =
        (Piece){.angle = run->angle,
                .along = run->x * c + run->y * s,
                .across = run->y * c - run->x * s,
                .size = run->size,
                .box = box_of(run->box),
                .text = without_spaces(t->arena, run->text)};
}

static int by_number(double a, double b) {
    return a < b ? -1 : a > b;
}

static int by_place(const void *a, const void *b) {
    const Piece *p = a, *q = b;
    int c = by_number(p->angle, q->angle);
    c = c ? c : by_number(q->across, p->across);
    return c ? c : by_number(p->along, q->along);
}

static int by_along(const void *a, const void *b) {
    return by_number(((const Piece *)a)->along, ((const Piece *)b)->along);
}

static int by_text(const void *a, const void *b) {
    return strcmp(((const Piece *)a)->text, ((const Piece *)b)->text);
}

static Box joined(Box a, Box b) {
    return (Box){fmin(a.x0, b.x0), fmin(a.y0, b.y0), fmax(a.x1, b.x1), fmax(a.y1, b.y1)};
}

/* Pieces on one baseline, however they were cut, as one line. */
static size_t end_of_line(const PageText *t, size_t first) {
    const double hair = 0.25; /* of the type size: what is set higher than that is another line */
    size_t end = first + 1;
    while (end < t->count && fabs(t->pieces[end].angle - t->pieces[first].angle) < 1 &&
           fabs(t->pieces[end].across - t->pieces[first].across) < hair * t->pieces[first].size)
        end++;
    return end;
}

static void make_lines(PageText *t) {
    size_t lines = 0;
    if (t->count)
        qsort(t->pieces, t->count, sizeof *t->pieces, by_place);
    for (size_t first = 0, end; first < t->count; first = end) {
        end = end_of_line(t, first);
        qsort(t->pieces + first, end - first, sizeof *t->pieces, by_along);
        Piece line = t->pieces[first];
        Sink text = sink_memory(t->arena);
        for (size_t i = first; i < end; i++) {
            sink_str(&text, t->pieces[i].text);
            line.box = joined(line.box, t->pieces[i].box);
        }
        sink_char(&text, '\0');
        line.text = text.bytes;
        if (*line.text)
            t->pieces[lines++] = line;
    }
    t->count = lines;
}

/* Lines of `t` that the other does not have as often; both are left in the order of their text. */
static size_t lines_missing(Piece *out, const PageText *t, const PageText *other) {
    size_t count = 0;
    for (size_t i = 0, k = 0; i < t->count; i++) {
        int c = -1;
        while (k < other->count && (c = strcmp(other->pieces[k].text, t->pieces[i].text)) < 0)
            k++;
        if (k < other->count && !c)
            k++;
        else
            out[count++] = t->pieces[i];
    }
    return count;
}

/* Bytes left out at both ends of a line. */
typedef struct Cut {
    size_t from, tail;
} Cut;

static bool is_middle(char c) {
    return ((unsigned char)c & 0xC0) == 0x80;
}

/* What two lines have in common at both ends. */
static Cut alike(const char *a, const char *b) {
    size_t n = strlen(a), m = strlen(b), least = n < m ? n : m;
    Cut same = {0, 0};
    while (same.from < least && a[same.from] == b[same.from])
        same.from++;
    while (same.tail < least - same.from && a[n - 1 - same.tail] == b[m - 1 - same.tail])
        same.tail++;
    return same;
}

static Cut cut_of(const char *a, const char *b) {
    enum { KEPT = 12 }; /* bytes: 4 Chinese characters */
    size_t n = strlen(a);
    Cut cut = alike(a, b);
    cut.from -= cut.from > KEPT ? KEPT : cut.from;
    cut.tail -= cut.tail > KEPT ? KEPT : cut.tail;
    while (cut.from && is_middle(a[cut.from]))
        cut.from--;
    while (cut.tail && is_middle(a[n - cut.tail]))
        cut.tail--;
    return cut;
}

static const char *cut(Arena *a, const char *text, Cut at) {
    enum { MOST_COLUMNS = 40 };
    size_t n = strlen(text) - at.from - at.tail;
    const char *middle = text_printable(a, text + at.from, n);
    size_t shown = text_clip(middle, MOST_COLUMNS);
    return arena_printf(a, "%s%.*s%s", at.from ? "…" : "", (int)shown, middle,
                        at.tail || middle[shown] ? "…" : "");
}

/* The line it has become: the likest of those left, alike by half; NULL: none. */
static Piece *becomes(const Piece *line, Piece *others, size_t count) {
    Piece *best = NULL;
    size_t most = strlen(line->text) / 2;
    for (size_t i = 0; i < count; i++) {
        Cut same = others[i].text ? alike(line->text, others[i].text) : (Cut){0, 0};
        if (same.from + same.tail > most)
            most = same.from + same.tail, best = &others[i];
    }
    return best;
}

static void tell_line(Pair *p, const Piece *now, Piece *others, size_t count) {
    Piece *then = becomes(now, others, count);
    if (!then) {
        const char *text = cut(p->arena, now->text, (Cut){0, 0});
        pair_differs(p, now->box, pair_text(p, "多了文字“%s”", "text added: “%s”", text));
        return;
    }
    Cut one = cut_of(now->text, then->text);
    pair_differs(p, now->box,
                 pair_text(p, "文字“%s”成了“%s”", "text “%s” has become “%s”",
                           cut(p->arena, then->text, one), cut(p->arena, now->text, one)));
    then->text = NULL;
}

void compare_texts(Pair *p) {
    enum { MOST_LINES = 20 }; /* of a page that was written anew, nobody reads more */
    PageText *now = p->files[0].text, *then = p->files[1].text;
    if (!now->count || !then->count || now->unknown || then->unknown)
        return;
    PageText *both[] = {now, then};
    for (int i = 0; i < 2; i++) {
        make_lines(both[i]);
        qsort(both[i]->pieces, both[i]->count, sizeof(Piece), by_text);
    }
    Piece *added = ARENA_ARRAY(p->arena, Piece, now->count + 1);
    Piece *gone = ARENA_ARRAY(p->arena, Piece, then->count + 1);
    size_t added_count = lines_missing(added, now, then);
    size_t gone_count = lines_missing(gone, then, now);
    qsort(added, added_count, sizeof *added, by_place);
    for (size_t i = 0; i < added_count && i < MOST_LINES; i++)
        tell_line(p, &added[i], gone, gone_count);
    for (size_t i = 0; i < gone_count && i < MOST_LINES; i++)
        if (gone[i].text)
            pair_differs(p, BOX_UNKNOWN,
                         pair_text(p, "少了文字“%s”", "text gone: “%s”",
                                   cut(p->arena, gone[i].text, (Cut){0, 0})));
}
