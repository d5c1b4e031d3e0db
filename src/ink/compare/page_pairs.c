#include "ink/compare/page_pairs.h"

#include <math.h>

/* Less alike than this they are other pages; at another place, than that. */
static const double ALIKE = 0.6, ALIKE_MOVED = 0.9;
/* Tables of more pages than that are too large: their pages are paired by number. */
static const size_t MOST_PAGES = 1500;

typedef struct Table {
    const PageSketch *now, *then;
    size_t count, other_count;
    float *like; /* count × other_count; 0: not alike */
    int *pairs;
    bool *taken; /* of then */
} Table;

static double like_at(const Table *t, size_t i, size_t k) {
    return (double)t->like[i * t->other_count + k];
}

/* One page that is quite the same counts for more than several that only have one layout, as cards
 * of several people do. */
static double worth(double like) {
    const double hair = 0.01, least = 0.001;
    return like > 0 ? exp((like - 1) / hair) + least * like : 0;
}

static void pair_up(Table *t, size_t i, size_t k) {
    t->pairs[i] = (int)k;
    t->taken[k] = true;
}

static void find_likeness(Table *t, Arena *a) {
    t->like = ARENA_ARRAY(a, float, t->count * t->other_count + 1);
    for (size_t i = 0; i < t->count; i++)
        for (size_t k = 0; k < t->other_count; k++) {
            double like = sketch_likeness(&t->now[i], &t->then[k]);
            t->like[i * t->other_count + k] = like >= ALIKE ? (float)like : 0;
        }
}

/* `best`: the most that pairs of pages from (i, k) on can be worth in their order. */
static void pair_in_order(Table *t, Arena *a) {
    size_t width = t->other_count + 1;
    double *best = ARENA_ARRAY(a, double, (t->count + 1) * width);
    for (size_t i = t->count; i-- > 0;)
        for (size_t k = t->other_count; k-- > 0;) {
            double pair = worth(like_at(t, i, k)), down = best[(i + 1) * width + k],
                   across = best[i * width + k + 1],
                   both = pair > 0 ? pair + best[(i + 1) * width + k + 1] : 0;
            double least = down > across ? down : across;
            best[i * width + k] = both > least ? both : least;
        }
    for (size_t i = 0, k = 0; i < t->count && k < t->other_count;) {
        double pair = worth(like_at(t, i, k)), here = best[i * width + k];
        if (pair > 0 && here <= pair + best[(i + 1) * width + k + 1])
            pair_up(t, i++, k++);
        else if (here <= best[(i + 1) * width + k])
            i++;
        else
            k++;
    }
}

static void pair_moved(Table *t) {
    for (size_t i = 0; i < t->count; i++) {
        double most = ALIKE_MOVED;
        size_t likest = t->other_count;
        for (size_t k = 0; t->pairs[i] < 0 && k < t->other_count; k++)
            if (!t->taken[k] && like_at(t, i, k) > most)
                most = like_at(t, i, k), likest = k;
        if (likest < t->other_count)
            pair_up(t, i, likest);
    }
}

/* Pairs in order bound the gaps; moved pages lie anywhere. */
static void pair_rest(Table *t, const bool *moved) {
    size_t k = 0;
    for (size_t i = 0; i < t->count; i++) {
        if (t->pairs[i] >= 0) {
            k = moved[i] ? k : (size_t)t->pairs[i] + 1;
            continue;
        }
        size_t end = t->other_count;
        for (size_t n = i + 1; n < t->count && end == t->other_count; n++)
            if (t->pairs[n] >= 0 && !moved[n])
                end = (size_t)t->pairs[n];
        while (k < end && t->taken[k])
            k++;
        if (k < end)
            pair_up(t, i, k++);
    }
}

void page_moves(bool *moved, Arena *a, const int *pairs, size_t count) {
    size_t *length = ARENA_ARRAY(a, size_t, count + 1), *before = ARENA_ARRAY(a, size_t, count + 1);
    size_t last = count;
    for (size_t i = 0; i < count; i++) {
        moved[i] = pairs[i] >= 0;
        length[i] = 1;
        before[i] = count;
        for (size_t k = 0; pairs[i] >= 0 && k < i; k++)
            if (pairs[k] >= 0 && pairs[k] < pairs[i] && length[k] + 1 > length[i])
                length[i] = length[k] + 1, before[i] = k;
        if (pairs[i] >= 0 && (last == count || length[i] > length[last]))
            last = i;
    }
    for (; last < count; last = before[last])
        moved[last] = false;
}

void page_pairs(int *pairs, Arena *a, const PageSketch *now, size_t count, const PageSketch *then,
                size_t other_count) {
    Table t = {now, then, count, other_count, NULL, pairs, ARENA_ARRAY(a, bool, other_count + 1)};
    bool *moved = ARENA_ARRAY(a, bool, count + 1);
    for (size_t i = 0; i < count; i++)
        pairs[i] = -1;
    if (count <= MOST_PAGES && other_count <= MOST_PAGES) {
        find_likeness(&t, a);
        pair_in_order(&t, a);
        pair_moved(&t);
    }
    page_moves(moved, a, pairs, count);
    pair_rest(&t, moved);
}
