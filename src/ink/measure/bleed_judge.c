/* Does paint go on beyond the trim? A column of the grid tells how far it goes where it stands; a
 * fault is a stretch of columns in which it ends at the same distance: what lacks bleed was cut off
 * along the edge. Where the outline of a shape crosses the trim the ends differ from column to
 * column, and where a picture fades they are not sharp: neither is a fault. */
#include "ink/measure/bleed_grid.h"

#include <math.h>
#include <string.h>

typedef enum ColumnState { WHITE, COVERED, SHORT, STOPS_INSIDE } ColumnState;

typedef struct Column {
    ColumnState state;
    float end;                    /* where the paint ends, in pixels outwards from the trim */
    bool resumes;                 /* there is paint again where the bleed ends */
    bool excused;                 /* a ground goes on there, white or not */
    bool picture;                 /* an image does */
    uint8_t edge, behind, beyond; /* tints at the end, further in and just outside */
} Column;

typedef struct Rows {
    int trim;     /* the last row inside the trim */
    int need;     /* the row in which the bleed may end */
    double end;   /* where it may */
    int depth;    /* rows of the sliver limit */
    double slack; /* what counts as at the trim */
} Rows;

static Rows rows_of(const EdgeGrid *g, const EdgeAsked *asked) {
    double slack = (asked->tolerance + asked->fine / 2) / g->px;
    double end = asked->required / g->px - slack;
    /* Pictures have whole pixels; the last of a page may be missing by less than half of it. */
    double drawn = g->first + g->rows;
    if (end > drawn && end <= drawn + 0.5)
        end = drawn;
    return (Rows){.trim = grid_row_up_to(g, 0),
                  .need = grid_row_up_to(g, end),
                  .end = end,
                  .depth = (int)ceil(asked->sliver / g->px),
                  .slack = slack};
}

static bool painted(const EdgeGrid *g, const EdgeAsked *asked, int row, int column) {
    return row >= 0 && row < g->rows && grid_tint(g, row, column) >= asked->painted;
}

/* The outer border of the paint that ends in this row: a pixel that is partly covered is lighter
 * than the one behind it. Pixels of a file are covered or not. */
static double end_of(const EdgeGrid *g, const EdgeAsked *asked, int row, int column) {
    double part = 1;
    if (row > 0 && asked->fine > 0) {
        double last = grid_tint(g, row, column), before = grid_tint(g, row - 1, column);
        part = before > last ? last / before : 1;
    }
    return g->first + row + part;
}

static void look_around(Column *c, const EdgeGrid *g, int row, int column) {
    int deep = (int)(MM(1) / g->px), away = (int)ceil(MM(0.3) / g->px);
    c->edge = grid_tint(g, row > 0 ? row - 1 : row, column);
    for (int r = row; r >= 0 && r >= row - deep; r--)
        if (grid_tint(g, r, column) > c->behind)
            c->behind = grid_tint(g, r, column);
    c->beyond = row + away < g->rows ? grid_tint(g, row + away, column) : 0;
}

/* The first painted row from the trim inwards, no deeper than the sliver limit; -1: none. */
static int first_painted(const EdgeGrid *g, const EdgeAsked *asked, const Rows *rows, int column) {
    for (int row = rows->trim; row >= 0 && row >= rows->trim - rows->depth; row--)
        if (painted(g, asked, row, column))
            return row;
    return -1;
}

static Column column_of(const EdgeGrid *g, const EdgeAsked *asked, const Rows *rows, int column) {
    Column c = {.state = WHITE};
    int row = first_painted(g, asked, rows, column);
    if (row < 0)
        return c;
    if (row == rows->trim)
        while (painted(g, asked, row + 1, column))
            row++;
    c.end = (float)end_of(g, asked, row, column);
    look_around(&c, g, row, column);
    c.resumes = painted(g, asked, rows->need, column);
    if (c.end >= -rows->slack) {
        c.state = (double)c.end >= rows->end ? COVERED : SHORT;
        return c;
    }
    for (int r = row - 1; r >= row - rows->depth; r--)
        if (!painted(g, asked, r, column))
            return c; /* a line or lettering near the edge is none that was meant to bleed */
    if (-(double)c.end <= asked->sliver / g->px + 0.5)
        c.state = STOPS_INSIDE;
    return c;
}

/* A stretch of columns that end at one distance. */
typedef struct Stretch {
    ColumnState state;
    int from, to, count; /* `count` columns of it are in the state */
    double least, most, ends;
    int picture, resumes;
    long edge, behind, beyond;
} Stretch;

static bool takes(const Stretch *s, const Column *c) {
    double end = (double)c->end;
    return c->state == s->state && !c->excused && fmax(s->most, end) - fmin(s->least, end) <= 1.2;
}

static void take(Stretch *s, const Column *c, int at) {
    double end = (double)c->end;
    s->least = s->count ? fmin(s->least, end) : end;
    s->most = s->count ? fmax(s->most, end) : end;
    s->ends += end;
    s->to = at + 1;
    s->count++;
    s->picture += c->picture;
    s->resumes += c->resumes;
    s->edge += c->edge;
    s->behind += c->behind;
    s->beyond += c->beyond;
}

/* From column `from`, which is at fault. What stops inside the trim may have gaps: pixels of a
 * picture happen to be white. */
static Stretch stretch_at(const Column *columns, int n, int from, int gap) {
    Stretch s = {.state = columns[from].state, .from = from};
    for (int i = from; i < n; i++) {
        if (!s.count || takes(&s, &columns[i]))
            take(&s, &columns[i], i);
        else if (s.state == SHORT || i - s.to >= gap)
            break;
    }
    return s;
}

/* Is there paint to the end of the bleed beside the stretch, on this side and no further away? */
static bool bled_beside(const Column *columns, int n, const Stretch *s, int side, int away) {
    for (int i = 1; i <= away; i++) {
        int at = side < 0 ? s->from - i : s->to - 1 + i;
        if (at < 0 || at >= n)
            return false;
        if (columns[at].state == COVERED)
            return true;
    }
    return false;
}

/* White lettering or a small white shape in a ground that is bled, if it does not begin just at the
 * trim. */
static bool is_hole(const Column *columns, int n, const Stretch *s, double slack, int small) {
    return s->state == SHORT && s->count < small && s->least > slack &&
           bled_beside(columns, n, s, -1, small) && bled_beside(columns, n, s, 1, small);
}

static bool follows(const Column *columns, int n, const Stretch *s, int at) {
    const double smooth = 3;
    if (at < 0 || at >= n || columns[at].state == WHITE)
        return false;
    double end = (double)columns[at].end;
    return end >= s->least - smooth && end <= s->most + smooth;
}

/* The outline of a round shape runs along the edge for a while, and then turns away from it. */
static bool is_round(const Column *columns, int n, const Stretch *s, double slack, int small) {
    return s->state == SHORT && s->count < small && s->least > slack &&
           (follows(columns, n, s, s->from - 1) || follows(columns, n, s, s->to));
}

/* Paint that fades out was not cut off. */
static bool is_sharp(const Stretch *s) {
    return s->edge * 10 >= s->behind * 4 && s->beyond * 4 <= s->edge;
}

typedef struct Limits {
    double run, sliver_run; /* pixels */
    double elsewhere;       /* pixels of the edge that are well beside this strip */
} Limits;

/* Share of the columns that go over the trim which end at this distance: of those that do not reach
 * the end of the bleed; or of all in which a picture goes on, `elsewhere` on the edge included
 * (less than 0: not asked). */
static double share_at(const Column *columns, int n, double end, double elsewhere) {
    bool picture = elsewhere >= 0;
    double at = 0, all = picture ? elsewhere : 0;
    for (int i = 0; i < n; i++) {
        const Column *c = &columns[i];
        if (c->excused || c->picture != picture ||
            !(c->state == SHORT || (picture && c->state == COVERED)))
            continue;
        all++;
        at += c->state == SHORT && fabs((double)c->end - end) <= 1.2;
    }
    return all > 0 ? at / all : 0;
}

static bool is_fault(const Stretch *s, const Limits *limit, const Column *columns, int n) {
    const double prevails = 0.8, pictured = 0.5;
    double end = s->ends / s->count;
    if (!is_sharp(s))
        return false;
    if (s->state == STOPS_INSIDE)
        return s->count >= limit->sliver_run && s->count * 10 >= (s->to - s->from) * 8;
    /* The pixels of a picture that goes on may be white in a part of it; all along they were cut
     * off before it was placed. */
    if (s->picture * 2 > s->count)
        return s->count >= limit->sliver_run && s->resumes * 2 < s->count &&
               share_at(columns, n, end, limit->elsewhere) >= pictured;
    /* Many thin things that end at one distance, as the lines of a table or a pattern of stripes:
     * then short stretches count. In the outlines of shapes no distance prevails. */
    return s->count >= limit->run || (s->count >= 2 && share_at(columns, n, end, -1) >= prevails);
}

static void add_fault(EdgeVerdict *v, const Stretch *s, int *worst) {
    double end = s->ends / s->count;
    bool first = v->uncovered <= 0;
    v->from = first || s->from < v->from ? s->from : v->from;
    v->to = first || s->to > v->to ? s->to : v->to;
    v->uncovered += s->count;
    if (first || end < v->reach) {
        v->reach = end;
        *worst = s->from;
    }
}

static BleedCause cause_of(double reach, double slack, double end, double unclipped) {
    if (reach < -slack)
        return CAUSE_INSIDE;
    if (reach > slack)
        return CAUSE_STOPS_SHORT;
    return unclipped >= end ? CAUSE_CLIPPED : CAUSE_STOPS_AT_TRIM;
}

EdgeVerdict edge_judge(const EdgeGrid *g, const EdgeAsked *asked, const EdgeMarks *marks,
                       double elsewhere, Arena *scratch) {
    Rows rows = rows_of(g, asked);
    Limits limit = {asked->run / g->px, asked->sliver_run / g->px, elsewhere};
    EdgeVerdict v = {.cause = CAUSE_NONE};
    Column *columns = ARENA_ARRAY(scratch, Column, g->columns + 1);
    int worst = 0;
    for (int i = 0; i < g->columns; i++) {
        columns[i] = column_of(g, asked, &rows, i);
        columns[i].excused = (double)marks->ground[i] >= rows.end;
        columns[i].picture = (double)marks->picture[i] >= rows.end;
        v.touched |= columns[i].state == COVERED || columns[i].state == SHORT;
    }
    for (int i = 0; i < g->columns;) {
        if (columns[i].excused || columns[i].state == WHITE || columns[i].state == COVERED) {
            i++;
            continue;
        }
        Stretch s = stretch_at(columns, g->columns, i, (int)limit.run);
        int small = (int)limit.sliver_run;
        if (!is_hole(columns, g->columns, &s, rows.slack, small) &&
            !is_round(columns, g->columns, &s, rows.slack, small) &&
            is_fault(&s, &limit, columns, g->columns))
            add_fault(&v, &s, &worst);
        i = s.to > i ? s.to : i + 1;
    }
    if (v.uncovered > 0) {
        v.touched = true;
        v.cause = cause_of(v.reach, rows.slack, rows.end, (double)marks->unclipped[worst]);
    }
    return v;
}

/* A column is well when nothing within reach of the trim is painted inside of it, or when paint
 * goes through to where the bleed ends. */
static bool well(const EdgeGrid *g, const EdgeAsked *asked, const Rows *rows, int column,
                 bool *touched) {
    if (!painted(g, asked, rows->trim, column))
        return first_painted(g, asked, rows, column) < 0;
    for (int row = rows->trim; row <= rows->need; row++)
        if (!painted(g, asked, row, column))
            return false;
    *touched = true;
    return true;
}

/* The outermost pixels are covered in part. Whether it is as much as it takes shows against those
 * behind them; in the mean of some columns, as tints differ in pictures. */
static bool ends_well(const EdgeGrid *g, const EdgeAsked *asked, const Rows *rows, int from,
                      int to) {
    double part = rows->end - g->first - rows->need, last = 0, before = 0;
    if (rows->need < 1 || rows->need >= g->rows || !(asked->fine > 0))
        return rows->need < g->rows;
    for (int i = from; i < to; i++) {
        last += grid_tint(g, rows->need, i);
        before += grid_tint(g, rows->need - 1, i);
    }
    return last >= (part - 0.15) * before;
}

bool edge_doubtful(const EdgeGrid *g, const EdgeAsked *asked, int *from, int *to, bool *touched) {
    enum { TOGETHER = 5 };
    Rows rows = rows_of(g, asked);
    *from = g->columns;
    *to = 0;
    for (int i = 0; i < g->columns; i += TOGETHER) {
        int end = i + TOGETHER < g->columns ? i + TOGETHER : g->columns;
        bool all_well = true, reached = false;
        for (int k = i; k < end; k++)
            all_well &= well(g, asked, &rows, k, &reached);
        *touched |= reached;
        if (all_well && (!reached || ends_well(g, asked, &rows, i, end)))
            continue;
        *from = i < *from ? i : *from;
        *to = end;
    }
    return *to > *from;
}

int edge_well(const EdgeGrid *g, const EdgeAsked *asked, int from, int to) {
    Rows rows = rows_of(g, asked);
    int count = 0;
    for (int i = 0; i < g->columns; i++) {
        bool touched = false;
        if (i < from || i >= to)
            count += well(g, asked, &rows, i, &touched) && touched;
    }
    return count;
}
