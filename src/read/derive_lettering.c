#include "read/lettering.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "read/edges.h"

enum { LONGEST_TEXT = 60 };
static const double WORD_GAP = 1.2, OFF_LINE = 0.1; /* of the type size */
static const double SAME_SIZE = 0.02, SAME_ANGLE = 0.5;

static Box shown_box(Box box, Box clip, bool in_pattern) {
    if (in_pattern)
        return clip;
    Box shown = box_meet(box, clip);
    return box_known(shown) ? shown : box;
}

static bool goes_on(const TypeLine *line, const GlyphRun *run, Box box) {
    double size = line->size, angle = line->angle * (M_PI / 180);
    if (line->style != run->style || fabs(size - (double)run->size) > SAME_SIZE * size ||
        fabs(line->angle - (double)run->angle) > SAME_ANGLE)
        return false;
    double x = (double)run->x - line->x, y = (double)run->y - line->y;
    if (fabs(y * cos(angle) - x * sin(angle)) > OFF_LINE * size)
        return false;
    double gap = WORD_GAP * size;
    Box near = {line->box.x0 - gap, line->box.y0 - gap, line->box.x1 + gap, line->box.y1 + gap};
    return boxes_overlap(near, box);
}

/* Lines are told by their beginning: joining each string to a long text would cost its square. */
static const char *joined(Arena *a, const char *text, const char *more) {
    if (!more || !*more || strlen(text) > LONGEST_TEXT)
        return text;
    return *text ? arena_printf(a, "%s%s", text, more) : more;
}

void type_lines_string(TypeLines *lines, const GlyphRun *run, bool in_pattern) {
    Box box = shown_box(box_of(run->box), box_of(run->clip), in_pattern);
    TypeLine *last = lines->count ? &lines->items[lines->count - 1] : NULL;
    if (last && last->in_pattern == in_pattern && goes_on(last, run, box)) {
        last->box = box_join(last->box, box);
        last->text = joined(lines->arena, last->text, run->text);
        last->last_seq = run->seq;
        return;
    }
    *ARENA_PUSH(lines->arena, lines->items, lines->count, lines->capacity) =
        (TypeLine){.style = run->style,
                   .box = box,
                   .size = (double)run->size,
                   .x = (double)run->x,
                   .y = (double)run->y,
                   .angle = (double)run->angle,
                   .text = run->text ? run->text : "",
                   .seq = run->seq,
                   .last_seq = run->seq,
                   .in_pattern = in_pattern};
}

void type_lines_cluster(TypeLines *lines, const Cluster *c, bool in_pattern) {
    *ARENA_PUSH(lines->arena, lines->items, lines->count, lines->capacity) =
        (TypeLine){.style = c->style,
                   .box = shown_box(box_of(c->box), box_of(c->clip), in_pattern),
                   .size = (double)c->size,
                   .text = "",
                   .seq = c->seq,
                   .last_seq = c->seq,
                   .outlined = true,
                   .in_pattern = in_pattern};
}

static int by_seq(const void *a, const void *b) {
    const TypeLine *p = a, *q = b;
    return (p->seq > q->seq) - (p->seq < q->seq);
}

static void place_it(Lettering *row, const Page *page, Box knife) {
    static const Edge names[EDGES] = {
        [TOP] = EDGE_TOP, [RIGHT] = EDGE_RIGHT, [BOTTOM] = EDGE_BOTTOM, [LEFT] = EDGE_LEFT};
    Box b = row->box;
    if (!box_known(knife) || !box_known(b))
        return;
    const double inside[EDGES] = {[TOP] = knife.y1 - b.y1,
                                  [RIGHT] = knife.x1 - b.x1,
                                  [BOTTOM] = b.y0 - knife.y0,
                                  [LEFT] = b.x0 - knife.x0};
    row->margin = INFINITY;
    for (int edge = 0; edge < EDGES; edge++) {
        double margin = inside[edge_as_written(edge, page->rotate)];
        if (margin < row->margin) {
            row->margin = margin;
            row->edge = (uint8_t)names[edge];
        }
    }
    row->cut = row->margin < -LENGTH_TOLERANCE && boxes_overlap(b, knife);
}

void derive_lettering(Facts *facts, const Page *page, Box knife, TypeLines *lines) {
    if (lines->count)
        qsort(lines->items, lines->count, sizeof *lines->items, by_seq);
    for (size_t i = 0; i < lines->count; i++) {
        const TypeLine *line = &lines->items[i];
        Lettering *row = facts_add(facts, FACT_lettering);
        row->outlined = line->outlined;
        row->style = line->style;
        row->box = line->box;
        row->size = line->size;
        row->text = line->text;
        row->in_pattern = line->in_pattern;
        place_it(row, page, knife);
    }
}
