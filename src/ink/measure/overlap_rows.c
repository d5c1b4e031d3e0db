/* Rows of overlaps. A word is many marks and a page of hatching 200,000: marks that follow each
 * other, are alike and near are one row. A mark is compared with the few rows that were added to
 * last, which is linear. */
#include <math.h>
#include <string.h>

#include "base/units.h"
#include "ink/measure/overlap_parts.h"
#include "read/derive.h"
#include "read/pdf/table.h"

enum { WINDOW = 16, MOST_PLACES = 1000 };
static const double TEXT_ALIKE = 1.1, CLUSTER_ALIKE = 1.25, STEM_ALIKE = 1.1; /* as ratios */
static const double TINT_ALIKE = 0.02, WORD_GAP = 1.5, MARK_GAP = MM(4);

typedef struct RowState { /* what comes back when rows are reverted */
    size_t count;
    size_t recent[WINDOW]; /* the last one first */
    int recent_count;
} RowState;

struct OverlapRows {
    Arena *arena;
    OverlapRow *items, *kept;
    size_t capacity, kept_capacity;
    RowState now, then;
    size_t *of_cluster; /* row + 1 */
    size_t clusters;
    Table kinds; /* to rows without a place of their own, row + 1 */
};

OverlapRows *overlap_rows_new(Arena *a, size_t clusters) {
    OverlapRows *r = ARENA_NEW(a, OverlapRows);
    r->arena = a;
    r->clusters = clusters;
    r->of_cluster = ARENA_ARRAY(a, size_t, clusters + 1);
    return r;
}

/* Marks of one kind may stand in one row, wherever they lie. */
static bool same_kind(const Overlap *a, const Overlap *b) {
    return a->change == b->change && a->kind == b->kind && a->space == b->space &&
           a->white == b->white && a->black == b->black && a->overprint == b->overprint &&
           a->opm == b->opm && isnan(a->stem) == isnan(b->stem) && isnan(a->size) == isnan(b->size);
}

static bool within(double a, double b, double ratio) {
    return isnan(a) || isnan(b) || (a <= b * ratio && b <= a * ratio);
}

static bool alike(const Overlap *a, const Overlap *b) {
    if (!same_kind(a, b) || !within(a->stem, b->stem, STEM_ALIKE) ||
        fabs(a->tint - b->tint) > TINT_ALIKE)
        return false;
    if (a->kind == MARK_GLYPH_RUN)
        return within(a->size, b->size, TEXT_ALIKE);
    return a->kind != MARK_CLUSTER || within(a->size, b->size, CLUSTER_ALIKE);
}

static double gap(Box a, Box b) {
    double x = fmax(a.x0, b.x0) - fmin(a.x1, b.x1), y = fmax(a.y0, b.y0) - fmin(a.y1, b.y1);
    return fmax(0, fmax(x, y));
}

static bool near(const Overlap *a, const Overlap *b) {
    bool text = a->kind == MARK_GLYPH_RUN || a->kind == MARK_CLUSTER;
    double reach = text ? fmax(WORD_GAP * fmax(a->size, b->size), MM(1)) : MARK_GAP;
    return gap(a->box, b->box) <= reach;
}

static double weighed(double a, double by_a, double b, double by_b) {
    return isnan(a) || !(by_a > 0)   ? b
           : isnan(b) || !(by_b > 0) ? a
                                     : (a * by_a + b * by_b) / (by_a + by_b);
}

static void join(OverlapRow *row, const Overlap *one, uint32_t serial) {
    Overlap *into = &row->fact;
    row->last = serial;
    into->size = fmin(into->size, one->size); /* what is small decides a rule */
    into->stem = fmin(into->stem, one->stem);
    into->ground = weighed(into->ground, into->area, one->ground, one->area);
    into->area += one->area;
    into->box = box_join(into->box, one->box);
    into->tint = fmax(into->tint, one->tint);
    if (one->ground_inks > into->ground_inks)
        into->ground_inks = one->ground_inks;
    if (into->marks < INT32_MAX - one->marks)
        into->marks += one->marks;
}

static void touch(RowState *s, size_t row) {
    int at = 0;
    while (at < s->recent_count && s->recent[at] != row)
        at++;
    if (at == s->recent_count && at < WINDOW)
        s->recent_count++;
    if (at == WINDOW)
        at--;
    memmove(s->recent + 1, s->recent, (size_t)at * sizeof *s->recent);
    s->recent[0] = row;
}

static bool join_near(OverlapRows *r, const Overlap *one, uint32_t serial) {
    for (int i = 0; i < r->now.recent_count; i++) {
        size_t row = r->now.recent[i];
        const Overlap *there = &r->items[row].fact;
        if (!alike(there, one) || !near(there, one))
            continue;
        join(&r->items[row], one, serial);
        touch(&r->now, row);
        return true;
    }
    return false;
}

static size_t push(OverlapRows *r, const Overlap *one, uint32_t serial) {
    *ARENA_PUSH(r->arena, r->items, r->now.count, r->capacity) = (OverlapRow){*one, serial};
    touch(&r->now, r->now.count - 1);
    return r->now.count - 1;
}

/* Modes other than 0 and 1 do not exist; one that is written counts as 0 everywhere. */
static uint64_t kind_key(const Overlap *o) {
    uint64_t h = hash_number(HASH_START, o->change);
    h = hash_number(h, o->kind);
    h = hash_number(h, o->space);
    h = hash_number(h, (uint64_t)(o->white + 2 * o->black + 4 * o->overprint + 8 * (o->opm == 1)));
    return hash_number(h, (uint64_t)(isnan(o->stem) + 2 * isnan(o->size)));
}

static void join_kind(OverlapRows *r, const Overlap *one, uint32_t serial) {
    void **slot = table_slot(&r->kinds, r->arena, kind_key(one));
    size_t row = (size_t)(uintptr_t)*slot;
    if (row)
        join(&r->items[row - 1], one, serial);
    else
        *slot = (void *)(uintptr_t)(push(r, one, serial) + 1);
}

void overlap_rows_add(OverlapRows *r, const Overlap *one, uint32_t serial, int cluster) {
    size_t *own = cluster >= 0 && (size_t)cluster < r->clusters ? &r->of_cluster[cluster] : NULL;
    if (own && *own && same_kind(&r->items[*own - 1].fact, one)) {
        join(&r->items[*own - 1], one, serial);
        touch(&r->now, *own - 1);
        return;
    }
    if (!join_near(r, one, serial)) {
        if (r->now.count >= MOST_PLACES) {
            join_kind(r, one, serial);
            return;
        }
        push(r, one, serial);
    }
    if (own)
        *own = r->now.recent[0] + 1;
}

void overlap_rows_keep(OverlapRows *r) {
    r->then = r->now;
    if (r->kept_capacity < r->now.count) {
        r->kept = ARENA_ARRAY(r->arena, OverlapRow, r->capacity);
        r->kept_capacity = r->capacity;
    }
    if (r->now.count)
        memcpy(r->kept, r->items, r->now.count * sizeof *r->items);
}

void overlap_rows_revert(OverlapRows *r) {
    r->now = r->then;
    if (r->now.count)
        memcpy(r->items, r->kept, r->now.count * sizeof *r->items);
    for (size_t i = 0; i < r->clusters; i++)
        if (r->of_cluster[i] > r->now.count)
            r->of_cluster[i] = 0;
    r->kinds = (Table){0};
}

const OverlapRow *overlap_rows_list(const OverlapRows *r, size_t *count) {
    *count = r->now.count;
    return r->items;
}
