/* Crop marks. A mark is a short line outside the trim whose prolongation is an edge of it. A trim
 * that marks give has two pairs of horizontal marks and two of vertical ones, so that each corner
 * has one of each, ending a little outside the corner. Bleed marks and centre marks form pairs too;
 * the corners and the choice of the smallest tell them apart. */
#include <math.h>
#include <stdlib.h>

#include "read/derive.h"

static const double SHORTEST = MM(1.5), LONGEST = MM(30), FARTHEST = MM(10), SMALLEST = MM(10);
static const double STRAIGHT = 0.05, ALIGNED = 0.3, ALIKE = 1.5;

void crop_lines_add(CropLines *c, double x0, double y0, double x1, double y1) {
    bool vertical = fabs(x1 - x0) <= STRAIGHT;
    if (!vertical && fabs(y1 - y0) > STRAIGHT)
        return;
    double from = vertical ? y0 : x0, to = vertical ? y1 : x1, length = fabs(to - from);
    if (length < SHORTEST || length > LONGEST)
        return;
    CropLine *line =
        ARENA_PUSH(c->arena, c->items[vertical], c->count[vertical], c->capacity[vertical]);
    double at = vertical ? (x0 + x1) / 2 : (y0 + y1) / 2;
    *line = (CropLine){(float)at, (float)fmin(from, to), (float)fmax(from, to)};
}

static int by_place(const void *a, const void *b) {
    const CropLine *p = a, *q = b;
    if (p->at != q->at)
        return p->at < q->at ? -1 : 1;
    return (p->from > q->from) - (p->from < q->from);
}

/* Two marks on one line, one at each side: low ends at `low`, high begins at `high`. */
typedef struct Pair {
    double at, low, high;
} Pair;
enum { MOST_PAIRS = 64 };

static int by_spread(const void *a, const void *b) {
    const Pair *p = a, *q = b;
    double d = (q->high - q->low) - (p->high - p->low);
    return (d > 0) - (d < 0);
}

/* Is there a line between the two, as in a table? Between marks lies the art. */
static bool anything_between(const CropLine *lines, size_t count, const Pair *pair) {
    for (size_t i = 0; i < count; i++)
        if ((double)lines[i].from > pair->low + ALIKE && (double)lines[i].to < pair->high - ALIKE)
            return true;
    return false;
}

/* The outermost two lines of each group on one height. */
static size_t pairs_of(Pair *pairs, CropLine *lines, size_t count) {
    size_t n = 0;
    if (count)
        qsort(lines, count, sizeof *lines, by_place);
    for (size_t i = 0, next; i < count; i = next) {
        const CropLine *first = &lines[i], *last = &lines[i];
        for (next = i + 1; next < count && lines[next].at - lines[next - 1].at <= ALIGNED; next++) {
            if (lines[next].from < first->from)
                first = &lines[next];
            if (lines[next].to > last->to)
                last = &lines[next];
        }
        double difference = fabs((double)(first->to - first->from) - (last->to - last->from));
        if (first->to >= last->from || difference > ALIKE)
            continue;
        Pair pair = {(first->at + last->at) / 2, first->to, last->from};
        if (anything_between(&lines[i], next - i, &pair))
            continue;
        if (n == MOST_PAIRS) {
            qsort(pairs, n, sizeof *pairs, by_spread);
            if (by_spread(&pair, &pairs[n - 1]) < 0)
                pairs[n - 1] = pair;
            continue;
        }
        pairs[n++] = pair;
    }
    return n;
}

static bool ends_near(double mark, double corner, double outwards) {
    double gap = (mark - corner) * outwards;
    return gap >= -ALIGNED && gap <= FARTHEST;
}

static bool all_corners(const Pair *bottom, const Pair *top, const Pair *left, const Pair *right) {
    return ends_near(bottom->low, left->at, -1) && ends_near(top->low, left->at, -1) &&
           ends_near(bottom->high, right->at, 1) && ends_near(top->high, right->at, 1) &&
           ends_near(left->low, bottom->at, -1) && ends_near(right->low, bottom->at, -1) &&
           ends_near(left->high, top->at, 1) && ends_near(right->high, top->at, 1);
}

typedef struct Wanted {
    double w, h, tolerance; /* the job's size in the file; NaN when it has none */
} Wanted;

static bool fits(Box b, const Wanted *want) {
    double w = b.x1 - b.x0, h = b.y1 - b.y0;
    return (fabs(w - want->w) <= want->tolerance && fabs(h - want->h) <= want->tolerance) ||
           (fabs(h - want->w) <= want->tolerance && fabs(w - want->h) <= want->tolerance);
}

static bool better(Box b, Box than, const Wanted *want) {
    if (!box_known(than) || fits(b, want) != fits(than, want))
        return !box_known(than) || fits(b, want);
    return (b.x1 - b.x0) * (b.y1 - b.y0) < (than.x1 - than.x0) * (than.y1 - than.y0);
}

static void try_columns(Box *best, const Pair *bottom, const Pair *top, const Pair *columns,
                        size_t count, const Wanted *want) {
    for (size_t l = 0; l < count; l++)
        for (size_t r = 0; r < count; r++) {
            const Pair *left = &columns[l], *right = &columns[r];
            Box b = {left->at, bottom->at, right->at, top->at};
            if (b.x1 - b.x0 >= SMALLEST && all_corners(bottom, top, left, right) &&
                better(b, *best, want))
                *best = b;
        }
}

Box crop_lines_trim(CropLines *c, const Page *p, const Job *job, const Limit *limit) {
    Pair rows[MOST_PAIRS], columns[MOST_PAIRS];
    size_t row_count = pairs_of(rows, c->items[0], c->count[0]);
    size_t column_count = row_count > 1 ? pairs_of(columns, c->items[1], c->count[1]) : 0;
    double scale = isnan(job->scale) ? 1 : job->scale;
    Wanted want = {job->size_w * scale, job->size_h * scale,
                   isnan(limit->size_error) ? LENGTH_TOLERANCE : limit->size_error};
    Box best = BOX_UNKNOWN;
    for (size_t b = 0; b < row_count; b++)
        for (size_t t = 0; t < row_count; t++)
            if (rows[t].at - rows[b].at >= SMALLEST && fabs(rows[t].low - rows[b].low) <= ALIKE &&
                fabs(rows[t].high - rows[b].high) <= ALIKE)
                try_columns(&best, &rows[b], &rows[t], columns, column_count, &want);
    bool inside = box_known(best) && box_has((Box){0, 0, p->media_w, p->media_h}, best);
    return inside ? best : BOX_UNKNOWN;
}

static bool on_edge(double at, double low, double high, Box trim, Box bleed, bool horizontal) {
    double edges[] = {horizontal ? trim.y0 : trim.x0, horizontal ? trim.y1 : trim.x1,
                      horizontal ? bleed.y0 : bleed.x0, horizontal ? bleed.y1 : bleed.x1};
    double from = horizontal ? trim.x0 : trim.y0, to = horizontal ? trim.x1 : trim.y1;
    if (high > from + LENGTH_TOLERANCE && low < to - LENGTH_TOLERANCE)
        return false;
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++)
        if (fabs(at - edges[i]) <= ALIGNED)
            return true;
    return false;
}

bool looks_like_crop_mark(Box box, Box trim, Box bleed) {
    double w = box.x1 - box.x0, h = box.y1 - box.y0;
    const double thickest = MM(1);
    if (fmin(w, h) > thickest || fmax(w, h) > LONGEST)
        return false;
    return w > h ? on_edge((box.y0 + box.y1) / 2, box.x0, box.x1, trim, bleed, true)
                 : on_edge((box.x0 + box.x1) / 2, box.y0, box.y1, trim, bleed, false);
}
