/* Bleed that was made by pulling out the last row of pixels: beyond the trim every row is like the
 * one at the trim, while there is variety along the edge and inside of it. */
#include "ink/bleed_grid.h"

#include <math.h>
#include <stdlib.h>

/* Levels of the sum of inks, 255 a full ink. What JPEG adds to equal rows stays below STILL. */
static const double STILL = 4, LIVELY = 6, VARIED = 6, OF_ALL = 0.9;

typedef struct Stills {
    int trim, count; /* the first row outside the trim, and how many are compared */
    int inside;      /* rows compared inside */
} Stills;

static double unlike(const EdgeGrid *g, int column, int like, int from, int count, bool worst) {
    double sum = 0, most = 0;
    for (int row = from; row < from + count; row++) {
        double d = abs(grid_sum(g, row, column) - grid_sum(g, like, column));
        sum += d;
        most = d > most ? d : most;
    }
    return worst ? most : sum / count;
}

/* What is known of a stretch of columns while it grows. */
typedef struct Found {
    int from, still, all;
    double outside, inside, sum, squares;
} Found;

static void grow(Found *f, const EdgeGrid *g, const Stills *s, int column, double outside) {
    double value = grid_sum(g, s->trim, column);
    f->still++;
    f->outside += outside;
    f->inside += unlike(g, column, s->trim - 2, s->trim - 2 - s->inside, s->inside, false);
    f->sum += value;
    f->squares += value * value;
}

static bool is_stretched(const Found *f, double least) {
    if (f->still < least || f->still < OF_ALL * f->all)
        return false;
    double n = f->still, mean = f->sum / n, inside = f->inside / n;
    double variety = sqrt(fmax(0, f->squares / n - mean * mean));
    return variety >= VARIED && inside >= LIVELY && inside >= 4 * f->outside / n;
}

bool edge_stretched(const EdgeGrid *g, const EdgeAsked *asked, int *from, int *to) {
    Stills s = {.trim = grid_row_up_to(g, 0) + 1};
    int last = grid_row_up_to(g, asked->required / g->px) - 1;
    s.count = last - s.trim;
    s.inside = s.trim - 2 < s.count ? s.trim - 2 : s.count;
    double least = asked->sliver_run / g->px;
    bool found = false;
    if (s.count < 2 || s.inside < 2 || last >= g->rows)
        return false;
    Found f = {0};
    for (int i = 0; i < g->columns; i++) {
        double outside = unlike(g, i, s.trim, s.trim + 1, s.count, true);
        bool still = outside <= STILL && grid_tint(g, s.trim, i) >= asked->painted;
        if (!still && f.still < OF_ALL * (f.all + 1)) {
            f = (Found){.from = i + 1};
            continue;
        }
        f.all++;
        if (still)
            grow(&f, g, &s, i, outside);
        if (is_stretched(&f, least) && (!found || i + 1 - f.from > *to - *from)) {
            found = true;
            *from = f.from;
            *to = i + 1;
        }
    }
    return found;
}
