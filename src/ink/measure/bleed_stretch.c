/* Bleed that was made by pulling out the last row of pixels: beyond the trim every row is like the
 * one at the trim, while the picture is lively along the edge and inside of it. In a smooth picture
 * it can not be told from the picture itself, and nobody sees it. */
#include <math.h>
#include <stdlib.h>

#include "ink/measure/bleed_grid.h"

/* Levels of the sum of inks, 255 a full ink. What JPEG adds to equal rows stays below STILL; LIVELY
 * is the mean step from pixel to pixel where there is detail. */
static const double STILL = 4, LIVELY = 2, OF_ALL = 0.9, MOST_OF_ALL = 0.6;

typedef struct Stills {
    int trim, count; /* the first row outside the trim, and how many are compared with it */
    int inside;      /* rows inside */
} Stills;

/* The largest difference from the row at the trim. */
static double unlike(const EdgeGrid *g, const Stills *s, int column) {
    int most = 0, at_trim = grid_sum(g, s->trim, column);
    for (int row = s->trim + 1; row <= s->trim + s->count; row++) {
        int d = abs(grid_sum(g, row, column) - at_trim);
        most = d > most ? d : most;
    }
    return most;
}

/* The mean step from row to row. */
static double steps(const EdgeGrid *g, int column, int from, int count) {
    int sum = 0;
    for (int row = from + 1; row <= from + count; row++)
        sum += abs(grid_sum(g, row, column) - grid_sum(g, row - 1, column));
    return (double)sum / count;
}

/* What is known of a stretch of columns while it grows. */
typedef struct Found {
    int from, still, all, lively;
    double outside, inside, along;
} Found;

static void grow(Found *f, const EdgeGrid *g, const Stills *s, int column) {
    double inside = steps(g, column, s->trim - 2 - s->inside, s->inside);
    int before = column ? column - 1 : column;
    f->still++;
    f->lively += inside >= LIVELY / 2;
    f->inside += inside;
    f->outside += steps(g, column, s->trim, s->count);
    f->along += abs(grid_sum(g, s->trim, column) - grid_sum(g, s->trim, before));
}

static bool is_stretched(const Found *f, double least) {
    double n = f->still;
    return n >= least && n >= OF_ALL * f->all && f->lively >= MOST_OF_ALL * n &&
           f->along >= LIVELY * n && f->inside >= LIVELY * n && f->inside >= 8 * f->outside;
}

/* Is there detail along the edge for long enough? On most pages a flat ground answers at once. */
static bool is_lively(const EdgeGrid *g, const Stills *s, double least) {
    int sum = 0;
    for (int i = 1; i < g->columns; i++)
        sum += abs(grid_sum(g, s->trim, i) - grid_sum(g, s->trim, i - 1));
    return sum >= LIVELY * least;
}

bool edge_stretched(const EdgeGrid *g, const EdgeAsked *asked, int *from, int *to) {
    Stills s = {.trim = grid_row_up_to(g, 0) + 1};
    int last = grid_row_up_to(g, asked->required / g->px) - 1;
    s.count = last - s.trim;
    s.inside = s.trim - 2 < s.count ? s.trim - 2 : s.count;
    double least = asked->sliver_run / g->px;
    bool found = false;
    if (s.count < 2 || s.inside < 2 || last >= g->rows || !is_lively(g, &s, least))
        return false;
    Found f = {0};
    for (int i = 0; i < g->columns; i++) {
        bool still = grid_tint(g, s.trim, i) >= asked->painted && unlike(g, &s, i) <= STILL;
        if (!still && f.still < OF_ALL * (f.all + 1)) {
            f = (Found){.from = i + 1};
            continue;
        }
        f.all++;
        if (still)
            grow(&f, g, &s, i);
        if (is_stretched(&f, least) && (!found || i + 1 - f.from > *to - *from)) {
            found = true;
            *from = f.from;
            *to = i + 1;
        }
    }
    return found;
}
